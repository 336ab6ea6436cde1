"""Layers around other layers: Bidirectional, TimeDistributed, Wrapper, Pipeline, Lambda."""

from __future__ import annotations

from dataclasses import replace

from ...faults import Moment, Refusal
from ...shapes import Shape
from ...values import (
    Arguments,
    Array,
    DictValue,
    LayerObject,
    ListValue,
    ModelObject,
    Unknown,
    Value,
    is_int,
    is_known,
    to_dim,
)
from ..custom_objects import refuse_to_copy
from ..spec import Outcome, TensorSpec, Use, find_layer, layer
from ..tensors import is_unknown, to_specs
from .arguments import items, one_of, refuse, shown
from .images import FACTORS

UNKNOWN = TensorSpec(Shape(None))
IMAGES = {*FACTORS, "Resizing", "CenterCrop", "RandomCrop"}
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")


def _copy(inner: LayerObject, prefix: str) -> LayerObject:
    """A layer of the same configuration; cells in it are copied as well."""
    arguments = inner.arguments
    if arguments is not None and "cell" in arguments:
        found = {name: argument for name in arguments if (argument := arguments.argument(name)) is not None}
        found["cell"] = replace(found["cell"], value=_copied(found["cell"].value))
        arguments = Arguments(found, arguments.extra, arguments.var_args, arguments.open)
    copy = LayerObject(inner.type_name, inner.user_class, arguments, dict(inner.attributes), inner.place)
    copy.name, copy.trainable, copy.opaque = f"{prefix}{inner.name}", inner.trainable, inner.opaque
    return copy


def _copied(value: Value) -> Value:
    if (
        isinstance(value, LayerObject)
        and value.type_name == "keras.layers.StackedRNNCells"
        and value.arguments is not None
    ):
        value = value.arguments.get("cells")
    row = items(value)
    if row is not None:
        return ListValue([_copied(v) for v in row])
    return _copy(value, "") if isinstance(value, LayerObject) else value


def _inner(use: Use, name: str = "layer") -> LayerObject | None:
    found: Value = use.value(name)
    return found if isinstance(found, LayerObject) else None


def built_inside(inner: LayerObject, use: Use, inputs: object) -> Outcome | None:
    """What a layer gives to another one that calls its `build` and `compute_output_shape`, or with data its `call`; None when that isn't known."""
    from ..calling import run_past_spec
    from ..functional import PAST_SPEC, is_eager

    asked = {"~eager": is_eager(use), PAST_SPEC: True}
    return run_past_spec(inner, replace(use, layer=inner, inputs=inputs, kwargs=asked, unchecked=False))


def a_layer(use: Use) -> None:
    """What is wrapped must be a layer."""
    value = use.value("layer")
    if value is None or isinstance(value, (ListValue, Array)) or (is_known(value) and not isinstance(value, Unknown)):
        refuse(
            use,
            "layer",
            "a layer",
            f"Please initialize `{use.layer.class_name}` with a `keras.layers.Layer` instance. Received: {shown(value)}",
        )
    external = getattr(value, "name", "")
    if not isinstance(value, LayerObject) and isinstance(external, str) and external.startswith("keras.layers."):
        refuse(
            use,
            "layer",
            "a layer",
            f"Please initialize `{use.layer.class_name}` with a `keras.layers.Layer` instance. Received: the class {external}",
        )


def _directions(use: Use) -> None:
    """What is wrapped must be recurrent, and the two ways must differ in their direction and in nothing else that shapes the output."""
    one_of("merge_mode", "sum", "mul", "ave", "concat", None)(use)
    a_layer(use)
    inner, back = _inner(use), _inner(use, "backward_layer")
    if inner is not None:
        refuse_to_copy(use, inner)
    if inner is None or inner.user_class is not None or inner.arguments is None or inner.opaque is not None:
        return
    if inner.class_name not in RECURRENT:
        if find_layer(inner.type_name) is not None and not isinstance(inner, ModelObject):
            refuse(
                use,
                "layer",
                "a recurrent layer",
                f"'{inner.class_name}' object has no attribute 'go_backwards'",
                exception="AttributeError",
            )
        return
    forwards = inner.arguments.get("go_backwards")
    if use.value("backward_layer") is None:
        if forwards is True:
            _same_direction(use, inner, True)
        return
    if (
        back is None
        or back.user_class is not None
        or back.arguments is None
        or back.opaque is not None
        or back.class_name not in RECURRENT
    ):
        return
    backwards = back.arguments.get("go_backwards")
    if isinstance(forwards, bool) and isinstance(backwards, bool) and forwards == backwards:
        _same_direction(use, inner, forwards)
    for name in ("stateful", "return_sequences", "return_state"):
        one, other = inner.arguments.get(name), back.arguments.get(name)
        if isinstance(one, bool) and isinstance(other, bool) and one != other:
            refuse(
                use, "backward_layer", f"{name}={one}",
                f'Forward layer and backward layer are expected to have the same value for attribute "{name}", got "{one}" for forward layer '
                f'and "{other}" for backward layer',
            )  # fmt: skip


def _same_direction(use: Use, inner: LayerObject, flag: bool) -> None:
    assert inner.arguments is not None
    use.refuse(
        "bidirectional-backwards", "a layer with go_backwards=False", f"go_backwards={flag}",
        "Forward layer and backward layer should have different `go_backwards` value. Received: "
        f"forward_layer.go_backwards {flag}, backward_layer.go_backwards={flag}",
        moment=Moment.CONSTRUCT, blamed=("layer", inner.arguments.place("go_backwards")), argument="layer", inner=inner,
    )  # fmt: skip


@layer("keras.layers.Bidirectional", constructor=_directions)
def bidirectional(use: Use) -> Outcome:
    """Keras works the output's shape out from the forward layer alone."""
    from ..calling import check_input_spec, run_layer

    inner = _inner(use)
    merge, backward = use.value("merge_mode", "concat"), use.value("backward_layer")
    if inner is None or isinstance(merge, Unknown) or isinstance(backward, Unknown):
        return Outcome(UNKNOWN, weights_unknown="what it wraps is not known", mask="lose")
    if inner.user_class is not None or inner.opaque is not None or inner.class_name not in RECURRENT:
        return Outcome(UNKNOWN, weights_unknown=inner.opaque or "what it wraps is not known", mask="lose")
    knowledge = find_layer(inner.type_name)
    if knowledge is not None and not use.unchecked:
        check_input_spec(use.layer, knowledge.spec, use)
    if not use.layer.sublayers:
        second = backward if isinstance(backward, LayerObject) else _copy(inner, "backward_")
        use.layer.sublayers = [_copy(inner, "forward_"), second]
    ahead, _ = (run_layer(one, replace(use, layer=one, kwargs={}, unchecked=True)) for one in use.layer.sublayers)
    left = ahead.output if isinstance(ahead.output, tuple) else (ahead.output,)
    if left[0].shape.dims is None:
        return Outcome(UNKNOWN, mask="lose")
    states = [*left[1:], *left[1:]]
    outputs = [left[0]]
    if merge is None:
        outputs = [left[0], left[0]]
    elif merge == "concat":
        outputs = [left[0].with_shape(left[0].shape.replace(-1, left[0].shape.get(-1) * 2))]
    goes_on = ahead.mask[0] if isinstance(ahead.mask, tuple) else ahead.mask == "keep"
    kept = use.tensor.masked and goes_on
    if len(outputs) + len(states) == 1:
        return Outcome(
            outputs[0],
            spec=knowledge.spec if knowledge else None,
            mask=ahead.mask if isinstance(ahead.mask, str) else kept,
        )
    return Outcome(
        (*outputs, *states), spec=knowledge.spec if knowledge else None, mask=tuple([kept] * len(outputs) + [False] * len(states)),
    )  # fmt: skip


@layer("keras.layers.TimeDistributed", min_ndim=3, constructor=a_layer)
def time_distributed(use: Use) -> Outcome:
    inner, x = _inner(use), use.tensor
    if inner is None:
        return Outcome(UNKNOWN, weights_unknown="what it wraps is not known", mask="lose")
    use.layer.sublayers = [inner]
    if x.shape.dims is None:
        return Outcome(UNKNOWN, weights_unknown="its input's shape is not known")
    try:
        outcome = built_inside(inner, use, x.with_shape(Shape((x.shape.dims[0], *x.shape.dims[2:]))))
    except Refusal as refusal:
        fault = refusal.fault
        raise Refusal(replace(fault, details={**fault.details, "around": use.layer}), refusal.exception) from None
    if outcome is None:
        return Outcome(UNKNOWN, weights_unknown="the layer that it wraps doesn't take such an input")
    if isinstance(outcome.output, tuple):
        use.refuse(
            "several-outputs", "a layer with one output", f"{len(outcome.output)} outputs", f"Cannot convert '{x.shape.dims[1]}' to a shape.",
            blamed=("layer",),
        )  # fmt: skip
    if outcome.output.shape.dims is None:
        return Outcome(UNKNOWN)
    return Outcome(outcome.output.with_shape(outcome.output.shape.insert(1, x.shape.dims[1])))


@layer("keras.layers.Wrapper", constructor=a_layer)
def wrapper(use: Use) -> Outcome:
    """The bare class has no `call`; what a user's subclass does in its own is not the library's to say."""
    inner = _inner(use)
    if inner is not None:
        use.layer.sublayers = [inner]
        built_inside(inner, use, use.inputs)
    if use.engine.find_method(use.layer, "call") is None:
        use.refuse(
            "no-call", "a class with a `call`", "Wrapper", "Layer Wrapper does not have a `call` method implemented.", exception="NotImplementedError",
        )  # fmt: skip
    return Outcome(UNKNOWN)


@layer("keras.layers.Pipeline")
def pipeline(use: Use) -> Outcome:
    """One layer after the other."""
    from ..calling import run_layer

    row = items(use.value("layers"))
    if row is None or not all(isinstance(one, LayerObject) for one in row):
        return Outcome(UNKNOWN, mask="destroy", weights_unknown="the layers in it are not known")
    use.layer.sublayers = list(row)
    given = use.inputs
    for one in row:
        flat = given if isinstance(given, TensorSpec) else None
        if one.class_name in IMAGES and (flat is None or flat.shape.rank not in (3, 4)):
            return Outcome(
                UNKNOWN, mask="destroy", weights_unknown="an image layer in it gets something that is no image"
            )
        given = run_layer(one, replace(use, layer=one, inputs=given, kwargs={})).output
    return Outcome(given, mask="destroy", dtype="own")


@layer("keras.layers.Lambda")
def lambda_layer(use: Use) -> Outcome:
    """The function is followed, unless the output's shape is stated."""
    from ..subclass import follow_function

    stated, batch = use.value("output_shape"), use.tensor.shape.get(0)
    row = items(stated)
    mask = "destroy" if use.value("mask") is None else "lose"
    if row is not None and all(v is None or is_int(v) for v in row):
        return Outcome(use.tensor.with_shape(Shape.of(batch, *(to_dim(v) for v in row))), mask=mask)
    if stated is not None:
        return Outcome(UNKNOWN, mask=mask)
    given = use.value("arguments")
    kwargs = {str(k): v for k, v in given.entries.items()} if isinstance(given, DictValue) and not given.open else {}
    made = follow_function(use.value("function"), use, kwargs)
    return Outcome(UNKNOWN if is_unknown(made) else to_specs(made), mask=mask, like=made)
