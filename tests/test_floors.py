"""The floors of the house: what each module may import."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "lstmlint"
RULES = ROOT / "rules" / "lstmlint_rules"

FLOORS: dict[str, int] = {
    **dict.fromkeys(["frozen", "patterns", "nodes", "diagnostic", "dims", "shapes", "places", "values", "faults"], 0),
    **dict.fromkeys(["source", "notebook", "ipython", "import_roots", "looks", "syntax"], 1),
    **dict.fromkeys(
        ["knowledge", "keras", "libs", "program"], 2
    ),  # the Program is plain data that floor 2 records into
    **dict.fromkeys(["interpret"], 3),
    **dict.fromkeys(["rule", "edits", "packs"], 4),
    **dict.fromkeys(
        [
            "config",
            "files",
            "suppress",
            "fixes",
            "proofs",
            "baseline",
            "cache",
            "parallel",
            "reach",
            "cell_order",
            "runner",
            "judging",
            "repeats",
            "story",
            "fingerprint",
            "ignores",
            "running",
        ],
        5,
    ),
}
PUBLIC_TO_RULES = {
    "rule",
    "diagnostic",
    "dims",
    "shapes",
    "values",
    "program",
    "faults",
    "places",
    "edits",
    "patterns",
    "nodes",
}


def modules(root: Path) -> list[Path]:
    return sorted(p for p in root.rglob("*.py") if "__pycache__" not in p.parts)


def imported(path: Path, root: Path, package: str) -> set[str]:
    """The dotted names that a module imports, relative ones made absolute."""
    here = [package, *path.relative_to(root).with_suffix("").parts]
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):  # what only the type checker reads builds no dependency
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*here[: len(here) - node.level], *([base] if base else [])])
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def floor(name: str) -> int:
    return FLOORS.get(name, 6)


@pytest.mark.parametrize("path", modules(ENGINE), ids=lambda p: p.relative_to(ENGINE).as_posix())
def test_a_module_imports_only_from_its_own_floor_or_below(path: Path) -> None:
    top = path.relative_to(ENGINE).parts[0].removesuffix(".py")
    if top in ("__init__", "__main__"):
        return
    for name in imported(path, ENGINE, "lstmlint"):
        parts = name.split(".")
        if (
            parts[0] == "lstmlint"
            and len(parts) > 1
            and (ENGINE / parts[1]).exists() | (ENGINE / f"{parts[1]}.py").exists()
        ):
            assert floor(parts[1]) <= floor(top), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", modules(ENGINE), ids=lambda p: p.relative_to(ENGINE).as_posix())
def test_only_the_syntax_package_imports_libcst(path: Path) -> None:
    if path.relative_to(ENGINE).parts[0] != "syntax":
        assert not [n for n in imported(path, ENGINE, "lstmlint") if n.split(".")[0] == "libcst"]


@pytest.mark.parametrize("path", modules(RULES), ids=lambda p: p.relative_to(RULES).as_posix())
def test_rules_import_only_the_public_neighbours_of_the_rule_contract(path: Path) -> None:
    for name in imported(path, RULES, "lstmlint_rules"):
        parts = name.split(".")
        if parts[0] == "lstmlint" and len(parts) > 1:
            assert parts[1] in PUBLIC_TO_RULES, f"{path.name} imports {name}"
        assert parts[0] not in ("libcst", "keras", "tensorflow", "numpy")


@pytest.mark.parametrize("path", modules(ENGINE), ids=lambda p: p.relative_to(ENGINE).as_posix())
def test_no_engine_module_imports_a_heavy_library(path: Path) -> None:
    heavy = {"numpy", "tensorflow", "pandas", "sklearn", "scipy"}
    if path.stem == "verify":
        heavy = set()
    names = {n.split(".")[0] for n in imported(path, ENGINE, "lstmlint")}
    assert not names & heavy


def test_no_engine_module_names_a_rule() -> None:
    rules = {p.stem for p in modules(RULES) if p.parent != RULES and p.stem != "__init__"}
    for path in modules(ENGINE):
        names = {
            part for n in imported(path, ENGINE, "lstmlint") if n.startswith("lstmlint_rules") for part in n.split(".")
        }
        assert not names & rules, path
