"""A required argument is missing.

What it does: compares the arguments of a call with the signatures of Keras.

A layer's input has the name that the layer's own `call` gives it: `sequences` for LSTM, GRU and Bidirectional, `inputs` for most others.

Why is this bad: Python raises TypeError, "missing 1 required positional argument".

Example:

    AveragePooling1D()

Use instead:

    AveragePooling1D(pool_size=2)

Fix safety: safe: an input under another name than the layer's is given the right one.

References: https://keras.io/api/
"""

from __future__ import annotations

import ast
import difflib

from lstmlint.edits import rename_keyword, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import AveragePooling1D
layer = AveragePooling1D()
""",
    """
import keras
from keras.layers import Dense
layer = Dense(activation="relu")
""",
    """
import keras
class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = keras.layers.Dense(4)
    def call(self, inputs, training):
        return self.inner(inputs)
inputs = keras.Input((8,))
model = keras.Model(inputs, Block()(inputs))
""",
    """
import keras
import numpy as np
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = keras.layers.Dense(4)
    def call(self, inputs, *, mask):
        return self.inner(inputs)
y = Net()(np.zeros((2, 8)))
""",
    """
import keras
class Attention(keras.layers.Layer):
    def call(self, sequence, state):
        return sequence * state[:, None]
model = keras.Sequential([keras.Input((5, 3)), Attention(), keras.layers.LSTM(4)])
""",
    """
import keras
import numpy as np
class Scale(keras.layers.Layer):
    def call(self, inputs, *, by):
        return inputs * by
model = keras.Sequential()
model.add(keras.layers.LSTM(4))
model.add(Scale())
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 4)), verbose=0)
""",
    """
import keras
x, h, c = keras.Input((5, 3)), keras.Input((4,)), keras.Input((4,))
y = keras.layers.LSTM(4)(inputs=x, initial_state=[h, c])
""",
]
GOOD = [
    """
import keras
from keras.layers import AveragePooling1D
layer = AveragePooling1D(pool_size=2)
""",
    """
import keras
import numpy as np
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = keras.layers.Dense(4)
    def call(self, inputs, training):
        return self.inner(inputs)
x = keras.Input((5, 3))
y = keras.layers.LSTM(4)(sequences=x), keras.layers.Dense(4)(inputs=x)
model = Net()
model.compile("adam", "mse")
model.fit(np.zeros((2, 8)), np.zeros((2, 4)), verbose=0)
y = model(np.zeros((2, 8)), training=False)
""",
    """
import keras
class Two(keras.layers.Layer):
    def call(self, inputs, other, training=None):
        return inputs + other
class Cell(keras.layers.Layer):
    state_size = 3
    def call(self, inputs, states):
        return inputs + states[0], [inputs]
inputs = keras.Input((5, 3))
y = Two()(inputs, inputs), Two()(inputs, other=inputs), keras.layers.RNN(Cell())(inputs)
""",
    """
import keras
class Scale(keras.layers.Layer):
    def call(self, inputs, by=2.0, *others, training=None, **more):
        return inputs * by
model = keras.Sequential([keras.Input((5, 3)), Scale(), keras.layers.LSTM(4)])
""",
]


@claim("API025", "missing-argument", Severity.ERROR, kinds=("missing-argument",), specificity=0)
def missing_argument(fault: Fault, program: Program) -> Finding | None:
    if isinstance(fault.subject, str) and not fault.subject.startswith("keras."):
        return None
    word = str(fault.details.get("argument") or fault.required)
    if "instead" in fault.details:
        return _other_name(fault, word, fault.details["instead"])
    return Finding(fault.place, _told(fault, word), key=fault.place.node)


def _told(fault: Fault, word: str) -> str:
    name = subject_name(fault)
    if word == "inputs":
        return f"{name} is called without a tensor, and raises. Give it one: layer(x)."
    if fault.details.get("sequential"):
        return (
            f"A Sequential gives each layer one tensor, but `call` of {name} can't do without `{word}`, and Keras raises. Give it a "
            f"default (`{word}=None`), or build the model with the functional API, where the layer is called with all it needs."
        )
    if fault.details.get("of_call"):
        return (
            f"`call` of {name} can't do without `{word}`, which Keras doesn't fill in, and raises. Add {word}=... here, or "
            f"give it a default: `{word}=None`."
        )
    given = _misspelt(fault, word)
    if given is not None:
        return f"{name} can't do without `{word}`, and raises: `{given}` is not what it is called. Write {word}=..."
    return f"{name} can't do without `{word}`, and raises. Add {word}=... to the call."


def _misspelt(fault: Fault, word: str) -> str | None:
    """A keyword of the call that is nearly the one that is missing."""
    node = fault.place.node
    keywords = [k.arg for k in node.keywords if k.arg is not None] if isinstance(node, ast.Call) else []
    return next(iter(difflib.get_close_matches(word, keywords, 1, 0.8)), None)


def _other_name(fault: Fault, word: str, given: str | None) -> Finding:
    """A layer whose input comes under another name than that of the layer's own `call`."""
    name = subject_name(fault)
    advice = f"; `{given}` is not what it is called here" if given else ""
    return Finding(
        fault.place,
        f"{name} takes its input as `{word}`{advice}, and Keras raises. Give the input by position: layer(x).",
        fix=safe_fix(f"Write `{word}=`.", rename_keyword(fault.place, given, word)) if given else None,
        key=fault.place.node,
    )
