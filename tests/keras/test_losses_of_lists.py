"""Losses that are called on Python's lists: functions make tensors of them, all but one, and objects take them for the outputs of a model."""

from __future__ import annotations

import pytest

from lstmlint.keras.ops.losses import LOSSES, METRICS
from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
P = [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
sparse, binary, mean = keras.losses.SparseCategoricalCrossentropy(), keras.losses.BinaryCrossentropy(), keras.losses.MeanSquaredError()
class Own(keras.losses.MeanSquaredError):
    def call(self, y_true, y_pred):
        return keras.ops.mean(keras.ops.convert_to_tensor(y_pred))
"""
CALLS = (
    "sparse([1, 2], P)", "sparse([1, 2], np.array(P))", "sparse(np.array([1, 2]), np.array(P))", "sparse(np.array([1, 2]), P)",
    "sparse([[1], [2]], P)", "binary([[0.0], [1.0]], [[0.5], [0.2]])", "binary([0.0, 1.0], [[0.5], [0.2]])",
    "binary(np.array([0.0, 1.0]), [0.5, 0.2])", "binary([0.0, 1.0], [0.5, 0.2])", "mean([0.0, 1.0], [0.5, 0.2, 0.5])",
    "mean([np.zeros(2), np.zeros(2)], [np.zeros(2), np.zeros(2)])", "mean([np.zeros(2), np.zeros(2)], np.zeros((2, 2)))",
    "mean(0.0, np.zeros((2, 2)))", "Own()([1.0, 2.0], np.array([1.0, 2.0]))", "keras.metrics.MeanSquaredError()([1.0, 2.0], np.array([1.0, 2.0]))",
)  # fmt: skip


def agree(lines: str) -> None:
    errors = [f.code for f in check_source(HEAD + lines) if f.severity.value == "error"]
    assert errors == (["API036"] if oracle.ask(HEAD + lines).raised else []), lines


@pytest.mark.keras
@pytest.mark.parametrize("call", CALLS)
def test_objects(call: str) -> None:
    agree(f"{call}\n")


@pytest.mark.keras
@pytest.mark.parametrize(
    "name",
    [
        n
        for n in (*LOSSES, *METRICS)
        if n not in ("mse", "mae", "mape", "msle", "kld", "logcosh", "kullback_leibler_divergence")
    ],
)
def test_functions(name: str) -> None:
    group = "losses" if name in LOSSES else "metrics"
    true = "[1, 2]" if name.startswith("sparse") else "[[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]"
    agree(f"keras.{group}.{name}({true}, P)\n")
