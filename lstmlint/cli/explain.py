"""`lstmlint explain`: how each layer, or the one on a line, turns its input into its output."""

from __future__ import annotations

import sys
from typing import Any

from . import COMMANDS
from .parser import Parser, add_configuration, complain, configuration, no_such_path, write


def add_arguments(parser: Any) -> None:
    """What the command takes."""
    parser.add_argument("path", metavar="PATH[:LINE]")
    add_configuration(parser)


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint explain", description="How each layer turns its input into its output.", allow_abbrev=False
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    from .. import explain
    from ..config import ConfigError
    from .programs import followed

    path, _, row = options.path.rpartition(":")
    if not path or not row.isdigit():
        path, row = options.path, ""
    try:
        programs, trouble = followed([path], configuration(options))
    except FileNotFoundError as missing:
        return no_such_path(missing.args[0], (), COMMANDS)
    except ConfigError as error:
        return complain(str(error))
    for line in trouble:
        print(f"lstmlint: {line}", file=sys.stderr)
    text = "\n\n".join(explain.program(p, int(row) if row else None) for _, p in programs if p is not None)
    if not text.strip():
        if trouble:
            return 2
        return complain(f"no layer on line {row} of {path}" if row else f"no layers in {path}")
    write(text)
    return 2 if trouble else 0
