"""`lstmlint summary`: every model found, with layers, output shapes and parameters."""

from __future__ import annotations

from typing import Any

from .parser import Parser, add_configuration, write


def add_arguments(parser: Any) -> None:
    """What the command takes."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH[::CALLABLE]", help="files or folders; what one function or class builds"
    )
    parser.add_argument(
        "--output-format",
        default="table",
        choices=("table", "json", "mermaid", "dot"),
        help="table, json, mermaid or dot",
    )
    add_configuration(parser)


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint summary", description="Every model found: layers, output shapes, parameters.", allow_abbrev=False
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    from .. import diagrams, summary, tables
    from .programs import shown

    programs, status = shown(options.paths, options)
    if programs is None:
        return status
    render = {"table": tables.render, "json": summary.as_json, "mermaid": diagrams.mermaid, "dot": diagrams.dot}
    write(render[options.output_format](programs))
    return status
