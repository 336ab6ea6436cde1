"""A rule's documentation in its parts: as a page, as a record, and in the tables that list all rules."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from .rule import Rule

SECTIONS = {
    "What it does": "what",
    "Why is this bad": "why",
    "Example": "example",
    "Use instead": "use_instead",
    "Fix safety": "fix_safety",
    "References": "references",
}
"""The sections of a rule's docstring in their order, and their keys in a record."""

CODE = ("example", "use_instead")

PAGES = "https://github.com/lstmlint/lstmlint/blob/main/docs/rules/{name}.md"


def sections(rule: Rule) -> dict[str, str]:
    """The parts of a rule's documentation by their keys; code without its indentation, prose on one line."""
    heads = "|".join(re.escape(head) for head in SECTIONS)
    pieces = re.split(rf"^({heads}):[ ]*", rule.documentation, flags=re.M)
    found: dict[str, str] = {}
    for head, text in zip(pieces[1::2], pieces[2::2]):
        key = SECTIONS[head]
        prose = " ".join(text.split())
        if key == "references":
            found[key] = prose
            continue
        found[key] = textwrap.dedent(text).strip("\n") if key in CODE else prose[:1].upper() + prose[1:]
    return found


def record(rule: Rule) -> dict[str, Any]:
    """A rule as plain data, for JSON."""
    parts = sections(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "family": rule.family,
        "summary": rule.summary,
        **{key: parts.get(key) for key in SECTIONS.values()},
        "url": PAGES.format(name=rule.name),
    }


def page(rule: Rule) -> str:
    """A rule's documentation as Markdown."""
    parts = sections(rule)
    lines = [f"# {rule.code} {rule.name}", "", f"*{rule.severity}, family {rule.family}*", "", rule.summary]
    for head, key in SECTIONS.items():
        if key not in parts:
            continue
        text = (
            f"```python\n{parts[key]}\n```"
            if key in CODE
            else "\n".join(textwrap.wrap(parts[key], 120, break_long_words=False))
        )
        lines += ["", f"## {head}", "", text]
    return "\n".join(lines) + "\n"


def index(rules: list[Rule]) -> str:
    """The list of all rules by family, as Markdown."""
    lines = ["# Rules", ""]
    for family in sorted({rule.family for rule in rules}):
        lines += [f"## {family}", "", "| code | name | severity | what |", "|---|---|---|---|"]
        lines += [
            f"| [{r.code}]({r.name}.md) | {r.name} | {r.severity} | {cell(r)} |" for r in rules if r.family == family
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def cell(rule: Rule) -> str:
    """The summary as it may stand in a table."""
    return rule.summary.replace("|", "\\|")


def table(rules: list[Rule]) -> str:
    """How many rules each family has, with examples, as Markdown: the README's table."""
    lines = ["| family | rules | such as |", "|---|---|---|"]
    for family in sorted({rule.family for rule in rules}):
        mine = [r for r in rules if r.family == family]
        order = sorted(mine, key=lambda r: ("error", "warning", "info").index(str(r.severity)))
        shown = ", ".join(f"[{r.name}](docs/rules/{r.name}.md)" for r in order[:3])
        lines.append(f"| {family} | {len(mine)} | {shown} |")
    counts = {s: sum(str(r.severity) == s for r in rules) for s in ("error", "warning", "info")}
    lines += [
        "",
        f"{len(rules)} rules: {counts['error']} errors, {counts['warning']} warnings, {counts['info']} infos, which are off by default.",
    ]
    return "\n".join(lines)


BEGIN, END = "<!-- rules -->", "<!-- /rules -->"


def with_table(text: str, rules: list[Rule]) -> str:
    """A Markdown text with the table between its two marks made anew; as it was when it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}\n{table(rules)}\n{end}{after}" if begin and end else text
