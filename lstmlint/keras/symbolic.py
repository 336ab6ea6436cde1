"""What Python can't do with a symbolic tensor: iterate over it, measure it, ask whether it is true, write into it, or take its values.

Within a layer's `call` that Keras 3 runs to see what comes out, tensors are TensorFlow's, and symbolic as well: nothing rewrites `if` and `for` there,
as Keras 2 did.
"""

from __future__ import annotations

from ..faults import Moment
from ..knowledge import Call, Engine, function, method
from ..values import SizesTensor, Tensor, Value
from .edition import other_backend
from .inside import inside_call, traced

_WHAT = {
    "__iter__": "iterate", "__len__": "len", "__bool__": "bool", "__setitem__": "assign", "numpy": "numpy", "__index__": "index", "__int__": "int",
    "__float__": "float",
}  # fmt: skip
_MESSAGES = {
    "iterate": ("NotImplementedError", "Iterating over a symbolic KerasTensor is not supported."),
    "len": ("TypeError", "object of type 'KerasTensor' has no len()"),
    "bool": ("TypeError", "A symbolic KerasTensor cannot be used as a boolean."),
    "assign": ("TypeError", "'KerasTensor' object does not support item assignment"),
    "numpy": ("AttributeError", "'KerasTensor' object has no attribute 'numpy'"),
    "index": ("TypeError", "'KerasTensor' object cannot be interpreted as an integer"),
    "int": ("TypeError", "int() argument must be a string, a bytes-like object or a real number, not 'KerasTensor'"),
    "float": ("TypeError", "float() argument must be a string or a real number, not 'KerasTensor'"),
}
_IN_GRAPH = {
    "iterate": ("TypeError", "Iterating over a symbolic `tf.Tensor` is not allowed."),
    "len": ("TypeError", "len is not well defined for a symbolic Tensor."),
    "bool": ("TypeError", "Using a symbolic `tf.Tensor` as a Python `bool` is not allowed."),
    "assign": ("TypeError", "'SymbolicTensor' object does not support item assignment"),
    "numpy": ("AttributeError", "'SymbolicTensor' object has no attribute 'numpy'"),
    "index": ("TypeError", "'SymbolicTensor' object cannot be interpreted as an integer"),
    "int": ("TypeError", "int() argument must be a string, a bytes-like object or a real number, not 'SymbolicTensor'"),
    "float": ("TypeError", "float() argument must be a string or a real number, not 'SymbolicTensor'"),
}
"""The same of TensorFlow's symbolic tensors."""


LACKING = ("__len__", "__setitem__", "numpy")
"""What of these a symbolic tensor of Keras 3 doesn't even have, so that `hasattr` says no. TensorFlow's, in a `call`, has a `__len__`, which raises."""


def lacks(engine: Engine, name: str) -> bool:
    """Has a symbolic tensor surely no attribute of this name, which is one of those?"""
    if runs_on_symbols(engine):
        return name != "__len__"
    return engine.keras_major >= 3 and not inside_call()


def runs_on_symbols(engine: Engine) -> bool:
    """Is a `call` followed whose tensors are symbolic ones of TensorFlow's, because Keras 3 only wants to see what comes out?"""
    return traced() and engine.keras_major >= 3 and not other_backend(engine)


@method(*(f"keras.KerasTensor.{name}" for name in _WHAT))
def python_on_tensor(call: Call) -> Value:
    """`for step in x`, `len(x)`, `if x > 0`: refused while the model is being built; in a layer's own `call` that gets data tensors are real."""
    what, in_graph = _WHAT[call.name.rpartition(".")[2]], runs_on_symbols(call.engine)
    exception, message = (_IN_GRAPH if in_graph else _MESSAGES)[what]
    # a tensor of unknown rank may be a list of tensors: what an unknown model returns
    known = isinstance(call.receiver, SizesTensor) or (
        isinstance(call.receiver, Tensor) and call.receiver.shape.rank is not None
    )
    rewritten = what not in ("assign", "numpy") and call.engine.is_rewritten
    if known and (in_graph or not inside_call()) and not rewritten:
        call.refuse(
            "python-on-tensor", "a value", "a symbolic tensor", message, moment=Moment.CALL, exception=exception, what=what,
            tensor=call.receiver,
        )  # fmt: skip
    return call.unknown("what Python makes of a tensor is not followed")


@function("tensorflow.executing_eagerly", "tensorflow.compat.v1.executing_eagerly")
def executing_eagerly(call: Call) -> Value:
    """tf.executing_eagerly(): not where a `call` is run on symbolic tensors; else it depends on who trains."""
    return (
        False if runs_on_symbols(call.engine) else call.unknown("whether TensorFlow runs eagerly is not known", "bool")
    )
