"""`dataclasses` and `enum`: marks on classes, of which the interpreter makes what Python makes."""

from __future__ import annotations

from ...knowledge import Call, base, function
from ...values import BuiltFunction, ClassValue, DictValue, ListValue, NamedTuple, Object, Value, is_private
from .copying import copied


@function("dataclasses.dataclass")
def dataclass_(call: Call) -> Value:
    """@dataclass and @dataclass(...): the class is marked; the interpreter makes its __init__."""

    def mark(cls: Value) -> Value:
        if isinstance(cls, ClassValue):
            cls.attributes["~dataclass"] = dict(call.kwargs)
        return cls

    if call.args:
        return mark(call.args[0])
    return BuiltFunction("dataclasses.dataclass", lambda inner: mark(inner.args[0]))


@function("dataclasses.field")
def field(call: Call) -> Value:
    """field(default=..., default_factory=..., init=...): what was said of the field."""
    return Object("dataclasses.Field", attributes=dict(call.kwargs), place=call.place)


base("dataclasses.Field", "builtins.object")
base("enum.auto", "builtins.object")
for _name in ("IntEnum", "Flag", "StrEnum"):
    base(f"enum.{_name}", "enum.Enum")
base("enum.Enum", "builtins.object")
base("enum.IntFlag", "enum.Flag")


@function("enum.auto")
def auto(call: Call) -> Value:
    """auto(): the next value, which the class decides."""
    return Object("enum.auto", place=call.place)


def _instance(call: Call) -> Object | None:
    value = call.args[0] if call.args else None
    return value if isinstance(value, Object) and value.user_class is not None and not value.approximate else None


def _fields(instance: Object) -> dict[str, Value]:
    return {k: v for k, v in instance.attributes.items() if not is_private(k)}


@function("dataclasses.asdict", "dataclasses.astuple")
def as_container(call: Call) -> Value:
    """asdict(x) and astuple(x): the fields, and those of dataclasses inside."""
    instance = _instance(call)
    if instance is None or call.kwargs:
        return call.unknown("the fields of this are not known")
    as_dict = call.name.endswith("asdict")

    def inside(value: Value) -> Value:
        if isinstance(value, Object) and value.user_class is not None and "~dataclass" in value.user_class.attributes:
            row = {k: inside(v) for k, v in _fields(value).items()}
            return DictValue(row) if as_dict else tuple(row.values())
        if isinstance(value, ListValue):
            return ListValue([inside(v) for v in value.items], value.open, value.sample, value.length, value.place)
        if isinstance(value, tuple) and not isinstance(value, NamedTuple):
            return tuple(inside(v) for v in value)
        return copied(value, True)

    return inside(instance)


@function("dataclasses.replace")
def replace(call: Call) -> Value:
    """replace(x, **changes): another instance, made by the class."""
    instance = _instance(call)
    if instance is None or instance.user_class is None:
        return call.unknown("the fields of this are not known")
    given = {**_fields(instance), **call.kwargs}
    return call.engine.call(instance.user_class, [], given, place=call.place)


@function("dataclasses.is_dataclass")
def is_dataclass(call: Call) -> Value:
    """is_dataclass(x)"""
    value = call.args[0] if call.args else None
    cls = value.user_class if isinstance(value, Object) else value
    if isinstance(cls, ClassValue):
        return cls.defines("~dataclass")
    return call.unknown("whether it is a dataclass is not known", "bool")
