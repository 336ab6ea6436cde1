"""Lists in the batches of generators and Sequences: the same programs under real Keras and under the rules."""

from __future__ import annotations

import itertools

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import os
import keras
import numpy as np
from keras.layers import LSTM, Concatenate, Dense
A, B, Y, Z, W = np.zeros((4, 10, 3)), np.zeros((4, 5)), np.zeros((4, 1)), np.zeros((4, 2)), np.ones(4)
a, b = keras.Input((10, 3), name="a"), keras.Input((5,), name="b")
"""
MODELS = {
    "one": "model = keras.Model(a, Dense(1)(LSTM(8)(a)))\n",
    "two": "model = keras.Model([a, b], Dense(1)(Concatenate()([LSTM(8)(a), b])))\n",
    "outputs": "h = LSTM(8)(a)\nmodel = keras.Model(a, [Dense(1)(h), Dense(2)(h)])\n",
}
COMPILED = "model.compile('sgd', ['mse', 'mse'])\n"
BATCHES = {
    ("two", "([A, B], Y)"), ("two", "((A, B), Y)"), ("two", "[[A, B], Y]"), ("two", "[(A, B), Y]"), ("two", "{'a': A, 'b': B}, Y"),
    ("one", "[A, Y]"), ("one", "(A, Y)"), ("one", "[A, Y, W]"), ("one", "A, [Y]"), ("one", "[A], Y"), ("one", "A, Y, W"), ("one", "{'a': [A]}, Y"),
    ("outputs", "A, [Y, Z]"), ("outputs", "A, (Y, Z)"),
}  # fmt: skip
GIVEN = {
    "generator": ("def g():\n    while True:\n        yield {}\n", "g()", True),
    "Sequence": (
        "class G(keras.utils.PyDataset):\n    def __len__(self):\n        return 3\n    def __getitem__(self, i):\n        return {}\n",
        "G()",
        False,
    ),
}
CALLS = {"fit": "steps_per_epoch=2", "evaluate": "steps=2", "predict": "steps=2"}


def program(model: str, batch: str, kind: str, call: str) -> str:
    source, made, endless = GIVEN[kind]
    steps = f", {CALLS[call]}" if endless else ""
    compiled = COMPILED if model == "outputs" else COMPILED.replace("['mse', 'mse']", "'mse'")
    return HEAD + MODELS[model] + compiled + source.format(batch) + f"model.{call}({made}, verbose=0{steps})\n"


@pytest.mark.keras
@pytest.mark.parametrize(("model", "batch"), sorted(BATCHES))
@pytest.mark.parametrize(("kind", "call"), itertools.product(GIVEN, CALLS))
def test_keras_agrees(model: str, batch: str, kind: str, call: str) -> None:
    text = program(model, batch, kind, call)
    answer = oracle.ask(text)
    errors = [f.code for f in check_source(text) if f.severity.value == "error"]
    assert errors == (["DAT028"] if answer.raised else []), f"{answer.message}\n{text}"


@pytest.mark.keras
@pytest.mark.parametrize("batch", ["A", "{'a': A}"])
@pytest.mark.parametrize("kind", GIVEN)
def test_inputs_alone_are_a_tuple_from_a_generator(batch: str, kind: str) -> None:
    text = program("one", batch, kind, "predict")
    assert [f.code for f in check_source(text)] == (["DAT028"] if oracle.ask(text).raised else [])


@pytest.mark.keras
@pytest.mark.parametrize("kind", GIVEN)
def test_validation_data_is_refused_too(kind: str) -> None:
    text = program("two", "[A, B], Y", kind, "fit").replace("model.fit(", "model.fit((A, B), Y, validation_data=")
    text = text.replace("steps_per_epoch", "validation_steps").replace("fit((A, B), Y", "fit([A, B], Y")
    assert oracle.ask(text).raised is not None
    assert [f.code for f in check_source(text)] == ["DAT028"]


@pytest.mark.parametrize(
    "setting", ['os.environ["KERAS_BACKEND"] = "jax"', 'os.environ.setdefault("KERAS_BACKEND", "torch")']
)
def test_another_backend_takes_lists(setting: str) -> None:
    text = f"import os\n{setting}\n" + program("two", "[A, B], Y", "generator", "fit")
    assert check_source(text) == []
    assert [f.code for f in check_source(text.replace("jax", "tensorflow").replace("torch", "tensorflow"))] == [
        "DAT028"
    ]


def test_keras_2_takes_lists() -> None:
    text = program("two", "[A, B], Y", "generator", "fit").replace("import keras\n", "import tf_keras as keras\n")
    text = text.replace("from keras.layers", "from tf_keras.layers")
    assert [f for f in check_source(text) if f.code == "DAT028"] == []


def test_the_list_becomes_a_tuple() -> None:
    (finding,) = check_source(program("one", "A, [Y]", "generator", "fit"))
    assert finding.fix is not None
    assert [edit.content for edit in finding.fix.edits] == ["(Y,)"]
