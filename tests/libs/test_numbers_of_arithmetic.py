"""Arithmetic on numbers that nobody knows gives numbers, of which arrays have shapes."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

PROGRAM = """
import random
import keras
import numpy as np
X = np.array([[{} for _ in range(3)] for _ in range(40)])
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.predict({}, verbose=0)
"""
ITEMS = (
    "random.random() / 2", "-random.random()", "2 * random.gauss(0, 1) - 1", "random.random() // 0.1 % 3", "random.randint(1, 9) / random.uniform(1, 2)",
)  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("item", ITEMS)
def test_an_array_of_calculated_numbers_has_a_shape(item: str) -> None:
    right, wrong = PROGRAM.format(item, "X"), PROGRAM.format(item, "X[:, :2]")
    assert check_source(right) == []
    assert oracle.ask(right).raised is None
    assert [f.code for f in check_source(wrong)] == ["DAT005"]
    assert oracle.ask(wrong).raised is not None
