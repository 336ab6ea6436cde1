"""`float` and `int` of arrays, against NumPy. One number in an axis was a number until NumPy 2.4: nothing is said of it."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np
table, one = np.arange(24.0).reshape(6, 4), np.zeros((1, 1))
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
"""
USES = """
float(table)
int(table[0])
float(table[0, 0])
float(table.max())
int(np.argmax(table, axis=1))
int(np.argmax(table))
float(np.zeros((0,)))
float(np.zeros(()))
float(model.predict(table, verbose=0))
float(model.predict(table, verbose=0)[0, 0])
float(np.mean(model.predict(table, verbose=0)))
[float(row.sum()) for row in table]
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_where_it_raises(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


@pytest.mark.parametrize("line", ["float(one)", "int(one[0])", "float(model.predict(table[:1], verbose=0))"])
def test_one_number_in_an_axis_depends_on_the_version(line: str) -> None:
    assert not [f for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
