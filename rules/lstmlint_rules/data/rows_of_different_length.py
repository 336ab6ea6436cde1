"""Rows of different lengths are made into an array.

What it does: finds lists whose rows have different lengths where NumPy makes an array of them, and windows that the end of their
series cuts short, or a target behind it, because the loop goes on too long.

Why is this bad: NumPy raises ValueError, "inhomogeneous shape", or IndexError. Slices never raise: those at the end of a series are just
shorter than the others.

Example:

    for i in range(len(series)):
        X.append(series[i : i + 12])
        y.append(series[i + 12])
    X, y = np.array(X), np.array(y)

Use instead:

    for i in range(len(series) - 12):
        X.append(series[i : i + 12])
        y.append(series[i + 12])
    X, y = np.array(X), np.array(y)

References: https://www.tensorflow.org/tutorials/structured_data/time_series
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

_HEAD = """
import keras
import numpy as np
import pandas as pd
series = pd.DataFrame(np.random.rand(300, 2), columns=["a", "b"])["a"].values
X, y = [], []
"""
_OPEN = """
import keras
import numpy as np
import os
series = np.random.rand(int(os.environ.get("SAMPLES", 300)), 2)
X, y = [], []
"""
BAD = [
    _HEAD + "for i in range(len(series) - 10):\n    X.append(series[i : i + 12])\nX = np.array(X)\n",
    _OPEN + "for i in range(len(series)):\n    y.append(series[i + 12])\ny = np.array(y)\n",
    _OPEN + "X = np.array([series[i : i + 12, 0] for i in range(len(series) - 10)])\n",
    _HEAD + "X = np.array([series[i : i + 12] for i in range(len(series))])\n",
    """
import keras
import numpy as np
X = np.array([[0.1, 0.2, 0.3], [0.4, 0.5]])
""",
]
GOOD = [
    _HEAD
    + "for i in range(len(series) - 12):\n    X.append(series[i : i + 12])\n    y.append(series[i + 12])\nX, y = np.array(X), np.array(y)\n",
    _HEAD + "X = np.array([series[i : i + 12] for i in range(len(series) - 11)])\n",
    _OPEN
    + "for i in range(len(series) - 12):\n    X.append(series[i : i + 12, 0])\n    y.append(series[i + 12, 0])\nX, y = np.array(X), np.array(y)\n",
    _OPEN
    + "for i in range(len(series)):\n    if i + 12 < len(series):\n        y.append(series[i + 12])\ny = np.array(y)\n",
    _OPEN
    + "for i in range(len(series)):\n    if i + 12 >= len(series):\n        continue\n    y.append(series[i + 12])\ny = np.array(y)\n",
    _OPEN
    + "try:\n    for i in range(len(series)):\n        y.append(series[i + 12])\nexcept IndexError:\n    pass\ny = np.array(y)\n",
    _HEAD
    + "for i in range(len(series)):\n    if i + 12 < len(series):\n        X.append(series[i : i + 12])\nX = np.array(X)\n",
    _HEAD
    + "for i in range(len(series)):\n    if i + 12 > len(series):\n        break\n    X.append(series[i : i + 12])\nX = np.array(X)\n",
    _HEAD
    + "X = [series[i : i + 12] for i in range(len(series))]\nX = np.array([row for row in X if len(row) == 12])\n",
    _HEAD + "X = np.array([series[i : i + 12] for i in range(len(series))], dtype=object)\n",
    _HEAD + "X = np.array([series[i : i + 12].mean() for i in range(len(series))])\n",
    _HEAD + "X = [series[i : i + 12] for i in range(len(series))]\nX = keras.utils.pad_sequences(X, dtype='float32')\n",
]


@claim("DAT038", "rows-of-different-length", Severity.ERROR, kinds=("ragged",), specificity=0)
def rows_of_different_length(fault: Fault, program: Program) -> Finding | None:
    over = fault.details["overrun"]
    given = fault.blamed[0] if fault.blamed else None
    what = f"`{given.text}`" if given is not None and len(given.text) < 40 else "this"
    if over is None:
        told = (
            f"The rows of {what} have different lengths, {', '.join(fault.details['sizes'][:4])}, and NumPy raises ValueError. "
            "Pad them to one: keras.utils.pad_sequences(...)."
        )
        return Finding(fault.place, told, key=fault.place.node)
    count = over.excess.known
    last = f"{count} turns" if count != 1 else "turn"
    earlier = f"{count} {'turn' if count == 1 else 'turns'} earlier"
    if count is None:
        last, earlier = "turns", "earlier"
    if over.width is None:
        told = f"The loop goes on too long: in its last {last} `{over.place.text}` lies behind the end, and NumPy raises IndexError. End it {earlier}."
        return Finding(over.place, told, key=over.place.node)
    told = (
        f"The loop goes on too long: in its last {last} `{over.place.text}` finds fewer than {over.width} values, and NumPy raises ValueError for rows "
        f"of different lengths. End it {earlier}."
    )
    related: tuple[tuple[str, Place], ...] = (("the windows are taken here", over.place),)
    return Finding(fault.place, told, related=related, key=fault.place.node)
