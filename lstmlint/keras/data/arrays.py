"""`to_categorical`, `pad_sequences`, `normalize` and what else of `keras.utils` makes arrays."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...knowledge import Call, function
from ...libs.bridge import length_of, sample_of
from ...libs.numpy.arrays import as_array, dtype_of, make, size_of, take
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Dataset, ListValue, Tensor, Unknown, Value, is_int


@function("keras.utils.to_categorical", "keras.utils.np_utils.to_categorical")
def to_categorical(call: Call) -> Value:
    """One-hot rows: the classes become a last axis; a last axis of size 1 is dropped first."""
    arguments = take(call, "x, num_classes=None") if "y" not in call.kwargs else take(call, "y, num_classes=None")
    source, count = (arguments["x"] if "x" in arguments else arguments["y"]), arguments["num_classes"]
    if count is None:
        count = call.kwargs.get("nb_classes")
    if isinstance(source, Tensor):
        return call.unknown("to_categorical of a symbolic tensor is not followed")
    array = as_array(call, source)
    known = [v for v in _leaves(array.constant) if isinstance(v, int)] if array is not None else []
    classes = ANY
    if is_int(count):
        classes = size_of(count)
        if known and classes.known is not None and not -classes.known <= max(known) < classes.known:
            call.refuse(
                "index", f"labels below num_classes={classes}", f"{max(known)}",
                f"index {max(known)} is out of bounds for axis 1 with size {classes}", exception="IndexError", array=array,
            )  # fmt: skip
    elif count is None and array is not None:
        if known:
            classes = Dim(max(known) + 1)
        elif array.one_hot:
            classes = Dim(2)  # the values are 0 and 1
        elif isinstance(array.facts.get("classes"), int):
            classes = Dim(array.facts["classes"])
    kept = ("split", "split_of", "split_id", "split_at", "loaded", "shuffled")
    facts = {k: v for k, v in array.facts.items() if k in kept} if array else {}
    more = {
        "bits": 64 if call.engine.keras_major >= 3 else 32,
        "low": 0.0,
        "high": 1.0,
        "one_hot": True,
        "facts": facts,
    }
    if array is None or array.shape.dims is None:
        return make(call, UNKNOWN_SHAPE, "float", source, arguments=None, **more)
    dims = array.shape.dims
    if len(dims) > 1 and dims[-1].known is None:
        return make(call, UNKNOWN_SHAPE, "float", source, arguments=None, **more)
    if len(dims) > 1 and dims[-1].known == 1:
        dims = dims[:-1]
    return make(call, Shape((*dims, classes)), "float", source, arguments=None, **more)


def _leaves(constant: object) -> list[object]:
    if isinstance(constant, tuple):
        return [leaf for part in constant for leaf in _leaves(part)]
    return [] if constant is None else [constant]


@function("keras.utils.pad_sequences", "keras.preprocessing.sequence.pad_sequences")
def pad_sequences(call: Call) -> Value:
    """Lists of unequal length become rows of `maxlen`; items of the lists that have axes keep them."""
    arguments = take(call, "sequences, maxlen=None, dtype='int32'")
    source = arguments["sequences"]
    if call.engine.keras_major >= 3:
        _refuse_sequences(call, source)
    rows = length_of(call, source) or ANY
    length = size_of(arguments["maxlen"]) if arguments["maxlen"] is not None else _longest(call, source)
    kind, bits = dtype_of(arguments["dtype"])
    inner = _inner(call, source)
    if inner is None:
        return make(call, UNKNOWN_SHAPE, kind, source, bits=bits)
    return make(call, Shape((rows, length, *inner)), kind, source, bits=bits)


def _refuse_sequences(call: Call, source: Value) -> None:
    """Numbers where sequences are wanted, and words that say on neither side where zeros go."""
    flat = (
        isinstance(source, Array)
        and source.type_name == "numpy.ndarray"
        and source.shape.rank == 1
        and source.dtype in ("int", "float")
    )
    first = source.items[0] if isinstance(source, ListValue) and source.items and not source.open else None
    if (flat and "item" not in source.facts) or (is_int(first) or isinstance(first, float)):
        call.refuse(
            "sequences", "a list of sequences, such as [sequence]", "one sequence", "`sequences` must be a list of iterables. Found non-iterable: a number",
            blamed=call.arg_places[:1], argument="sequences",
        )  # fmt: skip
    for name, short in (("padding", "Padding"), ("truncating", "Truncating")):
        word = call.kwargs.get(name)
        if isinstance(word, str) and word not in ("pre", "post"):
            call.refuse(
                "sequences", '"pre" or "post"', repr(str(word)), f'{short} type "{word}" not understood', blamed=(call.kwarg_places.get(name),),
                argument=name,
            )  # fmt: skip


def _inner(call: Call, source: Value) -> tuple[Dim, ...] | None:
    """The axes that each step of a sequence has (none for words); None when it can't be told."""
    if isinstance(source, Array):
        item = source.facts.get("item")
        if item is None:
            return source.shape.dims[2:] if source.shape.dims is not None and len(source.shape.dims) > 1 else None
    elif isinstance(source, ListValue) and (source.items or source.open):
        item = source.items[0] if source.items and not source.open else sample_of(call, source)
    else:
        return None
    row = as_array(call, item)
    return row.shape.dims[1:] if row is not None and row.shape.dims else None


def _longest(call: Call, source: Value) -> Dim:
    """The longest sequence, which is how long all become without `maxlen`."""
    if isinstance(source, Array) and source.shape.rank is not None and source.shape.rank > 1:
        return source.shape[1]
    if isinstance(source, ListValue) and not source.open and source.items:
        lengths = [length_of(call, item) for item in source.items]
        known = [n.known for n in lengths if n is not None and n.known is not None]
        if len(known) == len(lengths):
            return Dim(max(known))
    return ANY


@function("keras.utils.normalize")
def normalize(call: Call) -> Value:
    """The same shape, as floats between -1 and 1."""
    array = as_array(call, call.args[0] if call.args else call.kwargs.get("x"))
    if array is None or not array.shape.dims:
        return make(call, UNKNOWN_SHAPE, "float", *call.args)
    row = isinstance(call.args[0] if call.args else call.kwargs["x"], Array) and array.type_name == "numpy.ndarray"
    # what goes through NumPy is a table afterwards
    shape = Shape((Dim(1), *array.shape.dims)) if row and array.shape.rank == 1 else array.shape
    return make(call, shape, "float", array)


@function("keras.utils.get_file")
def get_file(call: Call) -> Value:
    """The path of a downloaded file."""
    return call.unknown("where the file is stored is not known", "str")


@function("keras.utils.split_dataset")
def split_dataset(call: Call) -> Value:
    """Two datasets with the elements of one, or with the rows of arrays."""
    source = call.args[0] if call.args else call.kwargs.get("dataset")
    if isinstance(source, Dataset):
        parts = (None, None)
        return tuple(
            Dataset(source.element, source.batched, source.batch_size, part, source.type_name, call.place)
            for part in parts
        )
    unknown: Unknown = call.unknown("how the data is split is not known")
    return (unknown, unknown)


@function("keras.utils.pack_x_y_sample_weight")
def pack(call: Call) -> Value:
    """(x,), (x, y) or (x, y, sample_weight)"""
    given = [*call.args, *(call.kwargs[n] for n in ("x", "y", "sample_weight") if n in call.kwargs)]
    while given and given[-1] is None:
        given.pop()
    return tuple(given) if len(given) > 1 else given[0] if given else None


@function("keras.utils.unpack_x_y_sample_weight", "keras.utils.data_adapter.unpack_x_y_sample_weight")
def unpack(call: Call) -> Value:
    """The three parts of a batch, None where there is none."""
    data = call.args[0] if call.args else call.kwargs.get("data")
    if isinstance(data, ListValue) and not data.open:
        data = tuple(data.items)
    if isinstance(data, Unknown):
        return call.unknown(data.reason)
    parts = data if isinstance(data, tuple) else (data,)
    return (*parts, None, None)[:3]
