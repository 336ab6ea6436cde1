"""The command line: `lstmlint [check] PATH ...` and the other commands, one module each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

COMMANDS = ("check", "summary", "explain", "rule", "verify", "config", "server", "completion")
"""Each is a module of this package with a function `run(words) -> exit status`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the answer is the exit status: 0 nothing to report, 1 findings, 2 trouble."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return command(words)(words)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # whoever read us has gone; nothing is left to say
        return 0
    except KeyboardInterrupt:
        return 130


def command(words: list[str]) -> Callable[[list[str]], int]:
    """The command that the first word names, which is taken away; `check` when it names none."""
    import importlib

    name = "check"
    if words and words[0] in COMMANDS:
        name = words.pop(0)
    run: Callable[[list[str]], int] = importlib.import_module(f"{__name__}.{name}").run
    return run


def process() -> NoReturn:
    """The command as a process of its own, which spends nothing on tidying up what ends with it."""
    import gc

    # almost all that a run makes it keeps, and what doesn't refer to itself goes without a search
    gc.set_threshold(200_000, 20, 100)
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        pass  # whoever read us has gone, or the server has closed them
    os._exit(status)  # taking the parser's and our own modules apart takes about a fifth as long as all the rest


__all__ = ["COMMANDS", "command", "main", "process"]
