"""A model or layer is made again without the user's function or class that it needs.

What it does: finds `load_model` of a `.keras` file that the same program has saved from a model with a loss or metric of
its own, or with a layer class or a Lambda's function of its own, without `custom_objects`, and without registering them.
`clone_model`, `Model.from_config` and `Bidirectional`, which copies the layer that it gets, make layers from their
configuration in the same way.

Why is this bad: Keras raises TypeError, "Could not locate function": the file, or the configuration, has only the name.

Example:

    model.compile("adam", loss=rmse)
    model.save("model.keras")
    model = load_model("model.keras")

Use instead:

    model.compile("adam", loss=rmse)
    model.save("model.keras")
    model = load_model("model.keras", custom_objects={"rmse": rmse})

References: https://keras.io/guides/serialization_and_saving/#custom-objects
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

_HEAD = """
import os, tempfile
import keras
from keras.models import load_model
os.chdir(tempfile.mkdtemp())
def rmse(y_true, y_pred):
    return keras.ops.sqrt(keras.ops.mean(keras.ops.square(y_pred - y_true)))
class Twice(keras.layers.Layer):
    def call(self, x):
        return 2 * x
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
"""
_CELL = """
import keras
from keras import layers, ops
class Cell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units))
    def call(self, x, states):
        h = ops.matmul(x, self.kernel) + states[0]
        return h, [h]
    def get_config(self):
        return {**super().get_config(), "units": self.units}
"""
BAD = [
    _HEAD + "model.compile('adam', loss=rmse)\nmodel.save('m.keras')\nagain = load_model('m.keras')\n",
    _HEAD
    + "model.compile('adam', 'mse', metrics=['mae', rmse])\nmodel.save('m.keras')\nagain = load_model('m.keras')\n",
    _HEAD
    + "def twice(x):\n    return 2 * x\nmodel.add(keras.layers.Lambda(twice))\nmodel.save('m.keras')\nagain = load_model('m.keras')\n",
    _HEAD + "model.add(Twice())\nmodel.save('m.keras')\nagain = load_model('m.keras')\n",
    _HEAD
    + "import numpy as np\nX, y = np.zeros((8, 4)), np.zeros((8, 1))\nbest = keras.callbacks.ModelCheckpoint('best.keras', monitor='loss')\n"
    "model.compile('adam', loss=rmse)\nmodel.fit(X, y, callbacks=[best], verbose=0)\nagain = load_model('best.keras')\n",
    _HEAD
    + "def twice(x):\n    return 2 * x\nmodel.add(keras.layers.Lambda(twice))\ntarget = keras.models.clone_model(model)\n",
    _HEAD + "model.add(Twice())\nagain = keras.Sequential.from_config(model.get_config())\n",
    _CELL + "x = layers.Bidirectional(layers.RNN(Cell(4)))(keras.Input((5, 3)))\n",
]
GOOD = [
    _HEAD
    + "model.compile('adam', loss=rmse)\nmodel.save('m.keras')\nagain = load_model('m.keras', custom_objects={'rmse': rmse})\n",
    _HEAD + "model.compile('adam', loss=rmse)\nmodel.save('m.keras')\nagain = load_model('m.keras', compile=False)\n",
    _HEAD + "model.save('m.keras')\nmodel.compile('adam', loss=rmse)\nagain = load_model('m.keras')\n",
    _HEAD
    + "keras.saving.get_custom_objects()['Twice'] = Twice\nmodel.add(Twice())\nmodel.save('m.keras')\nagain = load_model('m.keras')\n",
    _HEAD + "@keras.saving.register_keras_serializable()\ndef mine(t, p):\n    return rmse(t, p)\n"
    "model.compile('adam', loss=mine)\nmodel.save('m.keras')\nagain = load_model('m.keras')\n",
    _HEAD + "model.add(Twice())\ntarget = keras.models.clone_model(model)\n",
    _CELL.replace("class Cell", "@keras.saving.register_keras_serializable()\nclass Cell")
    + "x = layers.Bidirectional(layers.RNN(Cell(4)))(keras.Input((5, 3)))\n",
]


@claim("API034", "custom-object-not-given", Severity.ERROR, kinds=("unknown-custom-object",), specificity=0)
def custom_object_not_given(fault: Fault, program: Program) -> Finding | None:
    name, what = str(fault.details["name"]), fault.details["what"]
    if fault.details["source"] != "file":
        return Finding(
            fault.place,
            f"{subject_name(fault)} makes layers again from their configuration, which has only the name of your {what} `{name}`, so that Keras "
            f"can't locate it and raises. Put @keras.saving.register_keras_serializable() on it.",
            key=fault.place.node,
        )
    compiled = " or compile=False if it is only to predict," if what == "function" else ""
    return Finding(
        fault.place,
        f"The file has only the name of your {what} `{name}`, so that Keras can't locate it and raises. Give it custom_objects={{'{name}': {name}}},"
        f"{compiled} or put @keras.saving.register_keras_serializable() on it.",
        key=fault.place.node,
    )
