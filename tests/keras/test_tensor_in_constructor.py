"""A tensor given to the constructor of any layer is an error where Keras raises, and a warning where it makes the layer without a word."""

from __future__ import annotations

import pytest

from lstmlint.keras.api import names, signature
from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = "import keras\nfrom keras.layers import *\na, b = keras.Input((10, 8)), keras.Input((10, 8))\n"
OTHERS = (
    "InputSpec",
    "Input",
    "InputLayer",
    "Lambda",
    "Pipeline",
    "FlaxLayer",
    "JaxLayer",
    "TFSMLayer",
    "TorchModuleWrapper",
    "MelSpectrogram",  # it stumbles over a tensor only when it calculates with it
)
LAYERS = [n for n in names() if n.startswith("keras.layers.") and n.rpartition(".")[2] not in OTHERS]
GIVEN = ("a", "[a, b]", "a, b")


@pytest.mark.keras
@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("name", LAYERS)
def test_keras_agrees(name: str, given: str) -> None:
    program = f"{HEAD}x = {name}({given})\n"
    answer = oracle.ask(program)
    errors = [f for f in check_source(program) if f.severity.value == "error"]
    assert len(errors) <= 1
    assert not errors or answer.raised is not None, f"{answer.message}\n{errors}"
    if answer.raised is not None and any(p.kind == "positional" for p in signature(name) or ()):
        assert errors, f"{answer.message}\n{program}"
    if answer.raised is None:
        assert [f.code for f in check_source(program)] == ["API031"]


USED = {
    "by a layer": "x = Concatenate([a, b])\ny = Dense(1)(x)\n",
    "by two layers": "x = Concatenate([a, b])\ny = Dense(1)(x)\nz = Dense(1)(x)\n",
    "by a model": "x = Attention([a, b, a])\nmodel = keras.Model([a, b], x)\n",
    "after an error": "x = Flatten(a)\ny = Dense(1)(x)\nmodel = keras.Model(a, y)\n",
    "by position": "x = Dense(8, a)\n",
    "not as an argument at all": "x = Add([a, b])\ny = Dense(1)(x)\n",
    "one by one": "x = Concatenate(a, b)\n",
    "in a wrapper": "x = TimeDistributed(Dense(3)(a))\n",
    "by keyword": "x = Dense(units=a)\n",
}


@pytest.mark.keras
@pytest.mark.parametrize("case", USED)
def test_one_mistake_is_one_error(case: str) -> None:
    program = HEAD + USED[case]
    assert oracle.ask(program).raised is not None
    (finding,) = check_source(program)
    assert finding.severity.value == "error"
    assert finding.span.row == 4


FINE = (
    "x = Concatenate()([a, b])\n",
    "x = Dense(8)(a)\n",
    "x = Lambda(lambda t, other: t + other, arguments={'other': b})\n",
    "x = keras.Sequential([Dense(3)])(a)\n",
    """
class Taking(Layer):
    def __init__(self, other):
        super().__init__()
        self.other = other
    def call(self, x):
        return x
x = Taking(b)(a)
""",
)


@pytest.mark.keras
@pytest.mark.parametrize("program", FINE)
def test_nothing_is_said_of_tensors_in_their_place(program: str) -> None:
    assert oracle.ask(HEAD + program).raised is None
    assert check_source(HEAD + program) == []


HOLD_LAYERS = ("Bidirectional", "RNN", "StackedRNNCells")


@pytest.mark.keras
@pytest.mark.parametrize("given", ["Dense(3)", "LSTM(3)", "keras.Sequential([Dense(3)])"])
@pytest.mark.parametrize("name", [n for n in LAYERS if n.rpartition(".")[2] not in HOLD_LAYERS])
def test_keras_agrees_about_layers(name: str, given: str) -> None:
    program = f"{HEAD}x = {name}({given})\n"
    answer = oracle.ask(program)
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    assert not errors or answer.raised is not None, f"{answer.message}\n{errors}"
    first = next((p.name for p in signature(name) or () if p.kind == "positional"), None)
    if answer.raised is not None and first is not None and "got an unexpected" not in answer.message:
        assert errors, f"{answer.message}\n{program}"
