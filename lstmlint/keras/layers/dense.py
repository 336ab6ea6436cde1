"""Layers that multiply with a matrix or look rows up in one: Dense, EinsumDense, Embedding."""

from __future__ import annotations

from typing import NoReturn

from ...dims import ANY, Dim, Role, same
from ...patterns import pattern
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import InputSpec, Unknown, Weight, is_int, to_dim
from ..inside import inside_call
from ..spec import Outcome, TensorSpec, Use, layer
from .arguments import listed, positive, refuse, shown
from .convolution import adapted
from .windows import undefined


def _sized(use: Use, name: str) -> Dim:
    value = use.value(name)
    return Dim(int(value)) if isinstance(value, bool) else use.size(name)


@layer("keras.layers.Dense", min_ndim=2, constructor=positive("units"))
def dense(use: Use) -> Outcome:
    x = use.tensor
    units = _sized(use, "units").with_role(Role.UNIT)
    features = x.shape.get(-1)
    if features.is_none:
        undefined(use, x, "a last axis of known size", "The last dimension of the inputs must be defined.")
    weights = [
        *adapted(use, "kernel", Shape.of(features, units)),
        *use.when("use_bias", Weight("bias", Shape.of(units))),
    ]
    known = use.flag("use_bias") is not None and not isinstance(use.value("lora_rank"), Unknown)
    return Outcome(
        x.with_shape(x.shape.replace(-1, units)), weights, InputSpec(min_ndim=2, axes={-1: features}), "keep",
        None if known else "its arguments are not known",
    )  # fmt: skip


def _whole_sizes(use: Use) -> None:
    for name in ("input_dim", "output_dim"):
        if isinstance(use.value(name), bool):
            refuse(
                use,
                name,
                f"a positive integer for `{name}`",
                f"`{name}` must be a positive integer. Received: {use.value(name)}",
                "not-a-positive-integer",
            )
    positive("input_dim", "output_dim")(use)


@layer("keras.layers.Embedding", constructor=_whole_sizes)
def embedding(use: Use) -> Outcome:
    x = use.tensor
    width = use.size("output_dim").with_role(Role.FEATURE)
    masked = use.flag("mask_zero")
    weights = adapted(use, "embeddings", Shape.of(use.size("input_dim"), width))
    return Outcome(TensorSpec(x.shape.extend(width), "float32"), weights, mask="make" if masked else "destroy")


@layer("keras.layers.ReversibleEmbedding", constructor=_whole_sizes)
def reversible_embedding(use: Use) -> Outcome:
    x, width, rows = use.tensor, use.size("output_dim").with_role(Role.FEATURE), use.size("input_dim")
    reverse, tied = use.kwargs.get("reverse", False), use.flag("tie_weights")
    weights = adapted(use, "embeddings", Shape.of(rows, width))
    weights += [] if tied is not False else [Weight("reverse_embeddings", Shape.of(width, rows))]
    unknown = "its arguments are not known" if tied is None else None
    if isinstance(reverse, Unknown):
        return Outcome(x.with_shape(UNKNOWN_SHAPE), weights, mask="lose", weights_unknown=unknown)
    if reverse and x.shape.rank == 0:
        return Outcome(x.with_shape(UNKNOWN_SHAPE), weights, mask="lose", weights_unknown=unknown)
    made = x.shape.replace(-1, rows) if reverse else x.shape.extend(width)
    # the mask of `mask_zero` is set inside `call`, which Keras does not run on symbolic inputs
    mask = "lose" if use.flag("mask_zero") else "destroy"
    return Outcome(x.with_shape(made), weights, mask=mask, weights_unknown=unknown)


FORMS = (
    (pattern(r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)"), False),
    (pattern(r"0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)"), True),
    (pattern(r"([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0"), False),
)
"""The equations that EinsumDense takes ("0" stands for "..."), and whether the axes left out are on the left."""


@layer("keras.layers.EinsumDense")
def einsum_dense(use: Use) -> Outcome:
    """Sizes of the output that aren't given come from the input; those of the kernel from either."""
    x, equation, given = use.tensor, use.value("equation"), use.value("output_shape")
    row = listed(given)
    bias_axes = use.value("bias_axes")
    if not isinstance(equation, str) or x.shape.dims is None or row is None or isinstance(bias_axes, Unknown):
        return Outcome(
            x.with_shape(UNKNOWN_SHAPE), weights_unknown="its equation or its sizes are not known", mask="destroy"
        )
    text = equation.replace("...", "0")
    found = next(((m, left) for pattern, left in FORMS if (m := pattern.match(text))), None)
    if found is None:
        _refuse_einsum(use, f"Invalid einsum equation '{equation}'.")
    match, left = found
    read, weight, write = match.groups()
    dims = list(x.shape.dims)
    made: list[Dim] = [to_dim(v) if v is None or is_int(v) else ANY for v in row]
    elided = len(dims) - len(read)
    made.insert(0, dims[0])
    if elided > 0 and left:
        made[1:1] = dims[elided - 1 : 0 : -1]  # Keras inserts them one before the other, and so turns them round
    elif elided > 0:
        made += dims[len(dims) - elided :]
    into = {c: i + (elided - len(dims) if left else 0) for i, c in enumerate(read)}
    out = {c: i + (elided if left else 0) for i, c in enumerate(write)}
    if any(not -len(dims) <= i < len(dims) for i in into.values()) or any(
        not -len(made) <= i < len(made) for i in out.values()
    ):
        _refuse_einsum(use, "list index out of range: the equation and the shapes have different numbers of axes.")
    for c in read:
        if c in out:
            wanted, got = made[out[c]], dims[into[c]]
            if not wanted.is_none and (same(wanted, got) is False or (got.is_none and not wanted.is_unknown)):
                _refuse_einsum(
                    use, f"Input shape and output shape do not match at shared dimension '{c}': {got} and {wanted}."
                )
    for c in write:
        if c not in read and c not in weight:
            _refuse_einsum(use, f"Dimension '{c}' was specified in the output '{write}' but has no corresponding dim.")
    kernel: list[Dim] = []
    for c in weight:
        if c not in out and c not in into:
            _refuse_einsum(
                use,
                f"Weight dimension '{c}' did not have a match in either the input spec '{read}' or the output spec '{write}'.",
            )
        kernel.append(made[out[c]] if c in out else dims[into[c]])
    weights = [Shape(tuple(kernel))]
    if bias_axes is not None:
        weights.append(Shape(tuple(_bias(use, str(bias_axes), write, made, elided, left))))
    for shape in weights:
        if any(d.is_none for d in shape):
            undefined(
                use,
                x,
                "axes of known size",
                f"Shapes used to initialize variables must be fully-defined. Received: shape={shape}",
            )
    made_weights = [*adapted(use, "kernel", weights[0]), *(Weight("bias", s) for s in weights[1:])]
    if inside_call():  # the equation is calculated, and what the configuration leaves open is as the input has it
        for c in read:
            if c in out and made[out[c]].is_none:
                made[out[c]] = dims[into[c]]
    return Outcome(x.with_shape(Shape(tuple(made))), made_weights, InputSpec(ndim=len(dims)), "destroy")


def _bias(use: Use, bias_axes: str, write: str, made: list[Dim], elided: int, left: bool) -> list[Dim]:
    if not bias_axes or any(c not in write for c in bias_axes):
        _refuse_einsum(use, f"Bias dimension '{bias_axes}' was requested, but is not part of the output spec '{write}'")
    first = min(write.find(c) for c in bias_axes)
    sizes = {c: made[i + (elided if left else 0)] for i, c in enumerate(write)}
    row = [sizes[c] if c in bias_axes else Dim(1) for c in write[first:]]
    return row if left else row + [Dim(1)] * max(elided, 0)


def _refuse_einsum(use: Use, message: str) -> NoReturn:
    use.refuse(
        "einsum", "an equation that fits the shapes", shown(use.value("equation")), message, blamed=("equation",), shape=use.tensor.shape,
    )  # fmt: skip
