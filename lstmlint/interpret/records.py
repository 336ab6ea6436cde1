"""Dataclasses and named tuples: the fields that a class declares, and the instances that Python makes of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..faults import Fault, Moment
from ..frozen import dataclass
from ..places import Place
from ..values import (
    BuiltFunction,
    ClassValue,
    DictValue,
    External,
    NamedTuple,
    Object,
    Unknown,
    Value,
)
from .scopes import MISSING

if TYPE_CHECKING:
    from .machine import Machine

FIELD = "dataclasses.Field"
"""The type under which the knowledge base keeps what `dataclasses.field(...)` gives: its arguments are its attributes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record; `default` is MISSING where there is none. `kind` is "field", "init" (InitVar) or "keyword"."""

    name: str
    default: Value = MISSING
    factory: Value = MISSING
    init: bool = True
    kind: str = "field"
    compare: bool = True


def declare(scope_names: dict[str, Value], node: ast.AnnAssign) -> None:
    """Remember an annotated name of a class body: it may be a field."""
    if isinstance(node.target, ast.Name):
        scope_names.setdefault("~fields", []).append(node)


def is_dataclass(cls: ClassValue) -> bool:
    """Was `@dataclass` written over the class or over one that it inherits from?"""
    return cls.defines("~dataclass")


def fields_of(cls: ClassValue) -> list[Field]:
    """The fields of a dataclass or named tuple, those of its bases first, in the order of `__init__`."""
    found: dict[str, Field] = {}
    for candidate in reversed(cls.mro()):
        if not isinstance(candidate, ClassValue):
            continue
        options = candidate.attributes.get("~dataclass")
        for field in _declared(candidate):
            if isinstance(options, dict) and options.get("kw_only") is True and field.kind == "field":
                field = Field(field.name, field.default, field.factory, field.init, "keyword", field.compare)
            found[field.name] = field
    rows = list(found.values())
    return [f for f in rows if f.kind != "keyword"] + [f for f in rows if f.kind == "keyword"]


def _declared(cls: ClassValue) -> Iterator[Field]:
    names = cls.attributes.get("~names")
    if isinstance(names, dict):  # made by namedtuple(): names and their defaults
        for name, default in names.items():
            yield Field(name, default)
        return
    keyword_only = False
    for node in cls.attributes.get("~fields", ()):
        name = node.target.id
        words = {n.id for n in ast.walk(node.annotation) if isinstance(n, ast.Name)}
        words |= {n.attr for n in ast.walk(node.annotation) if isinstance(n, ast.Attribute)}
        if isinstance(node.annotation, ast.Constant) and isinstance(node.annotation.value, str):
            words = set(node.annotation.value.replace("[", " ").replace(".", " ").split())
        if "ClassVar" in words:
            continue
        if "KW_ONLY" in words:
            keyword_only = True
            continue
        kind = "init" if "InitVar" in words else "keyword" if keyword_only else "field"
        default = cls.attributes.get(name, MISSING)
        if isinstance(default, Object) and default.type_name == FIELD:
            given = default.attributes
            kind = "keyword" if given.get("kw_only") is True and kind == "field" else kind
            yield Field(
                name, given.get("default", MISSING), given.get("default_factory", MISSING), given.get("init") is not False,
                kind, given.get("compare") is not False,
            )  # fmt: skip
        else:
            yield Field(name, default, kind=kind)


def fill(machine: Machine, cls: ClassValue, args: list[Value], kwargs: dict[str, Value], place: Place, open: bool) -> (
    dict[str, Value] | None
):  # fmt: skip
    """The values of a new record's fields by name, None where Python raises TypeError (the fault is recorded)."""
    values: dict[str, Value] = {}
    given = dict(kwargs)
    fields = [f for f in fields_of(cls) if f.init]
    positional = [f for f in fields if f.kind != "keyword"]
    problem = None
    if len(args) > len(positional) and not open:
        problem = (
            f"{cls.name}.__init__() takes {len(positional) + 1} positional arguments but {len(args) + 1} were given"
        )
    for field, value in zip(positional, args):
        values[field.name] = value
        if field.name in given:
            problem = f"{cls.name}.__init__() got multiple values for argument '{field.name}'"
    for field in fields_of(cls):
        if field.name in values:
            continue
        if field.init and field.name in given:
            values[field.name] = given.pop(field.name)
        elif open and field.init:
            values[field.name] = Unknown(f"`{field.name}` may come from a `*` or `**` that can't be seen", place)
        elif field.default is not MISSING:
            values[field.name] = field.default
        elif field.factory is not MISSING:
            values[field.name] = machine.call(field.factory, [], place=place)
        elif field.init:
            problem = problem or f"{cls.name}.__init__() missing required argument: '{field.name}'"
    for name in given:
        if name not in values or all(f.name != name for f in fields):
            problem = problem or f"{cls.name}.__init__() got an unexpected keyword argument '{name}'"
    if problem is not None:
        machine.raise_fault(Fault("call", Moment.RUN, place, cls.name, "", "", (), problem), "TypeError")
        return None
    return values


def fill_dataclass(
    machine: Machine,
    instance: Object,
    cls: ClassValue,
    args: list[Value],
    kwargs: dict[str, Value],
    place: Place,
    open: bool,
) -> None:
    """The `__init__` that `@dataclass` writes."""
    values = fill(machine, cls, args, kwargs, place, open)
    if values is None:
        instance.approximate = "its construction raises TypeError"
        return
    only_init = [f.name for f in fields_of(cls) if f.kind == "init"]
    for name, value in values.items():
        if name not in only_init:
            machine.set_attribute(instance, name, value, place)
    after = machine.find_method(instance, "__post_init__")
    if after is not None:
        machine.call(after, [values[n] for n in only_init if n in values], place=place)
    options: Value = next(
        (c.attributes["~dataclass"] for c in cls.mro() if isinstance(c, ClassValue) and "~dataclass" in c.attributes),
        {},
    )
    if isinstance(options, dict) and options.get("frozen") is True:
        instance.attributes["~frozen"] = True


def make_named_tuple(
    machine: Machine, cls: ClassValue, args: list[Value], kwargs: dict[str, Value], place: Place, open: bool
) -> Value:
    """An instance of a class that inherits from `typing.NamedTuple`, or that `namedtuple()` made."""
    values = fill(machine, cls, args, kwargs, place, open)
    if values is None:
        return Unknown("its construction raises TypeError", place)
    names = tuple(f.name for f in fields_of(cls))
    return NamedTuple.make(cls, names, [values[n] for n in names])


def named_tuple_class(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    """`collections.namedtuple(name, fields, defaults=...)` and `typing.NamedTuple(name, [(field, type), ...])`."""
    name = args[0] if args else kwargs.get("typename")
    given = args[1] if len(args) > 1 else kwargs.get("field_names", kwargs.get("fields"))
    if isinstance(given, str):
        given = tuple(given.replace(",", " ").split())
    names = machine.iterate(given, place) if given is not None else None
    if names is not None:
        names = [n[0] if isinstance(n, tuple) and n else n for n in names]
    defaults = kwargs.get("defaults")
    values = machine.iterate(defaults, place) if defaults is not None else []
    if not isinstance(name, str) or names is None or values is None or not all(isinstance(n, str) for n in names):
        return machine.gap("the fields of this named tuple are not known", place)
    padded = [MISSING] * (len(names) - len(values)) + values
    attributes: dict[str, Value] = {"~names": dict(zip(names, padded))}
    scope = machine.active[-1]
    return ClassValue(
        name,
        place.node,
        place.tree,
        (External("typing.NamedTuple"),),
        attributes,
        scope,
        scope.module,
        constructed=True,
    )


def named_tuple_attribute(machine: Machine, value: NamedTuple, name: str, place: Place) -> Value:
    """`p.field`, `p._replace`, ...; MISSING for what every tuple has."""
    if name in value.fields:
        return value[value.fields.index(name)]
    if name == "_fields":
        return value.fields
    if name == "_asdict":
        return BuiltFunction(name, lambda call: DictValue(dict(zip(value.fields, value))))
    if name == "_replace":

        def replaced(call: Any) -> Value:
            row = {**dict(zip(value.fields, value)), **call.kwargs}
            return NamedTuple.make(value.user_class, value.fields, [row[n] for n in value.fields])

        return BuiltFunction(name, replaced)
    return MISSING


def equal(machine: Machine, left: Object, right: Value, place: Place) -> bool | Value | None:
    """`left == right` of dataclasses, as the `__eq__` that they get says; MISSING where they are compared by identity."""
    cls = left.user_class
    if cls is None or not is_dataclass(cls) or ("~frozen" not in left.attributes and _option(cls, "eq") is False):
        return MISSING
    if not isinstance(right, Object) or right.user_class is not cls:
        return None if isinstance(right, Unknown) else False
    verdict: bool | None = True
    from .expressions import operate

    for field in fields_of(cls):
        if not field.compare or field.kind == "init":
            continue
        pair = [o.attributes.get(field.name, Unknown("not set", place)) for o in (left, right)]
        one = machine.truth(operate(machine, "==", pair[0], pair[1], place))
        if one is False:
            return False
        verdict = None if one is None else verdict
    return verdict


def is_ordered(cls: ClassValue) -> bool:
    """Was `@dataclass(order=True)` written over it?"""
    return _option(cls, "order") is True


def _option(cls: ClassValue, name: str) -> Value:
    options = cls.attributes.get("~dataclass")
    return options.get(name) if isinstance(options, dict) else None


def class_attribute(machine: Machine, cls: ClassValue, name: str) -> Value:
    """What a record's class has beside what its body says: `P._fields`, `P._make`; MISSING for anything else."""
    if name == "__match_args__" and (is_dataclass(cls) or cls.external_base == "typing.NamedTuple"):
        return tuple(f.name for f in fields_of(cls) if f.init and f.kind != "keyword")
    if cls.external_base == "typing.NamedTuple":
        names = tuple(f.name for f in fields_of(cls))
        if name == "_fields":
            return names
        if name == "_make":

            def make(call: Any) -> Value:
                items = machine.iterate(call.args[0], call.place)
                if items is None or len(items) != len(names):
                    return call.unknown("the items of the named tuple are not known")
                return NamedTuple.make(cls, names, items)

            return BuiltFunction(name, make)
    return MISSING
