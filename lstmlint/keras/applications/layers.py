"""The layers that only `keras.applications` has: they scale what passes through them."""

from __future__ import annotations

from ...shapes import Shape
from ...values import Weight
from ..spec import Outcome, Use, layer


@layer("keras.applications.LayerScale")
def layer_scale(use: Use) -> Outcome:
    return Outcome(use.tensor, [Weight("gamma", Shape.of(use.size("projection_dim")))], mask="lose")


@layer("keras.applications.CustomScaleLayer")
def custom_scale_layer(use: Use) -> Outcome:
    return Outcome(use.tensor, mask="lose")
