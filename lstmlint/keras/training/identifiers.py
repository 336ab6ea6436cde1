"""The words by which Keras knows losses, metrics and optimizers, and what a program's loss or metric argument names."""

from __future__ import annotations

import re

from ...frozen import dataclass
from ...values import Arguments, Array, External, FunctionValue, Object, Value

LOSS_CLASSES = {
    "BinaryCrossentropy": "binary_crossentropy", "BinaryFocalCrossentropy": "binary_focal_crossentropy", "CTC": "ctc",
    "CategoricalCrossentropy": "categorical_crossentropy", "CategoricalFocalCrossentropy": "categorical_focal_crossentropy",
    "CategoricalHinge": "categorical_hinge", "Circle": "circle", "CosineSimilarity": "cosine_similarity", "Dice": "dice", "Hinge": "hinge",
    "Huber": "huber", "KLDivergence": "kl_divergence", "LogCosh": "log_cosh", "MeanAbsoluteError": "mean_absolute_error",
    "MeanAbsolutePercentageError": "mean_absolute_percentage_error", "MeanSquaredError": "mean_squared_error",
    "MeanSquaredLogarithmicError": "mean_squared_logarithmic_error", "Poisson": "poisson",
    "SparseCategoricalCrossentropy": "sparse_categorical_crossentropy", "SquaredHinge": "squared_hinge", "Tversky": "tversky",
}  # fmt: skip
"""Class -> the function that it wraps. Keras knows each by either name."""

ABBREVIATIONS = {
    "bce": "binary_crossentropy", "kld": "kl_divergence", "mae": "mean_absolute_error", "mse": "mean_squared_error",
    "mape": "mean_absolute_percentage_error", "msle": "mean_squared_logarithmic_error",
}  # fmt: skip
"""Known in lower and in upper case."""

LOSSES: dict[str, str] = {
    **LOSS_CLASSES,
    **{name: name for name in LOSS_CLASSES.values()},
    **ABBREVIATIONS,
    **{short.upper(): long for short, long in ABBREVIATIONS.items()},
}
"""Every string that `keras.losses.get` knows (but the base classes) -> the loss function's name."""

METRIC_CLASSES = [
    "AUC",
    "Accuracy",
    "BinaryAccuracy",
    "BinaryCrossentropy",
    "BinaryIoU",
    "CategoricalAccuracy",
    "CategoricalCrossentropy",
    "CategoricalHinge",
    "ConcordanceCorrelation",
    "CosineSimilarity",
    "F1Score",
    "FBetaScore",
    "FalseNegatives",
    "FalsePositives",
    "Hinge",
    "IoU",
    "KLDivergence",
    "LogCoshError",
    "Mean",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanIoU",
    "MeanMetricWrapper",
    "MeanSquaredError",
    "MeanSquaredLogarithmicError",
    "Metric",
    "OneHotIoU",
    "OneHotMeanIoU",
    "PearsonCorrelation",
    "Poisson",
    "Precision",
    "PrecisionAtRecall",
    "R2Score",
    "Recall",
    "RecallAtPrecision",
    "RootMeanSquaredError",
    "SensitivityAtSpecificity",
    "SparseCategoricalAccuracy",
    "SparseCategoricalCrossentropy",
    "SparseTopKCategoricalAccuracy",
    "SpecificityAtSensitivity",
    "SquaredHinge",
    "Sum",
    "TopKCategoricalAccuracy",
    "TrueNegatives",
    "TruePositives",
]


def snake_case(name: str) -> str:
    """Keras's `to_snake_case`: MeanSquaredError -> mean_squared_error."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


_METRIC_ABBREVIATIONS = {
    "bce": "BinaryCrossentropy", "mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "mape": "MeanAbsolutePercentageError",
    "msle": "MeanSquaredLogarithmicError",
}  # fmt: skip
METRICS: dict[str, str] = {
    **{name: name for name in METRIC_CLASSES},
    **{snake_case(name): name for name in METRIC_CLASSES},
    **_METRIC_ABBREVIATIONS,
    **{short.upper(): long for short, long in _METRIC_ABBREVIATIONS.items()},
}
"""Every string that `keras.metrics.get` knows -> the metric's class."""

OPTIMIZERS = frozenset(
    [
        "adadelta",
        "adafactor",
        "adagrad",
        "adam",
        "adamax",
        "adamw",
        "ftrl",
        "lion",
        "lossscaleoptimizer",
        "multioptimizer",
        "muon",
        "nadam",
        "optimizer",
        "optimizermap",
        "rmsprop",
        "schedulefreeadamw",
        "sgd",
    ]
)
"""Every string that `keras.optimizers.get` knows, in lower case (it lowers what it is given)."""

FUNCTIONS = {
    **{name: name for name in LOSS_CLASSES.values()}, **ABBREVIATIONS, **{short.upper(): long for short, long in ABBREVIATIONS.items()},
    "logcosh": "log_cosh", "kullback_leibler_divergence": "kl_divergence",
}  # fmt: skip
"""Loss functions by the names under which `keras.losses` and `keras.metrics` hold them."""


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """A loss, or a metric's function: its function's name in Keras, as the user wrote it, and the arguments that it was made with.

    `name` is "crossentropy" where the shapes will decide. `wrapped`: a loss is called through a wrapper that squeezes last axes first.
    """

    name: str
    written: str
    arguments: Arguments | None = None

    @property
    def plain(self) -> bool:
        """Made without an argument that changes what is done with the axes."""
        given = self.arguments
        return given is None or not (given.open or any(given.explicit(name) for name in ("axis", "ignore_class")))


@dataclass(frozen=True, slots=True, eq=False)
class Unrecognized:
    """Something that Keras can't interpret as a loss or a metric: what it is, in words."""

    written: str
    names: tuple[str, ...] = ()


def identify_loss(value: Value) -> Loss | Unrecognized | None:
    """What a loss argument (one, not a list of them) names; None where that can't be told or it is the user's own."""
    if isinstance(value, str):
        text = str(value)
        if text.lower() in ("crossentropy", "ce"):
            return Loss("crossentropy", text)
        found = LOSSES.get(text)
        if found is not None:
            return Loss(found, text)
        return None if text in ("Loss", "LossFunctionWrapper") else Unrecognized(repr(text), tuple(LOSSES))
    if isinstance(value, (bool, int, float, complex, bytes)):
        return Unrecognized(repr(value))
    if isinstance(value, Array):
        return Unrecognized("the value that a loss gave")
    if isinstance(value, Object) and value.user_class is None and value.type_name.startswith("keras.losses."):
        found = LOSS_CLASSES.get(value.class_name)
        if found is None or value.approximate:
            return None
        return Loss(found, value.class_name, value.arguments)
    if isinstance(value, Object) and value.user_class is None and is_optimizer(value.type_name):
        return Unrecognized(f"`{value.class_name}`, which is an optimizer")
    if isinstance(value, External) and value.name.startswith(("keras.losses.", "keras.metrics.")):
        short = value.name.rpartition(".")[2]
        found = FUNCTIONS.get(short) or (LOSS_CLASSES.get(short) if value.name.startswith("keras.losses.") else None)
        return Loss(found, short) if found is not None else None
    return None


def metric_for_loss(value: Value) -> str | None:
    """The name of what only measures, where Keras is given it for a loss: a metric's class or object, or a function such as `binary_accuracy`."""
    if isinstance(value, Object) and value.user_class is None:
        name = value.type_name
    elif isinstance(value, External):
        name = value.name
    else:
        return None
    short = name.rpartition(".")[2]
    measures = short in METRIC_CLASSES or short.endswith("_accuracy")
    return short if name.startswith("keras.metrics.") and measures and short not in FUNCTIONS else None


def loss_like(metric: str) -> str | None:
    """The loss that is minimised where a metric of this name is wanted low; None where there is none."""
    name = {"root_mean_squared_error": "mse"}.get(snake_case(metric), snake_case(metric))
    return name if name in LOSSES else None


def is_optimizer(name: str) -> bool:
    """Is this the qualified name of one of Keras's optimizers?"""
    return name.startswith("keras.optimizers.") and name.rpartition(".")[2].lower() in OPTIMIZERS


ACCURACY = "accuracy"


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """A metric: its class in Keras ("accuracy" where the shapes decide), the name in the history, and its arguments.

    `function` is set for a plain function used as a metric. `result` is None where the name can't be told.
    """

    kind: str
    result: str | None
    written: str
    arguments: Arguments | None = None
    function: str | None = None


_RESULT_NAMES = {"LogCoshError": "logcosh", "FBetaScore": "fbeta_score", "F1Score": "f1_score"}


def identify_metric(value: Value) -> Metric | Unrecognized | None:
    """What one metric names; None where that can't be told."""
    if isinstance(value, str):
        text = str(value)
        if text.lower() in ("accuracy", "acc"):
            return Metric(ACCURACY, text, text)
        found = METRICS.get(text)
        return Metric(found, text, text) if found is not None else Unrecognized(repr(text), tuple(METRICS))
    if isinstance(value, (bool, int, float, complex, bytes)):
        return Unrecognized(repr(value))
    if isinstance(value, External) and value.name.startswith(("keras.metrics.", "keras.losses.")):
        short = value.name.rpartition(".")[2]
        if short in FUNCTIONS:
            return Metric("function", FUNCTIONS[short], short, function=FUNCTIONS[short])
        if value.name.startswith("keras.metrics.") and short in METRIC_CLASSES:
            return Metric(short, default_name(short), short)
        return None
    if isinstance(value, Object) and value.user_class is None and value.type_name.startswith("keras.metrics."):
        kind = value.class_name
        given = value.arguments.get("name") if value.arguments is not None else None
        explicit = value.arguments is not None and value.arguments.explicit("name")
        name = str(given) if isinstance(given, str) and explicit else None if explicit else default_name(kind)
        return Metric(kind, name, kind, value.arguments) if kind in METRIC_CLASSES else None
    if isinstance(value, FunctionValue):
        return Metric("function", "lambda" if value.name == "<lambda>" else value.name, value.name)
    return None


def default_name(kind: str) -> str | None:
    """The name that a metric gives itself; None where Keras numbers it (`auc_1`), so that it can't be told here."""
    numbered = (
        "AUC", "Precision", "Recall", "PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity",
        "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives", "IoU", "BinaryIoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU",
        "Mean", "Sum", "Metric", "MeanMetricWrapper",
    )  # fmt: skip
    return None if kind in numbered else _RESULT_NAMES.get(kind, snake_case(kind))
