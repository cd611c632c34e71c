"""What visitors do wrong, in their language: errors are sentences in English, and here is which of them are translated.

A sentence is told by its template, whose slots keep what the visitor gave. One that fits no template is shown as it is.
"""

import functools
import re
from collections.abc import Callable
from typing import Final

from summitry.web.labels import N_

_TEMPLATES: Final = (
    N_("%(value)s is no EDTF date; write it like 2023, 2023-07, 2023-07-25 or 2023-07/2023-09."),
    N_("%(value)s is no direction; write the guest's and the host's country, like KP-RU."),
    N_("%(value)s is no value for the field %(field)s: %(reason)s"),
    N_("A chronicle is about one or two countries; use /encounters?between=… for more."),
    N_("A correction needs a reason: the source that says so, or why the reading is wrong."),
    N_("A rejection needs a reason."),
    N_("More than %(number)s encounters fit; narrow the list, or use `summitry export`."),
    N_("Please sign in to do this."),
    N_("Say what type of claim it is: %(known)s."),
    N_("That took too long; please try again."),
    N_("That was a lot in one minute; please wait a little."),
    N_("The date interval %(value)s ends before it begins; swap its ends."),
    N_("The date interval %(value)s has no known end; leave the date out instead."),
    N_("The file is no text in UTF-8; paste its text instead."),
    N_("The record has no encounter %(value)s."),
    N_("The text has more than %(number)s characters; give it in parts."),
    N_("The text is empty; there is nothing to read."),
    N_("The text is in none of the languages we read (%(known)s)."),
    N_("The text seems to be in none of the languages we read (%(known)s); if it is, say which with --lang."),
    N_("There is an account %(name)s already."),
    N_("There is no account %(name)s."),
    N_("%(name)s is the only admin; make another one first."),
    N_("An account needs a name and a role; the roles are %(known)s."),
    N_("%(value)s is no day; write it like 2024-06-20."),
    N_("The window from %(start)s to %(end)s ends before it begins."),
    N_("There is no parameter %(name)s here."),
    N_("This needs the role %(role)s; yours is %(own)s."),
    N_("This server fetches no pages; paste the text instead."),
    N_("This sign-in was not begun here, or too long ago; please try again."),
    N_("Unknown country %(value)s; use its usual name or an ISO 3166-1 code such as KP or RU, or EU, UN, NATO, ASEAN."),
    N_("Unknown exclusion %(value)s; choose %(known)s."),
    N_("Unknown kind %(value)s; choose %(known)s."),
    N_("Unknown level %(value)s; the levels are %(known)s (add + for 'or higher')."),
    N_("Unknown operator %(value)s; choose %(known)s."),
    N_("Unknown status %(value)s; choose %(known)s."),
    N_("Unknown unit %(value)s; the units are %(known)s."),
    N_("The field %(name)s is missing."),
    N_("The field %(name)s takes a whole number."),
    N_("The field %(name)s takes a number from %(least)s on."),
    N_("The field %(name)s is not understood: %(reason)s"),
)
_SLOT: Final = re.compile(r"%\((\w+)\)s")


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for template in sorted(_TEMPLATES, key=lambda one: -len(_SLOT.findall(one))):  # what holds another sentence first
        parts = _SLOT.split(template)  # text and names of slots in turn
        pattern = "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        found.append((template, re.compile(pattern, re.DOTALL | re.IGNORECASE)))
    return tuple(found)


def translated(sentence: str, gettext: Callable[[str], str]) -> str:
    """An error's sentence in the visitor's language, with what was given in that language's quotation marks."""
    for template, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match:
            given = match.groupdict()
            return gettext(template) % {
                name: translated(value, gettext) if name == "reason" else _quoted(value, gettext)
                for name, value in given.items()
            }
    return sentence


def _quoted(value: str, gettext: Callable[[str], str]) -> str:
    """What Python prints in quotes."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return gettext("“%(text)s”") % {"text": value[1:-1]}
    return value
