"""Applying a layer: check its input spec, run what is known of it, keep its weights, carry shapes and masks on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, NoReturn

from ..dims import same
from ..faults import Fault, Moment, Refusal
from ..knowledge import Call, Engine, Signature, method
from ..places import Place
from ..program import LayerCall
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import (
    Array,
    BoundMethod,
    DictValue,
    External,
    FunctionValue,
    InputSpec,
    LayerObject,
    Made,
    Mask,
    ModelObject,
    Nothing,
    Tensor,
    Unknown,
    Value,
)  # fmt: skip
from .api import call_signature
from .edition import other_backend
from .ids import check_ids
from .inside import depth, inside_call, is_from_outside, traced
from .kernels import check_kernels
from .names import is_gone
from .naming import scope_refusal, sure_name
from .own_initializers import check_initializers
from .spec import ALIASES, Outcome, TensorSpec, Use, find_layer, flat_specs
from .tensors import (
    UNKNOWN_SPEC,
    array_from,
    concrete,
    is_open,
    is_plain,
    is_unknown,
    leaves,
    map_specs,
    nested_like,
    nested_tensors,
    tensor_from,
    tensors_in,
    to_specs,
)  # fmt: skip

SEQUENCES = "(batch, timesteps, features)"
RECURRENT = {"LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional"}
NO_LIST = {
    "Embedding", "ReversibleEmbedding", "Masking", "LayerNormalization", "RMSNormalization", "Normalization", "CenterCrop", "CategoryEncoding",
    "Discretization", "Hashing", "StringLookup", "IntegerLookup", "RNN", "AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D",
    "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D", "Reshape", "Permute", "RandomCrop",
}  # fmt: skip
"""Layers without an input spec whose first call Keras 3 doesn't get through with a list, whatever is in it."""
NO_LIST_OF_ONE = {
    *NO_LIST, "Dense", "EinsumDense", "LSTM", "GRU", "SimpleRNN", "Bidirectional", "TimeDistributed", "SpectralNormalization", "PReLU", "Flatten",
    "GroupNormalization", "BatchNormalization", "Conv1D", "Conv2D", "Conv3D", "ZeroPadding1D", "UpSampling1D", "Cropping1D", "Resizing",
}  # fmt: skip
"""Layers that don't take [x] for x either."""
OF_IMAGES = {
    "AugMix", "AutoContrast", "CenterCrop", "ContrastLimitedAdaptiveHistogramEqualization", "CutMix", "Equalization", "MaxNumBoundingBoxes", "MixUp",
    "RandAugment", "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter", "RandomContrast", "RandomCrop", "RandomElasticTransform",
    "RandomErasing", "RandomFlip", "RandomGaussianBlur", "RandomGrayscale", "RandomHue", "RandomInvert", "RandomPerspective", "RandomPosterization",
    "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation", "RandomZoom", "Resizing", "Solarization",
}  # fmt: skip
"""Layers that take a dict as well: of images, their labels, boxes and masks."""


def run_layer(layer: LayerObject, use: Use) -> Outcome:
    """One application of a layer or model to nested TensorSpecs. Raises Refusal where Keras raises.

    The first application builds: the layer then has its weights and the input spec in force for later calls.
    """
    if use.layer is not layer:
        use = replace(use, layer=layer)
    if isinstance(layer, ModelObject):
        from .models import run_model

        outcome = run_model(layer, use)
        layer.built = True
        return outcome
    if layer.opaque is not None:
        layer.weights_unknown = layer.weights_unknown or layer.opaque
        return Outcome(UNKNOWN_SPEC, weights_unknown=layer.opaque, mask="lose")
    if layer.user_class is not None:
        from .subclass import run_user_layer

        outcome_or_none = run_user_layer(layer, use)
        if outcome_or_none is not None:
            return outcome_or_none
    knowledge = find_layer(layer.type_name)
    if knowledge is None or layer.arguments is None:
        reason = f"`{layer.class_name}` is a layer that is not known here"
        layer.opaque = reason
        layer.weights_unknown = reason
        return Outcome(UNKNOWN_SPEC, weights_unknown=reason, mask="lose")
    if layer.class_name in OF_IMAGES and isinstance(use.kwargs.get("~values"), DictValue):
        return Outcome(UNKNOWN_SPEC, mask="lose")
    if not use.unchecked:
        check_input_spec(layer, layer.input_spec or knowledge.spec, use)
        if not layer.built:
            _check_list(layer, use)
    outcome = knowledge.run(use)
    if outcome.spec is not None and not layer.built and not use.unchecked:
        check_input_spec(layer, outcome.spec, use)
    outcome.output = map_specs(lambda spec, _: _typed(spec, outcome, use), outcome.output)
    if not layer.built:
        check_initializers(use, outcome.weights)
        layer.weights = list(outcome.weights)
        layer.weights_unknown = outcome.weights_unknown
        layer.built = True
        if outcome.spec is not None:
            layer.input_spec = outcome.spec
    return outcome


PAST_THEIR_SPEC = ("LSTM", "GRU", "SimpleRNN", "Bidirectional", "Dense", "BatchNormalization")
"""Layers whose functions know the output's shape for inputs that their input spec refuses."""
CONVOLUTIONS = (
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "SeparableConv1D",
    "SeparableConv2D",
    "ConvLSTM1D",
    "ConvLSTM2D",
    "ConvLSTM3D",
)


def run_past_spec(layer: LayerObject, use: Use) -> Outcome | None:
    """What a layer gives to whoever asks for its output's shape without calling it, so that no input spec is checked; None when that isn't known.

    What follows is known for recurrent layers, Dense and BatchNormalization; others mostly stumble, somewhere.
    """
    try:
        return run_layer(layer, use)
    except Refusal as refusal:
        if refusal.fault.kind not in ("rank", "axis-size") or refusal.fault.subject is not layer:
            raise
        if isinstance(layer, ModelObject):
            raise
        if layer.user_class is None and layer.class_name in PAST_THEIR_SPEC:
            return run_layer(layer, replace(use, unchecked=True))
        if refusal.fault.kind == "rank" and layer.user_class is None and layer.class_name in CONVOLUTIONS:
            raise  # the output's shape needs the rank
        return None


def _typed(spec: TensorSpec, outcome: Outcome, use: Use) -> TensorSpec:
    if outcome.dtype == "own" or (
        outcome.dtype == "floats" and not (spec.dtype or "float").lstrip("b").startswith("float")
    ):
        return spec
    dtype = use.dtype
    return spec if spec.dtype == dtype else spec.with_dtype(dtype)


def apply(
    engine: Engine, layer: LayerObject, inputs: Any, place: Place, kwargs: dict[str, Value] | None = None
) -> Outcome:
    """`run_layer` for a sublayer inside a layer function."""
    return run_layer(layer, Use(layer, inputs, place, engine, kwargs or {}))


def _several_batch_axes(layer: LayerObject, use: Use) -> bool:
    """Keras 2's plain convolutions take further axes in front for more of the batch."""
    return use.engine.keras_major < 3 and layer.type_name in (
        "keras.layers.Conv1D",
        "keras.layers.Conv2D",
        "keras.layers.Conv3D",
    )


def check_input_spec(layer: LayerObject, spec: InputSpec, use: Use) -> None:
    """Keras's `assert_input_compatibility`: number of inputs, rank, sizes of axes."""
    if spec.ndim is None and spec.min_ndim is None and spec.max_ndim is None and not spec.axes:
        return
    found = flat_specs(use.inputs)
    if len(found) != 1:
        if found and not any(s.shape.is_unknown for s in found):
            _refuse(
                use, layer, "input-count", "1 input", f"{len(found)} inputs",
                f'Layer "{layer.name}" expects 1 input(s), but it received {len(found)} input tensors.', {},
            )  # fmt: skip
        return
    shape = found[0].shape
    rank = shape.rank
    if rank is None:
        return
    details: dict[str, Any] = {
        "shape": shape, "rank": rank, "ndim": spec.ndim, "min_ndim": spec.min_ndim, "max_ndim": spec.max_ndim,
        "input_call": use.kwargs.get("~input_call"), "layer": layer,
    }  # fmt: skip
    problem = None
    if spec.ndim is not None and rank != spec.ndim:
        problem = (
            SEQUENCES if layer.class_name in RECURRENT and spec.ndim == 3 else _axes(spec.ndim),
            f"expected ndim={spec.ndim}, found ndim={rank}",
        )
    elif spec.max_ndim is not None and rank > spec.max_ndim and not _several_batch_axes(layer, use):
        problem = (f"at most {_axes(spec.max_ndim)}", f"expected max_ndim={spec.max_ndim}, found ndim={rank}")
    elif spec.min_ndim is not None and rank < spec.min_ndim:
        problem = (f"at least {_axes(spec.min_ndim)}", f"expected min_ndim={spec.min_ndim}, found ndim={rank}")
    incompatible = f"Input 0 of layer '{layer.name}' is incompatible with the layer: "
    if problem:
        _refuse(
            use,
            layer,
            "rank",
            problem[0],
            str(shape),
            f"{incompatible}{problem[1]}. Full shape received: {shape}",
            details,
        )
    for axis, wanted in spec.axes.items():
        if not -rank <= axis < rank:
            continue
        if same(shape[axis], wanted) is False:
            details |= {"axis": axis, "required_size": wanted, "size": shape[axis]}
            _refuse(
                use, layer, "axis-size", f"{wanted} in axis {axis}", str(shape),
                f"{incompatible}expected axis {axis} of input shape to have value {wanted}, but received input with shape {shape}",
                details,
            )  # fmt: skip


def _check_list(layer: LayerObject, use: Use) -> None:
    """A list where a layer takes one tensor: Keras 3 passes it on to `build` and `call`, which ask it for its shape."""
    if not isinstance(use.inputs, tuple) or use.engine.keras_major < 3:
        return
    found = flat_specs(use.inputs)
    if not found or any(spec.shape.is_unknown for spec in found):
        return
    alone = len(found) == 1 and use.moment in (Moment.CALL, Moment.BUILD, Moment.ADD, Moment.CONSTRUCT)
    refusing = NO_LIST_OF_ONE if alone else NO_LIST if len(found) > 1 else ()
    if layer.class_name in refusing:
        got = "a list of one tensor: leave the brackets out" if len(found) == 1 else f"a list of {len(found)}"
        _refuse(
            use, layer, "input-count", "one tensor", f"a list of {len(found)}",
            f"'list' object has no attribute 'shape'. What it gets must be a tensor, not {got}.",
            {"sequences": (use.kwargs.get("~values"),), "what": layer.class_name},
        )  # fmt: skip


def _axes(count: int) -> str:
    return f"{count} {'axis' if count == 1 else 'axes'}"


def _refuse(
    use: Use, layer: LayerObject, kind: str, required: str, got: str, message: str, details: dict[str, Any]
) -> None:
    raise Refusal(Fault(kind, use.moment, use.place, layer, required, got, (), message, True, details))


def _runs_in_call(engine: Engine, inputs: Value, kwargs: dict[str, Value]) -> bool:
    """Does a `call` run this layer on tensors of TensorFlow's? Of Keras's own, from outside, it only makes the next one of their kind."""
    return (
        inside_call()
        and not other_backend(engine)
        and not any(is_from_outside(t) for v in (inputs, *kwargs.values()) for t in tensors_in(v))
    )


def apply_layer(
    engine: Engine, layer: LayerObject, inputs: Value, place: Place, kwargs: dict[str, Value] | None = None, *,
    moment: Moment = Moment.CALL, model: ModelObject | None = None, positional: int = 1, first_name: str = "inputs",
    alone: bool = True,
) -> Value:  # fmt: skip
    """Apply a layer to the program's own tensors or arrays; gives tensors or arrays, recorded as a LayerCall.

    Keras 3 gives the mask along as an argument, and so as something that the graph needs, where the input comes `alone`, by position.
    """
    kwargs = kwargs or {}
    symbolic = bool(tensors_in(inputs)) or any(tensors_in(v) for v in kwargs.values())
    first = next((leaf for leaf in leaves(inputs) if isinstance(leaf, (Tensor, Array))), None)
    input_call = first.call if isinstance(first, Tensor) else None
    seen: dict[str, Value] = {
        k: to_specs(v) if tensors_in(v) or _is_further_input(k, v) else v for k, v in kwargs.items()
    }
    in_graph = symbolic or inside_call()  # what has an open axis there is no data but a tensor of the graph
    specs = to_specs(inputs) if in_graph else map_specs(lambda spec, _: concrete(spec), to_specs(inputs))
    use = Use(layer, specs, place, engine, {**seen, "~input_call": input_call, "~values": inputs}, moment)
    masks = [_mask_of(leaf) for leaf in leaves(inputs)]
    mask_in = next((m for m in masks if m is not None), None)
    record = LayerCall(
        layer, nested_tensors(inputs), None, place, dict(kwargs), mask_in, None, None, model, positional, first_name, given=inputs
    )  # fmt: skip
    if alone and isinstance(inputs, Tensor) and inputs.mask is not None and _takes_mask(engine, layer):
        record.mask_given = inputs.mask.tensor
    engine.record.layer_calls.append(record)
    engine.record.applied[id(record)] = record
    layer.calls.append(record)
    if layer.type_name in CELLS and layer.user_class is None and "states" not in kwargs:
        record.refused = Fault(
            "cell-without-states", moment, place, layer, "the states as well as one step", "one argument", (),
            "missing a required argument: 'states'",
        )  # fmt: skip
        raise Refusal(record.refused, "TypeError")
    try:
        _refuse_scope(layer, use, root=depth() == 1 and model is None)
        outcome = run_layer(layer, use)
        if not symbolic or _runs_in_call(engine, inputs, kwargs):
            check_kernels(layer, use)
        if not symbolic:
            check_ids(layer, use)
    except Refusal as refusal:
        record.refused = refusal.fault
        record.outputs = Unknown("Keras refuses this call", place)
        raise
    for notice in outcome.notices:
        engine.fault(notice)
    out_masks, record.mask_effect = _masks(outcome, masks, place, _shape_of_mask(layer, specs))
    if outcome.mask == "make" and engine.keras_major >= 3 and isinstance(inputs, Tensor):
        out_masks = [_calculated(mask, layer, inputs, place) for mask in out_masks]
    elif isinstance(layer, ModelObject) or (
        layer.user_class is not None and isinstance(outcome.mask, str)
    ):  # calculated inside
        out_masks = [replace(mask, tensor=None) if mask is not None else None for mask in out_masks]

    def make(spec: TensorSpec, index: int) -> Value:
        mask = out_masks[index] if index < len(out_masks) else None
        if not symbolic:
            # what the `call` of the user's own layer reads of a shape are numbers
            own = layer.user_class is not None and not inside_call()
            array = array_from(concrete(spec) if own else spec, place, layer.class_name)
            if mask is not None:
                array.facts["keras_mask"] = mask
            return array
        tensor = tensor_from(spec, place, mask)
        tensor.call = record
        tensor.index = index
        return tensor

    if isinstance(outcome.like, Nothing):
        record.outputs = outcome.like
        return outcome.like
    record.outputs = map_specs(make, outcome.output)
    made = leaves(record.outputs)
    if outcome.like is None or is_open(outcome.like):
        return record.outputs
    given = leaves(outcome.like)
    if len(given) != len(made):
        return record.outputs
    # among tensors of the graph a None is a size that is open, which is a tensor as well
    plain = len(given) > 1 and (inside_call() or not symbolic)
    return nested_like(outcome.like, [g if plain and is_plain(g) else m for g, m in zip(given, made)])


TAKES_NONE = (
    "Dropout",
    "GaussianDropout",
    "GaussianNoise",
    "AlphaDropout",
    "Identity",
    "Lambda",
    "ActivityRegularization",
)
"""Layers that hand None on."""


def check_given(engine: Engine, layer: LayerObject, given: list[Value], place: Place, moment: Moment) -> None:
    """A layer on the None that a function without `return` gives: `given` are the leaves of its inputs."""
    own = layer.user_class is not None or isinstance(layer, ModelObject) or layer.opaque is not None
    if own or engine.keras_major < 3 or layer.class_name in TAKES_NONE:
        return
    nothing = next((leaf for leaf in given if isinstance(leaf, Nothing)), None)
    if nothing is not None:
        message = "Inputs to a layer should be tensors. Got 'None' (of type <class 'NoneType'>) as input"
        refuse_nothing(nothing, layer, message, place, moment)


def refuse_nothing(nothing: Nothing, subject: LayerObject, message: str, place: Place, moment: Moment) -> NoReturn:
    """Keras 3 refuses the None of a function without `return`, where it needs a tensor."""
    details = {"nothing": nothing}
    raise Refusal(Fault("nothing-returned", moment, place, subject, "a tensor", "None", (), message, details=details))


_SCOPES = frozenset(
    f"{package}.name_scope" for package in ("keras", "keras.backend", "tensorflow", "tensorflow.compat.v1")
)
"""What the program may open a scope of its own with."""


def _refuse_scope(layer: LayerObject, use: Use, *, root: bool) -> None:
    """Within a `call` that Keras 3 traces, a layer opens a scope of TensorFlow's graph with its name, which can't hold every character.

    What the traced call itself calls, and no Sequential in it, opens it outside of all others: there it must not begin with `_`, as the automatic name
    of a private class's layer does.
    """
    name = sure_name(layer) if traced() and use.engine.keras_major >= 3 else None
    root = root and use.engine.record.called().isdisjoint(_SCOPES)
    refusal = scope_refusal(name, root=root) if name is not None and not other_backend(use.engine) else None
    if refusal is not None and use.engine.find_method(layer, "__call__") is None:
        wanted, message = refusal
        if layer.name.startswith("_") and layer.class_name.startswith("_"):
            wanted += f" (without name= the layer is called after its class {layer.class_name})"
        raise Refusal(
            Fault("scope-name", use.moment, use.place, layer, wanted, repr(name), (), message, details={"name": name}),
            "ValueError",
        )


_FURTHER = ("states", "initial_state", "value", "key")


def _is_further_input(name: str, value: Value) -> bool:
    """Data beside the first input that a layer calculates with: a recurrent layer's or cell's states, what attention looks at."""
    found = leaves(value) if name in _FURTHER else ()
    return bool(found) and all(isinstance(leaf, Array) for leaf in found)


def _mask_of(leaf: Value) -> Mask | None:
    if isinstance(leaf, Tensor):
        return leaf.mask
    if isinstance(leaf, Array):
        found = leaf.facts.get("keras_mask")
        return found if isinstance(found, Mask) else None
    return None


def _shape_of_mask(layer: LayerObject, inputs: Any) -> Shape | None:
    """The shape of the mask that a layer makes: one value for each token, or for each row of numbers in the last axis."""
    if not isinstance(inputs, TensorSpec) or layer.user_class is not None:
        return None
    if layer.class_name == "Embedding":
        return inputs.shape
    return inputs.shape.slice(0, -1) if layer.class_name == "Masking" else None


def _takes_mask(engine: Engine, layer: LayerObject) -> bool:
    """Has the layer's `call` a `mask`, which Keras fills in?"""
    if layer.user_class is not None:
        from .subclass import user_call_names

        return "mask" in (user_call_names(engine, layer) or ())
    signature = _signature(layer.type_name, engine.keras_major)
    return isinstance(layer, ModelObject) or any(parameter.name == "mask" for parameter in signature or ())


def _calculated(mask: Mask | None, layer: LayerObject, inputs: Tensor, place: Place) -> Mask | None:
    """The mask with the operations by which Keras 3 makes it: `inputs != 0` in an Embedding, `any(inputs != mask_value, axis=-1)` in Masking."""
    if mask is None or layer.user_class is not None or layer.class_name not in ("Embedding", "Masking"):
        return mask
    found = Tensor(inputs.shape, "bool", place=place, made=Made("keras.ops.not_equal", (inputs,), place))
    if layer.class_name == "Masking":
        found = Tensor(inputs.shape.slice(0, -1), "bool", place=place, made=Made("keras.ops.any", (found,), place))
    return replace(mask, tensor=found)


def _masks(
    outcome: Outcome, masks: list[Mask | None], place: Place, shape: Shape | None = None
) -> tuple[list[Mask | None], str | None]:
    """The mask of each output, and what happened to the one that came in."""
    count = len(flat_specs(outcome.output))
    coming = next((m for m in masks if m is not None), None)
    effect = outcome.mask
    if effect == "make":
        return [Mask(coming.source if coming else place, shape)] * count, "kept" if coming else None
    if effect == "keep":
        kept = [masks[i] if i < len(masks) else None for i in range(count)]
        if count == 1 and len(masks) > 1:
            kept = [Mask(coming.source) if coming else None]
        return kept, "kept" if coming else None
    if isinstance(effect, (tuple, bool)):
        flags = _flat(effect)
        made = [flag if isinstance(flag, Mask) else (coming or Mask(place)) if flag else None for flag in flags]
        return made, None if coming is None else "kept" if any(flags) else "consumed"
    words = {"consume": "consumed", "destroy": "destroyed", "lose": "lost"}
    return [None] * count, words.get(str(effect)) if coming else None


def _flat(flags: Any) -> list[Mask | bool]:
    if isinstance(flags, tuple):
        return [f for flag in flags for f in _flat(flag)]
    return [flags if isinstance(flags, Mask) else bool(flags)]


NOT_TENSORS = (LayerObject, FunctionValue, BoundMethod, External, str, bytes)

TAKES_STRINGS = frozenset(
    f"keras.layers.{name}"
    for name in (
        "TextVectorization",
        "StringLookup",
        "IntegerLookup",
        "Hashing",
        "HashedCrossing",
        "CategoryEncoding",
        "Discretization",
    )
)
"""Layers whose input may be plain Python strings and numbers."""


@method("keras.layers.Layer.__call__")
def call_layer(call: Call) -> Value:
    """`layer(x, ...)`."""
    layer = call.receiver
    if not isinstance(layer, LayerObject):
        return call.unknown("the layer is not known")
    if call.open:
        return _untracked(call, layer, "its arguments come from a `*` or `**` that can't be seen into")
    names = _call_names(call, layer)
    kwargs = dict(call.kwargs)
    args = list(call.args)
    first: str | None = None
    positional = len(args)
    if not args:
        _refuse_other_first_name(call, layer, names)
        first = next((n for n in (*names[:1], "inputs", "x", "sequences", "query") if n in kwargs), None)
        if first is None:
            if not kwargs:
                call.refuse(
                    "missing-argument", "an input tensor", "nothing", f"{layer.class_name} is called without an input",
                    exception="TypeError", subject=layer, argument="inputs",
                )  # fmt: skip
            return _untracked(call, layer, "it is called with keywords only")
        args = [kwargs.pop(first)]
    inputs = args[0]
    kwargs = {**dict(zip(names[1:], args[1:])), **kwargs}
    _refuse_missing(call, layer, kwargs)
    positional -= sum(
        1 for name, value in zip(names[1:], args[1:]) if value is None and name not in ("training", "mask")
    )
    kwargs = {k: v for k, v in kwargs.items() if v is not None or k in ("training", "mask")}
    found = leaves(inputs)
    anything = _takes_anything(layer)
    for leaf in found:
        if isinstance(leaf, (str, bytes)) and anything:
            continue
        if isinstance(leaf, NOT_TENSORS) and (not isinstance(leaf, External) or leaf.name.startswith("keras.layers.")):
            call.refuse(
                "not-a-tensor", "a tensor", _describe(leaf),
                f"Only input tensors may be passed as positional arguments. Received: {_describe(leaf)}",
                moment=Moment.CALL, blamed=(call.arg_places[0] if call.arg_places else None,), subject=layer, value=leaf,
            )  # fmt: skip
    _refuse_numbers(call, layer, args[0])
    if len(args) > 1:
        _refuse_positional(call, layer, args[1:])
    check_given(call.engine, layer, found, call.place, Moment.CALL)
    if is_unknown(inputs) or not any(isinstance(leaf, (Tensor, Array)) for leaf in found):
        why = next((leaf.reason for leaf in found if isinstance(leaf, Unknown)), "its input is not known")
        return _untracked(call, layer, why)
    if any(
        not isinstance(leaf, (Tensor, Array)) and leaf is not None and not isinstance(leaf, (int, float))
        for leaf in found
    ):
        return _untracked(call, layer, "its input is not known")
    if len(args) > max(len(names), 1):
        return _untracked(call, layer, "it is called with more arguments than are known here")
    return apply_layer(
        call.engine, layer, inputs, call.place, kwargs, positional=max(positional, 0), first_name=first or "inputs",
        alone=len(call.args) == 1 and not call.kwargs,
    )  # fmt: skip


CELLS = ("keras.layers.LSTMCell", "keras.layers.GRUCell", "keras.layers.SimpleRNNCell", "keras.layers.StackedRNNCells")


def _takes_anything(layer: LayerObject) -> bool:
    """May the layer take other things than tensors by position? The user's own say so by an attribute; what is gone from Keras 3 is refused
    where it is named, once."""
    allowed = layer.attributes.get("_allow_non_tensor_positional_args", False)
    return (
        layer.type_name in TAKES_STRINGS or is_gone(layer.type_name) or allowed is True or isinstance(allowed, Unknown)
    )


def _refuse_numbers(call: Call, layer: LayerObject, inputs: Value) -> None:
    """Keras 3 makes tensors of arrays, but not of Python's numbers: `layer([1, 2])` is refused. In a layer's `call` what is a number here may be a
    tensor of the graph (`tf.shape(x)[1]`)."""
    if call.engine.keras_major < 3 or not call.args or _takes_numbers(layer) or inside_call():
        return
    if call.engine.find_method(layer, "__call__") is not None:
        return
    number = next((leaf for leaf in leaves(inputs) if isinstance(leaf, (bool, int, float))), None)
    if number is not None:
        call.refuse(
            "number-for-tensor", "a tensor or an array", str(number),
            "Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword argument: "
            f"{number}", moment=Moment.CALL, blamed=(call.arg_places[0] if call.arg_places else None,), subject=layer, value=inputs,
        )  # fmt: skip


def _takes_numbers(layer: LayerObject) -> bool:
    """Does the layer make a tensor of Python's numbers itself, as those for `tf.data` do?"""
    short = layer.type_name.removeprefix("keras.layers.")
    return _takes_anything(layer) or short in PREPARING or short.startswith("Random")


PREPARING = frozenset(
    (
        "AugMix", "AutoContrast", "CenterCrop", "ContrastLimitedAdaptiveHistogramEqualization", "CutMix", "Equalization", "MaxNumBoundingBoxes",
        "MelSpectrogram", "MixUp", "Normalization", "RandAugment", "Rescaling", "Resizing", "Solarization",
    )
)  # fmt: skip
"""Layers that are meant for data on its way to the model, besides those whose names begin with Random."""


def _refuse_positional(call: Call, layer: LayerObject, others: list[Value]) -> None:
    """Keras takes only tensors by position: `layer(x, True)` is refused. In a layer's `call` a whole number may be one (`tf.shape(x)[1]`)."""
    if call.engine.keras_major < 3 or _takes_anything(layer):
        return
    plain = (bool, float, str, FunctionValue) if inside_call() else (bool, int, float, str, FunctionValue)
    for i, leaf in ((i, leaf) for i, value in enumerate(others) for leaf in leaves(value)):
        if isinstance(leaf, plain):
            place = call.arg_places[i + 1] if i + 1 < len(call.arg_places) else None
            call.refuse(
                "positional-not-a-tensor", "tensors as positional arguments", str(leaf) if not isinstance(leaf, FunctionValue) else "a function",
                "Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword "
                f"argument: {leaf}", moment=Moment.CALL, blamed=(place,), subject=layer, index=i + 1,
            )  # fmt: skip


def _refuse_missing(call: Call, layer: LayerObject, kwargs: dict[str, Value]) -> None:
    """Keras 3 fills in `training` and `mask` only after it has looked whether every required argument of the user's `call` is there."""
    if layer.user_class is None or call.engine.keras_major < 3:
        return
    from .subclass import required_by_call

    missing = next((name for name in required_by_call(call.engine, layer)[1:] if name not in kwargs), None)
    if missing is not None and "~rest" not in kwargs:
        call.refuse(
            "missing-argument", missing, "", f"missing a required argument: '{missing}'", exception="TypeError", moment=Moment.CALL,
            subject=layer, argument=missing, of_call=True,
        )  # fmt: skip


def _refuse_other_first_name(call: Call, layer: LayerObject, names: tuple[str, ...]) -> None:
    """Keras 3 binds a call by the signature of the layer's own `call`: an LSTM takes `sequences=` and no `inputs=`."""
    if not names or not call.kwargs or call.engine.keras_major < 3 or layer.user_class is not None:
        return
    first = "inputs" if names[0] == "data" else names[0]  # layers of images have a `__call__` of their own
    if first in call.kwargs:
        return
    signature = _signature(layer.type_name, call.engine.keras_major)
    known = isinstance(layer, ModelObject) or (
        signature and signature[0].kind == "positional" and signature[0].required
    )
    if known:
        others = [name for name in call.kwargs if name not in (first, *names[1:])]
        call.refuse(
            "missing-argument", first, "", f"missing a required argument: '{first}'", exception="TypeError", moment=Moment.CALL,
            subject=layer, argument=first, instead=others[0] if len(others) == 1 else None,
        )  # fmt: skip


def _call_names(call: Call, layer: LayerObject) -> tuple[str, ...]:
    if layer.user_class is not None:
        from .subclass import user_call_names

        names = user_call_names(call.engine, layer)
        if names is not None:
            return names
    if isinstance(layer, ModelObject):
        return ("inputs", "training", "mask")
    return _library_call_names(layer.type_name, call.engine.keras_major)


def _signature(type_name: str, major: int) -> Signature | None:
    """The parameters of a library's layer's own `call`, None where Keras's table has none."""
    return call_signature(f"{ALIASES.get(type_name, type_name)}.call", major)


@cache
def _library_call_names(type_name: str, major: int) -> tuple[str, ...]:
    parameters = _signature(type_name, major)
    if not parameters or find_layer(type_name) is None:
        return ("inputs", "mask", "training")
    names = tuple(p.name for p in parameters if p.kind in ("positional", "keyword"))
    return names + tuple(n for n in ("mask", "training") if n not in names)


def _untracked(call: Call, layer: LayerObject, reason: str) -> Unknown:
    """The layer is used in a way that can't be followed: nothing may be claimed about its weights any more."""
    if not layer.built:
        layer.weights_unknown = reason
    return call.unknown(f"the result of `{layer.class_name}` can't be followed: {reason}")


def _describe(leaf: Value) -> str:
    if isinstance(leaf, LayerObject):
        return f"the layer {leaf.class_name} itself"
    if isinstance(leaf, External):
        return f"the class {leaf.name.rpartition('.')[2]}"
    if isinstance(leaf, FunctionValue):
        return f"the function {leaf.name}"
    return type(leaf).__name__


__all__ = ["UNKNOWN_SHAPE", "apply", "apply_layer", "call_layer", "check_input_spec", "is_open", "run_layer"]
