"""Tensors that Keras makes out of nothing: `keras.ops.zeros`, `arange`, `keras.random.normal` and their relatives."""

from __future__ import annotations

from ..dims import ANY, Dim
from ..faults import Moment
from ..knowledge import Call, bind, function, parse_signature
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Arguments, Array, ListValue, Tensor, Unknown, Value, is_int, to_dim, to_shape
from .api import call_signature
from .inside import inside_call
from .spec import TensorSpec
from .tensors import array_from, as_variable, dtype_name, leaves


def wanted_shape(value: Value) -> Shape:
    """The shape that an argument asks for: a row of sizes, or one size."""
    if is_int(value):
        return Shape((to_dim(value),))
    if value is None or isinstance(value, Unknown) or (isinstance(value, ListValue) and value.open):
        return UNKNOWN_SHAPE
    return to_shape(value)


def _given(call: Call, otherwise: str) -> Arguments:
    """The arguments as Keras 3 names and orders them; `otherwise` are those of Keras 2's backend."""
    return bind(call, call_signature(call.name) or parse_signature(otherwise))


@function(
    "keras.ops.zeros",
    "keras.ops.ones",
    "keras.ops.empty",
    "keras.ops.full",
    "keras.backend.zeros",
    "keras.backend.ones",
)
def filled(call: Call) -> Value:
    """`ops.zeros(shape, dtype)` and its relatives."""
    arguments = _given(call, "shape, dtype=None, name=None")
    spec = TensorSpec(wanted_shape(arguments["shape"]), dtype_name(arguments.get("dtype"), "float32"))
    return array_from(spec, call.place, call.name)


@function(
    "keras.random.normal", "keras.random.truncated_normal", "keras.random.uniform", "keras.random.randint",
    "keras.backend.random_normal", "keras.backend.random_uniform", "keras.backend.truncated_normal",
)  # fmt: skip
def random(call: Call) -> Value:
    """`keras.random.normal(shape, ...)` and its relatives."""
    arguments = _given(call, "shape, *rest, dtype=None, **options")
    default = "int32" if call.name.endswith("randint") else "float32"
    spec = TensorSpec(wanted_shape(arguments["shape"]), dtype_name(arguments.get("dtype"), default))
    return array_from(spec, call.place, call.name)


@function("keras.ops.arange")
def arange(call: Call) -> Value:
    """`ops.arange(start, stop=None, step=1, dtype=None)`"""
    arguments = _given(call, "start, stop=None, step=None, dtype=None")
    start, stop, step = arguments["start"], arguments.get("stop"), arguments.get("step")
    if start is None and arguments.explicit("start") and call.engine.keras_major >= 3 and not inside_call():
        call.refuse(
            "none-as-size", "", "", "Invalid dtype: NoneType. A size that is not fixed is None while the model is built. In a layer's `call` ops.shape "
            "gives the number", moment=Moment.CALL, blamed=(arguments.place("start"),), subject=call.name, key=("arange", call.place.span.row),
        )  # fmt: skip
    if stop is None and not arguments.explicit("stop"):
        start, stop = 0, start
    by = 1 if step is None else to_dim(step).known if is_int(step) else None
    size = ANY
    if stop is None:  # a size that Keras doesn't know while the model is built
        size = Dim(None)
    elif is_int(start) and is_int(stop):
        first, last = to_dim(start), to_dim(stop)
        if by == 1:
            size = last - first
        elif by and first.known is not None and last.known is not None:
            size = Dim(len(range(first.known, last.known, by)))
    return array_from(TensorSpec(Shape((size,)), dtype_name(arguments.get("dtype"), None)), call.place, call.name)


@function("keras.ops.linspace")
def linspace(call: Call) -> Value:
    """`ops.linspace(start, stop, num=50)` between two numbers; with `retstep` the step is given as well."""
    arguments = _given(call, "start, stop, num=50")
    number, ends = arguments.get("num"), (arguments["start"], arguments["stop"])
    rows = any(isinstance(end, (Array, Tensor, ListValue, tuple)) for end in ends)
    shape = UNKNOWN_SHAPE if rows else Shape((to_dim(number) if is_int(number) else ANY,))
    if arguments.get("retstep") not in (None, False):
        return call.unknown("the step is given as well")
    return array_from(TensorSpec(shape, dtype_name(arguments.get("dtype"), "float32")), call.place, call.name)


@function("keras.ops.eye", "keras.ops.identity")
def square(call: Call) -> Value:
    """`ops.eye(N, M=None)`, `ops.identity(n)`"""
    arguments = _given(call, "N, M=None, k=0, dtype=None")
    rows = arguments.get("n", arguments.get("N"))
    columns = arguments.get("M") if arguments.get("M") is not None else rows
    sizes = tuple(to_dim(n) if is_int(n) else ANY for n in (rows, columns))
    return array_from(TensorSpec(Shape(sizes), dtype_name(arguments.get("dtype"), "float32")), call.place, call.name)


@function(
    "keras.ops.convert_to_tensor",
    "keras.ops.array",
    "keras.ops.convert_to_numpy",
    "keras.Variable",
    "keras.backend.variable",
    "keras.backend.constant",
)
def converted(call: Call) -> Value:
    """An array as a tensor, or the other way round; `keras.Variable(initializer, shape)` too."""
    made = _converted(call)
    return as_variable(made) if call.name == "keras.Variable" and isinstance(made, Array) else made


def _converted(call: Call) -> Value:
    _given(call, "*values, **options")
    value = (
        call.args[0] if call.args else call.kwargs.get("x", call.kwargs.get("value", call.kwargs.get("initializer")))
    )
    shape = call.kwargs.get("shape", call.args[1] if call.name == "keras.Variable" and len(call.args) > 1 else None)
    if shape is not None:
        return array_from(TensorSpec(wanted_shape(shape), "float32"), call.place, call.name)
    if isinstance(value, Tensor):
        return value
    if isinstance(value, Array):
        kind = "numpy.ndarray" if call.name.endswith("numpy") else "tensorflow.Tensor"
        return Array(
            value.shape, value.dtype, kind, value.bits, value.low, value.high, made=value.made, place=call.place
        )
    found = _literal(value)
    if found is None:
        return call.unknown("the value is not known")
    return array_from(TensorSpec(found, None), call.place, call.name)


def _literal(value: Value) -> Shape | None:
    """The shape of nested rows of numbers."""
    if isinstance(value, (int, float)) or is_int(value):
        return Shape(())
    items = (
        list(value)
        if isinstance(value, tuple)
        else value.items
        if isinstance(value, ListValue) and not value.open
        else None
    )
    if items is None or any(isinstance(leaf, (Unknown, Array, Tensor, str)) for leaf in leaves(value)):
        return None
    inner = [_literal(item) for item in items]
    if any(shape is None for shape in inner) or len({str(shape) for shape in inner}) > 1:
        return None
    first = inner[0] if inner else Shape(())
    return first.insert(0, len(items)) if first is not None else None
