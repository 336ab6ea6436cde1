"""`tf.losses`, `tf.metrics`, `tf.optimizers` and `tf.initializers` are those of `tf.keras`: TensorFlow itself is asked."""

from __future__ import annotations

import pytest

from lstmlint.keras.names import canonical
from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")


@pytest.mark.parametrize("module", ["tensorflow", "tensorflow.compat.v2"])
@pytest.mark.parametrize(
    "name", ["losses.Huber", "metrics.Mean", "optimizers.schedules.CosineDecay", "initializers.Zeros"]
)
def test_a_name_without_keras_is_that_of_keras(module: str, name: str) -> None:
    assert canonical(f"{module}.{name}") == f"keras.{name}"


@pytest.mark.parametrize(
    "name",
    ["tensorflow.compat.v1.losses.huber_loss", "tensorflow.compat.v1.metrics.Mean", "tensorflow.losses.mean_squared_error",
     "tensorflow.metrics.mean_absolute_error", "tensorflow.layers.Dense", "losses.Huber", "tensorflow.nn.relu"],
)  # fmt: skip
def test_what_tensorflow_has_of_its_own_or_had_is_not(name: str) -> None:
    assert canonical(name) == name


REFUSED = {
    "optimizer": "tf.optimizers.Adam(lr=0.1)",
    "loss": "tf.losses.Huber(deltas=2)",
    "metric": "tf.metrics.Mean(names='m')",
    "initializer": "tf.initializers.RandomNormal(stdev=1)",
    "schedule": "tf.optimizers.schedules.ExponentialDecay(0.1, 10, rate=0.9)",
    "imported": "costs.Huber(nam=2)",
}
TAKEN = {
    "optimizer": "tf.optimizers.Adam(learning_rate=0.1)",
    "loss": "tf.losses.Huber(delta=2)",
    "metric": "tf.metrics.Mean(name='m')",
    "initializer": "tf.initializers.RandomNormal(stddev=1)",
    "got": "tf.losses.get('mse')",
    "imported": "costs.Huber(name='h')",
}
START = "import tensorflow as tf\nfrom tensorflow import losses as costs\n"


@pytest.mark.keras
@pytest.mark.parametrize("what", REFUSED)
def test_arguments_are_checked(what: str) -> None:
    program = f"{START}x = {REFUSED[what]}\n"
    assert oracle.ask(program).raised is not None
    assert [f.severity.name for f in check_source(program)] == ["ERROR"]


@pytest.mark.keras
@pytest.mark.parametrize("what", TAKEN)
def test_what_keras_takes_is_left_alone(what: str) -> None:
    program = f"{START}x = {TAKEN[what]}\n"
    assert oracle.ask(program).raised is None
    assert check_source(program) == []


def test_what_a_loss_says_is_known() -> None:
    model = "m = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(4, activation='softmax')])\n"
    loss = "m.compile('adam', tf.losses.SparseCategoricalCrossentropy(from_logits=True))\n"
    assert [f.code for f in check_source(START + model + loss)] == ["OUT002"]
