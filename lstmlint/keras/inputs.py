"""Where tensors begin: `keras.Input`, `InputLayer`, and the shapes that people write for them."""

from __future__ import annotations

from ..dims import ANY, Dim, Role
from ..faults import Moment
from ..knowledge import Call, Engine, bind, function, parse_signature
from ..places import Place
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Arguments, Array, BoundArgument, LayerObject, ListValue, Tensor, Unknown, Value, is_int, to_dim
from .graph import INPUT_LAYER
from .naming import check_name, number
from .tensors import dtype_name

INPUT_LAYER_CLASS = "keras.layers.InputLayer"


def standardize(call: Call, value: Value, place: Place | None, argument: str) -> Shape:
    """Keras's `standardize_shape`: a row of sizes or None; refuses what Keras refuses."""
    items: list[Value]
    if isinstance(value, tuple):
        items = list(value)
    elif isinstance(value, ListValue):
        if value.open:
            return UNKNOWN_SHAPE
        items = value.items
    elif isinstance(value, Array) and value.type_name == "tensorflow.TensorShape":
        return value.shape
    elif isinstance(value, Array) and value.shape.rank == 1:
        count = value.shape[0].known
        return UNKNOWN_SHAPE if count is None else Shape.any(count)
    elif value is None or is_int(value) or isinstance(value, (float, bool, str)) or _is_data(value):
        given = "an array" if isinstance(value, Array) else str(value)
        call.refuse(
            "shape-not-a-tuple", "a tuple of sizes", given, f"Cannot convert '{value}' to a shape.", moment=Moment.CONSTRUCT, blamed=(place,),
            argument=argument, value=value,
        )  # fmt: skip
    else:
        return UNKNOWN_SHAPE
    dims: list[Dim] = []
    for item in items:
        if isinstance(item, (str, float, tuple, ListValue)):
            call.refuse(
                "shape-entry", "whole numbers or None", repr(item),
                f"Cannot convert a shape. Found invalid dimension '{item}' of type '{type(item).__name__}'.",
                moment=Moment.CONSTRUCT, blamed=(place,), argument=argument, value=item,
            )  # fmt: skip
        dim = to_dim(item) if not isinstance(item, bool) else Dim(int(item))
        if dim.known is not None and dim.known < 0:
            call.refuse(
                "shape-entry", "sizes of 0 or more, or None", str(dim.known),
                "Cannot convert a shape. Negative dimensions are not allowed.", moment=Moment.CONSTRUCT, blamed=(place,),
                argument=argument, value=item,
            )  # fmt: skip
        dims.append(dim)
    return Shape(tuple(dims))


def _is_data(value: Value) -> bool:
    """Is it an array of more than a row of sizes?"""
    return (
        isinstance(value, Array) and bool(value.shape.rank) and value.type_name in ("numpy.ndarray", "pandas.DataFrame")
    )


def make_input_layer(
    engine: Engine, shape: Shape, place: Place | None, name: str | None = None, dtype: str | None = "float32", sparse: bool = False,
    arguments: Arguments | None = None, tensor: Tensor | None = None,
) -> LayerObject:  # fmt: skip
    """An InputLayer of this batch shape, its tensor in `state["tensor"]`: a new one, or the one that it is given."""
    layer = LayerObject(INPUT_LAYER_CLASS, place=place, name=name or "", built=True)
    if not name:
        number(engine, layer, "input_layer")
        layer.state["bare"] = True
    layer.arguments = arguments or Arguments({"batch_shape": BoundArgument(shape, None, False)})
    if tensor is None:
        give_tensor(layer, shape, place, dtype, sparse)
    else:
        tensor.facts[INPUT_LAYER] = layer  # Keras forgets what made it
        layer.state["tensor"] = tensor
    engine.record.layers.append(layer)
    return layer


def give_tensor(layer: LayerObject, shape: Shape, place: Place | None, dtype: str | None, sparse: bool) -> Tensor:
    """Make the tensor that an InputLayer stands for."""
    if shape.dims:
        shape = Shape((shape.dims[0].with_role(Role.BATCH), *shape.dims[1:]))
    tensor = Tensor(shape, dtype, place=place, name=layer.name, sparse=sparse)
    tensor.facts[INPUT_LAYER] = layer
    layer.state["tensor"] = tensor
    return tensor


def _batch_shape(call: Call, arguments: Arguments) -> Shape:
    def given(name: str) -> Value:
        return arguments.get(name) if arguments.argument(name) is not None else None

    shape, batch_shape, batch_size = given("shape"), given("batch_shape"), given("batch_size")
    if given("input_shape") is not None:
        shape = given("input_shape")
    if given("batch_input_shape") is not None:
        batch_shape = given("batch_input_shape")
    if (
        shape is not None
        and batch_shape is not None
        and not isinstance(shape, Unknown)
        and not isinstance(batch_shape, Unknown)
    ):
        call.refuse(
            "exclusive-arguments", "`shape` or `batch_shape`", "both", "You cannot pass both `shape` and `batch_shape` at the same time.",
            moment=Moment.CONSTRUCT, blamed=(arguments.place("shape"), arguments.place("batch_shape")),
        )  # fmt: skip
    if batch_shape is not None:
        return standardize(call, batch_shape, arguments.place("batch_shape"), "batch_shape")
    if shape is None:
        call.refuse(
            "missing-argument", "shape", "", "You must pass a `shape` argument.", moment=Moment.CONSTRUCT, argument="shape",
        )  # fmt: skip
    if isinstance(shape, Unknown):
        return UNKNOWN_SHAPE
    if call.engine.keras_major < 3 and is_int(shape) and not isinstance(shape, bool):
        shape = (shape,)  # Keras 2 takes a number for a tuple of one
    rest = standardize(call, shape, arguments.place("shape"), "shape")
    return rest.insert(0, to_dim(batch_size) if batch_size is None or is_int(batch_size) else ANY)


def _build(call: Call, arguments: Arguments) -> LayerObject:
    tensor = arguments.get("tensor") or arguments.get("input_tensor")
    if isinstance(tensor, Tensor):
        shape = tensor.shape
    elif tensor is not None or arguments.open or arguments.get("type_spec") is not None:
        shape = UNKNOWN_SHAPE
    else:
        shape = _batch_shape(call, arguments)
    check_name(call, arguments)
    name = arguments.get("name")
    layer = make_input_layer(
        call.engine, shape, call.place, name if isinstance(name, str) else None,
        dtype_name(arguments.get("dtype")), arguments.get("sparse") is True, arguments,
        tensor if isinstance(tensor, Tensor) else None,
    )  # fmt: skip
    if isinstance(tensor, Unknown):
        layer.state["tensor_unknown"] = tensor.reason
    if name is not None and not isinstance(name, str):
        layer.state["name_unknown"] = True
    return layer


@function("keras.Input")
def make_input(call: Call) -> Value:
    """`keras.Input(shape=(10, 64))`: the InputLayer's tensor."""
    signature = "shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, name=None, tensor=None, optional=False"
    if call.engine.keras_major < 3:
        signature = "shape=None, batch_size=None, name=None, dtype=None, sparse=None, tensor=None, ragged=None, type_spec=None, optional=False, **kwargs"
    return _build(call, bind(call, parse_signature(signature))).state["tensor"]


@function(INPUT_LAYER_CLASS)
def construct_input_layer(call: Call) -> Value:
    """`keras.layers.InputLayer(shape=(10, 64))`."""
    signature = (
        "shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, input_tensor=None, optional=False, name=None, "
        "*, input_shape=None, batch_input_shape=None"
    )
    if call.engine.keras_major < 3:
        signature = "input_shape=None, batch_size=None, dtype=None, input_tensor=None, sparse=None, name=None, ragged=None, type_spec=None, **kwargs"
    return _build(call, bind(call, parse_signature(signature)))
