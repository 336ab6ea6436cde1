"""What a library makes of a call of which not all arguments are known: `np.sum(x, **options)`."""

from __future__ import annotations

from ..knowledge import Call
from ..shapes import UNKNOWN_SHAPE
from ..values import Array, ListValue, Object, Unknown, Value, is_known

_AWARE = ("keras.", "tensorflow.")
"""Libraries whose functions look themselves at what they have not been given."""


def is_unsure(call: Call) -> bool:
    """May what isn't known of the arguments change what the function does? It was followed as if nothing else were given."""
    return call.open and not call.name.startswith(_AWARE)


def unsure(call: Call, result: Value) -> Value:
    """What remains of a result that holds only if nothing else is given."""
    if isinstance(result, Array) and result.shape.rank is not None:
        return Array(UNKNOWN_SHAPE, None, result.type_name, made=result.made, place=result.place)
    if type(result) is Object and result.type_name.startswith("sklearn."):  # it does later what it was told here
        return Unknown(f"not all arguments of `{call.name}()` are known", call.place)
    if isinstance(result, ListValue) and call.name.startswith("builtins.str."):
        return ListValue([], True, place=call.place)
    changed = isinstance(result, tuple) and any(unsure(call, item) is not item for item in result)
    if changed or (result is not None and is_known(result)):
        return Unknown(f"not all arguments of `{call.name}()` are known", call.place)
    return result
