"""What the command line says, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lstmlint.cli import main

STACKED = (
    "from keras import Sequential\nfrom keras.layers import LSTM, Dense\n"
    "m = Sequential([LSTM(32, input_shape=(10, 64)), LSTM(8), Dense(2)])\n"
)


@pytest.fixture
def stacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "stacked.py").write_text(STACKED)
    monkeypatch.chdir(tmp_path)
    return "stacked.py"


def test_findings_end_with_status_one_and_exit_zero_turns_it_off(stacked: str) -> None:
    assert main([stacked]) == 1
    assert main([stacked, "--exit-zero"]) == 0


def test_json_records_have_the_contracts_keys(stacked: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([stacked, "--output-format", "json"])
    (record,) = json.loads(capsys.readouterr().out)
    assert record["code"] == "RNN002"
    assert record["location"] == {"row": 3, "column": 49}
    assert set(record) == {
        "code", "name", "severity", "message", "filename", "location", "end_location", "cell", "noqa_row", "url", "fix",
        "related", "shapes", "fingerprint",
    }  # fmt: skip


def test_fingerprints_survive_lines_inserted_above(stacked: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([stacked, "--output-format", "json"])
    before = json.loads(capsys.readouterr().out)[0]["fingerprint"]
    Path(stacked).write_text("# a comment\n" * 50 + STACKED)
    main([stacked, "--output-format", "json"])
    assert json.loads(capsys.readouterr().out)[0]["fingerprint"] == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothere.py"], "nothere.py: there is no such file or folder"),
        (["sumary", "stacked.py"], "did you mean the command 'summary'?"),
        (["--select", "RNM001", "stacked.py"], "did you mean 'RNN001'?"),
        (["--output-format", "sariff", "stacked.py"], "did you mean 'sarif'?"),
        (["--output-file", "no/such/folder/x", "stacked.py"], "can't be written"),
        (["-", "stacked.py"], "can't be checked together"),
    ],
)
def test_wrong_usage_ends_with_status_two_and_says_why(
    stacked: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err
