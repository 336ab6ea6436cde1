"""`keras.initializers.get` and its like give back what is one already, None for None, and refuse what nothing is called by."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

LAYER = """
from typing import cast
import keras
from keras import constraints, initializers, regularizers
class Own(keras.layers.Layer):
    def __init__(self, units, initializer="glorot_uniform", regularizer=None, constraint=None):
        super().__init__()
        self.units = cast(int, units)
        self.initializer = initializers.get(initializer)
        self.regularizer = regularizers.get(regularizer)
        self.constraint = constraints.get(identifier=constraint)
        if self.regularizer is not None:
            keras.layers.Dense(-1)
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer=self.initializer, regularizer=self.regularizer)
    def call(self, x):
        return keras.ops.matmul(x, self.w)
"""
RIGHT = (
    "Own(4)",
    "Own(4, keras.initializers.Zeros())",
    "Own(4, lambda shape, dtype=None: keras.ops.ones(shape))",
    "Own(4, None, None, 'non_neg')",
)
WRONG = (
    "Own(4, 'glorot')",
    "Own(4, 3)",
    "Own(4, constraint='positive')",
    "Own(4, regularizer=keras.regularizers.L2())",
    "Own(4, lambda shape: 0)",
)


@pytest.mark.parametrize("made", RIGHT)
def test_what_is_one(made: str) -> None:
    text = f"{LAYER}keras.layers.Reshape((2, 2))({made}(keras.Input((5,))))\n"
    assert check_source(text) == []
    assert oracle.ask(text).raised is None


@pytest.mark.parametrize("made", WRONG)
def test_what_is_none(made: str) -> None:
    text = f"{LAYER}{made}(keras.Input((5,)))\n"
    assert [finding.severity.name for finding in check_source(text)] == ["ERROR"]
    assert oracle.ask(text).raised is not None


def test_the_cast_of_a_type_checker_is_the_value_itself() -> None:
    text = f"{LAYER}keras.layers.Reshape((7,))(Own(4)(keras.Input((5,))))\n"
    (finding,) = check_source(text)
    assert "(None, 4)" in finding.message or "4 values" in finding.message
    assert oracle.ask(text).raised == "ValueError"
