"""Context managers of libraries that leave the values made inside them as they are."""

from __future__ import annotations

from ..knowledge import Call, base, function, method
from ..values import Object, Value

MANAGERS = (
    "keras.name_scope", "keras.device", "keras.backend.name_scope", "keras.backend.get_graph", "keras.utils.custom_object_scope",
    "keras.utils.CustomObjectScope", "keras.saving.custom_object_scope", "keras.saving.CustomObjectScope",
    "tensorflow.name_scope", "tensorflow.device", "tensorflow.variable_scope", "tensorflow.compat.v1.variable_scope",
    "tensorflow.compat.v1.name_scope", "warnings.catch_warnings", "contextlib.ExitStack", "contextlib.redirect_stdout",
    "contextlib.redirect_stderr", "contextlib.suppress", "threading.Lock", "threading.RLock", "tempfile.TemporaryDirectory",
)  # fmt: skip


@function(*MANAGERS)
def make(call: Call) -> Value:
    """The manager itself."""
    return Object(call.name, attributes={"~given": tuple(call.args)}, place=call.place)


for _name in MANAGERS:
    base(_name, "contextlib.AbstractContextManager")


@method("contextlib.AbstractContextManager.__enter__")
def enter(call: Call) -> Value:
    """`with manager as x`: x is the manager."""
    return call.receiver


@method("contextlib.AbstractContextManager.__exit__")
def leave(call: Call) -> Value:
    """It swallows no exception."""
    return None


@function("contextlib.nullcontext")
def nullcontext(call: Call) -> Value:
    """nullcontext(x): `with ... as` gives x."""
    given = call.args[0] if call.args else call.kwargs.get("enter_result")
    return Object("contextlib.nullcontext", attributes={"~result": given}, place=call.place)


base("contextlib.nullcontext", "contextlib.AbstractContextManager")


@method("contextlib.nullcontext.__enter__")
def enter_nullcontext(call: Call) -> Value:
    """What was given to it."""
    return call.receiver.attributes.get("~result") if isinstance(call.receiver, Object) else None
