"""What kind of thing a value is: `isinstance`, `issubclass`, `callable`, and what `inspect` and `types` ask."""

from __future__ import annotations

import builtins
import collections
import collections.abc
import numbers

from ...dims import Dim
from ...knowledge import Call, bases_of, find_function, find_method, function, is_class, is_subclass
from ...values import (
    Array,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    DictValue,
    External,
    ExternalMethod,
    FunctionValue,
    LayerObject,
    ListValue,
    Object,
    Partial,
    SetValue,
    Tensor,
    Unknown,
    Value,
)
from ..bridge import reason_of, type_of
from ..numpy.kinds import is_a

CLASS, FUNCTION, METHOD = "builtins.type", "builtins.function", "builtins.method"
_NAMES = {
    "types.FunctionType": FUNCTION, "types.LambdaType": FUNCTION, "types.MethodType": METHOD, "typing.Type": CLASS,
}  # fmt: skip
"""Python's own names of classes that no builtin stands for."""
_CALLABLE = ("collections.abc.Callable", "typing.Callable")


def kind_of(value: Value) -> str | None:
    """The name of a value's class, also of classes and functions; None where that is not known."""
    if isinstance(value, ClassValue) or (isinstance(value, External) and is_class(value.name)):
        return CLASS
    if isinstance(value, FunctionValue):
        return FUNCTION
    if isinstance(value, BoundMethod):
        return METHOD
    if isinstance(value, External):
        return FUNCTION if value.name.startswith("keras.") and find_function(value.name) is not None else None
    if isinstance(value, Partial):
        return "functools.partial"
    if isinstance(value, Unknown) and not value.kind:
        return None
    return type_of(value)


@function("builtins.isinstance")
def isinstance_(call: Call) -> Value:
    """isinstance(x, class or tuple of classes): True or False only when both are known."""
    if len(call.args) != 2:
        return call.unknown("not all of the arguments are known", "bool")
    value, wanted = call.args[0], call.args[1]
    answer = _instance(value, wanted, call.engine.keras_major)
    return answer if answer is not None else call.unknown(reason_of(value, wanted), "bool")


def _instance(value: Value, wanted: Value, keras_major: int) -> bool | None:
    if isinstance(wanted, tuple):
        return _any([_instance(value, w, keras_major) for w in wanted])
    if isinstance(value, Object) and value.user_class is not None:
        return inherits(value.user_class, wanted, keras_major)
    kind = kind_of(value)
    if kind is None or not isinstance(wanted, (External, ClassValue)):
        return None
    if isinstance(wanted, ClassValue):
        return None if isinstance(value, Unknown) else False
    if isinstance(value, Tensor) and wanted.name.startswith(("keras.KerasTensor", "tensorflow.")) and _in_a_call():
        return None  # it is a tensor of TensorFlow's there
    if wanted.name in _CALLABLE and kind in (CLASS, FUNCTION, METHOD):
        return True
    name = _NAMES.get(wanted.name, wanted.name)
    answer = is_a(value, name) if isinstance(value, Array) else None
    return (
        answer
        if answer is not None
        else _subclass(kind, name, keras_major, scalar=isinstance(value, Array) and not value.shape.rank)
    )


def _any(answers: list[bool | None]) -> bool | None:
    """True if one is; None where one isn't known."""
    return True if True in answers else None if None in answers else False


def inherits(cls: Value, wanted: Value, keras_major: int) -> bool | None:
    """Is a class the other one, or does it inherit from it? None where that isn't known."""
    if isinstance(cls, External) and is_class(cls.name):
        if isinstance(wanted, ClassValue):
            return False
        return _subclass(cls.name, wanted.name, keras_major) if isinstance(wanted, External) else None
    if not isinstance(cls, ClassValue) or not isinstance(wanted, (ClassValue, External)):
        return None
    chain = list(cls.mro())
    unseen = any(isinstance(c, Unknown) for c in chain)
    if isinstance(wanted, ClassValue):
        return True if wanted in chain else None if unseen else False
    kinds = [_subclass(c.name, wanted.name, keras_major) for c in chain if isinstance(c, External)]
    if True in kinds:
        return True
    return None if unseen or None in kinds else wanted.name == "builtins.object"


def _in_a_call() -> bool:
    from ...keras.inside import inside_call

    return inside_call()


_DISTINCT = frozenset(
    [
        "numpy.ndarray", "pandas.DataFrame", "pandas.Series", "pandas.Index", "tensorflow.Tensor", "tensorflow.Variable", "tensorflow.RaggedTensor",
        "tensorflow.SparseTensor", "tensorflow.sparse.SparseTensor", "tensorflow.data.Dataset", "keras.KerasTensor", "keras.Variable",
    ]
)  # fmt: skip
"""Classes of data that have no kinds in common with each other, nor with Python's own or with what Keras makes."""


def _subclass(kind: str, wanted: str, keras_major: int, *, scalar: bool = False) -> bool | None:
    """Is a library's class a subclass of another one? `scalar`: it may be a number of NumPy's, some of which are Python's as well.

    Libraries' hierarchies are known only as far as they are registered, Keras's from its tables. But what is built on a container is no other
    container, and what Python's own classes are, Python can say.
    """
    if kind == "keras.Variable" and wanted.startswith("tensorflow."):  # has what tensors have, and is none
        return False
    if is_subclass(kind, wanted):
        return True
    if kind.startswith("keras.") and wanted.startswith("keras."):
        from ...keras import api

        found = api.inherits(kind, wanted, keras_major)
        if found is not None:
            return found
    both = (kind, wanted)
    of_data = any(name in _DISTINCT for name in both) and not scalar
    if of_data and all(name in _DISTINCT or name.startswith(("keras.", "builtins.")) for name in both):
        return wanted == "builtins.object"
    if _plain(kind) and wanted.startswith("keras.") and is_class(wanted):
        return False
    if kind.startswith("keras.") and wanted.startswith(("numbers.", "functools.", "types.")):
        return False
    if wanted == "functools.partial" and _plain(kind):
        return False
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


_CONTAINERS = frozenset(
    f"builtins.{name}" for name in ("list", "tuple", "dict", "set", "frozenset", "range", "bytearray")
)


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
    several = wanted if isinstance(wanted, tuple) else (wanted,)
    answer = _any([inherits(cls, one, call.engine.keras_major) for one in several])
    return answer if answer is not None else call.unknown("whether it is a subclass is not known", "bool")


@function("builtins.callable")
def callable_(call: Call) -> Value:
    """callable(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Object) and value.user_class is not None:
        classes = value.user_class.mro()
        return True if call.engine.find_method(value, "__call__") is not None or isinstance(value, LayerObject) else (
            False if all(isinstance(c, ClassValue) for c in classes) else call.unknown("whether it can be called is not known", "bool")
        )  # fmt: skip
    if isinstance(value, External) and (is_class(value.name) or find_function(value.name) is not None):
        return True
    if isinstance(value, (FunctionValue, BoundMethod, ExternalMethod, BuiltFunction, Partial, ClassValue)):
        return True
    if isinstance(value, Object) and find_method(value.type_name, "__call__") is not None:
        return True
    if value is None or isinstance(value, (str, int, float, tuple, ListValue, DictValue, SetValue, Dim)):
        return False
    return call.unknown("whether it can be called is not known", "bool")
