"""What an eager tensor can do by itself: shape, indexing, operators, `numpy()`."""

from __future__ import annotations

from ...dims import ANY
from ...knowledge import Call, Engine, attribute, base, method
from ...shapes import Shape
from ...values import Array, Value, int_value
from ..numpy.constants import array_len
from ..numpy.elementwise import operator_, truth, unary
from ..numpy.indexing import getitem, iterate, ndim

TENSOR, VARIABLE = "tensorflow.Tensor", "tensorflow.Variable"
base(TENSOR, "builtins.object")
base(VARIABLE, TENSOR)
method(f"{TENSOR}.__len__")(array_len)
method(f"{TENSOR}.__bool__")(truth)
attribute(f"{TENSOR}.ndim")(ndim)


OF_ARRAYS = (
    "T", "all", "any", "argmax", "argmin", "argsort", "astype", "clip", "copy", "cumsum", "dot", "fill", "flatten", "item", "max", "mean", "min",
    "prod", "ravel", "repeat", "reshape", "round", "size", "sort", "squeeze", "std", "sum", "swapaxes", "take", "tolist", "transpose", "var",
)  # fmt: skip
"""What NumPy's arrays have and tensors haven't."""
_BEHAVIOUR = "tensorflow.experimental.numpy.experimental_enable_numpy_behavior"


def has_numpy_behaviour(engine: Engine) -> bool:
    """Has the program given TensorFlow's tensors what NumPy's arrays have?"""
    return _BEHAVIOUR in engine.record.called()


OF_TENSORFLOW = "~of-tensorflow"
"""The fact of what a dataset gives: it is a tensor of TensorFlow's, whoever has made what it holds."""


def is_no_array(engine: Engine, value: Value, name: str) -> bool:
    """Has the value surely no such attribute? Which backend makes the tensors of Keras's own functions is for others to choose."""
    made = value.made.by if isinstance(value, Array) and value.made is not None else ""
    tensor = made.startswith("tensorflow.") or (isinstance(value, Array) and OF_TENSORFLOW in value.facts)
    return name in OF_ARRAYS and tensor and not has_numpy_behaviour(engine)


@attribute(*(f"{TENSOR}.{name}" for name in OF_ARRAYS))
def no_array(call: Call) -> Value:
    """What only arrays have."""
    name = call.name.rpartition(".")[2]
    if is_no_array(call.engine, call.receiver, name):
        call.refuse(
            "no-attribute", "", name, f"EagerTensor object has no attribute '{name}'", exception="AttributeError", subject=TENSOR, array=call.receiver,
        )  # fmt: skip
    return call.unknown(f"`{name}` of a tensor is not followed")


def eager(value: Value) -> Value:
    """The same array as an eager tensor."""
    if isinstance(value, Array) and value.type_name.startswith(("numpy", "pandas", "keras")):
        value.type_name = TENSOR
    return value


@method(f"{TENSOR}.__operator__")
def operate(call: Call) -> Value:
    """tensor operator other"""
    return eager(operator_(call))


@method(f"{TENSOR}.__unary__")
def negate(call: Call) -> Value:
    """-tensor"""
    return eager(unary(call))


@method(f"{TENSOR}.__getitem__")
def item(call: Call) -> Value:
    """tensor[index]; masks and lists of rows are left alone, they mean other things than in NumPy."""
    parts = call.args[0] if isinstance(call.args[0], tuple) else (call.args[0],)
    if any(isinstance(p, Array) and p.shape.rank != 0 for p in parts):
        return Array(Shape(None), None, TENSOR, place=call.place)
    return eager(getitem(call))


@method(f"{TENSOR}.__iter__")
def rows(call: Call) -> Value:
    """for row in tensor"""
    found = iterate(call)
    for one in (*found.items, found.sample):
        eager(one)
    return found


@attribute(f"{TENSOR}.shape")
def shape(call: Call) -> Value:
    """tensor.shape: None where an axis isn't fixed."""
    own = call.receiver
    if not isinstance(own, Array) or own.shape.dims is None:
        return call.unknown("the tensor's rank is not known", "tuple")
    if not any(d.is_none for d in own.shape.dims):
        from ..numpy.indexing import named_sizes

        return tuple(int_value(d) for d in named_sizes(own, call))
    return tuple(int_value(d) for d in own.shape.dims)


@method(f"{TENSOR}.get_shape")
def get_shape(call: Call) -> Value:
    """tensor.get_shape()"""
    return shape(call)


@attribute(f"{TENSOR}.dtype")
def dtype(call: Call) -> Value:
    """tensor.dtype, as a name."""
    own = call.receiver
    if isinstance(own, Array) and own.dtype in ("int", "float") and own.bits:
        return f"{own.dtype}{own.bits}"
    return call.unknown("the dtype is not known")


@method(f"{TENSOR}.numpy", f"{TENSOR}.read_value", f"{TENSOR}.value")
def numpy(call: Call) -> Value:
    """tensor.numpy(): the values as a NumPy array."""
    own = call.receiver
    if not isinstance(own, Array):
        return call.unknown("the tensor is not known")
    dims = own.shape.dims
    return Array(
        Shape(tuple(ANY if d.is_none else d for d in dims)) if dims is not None else own.shape, own.dtype,
        "numpy.ndarray" if call.name.endswith("numpy") else own.type_name, own.bits, own.low, own.high, own.one_hot,
        constant=own.constant, name=own.name, made=own.made, place=own.place, facts=dict(own.facts),
    )  # fmt: skip


@method(f"{TENSOR}.set_shape")
def set_shape(call: Call) -> Value:
    """tensor.set_shape(shape) states what the tensor's shape is."""
    from ..tfdata.elements import spec_shape

    own, stated = call.receiver, spec_shape(call.args[0] if call.args else call.kwargs.get("shape"))
    if isinstance(own, Array) and stated.dims is not None:
        if own.shape.dims is None or len(own.shape.dims) != len(stated.dims):
            own.shape = stated
        else:
            own.shape = Shape(
                tuple(d if d.known is not None or s.is_none else s for d, s in zip(own.shape.dims, stated.dims))
            )
    return None


@method(f"{VARIABLE}.assign", f"{VARIABLE}.assign_add", f"{VARIABLE}.assign_sub")
def assign(call: Call) -> Value:
    """variable.assign(value): the shape stays."""
    own = call.receiver
    if isinstance(own, Array):
        own.constant = own.low = own.high = own.one_hot = None
    return own
