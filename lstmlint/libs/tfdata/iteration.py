"""Looking into datasets: loops over them, `next(iter(...))`, their length and their element_spec."""

from __future__ import annotations

from ...dims import ANY, Dim, same
from ...knowledge import Call, attribute, function, method
from ...shapes import Shape
from ...values import Array, Dataset, IteratorValue, Value, int_value
from ..tensorflow.tensors import OF_TENSORFLOW
from .elements import DATASET, TENSOR, each, reshaped

_MOST_UNROLLED = 1


def drawn(element: Value, type_name: str | None = None) -> Value:
    """An element as a loop gets it: an axis that isn't fixed has some size now."""

    def draw(array: Array) -> Array:
        dims = array.shape.dims
        shape = Shape(tuple(ANY if d.is_none else d for d in dims)) if dims is not None else array.shape
        fresh = reshaped(array, shape)
        fresh.type_name = type_name or array.type_name
        if fresh.type_name == TENSOR:
            fresh.facts[OF_TENSORFLOW] = True
        return fresh

    return each(element, draw)


def drawing(own: Dataset, type_name: str | None = None) -> IteratorValue:
    """An iterator over the dataset: its one element, or a sample of them."""
    element = drawn(own.element, type_name)
    few = same(own.cardinality, _MOST_UNROLLED) or same(_taken(own), _MOST_UNROLLED)
    if few:
        return IteratorValue([element])
    return IteratorValue([], True, element, length=own.cardinality)


def _taken(own: Dataset) -> Dim | None:
    """How many elements `take` asked for, where the dataset surely has as many (or they are all there are)."""
    count = own.facts.get("taken")
    return Dim(int(count)) if isinstance(count, int) and not isinstance(count, bool) else None


@method(f"{DATASET}.__iter__", f"{DATASET}.as_numpy_iterator", f"{DATASET}.make_one_shot_iterator")
def iterate(call: Call) -> Value:
    """for element in dataset"""
    own = call.receiver
    if not isinstance(own, Dataset) or call.name.endswith("one_shot_iterator"):
        return call.unknown("what this iterator gives is not followed")
    return drawing(own, "numpy.ndarray" if call.name.endswith("numpy_iterator") else None)


@function("tensorflow.data.experimental.get_single_element")
@method(f"{DATASET}.get_single_element")
def single(call: Call) -> Value:
    """The only element."""
    own = call.receiver if isinstance(call.receiver, Dataset) else call.args[0] if call.args else None
    return drawn(own.element) if isinstance(own, Dataset) else call.unknown("the dataset is not known")


@method(f"{DATASET}.__len__", f"{DATASET}.cardinality")
@function("tensorflow.data.experimental.cardinality")
def length(call: Call) -> Value:
    """len(dataset), dataset.cardinality()"""
    own = call.receiver if isinstance(call.receiver, Dataset) else call.args[0] if call.args else None
    if isinstance(own, Dataset) and own.cardinality is not None and own.cardinality.exact is not None:
        return int_value(own.cardinality)
    return call.unknown(
        "how many elements the dataset has is not known", "int" if call.name.endswith("__len__") else None
    )


@attribute(f"{DATASET}.element_spec")
def element_spec(call: Call) -> Value:
    """dataset.element_spec: TensorSpecs in the structure of an element."""
    own = call.receiver
    if not isinstance(own, Dataset):
        return call.unknown("the dataset is not known")
    unfixed = "unfixed" in own.facts

    def spec(array: Array) -> Array:
        dims = array.shape.dims
        shape = Shape(tuple(d if d.is_none else ANY for d in dims)) if unfixed and dims is not None else array.shape
        return reshaped(array, shape, type_name="tensorflow.TensorSpec")

    return each(own.element, spec)


@attribute("tensorflow.TensorSpec.shape")
def spec_shape(call: Call) -> Value:
    """spec.shape: None where an axis isn't fixed."""
    own = call.receiver
    if not isinstance(own, Array) or own.shape.dims is None:
        return call.unknown("the rank is not known", "tuple")
    return tuple(int_value(d) for d in own.shape.dims)


@attribute("tensorflow.TensorSpec.dtype", "tensorflow.TensorSpec.name")
def spec_dtype(call: Call) -> Value:
    """spec.dtype as a name."""
    own = call.receiver
    if call.name.endswith("dtype") and isinstance(own, Array) and own.dtype in ("int", "float") and own.bits:
        return f"{own.dtype}{own.bits}"
    return call.unknown("it is not followed")


@attribute(f"{DATASET}.class_names", f"{DATASET}.file_paths", f"{DATASET}.num_classes")
def of_directory(call: Call) -> Value:
    """What `image_dataset_from_directory` adds to its dataset."""
    own, short = call.receiver, call.name.rpartition(".")[2]
    if isinstance(own, Dataset) and short in own.facts:
        return own.facts[short]
    return call.unknown(f"`{short}` is not known", "list" if short != "num_classes" else "int")


@method(f"{DATASET}.__getitem__")
def indexed(call: Call) -> Value:
    """dataset[0], window[:-1]: a dataset has no index."""
    own = call.receiver
    if not isinstance(own, Dataset) or own.type_name != DATASET:
        return call.unknown("the dataset is not known")
    return call.refuse(
        "dataset-index", "a tensor", "a dataset", "'_VariantDataset' object is not subscriptable", exception="TypeError", subject=DATASET, dataset=own,
    )  # fmt: skip
