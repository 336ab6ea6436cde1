"""Automatic names are numbered in the order in which things are made: of what nobody calls, nobody knows when that is."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import numpy as np
import keras
from keras import layers
x, y = np.zeros((8, 4)), np.zeros((8, 1))
def net():
    return keras.Sequential([keras.Input((4,)), layers.Dense(2), layers.Dense(1)])
def two():
    first, second = keras.Input((4,)), keras.Input((4,))
    joined = layers.Add()([first, second])
    return keras.Model([first, second], [layers.Dense(1)(joined), layers.Dense(1)(joined)])
"""
USES = {
    "a layer": "net().get_layer('dense_1')",
    "a loss": "m = two()\n    m.compile('adam', {'dense': 'mse', 'dense_1': 'mse'})\n    m.fit([x, x], [y, y])",
    "the history": "m = two()\n    m.compile('adam', 'mse')\n    m.fit([x, x], [y, y]).history['dense_loss']",
}
TWICE = "def main():\n    {use}\ndef other():\n    {use}\n"


def errors(program: str) -> list[tuple[int, str]]:
    return [(f.span.row, f.code) for f in check_source(program) if f.severity.value == "error"]


@pytest.mark.parametrize("start", ["", "main()\n"], ids=["nobody calls", "one is called"])
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_each_may_be_the_first(use: str, start: str) -> None:
    assert errors(HEAD + TWICE.format(use=use) + start) == []


@pytest.mark.keras
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_keras_runs_the_first_alone(use: str) -> None:
    answer = oracle.ask(f"{HEAD}{TWICE.format(use=use)}other()\n")
    assert answer.raised is None, answer.message


@pytest.mark.keras
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_the_second_is_refused(use: str) -> None:
    program = f"{HEAD}{TWICE.format(use=use)}main()\nother()\n"
    assert errors(program)
    assert oracle.ask(program).raised is not None


def test_clear_session_starts_the_numbers_again() -> None:
    program = f"{HEAD}def main():\n    net()\ndef other():\n    keras.backend.clear_session()\n    net().get_layer('dense_7')\n"
    assert [code for _, code in errors(program)] == ["API009"]


def test_another_name_is_none_of_them() -> None:
    program = f"{HEAD}def main():\n    net()\ndef other():\n    net().get_layer('densely')\n"
    assert [code for _, code in errors(program)] == ["API009"]
