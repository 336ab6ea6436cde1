"""The README shows what the command really prints."""

from __future__ import annotations

import pathlib
import re
import shlex
import subprocess
import sys

import pytest

TOP = pathlib.Path(__file__).parent.parent
TEXT = (TOP / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"`lstmlint ((?:explain )?examples/[^`]+)`[^`]*?:\n\n```text\n(.*?)\n```", TEXT, re.DOTALL)


def test_the_readme_shows_a_finding_and_an_explanation() -> None:
    assert len(SHOWN) == 2


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[c.split()[0] for c, _ in SHOWN])
def test_what_the_readme_shows_is_what_the_command_prints(command: str, output: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lstmlint", *shlex.split(command)],
        capture_output=True,
        text=True,
        cwd=TOP,
        encoding="utf-8",
    )
    assert done.stdout.rstrip() == output
