"""What Keras 3 does not let near a symbolic tensor: every function of TensorFlow, of NumPy, and of the older backend."""

from __future__ import annotations

from ...faults import Moment
from ...knowledge import Call, Handler
from ...values import Tensor, Value
from ..edition import other_backend
from ..inside import inside_call, is_from_outside
from ..tensors import tensors_in


def symbolic_shapes(call: Call) -> list[Tensor]:
    """The symbolic tensors among a call's arguments."""
    return [t for value in [*call.args, *call.kwargs.values()] for t in tensors_in(value)]


def refusing(name: str, before: Handler | None, followed: Handler | None) -> Handler:
    """A handler for a function that only layers may call: `followed` inside of one, `before` where no symbolic tensor is in it."""

    def handler(call: Call) -> Value:
        symbolic = symbolic_shapes(call)
        if not symbolic:
            return before(call) if before is not None else call.unknown(f"`{name}` is not known here")
        outside = next((tensor for tensor in symbolic if is_from_outside(tensor)), None) if inside_call() else None
        if outside is not None and call.engine.keras_major >= 3 and not other_backend(call.engine):
            call.refuse(
                "tf-on-keras-tensor", "a tensor with data", "a KerasTensor",
                "A KerasTensor cannot be used as input to a TensorFlow function.", moment=Moment.CALL, function=name, shape=outside.shape,
                outside=outside.name or "",
            )  # fmt: skip
        if inside_call():
            return (
                followed(call) if followed is not None else call.unknown(f"`{name}` is not followed inside of a layer")
            )
        if call.engine.keras_major >= 3:
            call.refuse(
                "tf-on-keras-tensor", "a tensor with data", "a KerasTensor",
                "A KerasTensor cannot be used as input to a TensorFlow function.", moment=Moment.CALL, function=name, shape=symbolic[0].shape,
            )  # fmt: skip
        return followed(call) if followed is not None else call.unknown(f"`{name}` on a Keras tensor is not followed")

    return handler
