"""`model.inputs` and `model.outputs` of a Sequential: refused by Keras until something has built it."""

from __future__ import annotations

import pytest

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
