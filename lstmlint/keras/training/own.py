"""A subclassed model on its first data: nested batches as its `call` receives them, and a `train_step` of the user's own."""

from __future__ import annotations

from ...dims import NONE, Dim
from ...faults import Moment
from ...knowledge import Call, Engine
from ...shapes import Shape
from ...values import Array, Dataset, DictValue, ListValue, ModelObject, Value
from ..calling import apply_layer
from ..inside import inside
from ..spec import TensorSpec
from ..subclass import parameters_of
from ..tensors import is_open, leaves, spec_of, tensor_from
from .feed import Feed

_OWN_STEPS = ("train_step", "test_step", "predict_step", "compute_loss", "_compute_loss", "compute_metrics", "__call__")
"""Methods that a user's model may have of its own; what they do with the data is theirs."""


def has_own_step(engine: Engine, model: ModelObject) -> bool:
    """Does the user's class say itself what becomes of a batch?"""
    return model.user_class is not None and any(engine.find_method(model, name) is not None for name in _OWN_STEPS)


def batch_of(call: Call, value: Value, size: Dim = NONE) -> Value | None:
    """The same nested arrays as symbolic tensors of one batch, of this size, or open; None where something can't be told."""
    if isinstance(value, Dataset):
        element = value.element[0] if isinstance(value.element, tuple) and value.element else value.element
        return batch_of(call, element, size) if value.batched else None
    if isinstance(value, Array):
        if not value.shape.dims:
            return None
        spec = spec_of(value)
        return tensor_from(TensorSpec(Shape(value.shape.replace(0, size).dims), spec.dtype), call.place)
    if is_open(value) or not isinstance(value, (tuple, ListValue, DictValue)):
        return None
    if isinstance(value, DictValue):
        entries = {key: batch_of(call, child, size) for key, child in value.entries.items()}
        return None if any(child is None for child in entries.values()) else DictValue(entries)
    children = [batch_of(call, child, size) for child in (value if isinstance(value, tuple) else value.items)]
    if not children or any(child is None for child in children):
        return None
    return tuple(children) if isinstance(value, tuple) else ListValue(children)


def follow_step(call: Call, model: ModelObject, feed: Feed, moment: Moment) -> bool:
    """Follow the user's `train_step` (or `test_step`, or `compute_loss` alone) on one batch; False where the class has none."""
    name = {Moment.FIT: "train_step", Moment.EVALUATE: "test_step"}.get(moment, "predict_step")
    step = call.engine.find_method(model, name) if model.user_class is not None else None
    loss = call.engine.find_method(model, "compute_loss") if moment is Moment.FIT else None
    if step is None and loss is None:
        return False
    x = batch_of(call, feed.x)
    y = batch_of(call, feed.y) if feed.y is not None else None
    weights = batch_of(call, feed.weights) if feed.weights is not None else None
    unseen = any(made is None and given is not None for made, given in ((y, feed.y), (weights, feed.weights)))
    if x is None or unseen or any(not leaf for leaf in leaves(x)):
        return True
    if step is None:
        predicted = apply_layer(call.engine, model, x, call.place, {"training": True}, moment=moment)
        given = {"x": x, "y": y, "y_pred": predicted, "sample_weight": weights, "training": True}
        taken = parameters_of(loss)
        with inside():
            call.engine.call(loss, [], {k: v for k, v in given.items() if k in taken}, place=call.place)
        return True
    data: Value = (x, y, weights) if weights is not None else x if y is None else (x, y)
    with inside():
        call.engine.call(step, [data], place=call.place)
    return True
