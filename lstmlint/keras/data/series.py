"""Windows over series: `timeseries_dataset_from_array` and the old `TimeseriesGenerator`."""

from __future__ import annotations

from ...dims import ANY, NONE, Dim, less, same
from ...knowledge import Call, function
from ...libs.numpy.arrays import as_array, size_of
from ...libs.tfdata.elements import DATASET, TENSOR, refuse_size
from ...shapes import Shape
from ...values import Array, Dataset, Made, Unknown, Value, is_int, to_dim


def _window(call: Call, array: Array | None, length: Dim, type_name: str) -> Value:
    """Batches of windows: (batch, length, features)."""
    if array is None or not array.shape.dims:
        return call.unknown("the series is not known")
    facts = {"window_of": array, "window": length}
    return Array(
        Shape((NONE, length, *array.shape.dims[1:])), array.dtype, type_name, array.bits, array.low, array.high,
        made=Made(call.name, (array,), call.place), place=call.place, facts=facts,
    )  # fmt: skip


def _targets(call: Call, array: Array | None, type_name: str) -> Value:
    if array is None or not array.shape.dims:
        return call.unknown("the targets are not known")
    return Array(
        Shape((NONE, *array.shape.dims[1:])), array.dtype, type_name, array.bits, array.low, array.high, array.one_hot,
        made=Made(call.name, (array,), call.place), place=call.place,
    )  # fmt: skip


@function("keras.utils.timeseries_dataset_from_array", "keras.preprocessing.sequence.timeseries_dataset_from_array")
def timeseries_dataset(call: Call) -> Value:
    """A tf.data.Dataset of batches of windows, and of the target at each window's start."""
    arguments = call.bind(
        "data, targets, sequence_length, sequence_stride=1, sampling_rate=1, batch_size=128, shuffle=False, seed=None, start_index=None, "
        "end_index=None, format='tf'"
    )
    length, rate, size = size_of(arguments["sequence_length"]), arguments["sampling_rate"], arguments["batch_size"]
    if arguments["format"] != "tf":
        return call.unknown("grain datasets are not followed")
    refuse_size(call, size, "timeseries_dataset_from_array")
    data = as_array(call, arguments["data"])
    x = _window(call, data, length, TENSOR)
    element, y = x, arguments["targets"]
    if isinstance(y, Unknown):
        return Dataset(
            call.unknown("whether there are targets is not known"), True, type_name=DATASET, place=call.place
        )
    if y is not None:
        element = (x, _targets(call, as_array(call, y), TENSOR))
    shuffled = arguments["shuffle"] is True
    count = _windows(data, as_array(call, y) if y is not None else None, length, rate, arguments)
    if size is None:
        from ...libs.tfdata.elements import without_first

        return Dataset(
            without_first(element),
            False,
            None,
            count,
            DATASET,
            call.place,
            facts={"shuffled": shuffled, "unfixed": True},
        )
    batch = to_dim(size) if is_int(size) else ANY
    batches = count.ceildiv(batch) if count is not None and batch.exact is not None and batch.known != 0 else None
    return Dataset(element, True, batch, batches, DATASET, call.place, facts={"shuffled": shuffled, "unfixed": True})


def _windows(data: Array | None, targets: Array | None, length: Dim, rate: Value, arguments: object) -> Dim | None:
    """How many windows there are, in the common case: a stride of one and the whole series."""
    from ...values import Arguments

    assert isinstance(arguments, Arguments)
    if data is None or not data.shape.dims or not is_int(rate):
        return None
    if arguments["sequence_stride"] != 1 or arguments["start_index"] is not None or arguments["end_index"] is not None:
        return None
    total = data.shape[0] - (length - 1) * to_dim(rate)
    if targets is not None and targets.shape.dims:
        total = total.minimum(targets.shape[0])
    return total.maximum(0)


@function("keras.preprocessing.sequence.TimeseriesGenerator", "keras.legacy.preprocessing.sequence.TimeseriesGenerator")
def timeseries_generator(call: Call) -> Value:
    """Batches of (window, target after it)."""
    arguments = call.bind(
        "data, targets, length, sampling_rate=1, stride=1, start_index=0, end_index=None, shuffle=False, reverse=False, batch_size=128, **kwargs"
    )
    data, targets = as_array(call, arguments["data"]), as_array(call, arguments["targets"])
    length = size_of(arguments["length"])
    if data is not None and targets is not None and data.shape.dims and targets.shape.dims:
        if same(data.shape[0], targets.shape[0]) is False:
            call.refuse(
                "sample-count", "data and targets of one length", f"{data.shape[0]} and {targets.shape[0]}",
                f"Data and targets have to be of same length. Data length is {data.shape[0]} while target length is {targets.shape[0]}",
                arrays=(data, targets),
            )  # fmt: skip
        whole = arguments["start_index"] == 0 and arguments["end_index"] is None
        if whole and length.exact is not None and data.shape[0].exact is not None:
            if less((data.shape[0] - 1).exact or 0, length.exact) is True:
                call.refuse(
                    "window", f"a series longer than {length}", f"{data.shape[0]} steps",
                    f"`start_index+length={length} > end_index={data.shape[0] - 1}` is disallowed", arrays=(data,),
                )  # fmt: skip
    rate, size = arguments["sampling_rate"], to_dim(arguments["batch_size"])
    steps = length if rate == 1 else length.ceildiv(to_dim(rate)) if is_int(rate) else ANY
    element = (_window(call, data, steps, "numpy.ndarray"), _targets(call, targets, "numpy.ndarray"))
    count: Dim | None = None
    step = size * to_dim(arguments["stride"]) if is_int(arguments["stride"]) else ANY
    start, end = to_dim(arguments["start_index"]), to_dim(arguments["end_index"])
    if arguments["end_index"] is None and data is not None and data.shape.dims:
        end = data.shape[0] - 1
    if step.known != 0 and all(d.exact is not None for d in (step, start, end, length)):
        count = (end - (start + length) + step) // step
    name = "keras.preprocessing.sequence.TimeseriesGenerator"
    return Dataset(element, True, size, count, name, call.place, facts={"shuffled": arguments["shuffle"] is True})
