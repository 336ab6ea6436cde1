"""What of the user's own Keras 3 can't make again from a configuration, which has only names: functions, classes, and the code of lambdas."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NoReturn

from ..faults import Moment
from ..knowledge import Call, bind, parse_signature
from ..places import Place
from ..program import Compile
from ..values import BoundMethod, ClassValue, DictValue, FunctionValue, LayerObject, ModelObject, Value, flatten
from .api import is_identifier
from .counting import sublayers_of
from .spec import Use

_LIFTS = "enable_unsafe_deserialization"
"""The function of `keras.config` that lets lambdas be made again from then on."""
SAVED = "saved models"
"""What is kept of a model's files: by path, the `compile` that it was saved with, and where."""
_REGISTER = frozenset(["getcustomobjects", "customobjectscope", "registerkerasserializable"])
_LOCATED = ("activations", "losses", "metrics", "initializers", "regularizers", "constraints", "optimizers")
"""Where Keras looks for the name of a function, whoever has written it."""
_SHORT = frozenset(form for word in ("mse", "mae", "mape", "msle", "bce", "kld") for form in (word, word.upper()))
"""Names of losses that `compile` takes, and `load_model` doesn't find (source: `ALL_OBJECTS_DICT` of keras.losses, each saved as .h5 and loaded)."""


def refuse_to_load(call: Call, model: ModelObject, path: str) -> None:
    """Refuse what `load_model` doesn't make from a file that the program has saved."""
    if call.open or call.engine.keras_major < 3:
        return
    compiled, saved = model.state[SAVED][path]
    if path.endswith((".h5", ".hdf5")) and compiled is not None:
        _refuse_short_losses(call, compiled, saved)
    if not path.endswith(".keras") or model.incomplete or model.user_class:
        return
    mode = call.args[3] if len(call.args) > 3 else call.kwargs.get("safe_mode", True)
    layers = list(_within(model))
    if mode is True:
        _refuse_lambdas(call, layers, "the saved model", "safe_mode=False, which says that you trust the file,")
    given = call.args[1] if len(call.args) > 1 else call.kwargs.get("custom_objects")
    if given is not None or call.kwargs.get("compile") is not None:
        _refuse_unmade(call, layers, given)
        return
    found: list[FunctionValue | ClassValue] = [one for layer in layers for one in _own(layer)]
    for argument in ("loss", "metrics") if compiled is not None and not compiled.arguments.open else ():
        found += [value for value in flatten(compiled.arguments.get(argument)) if isinstance(value, FunctionValue)]
    _refuse_unlocated(call, found, "file")
    _refuse_unmade(call, layers)


def _refuse_short_losses(call: Call, compiled: Compile, saved: Place) -> None:
    """In the older format a loss is read back by the name that it was given, and among those that are looked up there short ones are not."""
    arguments = bind(call, parse_signature("filepath, custom_objects=None, compile=True, safe_mode=True"))
    own = arguments.get("custom_objects")
    if arguments.get("compile") is not True or _registers(call):
        return
    if own is not None and (not isinstance(own, DictValue) or own.open):
        return
    given = own.entries if isinstance(own, DictValue) else ()
    name = next((str(v) for v in flatten(compiled.loss) if isinstance(v, str) and v in _SHORT and v not in given), None)
    if name is not None:
        call.refuse(
            "legacy-file", "the loss by its full name, or compile=False", repr(name),
            f"Could not deserialize 'keras.metrics.{name}' because it is not a KerasSaveable subclass", name=name,
            saved=saved,
        )  # fmt: skip


def refuse_to_rebuild(call: Call, model: ModelObject) -> None:
    """Refuse what `from_config` doesn't make of a model's configuration."""
    if call.open or call.engine.keras_major < 3 or model.incomplete or model.user_class is not None:
        return
    layers = list(_within(model))
    _refuse_lambdas(call, layers, "the model")
    if len(call.args) + len(call.kwargs) == 1:
        _refuse_unlocated(call, [one for layer in layers for one in _own(layer)], "configuration")
        _refuse_unmade(call, layers)


def refuse_to_clone(call: Call, model: ModelObject) -> None:
    """Refuse what `clone_model` doesn't make again: it asks each layer's own class, and only what is inside of that one has to be located."""
    if call.open or call.engine.keras_major < 3 or model.incomplete or model.user_class is not None:
        return
    layers = [layer for layer in model.layers if layer.user_class is None]
    inner = [below for layer in layers for below in _within(layer)]
    _refuse_lambdas(call, [*layers, *inner], "the model")
    _refuse_unlocated(call, [one for layer in [*layers, *inner] for one in _own(layer)], "configuration")
    _refuse_unmade(call, [*model.layers, *inner])


def refuse_to_copy(use: Use, layer: LayerObject) -> None:
    """Refuse what a wrapper that copies its layer by the configuration doesn't make again."""
    if not isinstance(layer, ModelObject):
        call = Call(use.layer.type_name, [], {}, use.place, use.engine)
        found = [one for below in (layer, *_within(layer)) for one in _own(below)]
        _refuse_unlocated(call, found, "configuration", Moment.CONSTRUCT)


def _within(layer: LayerObject) -> Iterator[LayerObject]:
    """The layers of a model, those of models within it and those that layers are given, as far as Keras's own classes keep them."""
    given: list[LayerObject] = []
    if layer.user_class is None and layer.arguments is not None and not isinstance(layer, ModelObject):
        values = [value for name in layer.arguments for value in flatten(layer.arguments[name])]
        given = [value for value in values if isinstance(value, LayerObject)]
    for inner in given or sublayers_of(layer):
        yield inner
        if inner.user_class is None:
            yield from _within(inner)


def _own(layer: LayerObject) -> list[FunctionValue | ClassValue]:
    """The user's class of a layer, or the functions of the user's that a layer of Keras's own has got."""
    if layer.user_class is not None:
        return [] if isinstance(layer, ModelObject) else [layer.user_class]
    return [*_functions(layer)]


def _functions(layer: LayerObject) -> list[FunctionValue]:
    if layer.user_class is not None or layer.arguments is None:
        return []
    given = (layer.arguments.get(name) for name in ("function", "activation", "recurrent_activation"))
    return [value for value in given if isinstance(value, FunctionValue)]


def _refuse_lambdas(call: Call, layers: list[LayerObject], what: str, trust: str = "") -> None:
    """Keras 3 takes no code of a Lambda layer's lambda from a configuration, unless it is told that it can be trusted."""
    if any(_LIFTS in name for name in call.engine.record.called()):
        return
    for layer in layers:
        if layer.type_name == "keras.layers.Lambda" and any(isinstance(f.node, ast.Lambda) for f in _functions(layer)):
            done = "loaded" if trust else "made again from its configuration"
            named = (
                "a function with a name"
                if trust
                else "`keras.config.enable_unsafe_deserialization()` before it, or a registered function"
            )
            call.refuse(
                "unsafe-lambda", f"{trust} or {named} instead of the lambda".lstrip(" or"), "",
                f"the Lambda layer `{layer.name}` of {what} holds a Python lambda, whose code is not {done} by default",
                blamed=(layer.place,),
            )  # fmt: skip


def _refuse_unlocated(
    call: Call, found: list[FunctionValue | ClassValue], source: str, moment: Moment = Moment.RUN
) -> None:
    """Keras 3 finds neither the user's functions nor its classes by themselves."""
    if _registers(call) or (source != "file" and call.engine.record.uncalled is not None):
        return  # whoever calls it may have opened a scope around
    for value in found:
        own = (
            value.tree is call.place.tree
            and value.name.isidentifier()
            and not getattr(value.node, "decorator_list", ())
        )
        if own and not any(is_identifier(group, value.name) for group in _LOCATED):
            _refuse_one(call, value, source, moment)


def _registers(call: Call) -> bool:
    """Does the program give Keras names of its own?"""
    names = {name.rpartition(".")[2].lower().replace("_", "") for name in call.engine.record.called()}
    return bool(names & _REGISTER)


def _refuse_one(call: Call, value: FunctionValue | ClassValue, source: str, moment: Moment) -> NoReturn:
    what = "class" if isinstance(value, ClassValue) else "function"
    call.refuse(
        "unknown-custom-object", f"`custom_objects` with {value.name}", "none", f"Could not locate {what} '{value.name}'.",
        exception="TypeError", moment=moment, name=value.name, what=what, source=source,
    )  # fmt: skip


def _refuse_unmade(call: Call, layers: list[LayerObject], given: Value = None) -> None:
    """A layer is made again by its constructor, from its configuration: refuse one that doesn't take what is in there, or needs what isn't.

    `given` are the custom objects by name: who gives another class, or what can't be seen into, may have thought of that.
    """
    for layer in layers:
        cls = layer.user_class
        if cls is None or isinstance(layer, ModelObject) or layer.type_name != "keras.layers.Layer":
            continue
        named_so = given.entries.get(cls.name) if isinstance(given, DictValue) and not given.open else None
        if given is not None and named_so is not cls:
            continue
        constructor = call.engine.find_method(layer, "__init__")
        if call.engine.find_method(layer, "from_config") is not None or not isinstance(constructor, BoundMethod):
            continue
        node = constructor.function.node
        keys = _keys(call, layer, node.args)
        if keys is None or node.decorator_list or node.args.posonlyargs:
            continue
        takes = [one.arg for one in (*node.args.args[1:], *node.args.kwonlyargs)]
        needs = [one.arg for one in node.args.args[1 : len(node.args.args) - len(node.args.defaults)]]
        needs += [one.arg for one, default in zip(node.args.kwonlyargs, node.args.kw_defaults) if default is None]
        extra = [key for key in keys if key not in takes] if node.args.kwarg is None else []
        lacking = [name for name in needs if name not in keys]
        if extra or lacking:
            call.refuse(
                "not-from-config", ", ".join(takes), ", ".join(keys), f"Error when deserializing class '{cls.name}'", exception="TypeError",
                subject=layer, cls=cls, extra=extra, lacking=lacking,
            )  # fmt: skip


def _keys(call: Call, layer: LayerObject, constructor: ast.arguments) -> list[str] | None:
    """The names in the configuration of a layer of the user's; None where they can't be told."""
    own = call.engine.find_method(layer, "get_config")
    if own is not None:
        made = call.engine.call(own, [], {}, place=call.place)
        if not isinstance(made, DictValue) or made.open or not all(isinstance(key, str) for key in made.entries):
            return None
        return [str(key) for key in made.entries]
    if constructor.vararg is not None:
        return None
    given = [one.arg for one in (*constructor.args[1:], *constructor.kwonlyargs)]
    name = ["name"] if constructor.kwarg is not None and constructor.kwarg.arg == "kwargs" else []
    return [*given, *(word for word in (*name, "trainable", "dtype") if word not in given)]
