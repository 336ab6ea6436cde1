"""For authors of rules: `python -m lstmlint.testing docs` writes their pages, `new-rule FAMILY CODE NAME` a new rule's file."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

from .rule import Rule, all_rules, load_pack

SCAFFOLD = '''"""One sentence: the mistake.

What it does: says what it looks at.

Why is this bad: says what happens.

Example:

    the wrong line

Use instead:

    the right line

References: https://keras.io/api/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
""",
]
GOOD = [
    """
import keras
""",
]


@check("{code}", "{name}", Severity.WARNING)
def {function}(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        yield Finding(call.place, "What is there, and why that is a problem. What to write instead.")
'''


def page(rule: Rule) -> str:
    """A rule's documentation as Markdown."""
    title, _, rest = rule.documentation.partition("\n")
    lines = [f"# {rule.code} {rule.name}", "", f"*{rule.severity}, family {rule.family}*", "", title, ""]
    code = False
    for line in rest.strip().splitlines():
        indented = line.startswith("    ")
        if indented != code and (indented or line.strip()):
            if code:
                while lines[-1] == "":
                    lines.pop()
            lines.append("```python" if indented else "```")
            if code:
                lines.append("")
            code = indented
        head, colon, tail = line.partition(":")
        if (
            not indented
            and colon
            and head in ("What it does", "Why is this bad", "Example", "Use instead", "Fix safety", "References")
        ):
            lines += [f"## {head}", "", *([tail.strip()] if tail.strip() else [])]
            if not tail.strip():
                lines.append("")
        else:
            lines.append(line[4:] if indented else line)
    if code:
        lines.append("```")
    compact = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(compact).rstrip() + "\n"


def index(rules: list[Rule]) -> str:
    """The list of all rules by family, as Markdown."""
    lines = ["# Rules", ""]
    for family in sorted({rule.family for rule in rules}):
        lines += [f"## {family}", "", "| code | name | severity | what |", "|---|---|---|---|"]
        lines += [
            f"| [{r.code}]({r.name}.md) | {r.name} | {r.severity} | {r.summary} |" for r in rules if r.family == family
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def write_docs(folder: Path) -> int:
    """Write a page for each rule and the index; gives the number of rules."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = all_rules()
    for rule in rules:
        (folder / f"{rule.name}.md").write_text(page(rule), "utf-8")
    (folder / "README.md").write_text(index(rules), "utf-8")
    return len(rules)


def write_settings(folder: Path) -> None:
    """Write the JSON schema of the settings, and their table into the page about configuration."""
    import json

    from .config.schema import documentation, schema

    (folder / "lstmlint.schema.json").write_text(json.dumps(schema(), indent=2) + "\n", "utf-8")
    page = folder / "configuration.md"
    before, begin, rest = page.read_text("utf-8").partition("<!-- settings -->\n")
    _, end, after = rest.partition("\n<!-- /settings -->")
    page.write_text(f"{before}{begin}{documentation()}{end}{after}", "utf-8")


def new_rule(pack: Path, family: str, code: str, name: str) -> Path:
    """Write a new rule's file; FileExistsError when it is there."""
    path = pack / family / f"{name.replace('-', '_')}.py"
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = SCAFFOLD.replace("{code}", code).replace("{name}", name).replace("{function}", name.replace("-", "_"))
    path.write_text(text, "utf-8")
    return path


def main(arguments: list[str] | None = None) -> int:
    """The command line of this module."""
    parser = argparse.ArgumentParser(prog="python -m lstmlint.testing", description=textwrap.dedent(__doc__ or ""))
    commands = parser.add_subparsers(dest="command", required=True)
    docs = commands.add_parser("docs", help="write docs/rules/, the schema and the table of settings")
    docs.add_argument("--folder", type=Path, default=Path("docs/rules"))
    docs.add_argument("--pack", default="lstmlint_rules")
    new = commands.add_parser("new-rule", help="write a new rule's file")
    new.add_argument("family")
    new.add_argument("code")
    new.add_argument("name")
    new.add_argument("--pack", type=Path, default=Path("rules/lstmlint_rules"))
    given = parser.parse_args(arguments)
    if given.command == "docs":
        load_pack(given.pack)
        print(f"{write_docs(given.folder)} rules written to {given.folder}")
        write_settings(given.folder.parent)
    else:
        print(new_rule(given.pack, given.family, given.code, given.name))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
