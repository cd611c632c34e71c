"""Answers as the plain values that become JSON: what users' scripts rely on, the same from every command and page.

Fields may be added here; none may be renamed.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from summitry.model import Claim, Count, CountingRule, Participation, Quote, Reading, Report, Scope, Verdict

_ALWAYS: Final = ("countries", "unit", "start", "end")


def reading_answer(reading: Reading) -> dict[str, Any]:
    """One document with its encounters and claims."""
    article = reading.article
    document = {
        "id": article.id,
        "source": article.source,
        "lang": article.lang,
        "published": article.published,
        "title": article.title,
        "url": article.url,
    }
    return {
        "document": document,
        "encounters": [_report(report) for report in reading.reports],
        "claims": [_claim(claim) for claim in reading.claims if not claim.plain],
    }


def count_answer(count: Count) -> dict[str, Any]:
    """A number as a pair, its rule and the list behind it."""
    return {"low": count.low, "high": count.high, "rule": rule_answer(count.rule), "encounters": list(count.encounters)}


def verdicts_answer(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """What the record says of each claim, in the order of the text."""
    return {"verdicts": [_verdict(verdict) for verdict in verdicts]}


def rule_answer(rule: CountingRule) -> dict[str, Any]:
    """A counting rule without what it leaves open; `from` and `to` are its window."""
    fields = msgspec.structs.asdict(rule)
    names = {"start": "from", "end": "to"}
    return {names.get(key, key): _plain(value) for key, value in fields.items() if value not in (None, ())}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "type": claim.type,
        "verdict": verdict.verdict,
        "low": verdict.low,
        "high": verdict.high,
        "why": verdict.why,
        "understood": _claim(claim),
        "rule": rule_answer(verdict.rule) if verdict.rule else None,
        "rules_that_fit": [rule_answer(rule) for rule in verdict.rules_that_fit],
        "rules_tried": verdict.rules_tried,
        "encounters": list(verdict.encounters),
    }


def _report(report: Report) -> dict[str, Any]:
    place = report.place
    return {
        "kind": report.kind,
        "status": report.status,
        "date": report.date,
        "guests": [_participation(who) for who in report.guests],
        "hosts": [_participation(who) for who in report.hosts],
        "host_country": report.host_country,
        "place": {"text": place.text, "name": place.name, "country": place.country} if place else None,
        "activities": list(report.activities),
        "topics": list(report.topics),
        "outcomes": list(report.outcomes),
        "delegation": report.delegation,
        "evidence": [_quote(quote) for quote in report.evidence],
        "rule": report.rule,
        "origin": report.origin,
    }


def _participation(who: Participation) -> dict[str, Any]:
    return {"country": who.country, "name": who.name, "role": who.role, "level": who.level}


def _quote(quote: Quote) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "quote": quote.exact}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "type": claim.type,
        "value": claim.value,
        "operator": claim.operator,
        "scope": _scope(claim.scope),
    } | comparison_answer(claim)


def comparison_answer(claim: Claim) -> dict[str, Any]:
    """With what a claim compares its number; nothing where it does not."""
    if claim.comparison is None:
        return {}
    names = {"start": "from", "end": "to"}
    fields = msgspec.structs.asdict(claim.comparison)
    return {"comparison": {names.get(key, key): value for key, value in fields.items() if value is not None}}


def _scope(scope: Scope) -> dict[str, Any]:
    """Countries, unit, from and to always; the rest where the claim says it."""
    always = {"countries": list(scope.countries), "unit": scope.unit, "from": scope.start, "to": scope.end}
    rest = msgspec.structs.asdict(scope)
    said = {key: _plain(value) for key, value in rest.items() if key not in _ALWAYS and value not in (None, (), False)}
    return always | said


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
