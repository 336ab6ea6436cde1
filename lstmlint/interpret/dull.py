"""Statements that change nothing of what is followed: whether they are run makes no difference to any model, so that nobody has to see both."""

from __future__ import annotations

import ast
from typing import Any

from ..values import External, FunctionValue, ModuleValue
from .scopes import Scope

_SHOWING = frozenset(
    [
        "print",
        "display",
        "plt",
        "logging",
        "logger",
        "log",
        "warnings",
        "pprint",
        "time",
        "tqdm",
        "traceback",
        "get_ipython",
    ]
)
"""Names under which something is shown, for who has not imported them."""
_OUTSIDE = frozenset(
    [
        "IPython", "csv", "gc", "gdown", "glob", "google", "gzip", "joblib", "json", "logging", "matplotlib", "mlflow", "os", "pickle", "plotly",
        "pprint", "requests", "seaborn", "shutil", "subprocess", "sys", "tarfile", "tempfile", "time", "tqdm", "traceback", "urllib", "wandb", "warnings",
        "wget", "zipfile",
    ]
)  # fmt: skip
"""Packages whose functions act outside the program: on files, on the screen, on the net."""


def is_dull(body: list[ast.stmt], scope: Scope) -> bool:
    """Nothing in these statements can change a model or a value: printing, raising, passing, making folders, fetching and unpacking files."""
    return _is_dull(body, scope, frozenset())


def _is_dull(body: list[ast.stmt], scope: Scope, own: frozenset[str]) -> bool:
    return all(_dull(statement, scope, own) for statement in body)


def _dull(statement: ast.stmt, scope: Scope, own: frozenset[str]) -> bool:
    """`own` are names of what the statements around have opened for themselves."""
    if isinstance(statement, (ast.Pass, ast.Raise, ast.Assert, ast.Global)):
        return True
    if isinstance(statement, ast.Expr):
        value = statement.value
        return isinstance(value, ast.Constant) or (isinstance(value, ast.Call) and _acts_outside(value, scope, own))
    if isinstance(statement, ast.If):
        return _is_dull(statement.body + statement.orelse, scope, own)
    if isinstance(statement, ast.For):
        return isinstance(statement.target, ast.Name) and _is_dull(statement.body + statement.orelse, scope, own)
    if isinstance(statement, ast.With):
        opened = [item.context_expr for item in statement.items]
        names = [item.optional_vars.id for item in statement.items if isinstance(item.optional_vars, ast.Name)]
        outside = all(isinstance(call, ast.Call) and _opens(call, scope, own) for call in opened)
        return outside and _is_dull(statement.body, scope, own.union(names))
    if isinstance(statement, ast.Try):
        handled = [inner for handler in statement.handlers for inner in handler.body]
        return _is_dull(statement.body + handled + statement.orelse + statement.finalbody, scope, own)
    return False


def _opens(call: ast.Call, scope: Scope, own: frozenset[str]) -> bool:
    return (isinstance(call.func, ast.Name) and call.func.id == "open") or _acts_outside(call, scope, own)


def _acts_outside(call: ast.Call, scope: Scope, own: frozenset[str]) -> bool:
    """Is this a call of what shows something or acts on files and the like?"""
    function: Any = call.func
    while isinstance(function, (ast.Attribute, ast.Call)):
        function = function.value if isinstance(function, ast.Attribute) else function.func
    if not isinstance(function, ast.Name):
        return False
    if function.id in own:
        return True
    found = scope.find(function.id)
    if isinstance(found, External):
        return found.name.partition(".")[0] in _OUTSIDE or found.name == "builtins.print"
    return function.id in _SHOWING and not isinstance(found, (FunctionValue, ModuleValue))


_FILLING = frozenset(["append", "appendleft", "extend", "insert", "setdefault"])


def only_fills(body: list[ast.stmt], scope: Scope) -> bool:
    """Do these statements do no more than put something into lists and dicts? In a loop, a turn that leaves them out shows nothing new."""
    return bool(body) and all(_fills(statement, scope) for statement in body)


def _fills(statement: ast.stmt, scope: Scope) -> bool:
    if isinstance(statement, ast.Expr):
        value: Any = statement.value
        return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _FILLING
    if isinstance(statement, ast.Assign):
        stored = all(isinstance(target, ast.Subscript) for target in statement.targets)
        return stored or not any(isinstance(n, (ast.Call, ast.Await)) for n in ast.walk(statement.value))
    return isinstance(statement, ast.AugAssign) or is_dull([statement], scope)
