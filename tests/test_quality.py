"""The reader does not fall below its floors; floors are only raised (eval/README.md)."""

import subprocess
import sys

from conftest import ROOT


def test_no_figure_is_below_its_floor() -> None:
    ran = subprocess.run([sys.executable, ROOT / "eval" / "gate.py"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    assert "own-de" in ran.stdout and "own-en" in ran.stdout
