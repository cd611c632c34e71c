"""The shape of the house: imports point down, modules and functions stay small, words of a language stay in data."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from summitry import lexicon
from summitry.publish import languages as written

PACKAGE = ROOT / "src" / "summitry"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
LINES, FUNCTION, PARAMETERS = 400, 40, 6  # of a module, of a function, of a function's parameters
# What is still above the limits, with the size it has now: a number may only fall.
LARGER = {"read/phrases.py": 435}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in MODULES:
        yield name(path), ast.parse(path.read_text("utf-8"))


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module}:{node.lineno} {node.name}", node


def test_imports_point_down() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    if not tool.is_file():
        pytest.skip("import-linter is not installed")
    ran = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:]


def test_every_module_says_why_it_exists() -> None:
    mute = [module for module, tree in trees() if tree.body and not ast.get_docstring(tree)]
    assert not mute


def test_modules_are_small() -> None:
    sizes = {name(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert not {module: size for module, size in sizes.items() if size > LARGER.get(module, LINES)}


def test_functions_fit_a_screen_and_have_few_parameters() -> None:
    long, wide = [], []
    for where, node in functions():
        size = (node.end_lineno or node.lineno) - node.lineno + 1
        arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
        if size > FUNCTION:
            long.append(f"{where}: {size} lines")
        if len([one for one in arguments if one.arg not in ("self", "cls")]) > PARAMETERS:
            wide.append(where)
    assert not long
    assert not [one for one in wide if not one.startswith("cli/")]  # there a parameter is an option


def test_nothing_but_the_command_line_prints_or_ends_the_program() -> None:
    found = []
    for module, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and not module.startswith("cli/"):
                called = ast.unparse(node.func)
                if called in ("print", "exit", "sys.exit", "os._exit") or called.startswith(
                    ("sys.stdout.", "sys.stderr.")
                ):
                    found.append(f"{module}:{node.lineno} {called}")
    assert not found


def test_no_language_is_named_in_code() -> None:
    """Code that a language needs is chosen by what the language's file declares, never by asking which one it is."""
    tags = set(lexicon.languages()) | set(written())
    assert len(tags) > 1
    found = []
    for module, tree in trees():
        for node in ast.walk(tree):
            if any(isinstance(part, ast.Constant) and part.value in tags for part in _about_languages(node)):
                found.append(f"{module}:{getattr(node, 'lineno', 0)} {ast.unparse(node)[:80]}")
    assert not found


def _about_languages(node: ast.AST) -> list[ast.AST]:
    """The values that a piece of code compares a language with, looks one up by, or passes as one."""
    about = re.compile(r"lang|tag\b|lexicon")
    if isinstance(node, ast.Compare) and about.search(ast.unparse(node.left)):
        return [part for side in node.comparators for part in ast.walk(side)]
    if isinstance(node, ast.keyword) and node.arg and about.search(node.arg):
        return [node.value]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("lexicon.load", "tables.load", "words")):
        return list(node.args)
    if isinstance(node, ast.Match) and about.search(ast.unparse(node.subject)):
        return [part for case in node.cases for part in ast.walk(case.pattern)]
    return []


def test_no_error_is_swallowed_unseen() -> None:
    """Whoever catches everything must raise an error of ours from it."""
    swallowed = []
    for module, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and _catches_all(node):
                if not any(isinstance(part, ast.Raise) for part in ast.walk(node)):
                    swallowed.append(f"{module}:{node.lineno}")
    assert not swallowed


def _catches_all(node: ast.ExceptHandler) -> bool:
    return node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert not [name(path) for path in MODULES if path.stem in ("utils", "util", "helpers", "common_utils", "misc")]


def test_no_file_names_a_machine_or_an_index() -> None:
    """Neither locks nor sources point to where somebody happened to work."""
    wanted = re.compile(r"/home/\w+|/root/|extra-index-url|find-links|--index-url|pypi\.org", re.IGNORECASE)
    files = [*MODULES, ROOT / "requirements.lock", ROOT / "pyproject.toml", ROOT / "Makefile", *ROOT.glob("*.md")]
    found = [str(path) for path in files if wanted.search(path.read_text("utf-8").replace("--no-emit-index-url", ""))]
    assert not [one for one in found if not one.endswith("Makefile")]


def test_the_lock_has_a_hash_for_every_library() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if "==" in entry.splitlines()[0]]
    assert len(entries) > 40
    assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]
