"""What a function returns is unpacked into another number of names.

What it does: compares the names in `X, y = windows(data)` with what each `return` of the file's own function `windows` gives, and with the parts that scikit-learn's
`train_test_split` makes.

Why is this bad: Python raises ValueError, "not enough values to unpack" or "too many values to unpack".

Example:

    def windows(data):
        return X, y, scaler

    X, y = windows(data)

Use instead:

    X, y, scaler = windows(data)

References: https://docs.python.org/3/reference/simple_stmts.html#assignment-statements
"""

from __future__ import annotations

import ast

from lstmlint.faults import Fault
from lstmlint.nodes import walk
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, ListValue

from ..surroundings import parent

_HEAD = """
import keras
import numpy as np
def windows(series, size):
    X = [series[i:i + size] for i in range(len(series) - size)]
    return np.array(X), series[size:]
"""
BAD = [
    _HEAD + "X, y, scaler = windows(np.random.rand(50), 10)\n",
    _HEAD + "(X,) = windows(np.random.rand(50), 10)\n",
    _HEAD
    + "from sklearn.model_selection import train_test_split\nX_train, X_test = train_test_split(np.zeros((9, 2)), np.zeros(9))\n",
]
GOOD = [
    _HEAD + "X, y = windows(np.random.rand(50), 10)\nX, *rest = windows(np.random.rand(50), 10)\n",
    _HEAD + "try:\n    X, y, scaler = windows(np.random.rand(50), 10)\nexcept ValueError:\n    pass\n",
]


@claim("API047", "values-unpacked", Severity.ERROR, kinds=("unpack",), specificity=0)
def values_unpacked(fault: Fault, program: Program) -> Finding | None:
    statement, given = parent(program, fault.place.node), fault.details.get("value")
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return None
    function = statement.value.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", None)
    if isinstance(given, ListValue) and name == "train_test_split":
        return _of_split(fault, given)
    if not isinstance(given, tuple):
        return None
    returned = _returned(program, name)
    if returned is None or len(returned.elts) != len(given):
        return None
    count, wanted = len(given), fault.details["wanted"]
    names = ", ".join(Place(program.tree, item).text for item in returned.elts)
    shown = f" ({names})" if len(names) < 60 and "\n" not in names else ""
    return Finding(
        fault.place,
        f"`{name}` returns {count} values{shown}, but {_names(wanted)} here: Python raises ValueError. Take as many "
        "names as it returns, or change its return.",
        related=(("they are returned here", Place(program.tree, returned)),),
        key=fault.place.node,
    )


def _names(wanted: int) -> str:
    return "1 name stands" if wanted == 1 else f"{wanted} names stand"


def _of_split(fault: Fault, parts: ListValue) -> Finding | None:
    """scikit-learn cuts every array into two."""
    if parts.open or len(parts.items) % 2 or not all(isinstance(part, (Array, ListValue)) for part in parts.items):
        return None
    count, wanted = len(parts.items), fault.details["wanted"]
    return Finding(
        fault.place,
        f"`train_test_split` cuts {count // 2} {'array' if count == 2 else 'arrays'} into {count} parts, but "
        f"{_names(wanted)} here: Python raises ValueError. Of X and y they are X_train, X_test, y_train, y_test.",
        key=fault.place.node,
    )


def _returned(program: Program, name: str | None) -> ast.Tuple | None:
    """The last row of values that the file's one function of this name returns; None where a `return` gives something else, or another number."""
    found = [n for n in walk(program.tree.module) if isinstance(n, ast.FunctionDef) and n.name == name]
    if len(found) != 1 or found[0].decorator_list:
        return None
    rows = [n.value for n in walk(*found[0].body) if isinstance(n, ast.Return)]
    tuples = [
        row for row in rows if isinstance(row, ast.Tuple) and not any(isinstance(e, ast.Starred) for e in row.elts)
    ]
    alike = len(tuples) == len(rows) and len({len(row.elts) for row in tuples}) == 1
    return tuples[-1] if alike else None
