"""What is said of shapes that broadcast: of targets no more than is known of the batch, of operators as they are written."""

from __future__ import annotations

from lstmlint.packs import load_pack
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


def test_an_operator_is_called_as_it_is_written() -> None:
    head = "import keras\na = keras.Input((3, 4))\nb = keras.Input((5, 4))\n"
    (added,) = check_source(head + "c = a + b\n")
    (product,) = check_source(head + "c = a @ b\n")
    assert added.message.startswith(
        "`+` refuses this: it needs shapes that can be broadcast together but gets (None, 3, 4) and (None, 5, 4)."
    )
    assert product.message.startswith("`@` needs inner sizes")
