"""`lstmlint rule`: a rule's documentation, or the list of all rules."""

from __future__ import annotations

from typing import Any

from .parser import Parser, complain, write


def add_arguments(parser: Any) -> None:
    """What the command takes."""
    parser.add_argument("word", nargs="?", metavar="CODE | NAME", help="a rule, a prefix of its code or its family")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint rule", description="A rule's documentation; all rules when none is named.", allow_abbrev=False
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    from ..config import likely
    from ..manual import record
    from ..packs import load_pack
    from ..rule import all_rules, find_rule, matches
    from ..runner import DEFAULT_PACK

    load_pack(DEFAULT_PACK)
    as_json = options.output_format == "json"
    rule = find_rule(options.word) if options.word is not None else None
    several = [r for r in all_rules() if options.word is None or matches(r, options.word)]
    if rule is None and several and as_json:
        write(_json([record(r) for r in several]))
        return 0
    if rule is None and several:
        width = max(len(r.name) for r in several)
        write("\n".join(f"{r.code}  {r.name:{width}}  {r.severity!s:7}  {r.summary}" for r in several))
        return 0
    if rule is None:
        known = [w for r in all_rules() for w in (r.code, r.name)]
        return complain(f"there is no rule '{options.word}'{likely(options.word, known)}")
    if as_json:
        write(_json(record(rule)))
        return 0
    write(f"{rule.code} {rule.name} ({rule.severity}, family {rule.family})\n\n{rule.documentation}")
    return 0


def _json(value: Any) -> str:
    import json

    return json.dumps(value, indent=2, ensure_ascii=False)
