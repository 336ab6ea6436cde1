"""The data sets that come with scikit-learn, fetched ones, and generated ones."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...knowledge import Call, base, function, method
from ...shapes import Shape
from ...values import ListValue, Object, Value, is_int
from ..numpy.arrays import make, size_of, take

base("sklearn.utils.Bunch", "builtins.object")

_GENERATED: dict[str, tuple[str, int, str]] = {
    # function: signature of what matters, features by default, kind of the target
    "make_classification": (
        "n_samples=100, n_features=20, n_informative=2, n_redundant=2, n_repeated=0, n_classes=2",
        20,
        "int",
    ),
    "make_regression": ("n_samples=100, n_features=100, n_informative=10, n_targets=1", 100, "float"),
    "make_blobs": ("n_samples=100, n_features=2, centers=None", 2, "int"),
    "make_gaussian_quantiles": ("mean=None, cov=1.0, n_samples=100, n_features=2, n_classes=3", 2, "int"),
    "make_friedman1": ("n_samples=100, n_features=10", 10, "float"),
    "make_moons": ("n_samples=100", 2, "int"),
    "make_circles": ("n_samples=100", 2, "int"),
    "make_s_curve": ("n_samples=100", 3, "float"),
    "make_swiss_roll": ("n_samples=100", 3, "float"),
    "make_hastie_10_2": ("n_samples=12000", 10, "float"),
}


@function(
    *(f"sklearn.datasets.{n}" for n in _GENERATED), *(f"sklearn.datasets.samples_generator.{n}" for n in _GENERATED)
)
def generated(call: Call) -> Value:
    """(X, y) with `n_samples` rows and `n_features` columns."""
    short = call.name.rpartition(".")[2]
    signature, width, kind = _GENERATED[short]
    arguments = take(call, signature)
    if (
        call.kwargs.get("return_centers")
        or call.kwargs.get("coef")
        or call.kwargs.get("return_X_y") is False
        or call.open
    ):
        return call.unknown("what is generated depends on options that are not followed")
    rows = size_of(arguments["n_samples"]) if is_int(arguments["n_samples"]) else ANY
    columns = size_of(arguments["n_features"]) if "n_features" in arguments else Dim(width)
    if short == "make_blobs" and not is_int(call.kwargs.get("centers", 1)) and call.kwargs.get("centers") is not None:
        columns = ANY
    if short == "make_regression" and arguments["n_targets"] != 1:
        target = Shape((rows, size_of(arguments["n_targets"]))) if is_int(arguments["n_targets"]) else None
        if target is None:
            return call.unknown("how many targets there are is not known")
    else:
        target = Shape((rows,))
    high: float | None = None
    classes = arguments.get("n_classes")
    if short in ("make_moons", "make_circles"):
        high = 1.0
    elif isinstance(classes, int):
        high = float(classes - 1)
    elif short == "make_blobs":
        centers = arguments["centers"]
        high = 2.0 if centers is None else float(centers - 1) if isinstance(centers, int) else None
    x = make(call, Shape((rows, columns)), "float", bits=64)
    y = make(call, target, kind, bits=64, low=0.0 if kind == "int" else None, high=high if kind == "int" else None)
    if short == "make_hastie_10_2":
        y.low, y.high = -1.0, 1.0
    return (x, y)


@function("sklearn.datasets.make_multilabel_classification")
def multilabel(call: Call) -> Value:
    """(X, Y): several labels for each row."""
    arguments = take(call, "n_samples=100, n_features=20, n_classes=5")
    if (
        call.kwargs.get("sparse")
        or call.kwargs.get("return_indicator", "dense") not in ("dense", True)
        or call.kwargs.get("return_distributions")
    ):
        return call.unknown("what is generated depends on options that are not followed")
    rows = size_of(arguments["n_samples"])
    x = make(call, Shape((rows, size_of(arguments["n_features"]))), "float", bits=64)
    return (x, make(call, Shape((rows, size_of(arguments["n_classes"]))), "int", bits=64, low=0.0, high=1.0))


_TOY: dict[str, tuple[int, int, str, int | None]] = {
    # function: rows, features, kind of the target, classes
    "load_iris": (150, 4, "int", 3),
    "load_digits": (1797, 64, "int", 10),
    "load_wine": (178, 13, "int", 3),
    "load_breast_cancer": (569, 30, "int", 2),
    "load_diabetes": (442, 10, "float", None),
    "fetch_california_housing": (20640, 8, "float", None),
    "fetch_olivetti_faces": (400, 4096, "int", 40),
}


@function(*(f"sklearn.datasets.{n}" for n in _TOY))
def toy(call: Call) -> Value:
    """The small data sets that come with scikit-learn, and two that it fetches."""
    short = call.name.rpartition(".")[2]
    rows, columns, kind, classes = _TOY[short]
    if "n_class" in call.kwargs or call.args:
        return call.unknown("this form of the data set is not followed")
    facts = {"classes": classes} if classes is not None else {}
    low, high = (0.0, float(classes - 1)) if classes is not None else (None, None)
    single = short == "fetch_olivetti_faces"
    data = make(call, Shape.of(rows, columns), "float", bits=32 if single else 64)
    target = make(call, Shape.of(rows), kind, bits=64, low=low, high=high, facts=facts)
    framed = call.kwargs.get("as_frame", False)
    if framed is not False:
        from ..pandas.tables import build, token

        data = build(call, data.shape.dims, "float")
        target = build(call, target.shape.dims, kind, rows=token(data, "~rows"))
    if call.kwargs.get("return_X_y", False) is True:
        return (data, target)
    parts: dict[str, Value] = {"data": data, "target": target}
    if short == "load_digits":
        parts["images"] = make(call, Shape.of(rows, 8, 8), "float", bits=64)
    if single:
        parts["images"] = make(call, Shape.of(rows, 64, 64), "float", bits=32)
    names = call.unknown("a name", "str")
    if not single:
        parts["feature_names"] = ListValue([], True, names, Dim(columns), call.place)
    if classes is not None and not single:
        parts["target_names"] = make(call, Shape.of(classes), "string" if short != "load_digits" else "int")
    return Object("sklearn.utils.Bunch", attributes=parts, place=call.place)


@method("sklearn.utils.Bunch.__getitem__")
def bunch_item(call: Call) -> Value:
    """bunch["data"]"""
    key, own = call.args[0], call.receiver
    found = own.attributes.get(key) if isinstance(own, Object) and isinstance(key, str) else None
    return found if found is not None else call.unknown("which entry it is can't be known")


@function("sklearn.datasets.fetch_openml", "sklearn.datasets.fetch_20newsgroups", "sklearn.datasets.load_files", "sklearn.datasets.fetch_lfw_people",
          "sklearn.datasets.load_boston", "sklearn.datasets.load_svmlight_file")  # fmt: skip
def fetched(call: Call) -> Value:
    """Data that has to be fetched."""
    if call.name.endswith("fetch_openml"):
        name = call.args[0] if call.args else call.kwargs.get("name")
        if name == "mnist_784" and call.kwargs.get("as_frame") is False:
            data, target = make(call, Shape.of(70_000, 784), None), make(call, Shape.of(70_000), "object")
            whole: Value = Object("sklearn.utils.Bunch", attributes={"data": data, "target": target}, place=call.place)
            return (data, target) if call.kwargs.get("return_X_y") is True else whole
    return call.unknown("the data set is fetched")
