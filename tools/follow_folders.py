"""Follows every Python file of folders, each in a process of its own, and reports what crashes, hangs or goes over its time.

    python tools/follow_folders.py /usr/lib/python3.11 .venv/lib/python3.11/site-packages/keras

Prints one line for each trouble and the slowest files; the exit status is 1 when there was trouble.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("LSTMLINT_STRICT", "1")  # an error inside the engine is a crash, not a gap

SLACK = 3.0
"""Seconds that following a file may take beyond its budget: the step that was under way."""


PATIENCE = 12
"""A file is given up after so many times its budget: the budget is processor time, and the machine may be busy."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What following one file gave: seconds, gaps that name the budget, and the trouble if there was any."""

    seconds: float
    trouble: str = ""
    spent: str = ""


def follow(path: Path, seconds: float) -> Answer:
    """Follow a file in this process."""
    from lstmlint.interpret import Budget, follow
    from lstmlint.notebook import read
    from lstmlint.source import SourceFailure
    from lstmlint.syntax import SyntaxFailure, parse

    started = parsed = time.process_time()
    try:
        tree = parse(read(path.read_bytes(), str(path)))
        parsed = time.process_time()
        program = follow(tree, budget=Budget(seconds=seconds))
    except (SyntaxFailure, SourceFailure) as problem:
        return Answer(time.process_time() - started, spent=f"not read: {problem}")
    except BaseException as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
        return Answer(time.process_time() - started, f"{type(error).__name__} at {where}: {str(error)[:200]}")
    now = time.process_time()
    taken = now - started
    broken = next((g.reason for g in program.gaps if "please report" in g.reason), "")
    spent = next((g.reason for g in program.gaps if g.reason.startswith(("the file ", "one step of "))), "")
    if not broken and now - parsed > seconds + SLACK:
        broken = f"took {now - parsed:.1f} s of {seconds:g} after parsing"
    return Answer(taken, broken, spent)


def apart(path: Path, seconds: float) -> Answer:
    """Follow a file in a process of its own, which is ended when it doesn't end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        answer = follow(path, seconds)
        os.write(writer, json.dumps([answer.seconds, answer.trouble[:1000], answer.spent[:1000]]).encode())
        os._exit(0)
    os.close(writer)
    ready, _, _ = select.select([reader], [], [], PATIENCE * seconds)
    raw = os.read(reader, 10_000) if ready else b""
    os.close(reader)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if raw:
        found: list[Any] = json.loads(raw)
        return Answer(*found)
    return Answer(
        seconds, f"the process ended with {status}" if ready else f"hangs: not done after {PATIENCE * seconds:g} s"
    )


def files_of(folders: list[str]) -> list[Path]:
    """Every Python file under the folders."""
    found: list[Path] = []
    for folder in map(Path, folders):
        found += sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]
    return [p for p in found if "__pycache__" not in p.parts]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--seconds", type=float, default=10.0, help="the budget of a file")
    parser.add_argument("--slowest", type=int, default=10)
    options = parser.parse_args()
    answers: dict[Path, Answer] = {}
    for path in files_of(options.folders):
        answer = answers[path] = apart(path, options.seconds)
        if answer.trouble:
            print(f"{path}: {answer.trouble}", flush=True)
    trouble = sum(bool(a.trouble) for a in answers.values())
    spent = sum(bool(a.spent) and not a.spent.startswith("not read") for a in answers.values())
    unread = sum(a.spent.startswith("not read") for a in answers.values())
    total = sum(a.seconds for a in answers.values())
    print(f"{len(answers)} files in {total:.0f} s: trouble {trouble}, budget spent {spent}, not read {unread}")
    for path, answer in sorted(answers.items(), key=lambda item: -item[1].seconds)[: options.slowest]:
        print(f"{answer.seconds:7.2f} s  {path}  {answer.spent}")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
