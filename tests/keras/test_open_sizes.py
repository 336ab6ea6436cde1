"""What a program does with the sizes of a shape: an error is told just where Keras raises, in every place where shapes come."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import math
import keras, numpy as np, tensorflow as tf
from keras import Input, ops
from keras.layers import *
x = Input((None, 3))
class Own(Layer):
    def call(self, x):
        return self.of(x)
class Built(Layer):
    def build(self, shape):
        self.of(shape)
    def call(self, x):
        return x
"""
OUTSIDE = """
x.shape[1] * 3
3 - x.shape[1]
-x.shape[0]
x.shape[1] == 3
x.shape[1] < 3
x.shape[2] * 3 < 3
"%s steps" % x.shape[1]
x * x.shape[1]
np.ones(3) * x.shape[0]
[0] * x.shape[1]
int(x.shape[1])
int(x.shape[2])
float(x.shape[1])
round(2.5, x.shape[1])
range(x.shape[1])
range(1, x.shape[1])
list(range(x.shape[2]))
math.sqrt(x.shape[1])
math.prod(x.shape)
np.prod(x.shape)
np.prod(x.shape[2:])
np.prod(x.shape[:1])
sum(x.shape[1:])
max(x.shape)
max(x.shape[:1], default=1)
np.zeros((x.shape[1], 3))
np.zeros(x.shape)
np.zeros(shape=[x.shape[0], 3])
np.zeros((x.shape[2], 3))
np.arange(x.shape[1])
np.arange(3, x.shape[1])
np.linspace(0, 1, x.shape[1])
np.eye(x.shape[1])
np.eye(3, x.shape[1])
np.random.rand(x.shape[1], 3)
np.random.normal(size=(x.shape[1], 3))
tf.zeros((x.shape[1], 3))
tf.range(x.shape[1])
tf.range(3, x.shape[1])
ops.zeros((x.shape[1], 3))
ops.ones(x.shape)
ops.zeros(x.shape[2])
ops.eye(x.shape[1])
ops.eye(3, x.shape[1])
ops.arange(x.shape[1])
ops.shape(x)[1] * 2
ops.reshape(x, (x.shape[0], x.shape[1], 3, 1))
ops.reshape(x, (x.shape[0], 3))
ops.tile(x, (1, 1, x.shape[2]))
ops.broadcast_to(x, x.shape)
Reshape((x.shape[1] * 3,))(x)
Reshape((x.shape[1], 3, 1))(x)
Dense(x.shape[2] * 2)(x)
x.shape.as_list()
x.shape[1:].as_list()
x.shape.ndims
x.shape[2].value
x.shape[1].value
x.shape.index(3)
x.shape.num_elements()
ops.shape(x).as_list()
hasattr(x.shape, "as_list") and x.shape.as_list()
getattr(x.shape, "ndims", 3)
keras.Model(x, Dense(2)(x)).output_shape.as_list()
keras.Model(x, Dense(2)(x)).output_shape[0] * 2
keras.Model(x, Dense(2)(x)).input_shape[2] * 2
""".strip().splitlines()
ASSIGNED = {
    "unpacked": "batch, steps, features = x.shape\nn = steps * features",
    "the known part": "batch, steps, features = x.shape\nn = features * 2",
    "by way of a name": "steps = x.shape[1]\nn = steps\nn * 2",
    "in a row": "steps, features = x.shape[1], x.shape[2]\nn = features * steps",
    "set again": "steps = x.shape[1]\nsteps = 4\nn = steps * 2",
    "or another": "steps = x.shape[1] or 4\nn = steps * 2",
    "asked for": "steps = x.shape[1]\nn = steps * 2 if steps is not None else 0",
    "asked for in a statement": "steps = x.shape[1]\nif steps is None:\n    steps = 4\nn = steps * 2",
    "expected": "try:\n    n = x.shape[1] * 2\nexcept TypeError:\n    n = 0",
    "added": "n = 2\nn += x.shape[1]",
    "in a function": "def double(x):\n    steps = x.shape[1]\n    return steps * 2\ndouble(x)",
    "in a function that nobody calls": "def double(x):\n    return x.shape[1] * 2",
    "an input that may be fixed": "def make(steps=None):\n    x = Input((steps, 3))\n    return Reshape((x.shape[1] * 3,))(x)",
    "an input that is fixed": "def make(steps=None):\n    x = Input((steps, 3))\n    return Reshape((x.shape[1] * 3,))(x)\nmake(4)",
    "an input that is open": "def make(steps=None):\n    x = Input((steps, 3))\n    return Reshape((x.shape[1] * 3,))(x)\nmake()",
    "a list of it": "sizes = list(x.shape)\nn = sizes[1] * 2",
    "a list that is filled": "sizes = list(x.shape)\nsizes[1] = 4\nn = sizes[1] * 2",
    "a tuple of it": "n = tuple(x.shape)[1] * 2",
    "a model on data": "m = keras.Sequential([Dense(3)])\nm.predict(np.zeros((2, 3)), verbose=0)\nn = m.layers[0].output.shape[0] + 1",
    "more on a model on data": "m = keras.Sequential([Dense(3)])\nm(np.zeros((2, 3)))\nn = Dense(2)(m.layers[0].output).shape[0] + 1",
    "a model that is built": "m = keras.Sequential([Dense(3)])\nm.build((None, 3))\nn = m.layers[0].output.shape[0] + 1",
    "a model with an input": "m = keras.Sequential([Input((3,)), Dense(3)])\nn = m.layers[0].output.shape[0] + 1",
}
IN_CALL = """
x.shape[1] * 3
x.shape[2] * 3
x * x.shape[0]
len(x.shape.as_list())
x.shape.rank
x.get_shape().as_list()[1] * 2
x.shape.as_list()[2] * 2
x.shape[1].value
ops.reshape(x, (-1, x.shape[1], 3, 1))
ops.reshape(x, (-1, x.shape[2], 3))
tf.reshape(x, [x.shape[0], -1])
tf.reshape(x, shape=[-1, x.shape[1] * 3])
ops.reshape(x, (-1, ops.shape(x)[1], 3, 1))
tf.reshape(x, (tf.shape(x)[0], -1))
ops.tile(x, (x.shape[0], 1, 1))
ops.broadcast_to(x, (x.shape[0], 4, 3))
ops.zeros((x.shape[0], 3))
tf.zeros(tf.shape(x))
tf.random.normal(x.shape)
tf.random.normal(shape=(x.shape[0], 3))
ops.arange(x.shape[1])
ops.arange(ops.shape(x)[1])
[x[:, step] for step in range(x.shape[1])]
x[:, : x.shape[1]]
x.shape[0] or tf.shape(x)[0]
hasattr(x.shape, "as_list") and x.shape.as_list()
ops.reshape(Dense(4)(x), (x.shape[0], -1))
""".strip().splitlines()
CALLED = {
    "on a symbolic tensor": "A()(x)",
    "on data": "A()(np.zeros((2, 4, 3), 'float32'))",
    "in a stack": "keras.Sequential([Input((None, 3)), A()])",
    "in another layer": "class B(Layer):\n    def call(self, x):\n        return A()(x)\nB()(x)",
    "with a shape of its own": "A.compute_output_shape = lambda self, shape: shape\nA()(x)",
}
IN_BUILD = """
shape.as_list()
shape[-1].value
shape[1:].as_list()
tf.TensorShape(shape).as_list()
shape[1] * 2
shape[2] * 2
len(shape)
range(shape[1])
shape[1].value
self.add_weight(shape=shape[1:])
self.add_weight(shape=(shape[1], 3))
self.add_weight(shape=(shape[-1], 3))
self.add_weight((shape[0],), initializer="zeros")
""".strip().splitlines()


def _agree(program: str, *, may_miss: bool = False) -> None:
    theirs = oracle.ask(BEGINNING + program)
    errors = [f.message for f in check_source(BEGINNING + program) if f.severity.value == "error"]
    assert (may_miss and not errors) or bool(errors) == (theirs.raised is not None), (
        program,
        theirs.raised,
        theirs.message,
        errors,
    )


@pytest.mark.parametrize("line", OUTSIDE)
def test_outside_of_layers(line: str) -> None:
    _agree(line + "\n")


@pytest.mark.parametrize("how", ASSIGNED)
def test_by_way_of_names(how: str) -> None:
    _agree(ASSIGNED[how] + "\n")


@pytest.mark.parametrize("called", CALLED)
@pytest.mark.parametrize("line", IN_CALL)
def test_in_a_call(line: str, called: str) -> None:
    program = f"class A(Own):\n    def of(self, x):\n        made = {line}\n        return x\n{CALLED[called]}\n"
    _agree(program, may_miss=called == "on data")  # the shape of an array is not looked into


@pytest.mark.parametrize("called", [key for key in CALLED if key != "with a shape of its own"])
@pytest.mark.parametrize("line", IN_BUILD)
def test_in_build(line: str, called: str) -> None:
    _agree(f"class A(Built):\n    def of(self, shape):\n        made = {line}\n{CALLED[called]}\n")


@pytest.mark.parametrize("line", ["x.shape[1] * 2", "ops.reshape(x, (-1, x.shape[1] * 3))", "x * x.shape[2]"])
@pytest.mark.parametrize("more", ["", ", output_shape=(None, 3)"])
def test_in_a_lambda(line: str, more: str) -> None:
    _agree(f"Lambda(lambda x: {line}{more})(x)\n")


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_other_backends_run_a_call_with_numbers(backend: str) -> None:
    program = f"import os\nos.environ['KERAS_BACKEND'] = '{backend}'\n{BEGINNING}\nclass A(Own):\n    def of(self, x):\n        return x * x.shape[0]\n"
    assert [f.code for f in check_source(program + "A()(x)\n") if f.severity.value == "error"] == []


class Kept(NamedTuple):
    """What a layer of the program's own keeps of a size in `build` or `call`, and what it makes of it in `call` or another method."""

    build: str
    call: str
    told: bool


KEPT = {
    "in build, counted to": Kept("self.steps = shape[1]", "[x[:, step] for step in range(self.steps)]", True),
    "in build, multiplied": Kept("self.steps, self.features = shape[1], shape[2]", "self.steps * self.features", True),
    "in build, the known one": Kept("self.steps, self.features = shape[1], shape[2]", "self.features * 2", False),
    "in build, unpacked": Kept("self.batch, self.steps, self.features = shape", "ops.zeros((self.batch, 3))", True),
    "in build, in a shape": Kept("self.steps = shape[1]", "ops.reshape(x, (-1, self.steps, 3, 1))", True),
    "in build, added to": Kept("self.steps = shape[1]\n        self.steps += 1", "x", True),
    "in build, by way of another": Kept(
        "self.steps = shape[1]\n        self.length = self.steps", "self.length * 2", True
    ),
    "in build, set again": Kept("self.steps = shape[1]\n        self.steps = 4", "self.steps * 2", False),
    "in build, or another": Kept("self.steps = shape[1] or 4", "self.steps * 2", False),
    "in build, asked for": Kept("self.steps = shape[1]", "x if self.steps is None else x * self.steps", False),
    "in build, in an object": Kept("self.of = lambda x: x\n        self.of.steps = shape[1]", "x", False),
    "in call": Kept("pass", "self.keep(x) or self.steps * 2", True),
    "in call, the known one": Kept("pass", "self.keep(x) or self.features * 2", False),
    "given to a method": Kept("self.steps = shape[1]", "self.twice(self.steps)", True),
    "given by name": Kept("self.steps = shape[1]", "self.twice(n=self.steps)", True),
    "a size that is given": Kept("pass", "self.twice(x.shape[1])", True),
    "a known size that is given": Kept("pass", "self.twice(x.shape[2])", False),
    "none that is given": Kept("self.steps = shape[1]", "self.twice(2)", False),
}
KEEPING = """
class A(Layer):
    def build(self, shape):
        {build}
    def keep(self, x):
        self.steps, self.features = x.shape[1], x.shape[2]
    def twice(self, n):
        return n * 2
    def call(self, x):
        made = {call}
        return x
"""


@pytest.mark.parametrize("called", [key for key in CALLED if key != "with a shape of its own"])
@pytest.mark.parametrize("how", KEPT)
def test_kept_in_attributes(how: str, called: str) -> None:
    kept = KEPT[how]
    program = KEEPING.format(build=kept.build, call=kept.call) + CALLED[called] + "\n"
    _agree(program)
    told = [f.code for f in check_source(BEGINNING + program) if f.severity.value == "error"]
    assert told == (["SHP030"] if kept.told and called != "on data" else [])


def test_a_size_that_a_call_has_kept_is_that_of_its_last_call() -> None:
    model = "class A(Layer):\n    def call(self, x):\n        self.steps = x.shape[1]\n        return x\na = A()\nmodel = keras.Model(x, a(x))\n"
    _agree(model + "model.predict(np.zeros((2, 4, 3)), verbose=0)\nn = a.steps * 2\n")


def test_a_size_that_a_function_keeps_in_an_object() -> None:
    keeps = "class Sizes:\n    steps = 4\ndef fill(sizes, x):\n    sizes.steps = x.shape[1]\nsizes = Sizes()\n"
    _agree(keeps + "fill(sizes, x)\nn = sizes.steps * 2\n")
    _agree(keeps + "fill(sizes, Input((4, 3)))\nn = sizes.steps * 2\n")
    _agree(keeps + "fill(sizes, x)\nsizes.steps = 3\nn = sizes.steps * 2\n")
