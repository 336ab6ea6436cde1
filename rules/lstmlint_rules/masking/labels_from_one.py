"""Class labels that begin with 1.

What it does: finds `to_categorical` on numbers that are known and all above 0.

Why is this bad: classes are counted from 0. `to_categorical([1, 2, 3])` has four columns, the first always 0; with
`num_classes=3` it raises.

Example:

    y = to_categorical([1, 2, 3])

Use instead:

    y = to_categorical([0, 1, 2])

References: https://keras.io/api/utils/python_utils/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import ListValue, Value

from ..provenance import label_bounds
from ..surroundings import parent

BAD = [
    """
import keras
y = keras.utils.to_categorical([1, 2, 3])
""",
]
GOOD = [
    """
import keras
y = keras.utils.to_categorical([0, 1, 2])
""",
    """
import keras
y = keras.utils.to_categorical([1, 2, 3])[:, 1:]
""",
    """
import keras
letters = "ABCDE"
following = [letters.index(letter) for letter in letters[1:]]
y = keras.utils.to_categorical(following)
""",
]


def _made_by_the_program(labels: Value) -> bool:
    """Are the labels a list that the program has filled, and not one that is written there?"""
    written = labels.place.node if isinstance(labels, ListValue) and labels.place is not None else None
    return isinstance(labels, ListValue) and not (isinstance(written, ast.List) and written.elts)


@check("MSK007", "labels-from-one", Severity.WARNING)
def labels_from_one(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if call.name != "keras.utils.to_categorical" or not call.args:
            continue
        found = label_bounds(call.args[0])
        if found is None or found[0] != 1 or isinstance(parent(program, call.place.node), ast.Subscript):
            continue  # to_categorical(y)[:, 1:] takes column 0 away
        count = call.args[1] if len(call.args) > 1 else call.kwargs.get("num_classes")
        raises = isinstance(count, int) and count <= found[1]
        if not raises and _made_by_the_program(call.args[0]):
            continue  # it knows what it counts: letters that follow others have numbers of their own
        told = f"with num_classes={count} this raises" if raises else "column 0 stays empty"
        yield Finding(
            call.place,
            f"The labels run from 1 to {found[1]}, but classes are counted from 0, so that {told}. Subtract 1 from the labels.",
            severity=Severity.ERROR if raises else None,
            key=call.place.node,
        )
