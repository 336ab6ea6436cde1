"""`lstmlint server`: the language server on standard input and output."""

from __future__ import annotations

import importlib.util
from typing import Any

from .parser import Parser, complain


def add_arguments(parser: Any) -> None:
    """`--stdio` is what some editors say; there is nothing else."""
    parser.add_argument("--stdio", action="store_true", help="serve on standard input and output (always so)")


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint server",
        description="Language server on standard input and output, for editors.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    make_parser().parse_args(words)
    if any(importlib.util.find_spec(name) is None for name in ("pygls", "lsprotocol")):
        return complain("the language server needs pygls, which is not installed: pip install 'lstmlint[lsp]'")
    from .. import server

    return server.run()
