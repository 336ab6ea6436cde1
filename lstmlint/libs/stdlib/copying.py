"""`copy`: copies of containers, and of objects of the user's own."""

from __future__ import annotations

from ...knowledge import Call, function
from ...values import Dataset, DefaultDict, Deque, DictValue, ListValue, NamedTuple, Object, SetValue, Tensor, Value


def copied(value: Value, deep: bool, seen: dict[int, Value] | None = None) -> Value:
    """A copy of a container; arrays and constants are themselves. Other objects can't be copied: None is never given for them."""
    seen = {} if seen is None else seen
    if id(value) in seen:
        return seen[id(value)]

    def inner(v: Value) -> Value:
        return copied(v, True, seen) if deep else v

    if isinstance(value, ListValue):
        most = value.most if isinstance(value, Deque) else None
        made = ListValue([], value.open, value.sample, value.length, value.place)
        if isinstance(value, Deque):
            made = Deque([], value.open, value.sample, value.length, value.place, most=most)
        seen[id(value)] = made
        made.items = [inner(v) for v in value.items]
        return made
    if isinstance(value, DictValue):
        mapping = _empty(value)
        seen[id(value)] = mapping
        mapping.entries = {k: inner(v) for k, v in value.entries.items()}
        return mapping
    if isinstance(value, SetValue):
        return SetValue(list(value.items), value.open, value.frozen, value.sample)
    if isinstance(value, NamedTuple):
        return NamedTuple.make(value.user_class, value.fields, [inner(v) for v in value])
    if isinstance(value, tuple):
        return tuple(inner(v) for v in value)
    if type(value) is Object and value.user_class is not None and "_value_" not in value.attributes:
        twin = Object(value.type_name, value.user_class, value.arguments, {}, value.place)
        seen[id(value)] = twin
        twin.approximate = value.approximate
        twin.attributes.update({k: inner(v) for k, v in value.attributes.items()})
        return twin
    return value


def _empty(value: DictValue) -> DictValue:
    if isinstance(value, DefaultDict):
        return DefaultDict({}, value.open, value.sample, value.factory)
    return type(value)({}, value.open, value.sample)


@function("copy.copy", "copy.deepcopy")
def copy(call: Call) -> Value:
    """copy.copy(x), copy.deepcopy(x)"""
    value = call.args[0] if call.args else None
    own = isinstance(value, Object) and type(value) is Object and value.user_class is not None
    methods = ("__copy__", "__deepcopy__") if own else ()
    if (isinstance(value, (Object, Dataset, Tensor)) and not own) or any(
        call.engine.find_method(value, m) for m in methods
    ):
        return call.unknown("a copy of an object is not followed")
    return copied(value, call.name.endswith("deepcopy"))
