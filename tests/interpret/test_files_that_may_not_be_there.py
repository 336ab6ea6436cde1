"""What is tried and reads a file may fail: the handler is a way of its own, and nothing is claimed of what it leaves empty."""

from __future__ import annotations

import json

import pytest

from lstmlint.runner import check_source, follow_bytes
from lstmlint.summary import as_json

BEGINNING = """
import keras, numpy as np
from keras import Input, Sequential
from keras.layers import LSTM, Dense
"""
MADE = "Sequential([Input((5, 3)), LSTM(6), Dense(1)])"


def _models(program: str) -> list[int]:
    followed = follow_bytes((BEGINNING + program.replace("MADE", MADE)).encode(), "model.py")
    return [m["total_params"] for m in json.loads(as_json([("model.py", followed)]))["files"][0]["models"]]


def _codes(program: str) -> list[str]:
    return [finding.code for finding in check_source(BEGINNING + program.replace("MADE", MADE))]


@pytest.mark.parametrize(
    "exceptions", ["", " OSError", " (OSError, ValueError)", " ValueError as error", " FileNotFoundError", " Exception"]
)
def test_a_model_that_is_made_where_none_can_be_loaded_is_seen(exceptions: str) -> None:
    program = f"try:\n    model = keras.models.load_model('m.keras')\nexcept{exceptions}:\n    model = MADE\nmodel.summary()\n"
    assert _models(program) == [4 * 6 * (6 + 3 + 1) + 7]


@pytest.mark.parametrize(
    "program",
    [
        "try:\n    model = keras.models.load_model('m.keras')\nexcept KeyError:\n    model = MADE\n",
        "try:\n    model = keras.models.load_model('m.keras')\nexcept OSError:\n    model = MADE\n    raise\n",
    ],
)
def test_a_handler_that_is_not_for_that_is_not_seen(program: str) -> None:
    assert _models(program) == []


def test_what_was_saved_before_is_there() -> None:
    program = "m = MADE\nm.save('m.keras')\ntry:\n    model = keras.models.load_model('m.keras')\nexcept OSError:\n    model = Sequential([Input((5, 3)), Dense(-1)])\n"
    assert _codes(program) == []


def test_a_mistake_in_the_handler_is_told_with_its_condition() -> None:
    program = "try:\n    model = keras.models.load_model('m.keras')\nexcept OSError:\n    model = Sequential([Input((5, 3)), LSTM(4), LSTM(4)])\n"
    (finding,) = check_source(BEGINNING + program)
    assert finding.code == "RNN002"
    assert [related.message for related in finding.related if "fails" in related.message] == [
        "it happens when this fails"
    ]


@pytest.mark.parametrize(
    "program",
    [
        "model = None\ntry:\n    model = keras.models.load_model('m.keras')\nexcept OSError:\n    known = False\nx = Sequential([Input((3,)), model])\n",
        "try:\n    model = keras.models.load_model('m.keras')\nexcept OSError:\n    model = None\n    print(1)\nx = Sequential([Input((3,)), model])\n",
        "layers = []\ntry:\n    model = keras.models.load_model('m.keras')\n    layers.append(model)\nexcept OSError:\n    layers = []\nSequential([Input((3,)), *layers]).summary()\n",
    ],
)
def test_nothing_is_claimed_of_what_is_left_empty(program: str) -> None:
    assert _codes(program) == []


def test_weights_that_are_not_there_lead_to_training() -> None:
    program = "model = MADE\ntry:\n    model.load_weights('m.weights.h5')\nexcept OSError:\n    model.fit(np.zeros((4, 5, 7)), np.zeros((4, 1)))\n"
    assert len(_codes(program)) == 1
