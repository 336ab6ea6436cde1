"""Tensors out of nothing, of lists and of chance."""

from __future__ import annotations

from ...knowledge import Call, constant, function
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, External, Tensor, Value
from ..numpy.arrays import dtype_of, target_dims
from ..numpy.creation import arange, linspace
from ..tfdata.elements import tensor_of
from .tensors import TENSOR, VARIABLE, eager

for _name in (
    "float16",
    "float32",
    "float64",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "bool",
    "string",
):
    constant(f"tensorflow.{_name}", External(f"tensorflow.{_name}"))
constant("tensorflow.newaxis", None)


@function(
    "tensorflow.constant",
    "tensorflow.convert_to_tensor",
    "tensorflow.Variable",
    "tensorflow.identity",
    "tensorflow.sparse.to_dense",
)
def constant_(call: Call) -> Value:
    """tf.constant(value, dtype=None, shape=None)"""
    value = (
        call.args[0]
        if call.args
        else call.kwargs.get("value", call.kwargs.get("initial_value", call.kwargs.get("input")))
    )
    if isinstance(value, Tensor) or call.name.endswith("to_dense"):
        return call.unknown("the tensor is not known")
    made = tensor_of(call, value)
    if not isinstance(made, Array):
        return made
    given = call.kwargs.get(
        "dtype", call.args[1] if len(call.args) > 1 and call.name != "tensorflow.Variable" else None
    )
    if given is not None:
        made.dtype, made.bits = dtype_of(given)
    if call.kwargs.get("shape") is not None:
        dims = target_dims(call.kwargs["shape"])
        made.shape = Shape(dims) if dims is not None else UNKNOWN_SHAPE
    if call.name == "tensorflow.Variable":
        made.type_name = VARIABLE
    return made


@function("tensorflow.zeros", "tensorflow.ones", "tensorflow.fill", "tensorflow.random.normal", "tensorflow.random.uniform",
          "tensorflow.random.truncated_normal", "tensorflow.random.stateless_uniform", "tensorflow.random.stateless_normal",
          "tensorflow.random_normal", "tensorflow.random_uniform", "tensorflow.truncated_normal", "tensorflow.random.poisson")  # fmt: skip
def filled(call: Call) -> Value:
    """tf.zeros(shape, dtype=tf.float32) and its relatives"""
    short = call.name.rpartition(".")[2]
    dims = target_dims(call.args[0] if call.args else call.kwargs.get("shape", call.kwargs.get("dims")))
    given = call.kwargs.get("dtype", call.args[1] if len(call.args) > 1 and short in ("zeros", "ones") else None)
    kind, bits = dtype_of(given) if given is not None else ("float", 32)
    if short == "fill":
        value = tensor_of(call, call.args[1] if len(call.args) > 1 else call.kwargs.get("value"))
        kind, bits = (value.dtype, value.bits) if isinstance(value, Array) else (None, None)
    if short == "poisson":
        dims = None
    return Array(Shape(dims) if dims is not None else UNKNOWN_SHAPE, kind, TENSOR, bits, place=call.place)


@function("tensorflow.range", "tensorflow.linspace", "tensorflow.eye")
def ranges(call: Call) -> Value:
    """tf.range(start, limit, delta), tf.linspace, tf.eye(rows, columns)"""
    short = call.name.rpartition(".")[2]
    if short == "eye":
        sizes = target_dims(tuple([*call.args[:2], *call.args[:1]][:2])) if call.args and not call.kwargs else None
        return Array(Shape(sizes) if sizes else Shape.any(2) if not call.kwargs else UNKNOWN_SHAPE, "float", TENSOR, 32)
    if call.kwargs:
        return Array(Shape.any(1), None, TENSOR, place=call.place)
    made = eager((arange if short == "range" else linspace)(call))
    if isinstance(made, Array):
        made.bits = 32 if made.dtype in ("int", "float") else None
    return made
