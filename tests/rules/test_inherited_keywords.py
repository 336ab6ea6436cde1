"""Keywords that a layer hands on to its base class are no unknown arguments: Keras takes them, and so does the rule."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source

from .. import oracle

CALLS = [
    'Resizing(8, 8, bounding_box_format="xyxy")',
    "RandomCrop(8, 8, data_format=None)",
    'RandomFlip(bounding_box_format="xyxy")',
    'CenterCrop(8, 8, bounding_box_format="xyxy")',
    "Conv1D(4, 3, lora_rank=2)",
    "Conv2D(4, 3, lora_rank=2, lora_alpha=4)",
    "ConvLSTM2D(4, 3, unroll=True)",
    "AdditiveAttention(seed=1)",
    "LSTM(4, zero_output_for_mask=True)",
]


@pytest.mark.parametrize("call", CALLS)
def test_no_unknown_argument(call: str) -> None:
    assert [f.code for f in check_source(f"import keras\nlayer = keras.layers.{call}\n")] == []


@pytest.mark.keras
@pytest.mark.parametrize("call", CALLS)
def test_keras_takes_it(call: str) -> None:
    answer = oracle.ask(f"import keras\nlayer = keras.layers.{call}\n")
    assert answer.raised is None, answer.message
