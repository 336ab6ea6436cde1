"""Classes of the user's: making them, making instances, finding what they define and inherit."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..knowledge import bases_of, find_function, find_method, is_class
from ..places import Place
from ..values import BoundMethod, ClassValue, External, ExternalMethod, FunctionValue, ListValue, Object, Unknown, Value
from .expressions import evaluate
from .scopes import MISSING, Scope

if TYPE_CHECKING:
    from .machine import Machine


@dataclass(slots=True, eq=False)
class PropertyValue:
    """`property`: what reads and writes the attribute."""

    getter: Value
    setter: Value = None


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


def define_class(machine: Machine, node: ast.ClassDef, scope: Scope, execute: Callable[..., Any]) -> ClassValue:
    """Run a class statement."""
    bases = tuple(evaluate(machine, base, scope) for base in node.bases if not isinstance(base, ast.Starred))
    keywords = {k.arg: evaluate(machine, k.value, scope) for k in node.keywords if k.arg is not None}
    inner = Scope(scope.module, {}, scope if scope.kind != "module" else None, "class")
    execute(machine, node.body, inner)
    cls = ClassValue(node.name, node, scope.module.tree, bases, inner.names, scope, scope.module, keywords=keywords)
    for value in inner.names.values():
        for function in _functions(value):
            if function.owner is None:
                function.owner = cls
    machine.classes.append(cls)
    return cls


def _functions(value: Value) -> list[FunctionValue]:
    if isinstance(value, FunctionValue):
        return [value]
    if isinstance(value, StaticValue):
        return _functions(value.function)
    if isinstance(value, PropertyValue):
        return [*_functions(value.getter), *_functions(value.setter)]
    return []


def lookup(cls: ClassValue, name: str) -> Value:
    """What the user's classes in the MRO define under a name; MISSING when none of them does."""
    for candidate in cls.mro():
        if isinstance(candidate, ClassValue) and name in candidate.attributes:
            return candidate.attributes[name]
    return MISSING


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


def has_unknown_base(cls: ClassValue) -> bool:
    """Does the class inherit from something that can't be seen?"""
    return any(not isinstance(c, (ClassValue, External)) for c in cls.mro())


def bind_to(machine: Machine, attribute: Value, receiver: Value, cls: ClassValue | None, place: Place) -> Value:
    """What reading a class attribute through an instance (or the class, when receiver is None) gives."""
    if isinstance(attribute, FunctionValue):
        return attribute if receiver is None else BoundMethod(attribute, receiver)
    if isinstance(attribute, PropertyValue):
        return attribute if receiver is None else machine.call(attribute.getter, [receiver], place=place)
    if isinstance(attribute, StaticValue):
        if attribute.with_class and isinstance(attribute.function, FunctionValue):
            return BoundMethod(attribute.function, cls)
        return attribute.function
    return attribute


def construct(
    machine: Machine, cls: ClassValue, args: list[Value], kwargs: dict[str, Value], place: Place, **where: Any
) -> Value:
    """`Class(...)`"""
    cls.constructed = True
    external = cls.external_base
    if external is not None and external.startswith(("enum.", "typing.")) and external != "typing.NamedTuple":
        return (
            machine.call(External("builtins.object"), [], place=place)
            if external.startswith("typing.")
            else _enum_member(cls, args, place)
        )
    instance = make_instance(machine, cls, external, place)
    if not isinstance(instance, Object):
        return instance
    initialiser = lookup(cls, "__init__")
    if isinstance(initialiser, FunctionValue):
        machine.call(BoundMethod(initialiser, instance), args, kwargs, place=place, **where)
        return instance
    if "~dataclass" in cls.attributes or external == "typing.NamedTuple":
        _fill_fields(cls, instance, args, kwargs, place)
        post = machine.find_method(instance, "__post_init__")
        if post is not None:
            machine.call(post, [], place=place)
        return instance
    if external is not None:
        found = find_method(external, "__init__")
        if found is not None:
            machine.call(ExternalMethod(found[0], instance), args, kwargs, place=place, **where)
    return instance


def make_instance(machine: Machine, cls: ClassValue, external: str | None, place: Place) -> Value:
    """The bare object, before `__init__`: a library class that makes its own kind of object registers `__new__`."""
    if external is not None:
        for base in bases_of(external):
            handler = find_function(f"{base}.__new__")
            if handler is not None:
                return machine.handle(f"{base}.__new__", handler, [cls], {}, place)
        name = external if is_class(external) or external.startswith("keras.") else "builtins.object"
        return Object(name, cls, place=place)
    return Object("builtins.object", cls, place=place)


def _enum_member(cls: ClassValue, args: list[Value], place: Place) -> Value:
    if args:
        for name, value in cls.attributes.items():
            if not name.startswith(("_", "~")) and value == args[0]:
                return value
    return Unknown(f"which member of `{cls.name}` this is", place)


def _fields(cls: ClassValue) -> list[str]:
    names: list[str] = []
    for candidate in reversed(list(cls.mro())):
        if isinstance(candidate, ClassValue):
            declared = candidate.attributes.get("~fields")
            if isinstance(declared, ListValue):
                names.extend(n for n in declared.items if n not in names)
    return names


def _fill_fields(cls: ClassValue, instance: Object, args: list[Value], kwargs: dict[str, Value], place: Place) -> None:
    for name, value in zip(_fields(cls), args):
        instance.attributes[name] = value
    for name in _fields(cls)[len(args) :]:
        if name in kwargs:
            instance.attributes[name] = kwargs[name]
            continue
        default = lookup(cls, name)
        if isinstance(default, Object) or default is MISSING:
            default = Unknown(f"`{name}` of `{cls.name}` is not given here", place, key=("field", cls.name, name))
        instance.attributes[name] = default
