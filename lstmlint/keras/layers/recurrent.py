"""Recurrent layers: LSTM, GRU, SimpleRNN, and the wrappers Bidirectional and TimeDistributed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...dims import Role
from ...faults import Moment, Refusal
from ...shapes import Shape
from ...values import InputSpec, LayerObject, Unknown, Value, Weight
from ..spec import Outcome, TensorSpec, Use, layer
from .core import positive


def _recurrent(use: Use, gates: int, states: int) -> Outcome:
    x = use.tensor
    units = use.size("units").with_role(Role.UNIT)
    batch, time, features = x.shape.get(0), x.shape.get(1).with_role(Role.TIME), x.shape.get(2)
    sequences, return_state = use.flag("return_sequences"), use.flag("return_state")
    if features.is_none:
        use.refuse(
            "undefined-axis",
            "a number of features",
            str(x.shape),
            "The number of features must be defined.",
            shape=x.shape,
        )
    if use.flag("stateful") and batch.is_none:
        use.refuse(
            "stateful-batch", "a fixed batch size", str(x.shape), "If a RNN is stateful, it needs to know its batch size.", shape=x.shape,
            blamed=("stateful",),
        )  # fmt: skip
    output = TensorSpec(Shape(None))
    if sequences is not None:
        output = TensorSpec(Shape.of(batch, time, units) if sequences else Shape.of(batch, units))
    bias = Shape.of(units * gates)
    if gates == 3 and use.flag("reset_after") is not False:
        bias = Shape.of(2, units * gates)
    weights = [
        Weight("kernel", Shape.of(features, units * gates)), Weight("recurrent_kernel", Shape.of(units, units * gates)),
        *use.when("use_bias", Weight("bias", bias)),
    ]  # fmt: skip
    mask: Any = "keep" if sequences else "consume"
    result: Any = output
    if return_state is None:
        result = TensorSpec(Shape(None))
    elif return_state:
        state = TensorSpec(Shape.of(batch, units))
        result = (output, *[state] * states)
        mask = (bool(sequences) and x.masked, *[False] * states)
    certain = use.flag("use_bias") is not None and (gates != 3 or use.flag("reset_after") is not None)
    return Outcome(result, weights, InputSpec(ndim=3), mask, None if certain else "its arguments are not known")


@layer("keras.layers.LSTM", ndim=3, constructor=positive("units"))
def lstm(use: Use) -> Outcome:
    return _recurrent(use, 4, 2)


@layer("keras.layers.GRU", ndim=3, constructor=positive("units"))
def gru(use: Use) -> Outcome:
    return _recurrent(use, 3, 1)


@layer("keras.layers.SimpleRNN", ndim=3, constructor=positive("units"))
def simple_rnn(use: Use) -> Outcome:
    return _recurrent(use, 1, 1)


def _copy(inner: LayerObject, prefix: str) -> LayerObject:
    copy = LayerObject(inner.type_name, inner.user_class, inner.arguments, dict(inner.attributes), inner.place)
    copy.name, copy.trainable, copy.opaque = f"{prefix}{inner.name}", inner.trainable, inner.opaque
    return copy


def _inner(use: Use, name: str = "layer") -> LayerObject | None:
    found: Value = use.value(name)
    return found if isinstance(found, LayerObject) else None


def _directions(use: Use) -> None:
    """Without a layer of its own for the way back, what is wrapped must run forwards."""
    inner = _inner(use)
    if inner is None or inner.user_class is not None or inner.arguments is None or inner.opaque is not None:
        return
    if use.value("backward_layer") is None and inner.arguments.get("go_backwards") is True:
        use.refuse(
            "bidirectional-backwards", "a layer with go_backwards=False", "go_backwards=True",
            "Forward layer and backward layer should have different `go_backwards` value. Received: "
            "forward_layer.go_backwards True, backward_layer.go_backwards=True",
            moment=Moment.CONSTRUCT, blamed=("layer", inner.arguments.place("go_backwards")), argument="layer", inner=inner,
        )  # fmt: skip


@layer("keras.layers.Bidirectional", ndim=3, constructor=_directions)
def bidirectional(use: Use) -> Outcome:
    from ..calling import run_layer

    inner = _inner(use)
    merge, backward = use.value("merge_mode", "concat"), use.value("backward_layer")
    if inner is None or isinstance(merge, Unknown) or isinstance(backward, Unknown):
        return Outcome(TensorSpec(Shape(None)), weights_unknown="what it wraps is not known", mask="lose")
    if not use.layer.sublayers:
        second = backward if isinstance(backward, LayerObject) else inner
        use.layer.sublayers = [_copy(inner, "forward_"), _copy(second, "backward_")]
    ahead, back = (run_layer(one, replace(use, layer=one, kwargs={})) for one in use.layer.sublayers)
    left = ahead.output if isinstance(ahead.output, tuple) else (ahead.output,)
    right = back.output if isinstance(back.output, tuple) else (back.output,)
    states = [*left[1:], *right[1:]]
    if merge is None:
        outputs: list[TensorSpec] = [left[0], right[0]]
    elif merge == "concat":
        outputs = [left[0].with_shape(left[0].shape.replace(-1, left[0].shape.get(-1) + right[0].shape.get(-1)))]
    else:
        outputs = [left[0]]
    result = (*outputs, *states)
    goes_on = ahead.mask[0] if isinstance(ahead.mask, tuple) else ahead.mask == "keep"
    kept = use.tensor.masked and goes_on
    mask = tuple([kept] * len(outputs) + [False] * len(states))
    if len(result) == 1:
        return Outcome(result[0], spec=InputSpec(ndim=3), mask=ahead.mask if isinstance(ahead.mask, str) else mask)
    return Outcome(result, spec=InputSpec(ndim=3), mask=mask)


@layer("keras.layers.TimeDistributed", min_ndim=3)
def time_distributed(use: Use) -> Outcome:
    from ..calling import run_layer

    inner = _inner(use)
    x = use.tensor
    if inner is None:
        return Outcome(TensorSpec(Shape(None)), weights_unknown="what it wraps is not known", mask="lose")
    use.layer.sublayers = [inner]
    if x.shape.dims is None:
        return Outcome(TensorSpec(Shape(None)), weights_unknown="its input's shape is not known")
    one = x.with_shape(Shape((x.shape.dims[0], *x.shape.dims[2:])))
    try:
        outcome = run_layer(inner, replace(use, layer=inner, inputs=one, kwargs={}))
    except Refusal as refusal:
        # on symbolic input Keras only asks for the inner layer's output shape, which checks no input spec
        if refusal.fault.kind not in ("rank", "axis-size") or refusal.fault.subject is not inner:
            raise
        return Outcome(TensorSpec(Shape(None)), weights_unknown="the layer that it wraps doesn't take such an input")
    if isinstance(outcome.output, tuple) or outcome.output.shape.dims is None:
        return Outcome(TensorSpec(Shape(None)))
    made = outcome.output.shape
    return Outcome(outcome.output.with_shape(made.insert(1, x.shape.dims[1])))
