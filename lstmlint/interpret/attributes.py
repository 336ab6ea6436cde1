"""Attributes: what `value.name` reads and `value.name = new` writes."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ..faults import Fault, Moment
from ..knowledge import (
    Call,
    canonical,
    find_attribute_of,
    find_method,
    get_constant,
    has_constant,
    is_class,
    is_class_method,
    type_of,
)
from ..libs.bridge import any_may_be_set, is_surely_absent, put_into
from ..places import Origin, Place
from ..values import (
    BoundMethod,
    BuiltFunction,
    ClassValue,
    DictValue,
    External,
    ExternalMethod,
    FunctionValue,
    InstanceDict,
    ListValue,
    ModuleValue,
    NamedTuple,
    Nothing,
    Object,
    OneOf,
    Partial,
    PathValue,
    Tensor,
    Unknown,
    Value,
    is_private,
)
from . import enums, functions, modules, open_sizes, records
from .arithmetic import value_key
from .classes import bind_to, make_instance
from .lookup import PropertyValue, SuperValue, has_unknown_base, lookup, lookup_after
from .operators import PythonError
from .scopes import MISSING
from .ways import bounded

if TYPE_CHECKING:
    from .machine import Machine


def get_attribute(machine: Machine, value: Value, name: str, place: Place) -> Value:
    """`value.name`"""
    if isinstance(value, External):
        return _of_external(machine, value, name, place)
    if isinstance(value, ModuleValue):
        found = modules.member(machine, value, name, place)
        return found if found is not MISSING else Unknown(f"`{name}` is not defined in {value.name}", place)
    if isinstance(value, OneOf):
        return _of_library(machine, value, name, place)
    if isinstance(value, Nothing) and not hasattr(None, name):
        message = f"'NoneType' object has no attribute '{name}'"
        machine.refuse_nothing(value, f".{name}", "AttributeError", message, place)
    if isinstance(value, Unknown):
        whole = type_of(value) if isinstance(value, PathValue) else None
        if whole is not None and (find_attribute_of(whole, name) or find_method(whole, name)):
            return _of_library(machine, value, name, place)
        value.looked_into()
        origin = Origin(f"{value.origin.label}.{name}", place) if value.origin is not None else None
        whose = value_key(machine, value)
        key = bounded(("attribute", whose, name)) if whose is not None else None
        return Unknown(value.reason, place, key=key, origin=origin, of=value)
    if isinstance(value, Object):
        return _of_object(machine, value, name, place)
    if isinstance(value, ClassValue):
        return _of_class(machine, value, name, place)
    if isinstance(value, SuperValue):
        return _of_super(machine, value, name, place)
    if isinstance(value, FunctionValue):
        return value.attributes[name] if name in value.attributes else functions.attribute(value, name, place)
    if isinstance(value, BoundMethod):
        if name in ("__self__", "__func__"):
            return value.receiver if name == "__self__" else value.function
        return get_attribute(machine, value.function, name, place)
    if isinstance(value, Partial) and name in ("func", "args", "keywords"):
        return {"func": value.function, "args": value.args, "keywords": DictValue(dict(value.kwargs))}[name]
    if isinstance(value, PropertyValue) and name in ("setter", "getter", "deleter"):
        return _property_part(value, name)
    if isinstance(value, NamedTuple):
        found = records.named_tuple_attribute(machine, value, name, place)
        if found is MISSING:
            found = lookup(value.user_class, name)
            found = bind_to(machine, found, value, value.user_class, place) if found is not MISSING else MISSING
        if found is not MISSING:
            return found
    return _of_library(machine, value, name, place)


def _property_part(value: PropertyValue, name: str) -> Value:
    def changed(call: Call) -> Value:
        given = call.args[0] if call.args else None
        if name == "deleter":
            return value
        return PropertyValue(value.getter, given) if name == "setter" else PropertyValue(given, value.setter)

    return BuiltFunction(f"property.{name}", changed)


def _of_external(machine: Machine, value: External, name: str, place: Place) -> Value:
    full = canonical(f"{value.name}.{name}")
    if full in machine.put:
        return machine.put[full]
    if has_constant(full):
        return get_constant(full)
    if is_class(value.name) and name in ("__name__", "__qualname__"):
        return value.name.rpartition(".")[2]
    handler = find_attribute_of(value.name, name) if not is_class(value.name) else None
    if handler is not None:
        return machine.handle(full, handler, [], {}, place, receiver=value)
    return External(full, place, f"{value.spelled or value.name}.{name}")


def _of_library(machine: Machine, value: Value, name: str, place: Place) -> Value:
    type_name = type_of(value)
    if type_name is not None:
        put = put_into(machine.put, type_name, name)
        if put is not None:
            return BoundMethod(put, value) if isinstance(put, FunctionValue) else put
        handler = find_attribute_of(type_name, name)
        if handler is not None:
            return machine.handle(f"{type_name}.{name}", handler, [], {}, place, receiver=value)
        found = find_method(type_name, name)
        if found is not None:
            return ExternalMethod(found[0], value)
        if name == "__class__":
            return External(type_name)
        own = (
            getattr(builtins, type_name.removeprefix("builtins."), None) if type_name.startswith("builtins.") else None
        )
        if isinstance(own, type) and not hasattr(own, name):
            if machine.guards and own is not object:
                message = f"'{own.__name__}' object has no attribute '{name}'"
                return machine.python_error(PythonError("AttributeError", message), place)
            _refuse_of_tensors(machine, value, own.__name__, name, place)
        of_users = isinstance(value, Object) and value.user_class is not None
        fallback = find_method(type_name, "~lacking" if of_users else "__getattr__")
        if fallback is not None:
            found = machine.handle(fallback[0], fallback[1], [name], {}, place, receiver=value)
            if found is not NotImplemented:
                return found
    shown = (type_name or "this value").rpartition(".")[2]
    key = ("attribute", machine.number_of(value), name)
    return Unknown(f"`{name}` of {shown} is not known", place, key=key, origin=Origin(name, place))


def _refuse_of_tensors(machine: Machine, value: Value, kind: str, name: str, place: Place) -> None:
    """What Python's lists and tuples don't have is a fault where one of tensors is taken for a tensor."""
    items = value.items if isinstance(value, ListValue) else value if isinstance(value, tuple) else ()
    if any(isinstance(item, Tensor) for item in items):
        message = f"AttributeError: '{kind}' object has no attribute '{name}'"
        details = {"sequences": (value,), "what": f".{name}"}
        fault = Fault("python-exception", Moment.RUN, place, "attribute", "", "", (), message, True, details)
        machine.raise_fault(fault, "AttributeError")


def _of_object(machine: Machine, value: Object, name: str, place: Place) -> Value:
    cls = value.user_class
    found = lookup(cls, name) if cls is not None else MISSING
    if isinstance(found, PropertyValue) and not (found.cached and name in value.attributes):
        made = bind_to(machine, found, value, cls, place)
        if found.cached:
            value.attributes[name] = made
        return made
    if name in value.attributes:
        return value.attributes[name]
    if cls is None:
        return _of_library(machine, value, name, place)
    if found is not MISSING:
        return bind_to(machine, found, value, cls, place)
    if name == "__class__":
        return cls
    if name == "__dict__":
        return instance_dict(value)
    if name == "__setattr__":
        return _plain_setter(machine, value, place)
    fallback = lookup(cls, "__getattr__")
    if fallback is not MISSING and not name.startswith("__"):
        return machine.call(bind_to(machine, fallback, value, cls, place), [name], place=place)
    if has_unknown_base(cls):
        return Unknown(f"`{name}` may come from a base class that can't be seen", place)
    if machine.guards and is_surely_absent(value, name):
        message = f"'{cls.name}' object has no attribute '{name}'"
        return machine.python_error(PythonError("AttributeError", message), place)
    return _of_library(machine, value, name, place)


def _plain_setter(machine: Machine, value: Object, place: Place) -> BuiltFunction:
    return BuiltFunction("object.__setattr__", lambda call: set_plainly(machine, [value, *call.args], {}, place))


def instance_dict(value: Object) -> DictValue:
    """`vars(x)`: the attributes themselves, so that writing there writes them."""
    if any(map(is_private, value.attributes)):
        return DictValue({k: v for k, v in value.attributes.items() if not is_private(k)}, bool(value.approximate))
    return InstanceDict(value.attributes, bool(value.approximate), owner=value)


def _of_class(machine: Machine, value: ClassValue, name: str, place: Place) -> Value:
    if name in ("__name__", "__qualname__"):
        return value.name
    found = lookup(value, name)
    if found is not MISSING:
        return bind_to(machine, found, None, value, place)
    if name == "__doc__":
        return functions.docstring(value.node, place)
    if name in ("__mro__", "__bases__"):
        row = value.mro() if name == "__mro__" else value.bases
        ends = isinstance(row[-1], ClassValue) if row else True
        return (*row, External("builtins.object")) if ends else tuple(row)
    if name == "mro":
        return BuiltFunction("type.mro", lambda call: _of_class(machine, value, "__mro__", place))
    found = (
        enums.class_attribute(value, name) if enums.is_enum(value) else records.class_attribute(machine, value, name)
    )
    if found is not MISSING:
        return found
    if name == "__new__":
        return _new(machine, place)
    external = value.external_base
    if external is not None:
        method = find_method(external, name)
        if method is not None:
            return ExternalMethod(method[0], value) if is_class_method(method[0]) else External(method[0])
    return Unknown(f"`{name}` of the class `{value.name}`", place)


def _new(machine: Machine, place: Place) -> Value:
    """`object.__new__`: the bare instance of the class that is given."""

    def make(call: Call) -> Value:
        cls = call.args[0] if call.args else None
        if not isinstance(cls, ClassValue):
            return call.unknown("which class is instantiated is not known")
        external = cls.external_base
        if external == "typing.NamedTuple":
            return records.make_named_tuple(machine, cls, call.args[1:], call.kwargs, call.place, call.open)
        return make_instance(machine, cls, external, call.place)

    return BuiltFunction("object.__new__", make)


def _of_super(machine: Machine, value: SuperValue, name: str, place: Place) -> Value:
    receiver = value.receiver
    cls = receiver if isinstance(receiver, ClassValue) else getattr(receiver, "user_class", None)
    found, library = lookup_after(cls or value.owner, value.owner, name)
    if found is not MISSING:
        bound = None if isinstance(receiver, ClassValue) else receiver
        return bind_to(machine, found, bound, cls, place)
    if name == "__setattr__" and isinstance(receiver, Object):
        return _plain_setter(machine, receiver, place)
    if library is not None:
        return ExternalMethod(library, receiver)
    if name == "__new__":
        return _new(machine, place)
    if name in ("__init__", "__init_subclass__", "__set_name__"):
        return BuiltFunction(f"object.{name}", lambda call: None)
    return Unknown(f"`super().{name}` is not known", place)


def set_attribute(machine: Machine, value: Value, name: str, new: Value, place: Place) -> None:
    """`value.name = new`"""
    if isinstance(value, Object):
        if value.user_class is not None and _set_by_class(machine, value, value.user_class, name, new, place):
            return
        if name == "__dict__":
            _set_all(value, new, place)
            return
        value.attributes[name] = new
        if new is None and machine.open_names:
            open_sizes.forget(machine, value.attributes, name)
        _tell_library(machine, value, name, new, place)
    elif isinstance(value, (ClassValue, FunctionValue)):
        value.attributes[name] = new
    elif isinstance(value, ModuleValue):
        modules.names_of(machine, value)[name] = new
    elif isinstance(value, Unknown):
        for one in value.among:
            if not isinstance(one, Object):
                continue
            old = one.attributes.get(name)
            if not (isinstance(new, (bool, int, float, str)) and type(old) is type(new) and old == new):
                set_attribute(
                    machine, one, name, Unknown("it may have been set, or that of another object", place), place
                )
    else:
        if isinstance(value, External):
            machine.put[f"{value.name}.{name}"] = new
        _tell_library(machine, value, name, new, place)


def _set_all(value: Object, new: Value, place: Place) -> None:
    """`value.__dict__ = new`"""
    if not isinstance(new, DictValue):
        any_may_be_set(value, place)
        return
    new.entries.update({name: own for name, own in value.attributes.items() if is_private(name)})
    value.attributes = new.entries  # which may be those of other instances as well
    if new.open:
        any_may_be_set(value, place)


def set_plainly(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    """`object.__setattr__(value, name, new)`: heeds the properties and descriptors of the class, but not its own `__setattr__`."""
    if len(args) != 3 or kwargs:
        return machine.lost("not all arguments of `object.__setattr__()` are known", place, [*args, *kwargs.values()])
    value, name, new = args
    if not isinstance(value, Object) or not isinstance(name, str):
        if isinstance(value, Object):
            any_may_be_set(value, place)
        return machine.lost("which attribute is set is not known", place, args)
    if value.user_class is None or not _set_by_descriptor(machine, value, value.user_class, name, new, place):
        value.attributes[name] = new
        _tell_library(machine, value, name, new, place)
    return None


functions.NATIVE["builtins.object.__setattr__"] = set_plainly


def _tell_library(machine: Machine, value: Value, name: str, new: Value, place: Place) -> None:
    type_name = type_of(value)
    setter = find_method(type_name, "__setattr__") if type_name else None
    if setter is not None:
        machine.handle(setter[0], setter[1], [name, new], {}, place, receiver=value)


def _set_by_class(machine: Machine, value: Object, cls: ClassValue, name: str, new: Value, place: Place) -> bool:
    """Does the user's class write the attribute in its own way: a property, a descriptor, `__setattr__`, a frozen dataclass?"""
    own = lookup(cls, "__setattr__")
    if isinstance(own, FunctionValue):
        machine.call(BoundMethod(own, value), [name, new], place=place)
        return True
    if _set_by_descriptor(machine, value, cls, name, new, place):
        return True
    if value.attributes.get("~frozen") is True:
        machine.python_error(PythonError("FrozenInstanceError", f"cannot assign to field '{name}'"), place)
        return True
    return False


def _set_by_descriptor(machine: Machine, value: Object, cls: ClassValue, name: str, new: Value, place: Place) -> bool:
    """Does a property or a descriptor of the user's class take the value?"""
    found = lookup(cls, name)
    if isinstance(found, PropertyValue) and not found.cached:
        if found.setter is not None:
            machine.call(found.setter, [value, new], place=place)
        else:
            message = f"property '{name}' of '{cls.name}' object has no setter"
            machine.python_error(PythonError("AttributeError", message), place)
        return True
    if isinstance(found, Object) and found.user_class is not None:
        setter = machine.find_method(found, "__set__")
        if setter is not None:
            machine.call(setter, [value, new], place=place)
            return True
    return False


def delete_attribute(machine: Machine, value: Value, name: str, place: Place) -> None:
    """`del value.name`"""
    table = value.attributes if isinstance(value, (Object, ClassValue, FunctionValue)) else None
    if table is None:
        return
    if name in table:
        del table[name]
    elif isinstance(value, Object) and is_surely_absent(value, name):
        machine.python_error(PythonError("AttributeError", f"no attribute '{name}'"), place)
