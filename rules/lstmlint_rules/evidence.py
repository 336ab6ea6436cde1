"""What the rules know of the user's own words: the name behind a number, the names of axes, the lines of things."""

from __future__ import annotations

import re
from typing import Any

from lstmlint.dims import Dim, TracedInt
from lstmlint.faults import Fault
from lstmlint.patterns import pattern
from lstmlint.places import Origin, Place
from lstmlint.program import Compile, LayerCall, Use
from lstmlint.values import DictValue, LayerObject, ListValue, ModelObject, Object, Tensor, flatten, to_dim

RECURRENT = ("LSTM", "GRU", "SimpleRNN")
SEQUENCE_LAYERS = (*RECURRENT, "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")

_STEPS = pattern(
    r"^(n_?|num_?|nb_?)?(time_?steps?|steps?|seq(uence)?_?len(gth)?|max_?len(gth)?|look_?back|window(_?(size|len|length))?|n_?lags?)$", re.I
)  # fmt: skip
_FEATURES = pattern(r"^(n_?|num_?|nb_?)?(features?|feats?|channels?|vars?|variables|input_?dim|data_?dim)$", re.I)


def origin_of(value: Any) -> Origin | None:
    """Where a size comes from, if that is known."""
    return value.origin if isinstance(value, (TracedInt, Dim)) else None


def label(value: Any) -> str:
    """The user's name for a size with its number, "look_back (24)", or only the number."""
    origin = origin_of(value)
    size = str(to_dim(value))
    if origin is None or not origin.label or origin.label == size:
        return size
    return f"`{origin.label}` ({size})" if size != origin.label and size.isdigit() else f"`{origin.label}`"


def same_variable(a: Any, b: Any) -> bool:
    """Do both sizes come from one and the same name of the program? Equal numbers alone are no evidence."""
    left, right = origin_of(a), origin_of(b)
    if (
        left is None
        or right is None
        or not re.match(r"^[A-Za-z_][\w.]*$", left.label or "")
        or left.label != right.label
        or str(to_dim(a)) != str(to_dim(b))  # another turn of the loop that sets it
    ):
        return False
    if left is right:
        return True
    return left.place is not None and right.place is not None and left.place.node is right.place.node


def named_steps(value: Any) -> bool:
    """Is the size's name one that people give to a number of timesteps?"""
    origin = origin_of(value)
    return origin is not None and bool(_STEPS.match(origin.label.rpartition(".")[2]))


def named_features(value: Any) -> bool:
    """Is the size's name one that people give to a number of features?"""
    origin = origin_of(value)
    return origin is not None and bool(_FEATURES.match(origin.label.rpartition(".")[2]))


def line(place: Place | None) -> str:
    """ "line 4", or "above" where the place is not known."""
    return f"line {place.span.row}" if place is not None else "above"


def subject_name(fault: Fault) -> str:
    """The class of the layer or the name of the function that refused; an operator as it is written."""
    subject = fault.subject
    if isinstance(subject, LayerObject):
        return subject.class_name
    if isinstance(subject, str):
        if subject.endswith(".__operator__"):
            return f"`{fault.details['operator']}`" if "operator" in fault.details else "This operator"
        if subject.endswith(".__getitem__"):
            return "Indexing"
        return subject.removesuffix(".__init__").rpartition(".")[2]
    return "Keras"


def producer(fault: Fault) -> LayerCall | None:
    """The layer call whose output was refused, if a layer made it."""
    call = fault.details.get("input_call")
    return call if isinstance(call, LayerCall) else None


def before(call: LayerCall) -> LayerCall | None:
    """The layer call that made this call's first input."""
    first = next((leaf for leaf in flatten(call.inputs) if isinstance(leaf, Tensor)), None)
    return first.call if first is not None else None


def activation(layer: LayerObject) -> str | None:
    """The name of a layer's activation: "linear" for none, None when it can't be told."""
    kind = layer.class_name
    if layer.user_class is not None or layer.arguments is None:
        return None
    if kind in ("Softmax", "ReLU"):
        return kind.lower()
    if kind not in ("Dense", "Activation"):
        return None
    value = layer.arguments.get("activation")
    if value is None:
        return "linear"
    if isinstance(value, str):
        return str(value)
    name = getattr(value, "name", None)
    return name.rpartition(".")[2] if isinstance(name, str) and name.startswith("keras.activations.") else None


REGRESSION = {
    "mse", "mae", "mape", "msle", "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "huber", "log_cosh", "meansquarederror", "meanabsoluteerror", "logcosh",
}  # fmt: skip
_ALIASES = {
    "CategoricalCrossentropy": "categorical_crossentropy",
    "SparseCategoricalCrossentropy": "sparse_categorical_crossentropy",
    "BinaryCrossentropy": "binary_crossentropy",
}


def loss_of(value: Any) -> tuple[str, bool | None] | None:
    """A loss's name in snake case and its `from_logits` (None when that can't be told); None for what is not one known loss."""
    if isinstance(value, str):
        return str(value), False
    if isinstance(value, Object) and value.user_class is None and value.type_name.startswith("keras.losses."):
        logits = value.arguments.get("from_logits", False) if value.arguments is not None else None
        name = _ALIASES.get(value.class_name, value.class_name.lower())
        return name, logits if isinstance(logits, bool) else None
    return None


def last_layer(of: Any) -> LayerObject | None:
    """The layer that makes the only output of a model, as it was for this compile or use; None when there are several or it can't be told."""
    model = of if isinstance(of, ModelObject) else of.model
    if not isinstance(model, ModelObject) or model.incomplete or model.user_class is not None:
        return None
    layers, output = tuple(model.layers), model.outputs
    if isinstance(of, Use) or (isinstance(of, Compile) and (of.used or of is not model.compiled)):
        layers, output = of.layers, of.output
    if model.kind == "Sequential":
        found: LayerObject | None = layers[-1] if layers else None
    elif model.kind == "Functional":
        outputs = flatten(output)
        tensor = outputs[0] if len(outputs) == 1 else None
        found = tensor.call.layer if isinstance(tensor, Tensor) and tensor.call is not None else None
    else:
        return None
    return last_layer(found) if isinstance(found, ModelObject) else found


def width(layer: LayerObject) -> int | None:
    """The size of a layer's last output axis, where it is a plain number."""
    if layer.calls and layer.calls[-1].refused is None:
        return layer.calls[-1].output_shape.get(-1).known
    units = layer.arguments.get("units") if layer.arguments is not None else None
    return int(units) if isinstance(units, int) and not isinstance(units, bool) else None


ACCURACY = ("accuracy", "acc")
"""The names under which Keras looks for the accuracy that fits the loss."""


def counts_accuracy(compiled: Compile) -> bool:
    """Is plain accuracy among the metrics? Of a list that may lack what it shows nothing is said."""
    metrics = compiled.metrics
    if isinstance(metrics, (ListValue, DictValue)) and metrics.open:
        return False
    return any(isinstance(m, str) and m in ACCURACY for m in flatten(metrics))
