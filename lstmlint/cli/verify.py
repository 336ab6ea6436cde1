"""`lstmlint verify`: rebuild the extracted models with the installed Keras and compare."""

from __future__ import annotations

from typing import Any

from .parser import Parser, add_configuration, complain, write


def add_arguments(parser: Any) -> None:
    """What the command takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH[::CALLABLE]", help="files or folders")
    add_configuration(parser)


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint verify",
        description="Rebuild every complete model with the installed Keras, from what was extracted and never by running the program, "
        "and compare layers, shapes and parameters.",
        epilog="Exit status: 0 no disagreement, 1 disagreement, 2 trouble, or Keras is not installed.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    from .. import verify
    from .programs import shown

    if not verify.keras_is_installed():
        return complain(verify.MISSING)
    programs, status = shown(options.paths, options)
    if programs is None:
        return status
    try:
        verdicts = verify.verify(programs)
    except RuntimeError as error:
        return complain(str(error))
    agree = sum(v.agrees for v in verdicts)
    left = sum(v.differences is None for v in verdicts)
    differ = len(verdicts) - agree - left
    write("\n".join([*(str(v) for v in verdicts), f"{agree} agree, {differ} disagree, {left} were not rebuilt."]))
    return status or (1 if differ else 0)
