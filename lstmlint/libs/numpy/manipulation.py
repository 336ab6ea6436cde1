"""Reshaping, turning, splitting and repeating arrays."""

from __future__ import annotations

import ast
import itertools

from ...dims import ANY, Dim, is_left_to_calculate, mod, product, same
from ...knowledge import Call, function, method
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, ListValue, Value, is_int, to_dim
from ..bridge import items_of, known, to_python
from .arrays import as_array, axis_of, check_axis, kept_facts, kind_within, make, size_of, target_dims, unknown_array
from .reduction import source_of


def with_shape(call: Call, shape: Shape, array: Array) -> Array:
    """The same values in another shape."""
    facts = kept_facts(array, shape)
    return make(call, shape, array.dtype, array, bits=array.bits, low=array.low, high=array.high, facts=facts)


def reshaped(call: Call, array: Array, wanted: tuple[Dim, ...]) -> Shape:
    """The shape after reshape; refused when the number of elements certainly differs."""
    total = array.shape.size()
    free = [i for i, d in enumerate(wanted) if is_left_to_calculate(d) or (d.known or 0) < 0]  # NumPy takes any for -1
    rest = product(d for i, d in enumerate(wanted) if i not in free)
    text = f"cannot reshape array of size {total} into shape {Shape(wanted)}"
    if len(free) > 1:
        call.refuse(
            "reshape",
            "at most one -1",
            str(Shape(wanted)),
            "can only specify one unknown dimension",
            array=array,
            wanted=wanted,
        )
    if not free:
        if same(total, rest) is False:
            call.refuse(
                "reshape",
                f"{rest} elements for {Shape(wanted)}",
                f"{total} of {array.shape}",
                text,
                array=array,
                wanted=wanted,
            )
        return Shape(wanted)
    size = ANY
    if total.exact is not None and rest.exact is not None:
        if rest.known == 0:
            if total.known != 0:
                return UNKNOWN_SHAPE if total.known is None else Shape(wanted).insert(0, ANY).slice(1)
        elif isinstance(total.size, int) and isinstance(rest.size, int):
            if mod(total.size, rest.size) != 0:
                call.refuse(
                    "reshape",
                    f"a multiple of {rest} elements",
                    f"{total} of {array.shape}",
                    text,
                    array=array,
                    wanted=wanted,
                )
            size = Dim(total.size // rest.size)
        else:
            size = total // rest
    at = free[0]
    for dim in array.shape.dims or ():  # an axis that is carried over keeps its role and origin
        if same(dim, size):
            size = dim
            break
    return Shape((*wanted[:at], size, *wanted[at + 1 :]))


def _refuse_none(call: Call, target: Value, array: Array) -> None:
    """`X.reshape(None, 10, 1)`: a None that is written there, and none of a size that isn't known here."""
    sizes = target.items if isinstance(target, ListValue) else target
    node = call.place.node
    if (
        not isinstance(sizes, (tuple, list))
        or not any(size is None for size in sizes)
        or not isinstance(node, ast.Call)
    ):
        return
    given = [
        item
        for argument in (*node.args, *(k.value for k in node.keywords))
        for item in getattr(argument, "elts", [argument])
    ]
    if any(isinstance(item, ast.Constant) and item.value is None for item in given):
        call.refuse(
            "none-for-size", "a number", "None", "'NoneType' object cannot be interpreted as an integer", exception="TypeError", array=array,
        )  # fmt: skip


@function("numpy.reshape")
@method("numpy.ndarray.reshape")
def reshape(call: Call) -> Value:
    """X.reshape(a, b, ...), X.reshape((a, b)), np.reshape(X, shape)"""
    array, rest = source_of(call)
    if array is None or call.open:
        return unknown_array(call, *call.args)
    target: Value = rest[0] if len(rest) == 1 or (rest and call.name == "numpy.reshape") else tuple(rest)
    if not rest:
        target = call.kwargs.get("newshape", call.kwargs.get("shape"))
    _refuse_none(call, target, array)
    wanted = target_dims(target)
    if wanted is None:
        return unknown_array(call, array, dtype=array.dtype)
    shape = reshaped(call, array, wanted)
    result = with_shape(call, shape, array)
    if same(shape.get(-1), array.shape.get(-1)) and shape.rank == array.shape.rank:
        result.one_hot = array.one_hot
    return result


@method("numpy.ndarray.resize")
def resize(call: Call) -> Value:
    """X.resize((a, b)): in place, whatever fitted there before: what is too much goes, what is missing is 0."""
    array, rest = source_of(call)
    target: Value = rest[0] if len(rest) == 1 else tuple(rest) if rest else call.kwargs.get("new_shape")
    wanted = target_dims(target)
    if array is not None:
        array.write()
        array.shape = Shape(wanted) if wanted is not None and not call.open else UNKNOWN_SHAPE
    return None


@method("numpy.ndarray.__setattr__")
def set_attribute(call: Call) -> Value:
    """X.shape = (a, b, ...), as by reshape, but of the array itself; X.flat = value, which writes values. With another dtype the last axis may be
    another one."""
    array, name = call.receiver, call.args[0]
    if not isinstance(array, Array):
        return None
    if name == "shape":
        wanted = target_dims(call.args[1])
        array.shape = UNKNOWN_SHAPE if wanted is None else reshaped(call, array, wanted)
        array.one_hot = None
        return None
    array.write()
    if name == "dtype":
        array.shape, array.dtype = UNKNOWN_SHAPE, None
    return None


@function("numpy.ravel")
@method("numpy.ndarray.ravel", "numpy.ndarray.flatten")
def ravel(call: Call) -> Value:
    """X.ravel(), X.flatten()"""
    array, _ = source_of(call)
    if array is None:
        return unknown_array(call)
    return with_shape(call, Shape((array.shape.size(),)), array)


@function("numpy.transpose")
@method("numpy.ndarray.transpose")
def transpose(call: Call) -> Value:
    """X.transpose(*axes), np.transpose(X, axes=None)"""
    array, rest = source_of(call)
    if array is None or array.shape.dims is None:
        return unknown_array(call, *call.args)
    axes: Value = call.kwargs.get(
        "axes", rest[0] if len(rest) == 1 and not is_int(rest[0]) else tuple(rest) if rest else None
    )
    dims = array.shape.dims
    if axes is None:
        return with_shape(call, Shape(tuple(reversed(dims))), array)
    order = items_of(call, axes) if isinstance(axes, (tuple, ListValue)) else None
    if order is None:
        return with_shape(call, Shape.any(len(dims)), array)
    if len(order) != len(dims):
        call.refuse("transpose", f"{len(dims)} axes", f"{len(order)}", "axes don't match array", array=array)
    for one in order:
        check_axis(call, one, len(dims), array)
    places = [axis_of(a, len(dims)) for a in order]
    if None in places:
        return with_shape(call, Shape.any(len(dims)), array)
    return with_shape(call, Shape(tuple(dims[p] for p in places if p is not None)), array)


@function("numpy.swapaxes", "numpy.moveaxis", "numpy.rollaxis")
@method("numpy.ndarray.swapaxes")
def swapaxes(call: Call) -> Value:
    """np.swapaxes(a, i, j), np.moveaxis(a, i, j)"""
    array, rest = source_of(call)
    if array is None or array.shape.dims is None:
        return unknown_array(call, *call.args)
    rank = len(array.shape.dims)
    for one in rest[:2] if not call.name.endswith("rollaxis") else ():
        check_axis(call, one, rank, array)
    places = [axis_of(v, rank) for v in rest[:2]]
    if len(places) < 2 or places[0] is None or places[1] is None or call.name.endswith("rollaxis"):
        return with_shape(call, Shape.any(rank), array)
    dims = list(array.shape.dims)
    if call.name.endswith("swapaxes"):
        dims[places[0]], dims[places[1]] = dims[places[1]], dims[places[0]]
    else:
        dims.insert(places[1], dims.pop(places[0]))
    return with_shape(call, Shape(tuple(dims)), array)


@function("numpy.expand_dims")
def expand_dims(call: Call) -> Value:
    """np.expand_dims(a, axis)"""
    array, rest = source_of(call)
    axis = call.kwargs.get("axis", rest[0] if rest else None)
    if array is None or array.shape.dims is None:
        return unknown_array(call, *call.args)
    axes = items_of(call, axis) if isinstance(axis, (tuple, ListValue)) else [axis]
    rank = len(array.shape.dims) + len(axes or ())
    places = [axis_of(a, rank) for a in axes or ()]
    for one in axes or ():
        check_axis(call, one, rank, array)
    if not places or None in places:
        return with_shape(call, Shape.any(rank), array)
    if len(set(places)) < len(places):  # NumPy refuses an axis that is named twice
        return unknown_array(call, array)
    rest_dims = list(array.shape.dims)
    dims = [Dim(1) if i in places else rest_dims.pop(0) for i in range(rank)]
    return with_shape(call, Shape(tuple(dims)), array)


@function("numpy.squeeze")
@method("numpy.ndarray.squeeze")
def squeeze(call: Call) -> Value:
    """np.squeeze(a, axis=None)"""
    array, rest = source_of(call)
    axis = call.kwargs.get("axis", rest[0] if rest else None)
    if array is None or array.shape.dims is None or array.type_name == "pandas.DataFrame":
        return unknown_array(call, *call.args)
    dims = array.shape.dims
    if axis is None:
        if any(same(d, 1) is None for d in dims):
            return with_shape(call, UNKNOWN_SHAPE, array)
        return with_shape(call, Shape(tuple(d for d in dims if d.known != 1)), array)
    for one in axis if isinstance(axis, tuple) else (axis,):
        check_axis(call, one, len(dims), array)
    places = [axis_of(a, len(dims)) for a in (axis if isinstance(axis, tuple) else (axis,))]
    for place in places:
        if place is not None and same(dims[place], 1) is False:
            message = "cannot select an axis to squeeze out which has size not equal to one"
            call.refuse("squeeze", "an axis of size 1", f"axis {place} of {array.shape}", message, array=array)
    if None in places:
        return with_shape(call, UNKNOWN_SHAPE, array)
    return with_shape(call, Shape(tuple(d for i, d in enumerate(dims) if i not in places)), array)


@function("numpy.split", "numpy.array_split", "numpy.vsplit", "numpy.hsplit")
def split(call: Call) -> Value:
    """np.split(a, sections or indices, axis=0)"""
    array, rest = source_of(call)
    short = call.name.removeprefix("numpy.")
    sections = call.kwargs.get("indices_or_sections", rest[0] if rest else None)
    axis = 1 if short == "hsplit" else call.kwargs.get("axis", rest[1] if len(rest) > 1 else 0)
    if array is None or array.shape.dims is None:
        return ListValue([], True, unknown_array(call, *call.args))
    at = axis_of(axis, len(array.shape.dims))
    if at is None or (short == "hsplit" and len(array.shape.dims) == 1) or not known(sections):
        return ListValue([], True, with_shape(call, Shape.any(len(array.shape.dims)), array))
    size = array.shape[at]
    plain = to_python(sections)
    if isinstance(plain, int) and plain > 0:
        if size.known is None:
            pieces = [size // plain if short != "array_split" else ANY] * plain
        else:
            if size.known % plain and short != "array_split":
                message = "array split does not result in an equal division"
                call.refuse("split", f"a multiple of {plain}", f"{size} on axis {at}", message, array=array)
            pieces = [Dim((size.known + plain - 1 - i) // plain) for i in range(plain)]
        return ListValue(
            [
                with_shape(
                    call,
                    array.shape.remove(at).insert(at, p)
                    if at < len(array.shape) - 1
                    else array.shape.slice(0, at).extend(p),
                    array,
                )
                for p in pieces
            ]
        )
    if isinstance(plain, (list, tuple)) and size.known is not None and all(isinstance(v, int) for v in plain):
        ends = [0, *plain, size.known]
        cut = range(size.known)
        pieces = [Dim(len(cut[a:b])) for a, b in itertools.pairwise(ends)]
        return ListValue(
            [with_shape(call, array.shape.slice(0, at).extend(p, *array.shape.dims[at + 1 :]), array) for p in pieces]
        )
    if isinstance(plain, (list, tuple)):
        rest_shape = array.shape.slice(0, at).extend(ANY, *array.shape.dims[at + 1 :])
        return ListValue([with_shape(call, rest_shape, array) for _ in range(len(plain) + 1)])
    return ListValue([], True, with_shape(call, Shape.any(len(array.shape.dims)), array))


@function("numpy.repeat")
@method("numpy.ndarray.repeat")
def repeat(call: Call) -> Value:
    """np.repeat(a, repeats, axis=None)"""
    array, rest = source_of(call)
    count = call.kwargs.get("repeats", rest[0] if rest else None)
    axis = call.kwargs.get("axis", rest[1] if len(rest) > 1 else None)
    if array is None or array.shape.dims is None:
        return unknown_array(call, *call.args)
    times = size_of(count) if is_int(count) else ANY
    if not array.shape.dims:
        return with_shape(call, Shape((times,)), array)
    if axis is None:
        return with_shape(call, Shape((Dim((array.shape.size() * times).size),)), array)
    check_axis(call, axis, len(array.shape.dims), array)
    at = axis_of(axis, len(array.shape.dims))
    if at is None:
        return with_shape(call, Shape.any(len(array.shape.dims)), array)
    return with_shape(
        call, array.shape.slice(0, at).extend(Dim((array.shape[at] * times).size), *array.shape.dims[at + 1 :]), array
    )


@function("numpy.tile")
def tile(call: Call) -> Value:
    """np.tile(a, reps)"""
    array, rest = source_of(call)
    reps = target_dims(call.kwargs.get("reps", rest[0] if rest else None))
    if array is None or array.shape.dims is None or reps is None:
        return unknown_array(call, *call.args)
    dims = array.shape.dims
    rank = max(len(dims), len(reps))
    left = (Dim(1),) * (rank - len(dims)) + dims
    right = (Dim(1),) * (rank - len(reps)) + reps
    return with_shape(call, Shape(tuple(a if b.known == 1 else Dim((a * b).size) for a, b in zip(left, right))), array)


@function("numpy.flip", "numpy.fliplr", "numpy.flipud", "numpy.roll", "numpy.random.permuted")
def same_shape(call: Call) -> Value:
    """Functions that keep the shape."""
    array, _ = source_of(call, "m")
    return with_shape(call, array.shape, array) if array is not None else unknown_array(call)


@function("numpy.tril", "numpy.triu")
def triangle(call: Call) -> Value:
    """np.tril(m, k=0), np.triu(m, k=0): 0 on the other side of the diagonal; of a row as many rows as it is long."""
    array, _ = source_of(call, "m")
    if array is None or array.shape.dims is None:
        return unknown_array(call)
    shape = Shape(array.shape.dims * 2) if array.shape.rank == 1 else array.shape
    low, high = (None, None) if array.low is None or array.high is None else (min(array.low, 0), max(array.high, 0))
    return make(call, shape, array.dtype, array, bits=array.bits, low=low, high=high)


@function("numpy.pad")
def pad(call: Call) -> Value:
    """np.pad(array, pad_width)"""
    array, rest = source_of(call, "array")
    width = call.kwargs.get("pad_width", rest[0] if rest else None)
    if array is None or array.shape.dims is None:
        return unknown_array(call, *call.args)
    rank = len(array.shape.dims)
    if not known(width):
        return make(call, Shape.any(rank), array.dtype, array)
    plain = to_python(width)
    pairs: list[tuple[int, int]] = []
    if isinstance(plain, int):
        pairs = [(plain, plain)] * rank
    elif isinstance(plain, (list, tuple)) and all(isinstance(v, (list, tuple)) and len(v) == 2 for v in plain):
        pairs = [(v[0], v[1]) for v in plain]
        pairs = pairs * rank if len(pairs) == 1 else pairs
    elif isinstance(plain, (list, tuple)) and len(plain) == 2 and all(isinstance(v, int) for v in plain):
        pairs = [(plain[0], plain[1])] * rank
    if len(pairs) != rank or not all(isinstance(size, int) for pair in pairs for size in pair):
        return make(call, Shape.any(rank), array.dtype, array)
    return make(
        call,
        Shape(tuple(d if a + b == 0 else d + (a + b) for d, (a, b) in zip(array.shape.dims, pairs))),
        array.dtype,
        array,
    )


@function("numpy.atleast_1d", "numpy.atleast_2d", "numpy.atleast_3d")
def atleast(call: Call) -> Value:
    """np.atleast_2d(a)"""
    array, rest = source_of(call)
    if array is None or array.shape.dims is None or rest or call.name.endswith("3d"):
        return unknown_array(call, *call.args)
    missing = int(call.name[-2]) - len(array.shape.dims)
    return with_shape(call, Shape((Dim(1),) * max(missing, 0) + array.shape.dims), array)


@function("numpy.broadcast_to")
def broadcast_to(call: Call) -> Value:
    """np.broadcast_to(a, shape)"""
    array, rest = source_of(call, "array")
    dims = target_dims(call.kwargs.get("shape", rest[0] if rest else None))
    return make(call, Shape(dims) if dims is not None else UNKNOWN_SHAPE, array.dtype if array else None, array)


@function("numpy.lib.stride_tricks.sliding_window_view")
def sliding_window_view(call: Call) -> Value:
    """sliding_window_view(x, window_shape, axis=None): the windows become last axes."""
    array, rest = source_of(call, "x")
    window = call.kwargs.get("window_shape", rest[0] if rest else None)
    axis = call.kwargs.get("axis", rest[1] if len(rest) > 1 else None)
    if array is None or array.shape.dims is None or not is_int(window):
        return unknown_array(call, *call.args)
    at = axis_of(axis, len(array.shape.dims)) if axis is not None else 0 if len(array.shape.dims) == 1 else None
    if at is None:
        return unknown_array(call, *call.args)
    size = size_of(window)
    dims = list(array.shape.dims)
    dims[at] = dims[at] - to_dim(window) + 1
    return with_shape(call, Shape((*dims, size)), array)


@function("numpy.isin", "numpy.in1d")
def isin(call: Call) -> Value:
    """np.isin(x, values): a bool for each element."""
    array = as_array(call, call.args[0]) if call.args else None
    if array is None:
        return unknown_array(call, dtype="bool")
    flat = call.name.endswith("in1d")
    return make(call, Shape((array.shape.size(),)) if flat else array.shape, "bool", array)


@function("numpy.take")
@method("numpy.ndarray.take")
def take_(call: Call) -> Value:
    """np.take(a, indices, axis=None)"""
    array, rest = source_of(call)
    index = as_array(call, call.kwargs.get("indices", rest[0] if rest else None))
    axis = call.kwargs.get("axis", rest[1] if len(rest) > 1 else None)
    if array is None or index is None or array.shape.dims is None or index.shape.dims is None:
        return unknown_array(call, *call.args)
    if axis is None:
        kind = kind_within(array, index.shape)
        return make(call, index.shape, kind, array, bits=array.bits, low=array.low, high=array.high)
    check_axis(call, axis, len(array.shape.dims), array)
    at = axis_of(axis, len(array.shape.dims))
    if at is None:
        return unknown_array(call, array, dtype=array.dtype)
    shape = Shape((*array.shape.dims[:at], *index.shape.dims, *array.shape.dims[at + 1 :]))
    return make(call, shape, kind_within(array, shape), array, bits=array.bits, low=array.low, high=array.high)


@function("numpy.delete")
def delete(call: Call) -> Value:
    """np.delete(arr, obj, axis=None): fewer rows."""
    array, rest = source_of(call, "arr")
    gone = call.kwargs.get("obj", rest[0] if rest else None)
    axis = call.kwargs.get("axis", rest[1] if len(rest) > 1 else None)
    if array is None or array.shape.dims is None:
        return unknown_array(call, *call.args)
    if axis is None:
        size = array.shape.size() - 1 if is_int(gone) else ANY
        return make(call, Shape((Dim(size.size),)), array.dtype, array, low=array.low, high=array.high)
    check_axis(call, axis, len(array.shape.dims), array)
    at = axis_of(axis, len(array.shape.dims))
    if at is None:
        return make(call, Shape.any(len(array.shape.dims)), array.dtype, array)
    left = array.shape.dims[at] - 1 if is_int(gone) else ANY
    if isinstance(gone, (ListValue, tuple)) and known(gone):
        plain = to_python(gone)
        whole = array.shape.dims[at].known
        if whole is not None and all(
            isinstance(g, int) and not isinstance(g, bool) and -whole <= g < whole for g in plain
        ):
            left = Dim(whole - len({g % whole for g in plain}))
    dims = (*array.shape.dims[:at], left, *array.shape.dims[at + 1 :])
    return make(call, Shape(dims), array.dtype, array, low=array.low, high=array.high)


@function("numpy.insert", "numpy.take_along_axis", "numpy.apply_along_axis")
def opaque(call: Call) -> Value:
    """Rare functions whose result is not followed."""
    return unknown_array(call, *call.args)
