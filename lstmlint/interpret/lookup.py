"""What a class of the user's defines and inherits: lookups along its order of bases, and the descriptors found there."""

from __future__ import annotations

from dataclasses import dataclass

from ..knowledge import defines, find_method, is_subclass
from ..values import ClassValue, External, Value
from .scopes import MISSING


@dataclass(slots=True, eq=False)
class PropertyValue:
    """`property`: what reads and writes the attribute. `cached`: the first answer is kept as an attribute."""

    getter: Value
    setter: Value = None
    cached: bool = False


@dataclass(slots=True, eq=False)
class StaticValue:
    """`staticmethod` or `classmethod` around a function."""

    function: Value
    with_class: bool


@dataclass(slots=True, eq=False)
class SuperValue:
    """`super()`: what comes after `owner` among the bases of the receiver's class."""

    owner: ClassValue
    receiver: Value


def lookup(cls: ClassValue, name: str) -> Value:
    """What the user's classes in the MRO define under a name; MISSING when none of them does, or a library's class before it."""
    libraries: list[External] = []
    for candidate in cls.mro():
        if isinstance(candidate, External):
            libraries.append(candidate)
        elif isinstance(candidate, ClassValue) and name in candidate.attributes:
            hidden = bool(libraries) and _is_hidden(name, candidate, libraries)
            return MISSING if hidden else candidate.attributes[name]
    return MISSING


def _is_hidden(name: str, mixin: ClassValue, libraries: list[External]) -> bool:
    """Has a library's class such an attribute that stands before a class which inherits from none of them (`class Own(Layer, Mixin)`)?"""
    if any(isinstance(base, External) and base.name.startswith("keras.") for base in mixin.mro()):
        return False
    return any(defines(library.name, name) for library in libraries)


def lookup_after(cls: ClassValue, owner: ClassValue, name: str) -> tuple[Value, str | None]:
    """For `super()`: the user's attribute after `owner`, or the library class that comes first with such a method."""
    passed = False
    for candidate in cls.mro():
        if candidate is owner:
            passed = True
            continue
        if not passed:
            continue
        if isinstance(candidate, ClassValue) and name in candidate.attributes:
            return candidate.attributes[name], None
        if isinstance(candidate, External):
            found = find_method(candidate.name, name)
            if found is not None:
                return MISSING, found[0]
    return MISSING, None


def settle_order(cls: ClassValue) -> None:
    """Put each library class among the bases behind those that inherit from it, as Python does, which knows what each inherits from."""
    order = list(cls.mro())
    libraries = [c for c in order if isinstance(c, External)]
    for base in libraries if len(libraries) > 1 else ():
        heirs = [c for c in libraries if c.name != base.name and is_subclass(c.name, base.name)]
        after = max((order.index(heir) for heir in heirs), default=0)
        if after > order.index(base):
            order.insert(after + 1, base)
            order.remove(base)
    cls.order = tuple(order[1:])


def has_unknown_base(cls: ClassValue) -> bool:
    """Does the class inherit from something that can't be seen?"""
    return any(not isinstance(c, (ClassValue, External)) for c in cls.mro())
