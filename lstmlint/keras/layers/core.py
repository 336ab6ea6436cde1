"""Layers that work on the last axis, on no axis at all, or only change the shape."""

from __future__ import annotations

from ...dims import ANY, Dim, Role, product, same
from ...faults import Moment
from ...shapes import Shape
from ...values import Array, InputSpec, ListValue, Unknown, Weight, is_int, to_dim
from ..spec import Outcome, TensorSpec, Use, layer


def positive(*names: str):  # type: ignore[no-untyped-def]
    """A constructor check: these arguments must be whole numbers above zero."""

    def check(use: Use) -> None:
        for name in names:
            value = use.value(name)
            if isinstance(value, Array) and _numpy_number(value) and use.engine.keras_major >= 3:
                use.refuse(
                    "not-a-positive-integer", f"a positive integer for `{name}`", "a number of NumPy",
                    f"Received an invalid value for `{name}`, expected a positive integer. Received: {name}=... (of type int64)",
                    moment=Moment.CONSTRUCT, blamed=(name,), argument=name, value=value,
                )  # fmt: skip
            if isinstance(value, bool) or not isinstance(value, (int, float, str, tuple)):
                continue
            if not isinstance(value, int) or value <= 0:
                use.refuse(
                    "not-a-positive-integer", f"a positive integer for `{name}`", repr(value),
                    f"Received an invalid value for `{name}`, expected a positive integer. Received: {name}={value}",
                    moment=Moment.CONSTRUCT, blamed=(name,), argument=name, value=value,
                )  # fmt: skip

    return check


def _numpy_number(value: Array) -> bool:
    """A scalar that NumPy calculated: Keras 3 takes Python's own integers only."""
    made = value.made.by if value.made is not None else ""
    return (
        value.shape.rank == 0
        and value.dtype in ("int", "float")
        and made.startswith("numpy.")
        and value.type_name == "numpy.ndarray"
    )


@layer("keras.layers.Dense", min_ndim=2, constructor=positive("units"))
def dense(use: Use) -> Outcome:
    x = use.tensor
    units = use.size("units").with_role(Role.UNIT)
    features = x.shape.get(-1)
    if features.is_none:
        use.refuse(
            "undefined-axis",
            "a last axis of known size",
            str(x.shape),
            "The last dimension of the inputs must be defined.",
        )
    weights = [Weight("kernel", Shape.of(features, units)), *use.when("use_bias", Weight("bias", Shape.of(units)))]
    return Outcome(
        x.with_shape(x.shape.replace(-1, units)), weights, InputSpec(min_ndim=2, axes={-1: features}), "keep",
        None if use.flag("use_bias") is not None and use.value("lora_rank") is None else "its arguments are not known",
    )  # fmt: skip


@layer("keras.layers.Embedding", constructor=positive("input_dim", "output_dim"))
def embedding(use: Use) -> Outcome:
    x = use.tensor
    width = use.size("output_dim").with_role(Role.FEATURE)
    masked = use.flag("mask_zero")
    return Outcome(
        TensorSpec(x.shape.extend(width), "float32"), [Weight("embeddings", Shape.of(use.size("input_dim"), width))],
        mask="make" if masked else "lose",
    )  # fmt: skip


def _same(use: Use) -> Outcome:
    return Outcome(use.inputs if not isinstance(use.inputs, tuple) else use.tensor)


layer(
    "keras.layers.Dropout", "keras.layers.GaussianDropout", "keras.layers.GaussianNoise", "keras.layers.AlphaDropout",
    "keras.layers.Activation", "keras.layers.ReLU", "keras.layers.LeakyReLU", "keras.layers.ELU", "keras.layers.Softmax",
    "keras.layers.ThresholdedReLU", "keras.layers.Identity", "keras.layers.ActivityRegularization", "keras.layers.Rescaling",
    "keras.layers.UnitNormalization",
)(_same)  # fmt: skip
layer("keras.layers.SpatialDropout1D", ndim=3)(_same)
layer("keras.layers.SpatialDropout2D", ndim=4)(_same)
layer("keras.layers.SpatialDropout3D", ndim=5)(_same)


@layer("keras.layers.Masking")
def masking(use: Use) -> Outcome:
    return Outcome(use.tensor, mask="make")


def _fixed(use: Use, weight: Shape) -> Shape:
    """The shape of a weight, every axis of which Keras must know."""
    if any(dim.is_none for dim in weight):
        use.refuse(
            "undefined-axis", "axes of known size", str(use.tensor.shape),
            f"Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: shape={weight}",
            shape=use.tensor.shape,
        )  # fmt: skip
    return weight


@layer("keras.layers.BatchNormalization")
def batch_normalization(use: Use) -> Outcome:
    x = use.tensor
    axis = use.value("axis", -1)
    if not isinstance(axis, int):
        return Outcome(x, weights_unknown="its axis is not known")
    size = _fixed(use, Shape.of(x.shape.get(axis)))
    weights = [*use.when("scale", Weight("gamma", size)), *use.when("center", Weight("beta", size))]
    weights += [Weight("moving_mean", size, False), Weight("moving_variance", size, False)]
    return Outcome(x, weights, InputSpec(ndim=x.shape.rank, axes={axis: x.shape.get(axis)}))


@layer("keras.layers.LayerNormalization")
def layer_normalization(use: Use) -> Outcome:
    x = use.tensor
    axis = use.value("axis", -1)
    axes = axis.items if isinstance(axis, ListValue) else list(axis) if isinstance(axis, tuple) else [axis]
    if not all(isinstance(a, int) for a in axes):
        return Outcome(x, weights_unknown="its axes are not known")
    size = Shape.from_sizes(x.shape.get(a) for a in axes)
    if use.flag("scale") or use.flag("center"):  # without either there is no weight that needs a size
        size = _fixed(use, size)
    weights = [*use.when("scale", Weight("gamma", size)), *use.when("center", Weight("beta", size))]
    return Outcome(x, weights)


@layer("keras.layers.Flatten", min_ndim=1)
def flatten(use: Use) -> Outcome:
    x = use.tensor
    if x.shape.dims is None:
        return Outcome(x.with_shape(Shape.of(None, ANY)), mask="destroy")
    rest = x.shape.dims[1:]
    return Outcome(x.with_shape(Shape.of(x.shape.dims[0], product(rest) if rest else 1)), mask="destroy")


@layer("keras.layers.Reshape")
def reshape(use: Use) -> Outcome:
    x = use.tensor
    target = use.value("target_shape")
    if isinstance(target, Unknown):
        return Outcome(x.with_shape(Shape(None)), mask="destroy")
    items = target.items if isinstance(target, ListValue) else list(target) if isinstance(target, tuple) else [target]
    dims = [to_dim(v) if v is None or is_int(v) else ANY for v in items]
    total = product(x.shape.dims[1:]) if x.shape.dims is not None else ANY
    free = [i for i, d in enumerate(dims) if d.known == -1]
    fixed = product(d for d in dims if d.known != -1)
    if len(free) == 1:
        if total.exact is not None and fixed.exact is not None and fixed.known != 0:
            if total.known is not None and fixed.known is not None and total.known % fixed.known:
                _refuse_reshape(use, x, dims)
            dims[free[0]] = total // fixed
        else:
            dims[free[0]] = Dim(None) if total.is_none and fixed.exact is not None else ANY
    elif not free and same(total, fixed) is False:
        _refuse_reshape(use, x, dims)
    return Outcome(x.with_shape(Shape((x.shape.get(0) if x.shape.dims else Dim(None), *dims))), mask="destroy")


def _refuse_reshape(use: Use, x: TensorSpec, dims: list[Dim]) -> None:
    use.refuse(
        "reshape", f"as many elements as {x.shape} has per sample", str(Shape(tuple(dims))),
        f"The total size of the tensor must be unchanged. Received: input_shape={x.shape}, target_shape={Shape(tuple(dims))}",
        blamed=("target_shape",), shape=x.shape, target=Shape(tuple(dims)),
    )  # fmt: skip


@layer("keras.layers.Permute")
def permute(use: Use) -> Outcome:
    x = use.tensor
    order = use.value("dims")
    items = order.items if isinstance(order, ListValue) else order
    if x.shape.dims is None or not isinstance(items, (tuple, list)) or not all(isinstance(i, int) for i in items):
        return Outcome(x.with_shape(Shape(None)), mask="destroy")
    if len(items) + 1 != len(x.shape.dims):
        use.refuse(
            "rank",
            f"{len(items) + 1} axes",
            str(x.shape),
            f"expected ndim={len(items) + 1}, found ndim={len(x.shape)}",
            shape=x.shape,
        )
    return Outcome(x.with_shape(Shape((x.shape.dims[0], *(x.shape.get(i) for i in items)))), mask="destroy")


@layer("keras.layers.RepeatVector", ndim=2, constructor=positive("n"))
def repeat_vector(use: Use) -> Outcome:
    x = use.tensor
    return Outcome(
        x.with_shape(Shape.of(x.shape.get(0), use.size("n").with_role(Role.TIME), x.shape.get(-1))), mask="lose"
    )


@layer("keras.layers.PReLU")
def prelu(use: Use) -> Outcome:
    x = use.tensor
    shared = use.value("shared_axes")
    dims = list(x.shape.slice(1))
    if isinstance(shared, ListValue):
        shared = tuple(shared.items)
    if isinstance(shared, int):
        shared = (shared,)
    if isinstance(shared, tuple):
        dims = [Dim(1) if i + 1 in shared else d for i, d in enumerate(dims)]
    return Outcome(x, [Weight("alpha", _fixed(use, Shape(tuple(dims))) if x.shape.dims is not None else Shape(None))])


@layer("keras.layers.Lambda")
def lambda_layer(use: Use) -> Outcome:
    from ..subclass import follow_function

    stated = use.value("output_shape")
    items = stated.items if isinstance(stated, ListValue) else stated
    if isinstance(items, (tuple, list)) and all(v is None or is_int(v) for v in items):
        return Outcome(
            use.tensor.with_shape(Shape.of(use.tensor.shape.get(0), *(to_dim(v) for v in items))), mask="destroy"
        )
    found = follow_function(use.value("function"), use)
    return Outcome(found, mask="destroy")
