"""`keras.Sequential`: a stack that is built as soon as its input is known, layer by layer."""

from __future__ import annotations

from dataclasses import replace

from ..dims import Dim, same
from ..faults import Fault, Moment, Refusal
from ..knowledge import Call, Engine, bind, function, method, parse_signature
from ..places import Place
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import (
    Array,
    External,
    FunctionValue,
    LayerObject,
    ListValue,
    ModelObject,
    Nothing,
    Tensor,
    Unknown,
    Value,
    is_int,
)
from .calling import apply_layer, check_given, refuse_nothing
from .graph import BUILT_ANEW, INPUT_LAYER
from .inputs import INPUT_LAYER_CLASS, make_input_layer, standardize
from .naming import automatic_name, take_name
from .objects import COMMON
from .subclass import required_by_call
from .tensors import OF_DATA, leaves, tensors_in


@function("keras.Sequential")
def construct_sequential(call: Call) -> Value:
    """`keras.Sequential(layers=None, trainable=True, name=None)`."""
    model = ModelObject("keras.Sequential", place=call.place, kind="Sequential")
    initialise_sequential(call, model)
    return model


@method("keras.Sequential.__init__")
def initialise_subclass(call: Call) -> Value:
    """`super().__init__(...)` of a user's Sequential subclass."""
    if isinstance(call.receiver, ModelObject):
        call.receiver.kind = "Sequential"
        initialise_sequential(call, call.receiver)
    return None


def initialise_sequential(call: Call, model: ModelObject) -> None:
    """Name the model and add its layers. A list of layers is built once, at its end."""
    signature = "layers=None, trainable=True, name=None" if call.engine.keras_major >= 3 else "layers=None, name=None"
    arguments = bind(call, parse_signature(signature))
    model.arguments = arguments
    take_name(call, model, arguments, model.class_name)
    if arguments.get("trainable", True) is False:
        model.trainable = False
    layers = arguments.get("layers")
    call.engine.record.models.append(model)
    try:
        _fill(call, model, layers)
    except Refusal:
        if model in call.engine.record.models and not isinstance(layers, Tensor):
            call.engine.record.models.remove(model)
        raise


def _fill(call: Call, model: ModelObject, layers: Value) -> None:
    if layers is None:
        return
    if isinstance(layers, Unknown) or call.open:
        model.incomplete = (
            f"its layers are not known: {layers.reason}" if isinstance(layers, Unknown) else "its layers are not known"
        )
        return
    items = call.engine.iterate(layers, call.place)
    if items is None or (isinstance(layers, ListValue) and layers.open):
        model.incomplete = "its list of layers can't be seen into"
        return
    for item in items:
        add(call, model, item, None, rebuild=False)
    rebuild(call.engine, model, call.place)


@method("keras.Sequential.add")
def add_layer(call: Call) -> Value:
    """`model.add(layer)`."""
    arguments = bind(call, parse_signature("layer, rebuild=True"))
    if isinstance(call.receiver, ModelObject):
        add(call, call.receiver, arguments["layer"], arguments.place("layer"), rebuild=True)
    return None


def add(call: Call, model: ModelObject, layer: Value, place: Place | None, *, rebuild: bool) -> None:
    """Put a layer on top, and with `rebuild` build on from where the model stands."""
    engine = call.engine
    if isinstance(layer, Tensor) and isinstance(layer.facts.get(INPUT_LAYER), LayerObject):
        layer = layer.facts[INPUT_LAYER]
    if isinstance(layer, Unknown) or model.incomplete:
        reason = layer.reason if isinstance(layer, Unknown) else model.incomplete
        model.incomplete = model.incomplete or f"a layer in it is not known: {reason}"
        if isinstance(layer, LayerObject):
            model.layers.append(layer)
        model.forget()
        return
    if not isinstance(layer, LayerObject):
        if isinstance(layer, (Tensor, Array, External, FunctionValue, str, int, float, type(None), tuple, ListValue)):
            got = layer.name if isinstance(layer, (External, FunctionValue)) else type(layer).__name__
            if not isinstance(layer, External) or layer.name.startswith("keras.layers."):
                call.refuse(
                    "not-a-layer", "a layer", got, f"Only instances of `keras.Layer` can be added to a Sequential model. Received: {got}",
                    moment=Moment.ADD, blamed=(place,), subject=model, value=layer,
                )  # fmt: skip
        model.incomplete = "something was added to it that is not known to be a layer"
        model.forget()
        return
    if not model.layers and _input_layer(model) is None:
        hint = layer.state.get("input_shape_hint") or _own_hint(engine, layer)
        if hint is not None:
            name, value, hint_place = hint
            shape = _hinted_shape(call, name, value, hint_place)
            model.state["input_layer"] = make_input_layer(engine, shape, layer.place, dtype=_hint_dtype(layer))
    if layer.type_name == INPUT_LAYER_CLASS and _input_layer(model) is not None and layer is not _input_layer(model):
        call.refuse(
            "second-input", "one Input", "another Input", f"Sequential model '{model.name}' has already been configured to use an input shape.",
            moment=Moment.ADD, blamed=(place,), subject=model,
        )  # fmt: skip
    named = _others_named(model, layer)
    if named and not layer.state.get("name_unknown") and layer.name not in ("", "?"):
        call.refuse(
            "duplicate-layer-name", "unique layer names", layer.name,
            f"All layers added to a Sequential model should have unique names. Name '{layer.name}' is already the name of a layer in this model.",
            moment=Moment.ADD, blamed=(place, layer.place, named[0].place), subject=model, name=layer.name,
        )  # fmt: skip
    if layer.type_name == INPUT_LAYER_CLASS and not model.layers:
        model.state["input_layer"] = layer
        return
    model.layers.append(layer)
    if rebuild:
        _extend(engine, model, call.place)
    else:
        model.forget()


def _others_named(model: ModelObject, layer: LayerObject) -> list[LayerObject]:
    """The other layers of the model that have this layer's name. Only where there may be one are all of them looked at."""
    covered, names = model.state.get("names", (0, set()))
    if covered > len(model.layers):  # some were taken off
        covered, names = 0, set()
    names.update(other.name for other in model.layers[covered:] if not other.state.get("name_unknown"))
    model.state["names"] = (len(model.layers), names)
    return [o for o in model.layers if o.name == layer.name and o is not layer] if layer.name in names else []


def _own_hint(engine: Engine, layer: LayerObject) -> tuple[str, Value, Place | None] | None:
    """The input shape that an Embedding of Keras 2 gives itself: rows of `input_length` ids, or of any number."""
    if engine.keras_major >= 3 or layer.type_name != "keras.layers.Embedding" or layer.arguments is None:
        return None
    length = layer.arguments.get("input_length")
    shape: Value = (length,) if length is None or is_int(length) else Unknown("`input_length` is not one number")
    return "input_shape", shape, layer.arguments.place("input_length")


def _hint_dtype(layer: LayerObject) -> str | None:
    return "float32"


def _hinted_shape(call: Call, name: str, value: Value, place: Place | None) -> Shape:
    if isinstance(value, Unknown):
        return UNKNOWN_SHAPE
    if name == "batch_input_shape":
        return standardize(call, value, place, name)
    if name == "input_dim":
        value = (value,)
    return standardize(call, value, place, name).insert(0, None)


def _input_layer(model: ModelObject) -> LayerObject | None:
    found = model.state.get("input_layer")
    return found if isinstance(found, LayerObject) else None


def rebuild(engine: Engine, model: ModelObject, place: Place) -> None:
    """Keras's `_maybe_rebuild`: build when the input is known and there is a layer on it."""
    model.forget()
    if model.incomplete or not model.layers:
        return
    source = _input_layer(model)
    if source is None:
        first = model.layers[0]
        if isinstance(first, ModelObject) and len(model.layers) > 1:
            shape = single_input_shape(first)
            if shape is not None:
                build(engine, model, shape, place, Moment.ADD)
        return
    build(engine, model, source.state["tensor"].shape, place, Moment.ADD)


def refuse_empty(engine: Engine, model: ModelObject, place: Place, moment: Moment) -> None:
    """Keras 3 can't run a Sequential that nothing was put into."""
    known = model.incomplete is None and model.opaque is None and not model.approximate and model.user_class is None
    if model.kind != "Sequential" or model.layers or not known or engine.keras_major < 3:
        return
    if _input_layer(model) is None and model.inputs is None:
        raise Refusal(
            Fault(
                "no-layers", moment, place, model, "a layer", "none", (model.place,) if model.place is not None else (),
                f"Sequential model {model.name} cannot be built because it has no layers. Call `model.add(layer)`.",
            )
        )  # fmt: skip


def single_input_shape(model: ModelObject) -> Shape | None:
    """The input shape of a built model with one input tensor."""
    value = model.inputs
    if isinstance(value, ListValue) and len(value.items) == 1:
        value = value.items[0]
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    return value.shape if isinstance(value, Tensor) else None


def _extend(engine: Engine, model: ModelObject, place: Place) -> None:
    """After one more layer: the rest of the stack has the shapes that it had, only the new layer has to be applied.

    Keras 3 applies all of them again, so that what the layer below made before is not what the new layer is given.
    """
    if model.inputs is None or len(model.layers) < 2 or model.outputs is None:
        if model.state.get("refused"):
            return
        rebuild(engine, model, place)
        return
    if engine.keras_major >= 3:
        for tensor in tensors_in(model.outputs):
            tensor.facts[BUILT_ANEW] = True
    _apply(engine, model, model.layers[-1:], model.outputs, place, Moment.ADD)


def _first_dtype(model: ModelObject) -> str:
    """The dtype of the Input that Keras makes for a stack built by data: the first layer's own."""
    first = model.layers[0].type_name.rpartition(".")[2] if model.layers else ""
    return "string" if first in ("TextVectorization", "StringLookup", "Hashing") else "float32"


def build(engine: Engine, model: ModelObject, shape: Shape, place: Place, moment: Moment) -> None:
    """Build the whole stack on an input of this batch shape."""
    source = _input_layer(model)
    if source is None:
        source = make_input_layer(engine, shape, place, dtype=_first_dtype(model))
        model.state["input_layer"] = source
        if moment not in (Moment.ADD, Moment.BUILD):
            source.state["tensor"].facts[OF_DATA] = True
    model.inputs = source.state["tensor"]
    _apply(engine, model, model.layers, model.inputs, place, moment)


def _apply(
    engine: Engine, model: ModelObject, layers: list[LayerObject], value: Value, place: Place, moment: Moment
) -> None:
    try:
        for layer in layers:
            if moment in (Moment.ADD, Moment.BUILD) and _goes_through_tensor(engine, layer, value):
                model.forget()
                model.state["refused"] = True
                return
            _refuse_second_argument(engine, layer, layer.place or place, moment)
            check_given(engine, layer, leaves(value), layer.place or place, moment)
            value = apply_layer(engine, layer, value, layer.place or place, moment=moment, model=model)
        if isinstance(value, Nothing) and engine.keras_major >= 3:
            message = "All `outputs` values must be KerasTensors. Received: outputs=None"
            refuse_nothing(value, model, message, place, moment)
    except Refusal as refusal:
        model.forget()
        model.state["refused"] = True
        fault = replace(refusal.fault, details={**refusal.fault.details, "applied": place})
        for call in engine.record.layer_calls:
            if call.refused is refusal.fault:
                call.refused = fault
        raise Refusal(fault, refusal.exception) from None
    model.outputs = value
    model.built = True
    automatic_name(engine, "Functional")  # each build makes an inner Functional, which takes a name


_MERGING = frozenset(["Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract"])


def _goes_through_tensor(engine: Engine, layer: LayerObject, value: Value) -> bool:
    """Is this a merge that was built elsewhere (`Sequential(model.layers)`), and gets one tensor, which it goes through as a list?

    Keras 3 takes the NotImplementedError that a symbolic tensor raises then for a layer that can't tell its shape: the stack just isn't built.
    """
    if engine.keras_major < 3 or layer.user_class is not None or layer.class_name not in _MERGING:
        return False
    return layer.built and isinstance(value, Tensor)


ONE_TENSOR = frozenset(
    [
        "BatchNormalization", "Bidirectional", "Conv1D", "Conv2D", "ConvLSTM2D", "Dense", "Embedding", "Flatten", "GRU", "GlobalAveragePooling1D", "LSTM",
        "LayerNormalization", "MaxPooling1D", "Normalization", "Permute", "RepeatVector", "Reshape", "SeparableConv1D", "SimpleRNN", "TimeDistributed",
        "ZeroPadding2D",
    ]
)  # fmt: skip
"""First layers of a stack without an Input that refuse every list of data, also one of a single array. (Dropout, Concatenate and others take some.)"""


def refuse_list(
    engine: Engine, model: ModelObject, count: int, place: Place, moment: Moment, blamed: Place | None = None
) -> None:
    """A stack that begins with no Input hands a list of so many arrays on to its first layer, as it is."""
    first = model.layers[0] if model.layers and engine.keras_major >= 3 and count else None
    if first is None or model.user_class is not None or model.opaque is not None or model.incomplete:
        return
    if first.user_class is None and first.class_name in ONE_TENSOR and _input_layer(model) is None:
        raise Refusal(
            Fault(
                "input-count", moment, place, model, "1 input", f"a list of {count}", (blamed,) if blamed is not None else (),
                f'Layer "{first.name}" expects 1 input(s), but it received {count} input tensors.',
                details={"first": first, "count": count},
            )
        )  # fmt: skip


def _refuse_second_argument(engine: Engine, layer: LayerObject, place: Place, moment: Moment) -> None:
    """A Sequential gives each layer one tensor: what else a user's `call` can't do without, nobody gives it."""
    if layer.user_class is None or engine.keras_major < 3 or engine.find_method(layer, "__call__") is not None:
        return
    missing = required_by_call(engine, layer)[1:]
    if missing:
        raise Refusal(
            Fault(
                "missing-argument", moment, place, layer, missing[0],
                message="Layers added to a Sequential model can only have a single required positional argument, the input tensor.",
                details={"argument": missing[0], "of_call": True, "sequential": True},
            )
        )  # fmt: skip


@method("keras.Sequential.pop")
def pop_layer(call: Call) -> Value:
    """`model.pop()`: takes the last layer off and gives it back."""
    model = call.receiver
    if not isinstance(model, ModelObject):
        return call.unknown("the model is not known")
    if model.incomplete:
        if model.layers:
            model.layers.pop()
        return call.unknown("the model's layers are not all known")
    if not model.layers:
        call.refuse("empty", "a layer", "none", "pop from empty list", exception="IndexError", subject=model)
    layer = model.layers.pop()
    rebuild(call.engine, model, call.place)
    return layer


@method("keras.Sequential.build")
def build_sequential(call: Call) -> Value:
    """`model.build(input_shape)`."""
    model = call.receiver
    arguments = bind(call, parse_signature("input_shape=None, **kwargs"))
    shape = arguments.get("input_shape")
    if not isinstance(model, ModelObject) or model.incomplete or shape is None:
        return None
    if isinstance(shape, Unknown):
        model.state["input_unknown"] = True
        return None
    try:
        found = standardize(call, shape, arguments.place("input_shape"), "input_shape")
    except Refusal:
        if call.engine.keras_major < 3:
            raise
        return None  # what is no shape of one tensor, Keras 3 leaves alone
    if not model.layers:
        return None
    source = _input_layer(model)
    if source is not None:
        _refuse_other_shape(call, model, source, found, arguments.place("input_shape"))
        return None
    build(call.engine, model, found, call.place, Moment.BUILD)
    return None


def _refuse_other_shape(call: Call, model: ModelObject, source: LayerObject, found: Shape, place: Place | None) -> None:
    """Keras 3 builds a Sequential with an input only for exactly that one's shape, None for None."""
    tensor = source.state.get("tensor")
    own = tensor.shape if isinstance(tensor, Tensor) else UNKNOWN_SHAPE
    if call.engine.keras_major < 3 or model.user_class is not None or own.dims is None or found.dims is None:
        return
    of_data = isinstance(tensor, Tensor) and tensor.facts.get(OF_DATA)
    start = 1 if of_data else 0  # a batch of data is None after fit, and a number after a call
    pairs = list(zip(own.dims, found.dims))[start:]
    if len(own.dims) != len(found.dims) or any(_differ(a, b) for a, b in pairs):
        call.refuse(
            "other-build-shape", str(own), str(found),
            f"Sequential model '{model.name}' has already been configured to use input shape {own}. You cannot build it with input_shape {found}",
            moment=Moment.BUILD, blamed=(place, source.place), subject=model, model=model,
        )  # fmt: skip


def _differ(one: Dim, other: Dim) -> bool:
    """Is one of two sizes surely None and the other a number, or are they other numbers?"""
    if one.is_none or other.is_none:
        return one.is_none != other.is_none and (one.known is not None or other.known is not None)
    return same(one, other) is False


__all__ = ["COMMON", "Fault", "add", "build", "construct_sequential", "rebuild", "single_input_shape"]
