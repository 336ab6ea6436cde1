"""A layer of one's own can't be made again from its configuration.

What it does: finds `load_model`, `clone_model` and `from_config` of models with a layer of the user's whose constructor doesn't take
what is in the layer's configuration, or needs what isn't.

Why is this bad: Keras raises TypeError, "could not be deserialized properly". Every layer's configuration has `name`, `trainable` and
`dtype` besides what `get_config` adds, and all of it goes to the constructor.

Example:

    class Attention(layers.Layer):
        def __init__(self, units):
            super().__init__()

Use instead:

    class Attention(layers.Layer):
        def __init__(self, units, **kwargs):
            super().__init__(**kwargs)
            self.units = units
        def get_config(self):
            return {**super().get_config(), "units": self.units}

References: https://keras.io/guides/serialization_and_saving/#custom-objects
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

_HEAD = """
import os, tempfile
import keras
from keras import layers
os.chdir(tempfile.mkdtemp())
class Plain(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
class Forgets(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units, self.dense = units, layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return super().get_config()
class Keeps(Forgets):
    def get_config(self):
        return {**super().get_config(), "units": self.units}
inputs = keras.Input((4,))
"""
BAD = [
    _HEAD
    + """
keras.Model(inputs, Plain(3)(inputs)).save("model.keras")
model = keras.models.load_model("model.keras", custom_objects={"Plain": Plain})
""",
    _HEAD
    + """
model = keras.models.clone_model(keras.Model(inputs, Forgets(3)(inputs)))
""",
]
GOOD = [
    _HEAD
    + """
keras.Model(inputs, Keeps(3)(inputs)).save("model.keras")
model = keras.models.load_model("model.keras", custom_objects={"Keeps": Keeps})
""",
]


@claim("API045", "layer-not-from-config", Severity.ERROR, kinds=("not-from-config",))
def layer_not_from_config(fault: Fault, program: Program) -> Finding | None:
    name, extra, lacking = fault.details["cls"].name, fault.details["extra"], fault.details["lacking"]
    where: tuple[tuple[str, Place], ...] = ()
    if lacking:
        words = _listed(lacking)
        told = f"`{name}` is made again from its configuration, which lacks {words}, and its constructor needs it: this raises TypeError. "
        told += (
            f"Keep it as an attribute and add it in get_config: config.update({{{lacking[0]!r}: self.{lacking[0]}}})."
        )
    else:
        told = (
            f"`{name}` is made again from its configuration, and its constructor doesn't take the {_listed(extra)} in there: this raises TypeError. "
            "Write `**kwargs` as its last parameter, and hand it on: super().__init__(**kwargs)."
        )
    node = fault.details["cls"].node
    if node is not None and fault.details["cls"].tree is fault.place.tree:
        where = ((f"{name} is defined here", Place(fault.place.tree, node)),)
    return Finding(fault.place, told, related=where, key=fault.place.node)


def _listed(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
