"""Layers that keep the shape: activations, dropout and noise, identity, masking."""

from __future__ import annotations

from ...dims import Dim
from ...shapes import Shape
from ...values import InputSpec, Weight, is_int
from ..spec import ConstructorCheck, Outcome, Use, layer
from .arguments import checks, fraction, layout, listed, not_below_zero
from .windows import undefined


def _same(use: Use) -> Outcome:
    """As many outputs as inputs: a list goes through."""
    return Outcome(use.inputs if use.engine.keras_major >= 3 else use.tensor)


def _kept(*names: str, ndim: int | None = None, constructor: ConstructorCheck | None = None) -> None:
    layer(*(f"keras.layers.{name}" for name in names), ndim=ndim, constructor=constructor)(_same)


def _slope(use: Use) -> None:
    """The older name of the slope, `alpha`, has the last word where both are given."""
    if "alpha" not in use.config.extra:
        not_below_zero("negative_slope", none=False)(use)


_kept("Activation", "ELU", "Softmax", "ThresholdedReLU", "ActivityRegularization", "Rescaling")
_kept(
    "ReLU",
    constructor=checks(
        not_below_zero("max_value", none=True), not_below_zero("negative_slope", "threshold", none=False)
    ),
)
_kept("LeakyReLU", constructor=_slope)
_kept("Dropout", "GaussianDropout", "AlphaDropout", constructor=fraction("rate"))
_kept("GaussianNoise", constructor=fraction("stddev"))
_kept("SpatialDropout1D", ndim=3, constructor=fraction("rate"))
_kept("SpatialDropout2D", ndim=4, constructor=checks(fraction("rate"), layout))
_kept("SpatialDropout3D", ndim=5, constructor=checks(fraction("rate"), layout))


@layer("keras.layers.Identity")
def identity(use: Use) -> Outcome:
    return Outcome(use.inputs if use.engine.keras_major >= 3 else use.tensor, dtype="floats")


@layer("keras.layers.Masking")
def masking(use: Use) -> Outcome:
    return Outcome(use.tensor, mask="make")


@layer("keras.layers.PReLU")
def prelu(use: Use) -> Outcome:
    x = use.tensor
    if x.shape.dims is None:
        return Outcome(x, [Weight("alpha", Shape(None))])
    given = use.value("shared_axes")
    shared = [] if given is None else listed(given)
    if shared is None or not all(is_int(a) for a in shared):
        return Outcome(x, weights_unknown="the axes that share are not known")
    dims = list(x.shape.dims[1:])
    for axis in shared:
        if not -len(dims) < axis <= len(dims):
            use.refuse(
                "axis", f"axes from 1 to {len(dims)}", str(axis), "list assignment index out of range", exception="IndexError",
                blamed=("shared_axes",), shape=x.shape,
            )  # fmt: skip
        dims[axis - 1] = Dim(1)
    weight = Shape(tuple(dims))
    if any(d.is_none for d in weight):
        undefined(
            use,
            x,
            "axes of known size",
            f"Shapes used to initialize variables must be fully-defined. Received: shape={weight}",
        )
    axes = {i: d for i, d in enumerate(x.shape.dims) if shared and i and i not in shared}
    return Outcome(x, [Weight("alpha", weight)], InputSpec(ndim=x.shape.rank, axes=axes))
