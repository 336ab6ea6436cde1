"""An attribute is set that Keras 3 has made a property without a setter.

What it does: finds assignments to attributes of layers, models, callbacks and metrics that Keras 3 keeps for itself, such as `self.output` of a
layer, `self.layers` of a model or `self.model` of a callback.

Why is this bad: Python raises AttributeError.

Example:

    class Classifier(keras.Model):
        def __init__(self):
            super().__init__()
            self.output = Dense(3)

Use instead:

    class Classifier(keras.Model):
        def __init__(self):
            super().__init__()
            self.head = Dense(3)

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
from keras.layers import Dense
class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.output = Dense(3)
    def call(self, x):
        return self.output(x)
model = Classifier()
""",
    """
import keras
class Watch(keras.callbacks.Callback):
    def __init__(self, model):
        super().__init__()
        self.model = model
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
watch = Watch(model)
""",
    """
import keras
class Stack(keras.Model):
    def __init__(self):
        super().__init__()
        self.layers = [keras.layers.Dense(3), keras.layers.Dense(1)]
model = Stack()
""",
    """
import keras
x = keras.Input((3,))
model = keras.Model(x, keras.layers.Dense(1)(x))
model.outputs = [x]
""",
    """
import keras
class Scaled(keras.layers.Layer):
    def __init__(self, weights):
        super().__init__()
        self.weights = weights
layer = Scaled([1.0, 2.0])
""",
    """
import keras
class Share(keras.metrics.Metric):
    def __init__(self):
        super().__init__(name="share")
        setattr(self, "variables", [])
metric = Share()
""",
]
GOOD = [
    """
import keras
class Watch(keras.callbacks.Callback):
    def __init__(self, model):
        super().__init__()
        self.watched = model
        self.set_model(model)
        self._model = model
class Held(keras.callbacks.Callback):
    model = None
    def __init__(self, model):
        super().__init__()
        self.model = model
class Settable(keras.callbacks.Callback):
    @property
    def model(self):
        return self._model
    @model.setter
    def model(self, value):
        self._model = value
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
Watch(model), Held(model)
Settable().model = model
""",
    """
import keras
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inputs = 3
        self.outputs = self.loss = self.optimizer = 4
class Layered(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.layers = [keras.layers.Dense(3)]
        self.model = None
Net(), Layered()
""",
]

OWNERS = {
    "keras.layers.Layer": "layer", "keras.Model": "model", "keras.Sequential": "model", "keras.Functional": "model",
    "keras.callbacks.Callback": "callback", "keras.metrics.Metric": "metric",
}  # fmt: skip


@claim("API038", "read-only-attribute", Severity.ERROR, kinds=("read-only-attribute",), specificity=10)
def read_only_attribute(fault: Fault, program: Program) -> Finding | None:
    name, owner = fault.details.get("attribute"), OWNERS.get(fault.details.get("owner", ""))
    if not isinstance(name, str) or owner is None:
        return None
    advice = f"Give it another name, such as `own_{name}`."
    if owner == "callback":
        advice = "Leave it out, for fit sets it, or give it another name."
    return Finding(
        fault.place,
        f"`{name}` of a {owner} is a property that Keras 3 keeps for itself, so this raises AttributeError. {advice}",
        key=fault.place.node,
    )
