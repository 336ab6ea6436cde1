"""`tf.*` on tensors that hold data, by the same shape rules as Keras's operations; strings and the rest stay unknown."""

from __future__ import annotations

from dataclasses import replace

from ...dims import NONE, Dim
from ...keras.ops.performing import perform
from ...keras.ops.tensorflow import TENSORFLOW, TENSORFLOW_NAMES
from ...keras.tensors import leaves, tensors_in
from ...knowledge import Call, Handler, bind, function, parse_signature
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, External, Tensor, Unknown, Value
from ..numpy.arrays import dtype_of
from ..tfdata.elements import spec_shape, tensor_of
from .tensors import TENSOR


def _operation(name: str) -> Handler:
    def handler(call: Call) -> Value:
        signature, compute = TENSORFLOW[name.removeprefix("tensorflow.")]
        parameters = parse_signature(signature)
        slots = {p.name for p in parameters}
        kwargs = {k if k in slots else TENSORFLOW_NAMES.get(k, k): v for k, v in call.kwargs.items()}
        if "x1" in slots and "x" in kwargs:
            kwargs["x1"] = kwargs.pop("x")
        kwargs.pop("name", None)
        kwargs = {k: v for k, v in kwargs.items() if k in slots or parameters.takes_extra}
        again = Call(name, list(call.args), kwargs, call.place, call.engine, arg_places=call.arg_places, open=call.open)
        arguments = bind(again, parameters)
        first = parameters[0].name
        values = {key: _plain(key, arguments[key]) for key in arguments}
        if not isinstance(values[first], (tuple, Unknown)) and first != "xs" and not tensors_in(values[first]):
            values[first] = tensor_of(call, values[first])
        if any(isinstance(leaf, Unknown) for leaf in leaves(values[first])):
            if call.engine.keras_major < 3:  # where TensorFlow's functions take Keras's tensors, and give such
                return call.unknown(f"what `{name}` is given is not known")
            return Array(UNKNOWN_SHAPE, _result_kind(name, call), TENSOR, place=call.place)
        result = perform(again, values, compute, name.rpartition(".")[2])
        return _dressed(result, name, call, values[first])

    return handler


def _plain(name: str, value: Value) -> Value:
    """A dtype argument as the name that the shape rules read."""
    if name != "dtype" or not isinstance(value, External):
        return value
    kind, bits = dtype_of(value)
    return f"{kind}{bits}" if bits else kind


def _result_kind(name: str, call: Call) -> str | None:
    if name != "tensorflow.cast":
        return None
    return dtype_of(call.args[1] if len(call.args) > 1 else call.kwargs.get("dtype"))[0]


def _dressed(result: Value, name: str, call: Call, source: Value) -> Value:
    """What the shape rules leave out: the range of values that a cast keeps, that one_hot gives one-hot rows."""
    if isinstance(result, Array):
        if result.made is not None and "." not in result.made.by:
            result.made = replace(result.made, by=name)
        short = name.rpartition(".")[2]
        if short == "one_hot":
            last = call.kwargs.get("axis", call.args[4] if len(call.args) > 4 else -1) in (None, -1)
            result.low, result.high, result.one_hot = 0.0, 1.0, True if last and not call.open else None
        if isinstance(source, Array) and short in (
            "cast",
            "reshape",
            "expand_dims",
            "squeeze",
            "transpose",
            "identity",
        ):
            result.low, result.high = source.low, source.high
            result.facts = {k: v for k, v in source.facts.items() if not k.startswith("~")}
            if short == "cast":
                result.one_hot = source.one_hot
    return result


for _name in TENSORFLOW:
    function(f"tensorflow.{_name}")(_operation(f"tensorflow.{_name}"))


@function("tensorflow.shape")
def dynamic_shape(call: Call) -> Value:
    """tf.shape(x): the sizes as a tensor of one axis."""
    array = call.args[0] if call.args else call.kwargs.get("input")
    if isinstance(array, Tensor):
        return call.unknown("the shape of a symbolic tensor is itself symbolic")
    rank = array.shape.rank if isinstance(array, Array) else None
    sizes: tuple[int | None, ...] = ()
    if isinstance(array, Array) and array.shape.dims is not None:
        sizes = tuple(d.known for d in array.shape.dims)
    constant = sizes if sizes and None not in sizes else None
    return Array(Shape((Dim(rank),)) if rank is not None else Shape.any(1), "int", TENSOR, 32, constant=constant)


@function("tensorflow.rank")
def rank(call: Call) -> Value:
    """tf.rank(x): the number of axes, as a tensor."""
    array = call.args[0] if call.args else call.kwargs.get("input")
    if not isinstance(array, Array):
        return call.unknown("the rank of what is not known, or symbolic, is not known")
    return Array(Shape(()), "int", TENSOR, 32, constant=array.shape.rank, place=call.place)


@function("tensorflow.ensure_shape")
def ensure_shape(call: Call) -> Value:
    """tf.ensure_shape(x, shape): states the shape."""
    stated = spec_shape(call.args[1] if len(call.args) > 1 else call.kwargs.get("shape"))
    source = call.args[0] if call.args else call.kwargs.get("x")
    if isinstance(source, Tensor):
        return source
    kind, bits = (source.dtype, source.bits) if isinstance(source, Array) else (None, None)
    return Array(stated, kind, TENSOR, bits, place=call.place)


@function("tensorflow.py_function", "tensorflow.numpy_function")
def py_function(call: Call) -> Value:
    """What Python code gives inside a graph has no shape there."""
    given = call.kwargs.get("Tout", call.args[2] if len(call.args) > 2 else None)
    kind, bits = dtype_of(given)
    if kind is None:
        return call.unknown("what a py_function gives has no known shape")
    return Array(UNKNOWN_SHAPE, kind, TENSOR, bits, place=call.place)


@function("tensorflow.io.read_file", "tensorflow.strings.join", "tensorflow.strings.lower", "tensorflow.strings.regex_replace",
          "tensorflow.strings.strip", "tensorflow.strings.substr", "tensorflow.strings.upper")  # fmt: skip
def text(call: Call) -> Value:
    """Strings of the shape of what they are made of."""
    source = call.args[0] if call.args else None
    shape = source.shape if isinstance(source, Array) else UNKNOWN_SHAPE
    return Array(Shape(()) if call.name.endswith("read_file") else shape, "string", TENSOR, place=call.place)


@function("tensorflow.strings.unicode_split", "tensorflow.strings.split")
def split_text(call: Call) -> Value:
    """tf.strings.split(x): one axis more, of unequal length."""
    source = call.args[0] if call.args else call.kwargs.get("input")
    if isinstance(source, str):
        return Array(Shape.any(1), "string", TENSOR, place=call.place)
    if isinstance(source, Array) and source.shape.rank == 0:
        return Array(Shape((NONE,)), "string", TENSOR, place=call.place)
    return call.unknown("ragged tensors are not followed")
