"""Initializers that the user has written: Keras calls them as `f(shape, dtype=...)` when it makes the weight."""

from __future__ import annotations

import ast

from ..faults import Moment
from ..knowledge import Call, Engine
from ..places import Place
from ..values import BoundMethod, FunctionValue, Object, Value, Weight
from .spec import Use

_ENDING = "_initializer"


def check_initializers(use: Use, weights: list[Weight]) -> None:
    """Refuse the user's initializer of a weight that a layer of Keras's own makes now, if it can't be called so."""
    if use.engine.keras_major < 3:
        return
    for name, argument in use.config.written():
        which = name.removesuffix(_ENDING)
        if which != name and any(weight.name.startswith(which) for weight in weights):
            written = _without_dtype(use.engine, argument.value)
            if written is not None:
                use.refuse(
                    "initializer-without-dtype", _wanted(written), "", _words(written), moment=Moment.BUILD, blamed=(name,),
                    exception="TypeError", argument=name,
                )  # fmt: skip


def check_initializer(call: Call, value: Value, place: Place | None) -> None:
    """The same of `add_weight(..., initializer=f)`."""
    written = _without_dtype(call.engine, value)
    if written is not None:
        call.refuse(
            "initializer-without-dtype", _wanted(written), "", _words(written), moment=Moment.BUILD, blamed=(place,),
            exception="TypeError", argument="initializer",
        )  # fmt: skip


def _without_dtype(engine: Engine, value: Value) -> FunctionValue | None:
    """The user's function that would be called, if it surely takes no `dtype`."""
    if isinstance(value, Object):
        value = engine.find_method(value, "__call__")
    function = value.function if isinstance(value, BoundMethod) else value
    if not isinstance(function, FunctionValue) or not isinstance(function.node.args, ast.arguments):
        return None
    spec = function.node.args
    names = [one.arg for one in (*spec.args, *spec.kwonlyargs)]
    return None if spec.kwarg is not None or "dtype" in names else function


def _wanted(function: FunctionValue) -> str:
    named = f"{function.name}(shape, dtype=None)" if function.name.isidentifier() else "lambda shape, dtype=None: ..."
    return f"an initializer that takes `dtype`: `{named}`"


def _words(function: FunctionValue) -> str:
    return f"{function.name}() got an unexpected keyword argument 'dtype'"


__all__ = ["check_initializer", "check_initializers"]
