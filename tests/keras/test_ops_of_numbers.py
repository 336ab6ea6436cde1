"""Operations of keras.ops on plain numbers and rows of numbers give tensors of the shapes that Keras gives."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Array
from tests import oracle

EXPRESSIONS = [
    "ops.cast(2.0, 'float32')", "ops.cast([1, 2], 'float32')", "ops.sqrt(ops.cast(8, 'float32'))", "-ops.log(10000.0) / (8 - 1)",
    "ops.exp(ops.cast(ops.arange(8), 'float32') * -ops.log(1e4))", "ops.maximum(2, 3)", "ops.power(2.0, 3.0)", "ops.add([1, 2], 3)",
    "ops.sum([1.0, 2.0])", "ops.mean([1.0, 2.0], axis=0)", "ops.prod([2, 3])", "ops.matmul([1.0, 2.0], [3.0, 4.0])", "ops.expand_dims(3, 0)",
    "ops.reshape([1, 2, 3, 4], (2, 2))", "ops.stack([1, 2, 3])", "ops.one_hot(1, 3)", "ops.tile([1, 2], (2, 3))", "ops.where([True, False], 1.0, 2.0)",
]  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_shape_is_that_of_keras(expression: str) -> None:
    text = f"import keras\nfrom keras import ops\nx = keras.Input((8,))\nv = {expression}\n"
    made = follow(parse(Source("a.py", text))).ways[-1].names["v"]
    answer = oracle.ask(f"{text}print(tuple(v.shape))\n")
    assert isinstance(made, Array)
    assert str(made.shape) == answer.stdout.strip()
