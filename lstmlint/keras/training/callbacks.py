"""Callbacks and what they monitor."""

from __future__ import annotations

import re
import string
from typing import Any

from ...faults import Moment
from ...knowledge import Call, is_subclass
from ...program import Use
from ...values import ClassValue, External, FunctionValue, Object, Unknown, Value
from ..copies import keep_saved
from ..tensors import is_open, leaves
from .identifiers import Metric, identify_metric
from .results import measures, reported, validates, writes_logs
from .targets import Output

MONITORS = ("EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau")
DIRECTED = (
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "root_mean_squared_error",
)  # fmt: skip


def refuse_classes(call: Call, use: Use) -> None:
    """`callbacks=[EarlyStopping]`: the class where an object is wanted, or a function; `callbacks=["early_stopping"]`."""
    for callback in leaves(use.arguments.get("callbacks")):
        what = _no_callback(callback)
        if what is not None:
            wanted = "LambdaCallback(on_epoch_end=...)" if what == "function" else "EarlyStopping(patience=3)"
            call.refuse(
                "no-callback", f"a callback, such as {wanted}", f"a {what}", f"'{what}' object has no attribute 'set_model'",
                exception="AttributeError", moment=Moment.FIT, blamed=(use.arguments.place("callbacks"),), subject=use.model,
            )  # fmt: skip
        if not isinstance(callback, (External, ClassValue)):
            continue
        base = callback.name if isinstance(callback, External) else callback.external_base or ""
        if is_subclass(base, "keras.callbacks.Callback"):
            short = callback.name.rpartition(".")[2]
            call.refuse(
                "class-for-instance", "a callback", f"the class {short}", "Callback.set_model() missing 1 required positional argument: 'model'",
                exception="TypeError", moment=Moment.FIT, blamed=(use.arguments.place("callbacks"),), subject=use.model, argument="callbacks",
                name=short,
            )  # fmt: skip


def _no_callback(value: Value) -> str | None:
    """The type of what is surely no callback; None where it may be one."""
    if isinstance(value, FunctionValue):
        return "function"
    if isinstance(value, (str, int, float)):
        return "int" if isinstance(value, int) else type(value).__name__
    if not isinstance(value, Object) or value.user_class is not None or value.approximate:
        return None
    return value.class_name if value.type_name.startswith(_NO_CALLBACKS) else None


_NO_CALLBACKS = ("keras.layers.", "keras.optimizers.", "keras.losses.", "keras.metrics.")


def note_checkpoints(call: Call, use: Use) -> None:
    """A ModelCheckpoint writes the model that is trained: what is loaded from its path later is that model."""
    for callback in leaves(use.arguments.get("callbacks")):
        if not isinstance(callback, Object) or callback.type_name != "keras.callbacks.ModelCheckpoint":
            continue
        path = callback.arguments.get("filepath") if callback.arguments is not None else None
        if isinstance(path, str) and callback.arguments is not None and not callback.arguments.get("save_weights_only"):
            keep_saved(call, path, use.model, use.compile)


def check_monitors(call: Call, use: Use, outputs: list[Output]) -> None:
    """A monitored name that isn't measured: Keras can't infer the direction and raises, or warns at every epoch and does nothing."""
    given = use.arguments.get("callbacks")
    names = measures(use)
    if given is None or isinstance(given, Unknown) or is_open(given) or names is None or None in names:
        return
    validated = validates(use)
    if validated is None:
        return
    monitored = reported(names, validated)
    plain = _plain_names(use)
    for callback in leaves(given):
        if not isinstance(callback, Object) or callback.user_class is not None or callback.class_name not in MONITORS:
            continue
        if callback.arguments is None or callback.approximate or not callback.type_name.startswith("keras.callbacks."):
            continue
        _check_name(call, use, callback, monitored)
        monitor = callback.arguments.get("monitor")
        if not isinstance(monitor, str):
            continue
        place = callback.arguments.place("monitor") or callback.place
        short = monitor[4:] if monitor.startswith("val_") else str(monitor)
        mode = callback.arguments.get("mode", "auto")
        automatic = isinstance(mode, str) and mode not in ("min", "max")
        details: dict[str, Any] = {
            "callback": callback, "monitor": str(monitor), "reported": monitored, "use": use, "argument": "monitor", "validated": validated,
        }  # fmt: skip
        if automatic and short != "loss" and plain is not None and short not in plain:
            call.refuse(
                "monitor", "one of " + ", ".join(monitored), str(monitor),
                f"{callback.class_name} callback received monitor={monitor}, but Keras isn't able to automatically determine whether that "
                "metric should be maximized or minimized.",
                moment=Moment.FIT, blamed=(place,), subject=callback.type_name, **details,
            )  # fmt: skip
        waits = callback.class_name != "ModelCheckpoint" or callback.arguments.get("save_best_only") is True
        if str(monitor) not in monitored and waits:
            call.notice(
                "monitor", f"{callback.class_name} is conditioned on `{monitor}`, which is not available", moment=Moment.FIT, blamed=(place,),
                subject=callback.type_name, **details,
            )  # fmt: skip


def _check_name(call: Call, use: Use, callback: Object, monitored: list[str]) -> None:
    """A ModelCheckpoint puts what is measured into the name of its file ("{epoch:02d}-{val_loss:.2f}.keras")."""
    arguments = callback.arguments
    path = arguments.get("filepath") if arguments is not None and callback.class_name == "ModelCheckpoint" else None
    others = (other for other in leaves(use.arguments.get("callbacks")) if other is not callback)
    first, end = use.arguments.get("initial_epoch"), use.arguments.get("epochs")
    certain = (
        isinstance(first, int) and isinstance(end, int) and first < end and use.arguments.get("validation_freq") == 1
    )
    if (
        not isinstance(path, str)
        or arguments is None
        or arguments.get("save_freq") != "epoch"
        or not certain
        or any(map(writes_logs, others))
    ):
        return
    for name in _names_in(path):
        if name not in ("epoch", *monitored):
            call.refuse(
                "name-of-file", "one of " + ", ".join(monitored), name, f'Failed to format this callback filepath: "{path}". Reason: {name!r}',
                exception="KeyError", moment=Moment.FIT, blamed=(arguments.place("filepath") or callback.place,), subject=callback.type_name,
                callback=callback, monitor=name, reported=monitored, use=use, argument="filepath", validated=bool(validates(use)),
            )  # fmt: skip


def _names_in(path: str) -> list[str]:
    """The names that a text has places for, as `str.format` reads it; none where it can't."""
    try:
        return [re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(path) if name]
    except ValueError:
        return []


def _plain_names(use: Use) -> set[str] | None:
    """The metrics' own names, without an output's in front, as Keras looks for them."""
    assert use.compile is not None
    found: set[str] = set()
    for argument in ("metrics", "weighted_metrics"):
        given: Value = use.compile.arguments.get(argument)
        for value in leaves(given) if given is not None else []:
            metric = identify_metric(value)
            if not isinstance(metric, Metric) or metric.result is None:
                return None
            found.add(metric.result)
    return found
