"""Encoders of labels and categories: whole numbers, or a column for each class."""

from __future__ import annotations

from ...dims import ANY, Dim, same
from ...knowledge import Call, attribute, base, function, method
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Object, Value, fresh_int
from ..numpy.arrays import as_array, make
from ..numpy.constants import array_len
from ..numpy.indexing import ndim, shape
from .scalers import note_fit, table_of

_PACKAGE = "sklearn.preprocessing"
_ENCODERS = ("LabelEncoder", "OneHotEncoder", "LabelBinarizer", "OrdinalEncoder", "MultiLabelBinarizer")
_VECTORIZERS = tuple(
    f"sklearn.feature_extraction.text.{n}"
    for n in ("CountVectorizer", "TfidfVectorizer", "TfidfTransformer", "HashingVectorizer")
)
_NAMES = (*(f"{_PACKAGE}.{n}" for n in _ENCODERS), *_VECTORIZERS)
for _name in _NAMES:
    base(_name, "builtins.object")

SPARSE = "scipy.sparse.csr_matrix"
base(SPARSE, "builtins.object")
attribute(f"{SPARSE}.shape")(shape)
attribute(f"{SPARSE}.ndim")(ndim)
method(f"{SPARSE}.__len__")(array_len)


@function(*_NAMES)
def construct(call: Call) -> Value:
    """An encoder; it remembers how it was called."""
    made = Object(call.name, place=call.place)
    made.attributes.update({f"~{k}": v for k, v in call.kwargs.items()})
    return made


def _own(call: Call) -> dict[str, Value]:
    return call.receiver.attributes if isinstance(call.receiver, Object) else {}


def _given(call: Call) -> Value:
    return call.args[0] if call.args else call.kwargs.get("X", call.kwargs.get("y", call.kwargs.get("raw_documents")))


def _labels(call: Call) -> Array | None:
    """The labels that LabelEncoder gets: one axis, or one column."""
    array = as_array(call, _given(call))
    if array is not None and array.shape.rank is not None:
        if array.shape.rank > 2 or (array.shape.rank == 2 and same(array.shape[1], 1) is False):
            call.refuse("rank", "one axis of labels", str(array.shape), f"y should be a 1d array, got an array of shape {array.shape} instead.",
                        blamed=call.arg_places[:1], array=array)  # fmt: skip
    return array


def _classes(array: Array | None) -> int | None:
    """How many classes there are, where all labels are known."""
    constant = array.constant if array is not None and array.shape.rank == 1 else None
    return len(set(constant)) if isinstance(constant, tuple) and None not in constant else None


def _width(call: Call) -> Dim:
    """The number of classes that the encoder knows: the same unknown number until it is fitted again."""
    options = _own(call)
    width = options.get("~width")
    if not isinstance(width, Dim):
        width = fresh_int("n_classes", call.place, least=1)
        options["~width"] = width
    return width


def _fit(call: Call, array: Array | None) -> None:
    options = _own(call)
    note_fit(call, array)
    options.pop("~width", None)
    classes = _classes(array)
    if classes is not None and call.engine.in_unknown_loop is None:
        options["~width"] = Dim(classes)


@method(*(f"{n}.fit" for n in _NAMES))
def fit(call: Call) -> Value:
    """fit() gives the encoder itself."""
    short = call.name.split(".")[-2]
    if short in ("OneHotEncoder", "OrdinalEncoder"):
        array = table_of(call)
    elif short == "LabelEncoder":
        array = _labels(call)
    else:
        array = as_array(call, _given(call)) if short == "LabelBinarizer" else None
    _fit(call, array)
    return call.receiver


@method(f"{_PACKAGE}.LabelEncoder.transform", f"{_PACKAGE}.LabelEncoder.fit_transform")
def label_encode(call: Call) -> Value:
    """Labels to whole numbers: one axis."""
    array = _labels(call)
    if call.name.endswith("fit_transform"):
        _fit(call, array)
    rows = array.shape[0] if array is not None and array.shape.rank else ANY
    made = make(call, Shape((rows,)), "int", *call.args, bits=64, low=0.0)
    width = _own(call).get("~width")
    if isinstance(width, Dim) and width.known is not None:
        made.high = float(width.known - 1)
        if call.name.endswith("fit_transform"):
            made.facts["classes"] = width.known
    return made


@method(f"{_PACKAGE}.OrdinalEncoder.transform", f"{_PACKAGE}.OrdinalEncoder.fit_transform")
def ordinal(call: Call) -> Value:
    """Categories to numbers, column by column."""
    array = table_of(call)
    if call.name.endswith("fit_transform"):
        note_fit(call, array)
    kind = "float" if "~dtype" not in _own(call) else None
    return make(call, array.shape if array is not None else UNKNOWN_SHAPE, kind, *call.args)


@method(
    *(
        f"{_PACKAGE}.{n}.{m}"
        for n in ("OneHotEncoder", "LabelBinarizer", "MultiLabelBinarizer")
        for m in ("transform", "fit_transform")
    )
)
def one_hot(call: Call) -> Value:
    """One column for each class; LabelBinarizer needs but one for two classes. OneHotEncoder's result is sparse unless told otherwise."""
    short, options = call.name.split(".")[-2], _own(call)
    array = (
        table_of(call)
        if short == "OneHotEncoder"
        else as_array(call, _given(call))
        if short == "LabelBinarizer"
        else None
    )
    if call.name.endswith("fit_transform"):
        _fit(call, array if short == "LabelBinarizer" else None)
        if short == "OneHotEncoder":
            note_fit(call, array)
    width = _width(call)
    if short == "LabelBinarizer" and width.known is not None:
        width = Dim(1) if width.known <= 2 else width
    if short == "LabelBinarizer" and array is not None and array.shape.rank is not None and array.shape.rank > 1:
        return make(call, Shape.any(2), "int", *call.args)
    rows = (
        array.shape[0]
        if array is not None and array.shape.rank
        else _rows(call)
        if short == "MultiLabelBinarizer"
        else ANY
    )
    sparse = options.get("~sparse_output", options.get("~sparse", short == "OneHotEncoder"))
    if not isinstance(sparse, bool):
        return call.unknown("whether the result is sparse is not known")
    kind: str | None = "float" if short == "OneHotEncoder" else "int"
    if "~dtype" in options:
        kind = None
    one_column = array is not None and array.shape.rank == 2 and same(array.shape[1], 1) is True
    exact = (
        True if short == "OneHotEncoder" and one_column and not options.keys() & {"~drop", "~handle_unknown"} else None
    )
    return make(call, Shape((rows, width)), kind, *call.args, low=0.0 if not options.keys() & {"~neg_label"} else None, high=1.0, one_hot=exact,
                type_name=SPARSE if sparse else "numpy.ndarray")  # fmt: skip


def _rows(call: Call) -> Dim:
    from ..bridge import length_of

    return length_of(call, _given(call)) or ANY


@method(*(f"{n}.{m}" for n in _VECTORIZERS for m in ("transform", "fit_transform")))
def vectorize(call: Call) -> Value:
    """A sparse column for each word."""
    if call.name.endswith("fit_transform"):
        _fit(call, None)
    return make(call, Shape((_rows(call), _width(call))), None, *call.args, type_name=SPARSE)


@method(f"{SPARSE}.toarray", f"{SPARSE}.todense", f"{SPARSE}.astype")
def to_array(call: Call) -> Value:
    """matrix.toarray()"""
    own = call.receiver
    if not isinstance(own, Array):
        return call.unknown("the matrix is not known")
    if call.name.endswith("astype"):
        return make(call, own.shape, None, own, type_name=SPARSE)
    return make(call, own.shape, own.dtype, own, low=own.low, high=own.high, one_hot=own.one_hot)


@method(*(f"{_PACKAGE}.{n}.inverse_transform" for n in _ENCODERS))
def inverse(call: Call) -> Value:
    """Back to the labels."""
    array = as_array(call, _given(call))
    short = call.name.split(".")[-2]
    if short == "MultiLabelBinarizer" or array is None or array.shape.dims is None:
        return call.unknown("the labels are not known")
    if short in ("LabelEncoder", "LabelBinarizer"):
        return make(call, Shape((array.shape[0],)) if array.shape.dims else UNKNOWN_SHAPE, None, array)
    features = _own(call).get("~features")
    return make(call, Shape((array.shape[0], features if isinstance(features, Dim) else ANY)), None, array)


@attribute(
    f"{_PACKAGE}.LabelEncoder.classes_",
    f"{_PACKAGE}.LabelBinarizer.classes_",
    f"{_PACKAGE}.MultiLabelBinarizer.classes_",
)
def classes(call: Call) -> Value:
    """encoder.classes_: every label once."""
    return make(call, Shape((_width(call),)), None, call.receiver)


@function(f"{_PACKAGE}.label_binarize")
def label_binarize(call: Call) -> Value:
    """label_binarize(y, classes=...): a column for each class."""
    return make(call, Shape.any(2), "int", *call.args, low=0.0, high=1.0)
