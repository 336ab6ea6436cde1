"""Copies of layers and models: `clone_model`, `get_config` and `from_config`, a model saved and loaded again, a layer tried on a shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..faults import Refusal
from ..knowledge import Call, class_method, function, method
from ..program import Compile
from ..shapes import UNKNOWN_SHAPE
from ..values import (
    ClassValue,
    DictValue,
    FunctionValue,
    LayerObject,
    ModelConfig,
    ModelObject,
    Unknown,
    Value,
    flatten,
    to_shape,
)
from .api import is_identifier
from .calling import run_layer
from .counting import sublayers_of
from .inputs import INPUT_LAYER_CLASS
from .models import current_layers, shape_tuple
from .objects import construct_layer, signature_of
from .spec import Specs, TensorSpec, Use


@function("keras.models.clone_model")
def clone_model(call: Call) -> Value:
    """A copy of a model: the same layers (new ones), the same names."""
    model = call.args[0] if call.args else call.kwargs.get("model")
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
    if model is None or model.user_class is not None:
        return call.unknown(_UNSEEN)
    return _clone(model, call)


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
    """Take note that a model is written to a path, and with which `compile`."""
    call.engine.record.saved[str(path)] = model
    model.state.setdefault("saved_with", {})[str(path)] = compiled


def _within(layer: LayerObject) -> Iterator[LayerObject]:
    """The layers of a model, those of models within it and those that wrappers wrap, as far as Keras's own classes save them."""
    for inner in sublayers_of(layer):
        yield inner
        if inner.user_class is None:
            yield from _within(inner)


def _own_functions(layer: LayerObject) -> list[FunctionValue]:
    """The functions of the user's that a Lambda or another layer of Keras's own has got."""
    if layer.user_class is not None or layer.arguments is None:
        return []
    given = (layer.arguments.get(name) for name in ("function", "activation", "recurrent_activation"))
    return [value for value in given if isinstance(value, FunctionValue)]


def _refuse_lambdas(call: Call, model: ModelObject, path: str) -> None:
    """Keras 3 loads no code of a Lambda layer's lambda, unless it is told that the file is trusted."""
    mode = call.args[3] if len(call.args) > 3 else call.kwargs.get("safe_mode", True)
    if call.open or mode is not True or call.engine.keras_major < 3 or not path.endswith(".keras"):
        return
    if model.incomplete or model.user_class is not None or any(_LIFTS in c.name for c in call.engine.record.calls):
        return
    for layer in _within(model):
        lambdas = [f for f in _own_functions(layer) if isinstance(f.node, ast.Lambda)]
        if layer.type_name == "keras.layers.Lambda" and lambdas:
            call.refuse(
                "unsafe-lambda", "safe_mode=False, which says that you trust the file, or a function with a name instead of the lambda", "",
                f"the Lambda layer `{layer.name}` of the saved model holds a Python lambda, whose code is not loaded by default",
                blamed=(layer.place,),
            )  # fmt: skip


_LIFTS = "enable_unsafe_deserialization"
"""The function of `keras.config` that lets lambdas be loaded from then on."""


def _refuse_unknown_objects(call: Call, model: ModelObject, path: str) -> None:
    """Keras 3 finds neither the user's functions of a saved `compile` nor the classes of its layers by itself."""
    told = (
        len(call.args) > 1
        or call.open
        or any(call.kwargs.get(name) is not None for name in ("custom_objects", "compile"))
    )
    if (
        told
        or call.engine.keras_major < 3
        or not path.endswith(".keras")
        or model.incomplete
        or model.user_class is not None
    ):
        return
    names = {c.name.rpartition(".")[2].lower().replace("_", "") for c in call.engine.record.calls}
    if names & {"getcustomobjects", "customobjectscope", "registerkerasserializable"}:
        return
    found: list[FunctionValue | ClassValue] = []
    for layer in model.layers:
        if layer.user_class is not None and not isinstance(layer, ModelObject):
            found.append(layer.user_class)
        found += _own_functions(layer)
    compiled = model.state.get("saved_with", {}).get(path)
    for argument in ("loss", "metrics") if compiled is not None and not compiled.arguments.open else ():
        found += [value for value in flatten(compiled.arguments.get(argument)) if isinstance(value, FunctionValue)]
    for value in found:
        own = (
            value.tree is call.place.tree
            and value.name.isidentifier()
            and not getattr(value.node, "decorator_list", ())
        )
        if own and not any(is_identifier(group, value.name) for group in ("losses", "metrics")):
            what = "class" if isinstance(value, ClassValue) else "function"
            call.refuse(
                "unknown-custom-object", f"`custom_objects` with {value.name}", "none", f"Could not locate {what} '{value.name}'.",
                exception="TypeError", name=value.name, what=what,
            )  # fmt: skip


@function("keras.models.load_model")
def load_model(call: Call) -> Value:
    """`keras.models.load_model(path)`: known where the same program saved a model there."""
    path = call.args[0] if call.args else call.kwargs.get("filepath")
    model = call.engine.record.saved.get(path) if isinstance(path, str) else None
    if isinstance(model, ModelObject) and isinstance(path, str):
        _refuse_lambdas(call, model, path)
        _refuse_unknown_objects(call, model, path)
    if not isinstance(model, ModelObject) or model.user_class is not None:
        return call.engine.gap("`load_model()` reads a file: what the model is can't be seen", call.place)
    current_layers(model)
    loaded = _clone(model, call, listed=False)
    loaded.compiled = None if call.kwargs.get("compile") is False else model.compiled
    return loaded
