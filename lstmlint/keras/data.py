"""The functions of `keras.utils` and the old preprocessing that make arrays for models."""

from __future__ import annotations

from ..dims import ANY, Dim
from ..knowledge import Call, function
from ..libs.bridge import length_of
from ..libs.numpy.arrays import as_array, dtype_of, make, size_of, take
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Tensor, Value, is_int


@function("keras.utils.to_categorical", "keras.utils.np_utils.to_categorical")
def to_categorical(call: Call) -> Value:
    """One-hot rows: the classes become a last axis; a last axis of size 1 is dropped first."""
    arguments = take(call, "x, num_classes=None") if "y" not in call.kwargs else take(call, "y, num_classes=None")
    source, count = (arguments["x"] if "x" in arguments else arguments["y"]), arguments["num_classes"]
    if isinstance(source, Tensor):
        return call.unknown("to_categorical of a symbolic tensor is not followed")
    array = as_array(call, source)
    classes = ANY
    if is_int(count):
        classes = size_of(count)
    elif (
        count is None
        and array is not None
        and isinstance(array.constant, tuple)
        and array.shape.rank == 1
        and array.constant
    ):
        classes = Dim(int(max(array.constant)) + 1)
    if array is None or array.shape.dims is None:
        return make(call, UNKNOWN_SHAPE, "float", source, low=0.0, high=1.0, one_hot=True)
    dims = array.shape.dims
    if len(dims) > 1 and dims[-1].known is None:
        return make(call, UNKNOWN_SHAPE, "float", source, low=0.0, high=1.0, one_hot=True)
    if len(dims) > 1 and dims[-1].known == 1:
        dims = dims[:-1]
    return make(call, Shape((*dims, classes)), "float", source, low=0.0, high=1.0, one_hot=True)


@function("keras.utils.pad_sequences", "keras.preprocessing.sequence.pad_sequences")
def pad_sequences(call: Call) -> Value:
    """Lists of unequal length become rows of `maxlen`."""
    arguments = take(call, "sequences, maxlen=None, dtype='int32'")
    source = arguments["sequences"]
    rows = length_of(call, source)
    length = size_of(arguments["maxlen"]) if arguments["maxlen"] is not None else ANY
    kind, bits = dtype_of(arguments["dtype"])
    sample = as_array(call, source)
    if sample is not None and sample.dtype != "object" and sample.shape.rank is not None and sample.shape.rank > 2:
        return make(call, Shape((rows or ANY, length, *(sample.shape.dims or ())[2:])), kind, source, bits=bits)
    if sample is not None and sample.shape.rank is not None and (sample.shape.rank == 2 or sample.dtype == "object"):
        return make(call, Shape((rows or ANY, length)), kind, source, bits=bits)
    return make(call, Shape((rows or ANY, length)), kind, source, bits=bits)


@function("keras.utils.normalize")
def normalize(call: Call) -> Value:
    """The same shape, as floats."""
    array = as_array(call, call.args[0]) if call.args else None
    if array is None or array.shape.rank == 0:
        return make(call, UNKNOWN_SHAPE, "float", *call.args)
    return make(call, array.shape, "float", array)
