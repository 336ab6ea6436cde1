"""What a call gave is used, but the call gave nothing back.

What it does: finds functions of the program without a `return`, and calls that change something in place (`np.random.shuffle(x)`,
`items.sort()`), where what they give is used: a method of it is called, it is unpacked or indexed, or a layer gets it as its input.

Why is this bad: it is None, and Python or Keras raises there.

Example:

    def build_model():
        model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
        model.compile("adam", "mse")

    model = build_model()
    model.fit(x, y)

Use instead:

    def build_model():
        model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
        model.compile("adam", "mse")
        return model

References: https://docs.python.org/3/tutorial/controlflow.html#defining-functions
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np

def build_model():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")

model = build_model()
model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
""",
    """
import keras
from keras import layers

def block(x, units):
    x = layers.Dense(units)(x)
    x = layers.LayerNormalization()(x)

inputs = keras.Input((3,))
x = block(inputs, 8)
outputs = layers.Dense(1)(x)
""",
    """
import keras
import numpy as np

class Data:
    def load(self):
        x, y = np.zeros((8, 3)), np.zeros((8, 1))

    def split(self):
        x, y = self.load()

Data().split()
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
""",
    """
import keras
import numpy as np
x = np.random.rand(8, 3)
x = np.random.shuffle(x)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model(x[:2])
""",
]
GOOD = [
    """
import keras
import numpy as np

def build_model():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    return model

class Hooks:
    def begin(self):
        print("begin")

    def make(self):
        pass

class Own(Hooks):
    def make(self):
        return build_model()

model = Own().make()
x = np.random.rand(8, 3)
np.random.shuffle(x)
done = Hooks().begin()
if done:
    done.stop()
try:
    done.stop()
except AttributeError:
    pass
model.fit(x, np.zeros((8, 1)), verbose=0)
""",
]

DOES = {"()": "a layer gets that as its input", "[]": "it is indexed here", "=": "it is unpacked here"}
"""What is done with the None, by how it is written."""


@claim("API047", "nothing-returned", Severity.ERROR, kinds=("none-used",), specificity=0)
def nothing_returned(fault: Fault, program: Program) -> Finding | None:
    gave, use = fault.details["gave"], str(fault.details["use"])
    does = DOES.get(use, f"it has no `{use[1:]}`")
    if gave.function is None:
        told = f"`{gave.name.removeprefix('builtins.')}` changes in place and gives None"
        advice = "Use what it has changed."
    else:
        told = f"`{gave.name}` has no `return`, so this is None"
        advice = f"Return what is needed at the end of `{gave.name}`."
    here = Place(gave.function.tree, gave.function.node) if gave.function is not None else gave.place
    what = "this function gives nothing back" if gave.function is not None else "None comes from here"
    return Finding(
        fault.place,
        f"{told}, and {does}, which raises. {advice}",
        related=((what, here),) if here.tree is program.tree else (),
        key=fault.place.node,
    )
