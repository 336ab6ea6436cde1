"""A Python list is used as if it were a NumPy array.

What it does: finds what only NumPy's arrays have (`shape`, `reshape`, `astype`, `mean`) on lists: windows that were collected with `append`, what
`tolist()` and `pad_sequences`' input are.

Why is this bad: Python raises AttributeError. A list has a length, and nothing knows whether its items have one shape.

Example:

    windows = []
    for i in range(len(series) - 10):
        windows.append(series[i:i + 10])
    windows = windows.reshape(-1, 10, 1)

Use instead:

    windows = np.array(windows).reshape(-1, 10, 1)

References: https://numpy.org/doc/stable/reference/generated/numpy.array.html
"""

from __future__ import annotations

import ast

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

_HEAD = """
import keras
import numpy as np
series = np.random.rand(50)
windows = []
for i in range(len(series) - 10):
    windows.append(series[i:i + 10])
"""
BAD = [
    _HEAD + "windows = windows.reshape(-1, 10, 1)\n",
    _HEAD + "print(windows.shape)\n",
    _HEAD + "x = series.tolist()\nx = x.astype('float32')\n",
]
GOOD = [
    _HEAD + "windows = np.array(windows).reshape(-1, 10, 1)\nprint(windows.shape, len(series.tolist()))\n",
    _HEAD + "windows = np.reshape(windows, (-1, 10, 1))\n",
    _HEAD + "if hasattr(windows, 'shape'):\n    print(windows.shape)\n",
    _HEAD + "try:\n    windows = windows.reshape(-1, 10, 1)\nexcept AttributeError:\n    windows = np.array(windows)\n",
]


@claim("DAT041", "list-is-no-array", Severity.ERROR, kinds=("no-attribute",), specificity=20)
def list_is_no_array(fault: Fault, program: Program) -> Finding | None:
    if fault.subject != "builtins.list":
        return None
    node = fault.place.node
    attribute = node.func if isinstance(node, ast.Call) else node
    name = (
        attribute.value.id if isinstance(attribute, ast.Attribute) and isinstance(attribute.value, ast.Name) else None
    )
    made = f"np.array({name})" if name is not None else "np.array of it"
    return Finding(
        fault.place,
        f"{f'`{name}`' if name is not None else 'This'} is a list, which has no `{fault.got}`, so that this raises AttributeError. Make an array first: {made}.",
        key=node,
    )
