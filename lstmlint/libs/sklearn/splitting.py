"""`train_test_split` and cross validation: pieces of arrays, cut at the same rows."""

from __future__ import annotations

import math

from ...dims import ANY, Dim, same
from ...knowledge import Call, base, function, method
from ...places import Origin
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, IteratorValue, ListValue, Object, Value, fresh_int, is_int, to_dim
from ..bridge import label, sample_of
from ..numpy.arrays import as_array, make


def kept_facts(array: Array) -> dict[str, Value]:
    """The facts that a choice of an array's rows keeps."""
    facts = {k: v for k, v in array.facts.items() if not k.startswith("~") and k != "item"}
    facts.update({k: v for k, v in array.facts.items() if k in ("~cols", "~kinds", "~levels", "item")})
    return facts


def _check_lengths(call: Call, arrays: list[Array | None]) -> None:
    """Refuse arrays that certainly differ in their number of rows."""
    known = [a for a in arrays if a is not None and a.shape.dims]
    for other in known[1:]:
        if same(known[0].shape[0], other.shape[0]) is False:
            call.refuse(
                "sample-count", "arrays with as many rows as each other", " and ".join(str(a.shape) for a in known),
                f"Found input variables with inconsistent numbers of samples: [{', '.join(str(a.shape[0]) for a in known)}]",
                blamed=call.arg_places, arrays=tuple(known),
            )  # fmt: skip


@function("sklearn.model_selection.train_test_split", "sklearn.cross_validation.train_test_split")
def train_test_split(call: Call) -> Value:
    """Two pieces of each array, cut at the same row."""
    if call.open or not call.args:
        return call.unknown("what is split is not known", "list")
    sources = [as_array(call, v) for v in call.args]
    _check_lengths(call, sources)
    total = next((a.shape[0] for a in sources if a is not None and a.shape.rank), ANY)
    sizes = _sizes(call, total)
    shuffled = call.kwargs.get("shuffle", True)
    split = object()
    rows: dict[tuple[int, str], object] = {}
    pieces: list[Value] = []
    for at, (given, array) in enumerate(zip(call.args, sources)):
        for size, part in zip(sizes, ("train", "test")):
            shape = Shape((size, *array.shape.dims[1:])) if array is not None and array.shape.dims else UNKNOWN_SHAPE
            if isinstance(given, ListValue):
                pieces.append(ListValue([], True, None if array is None else sample_of(call, given), size, call.place))
                continue
            piece = make(call, shape, array.dtype if array is not None else None, given)
            if array is not None:
                piece.low, piece.high, piece.one_hot, piece.bits = array.low, array.high, array.one_hot, array.bits
                piece.columns, piece.type_name = array.columns, array.type_name
                piece.facts = kept_facts(array)
                if "~rows" in array.facts:
                    piece.facts["~rows"] = rows.setdefault((id(array.facts["~rows"]), part), object())
                piece.facts["split_of"] = array
            piece.facts.update(split=part, split_id=split, split_at=at)
            if isinstance(shuffled, bool):
                piece.facts["shuffled"] = shuffled
            pieces.append(piece)
    return ListValue(pieces, place=call.place)


def _part(size: Value, total: int, round_up: bool) -> int | None:
    """The rows that a test_size or train_size asks for."""
    if isinstance(size, float) and 0 < size < 1:
        return math.ceil(size * total) if round_up else math.floor(size * total)
    return int(size) if isinstance(size, int) and not isinstance(size, bool) else None


def _sizes(call: Call, total: Dim) -> tuple[Dim, Dim]:
    """(training rows, test rows) as scikit-learn counts them: the test part is rounded up, the training part down."""
    test, train = call.kwargs.get("test_size"), call.kwargs.get("train_size")
    if test is None and train is None:
        test = 0.25
    n = total.known
    if n is not None:
        a = _part(train, n, False) if train is not None else None
        b = _part(test, n, True) if test is not None else None
        if (train is None or a is not None) and (test is None or b is not None):
            return Dim(a if a is not None else n - (b or 0)), Dim(b if b is not None else n - (a or 0))
    if is_int(test) and train is None and total.exact is not None:
        return Dim((total - to_dim(test)).size, total.role), to_dim(test)
    if is_int(train) and test is None and total.exact is not None:
        return to_dim(train), Dim((total - to_dim(train)).size, total.role)
    origin = Origin(label(call), call.place)
    return (
        Dim(fresh_int("n_train", call.place).size, total.role, origin),
        Dim(fresh_int("n_test", call.place).size, total.role, origin),
    )


@function("sklearn.utils.shuffle", "sklearn.utils.resample")
def shuffle(call: Call) -> Value:
    """The same arrays in another order of rows."""
    arrays = [as_array(call, v) for v in call.args]
    _check_lengths(call, arrays)
    count = call.kwargs.get("n_samples")
    made: list[Value] = []
    for given, array in zip(call.args, arrays):
        if array is None or not array.shape.dims or isinstance(given, ListValue):
            made.append(call.unknown("what is shuffled is not known"))
            continue
        rows = array.shape[0] if count is None else to_dim(count) if is_int(count) else ANY
        one = make(
            call,
            Shape((rows, *array.shape.dims[1:])),
            array.dtype,
            given,
            bits=array.bits,
            low=array.low,
            high=array.high,
        )
        one.one_hot, one.type_name, one.columns = array.one_hot, array.type_name, array.columns
        one.facts = {**kept_facts(array), "shuffled": True}
        made.append(one)
    return made[0] if len(made) == 1 else ListValue(made, place=call.place)


_FOLDS = (
    "KFold",
    "StratifiedKFold",
    "TimeSeriesSplit",
    "ShuffleSplit",
    "StratifiedShuffleSplit",
    "RepeatedKFold",
    "GroupKFold",
    "LeaveOneOut",
    "RepeatedStratifiedKFold",
    "StratifiedGroupKFold",
)
_OF_CLASSES = ("StratifiedKFold", "RepeatedStratifiedKFold", "StratifiedGroupKFold")
"""Those that count the classes, and take nothing but one label for each sample. StratifiedShuffleSplit takes rows for labels."""
for _name in _FOLDS:
    base(f"sklearn.model_selection.{_name}", "builtins.object")


@function(*(f"sklearn.model_selection.{n}" for n in _FOLDS))
def folds(call: Call) -> Value:
    """KFold(n_splits=5)"""
    default = 10 if "Shuffle" in call.name else 5
    count = call.kwargs.get("n_splits", call.args[0] if call.args else default)
    return Object(call.name, place=call.place, attributes={"n_splits": count})


@method(*(f"sklearn.model_selection.{n}.split" for n in _FOLDS))
def split(call: Call) -> Value:
    """Pairs of row numbers: (train, test) for each fold."""
    owner = call.receiver
    count = owner.attributes.get("n_splits") if isinstance(owner, Object) else None
    if call.name.split(".")[2] in _OF_CLASSES:
        _refuse_columns(call)
    exact = call.name.split(".")[2] in (
        "KFold",
        "StratifiedKFold",
        "TimeSeriesSplit",
        "ShuffleSplit",
        "StratifiedShuffleSplit",
        "GroupKFold",
        "StratifiedGroupKFold",
    )
    pair = tuple(make(call, Shape((ANY,)), "int", *call.args, bits=64, low=0.0) for _ in range(2))
    return IteratorValue([], True, pair, length=to_dim(count) if is_int(count) and exact else None)


def _refuse_columns(call: Call) -> None:
    """Labels in more than one column, as one-hot rows are."""
    given = call.args[1] if len(call.args) > 1 else call.kwargs.get("y")
    place = call.arg_places[1] if len(call.arg_places) > 1 else call.kwarg_places.get("y")
    labels = as_array(call, given) if given is not None and not call.open else None
    if labels is None or labels.shape.rank != 2:
        return
    several = same(labels.shape[1], 1) is False
    if not several and labels.one_hot and labels.shape[1].known is None:  # one column, if all are of one class
        call.notice("labels-in-columns", blamed=(place,), array=labels)
    if several:
        call.refuse(
            "labels-in-columns", "one label for each sample", str(labels.shape),
            "Supported target types are: ('binary', 'multiclass'). Got 'multilabel-indicator' instead.", blamed=(place,), array=labels,
        )  # fmt: skip


@method(*(f"sklearn.model_selection.{n}.get_n_splits" for n in _FOLDS))
def fold_count(call: Call) -> Value:
    """kfold.get_n_splits()"""
    owner = call.receiver
    found = owner.attributes.get("n_splits") if isinstance(owner, Object) else None
    return (
        found
        if is_int(found) and not call.name.endswith("LeaveOneOut.get_n_splits")
        else call.unknown("it is not known", "int")
    )
