"""What every model can be asked: its layers, shapes, counts, tensors; and calling one."""

from __future__ import annotations

from ..dims import same
from ..faults import Moment
from ..knowledge import Call, attribute, bind, method, parse_signature, silent
from ..shapes import Shape
from ..values import (
    NO_WEIGHTS_YET,
    Array,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    External,
    FunctionValue,
    LayerObject,
    ListValue,
    ModelObject,
    Object,
    Partial,
    ShapeTuple,
    Tensor,
    Unknown,
    Value,
    VariablesOf,
    Weight,
    int_value,
    to_shape,
)  # fmt: skip
from .api import optimizer_class
from .counting import (
    hidden_layers,
    is_built_at_once,
    sublayers_of,
    total_parameters,
    track,
    trainable_flag,
    trainable_parameters,
    unknown_weights,
    weights_in,
)
from .inputs import INPUT_LAYER_CLASS
from .inside import inside_call
from .naming import may_be_called
from .readonly import refuse_read_only
from .spec import Outcome, TensorSpec, Use, flat_specs
from .tensors import UNKNOWN_SPEC, children, is_open, leaves, tensors_in, variable_from
from .unbuilt import surely_unbuilt, waits_for


def run_model(model: ModelObject, use: Use) -> Outcome:
    """Apply a model to nested TensorSpecs."""
    if model.opaque is not None:
        return Outcome(UNKNOWN_SPEC, weights_unknown=model.opaque, mask="lose")
    from .subclass import run_user_layer

    if model.user_class is not None:
        outcome = run_user_layer(model, use)
        if outcome is not None:
            return outcome
    if model.kind == "Subclass":
        return Outcome(UNKNOWN_SPEC, mask="lose")
    if model.incomplete:
        return Outcome(UNKNOWN_SPEC, weights_unknown=model.incomplete, mask="lose")
    if model.kind == "Sequential" and model.inputs is None:
        from .sequential import build, refuse_empty, refuse_list

        refuse_empty(use.engine, model, use.place, use.moment)
        found = flat_specs(use.inputs)
        if isinstance(use.inputs, tuple) and not tensors_in(use.kwargs.get("~values")):
            refuse_list(use.engine, model, len(found), use.place, use.moment)
        if len(found) == 1 and model.layers and not model.state.get("refused"):
            build(use.engine, model, found[0].shape, use.place, use.moment)
        else:
            return Outcome(UNKNOWN_SPEC, mask="lose")
    from .functional import run_graph

    return run_graph(model, use)


def current_layers(model: ModelObject) -> list[LayerObject]:
    """`model.layers`, as it is now."""
    if model.kind == "Subclass":
        model.layers = sublayers_of(model)
    return model.layers


@attribute("keras.Model.layers")
def layers(call: Call) -> Value:
    """`model.layers`"""
    model = call.receiver
    if not isinstance(model, ModelObject):
        return call.unknown("the model is not known")
    found = list(current_layers(model))
    return ListValue(found, open=hidden_layers(model) is not None, lists=_listed(call, "layers", model))


@method("keras.Model.get_layer")
def get_layer(call: Call) -> Value:
    """`model.get_layer(name)` or `(index=...)`"""
    model = call.receiver
    arguments = bind(call, parse_signature("name=None, index=None"))
    if not isinstance(model, ModelObject):
        return call.unknown("the model is not known")
    name, index = arguments.get("name"), arguments.get("index")
    found = current_layers(model)
    if isinstance(index, int) and not hidden_layers(model):
        if -len(found) <= index < len(found):
            return found[index]
        call.refuse("no-such-layer", f"an index below {len(found)}", str(index), "", subject=model, index=index)
    if isinstance(name, str):
        for layer in found:
            if layer.name == name:
                return layer
        certain = not model.unlisted and not any(may_be_called(layer, name) for layer in found)
        if (
            certain
            and model.kind != "Subclass"
            and not model.approximate
            and "CLONE" not in "".join(layer.name for layer in found)
        ):
            names = [layer.name for layer in found]
            existing = _likeliest(name, names)
            call.refuse(
                "no-such-layer", "one of " + existing, name, f"No such layer: {name}. Existing layers are: {existing}.",
                blamed=(arguments.place("name"),), subject=model, name=name, names=names,
            )  # fmt: skip
    return call.unknown("which layer this is can't be told")


_LISTED = 12
"""Layers of which all names are told."""


def _likeliest(name: str, names: list[str]) -> str:
    """The layers' names, of many only those that may be meant by this one."""
    if len(names) <= _LISTED:
        return ", ".join(names)
    import difflib

    near = difflib.get_close_matches(name, names, 5, 0.5) or names[-5:]
    return f"{', '.join(near)}, and {len(names) - len(near)} more"


def _single(value: Value) -> Value:
    inner = children(value)
    return inner[0] if inner is not None and len(inner) == 1 else value


def _refuse_never_called(call: Call, model: ModelObject, which: str) -> None:
    """Keras 3's `Sequential.input` and `.output` are those of its first call on a symbolic tensor: without one it raises."""
    certain = model.kind == "Sequential" and model.incomplete is None and model.opaque is None and not model.approximate
    if call.engine.keras_major < 3 or not certain or model.state.get("escaped") or model.state.get("copied"):
        return
    if not any(tensors_in(made.inputs) for made in model.calls):
        call.refuse(
            "never-called", "a call on a symbolic tensor", f"`{which}` of a Sequential without one",
            f"The layer {model.name} has never been called and thus has no defined {which}", exception="AttributeError",
            subject=model, attribute=which, built=(model.inputs if which == "input" else model.outputs) is not None,
        )  # fmt: skip


def _refuse_unbuilt(call: Call, model: ModelObject, which: str) -> None:
    """Keras 3's `Sequential.inputs` and `.outputs`, and their shapes, are those that it was built on: before that it raises."""
    if _is_unbuilt_sequential(call, model):
        call.refuse(
            "unbuilt", f"a Sequential that begins with an Input for `{which}`", "one that is not built yet",
            f"Sequential model '{model.name}' has no defined {which.replace('_', ' ')} yet", exception="AttributeError", subject=model,
            attribute=which,
        )  # fmt: skip


def is_unbuilt(call: Call, model: ModelObject) -> bool:
    """Has surely nothing built a Sequential, or a model of the user's own class?"""
    if model.kind != "Subclass" or model.user_class is None:
        return _is_unbuilt_sequential(call, model)
    touched = model.built or model.calls or any(use.model is model for use in call.engine.record.uses)
    said = "built" in model.attributes or model.user_class.defines("__getattr__", "__getattribute__", "built")
    unseen = model.approximate or model.opaque or model.incomplete or any(model.state.get(why) for why in _OPEN)
    begun = call.engine.record.uncalled is not None or call.engine.in_unknown_loop is not None or inside_call()
    asked = (made.name.rpartition(".")[2] for made in call.engine.record.calls if made.receiver is model)
    return (
        call.engine.keras_major >= 3 and not (touched or said or unseen or begun) and _LEAVE_UNBUILT.issuperset(asked)
    )


_LEAVE_UNBUILT = frozenset(["__init__", "__new__", "__setattr__", "compile", "load_weights", "save_weights", "summary"])
"""Methods that build no model."""


def _is_unbuilt_sequential(call: Call, model: ModelObject) -> bool:
    """Has surely nothing built a Sequential?"""
    first = model.layers[0] if model.layers else None
    certain = (
        model.kind == "Sequential" and model.user_class is None and model.incomplete is None and model.opaque is None
    )
    touched = (
        model.approximate or model.built or model.calls or any(use.model is model for use in call.engine.record.uses)
    )
    if (
        call.engine.keras_major < 3
        or not certain
        or touched
        or any(model.state.get(why) for why in _OPEN)
        or first is None
    ):
        return False
    plain = not isinstance(first, ModelObject) and first.user_class is None and first.opaque is None and not first.calls
    seen = first.arguments is not None and not first.arguments.open
    return plain and seen and not any("input_shape_hint" in layer.state for layer in (first, *first.sublayers))


_OPEN = ("escaped", "copied", "input_unknown", "from_data", "refused", "asked")
"""What may have built a model unseen, and a `hasattr` that asks whether it is built."""


@attribute("keras.Model.optimizer")
def optimizer(call: Call) -> Value:
    """`model.optimizer`: what compile was given, or made of the name that it was given."""
    compiled = call.receiver.compiled if isinstance(call.receiver, ModelObject) else None
    if compiled is None:
        return call.unknown("the model is not compiled")
    given = compiled.optimizer
    if isinstance(given, str) and (cls := optimizer_class(given, call.engine.keras_major)) is not None:
        made: Value = call.receiver.state.setdefault(("optimizer", id(compiled)), Object(cls, place=compiled.place))
        return made
    return given if isinstance(given, Object) else call.unknown("the optimizer is not known")


@attribute("keras.Model.input", "keras.Model.output")
def model_tensor(call: Call) -> Value:
    """`model.input`, `model.output`"""
    model, which = call.receiver, call.name.rpartition(".")[2]
    if not isinstance(model, ModelObject):
        return call.unknown("the model is not known")
    _refuse_never_called(call, model, which)
    found = model.inputs if which == "input" else model.outputs
    if model.kind == "Sequential":  # of its first call, whose tensors are not those that it was built on
        first = next((made for made in model.calls if made.refused is None and tensors_in(made.inputs)), None)
        if first is not None:
            return first.inputs if which == "input" else first.outputs
    return found if found is not None else call.unknown(f"the model has no {which} yet")


@attribute("keras.Model.inputs")
def model_inputs(call: Call) -> Value:
    """`model.inputs`, a list"""
    model = call.receiver
    if isinstance(model, ModelObject) and model.inputs is not None:
        return ListValue(leaves(model.inputs))
    if isinstance(model, ModelObject):
        _refuse_unbuilt(call, model, "inputs")
    return call.unknown("the model has no input yet")


@attribute("keras.Model.outputs")
def model_outputs(call: Call) -> Value:
    """`model.outputs`, a list"""
    model = call.receiver
    if isinstance(model, ModelObject) and model.outputs is not None:
        return ListValue(leaves(model.outputs))
    if isinstance(model, ModelObject):
        _refuse_unbuilt(call, model, "outputs")
    return call.unknown("the model has no output yet")


def shape_tuple(shape: Shape) -> Value:
    """A shape as the program sees it: a tuple of sizes."""
    if shape.dims is None:
        return Unknown("the shape is not known", kind="tuple")
    return tuple(int_value(dim) for dim in shape.dims)


def as_keras_3_has_it(call: Call, found: Value, *, fixed: bool = False, graph: bool = False) -> Value:
    """A shape that Keras gives as a tuple; in Keras 2 that of a tensor is TensorFlow's own."""
    if call.engine.keras_major < 3 or not isinstance(found, tuple):
        return found
    return ShapeTuple.make(found, fixed=fixed, graph=graph)


def _shapes(call: Call, value: Value) -> Value:
    found = leaves(value)
    if value is None or not all(isinstance(leaf, (Tensor, Array)) for leaf in found):
        return call.unknown("the model's shape is not known here")
    model = call.receiver
    fixed = not isinstance(model, ModelObject) or model.kind != "Functional"  # a Sequential may be built on data
    shapes = [as_keras_3_has_it(call, shape_tuple(leaf.shape), fixed=fixed) for leaf in found]
    return shapes[0] if len(shapes) == 1 else ListValue(shapes)


@attribute("keras.Model.input_shape", "keras.Model.output_shape")
def shape_of_model(call: Call) -> Value:
    """`model.input_shape`, `model.output_shape`"""
    model, which = call.receiver, call.name.rpartition(".")[2]
    if not isinstance(model, ModelObject):
        return call.unknown("the model is not known")
    found = model.inputs if which == "input_shape" else model.outputs
    if found is None:
        _refuse_unbuilt(call, model, which)
    _refuse_shape_of_subclass(call, model, which)
    return _shapes(call, found)


def _refuse_shape_of_subclass(call: Call, model: ModelObject, which: str) -> None:
    """Keras 3's models of the user's own classes have no `input_shape` and no `output_shape`, built or not."""
    cls = model.user_class
    if (
        call.engine.keras_major < 3
        or cls is None
        or model.kind != "Subclass"
        or model.approximate
        or "asked" in model.state
    ):
        return
    bases = cls.mro()
    plain = all(
        isinstance(base, ClassValue) or (isinstance(base, External) and base.name == "keras.Model") for base in bases
    )
    own = ("__getattr__", "__getattribute__", which)
    if plain and not cls.defines(*own) and which not in model.attributes and not model.state.get("escaped"):
        call.refuse(
            "no-attribute", "", which, f"'{cls.name}' object has no attribute '{which}'", exception="AttributeError", subject=model,
            attribute=which, meant=None, gone=True,
        )  # fmt: skip


def inputs_of_input_layer(layer: LayerObject) -> ListValue:
    """Keras 3 makes the tensor of an InputLayer from no other: its `input` is the empty list. In Keras 2 it is the tensor itself."""
    found: ListValue = layer.state.setdefault("no_inputs", ListValue())
    return found


@attribute("keras.layers.Layer.input", "keras.layers.Layer.output")
def layer_tensor(call: Call) -> Value:
    """`layer.output`: of its only call (its first one, if there are several)."""
    layer = call.receiver
    if isinstance(layer, LayerObject):
        tensor = layer.state.get("tensor")
        if isinstance(tensor, Tensor):
            inward = call.name.endswith(".input") and call.engine.keras_major >= 3
            return inputs_of_input_layer(layer) if inward else tensor
        for made in layer.calls:
            value = made.outputs if call.name.endswith(".output") else made.inputs
            if made.refused is None and tensors_in(value):
                return value
    return call.unknown("the layer has not been called where it can be seen")


@attribute("keras.layers.Layer.name")
def layer_name(call: Call) -> Value:
    """`layer.name`"""
    layer = call.receiver
    if isinstance(layer, LayerObject) and layer.name not in ("", "?") and not layer.state.get("name_unknown"):
        return layer.name
    return call.unknown("the layer's name is not known", "str")


@attribute("keras.layers.Layer.trainable")
def layer_trainable(call: Call) -> Value:
    """`layer.trainable`"""
    layer = call.receiver
    flag = trainable_flag(layer) if isinstance(layer, LayerObject) else None
    return call.unknown("whether it is trained is not known", "bool") if flag is None else flag


def _set_inside(layer: LayerObject, value: Value) -> None:
    """Keras's setter: every layer inside gets the same value, and may be set back by itself later."""
    for inner in sublayers_of(layer):
        inner.attributes["trainable"] = value
        _set_inside(inner, value)


@method("keras.layers.Layer.__setattr__")
def set_layer_attribute(call: Call) -> Value:
    """`layer.trainable = False`: the object keeps it itself, and the record of calls says when. It holds for everything in the layer."""
    refuse_read_only(call)
    name, value = call.args[0], call.args[1]
    layer = call.receiver
    if name == "trainable" and isinstance(layer, LayerObject):
        _set_inside(layer, value)
    elif (
        name == "built" and isinstance(value, bool) and isinstance(layer, LayerObject) and layer.user_class is not None
    ):
        layer.built = value
        layer.attributes.pop("built", None)  # which changes again when the layer is built
    elif isinstance(layer, LayerObject) and isinstance(name, str) and call.engine.keras_major >= 3:
        track(layer, name, value)
    return None


@attribute("keras.layers.Layer.built")
def layer_built(call: Call) -> Value:
    """`layer.built`"""
    layer = call.receiver
    if not isinstance(layer, LayerObject):
        return call.unknown("the layer is not known", "bool")
    return _is_made(call, layer)


def _is_made(call: Call, layer: LayerObject) -> bool:
    """Has the layer been built, by a call or, in Keras 3, as it was made?"""
    return layer.built or (call.engine.keras_major >= 3 and is_built_at_once(layer))


def _listed(call: Call, what: str, layer: LayerObject) -> tuple[str, LayerObject] | None:
    """What a list is of. Of objects in methods and functions that nobody calls, which others may have filled before, nothing is said."""
    record = call.engine.record
    shared_out = what != "layers" and any(name.startswith("tensorflow.distribute.") for name in record.called())
    return (what, layer) if record.uncalled is None and not shared_out else None  # a weight may be in several parts


@attribute(
    "keras.layers.Layer.weights", "keras.layers.Layer.trainable_weights", "keras.layers.Layer.non_trainable_weights",
    "keras.layers.Layer.variables", "keras.layers.Layer.trainable_variables", "keras.layers.Layer.non_trainable_variables",
)  # fmt: skip
def layer_weights(call: Call) -> Value:
    """`layer.weights` and its relatives. Those that are trained are told from the others only where no layer is inside."""
    layer, which = call.receiver, call.name.rpartition(".")[2]
    all_of_them = which in ("weights", "variables")
    found = _known_weights(layer) if isinstance(layer, LayerObject) else None
    unbuilt = found is None and isinstance(layer, LayerObject) and surely_unbuilt(call.engine, layer)
    if unbuilt:
        found = []
    unlisted = call.unknown("the weights can't be listed", "list")
    if not isinstance(layer, LayerObject):
        return unlisted
    flag = trainable_flag(layer)
    if found is None or (sublayers_of(layer) and which != "weights") or (flag is None and not all_of_them):
        return VariablesOf(unlisted.reason, call.place, "list", unlisted.key, unlisted.origin, owner=layer)
    found = [w for w in found if all_of_them or (w.trainable and bool(flag)) == (not which.startswith("non_"))]
    major = call.engine.keras_major
    made: list[Value] = [variable_from(TensorSpec(w.shape), call.place, w.name, major) for w in found]
    return ListValue(made, lists=_listed(call, NO_WEIGHTS_YET if unbuilt else which, layer))


def _known_weights(layer: LayerObject) -> list[Weight] | None:
    """The weights of a layer and of the layers in it; None where they aren't known, or some are not made yet."""
    if unknown_weights(layer) or not _all_built(layer):
        return None
    return weights_in(layer)


def _all_built(layer: LayerObject) -> bool:
    inner = sublayers_of(layer)
    built = layer.built or is_built_at_once(layer) or layer.type_name == INPUT_LAYER_CLASS
    return built and all(_all_built(one) for one in inner)


OF_ONE_WEIGHT = (
    "kernel",
    "bias",
    "gamma",
    "beta",
    "moving_mean",
    "moving_variance",
    "embeddings",
    "depthwise_kernel",
    "pointwise_kernel",
)
"""Weights that layers show as attributes under their names."""


@attribute(*(f"keras.layers.Layer.{name}" for name in OF_ONE_WEIGHT))
def layer_weight(call: Call) -> Value:
    """`layer.kernel` and its relatives, of Keras's own layers with nothing inside."""
    layer, name = call.receiver, call.name.rpartition(".")[2]
    if (
        isinstance(layer, LayerObject)
        and layer.user_class is None
        and layer.class_name not in NOT_SHOWN
        and not sublayers_of(layer)
    ):
        for weight in _known_weights(layer) or ():
            if weight.name == name:
                return variable_from(TensorSpec(weight.shape), call.place, name, call.engine.keras_major)
    if isinstance(layer, LayerObject) and layer.type_name in _OF_CELLS and call.engine.keras_major >= 3:
        if layer.user_class is None and not layer.approximate:
            call.refuse(
                "no-attribute", "", name, f"'{layer.class_name}' object has no attribute '{name}'", exception="AttributeError", subject=layer,
                attribute=name, meant=f"cell.{name}", gone=False,
            )  # fmt: skip
    if isinstance(layer, LayerObject) and waits_for(call.engine, layer, name):
        call.refuse(
            "weight-before-build", f"a {layer.class_name} that is built", f"`{name}`", f"You must build the layer before accessing `{name}`.",
            exception="AttributeError", subject=layer, attribute=name,
        )  # fmt: skip
    return call.unknown("the weight is not known")


_OF_CELLS = ("keras.layers.LSTM", "keras.layers.GRU", "keras.layers.SimpleRNN")
NOT_SHOWN = (
    "LSTM",
    "GRU",
    "SimpleRNN",
    "RNN",
    "ConvLSTM1D",
    "ConvLSTM2D",
    "ConvLSTM3D",
    "Bidirectional",
    "TimeDistributed",
)
"""Layers whose weights are those of a cell or of another layer."""


@method("keras.layers.Layer.count_params")
def count_params(call: Call) -> Value:
    """`layer.count_params()`"""
    layer = call.receiver
    if isinstance(layer, LayerObject) and call.engine.keras_major >= 3:
        unbuilt = (
            _is_unbuilt_sequential(call, layer)
            if isinstance(layer, ModelObject)
            else surely_unbuilt(call.engine, layer)
        )
        if unbuilt:
            call.refuse(
                "unbuilt", "a layer that is built", "one that is not built yet",
                f"You tried to call `count_params` on layer '{layer.name}', but the layer isn't built.", subject=layer, attribute="count_params",
            )  # fmt: skip
    if isinstance(layer, LayerObject) and _is_made(call, layer) and unknown_weights(layer) is None:
        return int_value(total_parameters(layer))
    return call.unknown("the number of parameters is not known", "int")


@method("keras.layers.Layer.get_weights")
def get_weights(call: Call) -> Value:
    """`layer.get_weights()`: NumPy arrays."""
    found = layer_weights(Call("keras.layers.Layer.weights", [], {}, call.place, call.engine, call.receiver))
    if isinstance(found, ListValue):
        for array in found.items:
            array.type_name = "numpy.ndarray"
            array.facts.pop("~variable", None)
    return found


@method("keras.layers.Layer.set_weights")
def set_weights(call: Call) -> Value:
    """`layer.set_weights(weights)`: one array of the same shape for each weight of the layer, once there are any."""
    layer, given = call.receiver, call.args[0] if call.args else call.kwargs.get("weights")
    if not isinstance(layer, LayerObject) or not isinstance(given, (ListValue, tuple)) or is_open(given):
        return None
    items = given.items if isinstance(given, ListValue) else list(given)
    if isinstance(layer, ModelObject):
        current_layers(layer)
    unbuilt = bool(items) and surely_unbuilt(call.engine, layer)
    weights = [] if unbuilt else _known_weights(layer)
    if weights is None or layer.opaque or layer.approximate or layer.type_name in _KEEPS_STATE:
        return None
    if len(weights) != len(items):
        call.refuse(
            "set-weights-count", f"{len(weights)} arrays", str(len(items)),
            f"You called `set_weights(weights)` on layer '{layer.name}' with a weight list of length {len(items)}, but the layer was expecting "
            f"{len(weights)} weights.",
            subject=layer, weights=tuple(weights), unbuilt=unbuilt,
        )  # fmt: skip
    for weight, value in zip(weights, items) if call.engine.keras_major >= 3 else ():
        if isinstance(value, Array) and _other_shape(weight.shape, value.shape):
            call.refuse(
                "set-weights-shape", str(weight.shape), str(value.shape),
                f"Layer {layer.name} weight shape {weight.shape} is not compatible with provided weight shape {value.shape}.",
                subject=layer, weight=weight, value=value, position=weights.index(weight),
            )  # fmt: skip
    return None


def _other_shape(one: Shape, other: Shape) -> bool:
    """Do the shapes surely differ?"""
    if one.dims is None or other.dims is None:
        return False
    return len(one.dims) != len(other.dims) or any(same(a, b) is False for a, b in zip(one.dims, other.dims))


_KEEPS_STATE = (
    "keras.layers.StringLookup",
    "keras.layers.IntegerLookup",
    "keras.layers.TextVectorization",
    "keras.layers.Normalization",
)
"""Layers whose weights are of a kind of their own."""


@method(
    "keras.Model.export", "keras.Model.reset_metrics", "keras.layers.Layer.reset_states",
    "keras.Model.save_spec", "keras.layers.Layer.reset_state",
)  # fmt: skip
def nothing(call: Call) -> Value:
    """Changes nothing that is of interest here."""
    return None


@method("keras.layers.Layer.add_loss")
def add_own_loss(call: Call) -> Value:
    """`self.add_loss(tensor)`: Keras 3 takes nothing else, neither `inputs` nor what Keras 2 would call later."""
    if call.engine.keras_major < 3:
        return None
    if "inputs" in call.kwargs and not call.open:
        message = "Layer.add_loss() got an unexpected keyword argument 'inputs'"
        call.refuse("own-loss", "only the loss", "`inputs` too", message, exception="TypeError", subject=call.receiver)
    loss = call.args[0] if call.args else call.kwargs.get("loss")
    callable_ = isinstance(loss, (FunctionValue, BoundMethod, Partial, BuiltFunction))
    if callable_ or isinstance(loss, (int, float)):
        call.refuse(
            "own-loss", "a tensor", "a function" if callable_ else f"the number {loss}",
            "`add_loss()` can only be called from inside `build()` or `call()`, on a tensor input.", exception="ValueError", subject=call.receiver,
        )  # fmt: skip
    return None


@method("keras.Model.add_loss")
def add_loss(call: Call) -> Value:
    """`model.add_loss(tensor)`: Keras 3 has it only for what stands in a layer's or a subclassed model's `call`."""
    model = call.receiver
    add_own_loss(call)
    if isinstance(model, ModelObject):
        model.state["added_loss"] = True
        if model.kind == "Functional" and call.engine.keras_major >= 3 and not inside_call():
            call.refuse(
                "functional-add-loss", "a layer's `call`", "a functional model", "add_loss() of a functional model is not implemented",
                exception="NotImplementedError", subject=model,
            )  # fmt: skip
    return None


silent(
    "keras.Model.compile", "keras.Model.summary", "keras.Sequential.add", "keras.Model.save", "keras.Model.save_weights", "keras.Model.export",
    "keras.layers.Layer.set_weights",
)  # fmt: skip


@method("keras.Model.summary")
def summary(call: Call) -> Value:
    """`model.summary()`: Keras 2 has nothing to show of a model that is not built; Keras 3 shows what it knows."""
    model = call.receiver
    if call.engine.keras_major >= 3 or not isinstance(model, ModelObject) or model.kind != "Sequential":
        return None
    unseen = model.incomplete or model.approximate or model.opaque or model.state.get("input_unknown")
    tells = (
        bool(model.layers) and model.layers[0].user_class is not None
    )  # it may have an `_batch_input_shape` of its own
    if model.inputs is None and not model.built and not unseen and not tells and not model.state.get("refused"):
        call.refuse(
            "not-built", "", "", "This model has not yet been built. Build the model first by calling `build()` or by calling the model on a batch of data.",
            subject=model,
        )  # fmt: skip
    return None


@method("keras.Model.build")
def build_model(call: Call) -> Value:
    """`model.build(input_shape)`: in Keras 2 a subclassed model runs its `call` on that shape; in Keras 3 nothing is built."""
    model = call.receiver
    if not isinstance(model, ModelObject) or model.kind != "Subclass" or not call.args + list(call.kwargs.values()):
        return None
    if call.engine.keras_major >= 3:
        # a `build` of the user's own comes here by super(), and is not run again
        model.built = model.built or call.engine.find_method(model, "build") is not None
        return None
    shape = to_shape([*call.args, *call.kwargs.values()][0])
    if shape.dims is None:
        for inner in sublayers_of(model):
            if not inner.built:
                inner.weights_unknown = inner.weights_unknown or "the model is built on a shape that can't be seen"
        return None
    from .calling import apply_layer
    from .tensors import tensor_from

    apply_layer(call.engine, model, tensor_from(TensorSpec(shape), call.place), call.place, moment=Moment.BUILD)
    return None


__all__ = ["current_layers", "run_model", "shape_tuple", "total_parameters", "trainable_parameters"]
