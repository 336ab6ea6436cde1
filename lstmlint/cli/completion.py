"""`lstmlint completion`: a script that completes commands and options in a shell."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
from typing import Any

from . import COMMANDS
from .parser import Parser, complain, write

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: Any) -> None:
    """Which shell."""
    parser.add_argument("shell", choices=SHELLS, help="the shell to complete in")


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint completion",
        description='Print a script that completes commands and options: eval "$(lstmlint completion bash)".',
        allow_abbrev=False,
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    if importlib.util.find_spec("shtab") is None:
        return complain(
            "completion scripts are made by shtab, which is not installed: pip install 'lstmlint[completion]'"
        )
    shtab: Any = importlib.import_module("shtab")
    if options.shell not in shtab.SUPPORTED_SHELLS:
        return complain(f"the installed shtab can't complete in {options.shell}: pip install -U shtab")
    write(shtab.complete(_everything(), options.shell))
    return 0


def _everything() -> argparse.ArgumentParser:
    """One parser that knows every command."""
    parser = argparse.ArgumentParser("lstmlint", description="Finds shape and meaning errors in Keras models.")
    commands = parser.add_subparsers()
    for name in COMMANDS:
        module = importlib.import_module(f"lstmlint.cli.{name}")
        command = commands.add_parser(name, help=(module.__doc__ or "").partition(": ")[2].rstrip("."))
        module.add_arguments(command)
    return parser
