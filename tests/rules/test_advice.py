"""What a rule advises is there and helps: no name that Keras hasn't, nothing that the program does already."""

from __future__ import annotations

import pytest

from lstmlint.diagnostic import Diagnostic
from lstmlint.rule import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")


def only(program: str, code: str) -> Diagnostic:
    """The one finding of a program, which is of this rule."""
    found = check_source(program)
    assert [finding.code for finding in found] == [code]
    return found[0]


@pytest.mark.parametrize(
    "statement, words, fixed",
    [
        ("from keras.layers.recurrent import LSTM", "Use keras.layers.", True),
        ("from keras.layers.recurrent import Recurrent", "not `Recurrent`, which Keras 3 doesn't have", False),
        ("from keras.layers.recurrent import LSTM, Recurrent", "Use keras.layers.", False),
        ("from keras.engine.topology import Layer", "Use keras.layers.", True),
        ("from keras.engine.topology import Container", "not `Container`", False),
        ("from keras.objectives import mse", "Use keras.losses.mean_squared_error.", False),
        ("from tensorflow.keras.objectives import mse", "Use tensorflow.keras.losses.", True),
        ("from keras.utils.layer_utils import print_summary", "Use model.summary().", False),
    ],
)
def test_an_import_moves_only_to_where_its_names_are(statement: str, words: str, fixed: bool) -> None:
    finding = only(f"{statement}\n", "MIG003")
    assert words in finding.message
    assert (finding.fix is not None) is fixed


def test_a_layer_that_keras_does_not_have_is_no_class_to_be_called() -> None:
    program = "import keras\nmodel = keras.Sequential()\nmodel.add(keras.layers.{})\n"
    assert "has no layer `Lin`" in only(program.format("Lin"), "API012").message
    assert "Make one: LSTM(...)" in only(program.format("LSTM"), "API012").message


def test_a_window_of_one_step_is_not_to_be_turned_but_to_grow() -> None:
    program = (
        "import keras\nlook_back = {}\nmodel = keras.Sequential([keras.Input((1, look_back)), keras.layers.LSTM(4)])\n"
    )
    assert "make `look_back` larger" in only(program.format(1), "RNN004").message
    assert "give it the shape (batch, 3, 1)" in only(program.format(3), "RNN004").message
