"""`numpy.*` on symbolic tensors: they have no values to give, so that nearly every function of NumPy ends in an exception."""

from __future__ import annotations

from ...faults import Moment
from ...knowledge import Call, Handler, watch
from ...values import Array, ListValue, Tensor, Value
from ..inside import inside_call
from ..models import shape_tuple
from .elementwise import same_shape_as
from .performing import operation, perform
from .shaping import squeeze_fixed

NAMESPACES = ("numpy", "numpy.linalg", "numpy.fft", "numpy.random")

SILENT = frozenset((
    "array_equal", "array_equiv", "bmat", "info", "isscalar", "iterable", "object_", "printoptions", "set_printoptions", "size", "str_",
    "tril_indices_from", "triu_indices_from", "random.shuffle", "random.get_state", "real_if_close", "linalg.matrix_rank",
))  # fmt: skip
"""Functions that NumPy ends without an exception on a symbolic tensor, or on a list of them, or on some shapes of one."""


def tensors_among(values: list[Value]) -> list[Tensor]:
    """The symbolic tensors among these values and in lists and tuples of them; what is in a dict stays as it is."""
    found: list[Tensor] = []
    for value in values:
        if isinstance(value, Tensor):
            found.append(value)
        elif isinstance(value, (tuple, ListValue)):
            found += tensors_among(list(value.items if isinstance(value, ListValue) else value))
    return found


def _shape(call: Call) -> Value:
    tensor = call.bind("a")["a"]
    return shape_tuple(tensor.shape) if isinstance(tensor, Tensor) else call.unknown("the shape is not known")


def _rank(call: Call) -> Value:
    tensor = call.bind("a")["a"]
    rank = tensor.shape.rank if isinstance(tensor, Tensor) else None
    return rank if rank is not None else call.unknown("the rank is not known", "int")


def _flip(call: Call) -> Value:
    """NumPy indexes the tensor, with steps of -1."""
    return perform(call, {"x": call.bind("m, axis=None")["m"]}, same_shape_as, "get_item")


ANSWERED: dict[str, Handler] = {
    "shape": _shape,
    "ndim": _rank,
    "flip": _flip,
    "squeeze": operation(
        "squeeze", "a, axis=None", lambda given: squeeze_fixed({"x": given["a"], "axis": given["axis"]})
    ),
}
"""Functions that only ask the tensor for what it has: an attribute, an index, its own `squeeze`."""


def array_function(name: str, values: list[Value]) -> Handler | None:
    """What happens instead where a symbolic tensor comes to a function of NumPy. Inside of layers tensors may be real ones."""
    namespace, _, _ = name.rpartition(".")
    if namespace not in NAMESPACES or inside_call():
        return None
    found = tensors_among(values)
    if not found:
        return None
    short = name.removeprefix("numpy.")
    if short in SILENT:
        return None
    answered = ANSWERED.get(short)
    if answered is not None and len(found) == 1 and found[0] is values[0]:
        return answered
    return refuse_tensor


def refuse_tensor(call: Call) -> Value:
    """Refused under Keras 3; what the older one did is not known here."""
    if call.engine.keras_major >= 3:
        tensor = tensors_among([*call.args, *call.kwargs.values()])[0]
        call.refuse(
            "tf-on-keras-tensor", "a tensor with data", "a KerasTensor",
            "A KerasTensor is symbolic: it's a placeholder for a shape and a dtype. It doesn't have any actual numerical value. "
            "You cannot convert it to a NumPy array.", moment=Moment.CALL, function=call.name, shape=tensor.shape,
        )  # fmt: skip
    return call.unknown("NumPy on a Keras tensor is not followed")


def refuse_array(call: Call, array: Array, tensor: Tensor) -> None:
    """An operator with an array on its left: NumPy is asked first, and asks the tensor for its values."""
    if inside_call() or call.engine.keras_major < 3 or array.type_name != "numpy.ndarray":
        return
    call.refuse(
        "tf-on-keras-tensor", "a tensor with data", "a KerasTensor",
        "A KerasTensor is symbolic: it's a placeholder for a shape and a dtype. You cannot convert it to a NumPy array.",
        moment=Moment.CALL, subject="numpy.ndarray", function="numpy.ndarray.__operator__", shape=tensor.shape, operator=str(call.args[0]),
    )  # fmt: skip


watch("numpy", array_function)

__all__ = ["ANSWERED", "SILENT", "array_function", "refuse_array"]
