"""`lstmlint explain`: how each layer, or the one on a line, turns its input into its output."""

from __future__ import annotations

from typing import Any

from .parser import Parser, add_configuration, complain, write


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
    from .programs import shown

    path, _, row = options.path.rpartition(":")
    if not path or not row.isdigit():
        path, row = options.path, ""
    programs, status = shown([path], options)
    if programs is None:
        return status
    text = "\n\n".join(explain.program(p, int(row) if row else None) for _, p in programs if p is not None)
    if not text.strip():
        if status:
            return status
        return complain(f"no layer on line {row} of {path}" if row else f"no layers in {path}")
    write(text)
    return status
