"""Constructing what Keras provides: layers, and the plain objects beside them (optimizers, losses, callbacks, ...)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..faults import Leaving, Moment, Refusal
from ..knowledge import Call, Parameter, Signature, bind, function
from ..places import Place
from ..values import Arguments, LayerObject, Object, Tensor, Unknown, Value
from .api import extras, refuses_tensor, signature
from .inside import inside_call
from .layers.arguments import identifiers, listed
from .layers.opaque import OPAQUE
from .naming import check_name, given_name, snake_case, take_automatic_name
from .older import refuse_newer_keywords
from .settings_of_objects import check_settings
from .spec import LayerKnowledge, Use, find_layer
from .unbuilt import note_made

BASE_LAYER = "keras.layers.Layer"

COMMON = ("name", "trainable", "dtype", "activity_regularizer", "autocast")
"""What `Layer.__init__` takes besides a layer's own arguments."""

SHAPE_HINTS = ("input_shape", "input_dim")
"""Accepted with a warning by Keras 3; Sequential makes an Input of them."""


def signature_of(name: str, major: int) -> Signature | None:
    """The constructor's signature, None for a class that we don't know."""
    found = signature(name, major)
    if found is None and major != 3:
        found = signature(name, 3)
    return found


_ANYTHING = Signature([Parameter("args", "var", required=False), Parameter("kwargs", "kwargs", required=False)])
"""What the constructor of a class that is not known takes."""
_SWALLOWING = frozenset(["keras.layers.HashedCrossing"])
"""Classes whose constructor takes any further keyword and forgets it."""


def bind_layer(call: Call, name: str) -> tuple[Arguments, bool]:
    """Bind a layer's constructor call, refusing what Keras refuses. The bool: is the class known?"""
    parameters = signature_of(name, call.engine.keras_major)
    if parameters is None:
        return bind(call, _ANYTHING), False
    try:
        arguments = bind(call, parameters)
    except Refusal as refusal:
        fault = replace(refusal.fault, moment=Moment.CONSTRUCT)
        place = next((p for value, p in zip(call.args, call.arg_places) if _tensors(value)), None)
        if place is not None and not inside_call():
            fault = replace(
                fault, kind="tensor-for-argument", details={"argument": None, "more": _more(call)}, blamed=(place,)
            )
        raise Refusal(fault, refusal.exception) from None
    own = {p.name for p in parameters} if arguments.extra else set()
    inherited = extras(name, call.engine.keras_major)
    for extra in list(arguments.extra):
        if name in _SWALLOWING or extra in own or extra in inherited:
            continue
        short = name.rpartition(".")[2]
        call.refuse(
            "unknown-argument", "", extra, f"Unrecognized keyword arguments passed to {short}: {{'{extra}': ...}}",
            moment=Moment.CONSTRUCT, blamed=(call.kwarg_places.get(extra),), argument=extra,
            accepted=sorted(own - {"kwargs", "args"} | set(COMMON)), taken=frozenset(n for n in own if arguments.explicit(n)),
        )  # fmt: skip
    return arguments, True


def construct_layer(call: Call) -> Value:
    """`keras.layers.X(...)`."""
    layer = LayerObject(call.name, place=call.place)
    initialise(call, layer, call.name)
    if not inside_call():
        _tensors_taken(call, layer)
    return layer


def initialise(call: Call, layer: LayerObject, name: str) -> None:
    """What the constructor of library class `name` does to an object, which may be of a user's subclass."""
    engine = call.engine
    arguments, known = bind_layer(call, name)
    arguments.open = arguments.open or call.open
    first = layer.arguments is None
    layer.arguments = arguments
    knowledge = find_layer(name)
    _common(call, layer, arguments, knowledge)
    if first:
        engine.record.layers.append(layer)
        note_made(engine, layer)
    if known and not inside_call():
        _refuse_what_is_called_with(call, layer, arguments, name)
    if not known or knowledge is None:
        if name not in (BASE_LAYER, "keras.Model") and not layer.opaque:
            layer.opaque = OPAQUE.get(name) or f"`{name.rpartition('.')[2]}` is a layer that is not known here"
    elif arguments.open and layer.user_class is None:
        layer.opaque = "its arguments come from a `*` or `**` that can't be seen into"
    else:
        _check_arguments(Use(layer, (), call.place, engine, moment=Moment.CONSTRUCT), knowledge)


def _tensors(value: Value) -> str | None:
    """Is this a symbolic tensor ("one"), or a list or tuple of nothing but them ("several")?"""
    if isinstance(value, Tensor):
        return "one"
    row = listed(value)
    return "several" if row and all(isinstance(item, Tensor) for item in row) else None


def _more(call: Call) -> bool:
    """Does the constructor get, or need, anything beside one tensor?"""
    needs = any(
        p.required and p.kind in ("positional", "keyword")
        for p in signature_of(call.name, call.engine.keras_major) or ()
    )
    return needs or len(call.args) + len(call.kwargs) > 1


def _refuse_what_is_called_with(call: Call, layer: LayerObject, arguments: Arguments, name: str) -> None:
    """Among the constructor's arguments tensors, where what the layer is called with was meant, and layers, where a number or a word is wanted:
    what goes into a layer is given where it is called."""
    for parameter, argument in arguments.written():
        value = argument.value
        kind = "layer" if isinstance(value, LayerObject) else _tensors(value)
        if kind is None or not refuses_tensor(name, parameter, kind, call.engine.keras_major):
            continue
        thing, what = ("layer", "a layer") if kind == "layer" else ("tensor", "a KerasTensor")
        got = (
            f"the layer {value.class_name}"
            if isinstance(value, LayerObject)
            else "a tensor"
            if kind == "one"
            else "tensors"
        )
        call.refuse(
            f"{thing}-for-argument", f"no {thing} for `{parameter}`", got, f"Invalid value for `{parameter}`: {what}",
            moment=Moment.CONSTRUCT, blamed=(argument.place,), subject=layer, argument=parameter, value=value, more=_more(call),
        )  # fmt: skip


def _tensors_taken(call: Call, layer: LayerObject) -> None:
    """Tensors that the constructor takes for something else without a word."""
    if not any(_tensors(value) for value in call.args):
        return
    names = [p.name for p in signature_of(call.name, call.engine.keras_major) or () if p.kind == "positional"]
    for parameter, value, place in zip(names, call.args, call.arg_places):
        if _tensors(value):
            call.notice(
                "tensor-for-argument", moment=Moment.CONSTRUCT, blamed=(place,), subject=layer, argument=parameter, value=value,
                more=_more(call),
            )  # fmt: skip
            return


def _check_arguments(use: Use, knowledge: LayerKnowledge) -> None:
    """What Keras checks when the layer is made. Keras 2 checks less of it, and other things."""
    if use.engine.keras_major >= 3 and knowledge.constructor is not None:
        knowledge.constructor(use)
    identifiers(use)


def _common(call: Call, layer: LayerObject, arguments: Arguments, knowledge: LayerKnowledge | None) -> None:
    name, named = arguments.get("name"), given_name(layer, arguments)
    check_name(call, arguments)
    if named is not None:
        layer.name = named
    elif isinstance(name, Unknown):
        layer.name = "?"
    else:
        prefix = knowledge.prefix if knowledge is not None and layer.user_class is None else None
        take_automatic_name(call.engine, layer, prefix or snake_case(layer.class_name))
    trainable = arguments.get("trainable", True)
    if (
        isinstance(trainable, (int, float, str, tuple))
        and not isinstance(trainable, bool)
        and call.engine.keras_major >= 3
    ):
        call.refuse(
            "argument", "True or False", repr(trainable), f"Expected `trainable` to be a boolean. Received: trainable={trainable}",
            moment=Moment.CONSTRUCT, blamed=(arguments.place("trainable"),), argument="trainable",
        )  # fmt: skip
    if trainable is False:
        layer.trainable = False
    elif isinstance(trainable, Unknown):
        layer.state["trainable_unknown"] = True
    for hint in (*SHAPE_HINTS, "batch_input_shape"):
        given = arguments.extra.get(hint)  # an argument of the layer's own (Embedding's input_dim) is no hint
        value = given.value if given is not None else None
        if value is not None and not layer.type_name.endswith(".InputLayer"):
            layer.state["input_shape_hint"] = (hint, value, arguments.place(hint))


def construct_object(call: Call) -> Value:
    """An optimizer, loss, metric, callback, initializer, regularizer or the like: a plain object with bound arguments."""
    arguments = bind(call, signature_of(call.name, call.engine.keras_major) or _ANYTHING)
    if call.name.startswith("keras.losses."):
        _refuse_reduction(call, arguments)
    if call.name.startswith("keras.optimizers."):
        refuse_newer_keywords(call, arguments, call.name, Moment.CONSTRUCT)
        if "lr" in arguments.extra and call.engine.keras_major >= 3 and call.engine.takes("ValueError"):
            raise Leaving("ValueError")
        if call.name.count(".") == 2:  # schedules are named as they like
            check_name(call, arguments)
    check_settings(call, call.name, arguments)
    return Object(call.name, arguments=arguments, place=call.place)


_REDUCTIONS = ("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none", None)
"""How Keras 3's losses may put the values of a batch together (source: `standardize_reduction` of keras/src/losses/loss.py)."""


def _refuse_reduction(call: Call, arguments: Arguments) -> None:
    """`reduction="auto"`, which was the default of Keras 2."""
    given = arguments.get("reduction")
    if call.engine.keras_major >= 3 and isinstance(given, str) and given not in _REDUCTIONS:
        meant = '"sum_over_batch_size"' if given == "auto" else '"sum_over_batch_size", "sum", "mean" or "none"'
        call.refuse(
            "reduction", f"{meant} for `reduction`", repr(str(given)), f"Invalid value for argument `reduction`: {str(given)!r}", moment=Moment.CONSTRUCT,
            blamed=(arguments.place("reduction"),), argument="reduction",
        )  # fmt: skip


def initialise_object(call: Call) -> Value:
    """`super().__init__(...)` in a user's subclass of such a class."""
    receiver = call.receiver
    if isinstance(receiver, Object):
        try:
            parameters = signature_of(call.name.rpartition(".")[0], call.engine.keras_major)
            if parameters is not None:
                receiver.arguments = bind(call, parameters)
        except Refusal:
            receiver.arguments = None
        if receiver.arguments is not None:
            if call.name.startswith("keras.losses."):
                _refuse_reduction(call, receiver.arguments)
            check_settings(call, call.name.rpartition(".")[0], receiver.arguments)
    return None


def register_layers(names: Iterable[str]) -> None:
    """Make layer classes constructible, and initialisable from subclasses."""
    for name in names:
        function(name)(construct_layer)
        function(f"{name}.__init__")(_initialiser(name))


def _initialiser(name: str):  # type: ignore[no-untyped-def]
    def initialise_subclass(call: Call) -> Value:
        if isinstance(call.receiver, LayerObject):
            initialise(call, call.receiver, name)
        return None

    return initialise_subclass


def where(layer: LayerObject, fallback: Place) -> Place:
    """Where a layer is made."""
    return layer.place or fallback
