"""What a symbolic tensor can do by itself: operators, indexing, and the attributes that it answers with."""

from __future__ import annotations

from ...dims import Dim
from ...faults import Moment
from ...knowledge import Call, attribute, method
from ...values import Array, ListValue, Tensor, Unknown, Value
from ..edition import other_backend
from ..inside import inside_call, traced
from ..models import as_keras_3_has_it, shape_tuple
from ..tensors import of_data
from .array_functions import refuse_array
from .elementwise import binary, comparison, same_shape_as
from .indexing import index as index_of
from .linear import matmul
from .performing import perform

_OPERATORS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "**": "power",
    "%": "mod",
    "//": "floor_divide",
    "@": "matmul",
}

_COMPARING = {
    "==": "equal", "!=": "not_equal", "<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal", "&": "logical_and",
    "|": "logical_or", "^": "logical_xor",
}  # fmt: skip


@method("keras.KerasTensor.__operator__")
def operator(call: Call) -> Value:
    """`x + y`, `2 * x`, `x @ w`, `x > 0`, ..."""
    symbol, other, reflected = call.args[0], call.args[1], bool(call.args[2]) if len(call.args) > 2 else False
    if isinstance(other, Unknown):
        return call.unknown("the other operand is not known")
    if symbol == "==" and not inside_call():
        return other is call.receiver  # KerasTensor has no __eq__: Python compares identities
    if isinstance(other, (tuple, ListValue)):
        _refuse_list(call, symbol, other)
    if not isinstance(other, (Tensor, Array, int, float, Dim)):
        return call.unknown("the other operand is not known")
    if reflected and isinstance(other, Array) and isinstance(call.receiver, Tensor):
        refuse_array(call, other, call.receiver)
    left, right = (other, call.receiver) if reflected else (call.receiver, other)
    title = _OPERATORS.get(str(symbol)) or _COMPARING.get(str(symbol))
    if title is None:
        return call.unknown(f"`{symbol}` on tensors is not followed")
    compute = matmul if symbol == "@" else binary if symbol in _OPERATORS else comparison
    return perform(call, {"x1": left, "x2": right}, compute, title)


def _refuse_list(call: Call, symbol: Value, other: Value) -> None:
    """A list or tuple is no operand of a symbolic tensor in Keras 3, whatever is in it."""
    if (
        inside_call()
        or call.engine.keras_major < 3
        or symbol not in _OPERATORS
        or not isinstance(call.receiver, Tensor)
    ):
        return
    kind = "tuple" if isinstance(other, tuple) else "list"
    call.refuse(
        "list-as-operand", "a tensor, an array or a number", f"a {kind}", f"Invalid dtype: {kind}", moment=Moment.CALL,
        subject="keras.KerasTensor", shape=call.receiver.shape, operator=str(symbol), what=str(symbol),
        sequences=(other, None) if call.args[2:] and call.args[2] else (None, other),
    )  # fmt: skip


@method("keras.KerasTensor.__unary__")
def unary(call: Call) -> Value:
    """`-x`"""
    return perform(call, {"x": call.receiver}, same_shape_as, "negative")


@method("keras.KerasTensor.__getitem__")
def index(call: Call) -> Value:
    """`x[:, -1]`"""
    return perform(call, {"x": call.receiver, "key": call.args[0]}, index_of, "get_item")


@attribute("keras.KerasTensor.shape")
def tensor_shape(call: Call) -> Value:
    """`x.shape`: a tuple of sizes and None."""
    tensor = call.receiver
    if not isinstance(tensor, Tensor):
        return call.unknown("the shape is not known")
    graph = inside_call()
    fixed = not traced() or other_backend(call.engine) if graph else of_data(tensor)
    return as_keras_3_has_it(call, shape_tuple(tensor.shape), fixed=fixed, graph=graph)


@attribute("keras.KerasTensor.dtype")
def tensor_dtype(call: Call) -> Value:
    """`x.dtype`"""
    tensor = call.receiver
    if isinstance(tensor, Tensor) and tensor.dtype is not None:
        return tensor.dtype
    return call.unknown("the dtype is not known", "str")


@attribute("keras.KerasTensor.ndim")
def tensor_ndim(call: Call) -> Value:
    """`x.ndim`"""
    tensor = call.receiver
    if isinstance(tensor, Tensor) and tensor.shape.rank is not None:
        return tensor.shape.rank
    return call.unknown("the rank is not known", "int")


@attribute("keras.KerasTensor.name")
def tensor_name(call: Call) -> Value:
    """`x.name`"""
    tensor = call.receiver
    if isinstance(tensor, Tensor) and tensor.name:
        return tensor.name
    return call.unknown("the tensor's name is not known", "str")
