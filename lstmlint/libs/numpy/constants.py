"""NumPy's constants, dtypes and scalar types."""

from __future__ import annotations

import math

from ...knowledge import Call, base, constant, function, method
from ...shapes import Shape
from ...values import Value, fresh_int
from ..bridge import label
from .arrays import NUMBERS, as_array, converted_range, dtype_of, make, unknown_array

base("numpy.ndarray", "builtins.object")
constant("numpy.pi", math.pi)
constant("numpy.e", math.e)
constant("numpy.inf", math.inf)
constant("numpy.Inf", math.inf)
constant("numpy.nan", math.nan)
constant("numpy.NaN", math.nan)
constant("numpy.NAN", math.nan)
constant("numpy.newaxis", None)

_SCALARS = (
    "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool_", "bool", "int_",
    "float_", "double", "single", "half", "longlong", "intp", "str_", "object_", "complex64", "complex128", "uint", "long", "int", "float",
)  # fmt: skip


@function(*(f"numpy.{name}" for name in _SCALARS))
def scalar_type(call: Call) -> Value:
    """np.float32(x): a rank-0 array, or x in another dtype."""
    kind, bits = dtype_of(call.name.rpartition(".")[2])
    if not call.args:
        return make(call, Shape.of(), kind, bits=bits)
    array = as_array(call, call.args[0])
    if array is None:
        return unknown_array(call, call.args[0], dtype=kind)
    value = array.constant
    if kind == "float" and bits == 64 and isinstance(value, (int, float)):
        value = float(value)
    elif not (kind == "int" and isinstance(value, int) and abs(value) < 128):
        value = None
    low, high = converted_range(array, kind, bits)
    return make(call, array.shape, kind, call.args[0], bits=bits, constant=value, low=low, high=high)


@function("numpy.dtype")
def dtype_(call: Call) -> Value:
    """np.dtype("float32"): its name does as well."""
    return call.args[0] if call.args and isinstance(call.args[0], str) else call.unknown("the dtype is not known")


@function("numpy.set_printoptions", "numpy.seterr")
@method("numpy.ndarray.tofile", "numpy.ndarray.dump")
def nothing(call: Call) -> Value:
    """Functions that give None."""
    return None


@function("numpy.finfo", "numpy.iinfo")
def limits(call: Call) -> Value:
    """np.finfo(...)"""
    return call.unknown("the limits of the dtype are not followed")


@method("numpy.ndarray.__len__")
def array_len(call: Call) -> Value:
    """len(array)"""
    from ...values import Array, int_value

    array = call.receiver
    if isinstance(array, Array):
        if array.shape.rank == 0 and array.dtype in NUMBERS:
            call.refuse("python-exception", message="TypeError: len() of unsized object", exception="TypeError")
        from .indexing import named_sizes

        if array.shape.dims is not None:
            return int_value(named_sizes(array, call)[0])
    return fresh_int(label(call), call.place)
