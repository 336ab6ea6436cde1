"""Pooling on data takes what Keras refuses of symbolic tensors: `padding` in capitals, and a window for which a little too few steps are left."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.counting import total_parameters
from lstmlint.source import Source
from lstmlint.syntax import parse
from tests import oracle

HEAD = """\
import keras
import numpy as np
from keras.layers import *
class Net(keras.Model):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer
    def call(self, x):
        return self.layer(x)
image = np.zeros((2, 6, 6, 3), "float32")
open_input = keras.Input((None, None, 3))
open_model = keras.Model(open_input, MaxPooling2D(8)(open_input))
"""
LAYERS = (
    "MaxPooling2D(padding='SAME')", "AveragePooling2D(2, padding='Valid')", "MaxPooling2D(padding='full')", "MaxPooling2D(8)",
    "AveragePooling2D(7, 1)", "MaxPooling2D(8, 1)", "AveragePooling2D(20, 3)", "MaxPooling2D(8, padding='VALID')",
    "TimeDistributed(MaxPooling1D(padding='SAME'))", "Conv2D(3, 7)",
)  # fmt: skip
USES = (
    "{layer}(image)", "{layer}(keras.Input((6, 6, 3)))", "Net({layer})(image)", "Net({layer})(keras.Input((6, 6, 3)))", "Net({layer}).predict(image, verbose=0)",
    "keras.Sequential([keras.Input((6, 6, 3)), {layer}])",
)  # fmt: skip
CASES = [
    *(use.format(layer=layer) for layer in LAYERS for use in USES), "open_model(image)", "open_model.predict(image, verbose=0)", "Net(open_model)(image)",
    "MaxPooling1D(8)(image[0])", "MaxPooling3D(padding='SAME')(image[..., None])", "keras.Sequential([MaxPooling2D(padding='SAME')])(image)",
]  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("case", CASES)
def test_keras_is_the_judge(case: str) -> None:
    text = f"{HEAD}y = {case}\n"
    theirs = oracle.ask(text)
    program = follow(parse(Source("model.py", text)))
    assert any(fault.raises for fault in program.faults) is (theirs.raised is not None), theirs.message


@pytest.mark.keras
@pytest.mark.parametrize(
    "case", ["MaxPooling2D(padding='SAME')", "MaxPooling2D(4, padding='Valid')", "MaxPooling2D(7)"]
)
def test_what_comes_after_has_its_size(case: str) -> None:
    text = f"{HEAD}model = keras.Sequential([Flatten(), Dense(3)])\nmodel({case}(image))\n"
    program = follow(parse(Source("model.py", text)))
    (model,) = (site.model for site in program.models if site.model.kind == "Sequential")
    assert total_parameters(model).known == oracle.ask(text).models["model"]["total_params"]
