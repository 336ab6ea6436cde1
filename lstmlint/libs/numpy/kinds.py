"""What kind of thing an array is: one of NumPy's numbers, which have no axes and are no arrays, or an array."""

from __future__ import annotations

from ...values import Array

_KEEPING_ARRAYS = frozenset(
    f"numpy.{name}"
    for name in (
        "array", "asanyarray", "asarray", "ascontiguousarray", "copy", "empty", "empty_like", "full", "full_like", "imag", "load", "ndarray.T",
        "ndarray.astype", "ndarray.copy", "ndarray.reshape", "ndarray.squeeze", "ndarray.transpose", "ndarray.view", "ones", "ones_like", "real",
        "reshape", "squeeze", "tensordot", "transpose", "where", "zeros", "zeros_like",
    )
)  # fmt: skip
"""What may give an array without axes. All else gives one of NumPy's numbers there: an index, a sum, argmax, an operator."""

_MAKING_ARRAYS = frozenset(f"numpy.{name}" for name in ("array", "asarray", "zeros", "ones", "full", "empty"))

SURELY_ARRAY = "~array"
"""The fact of what has no axes and is an array nonetheless: `x[..., 0]`."""

_ABOVE = {
    "bool": ("bool", "bool_", "generic"),
    "int": ("integer", "number", "generic"),
    "float": ("floating", "inexact", "number", "generic"),
}
_OF_NUMPY = frozenset(name for names in _ABOVE.values() for name in names)
_OF_THE_SYSTEM = frozenset(
    ["int_", "intc", "intp", "long", "longlong", "short", "byte", "ubyte", "ushort", "uint", "uintc", "uintp", "ulong"]
)
"""Names of whole numbers whose widths depend on the system, or that nobody uses."""
_OTHER_NAMES = {"double": ("float", 64), "single": ("float", 32), "half": ("float", 16)}
_OF_NUMBERS = {
    "bool": (),
    "int": ("Integral", "Rational", "Real", "Complex", "Number"),
    "float": ("Real", "Complex", "Number"),
}
"""What NumPy registers its numbers as among Python's abstract ones."""
_OF_ARRAYS = frozenset(["Iterable", "Sized", "Container", "Collection"])
_OF_CONTAINERS = _OF_ARRAYS.union(
    [
        "Sequence",
        "MutableSequence",
        "Mapping",
        "MutableMapping",
        "Set",
        "Reversible",
        "Iterator",
        "Generator",
        "Callable",
    ]
)
LENGTH = frozenset(["__len__", "__iter__", "__contains__", "__setitem__"])
"""What arrays have and numbers have not."""


def is_number(array: Array) -> bool:
    """Is this without axes, and surely one of NumPy's numbers, which are no arrays?"""
    if array.shape.rank != 0 or array.type_name != "numpy.ndarray" or SURELY_ARRAY in array.facts:
        return False
    return array.made is None or array.made.by not in _KEEPING_ARRAYS


def is_array(array: Array) -> bool:
    """Is this surely an array: has it an axis, or been made as one?"""
    if array.type_name != "numpy.ndarray":
        return False
    made = array.made is not None and array.made.by in _MAKING_ARRAYS
    return made or bool(array.shape.rank) or SURELY_ARRAY in array.facts


def is_a(array: Array, wanted: str) -> bool | None:
    """`isinstance(array, wanted)`, with the class by its canonical name; None where that can't be told here."""
    if is_number(array):
        return _number_is(array.dtype, array.bits, wanted)
    owner, _, name = wanted.rpartition(".")
    if not is_array(array):
        return None
    if owner in ("collections.abc", "typing") and name in _OF_CONTAINERS | {"Hashable"}:
        return name in _OF_ARRAYS
    return False if owner == "numbers" or (owner == "numpy" and name in _OF_NUMPY) else None


def _number_is(dtype: str | None, bits: int | None, wanted: str) -> bool | None:
    owner, _, name = wanted.rpartition(".")
    if wanted in ("numpy.ndarray", "numpy.matrix") or owner.partition(".")[0] in ("keras", "pandas", "tensorflow"):
        return False
    if owner in ("collections.abc", "typing") and name in _OF_CONTAINERS:
        return False
    if dtype is None or dtype not in _ABOVE:
        return None
    if owner == "numbers":
        return name in _OF_NUMBERS[dtype] if name in _OF_NUMBERS["int"] else None
    if owner == "builtins":
        if name == "float" and dtype == "float":
            return None if bits is None else bits == 64
        return name == "object"
    return _is_of_numpy(dtype, bits, name) if owner == "numpy" else None


def _is_of_numpy(dtype: str, bits: int | None, name: str) -> bool | None:
    if name in _OF_NUMPY:
        return name in _ABOVE[dtype]
    if name in ("signedinteger", "unsignedinteger"):
        return (name == "signedinteger" if bits == 64 else None) if dtype == "int" else False
    kind, width = _OTHER_NAMES.get(name, (name.rstrip("0123456789"), None))
    width = int(name[len(kind) :]) if width is None and name[len(kind) :].isdigit() else width
    if kind not in ("int", "uint", "float") or width is None:
        return None if dtype == "int" and name in _OF_THE_SYSTEM else False
    if kind.lstrip("u") != dtype:
        return False
    if bits is not None and width != bits:
        return False
    if bits is None or (dtype == "int" and bits != 64):  # whether it has a sign isn't known
        return None
    return kind != "uint"
