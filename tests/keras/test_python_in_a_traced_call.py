"""A `call` that Keras 3 runs on symbolic tensors, to see what comes out, can't do with them what Python does with values."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops
inputs = keras.Input((4, 6))
"""
WRONG = {
    "condition": "if ops.sum(x) > 0:\n            return x\n        return -x",
    "choice": "return x if ops.any(x > 0) else -x",
    "length": "return x * len(x)",
    "loop": "for row in x:\n            pass\n        return x",
    "unpacking": "first, second, third, fourth = x[0]\n        return x",
    "writing": "x[:, 0] = 0\n        return x",
    "values": "return x + x.numpy()",
    "sizes unpacked": "batch, steps, features = tf.shape(x)\n        return x",
    "sizes counted": "return x * len(tf.shape(x))",
    "sizes in a list": "return tf.zeros([*tf.shape(x), 2])",
    "range": "for row in range(tf.shape(x)[0]):\n            pass\n        return x",
    "number": "return x * float(ops.sum(x))",
    "whole number": "return tf.zeros((int(tf.shape(x)[0]), 3))",
    "in a function of its own": "def choose(t):\n            return t if tf.reduce_sum(t) > 0 else -t\n        return choose(x)",
    "in a Lambda": "return layers.Lambda(lambda t: t if tf.reduce_sum(t) > 0 else -t)(x)",
}
RIGHT = {
    "sizes by index": "sizes = tf.shape(x)\n        return tf.reshape(x, (sizes[0], sizes[1] * sizes[2]))",
    "sizes unstacked": "batch, steps, features = tf.unstack(tf.shape(x))\n        return tf.zeros((batch, steps))",
    "sizes": "return x * len(x.shape) if x.shape[1] == 4 else x",
    "what is there": "return x if x is not None and hasattr(x, 'shape') else -x",
    "unstacked": "return sum(part for part in ops.unstack(x, axis=1))",
    "by ops": "return ops.where(ops.sum(x) > 0, x, -x)",
    "by tf.cond": "return tf.cond(tf.reduce_sum(x) > 0, lambda: x, lambda: -x)",
    "caught": "try:\n            n = len(x)\n        except TypeError:\n            n = 0\n        return x",
    "if it has values": "return x + x.numpy() if hasattr(x, 'numpy') else x",
    "if it is eager": "return x + x.numpy() if tf.executing_eagerly() else x",
}
CALLS = {
    "on an Input": "Own()(inputs)",
    "in a Sequential": "keras.Sequential([inputs, Own()])",
    "in a model": "keras.Model(inputs, Own()(inputs))",
}
STATED = "    def compute_output_shape(self, shape):\n        return shape\n"


def program(body: str, call: str, more: str = "") -> str:
    return f"{HEAD}class Own(layers.Layer):\n    def call(self, x):\n        {body}\n{more}{call}\n"


def told(text: str) -> list[str]:
    return [f.code for f in check_source(text) if f.severity.value == "error"]


@pytest.mark.keras
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_what_python_does_with_values_is_refused(body: str, call: str) -> None:
    assert oracle.ask(program(body, call)).raised is not None
    assert told(program(body, call)) == ["API020"]


@pytest.mark.keras
@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_what_needs_no_values_is_not(body: str) -> None:
    assert oracle.ask(program(body, "Own()(inputs)")).raised is None
    assert told(program(body, "Own()(inputs)")) == []


@pytest.mark.keras
@pytest.mark.parametrize("call, more", [("Own()(np.ones((2, 3)))", ""), ("Own()(inputs)", STATED)])
def test_data_have_values_and_a_stated_shape_is_believed(call: str, more: str) -> None:
    text = program(WRONG["condition"], call, more)
    assert oracle.ask(text).raised is None
    assert told(text) == []


def test_another_backend_is_not_judged_by_the_words_of_tensorflow() -> None:
    assert told("import os\nos.environ['KERAS_BACKEND'] = 'torch'\n" + program(WRONG["values"], "Own()(inputs)")) == []


@pytest.mark.keras
def test_tf_function_rewrites_python(tmp_path: Path) -> None:
    """It needs the source, which a program has that stands in a file."""
    body = "if tf.reduce_sum(x) > 0:\n            x = -x\n        for row in range(len(tf.shape(x)) + len(x)):\n            x = x + 1.0\n        return x"
    text = program(body, "Own()(inputs)").replace("    def call", "    @tf.function\n    def call")
    file = tmp_path / "rewritten.py"
    file.write_text(text)
    assert told(text) == []
    assert oracle.ask(f"import runpy\nrunpy.run_path({str(file)!r})\n").raised is None
    plain = text.replace("@tf.function", "@tf.function(autograph=False)")
    assert set(told(plain)) == {"API020"}
    assert oracle.ask(plain).raised is not None
