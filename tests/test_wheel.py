"""What users install: the built wheel holds all data, and works in an environment that has nothing but its libraries."""

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
TEXT = "Bundeskanzler Olaf Scholz besuchte am 22. Januar 2023 Paris und traf Präsident Emmanuel Macron.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("build", reason="`build` is not installed")
    pytest.importorskip("hatchling", reason="hatchling is not installed, and the build is not isolated")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "summitry"
    wanted = {
        f"summitry/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert not wanted - inside
    assert not [name for name in inside if name.endswith(".pyc") or name.startswith("tests")]
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    command = [python, "-m", "pip", "install", "--quiet", "--constraint", _constraints(tmp_path), wheel]
    installed = subprocess.run(command, check=False, capture_output=True, text=True, timeout=350)
    if installed.returncode and re.search(
        r"No matching distribution|connection|resolve|HTTPSConnection", installed.stderr
    ):
        pytest.skip(f"no package index can be reached: {installed.stderr.strip().splitlines()[-1]}")
    assert installed.returncode == 0, installed.stderr
    article = tmp_path / "article.txt"
    article.write_text(TEXT)
    program = home / "bin" / "summitry"
    ran = subprocess.run([program, "read", article, "--format", "json"], check=True, capture_output=True, cwd=tmp_path)
    (visit,) = msgspec.json.decode(ran.stdout)["encounters"]
    assert visit["guests"][0]["name"] == "Olaf Scholz"
    demo = subprocess.run([program, "demo"], check=True, capture_output=True, cwd=tmp_path)
    assert b"10 articles" in demo.stdout


def _constraints(folder: Path) -> Path:
    """The versions of the lock, without hashes: the wheel itself has none."""
    path = folder / "constraints.txt"
    pins = re.findall(r"^\S+==\S+", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    path.write_text("\n".join(pins) + "\n")
    return path


def test_every_library_that_the_package_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for name, lines in project["optional-dependencies"].items() if name != "dev" for line in lines]
    declared = {_normal(re.split(r"[\s<>=\[;]", line)[0]) for line in (*project["dependencies"], *extras)}
    homes = metadata.packages_distributions()
    imported = set()
    for path in (ROOT / "src").rglob("*.py"):
        for name in re.findall(r"^\s*(?:from|import) ([a-zA-Z_]\w*)", path.read_text("utf-8"), re.MULTILINE):
            if name not in sys.stdlib_module_names and name != "summitry":
                imported.add(name)
    assert len(imported) > 10
    missing = {name for name in imported if not {_normal(home) for home in homes.get(name, [name])} & declared}
    assert not missing


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
