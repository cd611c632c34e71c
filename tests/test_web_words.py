"""The catalogues are complete, current, and keep the slots of every message."""

import importlib.util
import re
from pathlib import Path

import pytest

from summitry.web.i18n import offered

ROOT = Path(__file__).parents[1]
SPECIFICATION = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
assert SPECIFICATION and SPECIFICATION.loader
messages = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(messages)
SLOT = re.compile(r"%\(\w+\)[sd]")


@pytest.mark.parametrize("tag", ["de", "en"])
def test_every_message_is_translated(tag: str) -> None:
    assert tag in offered()
    wanted = {one.id for one in messages.template() if one.id}
    assert len(wanted) > 200
    catalog = messages.stored(messages.WEB / "locale" / tag / "messages.po")
    there = {one.id: one.string for one in catalog if one.id}
    assert set(there) == wanted
    for given, translated in there.items():
        forms = translated if isinstance(translated, tuple) else (translated,)
        assert all(forms), given
        asked = set(SLOT.findall(" ".join(given) if isinstance(given, tuple) else given))
        assert all(set(SLOT.findall(one)) <= asked for one in forms), given
        assert asked <= set(SLOT.findall(forms[-1])), given
