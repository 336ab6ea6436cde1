"""The baseline: old findings stay away whatever happens around them, new ones are reported, fixed ones are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lstmlint.cli import main

BUILD = """
def build(units):
    model = Sequential([LSTM(units, input_shape=(5, 2)), LSTM(4)])
    return model


build(8)
"""
OTHER = """
def other():
    return Sequential([LSTM(3, input_shape=(5, 2)), LSTM(4)])


other()
"""
HEAD = "from keras import Sequential\nfrom keras.layers import LSTM\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.py").write_text(HEAD + BUILD + OTHER)
    monkeypatch.chdir(tmp_path)
    assert main(["a.py"]) == 1
    assert main(["--write-baseline", "known.json", "."]) == 0
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\n" * 50 + HEAD + BUILD + OTHER,
        HEAD + OTHER + BUILD,
        (HEAD + BUILD + OTHER).replace("    return model", "    print(model)\n    return model"),
        (HEAD + BUILD + OTHER).replace("Sequential([LSTM(3", "Sequential([\n        LSTM(3"),
    ],
    ids=["fifty lines above", "functions moved", "edited elsewhere", "reformatted"],
)
def test_no_old_finding_returns(project: Path, text: str) -> None:
    (project / "a.py").write_text(text)
    assert main(["--baseline", "known.json", "."]) == 0


def test_a_new_finding_is_reported_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "a.py").write_text(HEAD + BUILD + OTHER + "Sequential([LSTM(3, input_shape=(5, 2)), LSTM(9)])\n")
    capsys.readouterr()
    assert main(["--baseline", "known.json", "--output-format", "json", "."]) == 1
    (record,) = json.loads(capsys.readouterr().out)
    assert record["location"]["row"] == 16


def test_a_second_copy_of_a_known_mistake_is_new(project: Path) -> None:
    twice = BUILD.replace(
        "    return model", "    model = Sequential([LSTM(units, input_shape=(5, 2)), LSTM(4)])\n    return model"
    )
    (project / "a.py").write_text(HEAD + twice + OTHER)
    assert main(["--baseline", "known.json", "."]) == 1


def test_what_was_fixed_is_said_and_writing_anew_forgets_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "a.py").write_text(HEAD + OTHER)
    capsys.readouterr()
    assert main(["--baseline", "known.json", "."]) == 0
    assert "1 finding of the baseline is fixed" in capsys.readouterr().out
    assert main(["--write-baseline", "known.json", "."]) == 0
    assert len(json.loads((project / "known.json").read_text())["findings"]) == 1


def test_a_rule_that_is_off_in_this_run_is_not_taken_for_fixed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--baseline", "known.json", "--select", "SHP", "."])
    assert "fixed" not in capsys.readouterr().out


def test_the_file_is_sorted_one_finding_a_line_and_the_same_each_time(project: Path) -> None:
    text = (project / "known.json").read_text()
    assert main(["--write-baseline", "known.json", "."]) == 0
    assert (project / "known.json").read_text() == text
    rows = [line for line in text.splitlines() if "fingerprint" in line]
    assert rows == sorted(rows)
    assert len(rows) == 2


def test_files_that_are_not_checked_keep_their_entries(project: Path) -> None:
    (project / "b.py").write_text(HEAD + OTHER)
    assert main(["--write-baseline", "known.json", "b.py"]) == 0
    assert {f["file"] for f in json.loads((project / "known.json").read_text())["findings"]} == {"a.py", "b.py"}


def test_the_configuration_can_name_it(project: Path) -> None:
    (project / "lstmlint.toml").write_text('baseline = "known.json"\n')
    assert main(["."]) == 0


def test_a_baseline_that_is_none_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--baseline", "nothere.json", "."]) == 2
    assert "nothere.json" in capsys.readouterr().err
    (project / "bad.json").write_text("[]")
    assert main(["--baseline", "bad.json", "."]) == 2
