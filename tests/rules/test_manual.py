"""Documentation is made from the rules: pages, records, the table of the README, and the file with which a new rule begins."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from lstmlint.cli import main
from lstmlint.manual import index, page, record, table, with_table
from lstmlint.packs import load_pack
from lstmlint.rule import all_rules
from lstmlint.testing import new_rule

load_pack("lstmlint_rules")
RULES = [rule for rule in all_rules() if rule.module.startswith("lstmlint_rules.")]


def test_a_record_has_every_part_of_the_documentation() -> None:
    for rule in RULES:
        row = record(rule)
        assert all(
            row[key]
            for key in ("code", "name", "severity", "family", "summary", "what", "why", "example", "use_instead")
        )
        assert str(row["references"]).startswith("http"), rule.name


def test_examples_in_the_documentation_are_python_or_a_part_of_it() -> None:
    for rule in RULES:
        for key in ("example", "use_instead"):
            code = str(record(rule)[key])
            if not code.lstrip().startswith(("lstmlint", "[tool", "#")):
                ast.parse(code)


def test_a_page_has_a_heading_for_each_section_and_closed_code_blocks() -> None:
    for rule in RULES:
        text = page(rule)
        assert text.count("```") % 2 == 0
        assert text.count("\n## ") >= 5


def test_the_index_and_the_table_name_every_rule_and_family() -> None:
    listed = index(RULES)
    for rule in RULES:
        assert f"({rule.name}.md)" in listed
    counted = [int(row.split("|")[2]) for row in table(RULES).splitlines()[2:] if row.startswith("|")]
    assert sum(counted) == len(RULES)


def test_the_table_goes_between_its_marks_and_nowhere_else() -> None:
    text = "before\n<!-- rules -->\nwhat was there\n<!-- /rules -->\nafter\n"
    made = with_table(text, RULES)
    assert made.startswith("before\n<!-- rules -->\n| family")
    assert made.endswith("<!-- /rules -->\nafter\n")
    assert "what was there" not in made
    assert with_table(made, RULES) == made
    assert with_table("no marks\n", RULES) == "no marks\n"


def test_the_pages_in_the_repository_are_those_of_the_rules() -> None:
    """`python -m lstmlint.testing docs` writes them anew."""
    folder = Path(__file__).parents[2] / "docs" / "rules"
    there = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert there == {f"{rule.name}.md": page(rule) for rule in RULES} | {"README.md": index(RULES)}
    readme = (folder.parents[1] / "README.md").read_text("utf-8")
    assert with_table(readme, RULES) == readme


def test_one_rule_and_all_rules_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "missing-return-sequences", "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["code"] == "RNN002"
    assert main(["rule", "--output-format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {rule.code for rule in RULES} <= {row["code"] for row in rows}


def test_a_new_rule_begins_as_a_file_that_python_reads(tmp_path: Path) -> None:
    path = new_rule(tmp_path, "house", "OUR002", "a-new-mistake")
    tree = ast.parse(path.read_text("utf-8"))
    assert "a_new_mistake" in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    assert ast.get_docstring(ast.parse((path.parent / "__init__.py").read_text("utf-8")))
    with pytest.raises(FileExistsError):
        new_rule(tmp_path, "house", "OUR002", "a-new-mistake")
