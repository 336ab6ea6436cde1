"""Layers without weights that Keras 3 builds when they are made have 0 parameters, whether or not they are ever called."""

from __future__ import annotations

from typing import Any

import pytest

import lstmlint.keras
from lstmlint.interpret import follow
from lstmlint.keras.counting import BUILT_AT_ONCE
from lstmlint.keras.spec import LAYERS
from lstmlint.source import Source
from lstmlint.summary import model_record
from lstmlint.syntax import parse

assert lstmlint.keras
TRIES: tuple[tuple[Any, ...], ...] = ((), (2,), (2, 2), ((2,),), ((2, 3),), ("relu",), (5, (5,)))


@pytest.mark.keras
def test_they_are_those_that_keras_builds() -> None:
    import keras

    for name in sorted(LAYERS):
        kind = getattr(keras.layers, name.rpartition(".")[2], None)
        for given in TRIES if kind is not None else ():
            try:
                layer = kind(*given)
            except Exception:
                continue
            assert layer.built is (name in BUILT_AT_ONCE), name
            break


UNBUILT = """
import keras
from keras.layers import *
model = keras.Sequential([Embedding(10, 4), Dropout(0.2), LSTM(3), MaxPooling1D(), Activation("relu"), GlobalAvgPool1D(), Dense(2)])
r1 = [layer.built for layer in model.layers]
r2 = [layer.count_params() for layer in model.layers if layer.built]
r3 = [len(layer.weights) for layer in model.layers if layer.built]
"""


@pytest.mark.keras
def test_of_a_model_that_is_never_built_they_are_counted() -> None:
    namespace: dict[str, Any] = {}
    exec(UNBUILT, namespace)
    program = follow(parse(Source("model.py", UNBUILT)))
    names = program.ways[0].names
    assert [[int(value) for value in names[r].items] for r in ("r1", "r2", "r3")] == [
        [int(value) for value in namespace[r]] for r in ("r1", "r2", "r3")
    ]
    (shown,) = program.models
    theirs = [layer.count_params() if layer.built else None for layer in namespace["model"].layers]
    assert [row["params"] for row in model_record(shown)["layers"]] == theirs
