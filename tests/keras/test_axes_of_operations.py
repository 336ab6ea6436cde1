"""Axes that `keras.ops` refuses on symbolic tensors: those that aren't there or are named twice, and sizes that don't go together."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras
import numpy as np
from keras import ops
x, one = keras.Input((10, 4)), keras.Input((10, 1))
"""
LINES = """
ops.tensordot(x, x, axes=[[2], [1]])
ops.tensordot(x, np.ones((4, 3)), axes=[[2], [0]])
ops.tensordot(x, np.ones((5, 3)), axes=1)
ops.tensordot(x, x, axes=([0], [0]))
ops.tensordot(one, x, axes=([2], [2]))
ops.dot(x[0, 0], x[0, :, 0])
ops.dot(x, x[0, :, 0])
ops.outer(x[0], one[0]) + ops.ones((40, 10))
ops.outer(x[0], one[0]) + ops.ones((40, 11))
ops.swapaxes(x, 1, 3)
ops.swapaxes(x, -4, 0)
ops.swapaxes(x, -1, 0)
ops.broadcast_to(x, (7, 9, 4))
ops.broadcast_to(one, (7, 10, 4))
ops.broadcast_to(x, (2, 7, 10, 4))
ops.broadcast_to(x, (7, 10, 1))
ops.broadcast_to(x, (10, 4))
ops.transpose(x, (0, 1, 1))
ops.transpose(x, (0, -1, 1))
ops.transpose(x, (0, -1, 2))
""".strip().splitlines()


@pytest.mark.parametrize("line", LINES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(f"{BEGINNING}y = {line}\n")
    found = check_source(f"{BEGINNING}y = {line}\n")
    assert bool(found) == (theirs.raised is not None), theirs.message
