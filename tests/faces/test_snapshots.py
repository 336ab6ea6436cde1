"""The very text that people see, for a dozen findings in each format; reviewed by eye when it changes.

`LSTMLINT_SNAPSHOTS=write pytest tests/faces/test_snapshots.py` writes them anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from lstmlint.cli import main
from lstmlint.config.keys import FORMATS

HERE = Path(__file__).parent
PROGRAMS = HERE.parent / "data" / "faces"
SNAPSHOTS = HERE / "snapshots"
WRITE = os.environ.get("LSTMLINT_SNAPSHOTS") == "write"


def compare(name: str, text: str) -> None:
    file = SNAPSHOTS / f"{name}.txt"
    if WRITE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), (
        "LSTMLINT_SNAPSHOTS=write pytest tests/faces/test_snapshots.py, then look at the change"
    )


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    monkeypatch.chdir(PROGRAMS)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr("lstmlint.output.repository", lambda folder: folder)  # wherever the tests lie
    main([*words])
    out, _ = capsys.readouterr()
    return out.replace(json.dumps(str(PROGRAMS))[1:-1], "/project").replace(PROGRAMS.as_uri(), "file:///project")


@pytest.mark.parametrize("wanted", FORMATS)
def test_findings(wanted: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(monkeypatch, capsys, "--isolated", "--no-cache", "--output-format", wanted, ".")
    if wanted == "sarif":
        log = json.loads(text)
        run = log["runs"][0]
        run["tool"]["driver"].pop("rules")  # the rules' pages are compared elsewhere
        run.pop("originalUriBaseIds")
        text = json.dumps(log, indent=1, ensure_ascii=False) + "\n"
    compare(wanted, text)


def test_a_dozen_findings_are_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(json.loads(said(monkeypatch, capsys, "--isolated", "--no-cache", "--output-format", "json", "."))) >= 12


def test_colours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(PROGRAMS)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["--isolated", "--no-cache", "stacked.py"])
    compare("full-in-colour", capsys.readouterr().out)
    monkeypatch.setenv("NO_COLOR", "1")
    main(["--isolated", "--no-cache", "stacked.py"])
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("wanted", ["table", "mermaid", "dot"])
def test_summaries(wanted: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    compare(
        f"summary-{wanted}", said(monkeypatch, capsys, "summary", "--isolated", "--output-format", wanted, "right.py")
    )


def test_explanation(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    compare("explain", said(monkeypatch, capsys, "explain", "--isolated", "right.py"))


def test_help(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for word in ("--fix", "--baseline", "--output-format", "summary", "explain", "config"):
        assert word in text
