"""Every layer of Keras, configured and applied at random, is to us what it is to the installed Keras.

`LSTMLINT_CASES` is the number of cases for each class (6 in the ordinary run), `LSTMLINT_SEED` draws others. What we don't know is counted and bounded, so that a
layer which became opaque fails.
"""

from __future__ import annotations

import logging
import math
import os
from collections import Counter

import pytest

from lstmlint.interpret import follow
from lstmlint.keras import api
from lstmlint.keras.layers.opaque import OPAQUE
from lstmlint.keras.spec import find_layer
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import ModelObject
from tests.layer_cases import FAMILIES, Random
from tests.layer_cases.comparison import compare, program

CASES = int(os.environ.get("LSTMLINT_CASES", "6"))
SEED = os.environ.get("LSTMLINT_SEED", "")
BASES = {"Layer", "InputLayer", "InputSpec"}
"""Classes of `keras.layers` that aren't layers with a behaviour of their own."""
UNKNOWN_SHARE = {
    "LSTMCell": 0.1, "GRUCell": 0.1, "SimpleRNNCell": 0.1,  # on inputs of another rank than a cell is made for
    "TimeDistributed": 0.03,  # over pooling of another rank than it is made for, which Keras does not check there
    "Lambda": 0.1,  # where Keras itself gives up, and says nothing in a Sequential
    "GroupQueryAttention": 0.1,  # on inputs that aren't (batch, steps, features)
    "Pipeline": 0.2,  # on what is no image any more: Keras runs the layers in it, and what they do then isn't known
}  # fmt: skip
"""Layer class -> the largest part of its cases of which we may not know the answer; 1 % for those that aren't here."""


@pytest.mark.keras
@pytest.mark.parametrize("family", FAMILIES)
def test_no_layer_contradicts_keras(family: str) -> None:
    import keras

    logging.disable(logging.CRITICAL)
    figures: Counter[str] = Counter()
    wrong: list[str] = []
    unknown: list[str] = []
    for name, draw in FAMILIES[family].items():
        lost = []
        for case in range(CASES):
            r = Random(f"{name} {case} {SEED}")
            text = program(draw(r), r)
            verdict = compare(text)
            figures[verdict.kind] += 1
            if verdict.wrong:
                wrong.append(f"{name} {case}: {verdict.kind}: {verdict.detail}\n{text}")
            elif verdict.kind == "unknown":
                lost.append(f"{name} {case}: {verdict.detail}")
            if case % 50 == 49:
                keras.utils.clear_session()
        if len(lost) > (math.ceil(UNKNOWN_SHARE[name] * CASES) if name in UNKNOWN_SHARE else CASES // 100):
            unknown += lost
    logging.disable(logging.NOTSET)
    print(family, dict(figures))
    assert not wrong, f"{figures}\n" + "\n".join(wrong[:20])
    assert not unknown, f"{figures}\n" + "\n".join(unknown[:40])


@pytest.mark.keras
def test_every_class_that_the_installed_keras_has_is_compared_or_knowingly_opaque() -> None:
    import inspect

    import keras

    drawn = {name for family in FAMILIES.values() for name in family}
    public = {name for name, value in vars(keras.layers).items() if inspect.isclass(value) and not name.startswith("_")}
    opaque = {name.rpartition(".")[2] for name in OPAQUE}
    assert public - drawn - opaque - BASES == set()
    assert drawn - public == set()


def test_every_class_of_the_tables_is_known_or_knowingly_opaque() -> None:
    names = {n for n in api.names(3) if n.startswith("keras.layers.") and n.rpartition(".")[2] not in BASES}
    assert {n for n in names if find_layer(n) is None} == set(OPAQUE)


def test_a_layer_that_a_later_keras_adds_makes_the_model_incomplete_and_nothing_wrong() -> None:
    text = """
import keras
model = keras.Sequential([keras.Input((10, 4)), keras.layers.HyperAttention(8, depth=3), keras.layers.LSTM(2)])
x = keras.Input((10, 4))
functional = keras.Model(x, keras.layers.Dense(3)(keras.layers.HyperAttention(8)(x)))
"""
    record = follow(parse(Source("model.py", text))).ways[0]
    assert not [f for f in record.faults if f.raises]
    for name in ("model", "functional"):
        model = record.names[name]
        assert isinstance(model, ModelObject)
        assert model.incomplete is not None
        assert "HyperAttention" in model.incomplete


def test_a_knowingly_opaque_layer_says_why() -> None:
    text = "import keras\nlayer = keras.layers.TFSMLayer('saved')\nmodel = keras.Sequential([keras.Input((3,)), layer, keras.layers.Dense(2)])\n"
    record = follow(parse(Source("model.py", text))).ways[0]
    assert not [f for f in record.faults if f.raises]
    assert record.names["layer"].opaque == OPAQUE["keras.layers.TFSMLayer"]
