"""Python's types as such: their bases, exceptions, `type`, `isinstance` and what an object answers about itself."""

from __future__ import annotations

import builtins

from ...knowledge import (
    Call,
    base,
    canonical,
    constant,
    find_attribute,
    find_attribute_of,
    find_function,
    find_method,
    function,
    has_constant,
    has_not,
)
from ...values import (
    Array,
    ClassValue,
    Dataset,
    External,
    InstanceDict,
    LayerObject,
    ModelObject,
    ModuleValue,
    Object,
    ShapeTuple,
    SizesTensor,
    Tensor,
    Unknown,
    Value,
)
from ..bridge import any_may_be_set, is_surely_absent, may_be_others, put_into, reason_of, type_of
from ..numpy.kinds import LENGTH, is_array, is_number

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
        if is_number(value) and (
            (value.dtype == "float" and value.bits) or (value.dtype == "int" and value.bits == 64)
        ):
            return External(f"numpy.{value.dtype}{value.bits}")
        return call.unknown("whether this is an array or a number of NumPy's is not known")
    return call.engine.get_attribute(value, "__class__", call.place) if isinstance(value, Dataset) else External(kind)


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


_OF_BUILT = frozenset(["input", "inputs", "input_shape", "output", "outputs", "output_shape"])
"""What a Sequential only has once it is built."""


def _has(call: Call, value: Value, name: str) -> bool | None:
    """Is there an attribute of that name? None when it can't be known."""
    if isinstance(value, Object) and value.user_class is not None:
        if name in value.attributes or call.engine.find_method(value, name) is not None:
            return True
        if is_surely_absent(value, name) or _is_gone(call, value, name):
            return False
        if find_method(value.type_name, name) is not None:
            return True
        return False if _nobody_defines(call, value, name) else None
    if isinstance(value, Object) and name in value.attributes:
        return True
    if isinstance(value, ModuleValue) and name in value.names:
        return True
    if isinstance(value, ClassValue):
        if value.defines(name):
            return True
        return False if all(isinstance(c, ClassValue) for c in value.mro()) and not name.startswith("__") else None
    if isinstance(value, External):
        full = canonical(f"{value.name}.{name}")
        if full in call.engine.put:
            return True
        spelled, major = f"{value.spelled}.{name}", call.engine.keras_major
        if value.spelled and (has_not(spelled, major) or call.engine.record.hides(spelled, major)):
            return False
        if major < 3 and _came_with_keras_3(full):  # `tensorflow.keras` beside tf_keras may be either Keras
            return False if spelled.startswith("tf_keras.") else None
        there = (
            find_function(full) or has_constant(full) or find_attribute(full) or _shown(full, call.engine.keras_major)
        )
        return True if there else None
    kind = type_of(value)
    if kind is None or isinstance(value, Unknown):
        return None
    if put_into(call.engine.put, kind, name) is not None:
        return True
    if name in LENGTH and isinstance(value, Array) and value.type_name == "numpy.ndarray":
        return False if is_number(value) else True if is_array(value) else None
    if kind.startswith("keras."):
        from ...keras.members import lacks_in_call, surely_lacks
        from ...keras.symbolic import LACKING, lacks

        if isinstance(value, Tensor) and name in LACKING:
            return False if lacks(call.engine, name) else None
        if _is_gone(call, value, name) or surely_lacks(value, name, call.engine.keras_major):
            return False
        if lacks_in_call(call.engine, value, name):
            return False
    if isinstance(value, LayerObject):
        from ...keras.models import OF_ONE_WEIGHT
        from ...keras.remembered import KEPT, remembers
        from ...keras.unbuilt import shows

        if name in KEPT:
            return True if remembers(value, name) else None
        if name in _OF_BUILT and isinstance(value, ModelObject) and not value.built:
            return None
        if name == "history" and isinstance(value, ModelObject):  # there since the first `fit`
            return True if "last_history" in value.state else None
        if name in OF_ONE_WEIGHT and not isinstance(value, ModelObject):
            return shows(call.engine, value, name)
    if type(value) is ShapeTuple and value.graph and not hasattr(tuple, name):
        return None
    if isinstance(value, Dataset) and name in ("_input_dataset", "_datasets"):
        from ..tfdata.classes import reads_one, reads_several

        return reads_one(value) if name == "_input_dataset" else reads_several(value)
    if isinstance(value, Array) and kind.startswith("tensorflow."):
        from ..tensorflow.tensors import OF_ARRAYS, is_no_array

        if name in OF_ARRAYS:
            return False if is_no_array(call.engine, value, name) else None
    if find_method(kind, name) is not None or find_attribute_of(kind, name) is not None:
        return True
    plain = getattr(builtins, kind.removeprefix("builtins."), None) if kind.startswith("builtins.") else None
    return hasattr(plain, name) if isinstance(plain, type) else None


def _nobody_defines(call: Call, value: Object, name: str) -> bool:
    """Has neither the program given a public attribute of this name to an object of its own, nor any of its classes, Keras's included?"""
    if not value.type_name.startswith("keras.") or name.startswith("_"):
        return False
    from ...keras.members import lacks_of_own

    return lacks_of_own(value, name, call.engine.keras_major)


def _is_gone(call: Call, value: Value, name: str) -> bool:
    """Had what Keras 2 had for this value an attribute that it hasn't any more?"""
    if not (type_of(value) or "").startswith("keras."):
        return False
    from ...keras.gone import is_gone_from

    return is_gone_from(value, name, call.engine.keras_major)


def _came_with_keras_3(name: str) -> bool:
    """Does only Keras 3 show something under a canonical name?"""
    if not name.startswith("keras."):
        return False
    from ...keras.api import came_with_keras_3

    return came_with_keras_3(name) is not None


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
        any_may_be_set(call.args[0], call.place)
    elif call.args and isinstance(call.args[0], ClassValue):
        may_be_others(call.args[0].attributes, call.place, "something was set under a name that is not known")
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
            return InstanceDict(value.attributes, owner=value)
    return call.unknown("vars() is not followed")


@function("builtins.dir", "builtins.globals", "builtins.exec")
@function("builtins.compile", "builtins.memoryview")
def opaque(call: Call) -> Value:
    """Functions that look at or run code in ways that are not followed."""
    return call.unknown(f"{call.name.removeprefix('builtins.')}() is not followed")


@function("builtins.object")
def object_(call: Call) -> Value:
    """object()"""
    return Object("builtins.object", place=call.place)


def ask_tensor(call: Call, name: str, value: Value) -> None:
    """What Python does with a symbolic tensor, or with what `tf.shape` gives of one, Keras refuses."""
    found = find_method("keras.KerasTensor", name) if isinstance(value, (Tensor, SizesTensor)) else None
    if found is not None:
        found[1](Call(found[0], [], {}, call.place, call.engine, value))


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
