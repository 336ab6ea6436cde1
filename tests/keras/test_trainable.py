"""Which parameters are trained after a program froze some of its layers: exact where it shows which, unknown where it doesn't."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.counting import trainable_parameters
from lstmlint.source import Source
from lstmlint.syntax import parse

HEAD = """
import sys
import keras
n = int(sys.argv[1])
model = keras.Sequential([keras.Input((4,)), *[keras.layers.Dense(3) for _ in range(4)]])
"""
FREEZES = (
    "for layer in model.layers[:2]: layer.trainable = False",
    "for layer in model.layers[:-1]: layer.trainable = False",
    "for layer in model.layers[2:]: layer.trainable = False",
    "for layer in model.layers[: len(model.layers) // 2]: layer.trainable = False",
    "[setattr(layer, 'trainable', False) for layer in model.layers[1:3]]",
    "for i in range(3): model.layers[i].trainable = False",
    "for i, layer in enumerate(model.layers): layer.trainable = i > 1",
    "model.trainable = False\nfor layer in model.layers[-2:]: layer.trainable = True",
    "for layer in model.layers[:-3]: layer.trainable = False\nmodel.layers[0].trainable = True",
    "layers = [keras.layers.Dense(3), *(keras.layers.ReLU() for _ in range(400)), keras.layers.Dense(3), keras.layers.Dense(3)]\n"
    "model = keras.Sequential([keras.Input((4,)), *layers])\n"
    "for i, layer in enumerate(layers):\n"
    "    frozen = i < 402\n"
    "    if frozen:\n"
    "        layer.trainable = False",
)


def trained(freeze: str) -> int | None:
    return trainable_parameters(follow(parse(Source("model.py", f"{HEAD}{freeze}\n"))).ways[0].names["model"]).known


@pytest.mark.keras
@pytest.mark.parametrize("freeze", FREEZES)
def test_a_known_part_of_the_layers_is_frozen_as_in_keras(freeze: str) -> None:
    import sys

    names: dict[str, object] = {}
    saved, sys.argv = sys.argv, ["model.py", "2"]
    try:
        exec(f"{HEAD}{freeze}\n", names)
    finally:
        sys.argv = saved
    assert trained(freeze) == sum(
        w.shape[0] * (w.shape[1] if len(w.shape) > 1 else 1) for w in names["model"].trainable_weights
    )  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "freeze",
    [
        "for layer in model.layers[:n]: layer.trainable = False",
        "for layer in model.layers[n:]: layer.trainable = False",
        "for i in range(n): model.layers[i].trainable = False",
        "model.layers[n].trainable = False",
        "for layer in model.layers[:n]: layer.trainable = False\nfor layer in model.layers[n:]: layer.trainable = True",
        "layers = [keras.layers.Dense(3), *(keras.layers.ReLU() for _ in range(400)), keras.layers.Dense(3)]\n"
        "model = keras.Sequential([keras.Input((4,)), *layers])\n"
        "for layer in layers:\n"
        "    for step in range(60): print(step)\n"
        "    layer.trainable = False",
    ],
)
def test_which_layers_are_frozen_is_not_known_where_it_can_not_be_followed(freeze: str) -> None:
    assert trained(freeze) is None


def test_setting_what_is_set_already_changes_nothing() -> None:
    assert trained("model.trainable = True\nfor layer in model.layers[:n]: layer.trainable = True") == 51
