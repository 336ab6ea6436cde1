"""`lstmlint summary`: every model found, with layers, output shapes and parameters."""

from __future__ import annotations

import sys
from typing import Any

from . import COMMANDS
from .parser import Parser, add_configuration, complain, configuration, no_such_path, write


def add_arguments(parser: Any) -> None:
    """What the command takes."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH[::CALLABLE]", help="files or folders; what one function or class builds"
    )
    parser.add_argument("--output-format", default="table", choices=("table", "json"), help="table or json")
    add_configuration(parser)


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint summary", description="Every model found: layers, output shapes, parameters.", allow_abbrev=False
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    from .. import summary
    from ..config import ConfigError
    from .programs import followed

    try:
        programs, trouble = followed(options.paths, configuration(options))
    except FileNotFoundError as missing:
        return no_such_path(missing.args[0], (), COMMANDS)
    except ConfigError as error:
        return complain(str(error))
    for line in trouble:
        print(f"lstmlint: {line}", file=sys.stderr)
    write(summary.as_json(programs) if options.output_format == "json" else summary.as_table(programs))
    return 2 if trouble else 0
