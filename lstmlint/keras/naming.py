"""Names as Keras gives them: `LSTM` -> lstm, lstm_1, ..."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from ..faults import Moment
from ..knowledge import Call, Engine

if TYPE_CHECKING:
    from ..values import Arguments, LayerObject


@functools.cache
def snake_case(name: str) -> str:
    """The prefix that Keras makes of a class name: "MaxPooling1D" -> "max_pooling1d"."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


_SCOPE = re.compile(r"^[A-Za-z0-9_.\\/>-]*$")
_ROOT_SCOPE = re.compile(r"^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$")
"""As in tensorflow/python/framework/ops.py: what a scope of a graph may be called within another one, and outside of all."""


def scope_refusal(name: str, *, root: bool = False) -> tuple[str, str] | None:
    """What TensorFlow wants a scope's name to be, and how it refuses this one; None where it takes it, as it does of all names when run eagerly."""
    pattern, kind = (_ROOT_SCOPE, "root scope name") if root else (_SCOPE, "scope name")
    if not name or pattern.match(name):
        return None
    first = ", after a letter or a digit" if _SCOPE.match(name) else ""
    wanted = f"a name of letters, digits, `_`, `.` and `-` alone{first}"
    return wanted, f"'{name}' is not a valid {kind}. A {kind} has to match the following pattern: {pattern.pattern}"


def sure_name(layer: LayerObject) -> str | None:
    """The name that a layer surely has; None where it isn't known, or was set later."""
    unknown = layer.name in ("", "?") or layer.state.get("name_unknown") or "name" in layer.attributes
    return None if unknown else layer.name


def may_be_called(layer: LayerObject, name: str) -> bool:
    """May a layer with another name have this one where it runs: one that nobody knows, or the same with another number?"""
    if layer.state.get("name_unknown") or layer.name in ("", "?"):
        return True
    prefix = layer.state.get("unnumbered")
    return prefix is not None and re.fullmatch(rf"{re.escape(prefix)}(_\d+)?", name) is not None


def unsure_number(layer: LayerObject) -> bool:
    """Has the layer an automatic name whose number depends on what was called before?"""
    return "unnumbered" in layer.state


def is_bare(layer: LayerObject) -> bool:
    """Has surely nobody given an InputLayer a name?"""
    arguments = layer.arguments
    hidden = (
        layer.state.get("name_unknown") or arguments is None or arguments.open or arguments.get("tensor") is not None
    )
    return bool(layer.state.get("bare")) and not hidden


def automatic_name(engine: Engine, class_name: str) -> str:
    """The next automatic name for an object of this class; operations and layers count together, as in Keras."""
    return engine.name_for(snake_case(class_name))


def given_name(layer: LayerObject, arguments: Arguments) -> str | None:
    """The name in the arguments of a layer or model. Where they hide whether there is one, the layer is marked as one of unknown name."""
    name = arguments.get("name")
    if not isinstance(name, str) and (name is not None or arguments.open):
        layer.state["name_unknown"] = True
    return str(name) if isinstance(name, str) else None


def check_name(call: Call, arguments: Arguments, moment: Moment = Moment.CONSTRUCT) -> None:
    """Refuse a `name` that Keras 3 refuses of whatever it names: layers, models, inputs, variables, optimizers."""
    name = arguments.get("name")
    if call.engine.keras_major < 3 or (isinstance(name, str) and "/" not in name):
        return
    if isinstance(name, (str, int, float, tuple)):
        required, got = ("a name without `/`", name) if isinstance(name, str) else ("a string", repr(name))
        call.refuse(
            "layer-name", required, got, f"Argument `name` must be a string and cannot contain character `/`. Received: name={got}",
            moment=moment, blamed=(arguments.place("name"),), argument="name",
        )  # fmt: skip


def take_name(call: Call, layer: LayerObject, arguments: Arguments, class_name: str) -> None:
    """Give a layer or model the name in its arguments, or the next automatic one of its class."""
    check_name(call, arguments)
    named = given_name(layer, arguments)
    if named is not None:
        layer.name = named
    else:
        number(call.engine, layer, snake_case(class_name))


def number(engine: Engine, layer: LayerObject, prefix: str) -> None:
    """Give a layer the next name of its kind."""
    layer.name = engine.name_for(prefix)
    if not engine.numbers_are_sure(prefix):
        layer.state["unnumbered"] = prefix


def take_automatic_name(engine: Engine, layer: LayerObject, prefix: str) -> None:
    """Give a layer the next name of its kind, or none that is sure where it, or one before it, may have been given one unseen."""
    if layer.state.get("name_unknown"):
        engine.hide_name(prefix)
        layer.name = "?"
        return
    layer.state["name_unknown"] = not engine.names_are_sure(prefix)
    number(engine, layer, prefix)
