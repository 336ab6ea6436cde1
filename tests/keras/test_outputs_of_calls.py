"""What a `call` gives back: tensors, every one of them, where Keras makes a graph of it."""

from __future__ import annotations

import pytest

from lstmlint.runner import Options, check_bytes
from tests import oracle

pytestmark = pytest.mark.keras

PROGRAM = """
import keras, numpy as np

class Own(keras.layers.Layer):
    def call(self, x):
        {body}

class Net(keras.Model):
    def call(self, x):
        {body}

x, data = keras.Input((4,)), np.ones((2, 4))
{use}
"""
BODIES = [
    "return x, None", "return x, 3", "return x, 0.5", "return x, 'a'", "return 3", "return {'a': x, 'b': None}", "return x, x.shape[1]",
    "return x, keras.ops.shape(x)[0]", "return x, []", "return x", "return [x, (x, x)]", "y = 2 * x",
]  # fmt: skip
USES = [
    "y = Own()(x)", "y = Net()(x)", "y = Own()(data)", "y = Net()(data)", "y = keras.Sequential([x, Own()])", "y = keras.Model(x, Own()(x))",
    "y = keras.layers.Dense(3)(Own()(data))",
]  # fmt: skip
SEVERAL = [
    body for body in BODIES if body.startswith("return x, ") or body in ("return 3", "return {'a': x, 'b': None}")
]
UNTOLD = {(body, "y = keras.layers.Dense(3)(Own()(data))") for body in SEVERAL}
"""What raises and isn't told."""


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("body", BODIES)
def test_what_is_no_tensor_is_refused_where_keras_refuses_it(body: str, use: str) -> None:
    program = PROGRAM.format(body=body, use=use)
    raised = oracle.ask(program).raised is not None
    told = any(str(f.severity) == "error" for f in check_bytes(program.encode(), "model.py", Options()).findings)
    assert told <= raised
    assert told == raised or (body, use) in UNTOLD
