"""Arrays out of nothing, of lists, ranges and files."""

from __future__ import annotations

import math
from typing import Any

from ...dims import ANY, Dim, less
from ...faults import Fault, Moment, Refusal
from ...knowledge import Call, base, function
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, DictValue, ListValue, Object, SetValue, Tensor, Value, fresh_int, int_value, is_int, to_dim
from ..bridge import length_of
from ..slices import Overrun
from .arrays import RAGGED, as_array, converted_range, dtype_of, make, scalar_kind, take, target_dims, unknown_array
from .kinds import is_array, is_number


@function("numpy.array", "numpy.asarray", "numpy.asanyarray", "numpy.ascontiguousarray", "numpy.asfarray", "numpy.copy")
def array(call: Call) -> Value:
    """np.array(object, dtype=None)"""
    arguments = take(call, "object, dtype=None") if "object" in call.kwargs else take(call, "a, dtype=None")
    source = arguments["object"] if "object" in arguments else arguments["a"]
    if isinstance(source, Tensor):
        return call.unknown("a symbolic tensor has no values to make an array of")
    made = as_array(call, source)
    if made is None:
        made = unknown_array(call, source)
    ragged = made.facts.get(RAGGED) if made is not source and arguments["dtype"] is None else None
    if ragged is not None:
        _refuse_ragged(call, ragged, made)
    kind, bits = dtype_of(arguments["dtype"])
    if arguments["dtype"] is None or call.name.endswith(".copy"):
        kind, bits = made.dtype, made.bits
    low, high = converted_range(made, kind, bits)
    result = make(call, made.shape, kind, source, bits=bits, low=low, high=high, one_hot=made.one_hot)
    result.constant = made.constant if kind == made.dtype else None
    result.facts = dict(made.facts)
    result.facts.pop("~index", None)
    given = arguments.argument("ndmin")
    least: Value = given.value if given is not None else int(call.name.endswith(".ascontiguousarray"))
    if not isinstance(least, int):
        result.shape, result.constant = UNKNOWN_SHAPE, None
    elif result.shape.dims is not None and least > len(result.shape.dims):
        missing = int(least) - len(result.shape.dims)
        result.shape, result.constant = Shape((Dim(1),) * missing + result.shape.dims), None
    return result


def _refuse_ragged(call: Call, ragged: Any, made: Array) -> None:
    """Rows of different lengths make no array. The program is followed as if they had one."""
    message = (
        "setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions."
    )
    over = ragged if isinstance(ragged, Overrun) else None
    place = over.place if over is not None and over.width is None else call.place
    fault = Fault(
        "ragged", Moment.RUN, place, call.name, "rows of one length", "rows of different lengths", tuple(call.arg_places[:1]), message,
        details={"overrun": over, "sizes": () if over is not None else ragged},
    )  # fmt: skip
    refusal = Refusal(fault, "ValueError")
    refusal.instead = made
    raise refusal


@function("numpy.zeros", "numpy.ones", "numpy.empty", "numpy.full", "numpy.ndarray")
def filled(call: Call) -> Value:
    """np.zeros(shape, dtype=float) and its relatives"""
    short = call.name.rpartition(".")[2]
    arguments = take(call, "shape, fill_value, dtype=None" if short == "full" else "shape, dtype=None")
    dims = target_dims(arguments["shape"])
    for dim in dims or ():
        if dim.known is not None and dim.known < 0:
            call.refuse("negative-size", "sizes of 0 or more", str(dim), "negative dimensions are not allowed")
    kind, bits = dtype_of(arguments["dtype"])
    if arguments["dtype"] is None:
        kind, bits = "float", 64
        if short == "full":
            filling = as_array(call, arguments["fill_value"])
            kind, bits = (filling.dtype, filling.bits) if filling is not None else (None, None)
    value = {"zeros": 0.0, "ones": 1.0}.get(short)
    if short == "full":
        value = _filled_with(arguments["fill_value"], kind, bits)
    shape = Shape(dims) if dims is not None else UNKNOWN_SHAPE
    return make(call, shape, kind, arguments["shape"], bits=bits, low=value, high=value)


def _filled_with(value: Value, kind: str | None, bits: int | None) -> float | None:
    """The number that is everywhere in an array of this type; None where it isn't known, or the type may not hold it."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or bits is None:
        return None
    if kind == "int":
        return float(value) if isinstance(value, int) and 0 <= value < 2 ** (bits - 1) else None
    return float(value) if kind == "float" and bits >= 32 and abs(value) < 2**24 else None


@function("numpy.zeros_like", "numpy.ones_like", "numpy.empty_like", "numpy.full_like")
def filled_like(call: Call) -> Value:
    """np.zeros_like(a, dtype=None)"""
    short = call.name.rpartition(".")[2]
    arguments = take(call, "a, fill_value, dtype=None" if short == "full_like" else "a, dtype=None")
    like = as_array(call, arguments["a"])
    if like is None:
        return unknown_array(call, arguments["a"])
    kind, bits = dtype_of(arguments["dtype"])
    if arguments["dtype"] is None:
        kind, bits = like.dtype, like.bits
    value = {"zeros_like": 0.0, "ones_like": 1.0}.get(short)
    if short == "full_like":
        value = _filled_with(arguments["fill_value"], kind, bits)
    wanted = arguments.argument("shape")
    if wanted is not None and wanted.value is not None:
        dims = target_dims(wanted.value)
        return make(call, Shape(dims) if dims is not None else UNKNOWN_SHAPE, kind, like, bits=bits)
    return make(call, like.shape, kind, like, bits=bits, low=value, high=value)


@function("numpy.arange")
def arange(call: Call) -> Value:
    """np.arange([start,] stop[, step])"""
    values = list(call.args[:3])
    for name in ("start", "stop", "step"):
        if name in call.kwargs:
            values.append(call.kwargs[name])
    if call.open or not values or ("stop" in call.kwargs and len(call.args) > 1):
        return make(call, Shape.of(ANY), None)
    start, stop, step = (
        (0, values[0], 1) if len(values) == 1 else (values[0], values[1], values[2] if len(values) > 2 else 1)
    )
    kinds = [scalar_kind(v) if not isinstance(v, Array) else v.dtype for v in (start, stop, step)]
    kind, bits = dtype_of(call.args[3] if len(call.args) > 3 else call.kwargs.get("dtype"))
    if kind is None and call.kwargs.get("dtype") is None:
        kind = None if None in kinds else "float" if "float" in kinds else "int"
        bits = 64 if kind else None
    size = ANY
    if all(k == "int" for k in kinds):
        from ...values import RangeValue

        ends = [to_dim(v) for v in (start, stop, step)]
        if all(e.exact is not None for e in ends) and ends[2].known not in (0, None):
            plain = RangeValue(*(e.known if e.known is not None else e for e in ends))
            size = length_of(call, plain) or ANY
    elif all(isinstance(v, (int, float)) for v in (start, stop, step)) and step != 0:
        count = (stop - start) / step  # as NumPy computes it, in floating point
        if math.isfinite(count):
            size = Dim(max(math.ceil(count), 0))
    return make(call, Shape.of(size), kind, *values, bits=bits)


@function("numpy.linspace", "numpy.logspace", "numpy.geomspace")
def linspace(call: Call) -> Value:
    """np.linspace(start, stop, num=50)"""
    arguments = take(call, "start, stop, num=50")
    ends = [as_array(call, arguments[n]) for n in ("start", "stop")]
    size = to_dim(arguments["num"])
    if size.exact is None or less(size.exact, 0) is not False:
        size = ANY
    scalar = all(e is not None and e.shape.rank == 0 for e in ends)
    if arguments.argument("retstep") is not None:
        return call.unknown("linspace with retstep is not followed")
    kind, bits = dtype_of(call.kwargs.get("dtype")) if call.kwargs.get("dtype") is not None else ("float", 64)
    lows = [e.low if e is not None else None for e in ends]
    low = min(x for x in lows if x is not None) if None not in lows else None
    high = max(x for x in lows if x is not None) if None not in lows else None
    if call.name != "numpy.linspace":
        low = high = None
    array = make(call, Shape.of(size) if scalar else UNKNOWN_SHAPE, kind, bits=bits, low=low, high=high)
    numbers = [arguments[n] for n in ("start", "stop")]
    if (
        call.name == "numpy.linspace"
        and all(isinstance(n, (int, float)) for n in numbers)
        and set(call.kwargs) <= _PLAIN
    ):
        count = size.known
        if count is not None and count <= SMALL:
            array.constant = _spaced(float(numbers[0]), float(numbers[1]), count)
    return array


_PLAIN = {"start", "stop", "num"}
SMALL = 64
"""Arrays of no more items keep their values."""


def _spaced(start: float, stop: float, count: int) -> tuple[float, ...]:
    """The numbers of np.linspace, in NumPy's order of operations."""
    gaps = count - 1
    step = (stop - start) / gaps if gaps > 0 else 0.0
    if step == 0.0 and gaps > 0:  # too small for a float
        numbers = [i / gaps * (stop - start) + start for i in range(count)]
    else:
        numbers = [i * step + start for i in range(count)]
    if gaps > 0:
        numbers[-1] = stop
    return tuple(numbers)


@function("numpy.eye", "numpy.identity")
def eye(call: Call) -> Value:
    """np.eye(N, M=None)"""
    arguments = take(call, "N, M=None, k=0, dtype=None") if call.name.endswith("eye") else take(call, "n, dtype=None")
    rows = arguments["N"] if "N" in arguments else arguments["n"]
    columns = arguments["M"] if "M" in arguments and arguments["M"] is not None else rows
    sizes = [target_dims(v) for v in (rows, columns)]
    dims = tuple(s[0] if s is not None and len(s) == 1 else ANY for s in sizes)
    kind, bits = dtype_of(arguments["dtype"]) if arguments["dtype"] is not None else ("float", 64)
    square = columns is rows and ("k" not in arguments or arguments["k"] == 0)
    return make(call, Shape(dims), kind, bits=bits, low=0.0, high=1.0, one_hot=True if square else None)


@function("numpy.diag")
def diag(call: Call) -> Value:
    """np.diag(v): a vector to a matrix and back."""
    source = as_array(call, take(call, "v, k=0")["v"])
    if source is None or source.shape.rank not in (1, 2) or len(call.args) > 1 or call.kwargs:
        return unknown_array(call, *call.args)
    if source.shape.rank == 1:
        return make(call, Shape((source.shape[0], source.shape[0])), source.dtype, source)
    return make(call, Shape((source.shape[0].minimum(source.shape[1]),)), source.dtype, source)


@function("numpy.meshgrid")
def meshgrid(call: Call) -> Value:
    """np.meshgrid(x, y): arrays of shape (len(y), len(x))"""
    sources = [as_array(call, v) for v in call.args]
    if call.kwargs or call.open or any(s is None or s.shape.rank != 1 for s in sources) or len(sources) < 2:
        return call.unknown("the shapes of this grid are not followed")
    sizes = [s.shape[0] for s in sources if s is not None]
    dims = (sizes[1], sizes[0], *sizes[2:])
    from ...values import ListValue

    return ListValue([make(call, Shape(dims), s.dtype, s) for s in sources if s is not None])


@function("numpy.indices", "numpy.tri", "numpy.fromfunction")
def opaque(call: Call) -> Value:
    """Rare constructors."""
    return unknown_array(call)


base("numpy.number", "numpy.generic")
base("numpy.integer", "numpy.number")
base("numpy.inexact", "numpy.number")
base("numpy.floating", "numpy.inexact")
for _bits in (8, 16, 32, 64):
    base(f"numpy.int{_bits}", "numpy.signedinteger")
    base(f"numpy.uint{_bits}", "numpy.unsignedinteger")
    if _bits > 8:
        base(f"numpy.float{_bits}", "numpy.floating")
base("numpy.signedinteger", "numpy.integer")
base("numpy.unsignedinteger", "numpy.integer")
base("numpy.float64", "numpy.floating", "builtins.float")


@function("numpy.iterable")
def iterable(call: Call) -> Value:
    """np.iterable(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Array) and value.shape.rank is not None:
        return value.shape.rank > 0
    if isinstance(value, (tuple, ListValue, DictValue, SetValue, str)):
        return True
    return False if value is None or is_int(value) or isinstance(value, float) else call.unknown("unknown", "bool")


@function("numpy.size")
def size(call: Call) -> Value:
    """np.size(x, axis=None)"""
    value = as_array(call, call.args[0]) if len(call.args) == 1 and not call.kwargs else None
    if value is None or value.shape.dims is None:
        return fresh_int("np.size", call.place)
    return int_value(value.shape.size())


@function("numpy.isscalar")
def isscalar(call: Call) -> Value:
    """np.isscalar(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Array):
        answer = True if is_number(value) else False if value.shape.rank or is_array(value) else None
        return answer if answer is not None else call.unknown("whether it is a number or an array is not known", "bool")
    if value is None or isinstance(value, (tuple, ListValue, DictValue, SetValue, Object, Tensor)):
        return False
    return True if is_int(value) or isinstance(value, (float, str)) else call.unknown("unknown", "bool")
