"""The third argument of `compile`: metrics in Keras 2, weights of the losses in Keras 3."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras, numpy as np
from keras import layers
x, y, i = np.zeros((8, 4), "float32"), np.zeros((8, 1)), keras.Input((4,))
one = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
two = keras.Model(i, [layers.Dense(1)(i), layers.Dense(1)(i)])
class Own(keras.Model):
    def train_step(self, data):
        return {"loss": keras.ops.mean(self(data[0]))}
own = Own(i, layers.Dense(1)(i))
"""
METRICS = {
    "a name": "['mae']", "two names": "['mae', 'mse']", "a tuple": "('mae',)", "an object": "[keras.metrics.AUC()]", "a function": "[keras.losses.mean_squared_error]",
    "a dict": "{'dense': 'mae'}", "alone": "'mae'", "an object alone": "keras.metrics.AUC()",
}  # fmt: skip
OTHERS = {"a weight": "[0.5]", "a number": "0.5", "nothing": "None", "a place left free": "[None]"}


def told(program: str, keras: int = 3) -> list[tuple[str, str]]:
    return [
        (f.code, f.severity.value)
        for f in check_source(program, options=Options(keras_major=keras))
        if f.severity.value != "info"
    ]


@pytest.mark.keras
@pytest.mark.parametrize("use", ("fit(x, y, verbose=0)", "evaluate(x, y, verbose=0)", "train_on_batch(x, y)"))
@pytest.mark.parametrize("metrics", METRICS.values(), ids=METRICS)
def test_keras_raises_as_told(metrics: str, use: str) -> None:
    program = f"{HEAD}one.compile('sgd', 'mse', {metrics})\none.{use}\n"
    assert told(program) == [("MIG022", "error")]
    assert oracle.ask(program).raised is not None


@pytest.mark.keras
@pytest.mark.parametrize("weights", OTHERS.values(), ids=OTHERS)
def test_weights_are_none(weights: str) -> None:
    program = f"{HEAD}one.compile('sgd', 'mse', {weights})\none.fit(x, y, verbose=0)\n"
    assert told(program) == []
    assert oracle.ask(program).raised is None


@pytest.mark.keras
def test_of_several_outputs() -> None:
    program = f"{HEAD}two.compile('sgd', 'mse', ['mae', 'mae'])\ntwo.fit(x, [y, y], verbose=0)\n"
    assert told(program) == [("MIG022", "error")]
    assert oracle.ask(program).raised is not None


@pytest.mark.keras
@pytest.mark.parametrize(
    "rest", ("", "one.predict(x, verbose=0)", "own.compile('sgd', 'mse', ['mae'])\nown.fit(x, y, verbose=0)")
)
def test_where_no_loss_is_weighted_it_is_a_warning(rest: str) -> None:
    program = f"{HEAD}one.compile('sgd', 'mse', ['mae'])\n{rest}\n"
    assert {severity for _, severity in told(program)} == {"warning"}
    assert oracle.ask(program).raised is None


def test_without_a_loss_there_is_nothing_to_weigh() -> None:
    assert told(f"{HEAD}one.compile('sgd', None, ['mae'])\n") == []


def test_in_keras_2_they_are_metrics() -> None:
    assert told(f"{HEAD}one.compile('sgd', 'mse', ['mae'])\none.fit(x, y, verbose=0)\n", 2) == []
