"""What scikit-learn's preprocessing, splitting and generated data sets give."""

from __future__ import annotations

from ..dims import ANY, Dim
from ..knowledge import Call, base, function, method
from ..places import Origin
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import ListValue, Object, Value, fresh_int, is_int
from .bridge import label
from .numpy.arrays import as_array, make, size_of, take


@function("sklearn.model_selection.train_test_split")
def train_test_split(call: Call) -> Value:
    """Two pieces of each array, cut at the same row."""
    if call.open or not call.args:
        return call.unknown("what is split is not known", "list")
    sources = [as_array(call, v) for v in call.args]
    total = next((a.shape[0] for a in sources if a is not None and a.shape.rank), ANY)
    train, test = _sizes(call, total)
    pieces: list[Value] = []
    for given, array in zip(call.args, sources):
        for size, part in ((train, "train"), (test, "test")):
            shape = Shape((size, *array.shape.dims[1:])) if array is not None and array.shape.dims else UNKNOWN_SHAPE
            piece = make(call, shape, array.dtype if array is not None else None, given)
            if array is not None:
                piece.low, piece.high, piece.one_hot, piece.bits = array.low, array.high, array.one_hot, array.bits
                piece.columns, piece.type_name = array.columns, array.type_name
            if isinstance(given, ListValue):
                pieces.append(ListValue([], True, None if array is None else _sample(call, given), size, call.place))
                continue
            piece.facts["split"] = part
            pieces.append(piece)
    return ListValue(pieces, place=call.place)


def _sample(call: Call, value: ListValue) -> Value:
    from .bridge import sample_of

    return sample_of(call, value)


def _sizes(call: Call, total: Dim) -> tuple[Dim, Dim]:
    """(training rows, test rows) as scikit-learn counts them: the test part is rounded up, the training part down."""
    import math

    test, train = call.kwargs.get("test_size"), call.kwargs.get("train_size")
    if total.known is not None:
        n = total.known
        if test is None and train is None:
            test = 0.25
        if train is None and isinstance(test, float):
            count = math.ceil(test * n)
            return Dim(n - count), Dim(count)
        if train is None and isinstance(test, int) and not isinstance(test, bool):
            return Dim(n - test), Dim(int(test))
        if test is None and isinstance(train, float):
            count = math.floor(train * n)
            return Dim(count), Dim(n - count)
    origin = Origin(label(call), call.place)
    return (
        Dim(fresh_int("n_train", call.place).size, total.role, origin),
        Dim(fresh_int("n_test", call.place).size, total.role, origin),
    )


_SCALERS = (
    "StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "Normalizer", "PowerTransformer", "QuantileTransformer",
)  # fmt: skip
for _name in (*_SCALERS, "LabelEncoder", "OneHotEncoder", "LabelBinarizer", "OrdinalEncoder", "MultiLabelBinarizer"):
    base(f"sklearn.preprocessing.{_name}", "builtins.object")


@function(
    *(
        f"sklearn.preprocessing.{n}"
        for n in (*_SCALERS, "LabelEncoder", "OneHotEncoder", "LabelBinarizer", "OrdinalEncoder")
    )
)
def construct(call: Call) -> Value:
    """A transformer; it remembers how it was called."""
    made = Object(call.name, place=call.place)
    made.attributes.update({f"~{k}": v for k, v in call.kwargs.items()})
    return made


@method(
    *(
        f"sklearn.preprocessing.{n}.fit"
        for n in (*_SCALERS, "LabelEncoder", "OneHotEncoder", "LabelBinarizer", "OrdinalEncoder")
    )
)
@method(*(f"sklearn.preprocessing.{n}.partial_fit" for n in _SCALERS))
def fit(call: Call) -> Value:
    """fit() gives the transformer itself."""
    return call.receiver


@method(
    *(f"sklearn.preprocessing.{n}.{m}" for n in _SCALERS for m in ("transform", "fit_transform", "inverse_transform"))
)
def scale(call: Call) -> Value:
    """The same shape, as floats. One axis only is refused, as scikit-learn does."""
    array = as_array(call, call.args[0]) if call.args else None
    if array is None:
        return make(call, UNKNOWN_SHAPE, "float", *call.args)
    if array.shape.rank is not None and array.shape.rank != 2:
        what = "1D" if array.shape.rank == 1 else f"array with dim {array.shape.rank}"
        call.refuse(
            "rank",
            "(samples, features)",
            str(array.shape),
            f"Expected 2D array, got {what} instead",
            blamed=call.arg_places[:1],
            array=array,
        )
    low, high = (0.0, 1.0) if "MinMaxScaler" in call.name and call.name.endswith("fit_transform") else (None, None)
    if isinstance(call.receiver, Object) and "~feature_range" in call.receiver.attributes:
        low = high = None
    made = make(call, array.shape, "float", array, low=low, high=high)
    made.facts["scaled_by"] = call.receiver
    return made


@method("sklearn.preprocessing.LabelEncoder.transform", "sklearn.preprocessing.LabelEncoder.fit_transform")
def label_encode(call: Call) -> Value:
    """Labels to whole numbers: one axis."""
    array = as_array(call, call.args[0]) if call.args else None
    shape = array.shape if array is not None and array.shape.rank == 1 else Shape((ANY,))
    if array is not None and array.shape.rank == 2:
        shape = Shape((array.shape[0],))
    return make(call, shape, "int", *call.args, bits=64, low=0.0)


@method("sklearn.preprocessing.LabelBinarizer.transform", "sklearn.preprocessing.LabelBinarizer.fit_transform")
@method("sklearn.preprocessing.OneHotEncoder.transform", "sklearn.preprocessing.OneHotEncoder.fit_transform")
def one_hot(call: Call) -> Value:
    """One column for each class; how many there are is the data's."""
    array = as_array(call, call.args[0]) if call.args else None
    rows = array.shape[0] if array is not None and array.shape.rank else ANY
    encoder = call.receiver
    width = encoder.attributes.get("~width") if isinstance(encoder, Object) else None
    if width is None:
        width = fresh_int("n_classes", call.place, least=1)
        if isinstance(encoder, Object):
            encoder.attributes["~width"] = width
    kind = "int" if "LabelBinarizer" in call.name else "float"
    return make(call, Shape((rows, width)), kind, *call.args, low=0.0, high=1.0)


_DEFAULTS = {"make_classification": 20, "make_regression": 100, "make_moons": 2, "make_circles": 2, "make_blobs": 2}


@function(*(f"sklearn.datasets.{n}" for n in _DEFAULTS))
def generated(call: Call) -> Value:
    """(X, y) with `n_samples` rows and `n_features` columns."""
    arguments = take(call, "n_samples=100, n_features=None")
    short = call.name.rpartition(".")[2]
    rows = size_of(arguments["n_samples"]) if is_int(arguments["n_samples"]) else ANY
    planar = short in ("make_moons", "make_circles")
    columns = (
        Dim(2)
        if planar
        else size_of(arguments["n_features"])
        if arguments["n_features"] is not None
        else Dim(_DEFAULTS[short])
    )
    if call.kwargs.get("return_centers") or call.kwargs.get("coef") or call.kwargs.get("n_targets", 1) != 1:
        return call.unknown("what is generated depends on options that are not followed")
    kind = "float" if short == "make_regression" else "int"
    return (
        make(call, Shape((rows, columns)), "float"),
        make(call, Shape((rows,)), kind, bits=64, low=0.0 if kind == "int" else None),
    )


_TOY = {
    "load_iris": (150, 4),
    "load_digits": (1797, 64),
    "load_wine": (178, 13),
    "load_breast_cancer": (569, 30),
    "load_diabetes": (442, 10),
}


@function(*(f"sklearn.datasets.{n}" for n in _TOY))
def toy(call: Call) -> Value:
    """The small data sets that come with scikit-learn."""
    rows, columns = _TOY[call.name.rpartition(".")[2]]
    if "n_class" in call.kwargs or "as_frame" in call.kwargs:
        return call.unknown("this form of the data set is not followed")
    data = make(call, Shape.of(rows, columns), "float", bits=64)
    target = make(call, Shape.of(rows), "float" if "diabetes" in call.name else "int", bits=64, low=0.0)
    if call.kwargs.get("return_X_y") is True:
        return (data, target)
    return Object("sklearn.utils.Bunch", attributes={"data": data, "target": target}, place=call.place)


base("sklearn.utils.Bunch", "builtins.object")


@method("sklearn.utils.Bunch.__getitem__")
def bunch_item(call: Call) -> Value:
    """bunch["data"]"""
    key = call.args[0]
    return (
        call.engine.get_attribute(call.receiver, key, call.place)
        if isinstance(key, str)
        else call.unknown("which entry it is can't be known")
    )
