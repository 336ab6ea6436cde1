"""The `input` of layers, from which people cut models: an InputLayer has none in Keras 3."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
from keras.layers import *
start = keras.Input((8,), name="start")
model = keras.Model(start, Dense(1)(Dense(3, name="hidden")(start)))
stack = keras.Sequential([Input((8,)), Dense(3), Dense(1)])
around = keras.Sequential([model, Dense(3)])
output = model.layers[1].output
"""
MODELS = {
    "of the first layer": "keras.Model(model.layers[0].input, output)",
    "of the first layer, in a list": "keras.Model([model.layers[0].input], output)",
    "of the first layer, with another": "keras.Model([model.layers[0].input, start], output)",
    "of the named layer": "keras.Model(inputs=model.get_layer('start').input, outputs=output)",
    "of the layer's output": "keras.Model(model.layers[0].output, output)",
    "of the second layer": "keras.Model(model.layers[1].input, output)",
    "of a Sequential's first layer": "keras.Model(stack.layers[0].input, stack.layers[0].output)",
    "of a model in a Sequential": "keras.Model(around.layers[0].input, output)",
    "of an InputLayer made by hand": "keras.Model(InputLayer(shape=(8,)).input, output)",
    "of the inner model's first layer": "keras.Model(around.layers[0].layers[0].input, output)",
    "of an application": "keras.Model((m := keras.applications.MobileNetV2(weights=None)).layers[0].input, m.layers[-2].output)",
    "of nothing": "keras.Model([], output)",
    "of an empty dict": "keras.Model({}, output)",
    "to nothing": "keras.Model(start, [])",
    "of layers that are chosen": "keras.Model(start, [l.output for l in model.layers if l.name.startswith('hid')])",
    "of layers that are not there": "keras.Model(start, [l.output for l in model.layers if l.name.startswith('conv')])",
}


def errors(program: str, keras: int = 3) -> list[str]:
    return [f.code for f in check_source(program, options=Options(keras_major=keras)) if f.severity.value == "error"]


@pytest.mark.keras
@pytest.mark.parametrize("made", MODELS)
def test_keras_agrees(made: str) -> None:
    program = f"{HEAD}cut = {MODELS[made]}\n"
    found = errors(program)
    assert bool(found) == (oracle.ask(program).raised is not None)
    assert set(found) <= {"API009", "API010"}


def test_the_layer_is_named() -> None:
    [finding] = [
        f
        for f in check_source(HEAD + "cut = keras.Model(model.layers[0].input, output)\n")
        if f.severity.value == "error"
    ]
    assert "`start`" in finding.message
    assert "model.inputs" in finding.message


def test_keras_2_gives_the_tensor() -> None:
    assert errors(HEAD + "cut = keras.Model(model.layers[0].input, output)\n", keras=2) == []


def test_what_may_be_filled_is_left_alone() -> None:
    program = (
        "import sys\nfound = []\nif len(sys.argv) > 1:\n    found.append(start)\ncut = keras.Model(found, output)\n"
    )
    assert errors(HEAD + program) == []
