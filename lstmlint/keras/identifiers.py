"""`keras.initializers.get` and its like: what a name stands for; an object or a function is itself."""

from __future__ import annotations

from ..faults import Moment
from ..knowledge import Call, function
from ..values import BoundMethod, FunctionValue, Object, Value


@function("keras.initializers.get", "keras.regularizers.get", "keras.constraints.get")
def get(call: Call) -> Value:
    """None, an object or a function is itself; what nothing is called by is refused."""
    from .layers.arguments import is_none_of, unlike_any_of

    group = call.name.split(".")[1]
    value = call.bind("identifier")["identifier"]
    if value is None or isinstance(value, (Object, FunctionValue, BoundMethod)):
        return value
    if is_none_of(group, value, call.engine):
        kind, required, got, message = unlike_any_of(group, value)
        place = call.arg_places[0] if call.arg_places else call.kwarg_places.get("identifier")
        call.refuse(
            kind, required, got, message, moment=Moment.CONSTRUCT, blamed=(place,), argument="identifier", value=value
        )
    return call.unknown(f"which of keras.{group} it is is not known")
