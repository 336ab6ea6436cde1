"""An attribute or method that a layer, model, optimizer, metric or callback doesn't have.

What it does: finds attributes that objects of Keras 2 had and those of Keras 3 don't have, such as `optimizer.get_weights()`, and names that are
spelled nearly like one that is there, such as `model.sumary()`; `add` of a model that is no Sequential, and what models of PyTorch and
scikit-learn have. What Keras 2 gave to callbacks is gone as well: `self.validation_data`, and all of
`self.params` but its verbose, epochs and steps.

Why is this bad: Python raises AttributeError, or KeyError. Names that are like none, which a later Keras may have, are left alone. Of classes of
your own, what the `call` of a layer or model reads is looked at.

Example:

    model.sumary()

Use instead:

    model.summary()

Fix safety: safe: the name that is there now raises.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from lstmlint.edits import rename_attribute, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject, ModelObject, Object, TrainingParams

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.sumary()
""",
    """
import keras
inputs = keras.Input((3,))
model = keras.Model(inputs, keras.layers.Dense(2)(inputs))
model.add(keras.layers.Dense(1))
""",
    """
import keras
model = keras.Sequential([keras.Input((3,))])
model.append(keras.layers.Dense(1))
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
print(model[0].units)
""",
    """
import keras
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense_1 = keras.layers.Dense(2)
    def call(self, x):
        return self.dense1(x)
net = Net()
net(keras.Input((3,)))
""",
    """
import keras
optimizer = keras.optimizers.Adam(1e-3)
state = optimizer.get_weights()
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile("adam", "mse")
print(model.optimizer.lr)
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
for update in model.updates:
    print(update)
""",
    """
import keras
mean = keras.metrics.Mean()
mean.reset_states()
""",
    """
import keras
lookup = keras.layers.StringLookup(vocabulary=["a", "b"])
print(lookup.vocab_size())
""",
    """
import keras, numpy as np
class Watch(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(self.model.predict(self.validation_data[0]))
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros(4), callbacks=[Watch()], verbose=0)
""",
    """
import keras, numpy as np
class Watch(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.size = self.params["samples"]
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros(4), callbacks=[Watch()], verbose=0)
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.summary()
model.tags = ["small"]
print(model.tags, hasattr(model, "updates"), getattr(model, "sumary", None))
try:
    model.updates
except AttributeError:
    pass
""",
    """
import keras
optimizer = keras.optimizers.Adam(1e-3)
print(optimizer.learning_rate, optimizer.variables, optimizer.iterations)
""",
    """
import keras
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(2)
    def call(self, x):
        return self.dense(x)
    def updates(self):
        return []
net = Net()
print(net.updates())
""",
    """
import keras, numpy as np
class Watch(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.epochs, self.size = self.params["epochs"], self.params.get("samples")
        self.validation_data = self.validation_data if hasattr(self, "validation_data") else np.zeros((4, 3))
    def on_epoch_end(self, epoch, logs=None):
        print(self.model.predict(self.validation_data), self.model.optimizer.learning_rate)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros(4), callbacks=[Watch()], verbose=0)
""",
]

RENAMED = {"lr": "learning_rate", "reset_states": "reset_state", "vocab_size": "vocabulary_size"}
"""What is only called otherwise in Keras 3."""
INSTEAD = {
    "get_weights": "optimizer.variables",
    "weights": "optimizer.variables",
    "validation_data": "the data to the callback's constructor, and read them from an attribute of your own",
    "minimize": "optimizer.apply_gradients with the gradients of a tf.GradientTape",
    "input_names": "[x.name for x in model.inputs]",
    "output_names": "[x.name for x in model.outputs]",
    "_decayed_lr": "optimizer.learning_rate, which a schedule has worked out already",
    "_make_predict_function": "nothing instead: predict makes its function by itself",
    "_make_train_function": "nothing instead: fit makes its function by itself",
    "_make_test_function": "nothing instead: evaluate makes its function by itself",
    "_keras_shape": "x.shape",
}
"""What does the same in Keras 3, by the name that it had."""


@claim(
    "API040",
    "missing-attribute",
    Severity.ERROR,
    kinds=("no-attribute", "no-items", "no-own-attribute", "python-exception"),
    specificity=0,
)
def missing_attribute(fault: Fault, program: Program) -> Finding | None:
    if isinstance(fault.details.get("receiver"), TrainingParams):
        return _of_params(fault)
    if fault.kind == "no-items":
        return _indexed(fault)
    if fault.kind == "no-own-attribute":
        return _of_own(fault)
    if "meant" not in fault.details:
        return None
    owner = fault.subject.class_name if isinstance(fault.subject, Object) else "symbolic tensor"
    right, advice = RENAMED.get(fault.got, fault.details["meant"]), INSTEAD.get(fault.got)
    if fault.details["meant"] == "Sequential":
        return Finding(
            fault.place,
            f"Only a Sequential has `{fault.got}`, and this is a model of inputs and outputs: Python raises AttributeError. Apply the layer to the output and "
            "make a model of that: keras.Model(model.inputs, layer(model.output)).",
            key=fault.place.node,
        )
    if fault.details["gone"]:
        told = f"Keras 3's {owner} has no `{fault.got}` any more, so this raises AttributeError."
        right = RENAMED.get(fault.got)
        advice = advice or (f"`{right}`" if right is not None else None)
        told += f" Write {advice}." if advice is not None else ""
    elif owner == "symbolic tensor" and fault.details["meant"] is None:
        told = f"A symbolic tensor has no `{fault.got}`, as NumPy's arrays have, so this raises AttributeError. Use a function of keras.ops, or a layer."
    else:
        told = f"{owner} has no `{fault.got}`, so this raises AttributeError. Did you mean `{right}`?"
    edit = (
        rename_attribute(fault.place, fault.got, right)
        if right is not None and not fault.details.get("other")
        else None
    )
    return Finding(fault.place, told, fix=safe_fix(f"Write `{right}`.", edit), key=fault.place.node)


def _indexed(fault: Fault) -> Finding | None:
    """`model[0]`"""
    owner = fault.subject
    if not isinstance(owner, LayerObject):
        return None
    model = isinstance(owner, ModelObject)
    advice = (
        "Its layers are in a list: model.layers[...]." if model else "Its weights are in a list: layer.weights[...]."
    )
    return Finding(
        fault.place, f"A {owner.class_name} has no items, so this raises TypeError. {advice}", key=fault.place.node
    )


def _of_own(fault: Fault) -> Finding:
    """`self.lstm2`, which the class never sets"""
    owner, meant = fault.subject, fault.details["meant"]
    name = owner.class_name if isinstance(owner, Object) else "object"
    advice = f"Did you mean `{meant}`?" if meant is not None else f"Set `self.{fault.got}` in `__init__`."
    return Finding(
        fault.place, f"Nothing in `{name}` sets `{fault.got}` before this, so that Python raises AttributeError. {advice}", key=fault.place.node
    )  # fmt: skip


def _of_params(fault: Fault) -> Finding:
    """`self.params["samples"]`"""
    key = fault.details.get("key")
    return Finding(
        fault.place,
        f"In Keras 3 the params of a callback are verbose, epochs and steps, so that {key!r} raises KeyError. Give what you need to the callback's "
        "constructor.",
        key=fault.place.node,
    )
