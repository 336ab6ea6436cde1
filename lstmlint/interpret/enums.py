"""Enumerations: the members that a class body names, and how they are found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..places import Place
from ..values import ClassValue, DictValue, External, FunctionValue, ListValue, Object, Unknown, Value, is_known
from .scopes import MISSING

if TYPE_CHECKING:
    from .machine import Machine

AUTO = "enum.auto"
_FLAGS = ("enum.Flag", "enum.IntFlag")
NUMBERS = ("enum.IntEnum", "enum.IntFlag")
TEXTS = ("enum.StrEnum",)


def is_enum(cls: ClassValue) -> bool:
    """Does the class inherit from `enum.Enum` or one of its kin?"""
    return any(isinstance(c, External) and c.name.startswith("enum.") for c in cls.mro())


def make_members(machine: Machine, cls: ClassValue, place: Place) -> None:
    """Turn the plain names of an enumeration's body into its members."""
    members: dict[str, Value] = {}
    last: Value = 0
    given: dict[int, Value] = {}
    """What each `auto()` became: a second name for one is an alias."""
    for name, value in list(cls.attributes.items()):
        if name.startswith(("_", "~")) or not _is_plain(value):
            continue
        if isinstance(value, Object) and value.type_name == AUTO:
            key = id(value)
            value = given[key] if key in given else _next(cls, name, last, place)
            given[key] = value
        last = value
        same = next((m for m in members.values() if is_known(value) and m.attributes["value"] == value), None)
        if same is None:
            same = Object(_base(cls), cls, place=place)
            same.attributes |= {"name": name, "value": value, "_name_": name, "_value_": value}
            initialiser = machine.find_method(same, "__init__")
            if initialiser is not None:
                machine.call(initialiser, list(value) if isinstance(value, tuple) else [value], place=place)
        members[name] = same
        cls.attributes[name] = same
    cls.attributes["~members"] = members


def _is_plain(value: Value) -> bool:
    from .lookup import PropertyValue, StaticValue

    return not isinstance(value, (FunctionValue, PropertyValue, StaticValue, ClassValue))


def _base(cls: ClassValue) -> str:
    return next((c.name for c in cls.mro() if getattr(c, "name", "").startswith("enum.")), "enum.Enum")


def _next(cls: ClassValue, name: str, last: Value, place: Place) -> Value:
    base = _base(cls)
    if "_generate_next_value_" in cls.attributes:
        return Unknown("what `auto()` gives is not followed", place)
    if base in TEXTS:
        return name.lower()
    if not isinstance(last, int):
        return Unknown("what `auto()` gives after this is not known", place, "int")
    return 1 << int(last).bit_length() if base in _FLAGS else int(last) + 1


def members_of(cls: ClassValue) -> dict[str, Value]:
    """The members by name, aliases too."""
    for candidate in cls.mro():
        if isinstance(candidate, ClassValue) and "~members" in candidate.attributes:
            found: dict[str, Value] = candidate.attributes["~members"]
            if found:
                return found
    return {}


def distinct(cls: ClassValue) -> list[Value]:
    """The members in the order of their definition, without aliases."""
    return list({id(m): m for m in members_of(cls).values()}.values())


def find(machine: Machine, cls: ClassValue, value: Value, place: Place) -> Value:
    """`Colour(value)`: the member of that value; what Python refuses is raised."""
    if isinstance(value, Object) and value.user_class is cls:
        return value
    uncertain = not is_known(value)
    for member in distinct(cls):
        own = member.attributes["value"]
        if is_known(own) and is_known(value) and own == value:
            return member
        uncertain = uncertain or not is_known(own)
    if uncertain or cls.attributes.get("_missing_") is not None or _base(cls) in _FLAGS:
        return Unknown(f"which member of `{cls.name}` this is", place, key=("member", id(cls.node), id(place.node)))
    from .operators import PythonError

    return machine.python_error(PythonError("ValueError", f"{value!r} is not a valid {cls.name}"), place)


def item(machine: Machine, cls: ClassValue, name: Value, place: Place) -> Value:
    """`Colour["RED"]`"""
    members = members_of(cls)
    if isinstance(name, str) and name in members:
        return members[name]
    if not isinstance(name, str):
        return Unknown(f"which member of `{cls.name}` this is", place)
    from .operators import PythonError

    return machine.python_error(PythonError("KeyError", repr(name)), place)


def class_attribute(cls: ClassValue, name: str) -> Value:
    """`Colour.__members__`; MISSING for anything else."""
    if name == "__members__":
        return DictValue(dict(members_of(cls)))
    return MISSING


def plain(value: Value) -> Value:
    """The number or text that a member of an IntEnum or StrEnum is to arithmetic and comparison; the value itself otherwise."""
    if isinstance(value, Object) and value.user_class is not None and "_value_" in value.attributes:
        bases = {getattr(c, "name", "") for c in value.user_class.mro() if not isinstance(c, ClassValue)}
        if bases & {*NUMBERS, *TEXTS, "builtins.int", "builtins.str", "builtins.float"}:
            return value.attributes["_value_"]
    return value


def functional(machine: Machine, args: list[Value], kwargs: dict[str, Value], base: Value, place: Place) -> Value:
    """`Enum("Colour", "RED GREEN")`"""
    name, names = args[0], args[1]
    if isinstance(names, str):
        names = tuple(names.replace(",", " ").split())
    rows = list(names.entries.items()) if isinstance(names, DictValue) else machine.iterate(names, place)
    if not isinstance(name, str) or rows is None or (isinstance(names, (DictValue, ListValue)) and names.open):
        return machine.gap("the members of this enumeration are not known", place)
    start = kwargs.get("start", 1)
    attributes: dict[str, Value] = {}
    for i, row in enumerate(rows):
        key, value = (
            row if isinstance(row, tuple) and len(row) == 2 else (row, start + i if isinstance(start, int) else None)
        )
        if isinstance(key, str):
            attributes[key] = value
    scope = machine.active[-1]
    cls = ClassValue(name, place.node, place.tree, (base,), attributes, scope, scope.module, constructed=True)
    make_members(machine, cls, place)
    return cls
