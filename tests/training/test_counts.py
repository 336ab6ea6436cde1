"""What `fit` and its kin count with: epochs, steps, the batch size. What the installed Keras refuses, we refuse, and nothing else."""

from __future__ import annotations

import itertools

import pytest

from lstmlint.runner import check_source
from tests import oracle

VALUES = (
    "2.0",
    "len(X) / 2",
    "'2'",
    "[1, 2]",
    "(2,)",
    "np.ones(2)",
    "np.float64(2)",
    "np.int64(2)",
    "2",
    "True",
    "None",
    "-1",
    "int(len(X) / 2)",
)
ARGUMENTS = {
    "fit": ("batch_size", "epochs", "steps_per_epoch", "initial_epoch", "validation_steps"),
    "evaluate": ("batch_size", "steps"),
    "predict": ("batch_size", "steps"),
}
DATA = {
    "arrays": "X",
    "dataset": "tf.data.Dataset.from_tensor_slices((X, y)).batch(2)",
    "generator": "batches()",
    "sequence": "Batches()",
}
HEAD = """import keras
import numpy as np
import tensorflow as tf
X, y = np.ones((6, 4), "float32"), np.ones((6, 1), "float32")
def batches():
    for _ in range(20):
        yield X, y
class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 3
    def __getitem__(self, i):
        return X, y
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
"""


def _programs(method: str, data: str) -> list[tuple[str, str]]:
    found = []
    for argument, value in itertools.product(ARGUMENTS[method], VALUES):
        given = [DATA[data], *(["y"] if data == "arrays" and method != "predict" else []), f"{argument}={value}"]
        if argument == "validation_steps":
            given.append("validation_data=(X, y)")
        found.append((f"{argument}={value}", f"{HEAD}model.{method}({', '.join(given)}, verbose=0)\n"))
    return found


@pytest.mark.keras
@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("method", ARGUMENTS)
def test_keras_agrees(method: str, data: str) -> None:
    for case, program in _programs(method, data):
        told = [f.code for f in check_source(program) if f.severity.value == "error"]
        answer = oracle.ask(program)
        if answer.raised is None:
            assert not told, f"{case} with {data}"
        elif not case.endswith(
            ("=-1", "=None")
        ):  # that a count is below zero is told of the batch size only; None may be no one's wish
            assert told == ["API029"], f"{case} with {data}: {answer.message}"


def test_the_length_of_something_unknown_divided_is_a_float() -> None:
    program = f"import sys\n{HEAD}n = len(sys.argv)\nmodel.fit(batches(), steps_per_epoch=n / 32)\n"
    assert [f.code for f in check_source(program)] == ["API029"]
    assert not check_source(program.replace("n / 32", "n // 32"))


def test_predict_takes_no_targets() -> None:
    (found,) = check_source(f"{HEAD}model.predict(X, y)\n")
    assert found.code == "API029"
    assert "takes no targets" in found.message
