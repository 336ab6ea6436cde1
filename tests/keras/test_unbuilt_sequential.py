"""`model.inputs` and `model.outputs` of a Sequential: refused by Keras until something has built it."""

from __future__ import annotations

import pytest

from lstmlint.keras.sequential import ONE_TENSOR
from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = "import keras\nimport numpy as np\nfrom keras.layers import *\n"
LAYERS = "model = keras.Sequential([LSTM(4, return_sequences=True), Dense(2)])\n"
MADE = {
    "of layers alone": LAYERS,
    "added one by one": "model = keras.Sequential()\nmodel.add(LSTM(4))\nmodel.add(Dense(2))\n",
    "compiled": LAYERS + "model.compile('sgd', 'mse')\n",
    "with an Input": LAYERS.replace("([", "([Input((10, 3)), "),
    "with input_shape": LAYERS.replace("(4,", "(4, input_shape=(10, 3),"),
    "built": LAYERS + "model.build((None, 10, 3))\n",
    "called on an array": LAYERS + "model(np.zeros((2, 10, 3)))\n",
    "called on a tensor": LAYERS + "model(Input((10, 3)))\n",
    "fitted": LAYERS
    + "model.compile('sgd', 'mse')\nmodel.fit(np.zeros((4, 10, 3)), np.zeros((4, 10, 2)), verbose=0)\n",
    "run": LAYERS + "model.predict(np.zeros((4, 10, 3)), verbose=0)\n",
    "inside a model": LAYERS + "keras.Sequential([Input((10, 3)), model])\n",
    "around a model": "model = keras.Sequential([keras.Sequential([Input((10, 3)), LSTM(4)]), Dense(2)])\n",
    "handed to a function": "def prepare(m):\n    m.build((None, 10, 3))\n" + LAYERS + "prepare(model)\n",
}


@pytest.mark.keras
@pytest.mark.parametrize("which", ("inputs", "outputs"))
@pytest.mark.parametrize("made", MADE)
def test_keras_agrees(made: str, which: str) -> None:
    program = f"{HEAD}{MADE[made]}x = model.{which}\n"
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    raised = oracle.ask(program).raised
    assert not errors or raised is not None
    assert errors == (["API009"] if raised and "model" not in made else [])


def test_what_asks_first_is_left_alone() -> None:
    assert check_source(f"{HEAD}{LAYERS}x = model.inputs if hasattr(model, 'inputs') else None\n") == []


FIRST = {
    "Dense(2)": (4,), "Embedding(5, 2)": (4,), "BatchNormalization()": (4,), "LayerNormalization()": (4,), "Normalization()": (4,),
    "Reshape((2, 2))": (4,), "RepeatVector(2)": (4,), "LSTM(2)": (4, 2), "GRU(2)": (4, 2), "SimpleRNN(2)": (4, 2), "Bidirectional(LSTM(2))": (4, 2),
    "TimeDistributed(Dense(2))": (4, 2), "Conv1D(2, 2)": (4, 2), "SeparableConv1D(2, 2)": (4, 2), "MaxPooling1D(2)": (4, 2), "Permute((2, 1))": (4, 2),
    "GlobalAveragePooling1D()": (4, 2), "Conv2D(2, 2)": (4, 4, 2), "ZeroPadding2D()": (4, 4, 2), "ConvLSTM2D(2, 2)": (2, 4, 4, 2),
    "Concatenate()": (4,), "Dropout(0.1)": (4,), "Lambda(lambda x: x[0])": (4,),
}  # fmt: skip
GIVEN = {
    "a list of one": "model.predict([x], verbose=0)", "a list of two": "model.predict([x, x], verbose=0)", "a tuple": "model((x,))",
    "a list for training": "model.compile('sgd', 'mse')\nmodel.fit([x, x], np.zeros(8), verbose=0)",
}  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("first", FIRST)
def test_a_list_of_arrays(first: str, given: str) -> None:
    program = f"{HEAD}x = np.zeros((8, *{FIRST[first]}))\nmodel = keras.Sequential([{first}, Flatten(), Dense(1)])\n{GIVEN[given]}\n"
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    refuses = first.partition("(")[0] in ONE_TENSOR
    assert (oracle.ask(program).raised is not None) or not refuses
    assert ("DAT013" in errors) == refuses


def test_what_has_an_input_takes_a_list_of_one() -> None:
    for made in ("Input((4,)), Dense(2)", "Dense(2, input_shape=(4,))"):
        assert check_source(f"{HEAD}keras.Sequential([{made}]).predict([np.zeros((8, 4))])\n") == []
