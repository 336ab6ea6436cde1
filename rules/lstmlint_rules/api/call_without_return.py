"""The `call` of a layer or model of one's own has no `return`.

What it does: finds layers and models whose `call` calculates something and gives nothing back, where a tensor is needed next.

Why is this bad: such a `call` gives None, and Keras raises where the next layer, the model or its loss takes that for a tensor. The message
names the place where None is noticed, not the `call`.

Example:

    class Twice(keras.layers.Layer):
        def call(self, x):
            y = 2 * x

Use instead:

    class Twice(keras.layers.Layer):
        def call(self, x):
            return 2 * x

References: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import FunctionValue

from ..evidence import (
    subject_name,
)

BAD = [
    """
import keras

class Twice(keras.layers.Layer):
    def call(self, x):
        y = 2 * x

model = keras.Sequential([keras.Input((4,)), Twice(), keras.layers.Dense(1)])
""",
    """
import keras

class Twice(keras.layers.Layer):
    def call(self, x):
        y = 2 * x

x = keras.Input((3, 4))
y = keras.layers.LSTM(2)(Twice()(x))
""",
    """
import keras

class Twice(keras.layers.Layer):
    def call(self, x):
        y = 2 * x

x = keras.Input((4,))
model = keras.Model(x, Twice()(x))
""",
    """
import keras

class Twice(keras.layers.Layer):
    def call(self, x):
        y = 2 * x

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1), Twice()])
""",
    """
import keras, numpy as np

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(2)

    def call(self, x):
        y = self.dense(x)

net = Net()
net.compile("adam", "mse")
net.fit(np.zeros((8, 4)), np.zeros((8, 2)), verbose=0)
""",
    """
import keras, numpy as np

class Net(keras.Model):
    def call(self, x):
        y = 2 * x

predicted = Net().predict(np.zeros((8, 4)), verbose=0)
""",
]
GOOD = [
    """
import keras

class Twice(keras.layers.Layer):
    def call(self, x):
        return 2 * x

model = keras.Sequential([keras.Input((4,)), Twice(), keras.layers.Dense(1)])
""",
    """
import keras

class Small(keras.layers.Layer):
    def call(self, x):
        self.add_loss(keras.ops.sum(x))

x = keras.Input((4,))
Small()(x)
nothing = keras.layers.Dropout(0.5)(Small()(x))
model = keras.Model(x, keras.layers.Dense(1)(x))
""",
    """
import keras, numpy as np

class Net(keras.Model):
    def call(self, x):
        y = 2 * x

    def train_step(self, data):
        return {"loss": 0.0}

net = Net()
net.compile("adam", "mse")
net.fit(np.zeros((8, 4)), np.zeros((8, 2)), verbose=0)
""",
]


@claim("API046", "call-without-return", Severity.ERROR, kinds=("nothing-given",), specificity=10)
def call_without_return(fault: Fault, program: Program) -> Finding | None:
    function: FunctionValue = fault.details["nothing"].function
    place = fault.blamed[0] if fault.blamed and fault.blamed[0] is not None else fault.place
    own = (
        function.owner.name
        if function.owner is not None
        else fault.details["nothing"].reason.partition(".")[0].strip("`")
    )
    here = Place(function.tree, function.node)
    return Finding(
        place,
        f"`{own}.call` has no `return`, so it gives None, and {subject_name(fault)} gets that for a tensor. Return what it "
        "calculates at its end.",
        related=(("this `call` gives nothing back", here),) if here.tree is program.tree else (),
        key=fault.place.node,
    )
