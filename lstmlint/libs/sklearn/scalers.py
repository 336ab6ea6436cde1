"""Scalers and other transformers of tables: (samples, features) in, (samples, features or components) out."""

from __future__ import annotations

from ...dims import ANY, Dim, same
from ...knowledge import Call, attribute, base, function, method
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Object, Value, is_int, to_dim
from ..numpy.arrays import as_array, make
from .splitting import kept_facts

SCALERS = (
    "StandardScaler",
    "MinMaxScaler",
    "RobustScaler",
    "MaxAbsScaler",
    "Normalizer",
    "PowerTransformer",
    "QuantileTransformer",
    "Binarizer",
)
_FORGETFUL = ("Normalizer", "Binarizer")
"""Transformers that learn nothing, so that the same columns may come in any number but for what fit has seen."""

_WIDTHS: dict[str, tuple[str, int | None]] = {
    # transformer: the argument that says how many columns come out, and its default
    "sklearn.decomposition.PCA": ("n_components", None),
    "sklearn.decomposition.TruncatedSVD": ("n_components", 2),
    "sklearn.decomposition.NMF": ("n_components", None),
    "sklearn.decomposition.FastICA": ("n_components", None),
    "sklearn.decomposition.KernelPCA": ("n_components", None),
    "sklearn.manifold.TSNE": ("n_components", 2),
    "sklearn.feature_selection.SelectKBest": ("k", 10),
}
_NAMES = (*(f"sklearn.preprocessing.{n}" for n in SCALERS), "sklearn.impute.SimpleImputer", *_WIDTHS)
for _name in _NAMES:
    base(_name, "builtins.object")


@function(*_NAMES)
def construct(call: Call) -> Value:
    """A transformer; it remembers how it was called."""
    made = Object(call.name, place=call.place)
    made.attributes.update({f"~{k}": v for k, v in call.kwargs.items()})
    if call.args:
        made.attributes[f"~{_WIDTHS[call.name][0]}" if call.name in _WIDTHS else "~first"] = call.args[0]
    return made


def table_of(call: Call) -> Array | None:
    """The table that a transformer gets; one axis only, or three, is refused as scikit-learn does."""
    given = call.args[0] if call.args else call.kwargs.get("X")
    array = as_array(call, given)
    if array is not None and array.shape.rank is not None and array.shape.rank != 2:
        what = {0: "scalar array", 1: "1D array"}.get(array.shape.rank)
        message = f"Expected 2D array, got {what} instead" if what else f"Found array with dim {array.shape.rank}"
        call.refuse("rank", "(samples, features)", str(array.shape), message, blamed=call.arg_places[:1], array=array)
    return array


def note_fit(call: Call, array: Array | None) -> None:
    """The transformer remembers what it was fitted on, and how many features that had."""
    own = call.receiver
    if not isinstance(own, Object):
        return
    fitted = own.attributes.get("~fitted_on", ())
    own.attributes["~fitted_on"] = (*fitted, *([array] if array is not None else []))
    known = array is not None and array.shape.rank == 2 and call.engine.in_unknown_loop is None
    own.attributes["~features"] = array.shape[1] if known and array is not None else ANY


def _features(own: Value) -> Dim | None:
    found = own.attributes.get("~features") if isinstance(own, Object) else None
    return found if isinstance(found, Dim) else None


@method(*(f"{n}.fit" for n in _NAMES), *(f"sklearn.preprocessing.{n}.partial_fit" for n in SCALERS))
def fit(call: Call) -> Value:
    """fit() gives the transformer itself."""
    note_fit(call, table_of(call))
    return call.receiver


@method(*(f"{n}.{m}" for n in _NAMES for m in ("transform", "fit_transform")))
def transform(call: Call) -> Value:
    """The same rows, as floats."""
    array = table_of(call)
    own, fitting = call.receiver, call.name.endswith("fit_transform")
    if fitting:
        note_fit(call, array)
    elif array is not None and array.shape.rank == 2:
        _check_features(call, array)
    name = call.name.rpartition(".")[0]
    options = own.attributes if isinstance(own, Object) else {}
    if any(k in options for k in ("~set_output", "~add_indicator")):
        return call.unknown("its output is not followed")
    if array is None or array.shape.dims is None:
        return make(call, _of_any_table(call, name), "float" if "KBest" not in name else None, *call.args)
    if name in _WIDTHS:
        return make(
            call, Shape((array.shape[0], _width(name, options, array))), "float" if "KBest" not in name else None, array
        )
    imputing = name.endswith("SimpleImputer")
    low, high = _range(call, name, options, fitting)
    made = make(
        call,
        array.shape if not imputing else Shape((array.shape[0], ANY)),
        "float" if not imputing else None,
        array,
        low=low,
        high=high,
    )
    made.facts = {k: v for k, v in kept_facts(array).items() if not k.startswith("~")}
    if not imputing:
        made.facts["scaled_by"] = own
    if name.endswith("Binarizer"):
        made.dtype, made.low, made.high = None, 0.0, 1.0
    return made


def _of_any_table(call: Call, name: str) -> Shape:
    """What becomes of a table that isn't known: two axes, for scikit-learn refuses all else, and as many features as it was fitted on."""
    same_width = name not in _WIDTHS and not name.endswith("SimpleImputer")
    return Shape((ANY, (_features(call.receiver) if same_width else None) or ANY))


def _range(call: Call, name: str, options: dict[str, Value], fitting: bool) -> tuple[float | None, float | None]:
    """The range that a scaler gives to the data that it is fitted on."""
    if not fitting or call.engine.in_unknown_loop is not None:
        return None, None
    if name.endswith("MinMaxScaler"):
        wanted = options.get("~feature_range", options.get("~first", (0, 1)))
        if isinstance(wanted, tuple) and len(wanted) == 2 and all(isinstance(v, (int, float)) for v in wanted):
            return float(wanted[0]), float(wanted[1])
    return (-1.0, 1.0) if name.endswith(("MaxAbsScaler", "Normalizer")) else (None, None)


def _width(name: str, options: dict[str, Value], array: Array) -> Dim:
    argument, default = _WIDTHS[name]
    wanted = options.get(f"~{argument}", default)
    if is_int(wanted) and name.endswith(("FastICA", "SelectKBest")):  # they warn where there are fewer, and take all
        return to_dim(wanted).minimum(array.shape[1])
    if is_int(wanted):
        return to_dim(wanted)
    if wanted is None and name.endswith(".PCA"):
        return array.shape[0].minimum(array.shape[1])
    return ANY


def _check_features(call: Call, array: Array) -> None:
    """Refuse another number of features than the transformer was fitted on."""
    wanted = _features(call.receiver)
    if wanted is not None and same(wanted, array.shape[1]) is False:
        short = call.name.split(".")[-2]
        call.refuse(
            "features", f"{wanted} features, as in fit", str(array.shape),
            f"X has {array.shape[1]} features, but {short} is expecting {wanted} features as input", blamed=call.arg_places[:1], array=array,
        )  # fmt: skip


@method(*(f"{n}.inverse_transform" for n in _NAMES))
def inverse(call: Call) -> Value:
    """Back to the units of the data. Only as many columns as the scaler was fitted on can go back."""
    array = table_of(call)
    name = call.name.rpartition(".")[0]
    wanted = _features(call.receiver)
    if array is None or array.shape.dims is None:
        shape = UNKNOWN_SHAPE if name in _WIDTHS else _of_any_table(call, name)
        return make(call, shape, "float", *call.args)
    if name in _WIDTHS or name.endswith("SimpleImputer"):
        return make(call, Shape((array.shape[0], wanted or ANY)), None, array)
    learned = name.endswith(("MinMaxScaler", "StandardScaler", "RobustScaler", "MaxAbsScaler"))
    if learned and wanted is not None and same(wanted, array.shape[1]) is False and same(wanted, 1) is False:
        call.refuse(
            "features", f"{wanted} columns, as in fit", str(array.shape),
            f"operands could not be broadcast together: the scaler was fitted on {wanted} columns and gets {array.shape[1]}",
            blamed=call.arg_places[:1], array=array,
        )  # fmt: skip
    made = make(call, array.shape, "float", array)
    made.facts = {k: v for k, v in kept_facts(array).items() if not k.startswith("~") and k != "scaled_by"}
    return made


_LEARNED = ("data_min_", "data_max_", "data_range_", "min_", "scale_", "mean_", "var_", "center_", "max_abs_")


@attribute(*(f"sklearn.preprocessing.{n}.{a}" for n in SCALERS for a in _LEARNED))
def learned(call: Call) -> Value:
    """scaler.scale_: a number for each feature."""
    return make(call, Shape((_features(call.receiver) or ANY,)), "float", call.receiver)


@attribute("sklearn.decomposition.PCA.explained_variance_ratio_", "sklearn.decomposition.PCA.explained_variance_")
def variances(call: Call) -> Value:
    """A number for each component."""
    return make(call, Shape((ANY,)), "float", call.receiver)


@function("sklearn.preprocessing.scale", "sklearn.preprocessing.minmax_scale", "sklearn.preprocessing.normalize", "sklearn.preprocessing.robust_scale",
          "sklearn.preprocessing.maxabs_scale")  # fmt: skip
def scale_function(call: Call) -> Value:
    """scale(X): the same shape, as floats."""
    array = as_array(call, call.args[0] if call.args else call.kwargs.get("X"))
    if array is None or call.kwargs.get("return_norm"):
        return call.unknown("what is scaled is not known")
    low, high = (
        (0.0, 1.0) if call.name.endswith("minmax_scale") and not call.kwargs and len(call.args) == 1 else (None, None)
    )
    return make(call, array.shape, "float", array, low=low, high=high)


@function("sklearn.preprocessing.PolynomialFeatures", "sklearn.preprocessing.KBinsDiscretizer", "sklearn.preprocessing.FunctionTransformer",
          "sklearn.compose.ColumnTransformer", "sklearn.pipeline.Pipeline", "sklearn.pipeline.make_pipeline")  # fmt: skip
def opaque(call: Call) -> Value:
    """Transformers whose width is not followed."""
    return call.unknown(f"what {call.name.rpartition('.')[2]} gives is not followed")
