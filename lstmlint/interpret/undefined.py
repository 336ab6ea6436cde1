"""Names that are called and that nothing in the file, and no star import, can have made: Python raises NameError."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..faults import Fault, Moment
from ..knowledge import canonical, exports_module
from ..nodes import walk
from .scopes import MISSING, Module, Scope

if TYPE_CHECKING:
    from .machine import Machine

_MAKERS = frozenset(
    ["__builtins__", "eval", "exec", "execfile", "get_ipython", "globals", "locals", "reload", "setattr", "vars"]
)
"""What can make names that nobody sees."""
_RUNS_ANOTHER = "# MAGIC %run"
"""With this line a notebook of Databricks, exported as a script, takes all names of another one."""


def note_undefined(machine: Machine, node: ast.Name, scope: Scope) -> None:
    """Record that the name of a called function is surely not defined; nothing where it may be. A notebook may have it of a cell that is gone."""
    module = scope.module
    if machine.guards or module.installed or module.path.endswith(".ipynb"):
        return
    if scope.find(node.id) is not MISSING or machine.builtin(node.id) is not None:
        return
    named = _named(module)
    if named is None or node.id in named:
        return
    machine.fault(
        Fault(
            "undefined-name", Moment.RUN, scope.place(node), "undefined", message=f"name '{node.id}' is not defined",
            details={"name": node.id, "stars": tuple(module.names.get("~star", ())), "receiver": scope.receiver},
        )
    )  # fmt: skip


def _named(module: Module) -> frozenset[str] | None:
    """Every name that the file binds anywhere, whether or not that is reached; None where it may bind some unseen."""
    if "~named" not in module.names:
        elsewhere = _RUNS_ANOTHER in module.tree.source.text
        module.names["~named"] = None if elsewhere else _names_in(module.tree.module)
    found: frozenset[str] | None = module.names["~named"]
    return found


def _names_in(tree: ast.Module) -> frozenset[str] | None:
    names: set[str] = set()
    for node in walk(tree):
        if isinstance(node, ast.Name):
            if node.id in _MAKERS:
                return None
            if not isinstance(node.ctx, ast.Load):
                names.add(node.id)
        elif isinstance(node, ast.ImportFrom):
            names.update(alias.asname or alias.name for alias in node.names)
            star = any(alias.name == "*" for alias in node.names)
            if star and (node.level or not exports_module(canonical(node.module or ""))):
                return None
        elif isinstance(node, ast.Import):
            if any(alias.name == "builtins" for alias in node.names):
                return None
            names.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            names.update(node.names)
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
            names.add(node.name or "")
        elif isinstance(node, ast.MatchMapping):
            names.add(node.rest or "")
    return frozenset(names)
