"""A comparison has an address that gives its verdict again; the pages say with what a number is compared."""

from urllib.parse import parse_qs, urlsplit

import pytest

from summitry.errors import UsageError
from summitry.model import Claim, Comparison, Scope
from summitry.web.claiming import Stated, claim_address

SCOPE = Scope(("EG", "US"), "John Kerry", guest_country="US", host_country="EG", start="2013-01-01", end="2013-12-31")
COMPARISONS = [
    Comparison(">", host_country="IL"),
    Comparison("=", 2, start="2012-01-01", end="2012-12-31"),
    Comparison(">=", among="person", office="US secretary of state"),
    Comparison(whole=9, start="", end=""),
]


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_an_address_holds_the_whole_claim(comparison: Comparison) -> None:
    claim = Claim("…", 0, 1, "count", None, None, SCOPE, comparison)
    given = parse_qs(urlsplit(claim_address(claim, "2024-01-01", "en")).query, keep_blank_values=True)
    lists = ("between", "unread")
    stated = Stated(**{name: value if name in lists else value[0] for name, value in given.items()})  # type: ignore[arg-type]
    assert stated.claim().comparison == comparison


@pytest.mark.parametrize("wrong", [{"among": "planet"}, {"compared": "!"}, {"than_from": "nineteen"}])
def test_what_no_comparison_can_be(wrong: dict[str, str]) -> None:
    with pytest.raises((UsageError, ValueError)):
        Stated(type="count", **wrong).claim()  # type: ignore[arg-type]
