"""Copies of layers and models: `clone_model`, `get_config` and `from_config`, a model saved and loaded again, a layer tried on a shape."""

from __future__ import annotations

from ..faults import Refusal
from ..knowledge import Call, class_method, function, method
from ..program import Compile
from ..shapes import UNKNOWN_SHAPE
from ..values import (
    ClassValue,
    DictValue,
    LayerObject,
    ModelConfig,
    ModelObject,
    ModelText,
    Unknown,
    Value,
    to_shape,
)
from .calling import run_layer
from .custom_objects import SAVED, refuse_to_clone, refuse_to_load, refuse_to_rebuild
from .inputs import INPUT_LAYER_CLASS
from .models import current_layers, shape_tuple
from .objects import construct_layer, signature_of
from .spec import Specs, TensorSpec, Use
from .stored import model_in_file, model_of_text


@function("keras.models.clone_model")
def clone_model(call: Call) -> Value:
    """A copy of a model: the same layers (new ones), the same names."""
    model = call.args[0] if call.args else call.kwargs.get("model")
    if len(call.args) <= 2 and set(call.kwargs) <= {"model", "input_tensors"} and isinstance(model, ModelObject):
        refuse_to_clone(call, model)
    if len(call.args) + len(call.kwargs) != 1 or not isinstance(model, ModelObject) or model.user_class is not None:
        return call.unknown("the clone can't be followed")
    return _clone(model, call, renamed=True)


def copied(layer: LayerObject, copies: dict[int, LayerObject] | None = None, *, renamed: bool = False) -> LayerObject:
    """The same layer once more, in the same state, with sublayers of its own. `renamed`: inputs without a name get another one."""
    copies = {} if copies is None else copies
    if id(layer) in copies:
        return copies[id(layer)]
    kind = ModelObject if isinstance(layer, ModelObject) else LayerObject
    made = kind(layer.type_name, layer.user_class, layer.arguments, dict(layer.attributes), layer.place)
    copies[id(layer)] = made
    made.name, made.built, made.trainable = layer.name, layer.built, layer.trainable
    made.weights, made.weights_unknown, made.input_spec = list(layer.weights), layer.weights_unknown, layer.input_spec
    made.opaque, made.approximate = layer.opaque, layer.approximate
    made.state, made.calls = dict(layer.state), list(layer.calls)
    automatic = layer.arguments is None or layer.arguments.get("name") is None
    if renamed and layer.type_name == INPUT_LAYER_CLASS and automatic:
        # Keras names it after the tensor, and counts those
        made.name, made.state["name_unknown"] = "keras_tensor", True
    made.sublayers = [copied(inner, copies, renamed=renamed) for inner in layer.sublayers]
    if isinstance(layer, ModelObject) and isinstance(made, ModelObject):
        made.kind, made.incomplete, made.uncounted = layer.kind, layer.incomplete, layer.uncounted
        made.inputs, made.outputs = layer.inputs, layer.outputs
        made.layers = [copied(inner, copies, renamed=renamed) for inner in layer.layers]
    return made


def _clone(model: ModelObject, call: Call, *, listed: bool = True, renamed: bool = False) -> ModelObject:
    cloned = copied(model, renamed=renamed and model.kind == "Functional")
    assert isinstance(cloned, ModelObject)
    cloned.place = call.place
    cloned.state["copied"] = True
    if listed:
        call.engine.record.models.append(cloned)
    return cloned


@method("keras.layers.Layer.get_config")
def get_config(call: Call) -> Value:
    """`layer.get_config()`: what the constructor was given, and the defaults of the rest."""
    layer = call.receiver
    if isinstance(layer, ModelObject):
        return ModelConfig({"name": layer.name}, open=True, model=layer)
    if not isinstance(layer, LayerObject):
        return call.unknown("the layer is not known", "dict")
    name: Value = (
        Unknown("the layer's name is not known", call.place) if layer.state.get("name_unknown") else layer.name
    )
    entries: dict[Value, Value] = {"name": name, "dtype": Unknown("a dtype policy", call.place)}
    parameters = signature_of(layer.type_name, call.engine.keras_major)
    if parameters is None or parameters.takes_extra or "trainable" in parameters.names:
        entries["trainable"] = layer.trainable
    arguments = layer.arguments
    if layer.type_name != "keras.layers.Layer" and arguments is not None:
        for key in arguments:
            if key not in entries:
                entries[key] = arguments[key]
    return DictValue(entries, open=arguments is None or arguments.open)


def from_config(call: Call) -> Value:
    """`Dense.from_config(config)`: the same layer once more, under the same name. A user's class gets all of the configuration."""
    config = call.args[0] if call.args else call.kwargs.get("config")
    if isinstance(call.receiver, ClassValue):
        return _own_from_config(call, call.receiver, config)
    kwargs = _keywords(config)
    if kwargs is None:
        return call.unknown(_UNSEEN)
    kwargs.pop("dtype", None)
    return construct_layer(Call(call.name.rpartition(".")[0], [], kwargs, call.place, call.engine))


@method("keras.layers.Layer.compute_output_shape")
def compute_output_shape(call: Call) -> Value:
    """`layer.compute_output_shape(shape)`: what the layer would make of a tensor of that shape. It is not built by that."""
    layer, given = call.receiver, [*call.args, *call.kwargs.values()]
    if not isinstance(layer, LayerObject) or isinstance(layer, ModelObject) or layer.user_class is not None:
        return call.unknown("the output shape is not computed here", "tuple")
    inside = layer.arguments is not None and any(isinstance(layer.arguments[a], LayerObject) for a in layer.arguments)
    shape = to_shape(given[0]) if len(given) == 1 else UNKNOWN_SHAPE
    if call.engine.keras_major < 3 or layer.sublayers or inside or shape.dims is None:
        return call.unknown("the output shape is not computed here", "tuple")
    trial = copied(layer)
    try:
        output = run_layer(trial, Use(trial, TensorSpec(shape), call.place, call.engine, unchecked=True)).output
    except Refusal:
        return call.unknown("the layer refuses that shape", "tuple")
    return _as_tuples(output)


def _as_tuples(specs: Specs) -> Value:
    return tuple(map(_as_tuples, specs)) if isinstance(specs, tuple) else shape_tuple(specs.shape)


def _own_from_config(call: Call, cls: ClassValue, config: Value) -> Value:
    kwargs = _keywords(config)
    return call.unknown(_UNSEEN) if kwargs is None else call.engine.call(cls, [], kwargs, place=call.place)


_UNSEEN = "the configuration can't be seen into"


def _keywords(config: Value) -> dict[str, Value] | None:
    """A configuration as keywords; None where it can't be seen into."""
    if not isinstance(config, DictValue) or config.open or not all(isinstance(key, str) for key in config.entries):
        return None
    return {str(key): value for key, value in config.entries.items()}


@class_method("keras.Model.from_config", "keras.Sequential.from_config")
@function("keras.models.model_from_config")
def model_from_config(call: Call) -> Value:
    """A model of another's configuration: the same layers, new ones."""
    config = call.args[0] if call.args else call.kwargs.get("config")
    if isinstance(call.receiver, ClassValue):
        return _own_from_config(call, call.receiver, config)
    model = config.model if isinstance(config, ModelConfig) else None
    if isinstance(config, ModelConfig) and model is not None and set(config.entries) <= {"name"}:
        refuse_to_rebuild(call, model)
    if model is None or model.user_class is not None:
        return call.unknown(_UNSEEN)
    return _clone(model, call)


@method("keras.Model.to_json")
def to_json(call: Call) -> Value:
    """`model.to_json()`"""
    model, why = call.receiver, "what stands in a model's JSON is not followed"
    if not isinstance(model, ModelObject) or model.user_class is not None:
        return call.unknown(why, "str")
    current_layers(model)
    return ModelText(why, call.place, "str", model=model, layers=tuple(model.layers), compiled=model.compiled)


@function("keras.models.model_from_json")
def model_from_json(call: Call) -> Value:
    """`keras.models.model_from_json(model.to_json())`: the same layers, new ones. Keras 3 compiles it as the other one was."""
    text = call.args[0] if call.args else call.kwargs.get("json_string")
    if isinstance(text, DictValue):
        call.refuse(
            "not-json", "a text", "a dict", "the JSON object must be str, bytes or bytearray, not dict", exception="TypeError",
            blamed=call.arg_places[:1], instead="to_json",
        )  # fmt: skip
    stored = model_of_text(call, text) if isinstance(text, str) else None
    if stored is not None:
        call.engine.record.models.append(stored)
        return stored
    if not isinstance(text, ModelText) or text.model is None or text.layers != tuple(text.model.layers):
        return call.engine.gap("`model_from_json()` reads a text: what the model is can't be seen", call.place)
    refuse_to_rebuild(call, text.model)
    made = _clone(text.model, call)
    made.compiled = text.compiled if call.engine.keras_major >= 3 else None
    return made


@method("keras.Model.save")
def save(call: Call) -> Value:
    """`model.save(path)`: what is loaded from that path later in the same program is this model."""
    path = call.args[0] if call.args else call.kwargs.get("filepath", call.kwargs.get("path"))
    if isinstance(call.receiver, ModelObject) and isinstance(path, str):
        keep_saved(call, path, call.receiver, call.receiver.compiled)
    return None


@function("keras.models.save_model")
def save_model(call: Call) -> Value:
    """`keras.models.save_model(model, path)`"""
    model = call.args[0] if call.args else call.kwargs.get("model")
    path = call.args[1] if len(call.args) > 1 else call.kwargs.get("filepath")
    if isinstance(model, ModelObject) and isinstance(path, str):
        keep_saved(call, path, model, model.compiled)
    return None


def keep_saved(call: Call, path: str, model: ModelObject, compiled: Compile | None) -> None:
    """Take note that a model is written to a path, where, and with which `compile`."""
    call.engine.record.saved[str(path)] = model
    call.engine.files.written(path)
    model.state.setdefault(SAVED, {})[str(path)] = compiled, call.place


@function("keras.models.load_model")
def load_model(call: Call) -> Value:
    """`keras.models.load_model(path)`: known where the same program saved a model there, or the file is in the project."""
    path = call.args[0] if call.args else call.kwargs.get("filepath")
    model = call.engine.record.saved.get(path) if isinstance(path, str) else None
    if not isinstance(model, ModelObject) or not isinstance(path, str):
        return model_in_file(call, path) or _unseen(call)
    try:
        refuse_to_load(call, model, path)
    except Refusal as refusal:
        refusal.instead = None if model.user_class is not None else _loaded(call, model)
        raise
    return _unseen(call) if model.user_class is not None else _loaded(call, model)


def _unseen(call: Call) -> Value:
    return call.engine.gap("`load_model()` reads a file: what the model is can't be seen", call.place)


def _loaded(call: Call, model: ModelObject) -> ModelObject:
    current_layers(model)
    loaded = _clone(model, call, listed=False)
    loaded.compiled = None if call.kwargs.get("compile") is False else model.compiled
    return loaded
