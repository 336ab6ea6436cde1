"""The oracle: what real Keras says of a program.

    answer = oracle.ask('''
    import keras
    model = keras.Sequential([keras.Input((10, 64)), keras.layers.LSTM(32)])
    ''')
    answer.raised            # None, or the exception's class name ("ValueError")
    answer.line              # the program's line that raised
    answer.message           # what it said
    answer.models["model"]   # {"class", "built", "input_shapes", "output_shapes", "total_params", "trainable_params", "layers": [...]}
    answer.warnings          # "UserWarning: ..." lines
    answer.stdout            # what the program printed
    answer.executed          # the lines that were run, for who asks with trace=True

Programs run one after the other in one long-lived process, each in a fresh namespace and after `clear_session()`, so that a
case costs milliseconds and automatic names start again. A program that runs past its time, or takes a process of its own down,
is answered as such and the next one gets a new process.
"""

from __future__ import annotations

import atexit
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from typing import Any

WORKER = pathlib.Path(__file__).with_name("oracle_worker.py")


@dataclass(frozen=True)
class Answer:
    """What Keras said."""

    raised: str | None
    line: int | None
    message: str
    models: dict[str, dict[str, Any]]
    warnings: list[str] = field(default_factory=list)
    stdout: str = ""
    lines: list[int] = field(default_factory=list)
    executed: list[int] = field(default_factory=list)


_process: subprocess.Popen[str] | None = None


def _worker() -> subprocess.Popen[str]:
    global _process
    if _process is None or _process.poll() is not None:
        environment = {
            **os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "PYTHONWARNINGS": "",
            "TF_ENABLE_ONEDNN_OPTS": "0",  # what oneDNN's kernels refuse depends on the processor
        }  # fmt: skip
        folder = tempfile.TemporaryDirectory(prefix="oracle-")  # a program that saves a model saves it there
        _process = subprocess.Popen(
            [sys.executable, str(WORKER)],
            cwd=folder.name,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        atexit.register(folder.cleanup)
        atexit.register(_process.kill)
    return _process


def ask(source: str, *, limit: float = 60, trace: bool = False) -> Answer:
    """Run one program (dedented) under real Keras; `limit` in seconds. With `trace` the answer says which of its lines were run."""
    used = _process is not None and _process.poll() is None
    process = _worker()
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({"source": textwrap.dedent(source), "limit": limit, "trace": trace}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
    except BrokenPipeError:
        line = ""
    if not line:
        process.kill()
        process.wait()
        if used:  # what an earlier program left may have done it: once more, alone
            return ask(source, limit=limit, trace=trace)
        return Answer("OracleDied", None, f"the process ended with {process.returncode}", {})
    return Answer(**json.loads(line))


def ask_all(sources: list[str], *, limit: float = 60) -> list[Answer]:
    """Run programs one by one."""
    return [ask(source, limit=limit) for source in sources]
