"""An attribute or method that a layer, model, optimizer, metric or callback doesn't have.

What it does: finds attributes that objects of Keras 2 had and those of Keras 3 don't have, such as `optimizer.get_weights()`, and names that are
spelled nearly like one that is there, such as `model.sumary()`.

Why is this bad: Python raises AttributeError. Names that are like none, which a later Keras may have, and objects of classes of your own are left
alone.

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
from lstmlint.values import Object

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.sumary()
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
]

RENAMED = {"lr": "learning_rate", "reset_states": "reset_state"}
"""What is only called otherwise in Keras 3."""
INSTEAD = {
    "get_weights": "optimizer.variables",
    "weights": "optimizer.variables",
    "minimize": "optimizer.apply_gradients with the gradients of a tf.GradientTape",
    "input_names": "[x.name for x in model.inputs]",
    "output_names": "[x.name for x in model.outputs]",
}
"""What does the same in Keras 3, by the name that it had."""


@claim("API040", "missing-attribute", Severity.ERROR, kinds=("no-attribute",), specificity=0)
def missing_attribute(fault: Fault, program: Program) -> Finding | None:
    if "meant" not in fault.details:
        return None
    owner = fault.subject.class_name if isinstance(fault.subject, Object) else "symbolic tensor"
    right, advice = RENAMED.get(fault.got, fault.details["meant"]), INSTEAD.get(fault.got)
    if fault.details["gone"]:
        told = f"Keras 3's {owner} has no `{fault.got}` any more, so this raises AttributeError."
        right = RENAMED.get(fault.got)
        advice = advice or (f"`{right}`" if right is not None else None)
        told += f" Write {advice}." if advice is not None else ""
    else:
        told = f"{owner} has no `{fault.got}`, so this raises AttributeError. Did you mean `{right}`?"
    edit = rename_attribute(fault.place, fault.got, right) if right is not None else None
    return Finding(fault.place, told, fix=safe_fix(f"Write `{right}`.", edit), key=fault.place.node)
