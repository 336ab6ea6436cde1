"""What training and evaluation give back: measured numbers, and the history with its names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...knowledge import Call, attribute, method
from ...program import Compile, Use
from ...values import Array, DictValue, LayerObject, ListValue, ModelObject, Object, Unknown, Value
from ..counting import sublayers_of, unlike_shown
from ..subclass import says_nothing_of
from ..tensors import is_open, leaves
from .identifiers import Metric, identify_metric
from .targets import items_of, outputs_of

EVALUATED = "evaluated"
HISTORY = "history"
LOGS = "logs"
"""What is measured as callbacks get it."""


def measures(use: Use) -> list[str | None] | None:
    """The names of what is measured, "loss" first, None for a name that can't be told; None when not even their number can.

    That is the loss, the single losses of several outputs, and the metrics.
    """
    compiled, model = use.compile, use.model
    if (
        compiled is None
        or compiled.arguments.open
        or model.user_class is not None
        or model.opaque
        or model.incomplete
        or model.approximate
    ):
        return None
    if any(layer.opaque or not _measures_nothing(layer) for layer in model.layers):
        return None
    tensors = leaves(model.outputs) if model.outputs is not None else []
    single = model.kind == "Sequential" or len(tensors) == 1
    if not single or any(isinstance(t, Unknown) for t in tensors):
        return _several(use) if len(tensors) > 1 else None
    loss = compiled.loss
    if isinstance(loss, (Unknown, DictValue)) or (items_of(loss) is None and isinstance(loss, ListValue)):
        return None
    if len(items_of(loss) or [loss]) > 1:
        return None
    found: list[str | None] = ["loss"]
    for argument in ("metrics", "weighted_metrics"):
        given = compiled.arguments.get(argument)
        if given is None:
            continue
        if isinstance(given, Unknown) or is_open(given) or argument == "weighted_metrics":
            return None
        names = [_name(metric) for metric in leaves(given)]
        if any(isinstance(metric, Unknown) for metric in leaves(given)):
            return None
        found += names
    return _numbered(found)


def _measures_nothing(layer: LayerObject) -> bool:
    """Has the layer no metrics of its own, which Keras tracks in the attributes, nor any layer within it? Keras's own have none."""
    if layer.user_class is not None:
        held = [leaf for value in layer.attributes.values() for leaf in leaves(value)]
        metrics = any(isinstance(leaf, Object) and leaf.type_name.startswith("keras.metrics.") for leaf in held)
        if metrics or unlike_shown(layer) is not None or not says_nothing_of(layer.user_class, "metric"):
            return False
    return all(not inner.opaque and _measures_nothing(inner) for inner in sublayers_of(layer))


def _numbered(names: list[str | None]) -> list[str | None]:
    seen: dict[str, int] = {}
    result: list[str | None] = []
    for name in names:
        if name is None:
            result.append(None)
            continue
        result.append(f"{name}_{seen[name]}" if name in seen else name)
        seen[name] = seen.get(name, 0) + 1
    return result


def _name(value: Value) -> str | None:
    metric = identify_metric(value)
    return metric.result if isinstance(metric, Metric) else None


def _several(use: Use) -> list[str | None] | None:
    """Several outputs: each loss is tracked under its output's name."""
    compiled, model = use.compile, use.model
    assert compiled is not None
    from ..spec import TensorSpec

    outputs = outputs_of(model, [TensorSpec(t.shape) for t in leaves(model.outputs)])
    names = [output.name for output in outputs]
    loss = compiled.loss
    several = items_of(loss)
    losses = several if several is not None else [loss] * len(outputs)
    if (
        isinstance(loss, (DictValue, Unknown))
        or len(losses) != len(outputs)
        or any(one is None for one in losses)
        or None in names
    ):
        return None
    metrics = compiled.metrics
    if (
        compiled.arguments.get("weighted_metrics") is not None
        or isinstance(metrics, (DictValue, Unknown))
        or is_open(metrics)
    ):
        return None
    own = items_of(metrics) or []
    if own and len(own) != len(outputs):
        return None
    found: list[str | None] = ["loss", *(f"{name}_loss" for name in names)]
    for name, group in zip(names, own):
        for metric in leaves(group) if group is not None else []:
            short = _name(metric)
            found.append(None if short is None else f"{name}_{short}")
    return found


def measured(call: Call, use: Use) -> Value:
    """What `evaluate` and the single-batch methods return: one number, or a list of them; a dict with `return_dict=True`."""
    short = use.method
    reason = f"what `{short}` measures is not known"
    as_dict = use.arguments.get("return_dict")
    names = measures(use) if call.engine.keras_major >= 3 else None
    if names is not None and as_dict is True and None not in names:
        values: dict[Any, Value] = {name: Unknown(reason, call.place, "float") for name in names}
        return DictValue(values, sample=Unknown(reason, call.place, "float", key=(HISTORY, use)))
    if names is None or as_dict is not False:
        return call.unknown(reason)
    numbers = [Unknown(reason, call.place, "float", key=(EVALUATED, use)) for _ in names]
    if len(numbers) == 1:
        return numbers[0]
    return ListValue([*numbers], sample=numbers[0], place=call.place)


@method("builtins.float.__getitem__")
def item_of_number(call: Call) -> Value:
    """`model.evaluate(x, y)[1]` where nothing but the loss is measured: TypeError."""
    number = call.receiver
    if isinstance(number, Unknown) and isinstance(number.key, tuple) and number.key[0] == EVALUATED:
        call.refuse(
            "unpack", "2", "1", "'float' object is not subscriptable", exception="TypeError", value=number, index=call.args[0]
        )  # fmt: skip
    return call.unknown("a number has no items")


@attribute("keras.callbacks.History.history")
def history(call: Call) -> Value:
    """`history.history`: lists of numbers under the names of what was measured."""
    sample = Unknown("a measured value", call.place, "list", key=(HISTORY, None))
    owner = call.receiver
    use = owner.attributes.get("~use") if isinstance(owner, Object) else None
    names = measures(use) if isinstance(use, Use) and call.engine.keras_major >= 3 else None
    if names is None or None in names or not isinstance(use, Use) or not _certain(use):
        return DictValue({}, open=True, sample=sample)
    rate = ["learning_rate"] if any(map(_notes_rate, leaves(use.arguments.get("callbacks")))) else []
    lists = {
        key: ListValue([], open=True, sample=Unknown("a measured value", call.place, "float"), place=call.place)
        for key in [*reported(names, validates(use)), *rate]
    }
    return DictValue(dict(lists), sample=Unknown("a measured value", call.place, "list", key=(HISTORY, use)))


def _is_seen(call: Call, model: ModelObject) -> bool:
    """Is all known that was done with the model? Methods that nobody calls may be called after others that train or compile it."""
    return call.engine.record.uncalled is None and not model.state.get("escaped") and not model.approximate


@attribute("keras.Model.history")
def last_history(call: Call) -> Value:
    """`model.history`: what the last `fit` has measured."""
    model = call.receiver
    found = model.state.get("last_history") if isinstance(model, ModelObject) else None
    if isinstance(model, ModelObject) and isinstance(found, Object) and _is_seen(call, model):
        return found
    return call.unknown("what the last `fit` has measured is not known")


@attribute("keras.Model.metrics_names")
def metrics_names(call: Call) -> Value:
    """`model.metrics_names`: in Keras 3 all metrics of `compile` are one, of the name "compile_metrics"."""
    model = call.receiver
    compiled = model.compiled if isinstance(model, ModelObject) else None
    unknown = call.unknown("the names of the metrics are not known", "list")
    if not isinstance(model, ModelObject) or not isinstance(compiled, Compile) or call.engine.keras_major < 3:
        return unknown
    use = Use("evaluate", model, compiled.arguments, call.place, compile=compiled)
    if not _is_seen(call, model) or measures(use) is None:
        return unknown
    if len(leaves(model.outputs)) > 1 or compiled.loss is None:
        return unknown
    given = [compiled.arguments.get(name) for name in ("metrics", "weighted_metrics")]
    some = any(value is not None for value in given)
    return ListValue(["loss", *(["compile_metrics"] if some else [])], place=call.place, lists=("metrics_names", model))


def _certain(use: Use) -> bool:
    """Do we know whether it validates, and that no callback writes names of its own?"""
    callbacks = use.arguments.get("callbacks")
    if callbacks is not None:
        others = [one for one in leaves(callbacks) if not _notes_rate(one)]
        if isinstance(callbacks, Unknown) or is_open(callbacks) or any(map(writes_logs, others)):
            return False
    return (
        isinstance(use.arguments.get("epochs"), int)
        and use.arguments.get("validation_freq") == 1
        and (use.validation is None or not isinstance(use.validation, Unknown) or use.validation.kind is not None)
    )


def writes_logs(callback: Value) -> bool:
    """May a callback add to what has been measured: one of the user's own, one that isn't known, or one of Keras's that notes the learning rate?"""
    if not isinstance(callback, Object) or callback.user_class is not None:
        return True
    if not callback.type_name.startswith("keras.callbacks."):
        return True
    return callback.class_name in ("ReduceLROnPlateau", "LearningRateScheduler", "LambdaCallback", "BackupAndRestore")


def _notes_rate(callback: Value) -> bool:
    """Does a callback of Keras's add the learning rate to what is measured, and nothing else?"""
    return (
        isinstance(callback, Object)
        and callback.user_class is None
        and callback.type_name in ("keras.callbacks.ReduceLROnPlateau", "keras.callbacks.LearningRateScheduler")
    )


def reported(names: Iterable[str | None], validated: bool | None) -> list[str]:
    """The names under which Keras reports what is `measured`, as far as they are known: once more with "val_" for validation data."""
    known = [name for name in names if name is not None]
    return [*known, *(f"val_{name}" for name in known)] if validated else known


def validates(use: Use) -> bool | None:
    """Does this `fit` have validation data? None when it can't be told."""
    if use.validation is not None:
        return None if isinstance(use.validation, Unknown) else True
    fraction = use.arguments.get("validation_split")
    return None if isinstance(fraction, Unknown) else bool(fraction)


__all__ = [
    "EVALUATED",
    "HISTORY",
    "LOGS",
    "Array",
    "ModelObject",
    "history",
    "measured",
    "measures",
    "reported",
    "validates",
    "writes_logs",
]
