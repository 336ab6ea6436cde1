"""Normalising layers beside batch and layer normalisation: they keep the shape and scale along one axis."""

from __future__ import annotations

from ...shapes import Shape
from ...values import ListValue, Weight
from ..spec import Outcome, Use, layer


@layer("keras.layers.GroupNormalization")
def group_normalization(use: Use) -> Outcome:
    x = use.tensor
    axis = use.value("axis", -1)
    if not isinstance(axis, int):
        return Outcome(x, weights_unknown="its axis is not known")
    size = Shape.of(x.shape.get(axis))
    known = use.flag("scale") is not None and use.flag("center") is not None
    weights = [*use.when("scale", Weight("gamma", size)), *use.when("center", Weight("beta", size))]
    return Outcome(x, weights, weights_unknown=None if known else "its arguments are not known")


@layer("keras.layers.RMSNormalization")
def rms_normalization(use: Use) -> Outcome:
    x = use.tensor
    axis = use.value("axis", -1)
    axes = axis.items if isinstance(axis, ListValue) else list(axis) if isinstance(axis, tuple) else [axis]
    if not all(isinstance(a, int) for a in axes):
        return Outcome(x, weights_unknown="its axes are not known", mask="destroy")
    return Outcome(x, [Weight("scale", Shape.from_sizes(x.shape.get(a) for a in axes))], mask="destroy")
