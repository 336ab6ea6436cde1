"""A dict of arrays is taken apart by the names that the Inputs were given, as Keras does it."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras, numpy as np
from keras import layers
x, y = np.zeros((8, 4), "float32"), np.zeros((8, 1))
i, j = keras.Input((4,)), keras.Input((4,))
a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
def net(inputs, first, second):
    m = keras.Model(inputs, layers.Dense(1)(layers.Concatenate()([first, second])))
    m.compile("adam", "mse")
    return m
def stack(first):
    m = keras.Sequential([first, layers.Dense(1)])
    m.compile("adam", "mse")
    return m
"""
INPUTS = {
    "a tensor": "net(i, i, i)", "a list of one": "net([i], i, i)", "a named tensor": "net(a, a, a)", "a named one in a list": "net([a], a, a)",
    "two named": "net([a, b], a, b)", "one named of two": "net([i, a], i, a)", "two without names": "net([i, j], i, j)",
    "a dict": "net({'a': i}, i, i)", "a dict of two": "net({'a': i, 'b': j}, i, j)",
    "a Sequential": "stack(keras.Input((4,)))", "a Sequential with a name": "stack(keras.Input((4,), name='a'))",
}  # fmt: skip
DATA = (
    "{'a': x}",
    "{'c': x}",
    "{'a': x, 'b': x}",
    "{'input_layer': x}",
    "{'input_layer': x, 'input_layer_1': x}",
    "{'input_layer': x, 'a': x}",
)


@pytest.mark.keras
@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("inputs", INPUTS.values(), ids=INPUTS)
def test_keras_agrees(inputs: str, data: str) -> None:
    program = f"{HEAD}{inputs}.fit({data}, y, verbose=0)\n"
    told = [f.code for f in check_source(program) if f.severity.value == "error"]
    answer = oracle.ask(program)
    assert (told == ["DAT013"]) == (answer.raised is not None), (told, answer.message)


@pytest.mark.keras
def test_a_configuration_has_names() -> None:
    program = (
        HEAD + "m = keras.Model.from_config(net(i, i, i).get_config())\nm.predict({'input_layer': x}, verbose=0)\n"
    )
    assert [f.code for f in check_source(program) if f.severity.value == "error"] == []
    assert oracle.ask(program).raised is None


def test_a_name_that_may_be_given_is_not_missed() -> None:
    program = (
        HEAD
        + "def fit(name, **more):\n    stack(keras.Input((4,), **more)).fit({'a': x}, y)\n    stack(keras.Input((4,), name=name)).fit({'a': x}, y)\n"
    )
    assert check_source(program) == []
