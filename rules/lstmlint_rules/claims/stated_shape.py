"""A comment states a shape that the program contradicts.

What it does: compares `# lstmlint: X: (N, 24, 3)` with the shape that `X` has where the program shows it. Names stand for one size in
the whole file.

Why is this bad: lstmlint believes such comments where it can't see the data, and so does the next reader.

Example:

    X = np.zeros((100, 24, 5))  # lstmlint: X: (N, 24, 3)

Use instead:

    X = np.zeros((100, 24, 5))  # lstmlint: X: (N, 24, 5)

References: https://numpy.org/doc/stable/reference/generated/numpy.ndarray.shape.html
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
X = np.zeros((100, 24, 5))  # lstmlint: X: (N, 24, 3)
""",
    """
import keras
import numpy as np
X, y = np.zeros((100, 24, 5)), np.zeros((90,))  # lstmlint: X: (N, 24, 5), y: (N,)
""",
    """
import keras
import numpy as np
X = np.zeros((24, 3))  # lstmlint: X: 24 x 3
""",
]
GOOD = [
    """
import keras
import numpy as np
import os
count = len(os.listdir("."))
# lstmlint: X: (N, 24, 5), y: (N,)
X, y = np.zeros((count, 24, 5)), np.zeros((count,))
""",
    """
import keras
import numpy as np
look_back = 24
X = np.zeros((100, 24, 5))  # lstmlint: X: (samples, look_back, ?)
""",
]


@claim("CLM005", "stated-shape", Severity.WARNING, kinds=("stated-shape",), specificity=10)
def stated_shape(fault: Fault, program: Program) -> Finding | None:
    name, stated = fault.details["name"], fault.details["stated"]
    if not fault.got:
        return Finding(
            fault.place,
            f"The comment about {name} can't be read as a shape: `{stated}`. Write `# lstmlint: {name}: (N, 24, 3)`, with a size or a name for "
            f"each axis.",
            key=(fault.place.node, name),
        )
    return Finding(
        fault.place,
        f"The comment states {name}: {stated}, but {name} is {fault.got} here. Correct the comment, or the line that makes {name}.",
        related=tuple(("made here", place) for place in fault.blamed[:1]),
        shapes=ShapePair(stated, fault.got),
        key=(fault.place.node, name),
    )
