"""Models that begin inside a Sequential: one that grew by `add` was built anew each time, and its layers have tensors of each."""

from __future__ import annotations

import json

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source, follow_bytes
from lstmlint.summary import as_json
from tests import oracle

load_pack("lstmlint_rules")
pytestmark = pytest.mark.keras

HEAD = "import keras\nfrom keras import layers\n"
LAYERS = "layers.Conv2D(4, 2)", "layers.Flatten()", "layers.Dense(10)", "layers.Activation('softmax')"
ADDED = "m = keras.Sequential()\nm.add(keras.Input((8, 8, 3)))\n" + "".join(f"m.add({layer})\n" for layer in LAYERS)
LISTED = f"m = keras.Sequential([keras.Input((8, 8, 3)), {', '.join(LAYERS)}])\n"
PARTS = {
    "a part of it": "part = keras.Model(m.layers[2].input, m.layers[-1].output)\n",
    "one layer of it": "part = keras.Model(m.layers[2].input, m.layers[2].output)\n",
    "what the layer below gives": "part = keras.Model(m.layers[1].output, m.layers[2].output)\n",
    "the beginning of it": "part = keras.Model(m.layers[0].input, m.layers[1].output)\n",
    "after an Input in the middle": "keras.Input(tensor=m.layers[2].input)\npart = keras.Model(m.layers[0].input, m.layers[-1].output)\n",
    "a part of it after an Input in the middle": "try:\n    keras.Model(keras.Input(tensor=m.layers[2].input), m.layers[-1].output)\n"
    "except ValueError:\n    pass\npart = keras.Model(m.layers[0].input, m.layers[-1].output)\n",
    "after an Input at the end": "x = keras.Input(tensor=m.layers[-1].output)\npart = keras.Model(x, layers.Dense(2)(x))\n",
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("grown", (True, False))
def test_keras_agrees(part: str, grown: bool) -> None:
    text = HEAD + (ADDED if grown else LISTED) + PARTS[part]
    raised = oracle.ask(text).raised
    errors = [found.code for found in check_source(text) if found.severity.value == "error"]
    assert errors == [] or raised is not None
    models = json.loads(as_json([("m.py", follow_bytes(text.encode(), "m.py"))]))["files"][0]["models"]
    assert raised is None or not any(model["name"] == "part" and model["complete"] for model in models)
