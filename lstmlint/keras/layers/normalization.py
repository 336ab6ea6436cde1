"""Normalising layers: they keep the shape and scale along one axis or several."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...shapes import Shape
from ...values import InputSpec, LayerObject, ListValue, Value, Weight, is_known
from ..spec import Outcome, TensorSpec, Use, layer
from .arguments import listed, number, refuse, shown
from .windows import undefined


def _at(use: Use, axis: int) -> Dim:
    """The size of an axis that Keras looks up; refuses one that isn't there."""
    shape = use.tensor.shape
    if shape.dims is None:
        return ANY
    if not -len(shape.dims) <= axis < len(shape.dims):
        use.refuse(
            "axis", f"an axis of {shape}", str(axis), f"Axis {axis} is out of bounds for input shape {shape}.", blamed=("axis",), shape=shape,
        )  # fmt: skip
    return shape.dims[axis]


def _rows(use: Use) -> list[int] | None:
    """The axes as a row; None when they aren't all known."""
    value = use.value("axis", -1)
    row = listed(value)
    return row if row is not None and all(isinstance(a, int) for a in row) else None


def _fixed(use: Use, weight: Shape) -> Shape:
    """The shape of a weight, every axis of which Keras must know."""
    if any(dim.is_none for dim in weight):
        undefined(
            use, use.tensor, "axes of known size",
            f"Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: shape={weight}",
        )  # fmt: skip
    return weight


def _flags(use: Use) -> str | None:
    known = use.flag("scale") is not None and use.flag("center") is not None
    return None if known else "its arguments are not known"


def _whole_axis(use: Use) -> None:
    value = use.value("axis")
    if value is None or isinstance(value, (tuple, ListValue)):
        refuse(
            use,
            "axis",
            "one integer",
            f"int() argument must be a string or a real number, not {shown(value)}",
            exception="TypeError",
        )


@layer("keras.layers.BatchNormalization", constructor=_whole_axis)
def batch_normalization(use: Use) -> Outcome:
    x, axis = use.tensor, use.value("axis", -1)
    if not isinstance(axis, int):
        return Outcome(x, weights_unknown="its axis is not known")
    size = _fixed(use, Shape.of(_at(use, axis)))
    weights = [*use.when("scale", Weight("gamma", size)), *use.when("center", Weight("beta", size))]
    weights += [Weight("moving_mean", size, False), Weight("moving_variance", size, False)]
    renorm = use.flag("renorm") if use.config.argument("renorm") is not None else False
    if renorm:
        weights += [Weight(n, size, False) for n in ("moving_stddev", "renorm_mean", "renorm_stddev")]
    unknown = _flags(use) if renorm is not None else "its arguments are not known"
    return Outcome(x, weights, InputSpec(ndim=x.shape.rank, axes={axis: size[0]}), weights_unknown=unknown)


def _axis_or_axes(use: Use) -> None:
    value = use.value("axis")
    if value is None or isinstance(value, (float, str)):
        refuse(
            use,
            "axis",
            "an integer or a list of them",
            f"Expected an int or a list/tuple of ints for `axis`. Received: {shown(value)}",
            exception="TypeError",
        )


@layer("keras.layers.LayerNormalization", constructor=_axis_or_axes)
def layer_normalization(use: Use) -> Outcome:
    x, axes = use.tensor, _rows(use)
    if axes is None:
        return Outcome(x, weights_unknown="its axes are not known")
    size = Shape(tuple(_at(use, a) for a in sorted(axes)))
    if use.flag("scale") or use.flag("center"):  # without either there is no weight that needs a size
        size = _fixed(use, size)
    weights = [*use.when("scale", Weight("gamma", size)), *use.when("center", Weight("beta", size))]
    return Outcome(x, weights, weights_unknown=_flags(use))


@layer("keras.layers.RMSNormalization")
def rms_normalization(use: Use) -> Outcome:
    x, axes = use.tensor, _rows(use)
    if axes is None:
        return Outcome(x, weights_unknown="its axes are not known", mask="destroy")
    size = _fixed(use, Shape(tuple(_at(use, a) for a in sorted(axes))))
    return Outcome(x, [Weight("scale", size)], mask="destroy")


@layer("keras.layers.UnitNormalization", constructor=_axis_or_axes)
def unit_normalization(use: Use) -> Outcome:
    for axis in _rows(use) or []:
        _at(use, axis)
    return Outcome(use.tensor)


def _groups(use: Use) -> None:
    value = use.value("groups")
    if is_known(value) and (not isinstance(value, int) or (value <= 0 and value != -1)):
        refuse(
            use, "groups", "a positive integer, or -1", f"Received an invalid value for argument `groups`. Received: groups={shown(value)}",
            "argument",
        )  # fmt: skip


@layer("keras.layers.GroupNormalization", constructor=_groups)
def group_normalization(use: Use) -> Outcome:
    x, axis, groups = use.tensor, use.value("axis", -1), number(use.value("groups"))
    if not isinstance(axis, int):
        return Outcome(x, weights_unknown="its axis is not known")
    size = _fixed(use, Shape.of(_at(use, axis)))
    channels = size[0].known
    if groups is not None and groups != -1 and channels is not None and (channels < groups or channels % groups):
        use.refuse(
            "groups", f"a number of channels that {groups} groups divide", str(channels),
            f"Number of groups ({groups}) must be a divisor of the number of channels ({channels}).", blamed=("groups",), shape=x.shape,
        )  # fmt: skip
    weights = [*use.when("scale", Weight("gamma", size)), *use.when("center", Weight("beta", size))]
    return Outcome(x, weights, InputSpec(ndim=x.shape.rank, axes={axis: size[0]}), weights_unknown=_flags(use))


def _wrapped(use: Use) -> None:
    value = use.value("layer")
    if isinstance(value, (int, float, str, tuple)) or value is None:
        refuse(use, "layer", "a layer", f"Layer {shown(value)} supplied to Wrapper isn't a supported layer type.")
    power = number(use.value("power_iterations", 1))
    if power is not None and power <= 0:
        refuse(
            use,
            "power_iterations",
            "more than 0",
            f"`power_iterations` should be greater than zero. Received: `power_iterations={power}`",
        )


@layer("keras.layers.SpectralNormalization", constructor=_wrapped)
def spectral_normalization(use: Use) -> Outcome:
    """Beside the weights of the layer that it wraps it has one vector, as long as the last axis of that layer's kernel."""
    from .wrapping import built_inside

    inner: Value = use.value("layer")
    unknown = Outcome(TensorSpec(Shape(None)), weights_unknown="what it wraps is not known", mask="destroy")
    if not isinstance(inner, LayerObject):
        return unknown
    use.layer.sublayers = [inner]
    outcome = built_inside(inner, use, use.inputs)
    if (
        outcome is None
        or isinstance(outcome.output, tuple)
        or inner.opaque
        or inner.user_class is not None
        or inner.weights_unknown
    ):
        return unknown
    kernel = next((w for w in inner.weights if w.name in ("kernel", "embeddings")), None)
    if kernel is None or inner.class_name in ("LSTM", "GRU", "SimpleRNN"):  # their kernels belong to their cells
        use.refuse(
            "no-kernel", "a layer with a kernel", inner.class_name, f"{inner.class_name} object has no attribute 'kernel' nor 'embeddings'",
            blamed=("layer",),
        )  # fmt: skip
    vector = Weight("vector_u", Shape.of(1, kernel.shape.get(-1)), False)
    axes = {-1: use.tensor.shape.get(-1)}
    return Outcome(outcome.output, [vector], InputSpec(min_ndim=1, axes=axes), "destroy")
