"""Attributes of layers, models, callbacks and metrics that Keras 3 has made properties which can't be set."""

from __future__ import annotations

from ..knowledge import Call, is_subclass, method
from ..values import ClassValue, External, ModelObject, Object, Value
from .api import read_only


def refuse_read_only(call: Call) -> None:
    """`self.output = Dense(1)`: AttributeError, unless a class of the user's own has something of this name."""
    owner, name = call.receiver, call.args[0]
    if call.engine.keras_major < 3 or not isinstance(owner, Object) or not isinstance(name, str):
        return
    classes = owner.user_class.mro() if owner.user_class is not None else ()
    if not all(_leaves(cls, name) for cls in classes):
        return
    kind = _kind(owner)
    if name in read_only(kind):
        call.refuse(
            "read-only-attribute", "", str(name), f"property '{name}' of '{owner.class_name}' object has no setter", exception="AttributeError",
            subject=owner, attribute=str(name), owner=kind,
        )  # fmt: skip


def _leaves(cls: Value, name: str) -> bool:
    """Is this a class of Keras's, or one that says nothing of this name?"""
    if isinstance(cls, External):
        return cls.name.startswith(("keras.", "abc.", "typing.")) or cls.name == "builtins.object"
    return isinstance(cls, ClassValue) and name not in cls.attributes


def _kind(owner: Object) -> str:
    """The class in Keras's table of such attributes."""
    if isinstance(owner, ModelObject) and owner.user_class is None and owner.kind == "Functional":
        return "keras.Functional"
    return next((name for name in KINDS if is_subclass(owner.type_name, name)), "")


KINDS = ("keras.Sequential", "keras.Model", "keras.layers.Layer", "keras.callbacks.Callback", "keras.metrics.Metric")
"""Classes that programs derive from, each before the one that it comes from itself."""


@method("keras.callbacks.Callback.__setattr__", "keras.metrics.Metric.__setattr__")
def set_attribute(call: Call) -> Value:
    """`callback.model = model`"""
    refuse_read_only(call)
    return None
