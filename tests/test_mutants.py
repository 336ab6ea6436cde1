"""Changed programs are judged by Keras and by lstmlint: a short, fixed run of `python -m tests.fuzz.judged`."""

from __future__ import annotations

import random

import pytest

from tests.fuzz import judged
from tests.fuzz.meaning import CHANGES, mutant


@pytest.mark.keras
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_claimed_that_keras_does_not_do(seed: int) -> None:
    for text in judged.mutants(25, seed, []):
        found = judged.disagreement(text)
        assert found is None or found[0] == "missed", f"{found}\n{text}"


@pytest.mark.keras
def test_a_false_claim_and_a_missed_error_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
import keras
import numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile("sgd", "mse")
model.fit(np.zeros((4, 3)), np.zeros((4, 2)), epochs=1, verbose=0)
"""
    assert judged.disagreement(text) is None
    missed = judged.disagreement(text + "np.zeros(3).reshape(undefined)\n")
    assert missed is not None
    assert missed[0] == "missed"
    monkeypatch.setattr("lstmlint.keras.training.counts.no_whole_number", lambda value: "a float")
    false = judged.disagreement(text)
    assert false is not None
    assert false[0] == "false"


def test_every_change_can_be_made() -> None:
    made = set()
    text = """
import keras
import numpy as np
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(4, return_sequences=False), keras.layers.Dense(1, activation="relu")])
model.compile(optimizer="adam", loss="mse")
model.fit(np.zeros((8, 10, 3)), np.zeros((8, 1)), verbose=0)
"""
    for seed in range(400):
        chance = random.Random(seed)
        changed = mutant(text, chance)
        made |= {changed} if changed is not None else set()
    assert len(made) > 10 * len(CHANGES)
