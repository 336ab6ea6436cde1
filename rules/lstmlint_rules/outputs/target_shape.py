"""Targets that the loss can't compare with the output.

What it does: compares the shapes of targets and outputs by the rule of the loss that the model is compiled with.

Why is this bad: Keras raises in the first batch.

Example:

    model.add(Dense(2, activation="softmax"))
    model.compile("adam", "binary_crossentropy")
    model.fit(X, y)  # y: (samples,)

Use instead:

    model.add(Dense(1, activation="sigmoid"))

References: https://keras.io/api/losses/
"""

from __future__ import annotations

from dataclasses import replace

from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import line
from ..provenance import counted_from_one
from ..training import advice, against_output

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(2)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 3)))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(2, activation="softmax")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
]


@claim("OUT010", "target-shape", Severity.ERROR, kinds=("target-shape",), specificity=0)
def target_shape(fault: Fault, program: Program) -> Finding | None:
    consequence = f", and {fault.details['loss']} can't compare the two."
    found, columns, units = (
        counted_from_one(fault.details.get("target")),
        fault.details["true"],
        fault.details["predicted"],
    )
    if found is None or columns.rank is None or columns.rank != units.rank or columns[-1].known != found[1] + 1:
        return against_output(fault, program, consequence, advice(fault))
    made, last = found
    words = (
        f"The labels run from 1 to {last}, and classes are counted from 0: subtract 1 from them on {line(made.place)}"
    )
    if same(columns[-1], units[-1] + 1) is not True:
        words += f", and give the last layer {columns[-1] - 1} units"
    finding = against_output(fault, program, consequence, f"{words}.")
    return replace(finding, key=made.place.node) if made.place is not None else finding  # or MSK007 says it again
