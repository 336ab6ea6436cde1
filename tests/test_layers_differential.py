"""What we say of a layer's output and parameters, and whether it raises, compared with the installed Keras."""

from __future__ import annotations

import itertools
import json
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest

from lstmlint.runner import follow_bytes
from lstmlint.summary import as_json
from tests import oracle

CASES = int(os.environ.get("LSTMLINT_CASES", "200"))


def _grid(name: str, shapes: list[str], *options: list[str]) -> Iterator[tuple[str, str]]:
    for shape, *chosen in itertools.product(shapes, *options):
        yield shape, f"{name}({', '.join(c for c in chosen if c)})"


IMAGES = ["(8, 8, 3)", "(9, 7, 4)", "(None, None, 3)", "(6, 5)", "(2, 2, 3)"]
SERIES = ["(10, 4)", "(None, 5)", "(7,)", "(3, 6)", "(4, 4, 3)"]
CLIPS = ["(5, 8, 8, 3)", "(None, 6, 7, 2)", "(8, 8, 3)", "(4, 3, 9, 9)"]
SCALES = [["", "scale=False", "center=False", "scale=False, center=False"], ["", "axis=1"]]
WINDOW = [["padding='same'", ""], ["", "strides=2"], ["", "data_format='channels_first'"]]


def cases() -> list[tuple[str, str]]:
    """Every generated pair of an input shape and a layer, in an order that is the same in every run."""
    found: list[tuple[str, str]] = []
    for rank, shapes in ((1, SERIES), (2, IMAGES), (3, CLIPS)):
        for name in ("MaxPool", "AvgPool", "MaxPooling", "AveragePooling"):
            found += _grid(f"{name}{rank}D", shapes, ["", "3"], *WINDOW)
        for name in ("GlobalMaxPool", "GlobalAvgPool"):
            found += _grid(f"{name}{rank}D", shapes, ["", "keepdims=True"], ["", "data_format='channels_first'"])
        for name in ("Convolution", "Conv"):
            found += _grid(f"{name}{rank}D", shapes, ["6, 3", "4, 1", "0, 3"], *WINDOW, ["", "use_bias=False"])
        found += _grid(f"UpSampling{rank}D", shapes, ["", "3"])
        found += _grid(f"ZeroPadding{rank}D", shapes, ["", "2"])
        found += _grid(f"Cropping{rank}D", shapes, ["", "2"])
    for name in ("ConvLSTM1D", "ConvLSTM2D"):
        found += _grid(
            name, ["(5, 8, 3)", "(5, 8, 8, 3)", "(None, 9, 7, 2)", "(4, 2, 2, 1)"], ["6, 3", "4, 1"],
            ["", "padding='same'"], ["", "return_sequences=True"], ["", "use_bias=False"], ["", "strides=2"],
        )  # fmt: skip
    found += _grid(
        "GroupNormalization", ["(8, 8, 32)", "(10, 4)", "(6,)", "(64,)"], ["", "groups=2", "groups=-1"], *SCALES
    )
    found += _grid("RMSNormalization", [*SERIES, *IMAGES], ["", "axis=1", "axis=[1, 2]"])
    for kind in ("Brightness", "Contrast", "Rotation", "Zoom"):
        found += _grid(f"Random{kind}", IMAGES, ["0.2"])
    found += _grid("RandomTranslation", IMAGES, ["0.1, 0.2"])
    found += _grid("RandomFlip", IMAGES, ["", "'horizontal'"])
    found += _grid("Resizing", IMAGES, ["4, 5"], ["", "data_format='channels_first'"])
    found += _grid("CenterCrop", IMAGES, ["2, 2", "4, 5"], ["", "data_format='channels_first'"])
    for name in ("LSTM", "GRU", "SimpleRNN"):
        found += _grid(name, SERIES, ["8", "0"], ["", "return_sequences=True"], ["", "use_bias=False"])
    found += _grid("Dense", SERIES, ["8", "0", "2.5"], ["", "use_bias=False"])
    random.Random(7).shuffle(found)
    return found


def program(shape: str, layer: str) -> str:
    return (
        "import keras\n"
        f"x = keras.Input({shape})\n"
        f"y = keras.layers.{layer}(x)\n"
        "model = keras.Model(x, y)\n"
    )  # fmt: skip


def _differs(ours: Any, theirs: Any) -> bool:
    """Lists of sizes or shapes, and counts; what we don't know ("?", a symbol, None for a count) contradicts nothing."""
    if isinstance(ours, str):
        return False
    if isinstance(ours, list):
        return len(ours) != len(theirs) or any(_differs(a, b) for a, b in zip(ours, theirs))
    return bool(ours != theirs)


def disagreement(shape: str, layer: str) -> str | None:
    """What Keras and we say differently; None when we agree or don't know."""
    text = program(shape, layer)
    answer = oracle.ask(text)
    ours = follow_bytes(text.encode(), "model.py")
    refused = [f for f in ours.faults if f.raises]
    if bool(refused) != bool(answer.raised):
        if not refused:
            return f"Keras refuses and we do not: {answer.message[:150]}"
        return f"we refuse and Keras does not: {refused[0].message}"
    if refused:
        return None
    model, theirs = json.loads(as_json([("model.py", ours)]))["files"][0]["models"][0], answer.models["model"]
    if _differs(model["output_shapes"], theirs["output_shapes"]):
        return f"shape: ours {model['output_shapes']}, Keras {theirs['output_shapes']}"
    for key in ("total_params", "trainable_params"):
        if model[key] is not None and model[key] != theirs[key]:
            return f"{key}: ours {model[key]}, Keras {theirs[key]}"
    return None


@pytest.mark.keras
def test_no_layer_contradicts_keras() -> None:
    wrong = [f"{s} {c}: {d}" for s, c in cases()[:CASES] if (d := disagreement(s, c))]
    assert not wrong, "\n".join(wrong)
