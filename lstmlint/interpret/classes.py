"""Classes of the user's: making them, making instances, finding what they define and inherit."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..faults import Fault, Moment
from ..knowledge import bases_of, find_function, find_method, is_class
from ..libs.bridge import is_module
from ..places import Place
from ..values import BoundMethod, ClassValue, External, ExternalMethod, FunctionValue, Object, Unknown, Value
from . import enums, records
from .expressions import evaluate
from .flow import NOT_BOUND
from .lookup import PropertyValue, StaticValue, has_unknown_base, lookup, lookup_after, settle_order
from .scopes import MISSING, Scope

if TYPE_CHECKING:
    from .machine import Machine


def define_class(machine: Machine, node: ast.ClassDef, scope: Scope, execute: Callable[..., Any]) -> ClassValue:
    """Run a class statement."""
    written = [base for base in node.bases if not isinstance(base, ast.Starred)]
    bases = tuple(evaluate(machine, base, scope) for base in written)
    for base, place in zip(bases, map(scope.place, written)):
        if isinstance(base, External) and is_module(base.name):
            message, details = "module() takes at most 2 arguments (3 given)", {"name": node.name}
            fault = Fault("module-as-base", Moment.RUN, place, base.name, "", "", (), message, details=details)
            machine.raise_fault(fault, "TypeError")
    keywords = {k.arg: evaluate(machine, k.value, scope) for k in node.keywords if k.arg is not None}
    inner = Scope(scope.module, {}, scope if scope.kind != "module" else None, "class")
    execute(machine, node.body, inner)
    cls = ClassValue(node.name, node, scope.module.tree, bases, inner.names, scope, scope.module, keywords=keywords)
    settle_order(cls)
    machine.record.enclosing[id(scope)] = scope
    place = scope.place(node)
    for name, value in list(inner.names.items()):
        for function in _functions(value):
            if function.owner is None and function.scope[2] is inner:
                function.owner = cls
        told = machine.find_method(value, "__set_name__") if isinstance(value, Object) else None
        if told is not None:
            machine.call(told, [cls, name], place=place)
    if enums.is_enum(cls):
        enums.make_members(machine, cls, place)
    _tell_bases(machine, cls, keywords, place)
    machine.classes.append(cls)
    return cls


def _tell_bases(machine: Machine, cls: ClassValue, keywords: dict[str, Value], place: Place) -> None:
    """`__init_subclass__` of the nearest base that has one; a metaclass of the user's own is not followed."""
    told, _ = lookup_after(cls, cls, "__init_subclass__")
    function = told.function if isinstance(told, StaticValue) else told
    if isinstance(function, FunctionValue):
        given = {k: v for k, v in keywords.items() if k != "metaclass"}
        machine.call(BoundMethod(function, cls), [], given, place=place)
    if any(isinstance(c, ClassValue) and isinstance(c.keywords.get("metaclass"), ClassValue) for c in cls.mro()):
        cls.attributes["~metaclass"] = machine.gap(f"what the metaclass of `{cls.name}` does is not followed", place)


def _functions(value: Value) -> list[FunctionValue]:
    if isinstance(value, FunctionValue):
        return [value]
    if isinstance(value, StaticValue):
        return _functions(value.function)
    if isinstance(value, PropertyValue):
        return [*_functions(value.getter), *_functions(value.setter)]
    return []


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
    if isinstance(attribute, Object) and attribute.user_class is not None:
        getter = lookup(attribute.user_class, "__get__")
        if isinstance(getter, FunctionValue):
            return machine.call(BoundMethod(getter, attribute), [receiver, cls], place=place)
    return attribute


def construct(
    machine: Machine, cls: ClassValue, args: list[Value], kwargs: dict[str, Value], place: Place, **where: Any
) -> Value:
    """`Class(...)`"""
    cls.constructed = True
    external, is_open = cls.external_base, bool(where.get("open"))
    if "~metaclass" in cls.attributes:
        return machine.lost(f"`{cls.name}` has a metaclass, which is not followed", place, [*args, *kwargs.values()])
    if enums.is_enum(cls):
        if len(args) > 1 and not enums.members_of(cls):
            return enums.functional(machine, args, kwargs, cls, place)
        return (
            enums.find(machine, cls, args[0], place)
            if args
            else Unknown(f"which member of `{cls.name}` this is", place)
        )
    maker = lookup(cls, "__new__")
    if isinstance(maker, StaticValue):
        maker = maker.function
    if isinstance(maker, FunctionValue):
        made = machine.call(maker, [cls, *args], kwargs, place=place)
        if not isinstance(made, Object) or made.user_class is None or cls not in made.user_class.mro():
            return made
        return _initialise(machine, made, made.user_class, external, args, kwargs, place, where)
    if external == "typing.NamedTuple":
        return records.make_named_tuple(machine, cls, args, kwargs, place, is_open)
    if external in ("typing.TypedDict", "typing_extensions.TypedDict"):
        return machine.call(External("builtins.dict"), args, kwargs, place=place, **where)
    instance = make_instance(machine, cls, external, place)
    if not isinstance(instance, Object):
        return instance
    return _initialise(machine, instance, cls, external, args, kwargs, place, where)


def _initialise(
    machine: Machine, instance: Object, cls: ClassValue, external: str | None, args: list[Value], kwargs: dict[str, Value],
    place: Place, where: dict[str, Any],
) -> Value:  # fmt: skip
    """Run `__init__`: the user's, the one that `@dataclass` writes, or the library's."""
    if external is not None and is_exception(external):
        instance.attributes["args"] = tuple(args)
    initialiser = lookup(cls, "__init__")
    if records.is_dataclass(cls) and not _written_after(cls, "__init__"):
        records.fill_dataclass(machine, instance, cls, args, kwargs, place, bool(where.get("open")))
        return instance
    if isinstance(initialiser, FunctionValue):
        result = machine.call(BoundMethod(initialiser, instance), args, kwargs, place=place, **where)
        return result if isinstance(result, Unknown) and result.reason == NOT_BOUND else instance
    if isinstance(initialiser, Unknown):
        return machine.lost(f"how a `{cls.name}` is initialised can't be seen", place, [*args, *kwargs.values()])
    if external is not None:
        found = find_method(external, "__init__")
        if found is not None:
            machine.call(ExternalMethod(found[0], instance), args, kwargs, place=place, **where)
    elif initialiser is MISSING and (args or kwargs) and not where.get("open") and not has_unknown_base(cls):
        message = f"{cls.name}() takes no arguments"
        machine.raise_fault(Fault("call", Moment.RUN, place, cls.name, "", "", (), message), "TypeError")
    return instance


def is_exception(name: str) -> bool:
    """Is the library class an exception?"""
    return "builtins.BaseException" in bases_of(name)


def _written_after(cls: ClassValue, name: str) -> bool:
    """Does the user write this method in the class over which `@dataclass` stands, or in one below it?"""
    for candidate in cls.mro():
        if isinstance(candidate, ClassValue):
            if name in candidate.attributes:
                return True
            if "~dataclass" in candidate.attributes:
                return False
    return False


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
