"""What a person sees while lstmlint works: the line that counts files, and --watch."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lstmlint.cli import main, progress, watch

WRONG = "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation='softmax')])\n"
RIGHT = WRONG.replace("softmax", "sigmoid")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that goes on by what its only entry says at each look."""
    step, now = [0.6], [0.0]

    def look() -> float:
        now[0] += step[0]
        return now[0]

    monkeypatch.setattr(progress.time, "monotonic", look)
    return step


def counted(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, files: list[str], wanted: bool = True) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    line = progress.Progress(len(files), wanted=wanted)
    for file in files:
        line.step(file)
    line.end()
    return stream.getvalue()


def test_a_long_run_counts_its_files_and_takes_the_line_away(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = counted(monkeypatch, Terminal(), ["a.py", "b.py", "f" * 90 + ".py"]).split("\r\x1b[K")
    assert shown[:2] == ["", "checked 2 of 3 files: b.py"]
    assert shown[2].startswith("checked 3 of 3 files: ff")
    assert len(shown[2]) == 39
    assert shown[3:] == [""]


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["no terminal", "not wanted"])
def test_nobody_watches(monkeypatch: pytest.MonkeyPatch, clock: list[float], stream: io.StringIO) -> None:
    assert counted(monkeypatch, stream, ["a.py", "b.py", "c.py"], wanted=not stream.isatty()) == ""


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    clock[0] = 0.01
    assert counted(monkeypatch, Terminal(), ["a.py", "b.py", "c.py"]) == ""


def test_watch_checks_again_after_a_change_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "m.py"
    file.write_text(WRONG)
    changes = [None, RIGHT, None, "pyproject", None]

    def meanwhile(_: float) -> None:
        if not changes:
            raise KeyboardInterrupt
        change = changes.pop(0)
        if change == "pyproject":
            (tmp_path / "pyproject.toml").write_text("[tool.lstmlint]\nselect = ['style']\n")
        elif change is not None:
            file.write_text(change)
            os.utime(file, (1, 1))

    monkeypatch.setattr(watch.time, "sleep", meanwhile)
    assert main(["--watch", "--no-cache", "--output-format", "concise", "m.py"]) == 130
    shown = capsys.readouterr()
    assert shown.out.count("softmax-on-one-unit") == 1
    assert shown.err.count("watching 1 file (Ctrl-C ends)") == 3


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_watch_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(WRONG)
    words = [
        sys.executable,
        "-m",
        "lstmlint",
        "--watch",
        "--isolated",
        "--no-cache",
        "--output-format",
        "concise",
        "m.py",
    ]
    process = subprocess.Popen(
        words,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what runs in the background may ignore it
    )
    assert process.stderr is not None
    assert "Found 1 warning" in process.stderr.readline()
    assert process.stderr.readline() == "lstmlint: watching 1 file (Ctrl-C ends)\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "softmax-on-one-unit" in out
    assert err == ""
    assert process.returncode == 130
