"""The verdict on a use: what Keras checks in `fit`, `evaluate` and `predict`, in Keras's own order."""

from __future__ import annotations

import math

from ...dims import ANY, NONE, Dim
from ...faults import Moment
from ...knowledge import Call
from ...program import Use
from ...shapes import Shape
from ...values import Array, Dataset, DictValue, LayerObject, ListValue, ModelObject, Object, Unknown, Value
from ..calling import apply_layer
from ..counting import sublayers_of, trainable_parameters, unlike_shown
from ..layers.adapting import refuse_without_vocabulary, waits_for_vocabulary
from ..sequential import build, refuse_empty, refuse_list
from ..subclass import says_nothing_of
from ..tensors import is_open, leaves
from . import earlier
from .callbacks import check_monitors
from .counts import check_counts
from .feed import SERIES, Feed, feed, rows, split, unpack_validation
from .identifiers import loss_like, metric_for_loss
from .own import batch_of, follow_step, has_own_step
from .scopes import refuse_names
from .step import compare, forward, keeps_states, stateful_size
from .targets import Output


def judge(call: Call, use: Use, moment: Moment) -> list[Output] | None:
    """Go through one use as Keras does; refuses what it refuses, notes what it does silently, and sets `use.verdict`.

    Gives the model's outputs on the data, batch axis open; None when they can't be told.
    """
    model, arguments = use.model, use.arguments
    training = moment is not Moment.PREDICT
    own = has_own_step(call.engine, model)
    x, y, weights = use.x, use.y, arguments.get("sample_weight") if use.method in TAKES_WEIGHTS else None
    fraction = arguments.get("validation_split") if use.method == "fit" else None
    cut = bool(fraction) and use.validation is None and not isinstance(fraction, Unknown)
    if cut:
        split(call, arguments, x, y, weights)
    validation = None
    if use.method == "fit" and use.validation is not None:
        validation = unpack_validation(call, arguments, use.validation, moment)
    found = feed(call, arguments, x, y, weights, moment, cut=cut)
    check_counts(call, use, moment, arrays=found is not None and found.dataset is None)
    if found is not None:
        _weights(call, use, found, moment)
    rest = None
    if cut and found is not None:
        found, rest = _parts(call, use, found, fraction)
    followed = own and found is not None and follow_step(call, model, found, moment)
    stateful = model.kind == "Subclass" and keeps_states(model)  # what it is built for has to be known
    batch = NONE if not stateful else _first_batch(found) if found is not None else ANY
    build_from_data(call, model, found.x if found is not None else use.x, moment, followed=followed, batch=batch)
    refuse_names(call, use, moment, own=own)
    nothing = model.state.get("nothing") if model.kind == "Subclass" and not own else None
    if nothing is not None and (not training or (use.compile is not None and use.compile.loss is not None)):
        call.refuse(
            "nothing-returned", "a tensor", "None", "None values not supported.", moment=moment, subject=model, nothing=nothing, use=use,
        )  # fmt: skip
    if found is None or own:
        return None
    _vocabularies(call, use, model, moment)
    outputs = forward(call, use, found, moment)
    verdict: str | None = None
    if training:
        _targets_given(call, use, found, moment)
        verdict = compare(call, use, found, outputs, moment) if outputs is not None else None
    elif outputs is not None:
        verdict = "fine"
    if use.method == "fit" and outputs is not None:
        check_monitors(call, use, outputs)
    use.verdict = verdict
    if validation is not None and outputs is not None:
        _validate(call, use, validation)
    elif rest is not None and outputs is not None:
        _validate_feed(call, use, rest)
    return outputs


def _vocabularies(call: Call, use: Use, model: ModelObject, moment: Moment) -> None:
    """A layer that looks words up has to know which there are before data flow."""
    if (
        model.user_class is not None
        or model.kind == "Subclass"
        or model.incomplete
        or use.arguments.get("epochs", 1) == 0
    ):
        return
    for layer in model.layers:
        if isinstance(layer, ModelObject):
            _vocabularies(call, use, layer, moment)
        elif waits_for_vocabulary(call.engine, layer):
            refuse_without_vocabulary(call.refuse, layer, moment=moment, subject=layer, use=use)


def judge_earlier(call: Call, use: Use, moment: Moment) -> list[Output] | None:
    """The same as Keras 2 does it, as far as its rules are known here: what isn't is left alone."""
    model, arguments = use.model, use.arguments
    weights = arguments.get("sample_weight") if use.method in TAKES_WEIGHTS else None
    own = has_own_step(call.engine, model)
    if own or use.method.endswith("_on_batch") or not earlier.takes(use.x, use.y, weights):
        build_from_data(call, model, use.x, moment)
        return None
    fraction = arguments.get("validation_split") if use.method == "fit" else None
    cut = bool(fraction) and use.validation is None and not isinstance(fraction, Unknown)
    if cut:
        split(call, arguments, use.x, use.y, weights)
    found = feed(call, arguments, use.x, use.y, weights, moment, cut=cut)
    build_from_data(call, model, found.x if found is not None else use.x, moment)
    if found is None or found.single or stateful_size(model) is not None:
        return None
    outputs = forward(call, use, found, moment)
    if outputs is None or moment is Moment.PREDICT:
        use.verdict = None if outputs is None else "fine"
        return outputs
    use.verdict = earlier.compare(call, use, found, outputs, moment)
    if use.method == "fit" and use.validation is not None:
        use.verdict = _validated_earlier(call, use)
    return outputs


def _validated_earlier(call: Call, use: Use) -> str | None:
    """The verdict with what `evaluate` on the validation data adds to it."""
    parts = use.validation
    if not isinstance(parts, tuple) or len(parts) != 2 or not earlier.takes(*parts):
        return None
    found = feed(call, _as_validation(use), *parts, None, Moment.EVALUATE)
    inner = Use("evaluate", use.model, _as_validation(use), use.place, *parts, None, use.compile)
    outputs = forward(call, inner, found, Moment.EVALUATE) if found is not None else None
    if found is None or outputs is None:
        return None
    verdict = earlier.compare(call, inner, found, outputs, Moment.EVALUATE)
    return verdict if use.verdict == "fine" else use.verdict if verdict is not None else None


TAKES_WEIGHTS = ("fit", "evaluate", "train_on_batch", "test_on_batch")


def _parts(call: Call, use: Use, found: Feed, fraction: Value) -> tuple[Feed, Feed | None]:
    """The training part and the validation part of what `validation_split` cuts."""
    from .feed import batch_sizes

    count = found.samples.known
    if count is None or not isinstance(fraction, (int, float)):
        from .feed import fresh_batch

        return Feed(found.x, found.y, found.weights, (fresh_batch(call.place),), found.samples), None
    at = math.floor(count * (1.0 - fraction))
    sides = []
    for start, stop, size in ((0, at, at), (at, count, count - at)):
        parts = [rows(value, start, stop) for value in (found.x, found.y, found.weights)]
        samples = Dim(size)
        sides.append(Feed(parts[0], parts[1], parts[2], batch_sizes(call, use.arguments, samples), samples))
    return sides[0], sides[1]


def _weights(call: Call, use: Use, found: Feed, moment: Moment) -> None:
    """`class_weight` and `sample_weight`, before any batch is made."""
    arguments = use.arguments
    by_class = arguments.get("class_weight") if use.method in ("fit", "train_on_batch") else None
    if by_class is None or isinstance(by_class, Unknown):
        return
    blamed = (arguments.place("class_weight"),)
    if found.weights is not None and not isinstance(found.weights, Unknown) and found.dataset is None:
        call.refuse(
            "class-weight", "class weights or sample weights", "both", "You cannot `class_weight` and `sample_weight` at the same time.",
            moment=moment, blamed=blamed, subject=use.model, argument="class_weight", use=use,
        )  # fmt: skip
    if isinstance(by_class, (ListValue, tuple, str, Array)) or (
        isinstance(by_class, (int, float)) and not isinstance(by_class, bool)
    ):
        what = {ListValue: "list", Array: "numpy.ndarray"}.get(type(by_class), type(by_class).__name__)
        call.refuse(
            "class-weight", "a dict from class to weight", f"a {what}", f"'{what}' object has no attribute 'get'", moment=moment,
            exception="AttributeError", blamed=blamed, subject=use.model, argument="class_weight", use=use,
        )  # fmt: skip
    if found.dataset is not None:
        return
    targets = leaves(found.y)
    if isinstance(found.y, (tuple, DictValue)) or (isinstance(found.y, ListValue) and not found.y.open):
        call.refuse(
            "class-weight", "a single output", f"{len(targets)} targets", "`class_weight` is only supported for Models with a single output.",
            moment=moment, blamed=blamed, subject=use.model, argument="class_weight", use=use,
        )  # fmt: skip
    target = targets[0] if targets else None
    if (
        isinstance(target, Array)
        and target.shape.rank is not None
        and target.shape.rank > 2
        and isinstance(by_class, DictValue)
    ):
        inner = target.shape.slice(1, -1).size().known
        if inner is not None and inner > 1:
            call.refuse(
                "class-weight", "one class for each sample", f"targets of shape {target.shape}",
                "only 0-dimensional arrays can be converted to Python scalars", moment=moment, exception="TypeError",
                blamed=(*blamed, arguments.place("y")), subject=use.model, argument="class_weight", use=use, target=target,
            )  # fmt: skip


def _targets_given(call: Call, use: Use, found: Feed, moment: Moment) -> None:
    """A loss without targets, or targets without a loss."""
    compiled = use.compile
    if compiled is None or compiled.arguments.open:
        return
    loss = compiled.loss
    if loss is None and _no_other_loss(use.model):
        call.refuse(
            "no-loss", "a loss", "`compile` without one", "No loss to compute. Provide a `loss` argument in `compile()`.", moment=moment,
            blamed=(compiled.place,), subject=use.model, use=use,
        )  # fmt: skip
    only = loss.items[0] if isinstance(loss, ListValue) and len(loss.items) == 1 and not loss.open else loss
    metric = metric_for_loss(only) if moment is Moment.FIT else None
    if metric is not None and use.arguments.get("epochs", 1) != 0 and _no_other_loss(use.model):
        if (trainable_parameters(use.model).known or 0) > 0:
            call.refuse(
                "metric-for-loss", "a loss", f"the metric {metric}", "No gradients provided for any variable.", moment=moment,
                blamed=(compiled.arguments.place("loss"), compiled.place), subject=use.model, use=use, metric=metric, instead=loss_like(metric),
            )  # fmt: skip
    known = isinstance(loss, str) or (
        isinstance(loss, Object) and loss.user_class is None and loss.type_name.startswith("keras.losses.")
    )
    if found.y is None and known:
        call.refuse(
            "no-targets", "targets for the loss", "none", "Attempt to convert a value (None) with an unsupported type to a Tensor.",
            moment=moment, blamed=(use.arguments.place("x"),), subject=use.model, use=use, x=use.x, dataset=found.dataset,
        )  # fmt: skip


def _no_other_loss(model: ModelObject) -> bool:
    """Does surely no layer add a loss of its own (a regularizer, `add_loss`)?"""
    queue = [model, *sublayers_of(model), *model.layers]
    for layer in queue:
        if isinstance(layer, ModelObject) and layer is not model:
            return False
        if layer.opaque or layer.class_name == "ActivityRegularization" or unlike_shown(layer) is not None:
            return False
        if layer.user_class is not None and not says_nothing_of(layer.user_class, "loss", "regularizer"):
            return False
        if any(name.endswith("regularizer") and value is not None for name, value in layer.attributes.items()):
            return False
        if layer.arguments is None:
            if layer.user_class is None:
                return False
            queue.extend(inner for inner in sublayers_of(layer) if inner not in queue)
            continue
        if any(
            name.endswith("regularizer") and layer.arguments.get(name) is not None
            for name in (*layer.arguments, *layer.arguments.extra)
        ):
            return False
        if layer.sublayers:
            queue.extend(inner for inner in layer.sublayers if inner not in queue)
    known = model.kind != "Subclass" or model.user_class is not None
    return not model.approximate and not model.incomplete and known and not model.state.get("added_loss")


def _validate(call: Call, use: Use, parts: tuple[Value, Value, Value]) -> None:
    arguments = use.arguments
    found = feed(call, _as_validation(use), *parts, Moment.EVALUATE)
    if found is None:
        return
    size = arguments.get("validation_batch_size") or arguments.get("batch_size")
    if isinstance(size, Unknown):
        return
    _validate_feed(call, use, found)


def _validate_feed(call: Call, use: Use, found: Feed) -> None:
    inner = Use("evaluate", use.model, _as_validation(use), use.place, found.x, found.y, None, use.compile)
    outputs = forward(call, inner, found, Moment.EVALUATE)
    if use.verdict == "broadcasts":
        return
    _targets_given(call, inner, found, Moment.EVALUATE)
    verdict = compare(call, inner, found, outputs, Moment.EVALUATE) if outputs is not None else None
    if use.verdict == "fine":
        use.verdict = verdict


def _as_validation(use: Use):  # type: ignore[no-untyped-def]
    """The arguments of `fit` as those of the `evaluate` that it runs."""
    from ...values import Arguments, BoundArgument

    given = use.arguments
    place = given.place("validation_data") or given.place("validation_split")
    size = given.get("validation_batch_size") or given.get("batch_size")
    bound = {
        "x": BoundArgument(None, place), "y": BoundArgument(None, place), "sample_weight": BoundArgument(None, place),
        "batch_size": BoundArgument(size, given.place("batch_size")), "steps": BoundArgument(given.get("validation_steps")),
        "validation_data": BoundArgument(use.validation, place),
    }  # fmt: skip
    return Arguments(bound)


def _first_batch(found: Feed) -> Dim:
    """The batch size that a model sees when it is built: that of the first batch, unless others may follow."""
    dataset = found.dataset
    first = (
        next((leaf for leaf in leaves(found.x) if isinstance(leaf, Array) and leaf.shape.rank), None)
        if dataset is not None
        else None
    )
    if first is not None:
        return first.shape[0]
    known = [size for size in found.batches if size.known is not None]
    return NONE if len(known) > 1 else known[0] if known else ANY


def build_from_data(
    call: Call, model: ModelObject, x: Value, moment: Moment, *, followed: bool = False, batch: Dim = NONE
) -> None:
    """A Sequential without an input shape, or a subclassed model never called, is built by its first data."""
    if model.incomplete or model.state.get("refused"):
        return
    if model.kind == "Subclass" and not model.built and not followed:
        inputs = batch_of(call, x, batch)
        if inputs is None:
            _built_unseen(model, sublayers_of(model))
        else:
            training = {"training": moment is Moment.FIT}
            apply_layer(call.engine, model, inputs, call.place, training, moment=moment)
        return
    refuse_empty(call.engine, model, call.place, moment)
    if model.kind != "Sequential" or model.inputs is not None or not model.layers:
        return
    if isinstance(x, (ListValue, tuple)) and not is_open(x) and all(isinstance(leaf, Array) for leaf in leaves(x)):
        refuse_list(call.engine, model, len(leaves(x)), call.place, moment)
    shape = _batch_shape(x, call.engine.keras_major)
    if shape is None or shape.dims is None:
        _built_unseen(model, model.layers)
        return
    model.state["from_data"] = True
    build(call.engine, model, shape, call.place, moment)


def _built_unseen(model: ModelObject, layers: list[LayerObject]) -> None:
    model.state["input_unknown"] = True
    for layer in layers:
        if not layer.built:
            layer.weights_unknown = layer.weights_unknown or "the model is built by data whose shape is not known"


def _batch_shape(value: Value, major: int) -> Shape | None:
    """The shape of one batch of x, batch size open."""
    if isinstance(value, Dataset):
        element = value.element
        first = element[0] if isinstance(element, tuple) and element else element
        if isinstance(first, Array) and value.batched and first.shape.dims:
            return Shape((first.shape.replace(0, None)).dims)
        return None
    if isinstance(value, Array) and value.shape.dims:
        shape = value.shape.replace(0, None)
        return shape.extend(1) if shape.rank == 1 and (major < 3 or value.type_name == SERIES) else shape
    return None
