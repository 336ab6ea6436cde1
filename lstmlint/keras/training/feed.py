"""What `fit` and its kin are fed: arrays by their leaves, how many samples, which batch sizes; and what Keras's data adapters refuse."""

from __future__ import annotations

import ast
import math
from typing import Any

from ...dims import Dim, less, same, symbol, unless_none
from ...faults import Moment
from ...frozen import dataclass
from ...knowledge import Call
from ...libs.columns import has_text, text_columns
from ...places import Place
from ...shapes import Shape
from ...values import (
    Arguments,
    Array,
    ClassValue,
    Dataset,
    DictValue,
    External,
    FunctionValue,
    IteratorValue,
    LayerObject,
    ListValue,
    ModelObject,
    Object,
    Tensor,
    Unknown,
    Value,
    is_int,
)
from ..data.batches import GENERATOR, refused_list
from ..tensors import children, is_open, leaves
from .counts import no_whole_number
from .targets import batch_shape

DEFAULT_BATCH = 32
SERIES = "pandas.Series"


@dataclass(frozen=True, slots=True, eq=False)
class Feed:
    """One use's data: nested values with arrays as leaves whose first axis is the samples, and the sizes of its batches.

    `batches` holds every size that a batch has: plain numbers where they are known, else one symbol. `samples` is the number of rows,
    unknown for a dataset. `dataset` is set when x is one.
    """

    x: Value
    y: Value
    weights: Value
    batches: tuple[Dim, ...]
    samples: Dim
    dataset: Dataset | None = None
    single: bool = False
    """A dataset of single samples: Keras takes a sample's first axis for the batch."""
    own_rows: bool = False
    """Targets of one batch that have another number of rows than x: the loss meets them as they are."""

    def target_shape(self, target: Array, batch: Dim) -> Shape:
        """A target as the loss meets it in a batch of this size."""
        return target.shape if self.single or self.own_rows else batch_shape(target.shape, batch)


def is_array_like(value: Value) -> bool | None:
    """Would Keras take this leaf for an array? None when it can't be told."""
    if value is None or isinstance(value, Array):
        return True
    if isinstance(value, Unknown):
        return False if value.kind in ("int", "float", "bool", "str", "list", "dict", "tuple", "NoneType") else None
    if isinstance(value, (bool, int, float, complex, str, bytes, Dim)):
        return False
    if isinstance(value, (FunctionValue, ClassValue, LayerObject)):
        return False
    return None


def first_plain(value: Value) -> Value | None:
    """The first leaf that surely isn't an array (a number, a string), wrapped in a list; None when there is none."""
    if isinstance(value, (ListValue, IteratorValue)) and value.open:
        candidates = [*value.items, *([value.sample] if value.sample is not None else [])]
        for item in candidates:
            found = first_plain(item)
            if found is not None:
                return found
        return None
    inner = children(value)
    if inner is None:
        return [value] if is_array_like(value) is False else None
    for child in inner:
        found = first_plain(child)
        if found is not None:
            return found
    return None


def _numbers_of_numpy(value: Value) -> list[Value] | None:
    """The first of NumPy's numbers in a list, which has no rows that could be counted; None when there is none."""
    if not isinstance(value, ListValue):
        return None
    first = value.items[0] if value.items else value.sample
    numbers = isinstance(first, Array) and first.type_name == "numpy.ndarray" and first.shape.rank == 0
    return [first] if numbers else None


def _without_adapter(value: Value) -> str | None:
    """What it is that Keras 3 has no adapter for: a `zip`, or an object of a class of the program's own; None where it has one, or may have."""
    if isinstance(value, IteratorValue) and value.zipped:
        return "zip"
    cls = value.user_class if isinstance(value, Object) else None
    above = (
        [base for base in cls.mro() if not (isinstance(base, External) and base.name == "builtins.object")]
        if cls
        else []
    )
    own = [base for base in above if isinstance(base, ClassValue)]
    ways_in = ("__array__", "__getattr__", "__getattribute__", "~metaclass")
    names = {"object", *(base.name for base in own)}
    written = [base for one in own for base in one.node.bases]
    plain = all(isinstance(base, ast.Name) and base.id in names for base in written)  # and none that a condition chose
    if cls is None or len(own) != len(above) or not plain or "__array__" in value.attributes:
        return None
    return None if any(name in base.attributes for base in own for name in ways_in) else cls.name


def fresh_batch(place: Place | None) -> Dim:
    """A batch of unknown size. That it is more than one sample is what nearly always holds, and no error is built on it."""
    return Dim(symbol("batch", 2))


def feed(
    call: Call, arguments: Arguments, x: Value, y: Value, weights: Value, moment: Moment, *, cut: bool = False
) -> Feed | None:
    """Adapt x, y and sample weights as Keras's data adapters do. None when nothing can be said of them.

    `cut`: validation_split cuts all arrays at the first one's number of samples, so that longer ones pass.
    """
    if isinstance(x, Dataset):
        return _dataset(call, arguments, x, y, weights, moment)
    stranger = _without_adapter(x) if call.engine.keras_major >= 3 else None
    if stranger is not None:
        call.refuse(
            "no-data", "arrays, a data set, a generator or a keras.utils.PyDataset", f"a {stranger}",
            f"Unrecognized data type: x, a {stranger}", moment=moment, blamed=(arguments.place("x"),), subject=call.receiver,
        )  # fmt: skip
    for name, value in (("x", x), ("y", y)):
        symbolic = next((leaf for leaf in leaves(value) if isinstance(leaf, Tensor)), None)
        if symbolic is not None and call.engine.keras_major >= 3 and not call.name.endswith("_on_batch"):
            call.refuse(
                "symbolic-data", "data", "a symbolic tensor", "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
                exception="TypeError", moment=moment, blamed=(arguments.place(name),), subject=call.receiver, argument=name, value=symbolic,
            )  # fmt: skip
    on_batch = call.name.endswith("_on_batch")  # takes what it is given for one batch: no adapter counts its rows
    for name, value in (("x", x), ("y", y), ("sample_weight", weights)):
        plain = first_plain(value) or (None if on_batch else _numbers_of_numpy(value))
        if plain is not None and not isinstance(x, Unknown):
            call.refuse(
                "not-an-array", "NumPy arrays, pandas objects or tensors", _container(value),
                f"Unrecognized data type: {name}={_container(value)}", exception="IndexError" if isinstance(plain[0], Array) else "ValueError",
                moment=moment, blamed=(arguments.place(name),), subject=call.receiver, argument=name, value=value, leaf=plain[0],
            )  # fmt: skip
    if (
        isinstance(x, (Unknown, IteratorValue))
        or is_open(x)
        or any(isinstance(leaf, (Unknown, Object)) for leaf in leaves(x))
    ):
        return None
    _text(call, arguments, x, "x", moment)
    _strings(call, arguments, x, moment)
    x, y, weights = _tabular(x), _tabular(y), _tabular(weights)
    counts = [
        (name, leaf, leaf.shape[0])
        for name, value in (("x", x), ("y", y), ("sample_weight", weights))
        if not is_open(value)
        for leaf in leaves(value)
        if isinstance(leaf, Array) and leaf.shape.rank
    ]
    for name, leaf, count in () if on_batch else counts[1:]:
        differ = same(unless_none(counts[0][2]), unless_none(count)) is False  # without any rows nothing is trained
        if cut and differ:
            differ = (
                counts[0][2].exact is not None
                and count.exact is not None
                and less(count.exact, counts[0][2].exact) is True
            )
        if differ:
            call.refuse(
                "sample-counts", f"{counts[0][2]} samples", f"{count} samples",
                "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. "
                + " ".join(f"'{n}' sizes: {c}" for n, _, c in counts),
                moment=moment, blamed=(arguments.place(counts[0][0]), arguments.place(name)), subject=call.receiver,
                first=counts[0][1], second=leaf, first_name=counts[0][0], second_name=name,
            )  # fmt: skip
    samples = next((c for _, _, c in counts if c.exact is not None), counts[0][2] if counts else Dim.of(None))
    own_rows = on_batch and any(name == "y" and same(samples, count) is False for name, _, count in counts)
    return Feed(x, y, weights, batch_sizes(call, arguments, samples), samples, own_rows=own_rows)


def batch_sizes(call: Call, arguments: Arguments, samples: Dim) -> tuple[Dim, ...]:
    """Every size that a batch of so many samples has."""
    if call.name.endswith("_on_batch"):
        return (samples if samples.known is not None else fresh_batch(call.place),)
    given, steps = arguments.get("batch_size"), arguments.get("steps_per_epoch", arguments.get("steps"))
    if samples.known is None or isinstance(given, Unknown) or isinstance(steps, Unknown):
        return (fresh_batch(call.place),)
    if given is None:
        size = math.ceil(samples.known / steps) if isinstance(steps, int) and steps > 0 else DEFAULT_BATCH
    elif isinstance(given, int) and given > 0:
        size = int(given)
    else:
        return (fresh_batch(call.place),)
    rest = samples.known % size if size else 0
    sizes = ([size] if samples.known >= size else []) + ([rest] if rest else [])
    return tuple(Dim(s) for s in sizes) or (fresh_batch(call.place),)


def _container(value: Value) -> str:
    if isinstance(value, (ListValue, tuple)):
        return "a Python list" if isinstance(value, ListValue) else "a tuple"
    if isinstance(value, LayerObject):
        return "a model" if isinstance(value, ModelObject) else f"a {value.class_name} layer"
    kind = {
        int: "a number", float: "a number", str: "a string", DictValue: "a dict", FunctionValue: "a function", ClassValue: "a class",
    }.get(type(value))  # fmt: skip
    if isinstance(value, Unknown):
        return f"a {value.kind}"
    return kind or ("a number" if is_int(value) else type(value).__name__)


def _tabular(value: Value) -> Value:
    """A pandas Series becomes a column, as Keras's adapter makes it."""
    if isinstance(value, Array):
        if value.type_name == SERIES and value.shape.rank == 1:
            column = Array(
                value.shape.extend(1), value.dtype, value.type_name, value.bits, value.low, value.high, value.one_hot
            )
            column.name, column.made, column.place, column.facts = (
                value.name,
                value.made,
                value.place,
                {**value.facts, "series": value},
            )
            column.constant = tuple((item,) for item in value.constant) if isinstance(value.constant, tuple) else None
            return column
        return value
    if isinstance(value, ListValue):
        return ListValue([_tabular(v) for v in value.items], value.open, value.sample, value.length, value.place)
    if isinstance(value, tuple):
        return tuple(_tabular(v) for v in value)
    if isinstance(value, DictValue):
        return DictValue({k: _tabular(v) for k, v in value.entries.items()}, value.open, value.sample)
    return value


def _text(call: Call, arguments: Arguments, value: Value, name: str, moment: Moment) -> None:
    """Strings or Python objects where the model takes numbers."""
    model = call.receiver
    if not isinstance(model, ModelObject) or model.kind == "Subclass":
        return
    if model.inputs is None:
        text = isinstance(value, Array) and (value.dtype in ("string", "object") or has_text(value))
        if text and _begins_with_numbers(model):
            refuse_text(call, arguments, value, name, moment)
        return
    inputs = leaves(model.inputs)
    if isinstance(value, DictValue):  # goes to the inputs by their names, in whatever order it is written
        data = [value.entries.get(getattr(tensor, "name", None)) for tensor in inputs]
    else:
        data = list(leaves(value))
    if len(inputs) != len(data):
        return
    for tensor, leaf in zip(inputs, data):
        numeric = isinstance(getattr(tensor, "dtype", None), str) and tensor.dtype.startswith(
            ("float", "int", "uint", "bool")
        )
        if isinstance(leaf, Array) and (leaf.dtype in ("string", "object") or has_text(leaf)) and numeric:
            refuse_text(call, arguments, leaf, name, moment)


def _begins_with_numbers(model: ModelObject) -> bool:
    """Does a Sequential that has no input yet begin with a layer that computes with numbers?"""
    first = model.layers[0] if model.layers and model.kind == "Sequential" and model.incomplete is None else None
    return first is not None and first.user_class is None and first.opaque is None and first.class_name in _OF_NUMBERS


_OF_NUMBERS = frozenset(
    [
        "BatchNormalization", "Bidirectional", "Conv1D", "Conv2D", "Dense", "Embedding", "Flatten", "GRU", "LSTM", "Masking", "RNN", "SimpleRNN",
    ]
)  # fmt: skip


def _strings(call: Call, arguments: Arguments, value: Value, moment: Moment) -> None:
    """NumPy's own strings ("<U11"), which Keras's adapter has no type for, whatever the model does with them: objects and tensors it takes.
    A single batch goes to the model as it is."""
    if call.engine.keras_major < 3 or call.name.endswith("_on_batch"):
        return
    for leaf in leaves(value):
        if isinstance(leaf, Array) and leaf.type_name == "numpy.ndarray" and _made_of_strings(leaf):
            call.refuse(
                "numpy-strings", "an array of objects, or tf.constant", "NumPy's strings", "Invalid dtype: str", moment=moment,
                blamed=(arguments.place("x"),), subject=call.receiver, argument="x", array=leaf,
            )  # fmt: skip


def _made_of_strings(array: Array) -> bool:
    """Are these surely NumPy's own strings? What comes out of a tensor or a pandas column holds Python objects."""
    if array.dtype != "string" or array.made is None:
        return False
    split = array.facts.get("split_of")
    if isinstance(split, Array):
        return _made_of_strings(split)
    sources = [value for value in array.made.inputs if isinstance(value, Array)]
    return array.made.by.startswith("numpy.") and all(_made_of_strings(source) for source in sources)


def refuse_text(call: Call, arguments: Arguments, leaf: Array, name: str, moment: Moment) -> None:
    """Keras has no number for a string or an object."""
    columns = text_columns(leaf)
    what = f"text in {columns}" if columns else "strings" if leaf.dtype == "string" else "Python objects"
    call.refuse(
        "not-numbers", "numbers", what, f"Invalid dtype: {'str' if leaf.dtype == 'string' else 'object'}", moment=moment,
        blamed=(arguments.place(name),), subject=call.receiver, argument=name, array=leaf,
    )  # fmt: skip


def _is_one_number(leaf: Value) -> bool:
    return leaf.shape.rank == 0 if isinstance(leaf, Array) else isinstance(leaf, (int, float))


def _dataset(call: Call, arguments: Arguments, x: Dataset, y: Value, weights: Value, moment: Moment) -> Feed | None:
    kind = (
        "generator" if x.type_name.rpartition(".")[2] in ("generator", "Generator") else x.type_name.rpartition(".")[2]
    )
    for name, value in (("y", y), ("sample_weight", weights)):
        if value is not None and not isinstance(value, Unknown):
            call.refuse(
                "dataset-argument", f"no `{name}`", name,
                f"When providing `x` as a {kind}, `{name}` should not be passed. Instead, it should be included as part of the {kind}.",
                moment=moment, blamed=(arguments.place(name),), subject=call.receiver, argument=name, dataset=x,
            )  # fmt: skip
    by_class = arguments.get("class_weight") if moment is Moment.FIT else None
    if (
        x.type_name == GENERATOR
        and by_class is not None
        and not isinstance(by_class, Unknown)
        and call.engine.keras_major >= 3
    ):
        call.refuse(
            "dataset-argument", "no `class_weight`", "class_weight",
            "Argument `class_weight` is not supported for Python generator inputs.",
            moment=moment, blamed=(arguments.place("class_weight"),), subject=call.receiver, argument="class_weight", dataset=x,
        )  # fmt: skip
    if x.cardinality is not None and x.cardinality.known == 0:
        return None  # nothing meets the model
    length = no_whole_number(x.facts.get("~length")) if call.engine.keras_major >= 3 else None
    if length is not None:
        owner = x.made.inputs[0] if x.made is not None else None
        name = owner.user_class.name if isinstance(owner, Object) and owner.user_class is not None else "PyDataset"
        call.refuse(
            "count", "a whole number", length, f"'{length}' cannot be interpreted as an integer", exception="TypeError", moment=moment,
            subject=call.receiver, argument=f"{name}.__len__()", value=x.facts.get("~length"), method=call.name.rpartition(".")[2],
        )  # fmt: skip
    lists = refused_list(call.engine, x)
    if lists is not None:
        whole = not isinstance(lists, ListValue) or lists is x.facts.get("~given")
        call.refuse(
            "list-in-batch", "a tuple", _container(lists),
            "When passing a Python generator to a Keras model, the generator must return a tuple" if whole
            else "`output_signature` must contain objects that are subclass of `tf.TypeSpec` but found <class 'list'>",
            moment=moment, exception="ValueError" if whole else "TypeError", blamed=(arguments.place("x"),), subject=call.receiver,
            value=lists, whole=whole, dataset=x,
        )  # fmt: skip
    if x.type_name == GENERATOR and any(_is_one_number(leaf) for leaf in leaves(x.element)):
        call.refuse(
            "number-in-batch", "arrays", "a number", "When passing a dataset to a Keras model, the arrays must be at least rank 1.",
            moment=moment, blamed=(arguments.place("x"),), subject=call.receiver, dataset=x,
        )  # fmt: skip
    parts: list[Value]
    element = x.element
    if isinstance(element, tuple):
        if not 1 <= len(element) <= 3:
            return None
        parts = [*element, None, None][:3]
    elif isinstance(element, (Array, DictValue)):
        parts = [element, None, None]
    else:
        return None
    if any(isinstance(leaf, Unknown) for leaf in leaves(parts[0])):
        return None
    first = next((leaf for leaf in leaves(parts[0]) if isinstance(leaf, Array)), None)
    axis = first.shape[0] if first is not None and first.shape.rank else None
    single = x.batched is False
    size = axis if axis is not None and axis.known is not None else fresh_batch(call.place)
    return Feed(parts[0], parts[1], parts[2], (size,), Dim.of(None), x, single)


def unpack_validation(
    call: Call, arguments: Arguments, value: Value, moment: Moment
) -> tuple[Value, Value, Value] | None:
    """`validation_data` as (x, y, sample_weight); None when it can't be seen into."""
    if isinstance(value, ListValue) and not value.open:
        value = tuple(value.items)
    if isinstance(value, (Dataset, Array, DictValue)):
        return value, None, None
    if not isinstance(value, tuple):
        return None
    if not 1 <= len(value) <= 3:
        call.refuse(
            "validation-data", "(x, y) or (x, y, sample_weight)", f"{len(value)} values",
            "Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`", moment=moment,
            blamed=(arguments.place("validation_data"),), subject=call.receiver, count=len(value),
        )  # fmt: skip
    x, y, weights = [*value, None, None][:3]
    return x, y, weights


def split(call: Call, arguments: Arguments, x: Value, y: Value, weights: Value) -> tuple[Value, Value, Value] | None:
    """What `validation_split` leaves for training; refuses what Keras can't split. None when it can't be told."""
    part = arguments.get("validation_split")
    if isinstance(x, Dataset):
        kind = x.type_name.rpartition(".")[2]
        call.refuse(
            "dataset-argument", "no `validation_split`", "validation_split",
            f"Argument `validation_split` is only supported for tensors or NumPy arrays. Found incompatible type in the input: {kind}",
            moment=Moment.FIT, blamed=(arguments.place("validation_split"),), subject=call.receiver, argument="validation_split", dataset=x,
        )  # fmt: skip
    if isinstance(part, (str, tuple, ListValue)) or (isinstance(part, Array) and part.shape.rank):
        call.refuse(
            "validation-split", "a number between 0 and 1", _container(part) if not isinstance(part, Array) else "an array",
            "unsupported operand type(s) for -: 'float' and what `validation_split` is", moment=Moment.FIT, exception="TypeError",
            blamed=(arguments.place("validation_split"),), subject=call.receiver, part=part,
        )  # fmt: skip
    if not isinstance(part, (int, float)):
        return None
    if not abs(part) < 2**31:
        call.refuse(
            "validation-split", "a number between 0 and 1", str(part)[:20], "cannot convert what is left for training to an integer", moment=Moment.FIT,
            exception="OverflowError", blamed=(arguments.place("validation_split"),), subject=call.receiver, part=part,
        )  # fmt: skip
    first = next((leaf for leaf in leaves((x, y, weights)) if isinstance(leaf, Array) and leaf.shape.rank), None)
    count = first.shape[0].known if first is not None else None
    if count is not None:
        at = math.floor(count * (1.0 - part))
        if at == 0 or at == count:
            call.refuse(
                "validation-split", "samples for training and for validation", f"{count} samples",
                f"Training data contains {count} samples, which is not sufficient to split it into a validation and training set as "
                f"specified by `validation_split={part}`.",
                moment=Moment.FIT, blamed=(arguments.place("validation_split"), arguments.place("x")), subject=call.receiver,
                count=count, part=part,
            )  # fmt: skip
        return x, y, weights
    return x, y, weights


def rows(value: Value, start: int | None, stop: int | None) -> Value:
    """The same nested arrays with so many rows (known sizes only), for the two sides of a split."""

    def one(array: Array) -> Array:
        known = array.shape[0].known if array.shape.rank else None
        size: Any = None if known is None else len(range(known)[start:stop])
        dim = Dim(size) if size is not None else Dim(symbol("samples", 1))
        shape = Shape((dim, *(array.shape.dims or ())[1:])) if array.shape.rank else array.shape
        part = Array(shape, array.dtype, array.type_name, array.bits, array.low, array.high, array.one_hot)
        part.name, part.made, part.place, part.facts = (
            array.name,
            array.made,
            array.place,
            {**array.facts, "whole": array},
        )
        constant = array.constant[start:stop] if isinstance(array.constant, tuple) else None
        part.constant = constant
        return part

    if isinstance(value, Array):
        return one(value)
    if isinstance(value, ListValue):
        return ListValue(
            [rows(v, start, stop) for v in value.items], value.open, value.sample, value.length, value.place
        )
    if isinstance(value, tuple):
        return tuple(rows(v, start, stop) for v in value)
    if isinstance(value, DictValue):
        return DictValue({k: rows(v, start, stop) for k, v in value.entries.items()}, value.open, value.sample)
    return value
