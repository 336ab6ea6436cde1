"""Attention layers."""

from __future__ import annotations

from ...dims import ANY, Dim, same
from ...shapes import Shape
from ...values import Unknown, Value, Weight, is_int, to_dim
from ..spec import Outcome, TensorSpec, Use, layer
from ..tensors import tensors_in
from .arguments import checks, listed, number, one_of, positive, refuse, shown
from .windows import undefined

UNKNOWN = TensorSpec(Shape(None))


def _inputs(use: Use) -> list[TensorSpec] | None:
    """Query, value and perhaps key, which must come as a list."""
    if isinstance(use.kwargs.get("~values"), tuple) or (
        isinstance(use.inputs, TensorSpec) and not use.inputs.shape.is_unknown
    ):
        use.refuse(
            "attention-inputs", "a list [query, value] or [query, value, key]", str(use.tensor.shape),
            f"{use.layer.class_name} layer must be called on a list of inputs, namely [query, value] or [query, value, key].",
        )  # fmt: skip
    found = use.tensors
    if isinstance(use.inputs, tuple) and not 2 <= len(found) <= 3:
        use.refuse(
            "attention-inputs", "2 or 3 inputs", f"{len(found)}",
            f"{use.layer.class_name} layer accepts inputs list of length 2 or 3. Received length: {len(found)}.",
        )  # fmt: skip
    return None if len(found) < 2 or any(t.shape.dims is None for t in found) else found


@layer("keras.layers.Attention", constructor=one_of("score_mode", "dot", "concat"))
def attention(use: Use) -> Outcome:
    scaled, mode = use.flag("use_scale"), use.value("score_mode", "dot")
    weights = [*use.when("use_scale", Weight("scale", Shape(())))]
    if mode == "concat":
        weights.append(Weight("concat_score_weight", Shape(())))
    known = scaled is not None and not isinstance(mode, Unknown)
    return _attention(use, weights, known)


@layer("keras.layers.AdditiveAttention")
def additive_attention(use: Use) -> Outcome:
    scaled, width = use.flag("use_scale"), use.tensor.shape.get(-1)
    if scaled and width.is_none:
        _inputs(use)
        undefined(
            use,
            use.tensor,
            "a number of features",
            "Shapes used to initialize variables must be fully-defined (no `None` dimensions).",
        )
    return _attention(use, [*use.when("use_scale", Weight("scale", Shape.of(width)))], scaled is not None)


def _attention(use: Use, weights: list[Weight], known: bool) -> Outcome:
    found = _inputs(use)
    reason = None if known else "its arguments are not known"
    if found is None or any(not t.shape.dims for t in found):
        return Outcome(UNKNOWN, weights, mask="lose", weights_unknown=reason)
    query, value, key = found[0].shape, found[1].shape, found[-1].shape
    made = found[0].with_shape(query.replace(-1, value[-1]))
    scores = use.kwargs.get("return_attention_scores")
    if isinstance(scores, Unknown):
        return Outcome(UNKNOWN, weights, mask="lose", weights_unknown=reason)
    if scores:
        if len(key) < 2:
            use.refuse(
                "rank",
                "(batch, timesteps, features)",
                str(key),
                "tuple index out of range",
                exception="IndexError",
                shape=key,
            )
        steps = TensorSpec(Shape((*(query.dims or ())[:-1], key[-2])))
        return Outcome((made, steps), weights, mask=(found[0].masked, False), weights_unknown=reason)
    return Outcome(made, weights, mask=found[0].masked, weights_unknown=reason)


def _optional_positive(*names: str):  # type: ignore[no-untyped-def]
    def check(use: Use) -> None:
        for name in names:
            if use.config.get(name) is not None:
                positive(name)(use)

    return check


def _sequences(use: Use) -> tuple[TensorSpec, TensorSpec, TensorSpec] | None:
    """Query, value and key of a multi-head layer; None when one isn't known. Value and key must have the same steps."""
    value, key = use.kwargs.get("value"), use.kwargs.get("key")
    if value is None and not use.config.open:
        use.refuse(
            "attention-inputs",
            "value",
            "",
            "missing a required argument: 'value'",
            exception="TypeError",
            argument="value",
        )
    query = use.tensor
    source = value if key is None else key
    if not isinstance(value, TensorSpec) or not isinstance(source, TensorSpec):
        return None
    if any(t.shape.dims is None for t in (query, value, source)):
        return None
    return query, value, source


def _same_steps(use: Use, value: TensorSpec, key: TensorSpec) -> None:
    one, two = (t.shape.slice(1, -1) for t in (value, key))
    different = len(one) != len(two) or any(
        same(a, b) is False or (a.is_none != b.is_none and not (a.is_unknown or b.is_unknown)) for a, b in zip(one, two)
    )
    if different:
        use.refuse(
            "attention-inputs", f"a key with as many steps as the value {value.shape}", str(key.shape),
            f"All dimensions of `value` and `key`, except the last one, must be equal. Received: value_shape={value.shape} and key_shape={key.shape}",
            shapes=(value.shape, key.shape),
        )  # fmt: skip


def _projection(use: Use, name: str, shape: Shape, *sizes: Dim) -> list[Weight]:
    features = shape.get(-1)
    if features.is_none:
        undefined(
            use,
            use.tensor,
            "a number of features",
            "Shapes used to initialize variables must be fully-defined (no `None` dimensions).",
        )
    return [
        Weight(f"{name}/kernel", Shape.of(features, *sizes)),
        *use.when("use_bias", Weight(f"{name}/bias", Shape.of(*sizes))),
    ]


def _name_inner_layers(use: Use) -> None:
    """Keras makes a Softmax and a Dropout when it builds such a layer, and numbers them as all others."""
    if not use.layer.built:
        use.engine.name_for("softmax")
        use.engine.name_for("dropout")


def _result(use: Use, made: TensorSpec, scores: Shape, weights: list[Weight]) -> Outcome:
    asked, gate = use.kwargs.get("return_attention_scores"), use.value("use_gate", False)
    known = not isinstance(asked, Unknown) and not isinstance(gate, Unknown) and use.flag("use_bias") is not None
    unknown = None if known else "its arguments are not known"
    if isinstance(asked, Unknown):
        return Outcome(UNKNOWN, weights, mask="lose", weights_unknown=unknown)
    if asked:
        return Outcome((made, TensorSpec(scores)), weights, mask=(use.tensor.masked, False), weights_unknown=unknown)
    return Outcome(made, weights, weights_unknown=unknown)


def _output_row(use: Use) -> list[Value] | None:
    """The sizes that `output_shape` states; None when it isn't given."""
    value = use.config.get("output_shape")
    row = listed(value)
    return None if not value or not row else row


@layer(
    "keras.layers.MultiHeadAttention",
    constructor=checks(positive("num_heads", "key_dim"), _optional_positive("value_dim", "sliding_window")),
)
def multi_head_attention(use: Use) -> Outcome:
    found = _sequences(use)
    if found is None:
        return Outcome(UNKNOWN, weights_unknown="it is used in a way that is not known", mask="lose")
    query, value, key = found
    _name_inner_layers(use)
    _same_steps(use, value, key)
    heads, size = (
        Dim(int(v)) if isinstance(v := use.value(n), bool) else use.size(n) for n in ("num_heads", "key_dim")
    )
    width = size if use.value("value_dim") is None else use.size("value_dim")
    row = _output_row(use)
    out = [query.shape.get(-1)] if row is None else [to_dim(v) if is_int(v) else ANY for v in row]
    weights = _projection(use, "query", query.shape, heads, size) + _projection(use, "key", key.shape, heads, size)
    if use.value("use_gate", False) is True:
        weights += _projection(use, "gate", query.shape, heads, width)
    weights += _projection(use, "value", value.shape, heads, width)
    weights.append(Weight("attention_output/kernel", Shape.of(heads, width, *out)))
    weights += use.when("use_bias", Weight("attention_output/bias", Shape.of(*out)))
    made = query.with_shape(Shape((*(query.shape.dims or ())[:-1], *out)))
    steps = query.shape.get(1)
    return _result(use, made, Shape.of(query.shape.get(0), heads, steps, steps), weights)


def _heads(use: Use) -> None:
    queries, others = number(use.value("num_query_heads")), number(use.value("num_key_value_heads"))
    if queries is not None and others and queries % others:
        refuse(
            use, "num_query_heads", f"a multiple of num_key_value_heads={shown(others)}",
            "`num_query_heads` must be divisible by `num_key_value_heads`.",
        )  # fmt: skip
    _optional_positive("sliding_window")(use)


@layer("keras.layers.GroupQueryAttention", "keras.layers.GroupedQueryAttention", constructor=_heads)
def group_query_attention(use: Use) -> Outcome:
    found = _sequences(use)
    flat = next((t for t in found or () if len(t.shape) == 2), None)
    if flat is not None:
        use.refuse(
            "rank", "(batch, steps, features)", str(flat.shape), "tuple index out of range", exception="IndexError"
        )
    if found is None or any(len(t.shape) != 3 for t in found):
        return Outcome(UNKNOWN, weights_unknown="it is used in a way that is not known", mask="lose")
    query, value, key = found
    _name_inner_layers(use)
    size, heads, groups = (use.size(n) for n in ("head_dim", "num_query_heads", "num_key_value_heads"))
    weights = _projection(use, "query", query.shape, heads, size) + _projection(use, "key", key.shape, groups, size)
    if use.value("use_gate", False) is True:
        weights += _projection(use, "gate", query.shape, heads, size)
    weights += _projection(use, "value", value.shape, groups, size)
    features = query.shape[-1]
    weights.append(Weight("attention_output/kernel", Shape.of(heads, size, features)))
    weights += use.when("use_bias", Weight("attention_output/bias", Shape.of(features)))
    if same(features, value.shape[-1]) is False and tensors_in(use.kwargs.get("~values")):  # on data Keras doesn't look
        use.refuse(
            "attention-inputs", f"query and value with the same last axis, {features}", str(value.shape),
            f"The last dimension of `query_shape` and `value_shape` must be equal. Received: query_shape={query.shape}, value_shape={value.shape}",
            shapes=(query.shape, value.shape),
        )  # fmt: skip
    _same_steps(use, value, key)
    return _result(use, query, Shape.of(query.shape[0], heads, query.shape[1], key.shape[1]), weights)
