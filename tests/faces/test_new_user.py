"""The tool as somebody meets it who has never seen it: odd files, odd folders, odd encodings, and each gets one plain sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from lstmlint.cli import main

WRONG = "from keras import Sequential\nfrom keras.layers import LSTM\nm = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 0, ""),
        (WRONG.encode("utf-16"), 2, "a.py: is encoded as UTF-16, which Python can't read; save it as UTF-8"),
        (("# gr\u00fc\u00dfe\n" + WRONG).encode("cp1252"), 2, "a.py: is not utf-8 text: byte 0xfc on line 1"),
        (("# coding: cp1252\n# \u201cgr\u00fc\u00dfe\u201d\n" + WRONG).encode("cp1252"), 1, ""),
        (b"\xef\xbb\xbf" + WRONG.encode(), 1, ""),
        (WRONG.replace("\n", "\r\n").encode(), 1, ""),
        (b"keras\x00\x01", 2, "a.py: is not a text file: it holds a NUL byte on line 1"),
    ],
    ids=["empty", "utf-16", "cp1252 unsaid", "cp1252 said", "byte-order mark", "windows lines", "binary"],
)
def test_encodings(here: Path, data: bytes, status: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_bytes(data)
    assert main(["a.py"]) == status
    assert said in capsys.readouterr().err


def test_a_broken_file_takes_nothing_from_the_others(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_text("import keras\nx = (\n")
    Path("b.py").write_text(WRONG)
    Path("n.ipynb").write_text('{"keras": 1}')
    assert main([".", "--output-format", "concise"]) == 2
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()] == ["a.py", "b.py"]
    assert 'n.ipynb: is not a notebook: it has no "cells"' in err
    assert "a.py" not in err


def test_a_folder_without_python_and_a_path_that_is_not_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert main(["empty"]) == 0
    assert "no Python files or notebooks there" in capsys.readouterr().err
    assert main(["nothere"]) == 2
    assert "nothere: there is no such file or folder" in capsys.readouterr().err


def test_links_that_lead_nowhere_are_passed_over(here: Path) -> None:
    Path("self.py").symlink_to("self.py")
    Path(".#a.py").symlink_to("user@host.123")
    Path("up").symlink_to(here, target_is_directory=True)
    Path("a.py").write_text("import keras\n")
    assert main(["."]) == 0


def test_umlauts_blanks_and_a_notebook_with_outputs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("p\u00e4th with blanks")
    folder.mkdir()
    output = {"output_type": "stream", "name": "stdout", "text": ["0.5\n"]}
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "outputs": [output],
        "source": WRONG.splitlines(True),
    }
    (folder / "n\u00f6tebook.ipynb").write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    assert main(["--fix", "."]) == 0
    after = json.loads((folder / "n\u00f6tebook.ipynb").read_text())["cells"][0]
    assert after["outputs"] == [output]
    assert "return_sequences=True" in after["source"][2]


def test_a_folder_without_permission_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if os.geteuid() == 0:
        pytest.skip("everything is permitted to root")
    Path("a.py").write_text("import keras\n")
    Path("secret").mkdir(mode=0)
    assert main(["."]) == 2
    assert "secret: Permission denied" in capsys.readouterr().err


def test_a_prefix_or_a_family_lists_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "recurrent"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("RNN001  units-are-timesteps")
