"""A whole sequence for a recurrent cell: an error where Keras raises, and silence where the shapes happen to broadcast."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

SHAPES = ((3, 2), (3, 1, 2), (3, 4, 2), (1, 3, 2), (3, 3, 2), (4, 4, 2), (3, 8, 2))


@pytest.mark.keras
@pytest.mark.parametrize("cell, count", [("GRUCell", 1), ("LSTMCell", 2), ("SimpleRNNCell", 1)])
@pytest.mark.parametrize("tensor", ["tf.zeros(({}))", "keras.Input(batch_shape=({}))"])
def test_keras_agrees(cell: str, count: int, tensor: str) -> None:
    for shape in SHAPES:
        for batch in {shape[0], 1}:
            x, state = (tensor.format(", ".join(map(str, s))) for s in (shape, (batch, 5)))
            program = f"import keras\nimport tensorflow as tf\ncell = keras.layers.{cell}(5)\nout = cell({x}, [{state}] * {count})\n"
            errors = [f.code for f in check_source(program) if f.severity.value == "error"]
            assert errors == (["API009"] if oracle.ask(program).raised else []), program
