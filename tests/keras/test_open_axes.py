"""What a layer's `call` makes of an axis of no fixed size is of no fixed size either, and not merely unknown."""

from __future__ import annotations

import json

import pytest

from lstmlint.runner import follow_bytes
from lstmlint.summary import as_json
from tests import oracle

POSITIONS = {
    "from 0": "ops.arange(0, ops.shape(x)[-1])",
    "by the end alone": "ops.arange(ops.shape(x)[1])",
    "by name": "ops.arange(start=0, stop=ops.shape(x)[-1], step=1)",
}
PROGRAM = """
import keras
from keras import layers, ops
class Positioned(layers.Layer):
    def __init__(self):
        super().__init__()
        self.tokens, self.positions = layers.Embedding(100, 6), layers.Embedding(50, 6)
    def call(self, x):
        return self.tokens(x) + self.positions({positions})
inputs = keras.Input(({size},), dtype="int32")
model = keras.Model(inputs, layers.Dense(3)(Positioned()(inputs)))
"""


@pytest.mark.keras
@pytest.mark.parametrize("size", ["None", "7"])
@pytest.mark.parametrize("positions", POSITIONS)
def test_positions_are_as_many_as_the_axis_has(positions: str, size: str) -> None:
    program = PROGRAM.format(positions=POSITIONS[positions], size=size)
    followed = follow_bytes(program.encode(), "model.py")
    (model,) = json.loads(as_json([("model.py", followed)]))["files"][0]["models"]
    theirs = oracle.ask(program).models["model"]
    assert [one["output_shapes"] for one in model["layers"]] == [one["output_shapes"] for one in theirs["layers"]]
