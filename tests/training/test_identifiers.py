"""The words for losses, metrics and optimizers are those that the installed Keras knows."""

from __future__ import annotations

import pytest

from lstmlint.keras.training.identifiers import LOSSES, METRICS, OPTIMIZERS

pytestmark = pytest.mark.keras


def test_losses() -> None:
    from keras.src import losses

    assert set(LOSSES) | {"Loss", "LossFunctionWrapper"} == set(losses.ALL_OBJECTS_DICT)


def test_metrics() -> None:
    from keras.src import metrics

    assert {name: found.__name__ for name, found in metrics.ALL_OBJECTS_DICT.items()} == METRICS


def test_optimizers() -> None:
    from keras.src import optimizers

    assert set(optimizers.ALL_OBJECTS_DICT) == OPTIMIZERS
