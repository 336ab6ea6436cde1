"""Indices, axes and sizes of arrays that NumPy refuses, and their neighbours that it takes: NumPy is asked each time."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
a = np.zeros((6, 4))
b = np.zeros((6, 3, 4))
row = [0, 1, 2, 3]
more = np.array([1, 2, 3, 4])
one = np.zeros((6, 1, 4))
"""
STATEMENTS = (
    "a[6]", "a[-6]", "a[-7]", "a[:, 4]", "a[..., 4]", "a[..., 3]", "a[None, 5]", "a[None, 6]", "a[None, :, :, 0]", "a[0, 0, 0]", "a[0][4]",
    "a[[0, 5]]", "a[[0, 6]]", "a[row, row]", "a[row, more]", "b[:, row]", "b[:, [3]]", "b[:, :, row]", "a[a[:, 0] > 0, 4]", "a[a > 0, 0]",
    "a[6] = 1", "a[-1, 4] = 1", "a[row, row] = 1", "a[:, [4]] = 1", "a[0, 0, 0] = 1", "a[6:] = 1", "b[1, 2, 3] = 1", "b[..., 3, 0] = 1",
    "a[0] += 1", "a[7] += 1", "a.shape[2]", "a.shape[-2]", "a.shape[-3]", "b.shape[2]", "n, t = b.shape", "n, t, f = b.shape", "n, t, f = a.shape",
    "n, *rest = a.shape", "n, t, f, *rest = a.shape", "s = a.shape\ns[2]", "np.shape(a)[2]", "n, t, f = np.shape(a)", "a.sum(axis=2)",
    "a.sum(axis=-2)", "a.sum(axis=(0, 2))", "np.max(b, 3)", "np.argmax(a, axis=2)", "np.expand_dims(a, 2)", "np.expand_dims(a, 3)",
    "np.expand_dims(a, (0, 3))", "np.squeeze(one)", "np.squeeze(one, 1)", "np.squeeze(one, 2)", "np.squeeze(one, axis=3)", "one.squeeze(axis=0)",
    "b.transpose(0, 2)", "b.transpose(0, 2, 1)", "b.transpose(0, 2, 3)", "np.transpose(a, (1, 0, 2))", "np.swapaxes(a, 0, 2)",
    "np.moveaxis(b, 0, 3)", "np.moveaxis(b, -1, 0)", "np.split(a, 4)", "np.split(a, 3)", "np.array_split(a, 4)", "np.split(b, 2, axis=2)",
    "np.split(b, 3, axis=2)", "np.repeat(a, 2, axis=2)", "np.delete(a, 0, axis=1)", "np.take(a, [1], axis=2)", "np.stack([a, a], axis=2)",
    "np.stack([a, a], axis=3)", "np.concatenate([a, a], axis=2)", "np.flip(a)", "a.mean()[0]", "x = keras.Input((5,)).shape[2]",
    "x = keras.layers.LSTM(4, return_sequences=True)(keras.Input((5, 3))).shape[2]",
)  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("statement", STATEMENTS)
def test_numpy_agrees(statement: str) -> None:
    program = HEAD + statement + "\n"
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    assert len(errors) == (1 if oracle.ask(program).raised else 0), errors


def test_what_nobody_calls_may_have_more_axes() -> None:
    program = HEAD + "def steps(x=a):\n    return x.shape[2]\n"
    assert not [f for f in check_source(program) if f.severity.value == "error"]


def test_what_is_compared_may_be_an_array_and_one_text_has_letters() -> None:
    program = HEAD + "import tensorflow as tf\n"
    program += "def ends(path, rows):\n    return np.argwhere(rows == 1.0)[:, 0], tf.io.read_file(path).numpy()[:100]\n"
    program += "for item in unknown():\n    ends('image.png', np.r_[a, item])\n"
    assert not [f for f in check_source(program) if f.severity.value == "error"]
