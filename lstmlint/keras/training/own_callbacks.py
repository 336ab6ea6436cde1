"""Callbacks of the user's own, and the functions of a LambdaCallback: `fit` calls them, and what these ask of Keras counts where the model is trained."""

from __future__ import annotations

from collections.abc import Iterator

from ...knowledge import Call, attribute
from ...program import Use
from ...values import (
    DictValue,
    ModelObject,
    Object,
    TrainingParams,
    Unknown,
    Value,
    fresh_int,
)
from ..gone import FOLLOWED, is_gone_from
from ..own_shapes import written
from ..tensors import is_open, leaves
from .results import HISTORY, LOGS, measures, reported, validates, writes_logs

CALLBACK = "keras.callbacks.Callback"
LAMBDA = "keras.callbacks.LambdaCallback"
HOOKS = (
    ("on_train_begin", False, False),
    ("on_epoch_begin", True, True),
    ("on_batch_begin", True, True),
    ("on_train_batch_begin", True, True),
    ("on_batch_end", True, True),
    ("on_train_batch_end", True, True),
    ("on_epoch_end", True, True),
    ("on_train_end", False, False),
)
"""What `fit` calls, in this order: the method, whether it gets a number first, and whether it is called any number of times."""
_KEPT = ("set_model", "set_params", "model", "params")
"""What a class that has it of its own does in its own way."""


def follow_callbacks(call: Call, use: Use) -> None:
    """Call the methods of the user's callbacks as `fit` does it, once for each callback.

    What is called there, on whatever the callback has at hand, says nothing of how a layer is used that was called or built before.
    """
    before = len(call.engine.record.layer_calls)
    try:
        _follow(call, use)
    finally:
        for made in call.engine.record.layer_calls[before:]:
            if isinstance(made.layer, ModelObject) or (made.layer.calls and made.layer.calls[0] is not made):
                made.layer.calls = [known for known in made.layer.calls if known is not made]


def _follow(call: Call, use: Use) -> None:
    for callback in _own(call, use):
        callback.attributes[FOLLOWED] = True
        callback.attributes["model"] = use.model
        callback.attributes["params"] = TrainingParams(
            {
                name: Unknown(f"`{name}` of this training is not known", call.place)
                for name in ("verbose", "epochs", "steps")
            }
        )
        for name, numbered, often in HOOKS:
            method = _hook(call, callback, name)
            if method is None:
                continue
            args: list[Value] = [fresh_int(name.split("_")[-2], call.place)] if numbered else []
            args.append(_logs(call, use, callback) if name == "on_epoch_end" else DictValue(open=True))
            if often:
                call.engine.call_often(method, args, place=call.place)
            else:
                call.engine.call(method, args, place=call.place)


def _own(call: Call, use: Use) -> Iterator[Object]:
    """The callbacks whose methods are surely called, and have not been followed yet."""
    given, epochs = use.arguments.get("callbacks"), use.arguments.get("epochs")
    if call.engine.keras_major < 3 or given is None or isinstance(given, Unknown) or is_open(given):
        return
    if not isinstance(epochs, int) or epochs < 1:
        return
    for callback in leaves(given):
        if not isinstance(callback, Object) or FOLLOWED in callback.attributes:
            continue
        if callback.user_class is None:
            own = callback.type_name == LAMBDA and callback.arguments is not None and not callback.approximate
        else:
            own = callback.type_name == CALLBACK and not callback.user_class.defines(*_KEPT)
        if own:
            yield callback


def _hook(call: Call, callback: Object, name: str) -> Value:
    """What a callback does at a hook: the method of the user's class, or the function that a LambdaCallback has for it; None for nothing."""
    if callback.user_class is not None:
        return call.engine.find_method(callback, name)
    given = callback.arguments.get(name) if callback.arguments is not None else None
    return None if written(given) is None else given


def _logs(call: Call, use: Use, callback: Object) -> DictValue:
    """What has been measured; other callbacks may have added to it."""
    names, validated = measures(use), validates(use)
    known = reported(names or (), validated)
    others = [other for other in leaves(use.arguments.get("callbacks")) if other is not callback]
    certain = names is not None and None not in names and validated is not None
    certain = certain and use.arguments.get("validation_freq") == 1
    values = {name: Unknown("a measured value", call.place, "float") for name in known}
    if not certain or any(writes_logs(other) for other in others):
        return DictValue(dict(values), open=True)
    return DictValue(dict(values), sample=Unknown("a measured value", call.place, "float", key=(HISTORY, use, LOGS)))


@attribute(f"{CALLBACK}.validation_data")
def validation_data(call: Call) -> Value:
    """`self.validation_data`, which Keras 2 set; what the class sets itself never comes here."""
    if is_gone_from(call.receiver, "validation_data", call.engine.keras_major):
        call.refuse(
            "no-attribute", "", "validation_data", f"'{call.receiver.class_name}' object has no attribute 'validation_data'",
            exception="AttributeError", subject=call.receiver, attribute="validation_data", meant=None, gone=True,
        )  # fmt: skip
    return call.unknown("what stands here is not known")


__all__ = ["follow_callbacks"]
