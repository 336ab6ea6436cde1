"""What Python can't do with a symbolic tensor: iterate over it, measure it, ask whether it is true, write into it, or take its values."""

from __future__ import annotations

from ..faults import Moment
from ..knowledge import Call, method
from ..values import Tensor, Value
from .inside import asks_whether_eager, inside_call, traced

_MESSAGES = {
    "__iter__": ("iterate", "NotImplementedError", "Iterating over a symbolic KerasTensor is not supported."),
    "__len__": ("len", "TypeError", "object of type 'KerasTensor' has no len()"),
    "__bool__": ("bool", "TypeError", "A symbolic KerasTensor cannot be used as a boolean."),
    "__setitem__": ("assign", "TypeError", "'KerasTensor' object does not support item assignment"),
    "numpy": ("numpy", "AttributeError", "'KerasTensor' object has no attribute 'numpy'"),
}


@method(*(f"keras.KerasTensor.{name}" for name in _MESSAGES))
def python_on_tensor(call: Call) -> Value:
    """`for step in x`, `len(x)`, `if x > 0`: refused while the model is being built; in a layer's own `call` tensors may be real."""
    what, exception, message = _MESSAGES[call.name.rpartition(".")[2]]
    # a tensor of unknown rank may be a list of tensors: what an unknown model returns
    refused = not inside_call() or (what == "numpy" and traced() and not asks_whether_eager(call.engine))
    if isinstance(call.receiver, Tensor) and call.receiver.shape.rank is not None and refused:
        call.refuse(
            "python-on-tensor", "a value", "a symbolic tensor", message, moment=Moment.CALL, exception=exception, what=what,
            tensor=call.receiver,
        )  # fmt: skip
    return call.unknown("what Python makes of a tensor is not followed")
