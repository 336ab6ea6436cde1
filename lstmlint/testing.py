"""For authors of rules: `python -m lstmlint.testing docs` writes their pages, `new-rule FAMILY CODE NAME` begins a new rule, and `register`
lists the rules of a pack so that each is imported only when it is needed."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

from .manual import index, page, with_table
from .packs import import_pack, register_path, register_text
from .rule import all_rules
from .runner import DEFAULT_PACK

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


def write_docs(folder: Path, pack: str | None = None, readme: Path | None = None) -> int:
    """Write a page for each rule (of a pack) and the index, and make the README's table anew; gives the number of rules.

    Pages of rules that are no more are taken away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rules = [r for r in all_rules() if pack is None or r.module.partition(".")[0] == pack.partition(".")[0]]
    pages = {f"{rule.name}.md": page(rule) for rule in rules} | {"README.md": index(rules)}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    if readme is not None and readme.exists():
        readme.write_text(with_table(readme.read_text("utf-8"), rules), "utf-8")
    return len(rules)


def write_register(pack: str) -> Path:
    """Write the list of a pack's rules; gives its file."""
    path = Path(register_path(pack))
    path.write_text(register_text(pack), "utf-8")
    return path


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
    package = path.parent / "__init__.py"
    if not package.exists():
        package.write_text(f'"""Rules about {family}."""\n', "utf-8")
    text = SCAFFOLD.replace("{code}", code).replace("{name}", name).replace("{function}", name.replace("-", "_"))
    path.write_text(text, "utf-8")
    return path


def main(arguments: list[str] | None = None) -> int:
    """The command line of this module."""
    parser = argparse.ArgumentParser(prog="python -m lstmlint.testing", description=textwrap.dedent(__doc__ or ""))
    commands = parser.add_subparsers(dest="command", required=True)
    docs = commands.add_parser(
        "docs", help="write the pages of a pack; of the built-in one also the schema and the table of settings"
    )
    docs.add_argument("--folder", type=Path, default=Path("docs/rules"))
    docs.add_argument("--pack", default=DEFAULT_PACK)
    docs.add_argument("--readme", type=Path, default=Path("README.md"))
    listed = commands.add_parser(
        "register", help="write the list of a pack's rules, which `docs` keeps true from then on"
    )
    listed.add_argument("--pack", default=DEFAULT_PACK)
    new = commands.add_parser("new-rule", help="write a new rule's file")
    new.add_argument("family")
    new.add_argument("code")
    new.add_argument("name")
    new.add_argument("--pack", type=Path, default=Path("rules/lstmlint_rules"))
    given = parser.parse_args(arguments)
    if given.command == "docs":
        import_pack(given.pack)
        if Path(register_path(given.pack)).exists():
            write_register(given.pack)
        print(f"{write_docs(given.folder, given.pack, given.readme)} rules written to {given.folder}")
        if given.pack == DEFAULT_PACK:
            write_settings(given.folder.parent)
    elif given.command == "register":
        print(write_register(given.pack))
    else:
        print(new_rule(given.pack, given.family, given.code, given.name))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
