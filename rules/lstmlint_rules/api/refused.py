"""Keras refuses this, and no other rule has a name for it.

What it does: reports what Keras would refuse, in the words of its own exception. What NumPy refuses of its arrays' shapes is
`array-reshape-size` and `arrays-do-not-fit`; what other libraries would refuse is left alone.

Why is this bad: the program stops here.

Example:

    model = Sequential([Dense(4, name="first")])
    layer = model.get_layer("last")

Use instead:

    model = Sequential([Dense(4, name="first")])
    layer = model.get_layer("first")

Fix safety: safe: in `super().__init__(self)` Python passes self on anyway.

References: https://keras.io/api/
"""

from __future__ import annotations

import ast
import re

from lstmlint.diagnostic import ShapePair
from lstmlint.edits import remove_argument, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
import keras
from keras import ops
class Divergence(keras.layers.Layer):
    def call(self, x):
        self.add_loss(ops.mean(x), inputs=x)
        return x
model = keras.Sequential([keras.Input((3,)), Divergence()])
""",
    """
import keras
from keras import ops
class Divergence(keras.layers.Layer):
    def call(self, x):
        self.add_metric(ops.mean(x), name="kl")
        return x
x = keras.Input((3,))
model = keras.Model(x, Divergence()(x))
""",
    """
import keras
layer = keras.layers.Dense(2)
layer.build((None, 3))
layer.add_loss(lambda: keras.ops.sum(layer.kernel))
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4, name="first")])
layer = model.get_layer("last")
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4)])
model.add(keras.layers.InputLayer(shape=(3,)))
""",
    """
import keras
class Net(keras.Model):
    def __init__(self, units):
        super().__init__(self)
        self.dense = keras.layers.Dense(units)
Net(4)
""",
    """
import keras
class Block(keras.layers):
    def call(self, x):
        return x * 2
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4), Dense(1)])
inner = keras.Model(model.input, model.layers[0].output)
""",
    """
import os, tempfile
import keras
os.chdir(tempfile.mkdtemp())
model = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: x * 2), keras.layers.Dense(1)])
model.save("m.keras")
again = keras.models.load_model("m.keras")
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4, name="first")])
layer = model.get_layer("first")
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4), Dense(1)])
inner = keras.Model(model.inputs, model.layers[0].output)
""",
    """
import os, tempfile
import keras
os.chdir(tempfile.mkdtemp())
model = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: x * 2), keras.layers.Dense(1)])
model.save("m.keras")
again = keras.models.load_model("m.keras", safe_mode=False)
""",
    """
import keras
class Block(keras.layers.Layer):
    def call(self, x):
        return x * 2
""",
    """
import keras
class Positions(keras.layers.Layer):
    def call(self, tokens):
        return keras.ops.arange(keras.ops.shape(tokens)[1])
positions = Positions()(keras.Input((None,), dtype="int32"))
fixed = keras.ops.arange(keras.ops.shape(keras.Input((8,)))[1])
""",
]


_MODEL = ("keras.Model", "keras.Model.__init__")


@claim("API009", "refused", Severity.ERROR, kinds=("*",), specificity=-100)
def refused(fault: Fault, program: Program) -> Finding | None:
    if not fault.raises or fault.kind in ("python-exception", "initial-state-size"):  # RNN010 speaks of the states
        return None
    if isinstance(fault.subject, str) and not fault.subject.startswith(("keras.", "tensorflow.keras.")):
        return None
    if fault.kind == "never-called":
        return _never_called(fault)
    if fault.kind == "module-as-base":
        return _module_as_base(fault)
    if fault.details.get("passes_itself") and isinstance(fault.place.node, ast.Call):
        return _passes_itself(fault, fault.place.node)
    if fault.kind == "too-many-arguments" and fault.got == "1" and fault.subject in _MODEL:
        return Finding(
            fault.place,
            "A Model takes its inputs only together with its outputs, and refuses one argument alone. Give it both, or, where a `call` of your own says "
            "what is calculated, neither.",
            key=fault.details.get("key", fault.place.node),
        )
    given = (
        "" if fault.got in ("True", "False") and fault.required.startswith("`") else fault.got
    )  # what else is needed
    wanted = f"it needs {fault.required}" + (f" but gets {given}" if given else "") if fault.required else fault.got
    told = fault.message.strip().rstrip(".") or wanted or fault.kind.replace("-", " ")
    plain = re.search(r"\b(Expected|Existing|must be|already)\b", fault.message)
    advice = f" In short, {wanted}." if fault.message and fault.required and not plain and told != wanted else ""
    return Finding(
        fault.place,
        f"{subject_name(fault)} refuses this: {told}.{advice}",
        shapes=ShapePair(fault.required, fault.got) if fault.required and fault.got else None,
        key=fault.details.get("key", fault.place.node),
    )


def _never_called(fault: Fault) -> Finding:
    """The `input` of a Sequential is not what it was built on: say what is."""
    which, text = fault.details["attribute"], fault.place.text
    plural = f"{text}s" if text.endswith(f".{which}") and len(text) < 40 else f"{which}s"
    advice = (
        f"Use `{plural}`, a list."
        if fault.details["built"]
        else f"Begin the model with an Input, and use `{plural}`, a list."
    )
    return Finding(
        fault.place,
        f"The `{which}` of a Sequential is that of its first call on a symbolic tensor. This one has had none (data and fit don't count), so "
        f"that Keras raises. {advice}",
        key=fault.place.node,
    )


_BASES = {
    "keras.layers": "Layer",
    "keras.models": "Model",
    "keras.losses": "Loss",
    "keras.metrics": "Metric",
    "keras.callbacks": "Callback",
}
"""The class that is meant where a module stands as the base of a class."""


def _module_as_base(fault: Fault) -> Finding:
    """`class Block(keras.layers):`"""
    written = fault.place.text
    meant = _BASES.get(str(fault.subject), "")
    advice = f"Write {written}.{meant}." if meant else "Name a class of it."
    return Finding(
        fault.place,
        f"`{written}` is a module, on which no class can be built: Python raises TypeError where `{fault.details['name']}` is made. {advice}",
        key=fault.place.node,
    )


def _passes_itself(fault: Fault, call: ast.Call) -> Finding:
    """`super().__init__(self)`: Python passes the object on by itself."""
    function = Place(fault.place.tree, call.func).text
    alone = len(call.args) == 1 and not call.keywords
    advice = f"Write {function}()." if alone else "Leave self out."
    return Finding(
        fault.place,
        f"`{function}` passes self on by itself, so that {subject_name(fault)} gets it twice, and refuses that. {advice}",
        fix=safe_fix("Leave self out.", remove_argument(fault.place, 0)),
        key=fault.place.node,
    )
