"""A user's `compute_mask` is asked with symbolic tensors where its layer is called on them, and what it gives is the output's mask, as in Keras."""

from __future__ import annotations

from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Tensor, Unknown

HEAD = """
import keras
import tensorflow as tf
from keras import ops
from keras.layers import *
class Own(Layer):
    def __init__(self, **options):
        super().__init__()
        self.words, self.plain, self.masking = Embedding(9, 4, mask_zero=True), Embedding(9, 4), Masking(2.0)
        {extra}
    def call(self, x, mask=None):
        return {result}
    def compute_mask(self, {parameters}):
        {body}
tokens, frames = keras.Input((7,), dtype="int32"), keras.Input((7, 3))
masked = Masking()(frames)
"""
OWN = {
    "an operation of Keras's": "return ops.not_equal(inputs, 0)",
    "TensorFlow's": "return tf.math.not_equal(inputs, 0)",
    "TensorFlow's, as an operator": "return tf.not_equal(inputs, 0)",
    "an operator": "return inputs > 0",
    "none": "return None",
    "the one before": "return mask",
    "only where there was one": "return None if mask is None else ops.logical_not(mask)",
    "TensorFlow's only where there was one": "return None if mask is None else tf.logical_not(mask)",
    "the sublayer's": "return self.words.compute_mask(inputs)",
    "the sublayer's, with a mask": "return self.words.compute_mask(inputs, mask)",
    "a sublayer's that makes none": "return self.plain.compute_mask(inputs)",
    "the base's": "return super().compute_mask(inputs, mask)",
    "Masking's": "return self.masking.compute_mask(ops.expand_dims(ops.cast(inputs, 'float32'), -1))",
    "an exception": "raise RuntimeError('here')",
    "in a list": "return [ops.not_equal(inputs, 0)]",
}
CALLS = {
    "tokens": "Own()(tokens)",
    "masked": "Own()(masked)",
    "within a Sequential": "keras.Sequential([Input((7,), dtype='int32'), Own()]).outputs[0]",
}


def agreed(text: str) -> None:
    """Keras raises or not as we say; what it gives has a mask or not, where we know."""
    import keras

    keras.backend.clear_session()
    namespace: dict[str, Any] = {"__name__": "__main__"}
    raised: Exception | None = None
    try:
        exec(text, namespace)
    except Exception as error:
        raised = error
    program = follow(parse(Source("model.py", text)))
    ends = any("raises" in gap.reason for record in program.ways for gap in record.gaps)
    assert (any(fault.raises for fault in program.faults) or ends) is (raised is not None), raised
    ours = program.ways[0].names.get("y")
    if raised is None:
        assert not isinstance(ours, Unknown)
        for mine, theirs in zip(ours if isinstance(ours, tuple) else [ours], keras.tree.flatten(namespace["y"])):
            assert isinstance(mine, Tensor)
            found = getattr(theirs, "_keras_mask", None)
            assert (mine.mask is not None) is (found is not None)
            if mine.mask is not None and mine.mask.shape is not None:
                assert str(mine.mask.shape) == str(found.shape)


def program(
    body: str,
    call: str,
    *,
    result: str = "ops.zeros_like(x)",
    parameters: str = "inputs, mask=None",
    extra: str = "pass",
) -> str:
    return HEAD.format(body=body, result=result, parameters=parameters, extra=extra) + f"y = {call}\n"


@pytest.mark.keras
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("body", OWN.values(), ids=OWN)
def test_keras_is_the_judge(body: str, call: str) -> None:
    agreed(program(body, call))


TENSORFLOW = OWN["TensorFlow's"]
OTHERS = {
    "masking that is not supported is not asked": program(TENSORFLOW, "Own()(tokens)", extra="self.supports_masking = False"),
    "one of two outputs": program("return [None, ops.not_equal(inputs, 0)]", "Own()(tokens)", result="(ops.zeros_like(x), x + 1)"),
    "two inputs": program("return mask[0]", "Own()([masked, frames])", result="x[0] + x[1]"),
    "two inputs, of which one has none": program("return mask[1]", "Own()([masked, frames])", result="x[0] + x[1]"),
    "no mask is taken": program(OWN["an operator"], "Own()(tokens)", parameters="inputs, *rest"),
    "an LSTM behind it": program(OWN["an operation of Keras's"], "LSTM(3)(Own()(tokens))", result="self.words(x)"),
    "in another layer's call": program(TENSORFLOW, "Lambda(lambda x: Own()(x))(tokens)"),
    "on data": program(TENSORFLOW, "Own()(tokens + 0) if False else Own().call(tokens)"),
}  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_else_keras_asks(text: str) -> None:
    agreed(text)
