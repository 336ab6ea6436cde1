"""Another number of inputs, or other names, than the model has.

What it does: compares the arrays that a functional model gets, by order or by name, with its inputs. A Sequential that begins with
no Input takes no list at all.

Why is this bad: Keras raises before the first layer runs. Keras 3 finds what a dict holds by the names that the Inputs were
given, or by the keys of the dict of Inputs that the model was made with; the name that a layer gets by itself is none of them.

Example:

    model = keras.Model([a, b], out)
    model.fit(X, y)

Use instead:

    model.fit([X_a, X_b], y)

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import ModelObject

from ..evidence import line

BAD = [
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((4,)), keras.Input((3,))
model = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))
model.predict(np.zeros((8, 4)))
""",
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
model = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))
model.predict({"a": np.zeros((8, 4)), "c": np.zeros((8, 3))})
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit([np.zeros((8, 5, 3))], np.zeros((8, 1)))
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.layers.Dense(1)])
model([np.zeros((8, 4)), np.zeros((8, 4))])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.predict({"input_layer": np.zeros((8, 4))})
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((4,)), keras.Input((3,))
model = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))
model.predict([np.zeros((8, 4)), np.zeros((8, 3))], verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
model = keras.Sequential([Concatenate(), Dense(1)])
model.predict([np.zeros((8, 4)), np.zeros((8, 3))], verbose=0)
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.predict([np.zeros((8, 4))], verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((4,)), keras.Input((3,))
model = keras.Model({"a": a, "b": b}, Dense(1)(Concatenate()([a, b])))
model.predict({"a": np.zeros((8, 4)), "b": np.zeros((8, 3))}, verbose=0)
""",
]


@claim(
    "DAT013",
    "wrong-number-of-inputs",
    Severity.ERROR,
    kinds=("input-count", "input-names", "input-without-name"),
    specificity=0,
)
def wrong_number_of_inputs(fault: Fault, program: Program) -> Finding | None:
    if not isinstance(fault.subject, ModelObject):
        return None
    first = fault.details.get("first")
    if first is not None:
        told = _list_for_stack(fault.details["count"], first.class_name)
    elif fault.kind == "input-without-name":
        told = (
            f"The data are a dict, but the Input on {line(fault.details['source'].place)} was given no name, by which Keras 3 would find its own. "
            "Write Input(..., name=...) with its key, or give the arrays without the dict."
        )
    elif fault.kind == "input-names":
        told = f"The model's inputs are named {fault.required}, but the data has {fault.got}. Use the names that Input(name=...) gave."
    else:
        told = f"The model has {fault.required} but gets {fault.got}. Give one array for each Input, in a list in their order or in a dict by name."
    model = fault.subject
    return Finding(
        fault.place,
        told,
        related=(("the model is made here", model.place),) if model.place is not None else (),
        key=fault.place.node,
    )


def _list_for_stack(count: int, first: str) -> str:
    """A Sequential without an Input is given a list."""
    if count == 1:
        return (
            f"The brackets make a list of one array, which this Sequential hands to its first layer as it is, and {first} takes no list: "
            f"Keras raises. Leave the brackets out."
        )
    return (
        f"This Sequential hands the list of {count} arrays to its first layer as it is, and {first} takes one array: Keras raises. "
        f"Give it one array, or write a functional model with an Input for each."
    )
