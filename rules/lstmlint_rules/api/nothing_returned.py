"""What a call gave is used, but what it calls gives nothing back.

What it does: finds functions without a `return` whose caller goes on with what they give, the `call` of layers and models, losses and
metrics that end without one, and what changes in place (`np.random.shuffle(x)`, `rows.sort()`) where its result is used.

Why is this bad: a function without `return` gives None. The caller's next line raises AttributeError, "'NoneType' object has no
attribute 'fit'", or Keras is given None for a tensor.

Example:

    def build():
        model = keras.Sequential([keras.Input((3,)), Dense(1)])
        model.compile("adam", "mse")

    build().fit(X, y)

Use instead:

    def build():
        model = keras.Sequential([keras.Input((3,)), Dense(1)])
        model.compile("adam", "mse")
        return model

    build().fit(X, y)

References: https://docs.python.org/3/reference/simple_stmts.html#the-return-statement
"""

from __future__ import annotations

import ast

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import FunctionValue, LayerObject, Nothing

_HEAD = """
import keras
import numpy as np
from keras.layers import Dense
"""
BAD = [
    _HEAD
    + """
def build():
    model = keras.Sequential([keras.Input((3,)), Dense(1)])
    model.compile("adam", "mse")

model = build()
model.fit(np.zeros((4, 3)), np.zeros((4, 1)))
""",
    _HEAD
    + """
def block(x):
    x = Dense(8, activation="relu")(x)
    x = Dense(4)(x)

inputs = keras.Input((3,))
outputs = Dense(1)(block(inputs))
""",
    _HEAD
    + """
def block(x):
    x = Dense(8, activation="relu")(x)

inputs = keras.Input((3,))
model = keras.Model(inputs, block(inputs))
""",
    _HEAD
    + """
class Forecast(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = Dense(1)

    def call(self, x):
        self.out(x)

model = Forecast()
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros((4, 1)))
""",
    _HEAD
    + """
class Scale(keras.layers.Layer):
    def call(self, x):
        x = x / 255

model = keras.Sequential([keras.Input((3,)), Scale(), Dense(1)])
""",
    _HEAD
    + """
class Forecast:
    def __init__(self):
        self.model = self.build()

    def build(self):
        model = keras.Sequential([keras.Input((3,)), Dense(1)])

    def show(self):
        self.model.summary()

Forecast().show()
""",
    _HEAD
    + """
def distance(y, predicted):
    keras.ops.mean(keras.ops.abs(y - predicted), axis=-1)

model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", loss=distance)
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0)
""",
    _HEAD
    + """
class Data:
    def load(self):
        x, y = np.zeros((8, 3)), np.zeros((8, 1))

    def split(self):
        x, y = self.load()

Data().split()
""",
    _HEAD
    + """
class Score(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = Dense(1)

    def call(self, x):
        self.out(x)

percent = Score()(np.zeros((2, 3))) * 100
""",
    _HEAD
    + """
x = np.random.rand(8, 3)
x = np.random.shuffle(x)
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model(x[:2])
""",
]
GOOD = [
    _HEAD
    + """
def build():
    model = keras.Sequential([keras.Input((3,)), Dense(1)])
    model.compile("adam", "mse")
    return model

model = build()
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0)
""",
    _HEAD
    + """
def build():
    global model
    model = keras.Sequential([keras.Input((3,)), Dense(1)])

history = build()
if history is not None:
    history.show()
try:
    history.show()
except AttributeError:
    model.build()
print(history, getattr(history, "show", None), model.count_params())
""",
    _HEAD
    + """
class Forecast:
    def build(self):
        self.model = keras.Sequential([keras.Input((3,)), Dense(1)])

class Deep(Forecast):
    def build(self):
        return keras.Sequential([keras.Input((3,)), Dense(4), Dense(1)])

Deep().build().summary()
""",
    _HEAD
    + """
class Hooks:
    def make(self):
        pass

    def begin(self):
        print("begin")

class Own(Hooks):
    def make(self):
        return keras.Sequential([keras.Input((3,)), Dense(1)])

Own().make().summary()
done = Hooks().begin()
if done:
    done.stop()
x = np.random.rand(8, 3)
shuffled = np.random.shuffle(x)
print(done, shuffled is None, x[:2])
""",
]


@claim(
    "API046",
    "nothing-returned",
    Severity.ERROR,
    kinds=("nothing-returned", "not-a-tensor", "not-a-layer"),
    specificity=20,
)
def nothing_returned(fault: Fault, program: Program) -> Finding | None:
    nothing = fault.details.get("nothing")
    if not isinstance(nothing, Nothing):
        return None
    raised = _raised(fault)
    function = nothing.function
    if not isinstance(function, FunctionValue):
        name = nothing.name.removeprefix("builtins.")
        return Finding(
            fault.place,
            f"`{name}` changes in place and gives None, so that {raised}. Use what it has changed.",
            related=(("None comes from here", nothing.place),) if nothing.place is not None else (),
            key=("nothing-returned", id(nothing.place and nothing.place.node)),
        )
    name = function.name if function.owner is None else f"{function.owner.name}.{function.name}"
    end = Place(function.tree, function.node.body[-1])
    return Finding(
        fault.place,
        f"`{name}` has no `return`, so that {raised}. {_advice(function)}",
        related=(("it ends here", end),),
        key=("nothing-returned", id(function.node)),
    )


_OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "^", "<", "<=", ">", ">=")


def _raised(fault: Fault) -> str:
    """What comes of it, in words."""
    use, argument = fault.details.get("use"), fault.details.get("argument")
    if argument is not None and fault.kind == "nothing-returned":
        return f"the {'metric' if 'metrics' in str(argument) else 'loss'} is None, and Keras raises"
    if use == "[]":
        return "this is None, and Python raises TypeError where it is indexed"
    if use == "=":
        return "this is None, and Python raises TypeError where it is unpacked"
    if use == "for":
        return "this is None, and Python raises TypeError where it is gone through"
    if isinstance(use, str) and use in _OPERATORS:
        return f"this is None, and Python raises TypeError at `{use}`"
    if isinstance(use, str):
        return f"this is None, which has no `{use}`, and Python raises AttributeError"
    if use is not None:
        return f"the model's output is None, and `{use.method}` raises"
    if isinstance(fault.subject, LayerObject):
        return f"{fault.subject.class_name} gets None, and Keras raises"
    return "this gets None, and Keras raises"


def _advice(function: FunctionValue) -> str:
    """What the function would have to return: what its last line names or makes."""
    last = function.node.body[-1]
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        return f"Let it end with `return {last.targets[0].id}`."
    value = last.value if isinstance(last, ast.Expr) else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in SHOWN:
        value = value.func.value
    text = Place(function.tree, value).text if isinstance(value, (ast.Name, ast.Call)) else ""
    return (
        f"Let it end with `return {text}`."
        if 0 < len(text) < 40 and not text.startswith("print")
        else "Let it return what it makes."
    )


SHOWN = ("compile", "summary", "build", "add", "fit")
"""Methods of a model that a function may end with, and that give something else than the model."""
