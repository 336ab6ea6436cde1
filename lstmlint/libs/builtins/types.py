"""Python's types as such: their bases, exceptions, `type`, `isinstance` and what an object answers about itself."""

from __future__ import annotations

import builtins
import collections.abc
import numbers

from ...dims import Dim
from ...knowledge import (
    Call,
    base,
    bases_of,
    canonical,
    constant,
    find_attribute,
    find_attribute_of,
    find_function,
    find_method,
    function,
    has_constant,
    has_not,
    is_class,
    is_subclass,
)
from ...values import (
    Array,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    Dataset,
    DictValue,
    External,
    ExternalMethod,
    FunctionValue,
    LayerObject,
    ListValue,
    ModelObject,
    ModuleValue,
    Object,
    Partial,
    SetValue,
    Unknown,
    Value,
)
from ..bridge import is_surely_absent, put_into, reason_of, type_of

for _name in (
    "int", "float", "str", "bytes", "bytearray", "complex", "list", "tuple", "dict", "set", "frozenset", "range", "slice",
    "generator", "NoneType", "function", "type", "enumerate", "zip", "map", "filter", "reversed", "memoryview", "BaseException",
    "property", "staticmethod", "classmethod",
):  # fmt: skip
    base(f"builtins.{_name}", "builtins.object")


base("builtins.object")


base("builtins.bool", "builtins.int")


for _name, _value in vars(builtins).items():
    if isinstance(_value, type) and issubclass(_value, BaseException) and _value is not BaseException:
        base(f"builtins.{_value.__name__}", *(f"builtins.{b.__name__}" for b in _value.__bases__))


constant("builtins.Ellipsis", ...)


constant("builtins.__debug__", True)


def _exception(call: Call) -> Value:
    return Object(call.name, attributes={"args": tuple(call.args)}, place=call.place)


for _name, _value in vars(builtins).items():
    if isinstance(_value, type) and issubclass(_value, BaseException):
        function(f"builtins.{_name}")(_exception)


@function("builtins.BaseException.__init__")
def initialise_exception(call: Call) -> Value:
    """super().__init__(...) of an exception of the user's own."""
    if isinstance(call.receiver, Object):
        call.receiver.attributes["args"] = tuple(call.args)
    return None


@function("builtins.id")
def id_(call: Call) -> Value:
    """id(x)"""
    return call.unknown("ids differ from run to run", "int")


base("builtins.file", "builtins.object")


@function("builtins.type")
def type_(call: Call) -> Value:
    """type(x)"""
    if len(call.args) != 1:
        return call.unknown("a class made by type() is not followed")
    value = call.args[0]
    if isinstance(value, Object) and value.user_class is not None:
        return value.user_class
    kind = type_of(value)
    if kind is None or isinstance(value, (External, Unknown)):
        return call.unknown(reason_of(value))
    if isinstance(value, Array) and value.shape.rank == 0:
        return call.unknown("whether this is an array or a number of NumPy's is not known")
    return call.engine.get_attribute(value, "__class__", call.place) if isinstance(value, Dataset) else External(kind)


@function("builtins.isinstance")
def isinstance_(call: Call) -> Value:
    """isinstance(x, class or tuple of classes): True or False only when both are known."""
    if len(call.args) != 2:
        return call.unknown("not all of the arguments are known", "bool")
    value, wanted = call.args[0], call.args[1]
    answer = _instance(value, wanted)
    return answer if answer is not None else call.unknown(reason_of(value, wanted), "bool")


def _instance(value: Value, wanted: Value) -> bool | None:
    if isinstance(wanted, tuple):
        answers = [_instance(value, w) for w in wanted]
        return True if True in answers else None if None in answers else False
    if isinstance(value, (Unknown, External)) and not (isinstance(value, Unknown) and value.kind):
        return None
    if isinstance(value, Object) and value.user_class is not None:
        chain = list(value.user_class.mro())
        if isinstance(wanted, ClassValue):
            if wanted in chain:
                return True
            return None if any(isinstance(c, Unknown) for c in chain) else False
        if isinstance(wanted, External):
            if any(isinstance(c, External) and is_subclass(c.name, wanted.name) for c in chain):
                return True
            return None if any(isinstance(c, (Unknown, External)) for c in chain) else wanted.name == "builtins.object"
        return None
    if isinstance(wanted, ClassValue):
        return False if type_of(value) is not None and not isinstance(value, Unknown) else None
    kind = type_of(value)
    if kind is None or not isinstance(wanted, External):
        return None
    return _subclass(kind, wanted.name, scalar=isinstance(value, Array) and not value.shape.rank)


_CONTAINERS = frozenset(
    f"builtins.{name}" for name in ("list", "tuple", "dict", "set", "frozenset", "range", "bytearray")
)


def _subclass(kind: str, wanted: str, *, scalar: bool) -> bool | None:
    """Is a library's class a subclass of another one? `scalar`: it may be a number of NumPy's, some of which are Python's as well.

    Libraries' hierarchies are known only as far as they are registered. But what is built on a container is no other container, and
    what Python's own classes are, Python can say.
    """
    if kind == "keras.Variable" and wanted.startswith("tensorflow."):  # has what tensors have, and is none
        return False
    if is_subclass(kind, wanted):
        return True
    roots = {name for name in bases_of(wanted) if _plain(name)} - {"builtins.object"}
    if _plain(kind):
        if _plain(wanted):
            return False
        if roots:  # an OrderedDict is followed as the dict that it is
            return None if roots & set(bases_of(kind)) else False
        return _by_python(kind, wanted)
    if roots & _CONTAINERS or wanted in _NO_TENSOR:
        return False
    return False if (_plain(wanted) or wanted in _NUMPY_NUMBERS) and not scalar else None


_NO_TENSOR = frozenset(
    [
        "collections.deque",
        *(f"{m}.{n}" for m in ("collections.abc", "typing") for n in ("Mapping", "MutableMapping", "Sequence", "Set")),
    ]
)
"""Python's classes of containers that no array, tensor or layer belongs to."""


_NUMPY_NUMBERS = frozenset(
    f"numpy.{name}"
    for name in (
        "generic", "number", "integer", "signedinteger", "unsignedinteger", "inexact", "floating", "complexfloating", "flexible", "character",
        "bool", "bool_", "int_", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
        "complex64", "complex128", "str_", "bytes_", "object_", "void", "datetime64", "timedelta64",
    )
)  # fmt: skip
"""NumPy's classes of single values, which no array with an axis belongs to."""


_ABSTRACT = {
    "collections": collections,
    "collections.abc": collections.abc,
    "typing": collections.abc,
    "numbers": numbers,
}


def _by_python(kind: str, wanted: str) -> bool | None:
    """What Python says of its own classes, abstract ones included; None for others."""
    owner, _, name = wanted.rpartition(".")
    abstract = getattr(_ABSTRACT.get(owner), name, None)
    own = type(None) if kind == "builtins.NoneType" else getattr(builtins, kind.removeprefix("builtins."), None)
    return issubclass(own, abstract) if isinstance(own, type) and isinstance(abstract, type) else None


def _plain(name: str) -> bool:
    return name.startswith("builtins.")


@function("builtins.issubclass")
def issubclass_(call: Call) -> Value:
    """issubclass(class, class or tuple of classes)"""
    if len(call.args) != 2:
        return call.unknown("not all of the arguments are known", "bool")
    cls, wanted = call.args[0], call.args[1]
    wanted_all = wanted if isinstance(wanted, tuple) else (wanted,)
    for one in wanted_all:
        if isinstance(cls, ClassValue) and one in list(cls.mro()):
            return True
        name = cls.name if isinstance(cls, External) else cls.external_base if isinstance(cls, ClassValue) else None
        if name is not None and isinstance(one, External) and is_subclass(name, one.name):
            return True
    return call.unknown("whether it is a subclass is not known", "bool")


@function("builtins.callable")
def callable_(call: Call) -> Value:
    """callable(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Object) and value.user_class is not None:
        classes = value.user_class.mro()
        return True if call.engine.find_method(value, "__call__") is not None else (
            False if all(isinstance(c, ClassValue) for c in classes) else call.unknown("whether it can be called is not known", "bool")
        )  # fmt: skip
    if isinstance(value, External) and (is_class(value.name) or find_function(value.name) is not None):
        return True
    if isinstance(value, (FunctionValue, BoundMethod, ExternalMethod, BuiltFunction, Partial, ClassValue)):
        return True
    if value is None or isinstance(value, (str, int, float, tuple, ListValue, DictValue, SetValue, Dim)):
        return False
    return call.unknown("whether it can be called is not known", "bool")


@function("builtins.getattr")
def getattr_(call: Call) -> Value:
    """getattr(x, name[, default])"""
    if len(call.args) < 2 or not isinstance(call.args[1], str):
        return call.unknown("which attribute is read is not known")
    value, name = call.args[0], call.args[1]
    if len(call.args) > 2:
        there = _has(call, value, name)
        if there is False:
            return call.args[2]
        if there is None:
            return call.unknown(f"whether there is an attribute `{name}` is not known")
    return call.engine.get_attribute(value, name, call.place)


def _has(call: Call, value: Value, name: str) -> bool | None:
    """Is there an attribute of that name? None when it can't be known."""
    if isinstance(value, Object) and value.user_class is not None:
        if name in value.attributes or call.engine.find_method(value, name) is not None:
            return True
        return False if is_surely_absent(value, name) else None
    if isinstance(value, Object) and name in value.attributes:
        return True
    if isinstance(value, ModuleValue) and name in value.names:
        return True
    if isinstance(value, ClassValue):
        classes = value.mro()
        if any(isinstance(c, ClassValue) and name in c.attributes for c in classes):
            return True
        return False if all(isinstance(c, ClassValue) for c in classes) and not name.startswith("__") else None
    if isinstance(value, External):
        full = canonical(f"{value.name}.{name}")
        if full in call.engine.put:
            return True
        if value.spelled and has_not(f"{value.spelled}.{name}", call.engine.keras_major):
            return False
        there = (
            find_function(full) or has_constant(full) or find_attribute(full) or _shown(full, call.engine.keras_major)
        )
        return True if there else None
    kind = type_of(value)
    if kind is None or isinstance(value, Unknown):
        return None
    if put_into(call.engine.put, kind, name) is not None:
        return True
    if kind.startswith("keras."):
        from ...keras.gone import is_gone_from
        from ...keras.members import surely_lacks

        if is_gone_from(value, name, call.engine.keras_major) or surely_lacks(value, name, call.engine.keras_major):
            return False
    if isinstance(value, LayerObject):
        from ...keras.models import OF_ONE_WEIGHT
        from ...keras.remembered import KEPT, remembers
        from ...keras.unbuilt import shows

        if name in KEPT:
            return True if remembers(value, name) else None
        if name == "history" and isinstance(value, ModelObject):  # there since the first `fit`
            return True if "last_history" in value.state else None
        if name in OF_ONE_WEIGHT and not isinstance(value, ModelObject):
            return shows(call.engine, value, name)
    if isinstance(value, Dataset) and name in ("_input_dataset", "_datasets"):
        from ..tfdata.classes import reads_one, reads_several

        return reads_one(value) if name == "_input_dataset" else reads_several(value)
    if find_method(kind, name) is not None or find_attribute_of(kind, name) is not None:
        return True
    plain = getattr(builtins, kind.removeprefix("builtins."), None) if kind.startswith("builtins.") else None
    return hasattr(plain, name) if isinstance(plain, type) else None


def _shown(name: str, keras_major: int) -> bool:
    """Does this Keras show something under a canonical name?"""
    if not name.startswith("keras."):
        return False
    from ...keras.api import exported, packages

    return name in exported(keras_major) or name in packages(keras_major)


@function("builtins.setattr")
def setattr_(call: Call) -> Value:
    """setattr(x, name, value)"""
    if len(call.args) == 3 and isinstance(call.args[1], str):
        call.engine.set_attribute(call.args[0], call.args[1], call.args[2], call.place)
    elif call.args and isinstance(call.args[0], Object):
        call.args[0].approximate = "an attribute of an unknown name was set"
    return None


@function("builtins.hasattr")
def hasattr_(call: Call) -> Value:
    """hasattr(x, name)"""
    if len(call.args) == 2 and isinstance(call.args[1], str):
        if isinstance(call.args[0], LayerObject):  # some of a model's attributes are there only once it is built
            call.args[0].state["asked"] = True
        there = _has(call, call.args[0], call.args[1])
        if there is not None:
            return there
    return call.unknown("whether it has the attribute is not known", "bool")


@function("builtins.vars")
def vars_(call: Call) -> Value:
    """vars(x): the attributes of an object, as a dict."""
    if len(call.args) == 1 and isinstance(call.args[0], Object):
        value = call.args[0]
        if value.user_class is not None:
            return call.engine.get_attribute(value, "__dict__", call.place)
        if value.type_name == "argparse.Namespace":
            return DictValue(value.attributes)
    return call.unknown("vars() is not followed")


@function("builtins.dir", "builtins.globals", "builtins.locals", "builtins.exec")
@function("builtins.compile", "builtins.__import__", "builtins.memoryview")
def opaque(call: Call) -> Value:
    """Functions that look at or run code in ways that are not followed."""
    return call.unknown(f"{call.name.removeprefix('builtins.')}() is not followed")


@function("builtins.object")
def object_(call: Call) -> Value:
    """object()"""
    return Object("builtins.object", place=call.place)


def special(call: Call, name: str, value: Value) -> Value | None:
    """`type(value).name(value)` by the user's class or by knowledge; None when nobody defines it."""
    if isinstance(value, Object):
        own = call.engine.find_method(value, name)
        if own is not None:
            return call.engine.call(own, [], place=call.place)
    kind = type_of(value)
    found = find_method(kind, name) if kind else None
    if found is None:
        return None
    return found[1](Call(found[0], [], {}, call.place, call.engine, value))
