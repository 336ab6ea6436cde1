"""What a run does to files: fixes written whole or not at all, ignore comments that silence."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import pytest

from lstmlint.cli import main
from lstmlint.fixes import store

WRONG = "from keras import Sequential\nfrom keras.layers import LSTM\nm = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])\n"
RIGHT = WRONG.replace("(5, 2))", "(5, 2), return_sequences=True)")


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.py").write_text(WRONG)
    return tmp_path / "wrong.py"


def test_fix_writes_keeps_the_permissions_and_leaves_nothing_behind(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong.chmod(0o754)
    assert main(["--fix", "wrong.py"]) == 0
    assert wrong.read_text() == RIGHT
    assert stat.S_IMODE(wrong.stat().st_mode) == 0o754
    assert os.listdir() == ["wrong.py"]
    assert "Fixed 1 finding." in capsys.readouterr().out


def test_diff_shows_and_changes_nothing(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--diff", "wrong.py"]) == 1
    assert "+m = Sequential([LSTM(8, input_shape=(5, 2), return_sequences=True)" in capsys.readouterr().out
    assert wrong.read_text() == WRONG
    wrong.write_text(RIGHT)
    assert main(["--diff", "wrong.py"]) == 0


def test_no_fix_wins_over_fix(wrong: Path) -> None:
    assert main(["--fix", "--no-fix", "wrong.py"]) == 1
    assert wrong.read_text() == WRONG


def test_an_unsafe_fix_needs_to_be_asked_for(wrong: Path) -> None:
    text = "import keras, numpy as np\nX = np.zeros((100, 10, 3))\nm = keras.Sequential([keras.Input(X.shape), keras.layers.LSTM(8)])\n"
    wrong.write_text(text)
    assert main(["--fix", "wrong.py"]) == 1
    assert wrong.read_text() == text
    assert main(["--fix", "--unsafe-fixes", "wrong.py"]) == 0
    assert wrong.read_text() == text.replace("X.shape", "X.shape[1:]")


def test_a_read_only_file_is_left_alone_and_named(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong.chmod(0o444)
    assert main(["--fix", "wrong.py"]) == 2
    said = capsys.readouterr()
    assert "wrong.py: is read-only; its fixes are not written" in said.err
    assert "can be fixed with --fix" in said.out
    assert wrong.read_text() == WRONG


def test_a_file_that_changed_meanwhile_is_left_alone(wrong: Path) -> None:
    said = store("wrong.py", b"something else", RIGHT.encode())
    assert said == "wrong.py: has changed meanwhile; its fixes are not written"
    assert wrong.read_text() == WRONG
    assert os.listdir() == ["wrong.py"]


def test_a_link_stays_a_link(wrong: Path) -> None:
    Path("link.py").symlink_to(wrong)
    assert main(["--fix", "link.py"]) == 0
    assert Path("link.py").is_symlink()
    assert wrong.read_text() == RIGHT


def test_standard_input_comes_out_fixed(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Input:
        buffer = io.BytesIO(WRONG.encode())

    monkeypatch.setattr(sys, "stdin", Input())
    assert main(["--fix", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert out == RIGHT.encode()
    assert b"Fixed 1 finding." in err


@pytest.mark.parametrize(
    "text",
    [
        WRONG,
        WRONG.replace("LSTM(4)])", "LSTM(4)])  # a remark"),
        WRONG.replace("LSTM(4)])", "LSTM(4)])  # lstmlint: ignore[OUT001]"),
        WRONG.replace("LSTM(4)])", "LSTM(\n    4\n)])"),
        WRONG.replace("m = ", "m = \\\n  "),
        WRONG.replace("LSTM(4)])", 'LSTM(4, name="""a\nb""")])'),
        WRONG.replace("\n", "\r\n"),
    ],
    ids=["plain", "after a remark", "beside another", "over lines", "after a backslash", "before a string", "windows"],
)  # fmt: skip
def test_add_ignore_silences_everything(wrong: Path, text: str) -> None:
    wrong.write_bytes(text.encode())
    assert main(["wrong.py", "--ignore", "STY"]) == 1
    assert main(["--add-ignore", "wrong.py", "--ignore", "STY"]) == 0
    assert main(["wrong.py", "--ignore", "STY"]) == 0
    if "\r\n" in text:
        assert b"\n" not in wrong.read_bytes().replace(b"\r\n", b"")


def test_statistics_count_by_rule(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--statistics", "wrong.py"]) == 1
    assert capsys.readouterr().out == "1  error    RNN002  missing-return-sequences  (1 can be fixed)\n"
