"""The examples are what they say: the right ones run in Keras and are passed in silence, the wrong ones are reported."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

from tests import oracle

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"
RIGHT = sorted((EXAMPLES / "right").glob("*.py"))
WRONG = sorted((EXAMPLES / "wrong").glob("*.*"))


def findings(path: pathlib.Path) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "lstmlint", "--isolated", "--no-cache", "--output-format", "json", str(path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    records: list[dict[str, object]] = json.loads(done.stdout)
    assert bool(records) == (done.returncode == 1)
    return records


@pytest.mark.parametrize("path", RIGHT, ids=lambda p: p.stem)
def test_nothing_is_said_of_a_right_program(path: pathlib.Path) -> None:
    assert findings(path) == []


@pytest.mark.parametrize("path", WRONG, ids=lambda p: p.stem)
def test_a_wrong_program_is_reported(path: pathlib.Path) -> None:
    assert findings(path)


@pytest.mark.keras
@pytest.mark.parametrize("path", RIGHT, ids=lambda p: p.stem)
def test_keras_runs_a_right_program(path: pathlib.Path) -> None:
    assert oracle.ask(path.read_text(encoding="utf-8")).raised is None


@pytest.mark.keras
@pytest.mark.parametrize("path", [p for p in WRONG if p.suffix == ".py"], ids=lambda p: p.stem)
def test_keras_raises_where_an_error_is_reported_and_only_there(path: pathlib.Path) -> None:
    errors = [f for f in findings(path) if f["severity"] == "error"]
    answer = oracle.ask(path.read_text(encoding="utf-8"))
    assert (answer.raised is not None) == bool(errors), answer.message
    if errors:
        assert answer.line in {f["location"]["row"] for f in errors}, (answer.line, answer.message)  # type: ignore[index]
