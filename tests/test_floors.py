"""The house stands: every module imports from its own floor or below, and knows only what its floor may know."""

from __future__ import annotations

import ast
import pathlib

import pytest

TOP = pathlib.Path(__file__).parent.parent
FLOORS = {
    "places": 0, "diagnostic": 0, "dims": 0, "shapes": 0, "values": 0, "faults": 0,
    "source": 1, "notebook": 1, "syntax": 1,
    "knowledge": 2, "keras": 2, "libs": 2, "program": 2,
    "interpret": 3,
    "rule": 4,
    "config": 5, "files": 5, "suppress": 5, "fixes": 5, "baseline": 5, "cache": 5, "runner": 5, "selection": 5,
    "cli": 6, "output": 6, "summary": 6, "explain": 6, "server": 6, "testing": 6, "verify": 6, "__main__": 6,
}  # fmt: skip
"""Module or package of lstmlint -> its floor. `program` stands beside the knowledge that fills it."""

PUBLIC_TO_RULES = {"rule", "diagnostic", "dims", "shapes", "values", "faults", "places", "program"}
MODULES = sorted((TOP / "lstmlint").rglob("*.py"))
RULES = sorted((TOP / "rules" / "lstmlint_rules").rglob("*.py"))


def name_of(file: pathlib.Path, root: pathlib.Path) -> list[str]:
    parts = list(file.relative_to(root).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports_of(file: pathlib.Path, root: pathlib.Path) -> list[str]:
    """Absolute names of every module that the file imports at run time, function-level imports included."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing_only = {id(child) for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) for child in ast.walk(node)}
    package = name_of(file, root) if file.name == "__init__.py" else name_of(file, root)[:-1]
    found = []
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            found += [f"{module}.{alias.name}" for alias in node.names]
    return found


def floor(name: str) -> int | None:
    """The floor of an absolute name, None outside lstmlint or for the package itself."""
    parts = name.split(".")
    return FLOORS.get(parts[1]) if parts[0] == "lstmlint" and len(parts) > 1 else None


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(TOP)))
def test_a_module_imports_from_its_own_floor_or_below(file: pathlib.Path) -> None:
    name = name_of(file, TOP)
    if name == ["lstmlint"]:
        assert not [i for i in imports_of(file, TOP) if i.startswith("lstmlint.")], "the package itself stays light"
        return
    assert name[1] in FLOORS, f"say in FLOORS which floor {name[1]} stands on"
    for imported in imports_of(file, TOP):
        theirs = floor(imported)
        assert theirs is None or theirs <= FLOORS[name[1]], f"{'.'.join(name)} (floor {FLOORS[name[1]]}) imports {imported} (floor {theirs})"


def test_only_syntax_imports_libcst() -> None:
    users = {str(f.relative_to(TOP)) for f in [*MODULES, *RULES] for i in imports_of(f, TOP) if i.split(".")[0] == "libcst"}
    assert users == {"lstmlint/syntax.py"}


def test_nothing_imports_the_libraries_that_it_knows() -> None:
    heavy = {"numpy", "keras", "tensorflow", "pandas", "sklearn", "tf_keras"}
    users = {
        (str(f.relative_to(TOP)), i)
        for f in [*MODULES, *RULES]
        for i in imports_of(f, TOP)
        if i.split(".")[0] in heavy and f.name not in ("generate.py", "rebuild.py")
    }
    assert not users


@pytest.mark.parametrize("file", RULES, ids=lambda f: str(f.relative_to(TOP)))
def test_a_rule_imports_only_what_is_public_to_rules(file: pathlib.Path) -> None:
    for imported in imports_of(file, TOP / "rules"):
        if imported.startswith("lstmlint."):
            assert imported.split(".")[1] in PUBLIC_TO_RULES, imported


def test_no_engine_module_names_a_rule() -> None:
    """Codes and names of rules stand only in the pack; the runner's own (invalid-syntax and its kin) are not rules."""
    from lstmlint.rule import all_rules, load_pack

    load_pack("lstmlint_rules")
    codes = {rule.code for rule in all_rules()}
    assert codes
    engine = [f for f in MODULES if FLOORS.get(name_of(f, TOP)[1] if len(name_of(f, TOP)) > 1 else "", 9) <= 3]
    for file in engine:
        text = file.read_text(encoding="utf-8")
        assert not [code for code in codes if code in text], file
        assert "lstmlint_rules" not in text, file
