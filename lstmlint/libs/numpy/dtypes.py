"""What `X.dtype` is: the kind of an array's numbers, and how many bits they have."""

from __future__ import annotations

from ...knowledge import Call, attribute, base, function, method
from ...values import Array, Object, OneOf, Unknown, Value
from .arrays import dtype_of

DTYPE = "numpy.dtype"
_LETTERS = {"float": "f", "bool": "b", "complex": "c", "object": "O"}
_ABSTRACT = {
    "generic": None, "number": ("int", "float", "complex"), "integer": ("int",), "inexact": ("float", "complex"), "floating": ("float",),
    "complexfloating": ("complex",),
}  # fmt: skip
"""NumPy's kinds of numbers, each with ours; those that tell signed integers from others are not here."""

base(DTYPE, "builtins.object")


def dtype_object(kind: str | None, bits: int | None, source: str) -> Value:
    """The dtype of this kind; `source` tells this one from others, because nobody knows whether its integers have a sign."""
    if kind not in ("int", *_LETTERS):
        return Unknown("the dtype is not known")
    letter: Value = _LETTERS.get(kind)
    if letter is None:
        letter = OneOf("whether the integers have a sign is not known", kind="str", values=("i", "u"), source=source)
    attributes: dict[str, Value] = {"kind": letter, "~kind": kind, "~bits": bits}
    if kind in ("float", "complex") and bits:
        attributes["name"] = f"{kind}{bits}"
    if bits:
        attributes["itemsize"] = bits // 8
    return Object(DTYPE, attributes=attributes)


@attribute("numpy.ndarray.dtype")
def dtype(call: Call) -> Value:
    """X.dtype"""
    array = call.receiver
    if not isinstance(array, Array):
        return call.unknown("the array is not known")
    return dtype_object(array.dtype, array.bits, f"sign of {array.uid}")


@method(f"{DTYPE}.__operator__")
def compare(call: Call) -> Value:
    """X.dtype == np.float32, X.dtype != "object" """
    symbol, other = call.args[0], call.args[1]
    (kind, bits), (wanted, wanted_bits) = dtype_of(call.receiver), dtype_of(other)
    if symbol not in ("==", "!=") or kind is None or wanted is None:
        return call.unknown("which dtype it is is not known", "bool")
    if kind != wanted or (bits and wanted_bits and bits != wanted_bits):
        return symbol == "!="
    same = kind == "bool" or (kind == "float" and bits is not None and bits == wanted_bits)
    return symbol == "==" if same else call.unknown("which dtype it is is not known", "bool")


@function("numpy.issubdtype")
def issubdtype(call: Call) -> Value:
    """np.issubdtype(X.dtype, np.integer)"""
    unknown = call.unknown("which dtype it is is not known", "bool")
    if len(call.args) != 2:
        return unknown
    kind, _ = dtype_of(call.args[0])
    name = getattr(call.args[1], "name", None)
    if kind is None or not isinstance(name, str):
        return unknown
    short = name.removeprefix("numpy.")
    if name.startswith("numpy.") and short in _ABSTRACT:
        kinds = _ABSTRACT[short]
        return kinds is None or kind in kinds
    wanted, _ = dtype_of(call.args[1])
    return False if wanted is not None and wanted != kind else unknown
