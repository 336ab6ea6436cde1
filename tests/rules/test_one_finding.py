"""One mistake is one finding, however many rules and calls come across it."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

HEAD = "import keras\nimport numpy as np\nfrom keras.layers import LSTM, Dense, Flatten\n"

PROGRAMS = {
    "OUT009": HEAD
    + """
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 5)))
model.evaluate(np.zeros((6, 4)), np.zeros((6, 5)))
""",
    "OUT012": HEAD
    + """
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((8, 4)), np.zeros((8, 3)))
model.evaluate(np.zeros((6, 4)), np.zeros((6, 3)))
""",
    "SHP014": HEAD
    + """
model = keras.Sequential([keras.Input((13, 1)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4, 1)), np.zeros((8, 1)))
model.evaluate(np.zeros((6, 4, 1)), np.zeros((6, 1)))
""",
    "OUT019": HEAD
    + """
x = keras.Input((4,))
model = keras.Model(x, [Dense(1)(x), Dense(2)(x)])
model.compile("adam", "mse", metrics=["mae"])
model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 2))])
model.evaluate(np.zeros((6, 4)), [np.zeros((6, 1)), np.zeros((6, 2))])
""",
    "OUT016": HEAD
    + """
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics="accuracy")
""",
    "RNN002": HEAD
    + "model = keras.Sequential([keras.Input((10, 3)), LSTM(4), LSTM(4), Flatten(), Dense(1, input_shape=(4,))])\n",
}


@pytest.mark.parametrize("code", PROGRAMS)
def test_it_is_told_once(code: str) -> None:
    assert [finding.code for finding in check_source(PROGRAMS[code])] == [code]


def test_another_mistake_with_the_same_model_is_told_as_well() -> None:
    program = PROGRAMS["OUT009"].replace("np.zeros((6, 5))", "np.zeros((6, 3))")
    assert [finding.code for finding in check_source(program)] == ["OUT009", "OUT009"]


def test_two_refusals_of_one_line_that_have_one_cause_are_one_finding() -> None:
    found = check_source(
        "import keras\nfrom keras import ops\nn = ops.shape(keras.Input((None,)))[1]\n"
        "mask = ops.arange(n)[:, None] >= ops.arange(n)[None, :]\n"
    )
    assert [finding.code for finding in found] == ["SHP030"]


def test_an_error_stands_before_a_warning_of_the_same_call() -> None:
    program = f"""{HEAD}
model = keras.Sequential([keras.Input((3,)), Dense(3)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), batch_size=4 / 2)
"""
    assert [f.code for f in check_source(program)] == ["API029"]
    assert [f.code for f in check_source(program.replace("4 / 2", "2"))] == ["OUT009"]


def test_what_is_wrong_behind_a_file_that_is_not_read_is_told_as_well() -> None:
    said = check_source(
        """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.save("model.h5")
model = keras.models.load_model("model.h5")
model.save_weights("weights.ckpt")
"""
    )
    assert [(f.code, f.span.row) for f in said] == [("MIG014", 6), ("MIG009", 7)]


def test_a_single_number_beside_many_samples_is_told() -> None:
    said = check_source(
        HEAD
        + "model = keras.Sequential([keras.Input((1,)), Dense(1)])\nmodel.compile('adam', 'mse')\nmodel.fit(np.zeros(1), np.zeros(8))\n"
    )
    assert [f.code for f in said] == ["DAT006"]
