"""Where datasets begin: arrays, generators, ranges, files."""

from __future__ import annotations

from ...dims import Dim, same
from ...knowledge import Call, base, constant, function
from ...shapes import Shape
from ...values import Array, Dataset, DictValue, External, ListValue, Value, is_int, to_dim
from ..bridge import items_of
from ..numpy.arrays import dtype_of
from .elements import DATASET, TENSOR, argument, make_dataset, rows, spec_shape, structure, tensors, without_first

base(DATASET, "builtins.object")
constant("tensorflow.data.AUTOTUNE", -1)
constant("tensorflow.data.experimental.AUTOTUNE", -1)
constant("tensorflow.data.INFINITE_CARDINALITY", -1)
constant("tensorflow.data.UNKNOWN_CARDINALITY", -2)


@function(f"{DATASET}.from_tensor_slices")
def from_tensor_slices(call: Call) -> Value:
    """One element for each row of the tensors."""
    whole = structure(call, argument(call, 0, "tensors"))
    sizes = [t.shape[0] for t in tensors(whole) if t.shape.rank]
    for size in sizes[1:]:
        if same(sizes[0], size) is False:
            shapes = " and ".join(str(t.shape) for t in tensors(whole)[:4])
            call.refuse(
                "sample-count", "tensors with as many rows as each other", shapes,
                f"Dimensions {sizes[0]} and {size} are not compatible", blamed=call.arg_places[:1], arrays=tuple(tensors(whole)),
            )  # fmt: skip
    return make_dataset(call, without_first(whole), False, cardinality=rows(whole))


@function(f"{DATASET}.from_tensors")
def from_tensors(call: Call) -> Value:
    """One element: everything."""
    return make_dataset(call, structure(call, argument(call, 0, "tensors")), None, cardinality=Dim(1))


@function(f"{DATASET}.range")
def range_(call: Call) -> Value:
    """Whole numbers, one at a time."""
    ends = [to_dim(v) for v in call.args]
    plain = [e.known if not call.open else None for e in ends]
    count = Dim(len(range(*[n for n in plain if n is not None]))) if None not in plain and 0 < len(plain) < 4 else None
    if len(ends) == 1 and count is None and not call.open and ends[0].exact is not None:
        count = ends[0]
    return make_dataset(call, Array(Shape(()), "int", TENSOR, 64), False, cardinality=count)


@function("tensorflow.TensorSpec")
def tensor_spec(call: Call) -> Value:
    """tf.TensorSpec(shape, dtype=tf.float32)"""
    shape = spec_shape(argument(call, 0, "shape"))
    kind, bits = dtype_of(argument(call, 1, "dtype", "float32"))
    return Array(shape, kind, "tensorflow.TensorSpec", bits, place=call.place)


@function("tensorflow.TensorShape")
def tensor_shape(call: Call) -> Value:
    """tf.TensorShape([None, 3])"""
    given = argument(call, 0, "dims")
    sizes = items_of(call, given) if isinstance(given, (tuple, ListValue)) else None
    several = next((size for size in sizes or () if isinstance(size, (tuple, ListValue))), None)
    if several is not None:
        kind = "list" if isinstance(several, ListValue) else "tuple"
        call.refuse(
            "shape-of-several", "the sizes of one tensor; several shapes go into a list", f"a {kind} among the sizes",
            f"Dimension value must be integer or None or have an __index__ method, got a {kind}", exception="TypeError",
            blamed=call.arg_places[:1], subject="tensorflow.keras.TensorShape",
        )  # fmt: skip
    return Array(spec_shape(argument(call, 0, "dims")), None, "tensorflow.TensorShape", place=call.place)


base("tensorflow.TensorSpec", "builtins.object")


@function(f"{DATASET}.from_generator")
def from_generator(call: Call) -> Value:
    """The elements that the signature states; without a stated shape they are not known."""
    signature = argument(call, 5, "output_signature")
    if signature is not None:
        return make_dataset(call, _stated(call, signature), None)
    types, shapes = argument(call, 1, "output_types"), argument(call, 2, "output_shapes")
    return make_dataset(call, _typed(call, types, shapes), None)


def _stated(call: Call, value: Value) -> Value:
    if isinstance(value, (tuple, ListValue)):
        parts = items_of(call, value)
        return (
            tuple(_stated(call, v) for v in parts) if parts is not None else call.unknown("the signature is not known")
        )
    if isinstance(value, DictValue):
        return DictValue({k: _stated(call, v) for k, v in value.entries.items()}, value.open)
    if isinstance(value, Array) and value.type_name == "tensorflow.TensorSpec":
        return Array(value.shape, value.dtype, TENSOR, value.bits, place=call.place)
    return call.unknown("the signature of the generator is not known")


def _typed(call: Call, types: Value, shapes: Value) -> Value:
    if isinstance(types, tuple):
        parts = (
            items_of(call, shapes)
            if isinstance(shapes, (tuple, ListValue)) and shapes is not None
            else [None] * len(types)
        )
        if parts is None or len(parts) != len(types):
            parts = [None] * len(types)
        return tuple(_typed(call, t, s) for t, s in zip(types, parts))
    if isinstance(types, DictValue):
        inner = shapes.entries if isinstance(shapes, DictValue) else {}
        return DictValue({k: _typed(call, t, inner.get(k)) for k, t in types.entries.items()}, types.open)
    if isinstance(types, (External, str)):
        kind, bits = dtype_of(types)
        return Array(spec_shape(shapes), kind, TENSOR, bits, place=call.place)
    return call.unknown("what the generator yields is not known")


@function(
    f"{DATASET}.list_files", "tensorflow.data.TextLineDataset", "tensorflow.data.TFRecordDataset", "tensorflow.data.FixedLengthRecordDataset"
)  # fmt: skip
def strings(call: Call) -> Value:
    """File names, lines or records: one string each."""
    return make_dataset(call, Array(Shape(()), "string", TENSOR, place=call.place), False)


@function(f"{DATASET}.random")
def random(call: Call) -> Value:
    """Endless random whole numbers."""
    return make_dataset(call, Array(Shape(()), "int", TENSOR, 64, place=call.place), False)


@function(f"{DATASET}.zip", "tensorflow.data.zip")
def zip_(call: Call) -> Value:
    """Datasets side by side: as long as the shortest."""
    given = call.args[0] if len(call.args) == 1 else tuple(call.args)
    found: list[Dataset] = []
    element = _side_by_side(call, given, found)
    lengths = [d.cardinality for d in found]
    count: Dim | None = None
    if lengths and all(n is not None for n in lengths):
        for n in lengths:
            count = n if count is None or n is None else count.minimum(n)
    batched = {d.batched for d in found}
    result = make_dataset(call, element, batched.pop() if len(batched) == 1 else None, cardinality=count)
    sizes = {str(d.batch_size) for d in found}
    result.batch_size = found[0].batch_size if found and len(sizes) == 1 else None
    return result


def _side_by_side(call: Call, value: Value, found: list[Dataset]) -> Value:
    if isinstance(value, Dataset):
        found.append(value)
        return value.element
    if isinstance(value, (tuple, ListValue)):
        parts = items_of(call, value)
        return (
            tuple(_side_by_side(call, v, found) for v in parts)
            if parts is not None
            else call.unknown("what is zipped is not known")
        )
    if isinstance(value, DictValue):
        return DictValue({k: _side_by_side(call, v, found) for k, v in value.entries.items()}, value.open)
    return call.unknown("one of the zipped datasets is not known")


@function(
    f"{DATASET}.sample_from_datasets",
    f"{DATASET}.choose_from_datasets",
    "tensorflow.data.experimental.sample_from_datasets",
)
def sampled(call: Call) -> Value:
    """Elements of one dataset or another."""
    from .elements import either

    parts = items_of(call, argument(call, 0, "datasets"))
    found = [d for d in parts or [] if isinstance(d, Dataset)]
    if not found or parts is None or len(found) != len(parts):
        return call.unknown("the datasets are not known")
    element = found[0].element
    for other in found[1:]:
        element = either(call, element, other.element)
    return make_dataset(call, element, found[0].batched)


@function("tensorflow.data.experimental.make_csv_dataset")
def csv(call: Call) -> Value:
    """Batches of columns: a dict, with the label column beside it where one is named."""
    size = argument(call, 1, "batch_size")
    row = DictValue({}, True, call.unknown("the columns of the file are not known"))
    label = Array(Shape.of(to_dim(size) if is_int(size) else None), None, TENSOR, place=call.place)
    named = call.kwargs.get("label_name") is not None
    return make_dataset(call, (row, label) if named else row, True, batch_size=to_dim(size) if is_int(size) else None)
