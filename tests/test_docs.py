"""Documentation says what is true: generated pages are current, sessions print what they show, links lead somewhere."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

import summitry

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.timeout(300)
def test_references_and_sessions_are_what_the_program_prints_today() -> None:
    """`make docs` writes them anew; read the difference."""
    tool = ROOT / "tools" / "make_reference.py"
    ran = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False, timeout=280)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in LINK.findall(text):
        if not target.startswith(("http://", "https://", "#")):
            path, _, anchor = target.partition("#")
            there = page.parent / path
            assert there.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.MULTILINE)
                assert anchor in {re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-") for h in headings}, target


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    linked = {(ROOT / "docs" / target.partition("#")[0]).resolve() for target in LINK.findall(index)}
    pages = {page.resolve() for page in (ROOT / "docs").rglob("*.md") if page.name != "index.md"}
    assert not {page.name for page in pages if page not in linked and page.parent not in linked}


def test_every_command_and_option_in_the_how_tos_exists() -> None:
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    for page in PAGES:
        for command in re.findall(r"^summitry (.*)$", page.read_text("utf-8"), re.MULTILINE):
            for option in re.findall(r"(?<!\S)--[a-z-]+", command):
                assert option in reference, (page.name, option)


def test_the_version_is_said_once_more_only_in_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == summitry.__version__
    assert f"## {summitry.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_name_of_the_public_interface_is_there_and_documented() -> None:
    for name in summitry.__all__:
        assert getattr(summitry, name) is not None
        if callable(getattr(summitry, name)):
            assert (getattr(summitry, name).__doc__ or "").strip(), name
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = summitry.no_such_name


def test_decisions_are_numbered_without_gaps() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        text = file.read_text("utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences")), file.name
        assert len(text.splitlines()) <= 40
