"""What is said of targets that broadcast is no more certain than what is known of the batch."""

from __future__ import annotations

from lstmlint.rule import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

PROGRAM = """
import keras
import numpy as np
from keras.layers import LSTM, Dense
X = np.load("x.npy").reshape(-1, 5, 3)
y = {targets}
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense({units})])
model.compile("adam", "mse")
model.fit(X, y)
"""


def messages(targets: str, units: int) -> str:
    return " ".join(finding.message for finding in check_source(PROGRAM.format(targets=targets, units=units)))


def test_a_vector_against_two_units_raises_or_broadcasts_by_the_size_of_the_batch() -> None:
    assert "by the size of the batch, mean_squared_error raises or broadcasts" in messages(
        'np.load("y.npy").reshape(-1)', 2
    )


def test_two_columns_against_one_unit_broadcast_in_any_batch() -> None:
    said = messages('np.load("y.npy").reshape(-1, 2)', 1)
    assert "broadcasts the two without a word" in said
    assert "by the size of the batch" not in said
