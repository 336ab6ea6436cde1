"""Layers that put several tensors together, attention among them."""

from __future__ import annotations

from ...dims import ANY, Dim, same
from ...shapes import Shape, broadcast_dims
from ...values import Unknown, Weight
from ..spec import Outcome, TensorSpec, Use, layer


def _several(use: Use) -> list[TensorSpec] | None:
    found = use.tensors
    return None if any(t.shape.dims is None for t in found) or not found else found


def _batch(sizes: list[Dim]) -> Dim:
    """The batch size that a merge states: the one that is fixed."""
    if any(size.is_unknown for size in sizes):
        return ANY
    fixed = [size for size in sizes if size.exact is not None]
    return fixed[0] if fixed and all(same(fixed[0], size) for size in fixed) else sizes[0] if not fixed else ANY


@layer(
    "keras.layers.Add", "keras.layers.Subtract", "keras.layers.Multiply", "keras.layers.Average", "keras.layers.Maximum",
    "keras.layers.Minimum",
)  # fmt: skip
def merge(use: Use) -> Outcome:
    found = _several(use)
    if found is None:
        return Outcome(TensorSpec(Shape(None)), mask="lose")
    shape = found[0].shape
    for other in found[1:]:
        short, long = sorted((shape, other.shape), key=len)
        gap = len(long) - len(short)
        dims = [_batch([long[0], short[0]]), *long.slice(1, 1 + gap)] if short.dims else []
        for a, b in zip(long.slice(1 + gap), short.slice(1)):
            # Keras takes an axis that isn't fixed in one input as not fixed in the result
            one = (
                ANY
                if a.is_unknown or b.is_unknown
                else Dim(None, a.role)
                if a.is_none or b.is_none
                else broadcast_dims(a, b)
            )
            if one is None:
                use.refuse(
                    "merge", "inputs of shapes that go together", f"{shape} and {other.shape}",
                    f"Inputs have incompatible shapes. Received shapes {shape.slice(1)} and {other.shape.slice(1)}",
                    shapes=tuple(t.shape for t in found),
                )  # fmt: skip
            dims.append(one)
        shape = Shape(tuple(dims))
    return Outcome(found[0].with_shape(shape), mask=all(t.masked for t in found))


@layer("keras.layers.Concatenate")
def concatenate(use: Use) -> Outcome:
    found = _several(use)
    axis = use.value("axis", -1)
    if found is None or not isinstance(axis, int):
        return Outcome(TensorSpec(Shape(None)), mask="lose")
    rank = len(found[0].shape)
    shapes = " and ".join(str(t.shape) for t in found)
    if any(len(t.shape) != rank for t in found):
        use.refuse(
            "merge",
            "inputs of the same rank",
            shapes,
            f"A `Concatenate` layer requires inputs with matching shapes. Received: {shapes}",
        )
    if not -rank <= axis < rank:
        return Outcome(TensorSpec(Shape(None)), mask="lose")
    at = axis % rank
    dims: list[Dim] = []
    for i in range(rank):
        column = [t.shape[i] for t in found]
        if i == at:
            total = column[0]
            for dim in column[1:]:
                total = total + dim
            if any(dim.is_unknown for dim in column):
                total = ANY
            dims.append(Dim(total.size, column[0].role))
            continue
        if any(same(a, b) is False for n, a in enumerate(column) for b in column[:n]):
            use.refuse(
                "merge", f"inputs with the same size in every axis but {axis}", shapes,
                f"A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: {shapes}",
                shapes=tuple(t.shape for t in found), axis=axis,
            )  # fmt: skip
        dims.append(column[0])
    return Outcome(found[0].with_shape(Shape(tuple(dims))), mask=any(t.masked for t in found))


@layer("keras.layers.Attention", "keras.layers.AdditiveAttention")
def attention(use: Use) -> Outcome:
    found = _several(use)
    if found is None or len(found) < 2 or use.kwargs.get("return_attention_scores"):
        return Outcome(TensorSpec(Shape(None)), weights_unknown="it is used in a way that is not known", mask="lose")
    query, value = found[0].shape, found[1].shape
    weights = []
    if use.layer.class_name == "AdditiveAttention":
        weights = [*use.when("use_scale", Weight("scale", Shape.of(query[-1])))]
    elif use.value("score_mode", "dot") == "concat":
        weights = [
            *([Weight("scale", Shape(()))] if use.flag("use_scale") else []),
            Weight("concat_score_weight", Shape(())),
        ]
    elif use.flag("use_scale"):
        weights = [Weight("scale", Shape(()))]
    return Outcome(found[0].with_shape(query.replace(-1, value[-1])), weights)


@layer("keras.layers.MultiHeadAttention")
def multi_head_attention(use: Use) -> Outcome:
    query = use.tensor
    value, key = use.kwargs.get("value"), use.kwargs.get("key")
    if not isinstance(value, TensorSpec) or query.shape.dims is None or value.shape.dims is None:
        return Outcome(TensorSpec(Shape(None)), weights_unknown="it is used in a way that is not known", mask="lose")
    source = key if isinstance(key, TensorSpec) else value
    heads, size = use.size("num_heads"), use.size("key_dim")
    width = size if use.value("value_dim") is None else use.size("value_dim")
    shape_given = use.value("output_shape")
    out = query.shape[-1] if shape_given is None else use.size("output_shape") if isinstance(shape_given, int) else ANY
    if isinstance(shape_given, tuple) and len(shape_given) == 1 and isinstance(shape_given[0], int):
        out = Dim(shape_given[0])
    weights: list[Weight] = []
    for name, features, last in (
        ("query", query.shape[-1], size),
        ("key", source.shape.get(-1), size),
        ("value", value.shape[-1], width),
    ):
        weights.append(Weight(f"{name}/kernel", Shape.of(features, heads, last)))
        weights += list(use.when("use_bias", Weight(f"{name}/bias", Shape.of(heads, last))))
    weights.append(Weight("attention_output/kernel", Shape.of(heads, width, out)))
    weights += list(use.when("use_bias", Weight("attention_output/bias", Shape.of(out))))
    made = query.with_shape(query.shape.replace(-1, out))
    scores = use.kwargs.get("return_attention_scores")
    known = (
        not isinstance(scores, Unknown)
        and not isinstance(use.value("use_gate", False), Unknown)
        and not use.value("use_gate", False)
    )
    unknown = None if known else "its arguments are not known"
    if scores:
        return Outcome((made, TensorSpec(Shape(None))), weights, mask=(query.masked, False), weights_unknown=unknown)
    return Outcome(made, weights, weights_unknown=unknown)
