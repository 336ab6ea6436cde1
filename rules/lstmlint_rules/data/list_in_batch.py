"""A generator or Sequence gives lists where Keras 3 takes tuples.

What it does: finds generators whose batch is no tuple (`yield [x, y]`, `yield x`), and lists inside the batches of
generators and Sequences (`yield [a, b], y`, `return x, [y1, y2]`).

Why is this bad: Keras 3 hands the batches to TensorFlow, which takes a list for one value: "output_signature must
contain objects that are subclass of tf.TypeSpec but found <class 'list'>". Keras 2 took lists. Several inputs or
targets are a tuple or a dict; lists are right only for arrays that fit gets directly.

Example:

    yield [chars, words], labels

Use instead:

    yield (chars, words), labels

Fix safety: safe: the program gets no batch out of the generator otherwise, and a tuple holds the same.

References: https://keras.io/api/utils/python_utils/
"""

from __future__ import annotations

import ast

from lstmlint.diagnostic import Fix
from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import ListValue

_HEAD = """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((3,)), keras.Input((5,))
model = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))
model.compile("adam", "mse")
"""
_ONE = """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
"""
BAD = [
    _HEAD
    + """
def batches():
    while True:
        yield [np.zeros((4, 3)), np.zeros((4, 5))], np.zeros((4, 1))
model.fit(batches(), steps_per_epoch=3, verbose=0)
""",
    _HEAD
    + """
class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 3
    def __getitem__(self, index):
        return [np.zeros((4, 3)), np.zeros((4, 5))], np.zeros((4, 1))
model.fit(Batches(), verbose=0)
""",
    _ONE
    + """
def batches():
    while True:
        yield [np.zeros((4, 3)), np.zeros((4, 1))]
model.fit(batches(), steps_per_epoch=3, verbose=0)
""",
]
GOOD = [
    _HEAD
    + """
def batches():
    while True:
        yield (np.zeros((4, 3)), np.zeros((4, 5))), np.zeros((4, 1))
model.fit(batches(), steps_per_epoch=3, verbose=0)
""",
    _HEAD
    + """
model.fit([np.zeros((4, 3)), np.zeros((4, 5))], np.zeros((4, 1)), verbose=0)
""",
]


@claim("DAT028", "list-in-batch", Severity.ERROR, kinds=("list-in-batch",), specificity=0)
def list_in_batch(fault: Fault, program: Program) -> Finding | None:
    value, whole = fault.details["value"], fault.details["whole"]
    made = value.place if isinstance(value, ListValue) else None
    generator = fault.details["dataset"].type_name == "builtins.generator"
    if whole:
        told = (
            f"The generator gives {fault.got}, and Keras 3 takes only tuples"
            if isinstance(value, ListValue)
            else "The generator gives its input without a tuple around it, and Keras 3 takes only tuples"
        )
        advice = "Yield (x,), (x, y) or (x, y, weights)."
    else:
        told = f"The batches of this {'generator' if generator else 'Sequence'} hold a list, and TensorFlow takes none from it"
        advice = "Put several inputs or targets into a tuple, (a, b), or a dict by their names."
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"{told}. {advice}",
        related=(("the list is made here", made),) if made is not None else (),
        fix=_as_tuple(made, program),
        key=fault.place.node,
    )


def _as_tuple(made: Place | None, program: Program) -> Fix | None:
    """The list that is written there as a tuple."""
    node = made.node if made is not None else None
    if made is None or not isinstance(node, ast.List) or not node.elts or made.span.path != program.tree.source.path:
        return None
    if "#" in made.text:
        return None
    inner = made.text.strip()[1:-1].strip()
    comma = "," if len(node.elts) == 1 and not inner.endswith(",") else ""
    return safe_fix("Make a tuple of the list.", replace(made, f"({inner}{comma})"))
