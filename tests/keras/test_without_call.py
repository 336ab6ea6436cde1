"""Classes without a `call`: Keras raises where they are run, and not where a Sequential is only built."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import abc
import keras, numpy as np
from keras.layers import *
X, y, x = np.zeros((4, 8)), np.zeros((4, 8)), keras.Input((8,))
class Without(Layer):
    def build(self, shape):
        pass
class Forward(Layer):
    def forward(self, x):
        return x
class Around(Layer):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def call(self, x):
        return self.inner(x)
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = Dense(8)
"""
USED = """
Without()(x)
Forward()(x)
Without()(X)
Without()([x, x])
Without()(inputs=x)
Around(Without())(x)
Around(Without())(X)
Net()(x)
Net().summary()
Net().build((None, 8))
Net().predict(X, verbose=0)
keras.Sequential([keras.Input((8,)), Without()])
keras.Sequential([keras.Input((8,)), Forward(), Dense(2)])
keras.Sequential([keras.Input((8,)), Around(Forward())])
keras.Sequential([keras.Input((8,)), Net()])
keras.Sequential([Without()]).build((None, 8))
""".strip().splitlines()
CLASSES = {
    "a call from elsewhere": "class A(Without): pass\nWithout.call = lambda self, x: x",
    "a call of the instance": "class A(Without):\n    def __init__(self):\n        super().__init__()\n        self.call = lambda x: x",
    "a property": "class A(Without):\n    @property\n    def call(self):\n        return lambda x: x",
    "an assigned one": "class A(Without):\n    call = lambda self, x: x",
    "a mixin": "class Mixin:\n    def call(self, x):\n        return x\nclass A(Mixin, Without): pass",
    "an abstract class": "class A(Without, abc.ABC): pass",
    "a class of Keras": "class A(Flatten): pass",
    "its own __call__": "class A(Without):\n    def __call__(self, x):\n        return x",
    "a stated shape": "class A(Without):\n    def compute_output_shape(self, shape):\n        return (None, 8)",
    "a stated output": "class A(Without):\n    def compute_output_spec(self, x):\n        return x",
    "within the constructor": "class A(Layer):\n    def __init__(self):\n        super().__init__()\n        def call(self, x):\n            return x",
}


def _agree(program: str) -> None:
    theirs = oracle.ask(BEGINNING + program)
    errors = [f.message for f in check_source(BEGINNING + program) if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (program, theirs.raised, theirs.message, errors)


@pytest.mark.parametrize("line", USED)
def test_where_it_raises(line: str) -> None:
    _agree(line + "\n")


@pytest.mark.parametrize("which", CLASSES)
@pytest.mark.parametrize("given", ["x", "X"])
def test_what_a_class_may_have_instead(which: str, given: str) -> None:
    _agree(f"{CLASSES[which]}\nA()({given})\n")
