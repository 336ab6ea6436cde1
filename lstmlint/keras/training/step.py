"""One step of a model on its data: inputs, outputs, losses, weights and metrics, in the order in which Keras meets them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...dims import ANY, Dim, same
from ...faults import Fault, Moment, Refusal
from ...knowledge import Call
from ...libs.tfdata.elements import TENSOR
from ...program import Compile, Use
from ...shapes import Shape
from ...values import Arguments, Array, Dataset, DictValue, LayerObject, ModelObject, Tensor, Unknown, Value
from ..calling import apply_layer, run_layer
from ..counting import sublayers_of
from ..ids import check_ids
from ..spec import Use as LayerUse
from ..spec import flat_specs
from ..tensors import leaves, spec_of, tensors_in
from . import losses, metrics
from .agreement import Agreement, elementwise, squeeze_or_expand
from .feed import Feed, refuse_text
from .identifiers import Loss, Unrecognized, identify_loss, identify_metric
from .labels import out_of_range, refuse_out_of_range
from .own import batch_of
from .targets import Output, Pair, batch_shape, items_of, outputs_of, pair


def forward(call: Call, use: Use, feed: Feed, moment: Moment) -> list[Output] | None:
    """The model's outputs on this data, batch axis open; refuses what the model can't take. None when they can't be told."""
    model = use.model
    if model.incomplete or model.state.get("refused") or model.opaque is not None or use.model.approximate:
        return None
    if model.kind == "Subclass":
        return _of_own_call(call, model, feed, moment)
    _stateful(call, use, feed, moment)
    if (
        model.inputs is None
        or model.outputs is None
        or any(isinstance(leaf, Unknown) for leaf in leaves(model.outputs))
    ):
        return None
    fixed = stateful_size(model)
    specs = _open_batch(feed.x, None if fixed is None else fixed[1])
    if specs is None:
        return None
    if feed.dataset is not None and moment in (Moment.FIT, Moment.EVALUATE):
        specs = _open_windows(model, feed.x, specs)
    before = len(call.engine.record.layer_calls)
    run = LayerUse(model, specs, call.place, call.engine, {"~values": feed.x, "~eager": True}, moment)
    try:
        outcome = run_layer(model, run)
        if feed.dataset is None and _looks_up_on_cpu(use):
            check_ids(
                model, run, all_rows=all(use.arguments.get(name) is None for name in ("steps_per_epoch", "steps"))
            )
    except Refusal as refusal:
        raise Refusal(_blame(refusal.fault, use, feed), refusal.exception) from None
    _forget_calls(call, before)
    found = flat_specs(outcome.output)
    return outputs_of(model, found) if found else None


def _of_own_call(call: Call, model: ModelObject, feed: Feed, moment: Moment) -> list[Output] | None:
    """The outputs of a model whose `call` is the user's: one, several in a row or under keys; None where it can't be followed to its end, or nests
    them."""
    batch = batch_of(call, feed.x) if model.user_class is not None and not keeps_states(model) else None
    if batch is None:
        return None
    record = call.engine.record
    before, gaps, faults = len(record.layer_calls), len(record.gaps), len(record.faults)
    found = apply_layer(call.engine, model, batch, call.place, {"training": moment is Moment.FIT}, moment=moment)
    _forget_calls(call, before)
    told = {(id(fault.place.node), fault.kind) for fault in record.faults[:faults]}
    again = [fault for fault in record.faults[faults:] if (id(fault.place.node), fault.kind) in told]
    outputs = _named_outputs(found)
    followed = outputs is not None and (len(record.gaps), len(record.faults)) == (gaps, faults)
    for fault in again:  # what an earlier use has met is told there
        record.faults.remove(fault)
    return outputs if followed else None


def _named_outputs(found: Value) -> list[Output] | None:
    """What a `call` gives: a tensor, several, or a dict of them, which Keras goes through in the order of its sorted keys."""
    if isinstance(found, Tensor):
        return [Output(None, spec_of(found))]
    named: list[tuple[str | None, Value]]
    if isinstance(found, DictValue):
        keyed = not found.open and all(isinstance(key, str) for key in found.entries)
        named = [(key, found.entries[key]) for key in sorted(found.entries)] if keyed else []
    else:
        named = [(None, one) for one in items_of(found) or ()]
    tensors = [(name, one) for name, one in named if isinstance(one, Tensor)]
    alone = len(named) < 2 or len(tensors) < len(named)
    return None if alone else [Output(name, spec_of(one)) for name, one in tensors]


def keeps_states(model: ModelObject) -> bool:
    """Is a layer within it stateful? Its states are made for the size of the batches that come, which an open batch doesn't say."""
    found: dict[int, LayerObject] = {id(model): model}
    waiting: list[LayerObject] = [model]
    while waiting:
        layer = waiting.pop()
        if layer.arguments is not None and layer.arguments.get("stateful") not in (None, False):
            return True
        new = [inner for inner in sublayers_of(layer) if id(inner) not in found]
        found.update((id(inner), inner) for inner in new)
        waiting += new
    return False


def _looks_up_on_cpu(use: Use) -> bool:
    """May TensorFlow refuse an id? What XLA compiles takes the last row for it."""
    compiled = use.compile.arguments if use.compile is not None else None
    jit = compiled.get("jit_compile") if compiled is not None else None
    return jit in (None, "auto", False) and not (compiled is not None and compiled.open)


def _forget_calls(call: Call, before: int) -> None:
    """What a layer does in a trial on the data is not how it is used in the model: its shapes there are those of the graph."""
    made = call.engine.record.layer_calls[before:]
    del call.engine.record.layer_calls[before:]
    for again in made:
        again.layer.calls = [known for known in again.layer.calls if known is not again]


def _blame(fault: Fault, use: Use, feed: Feed) -> Fault:
    places = tuple(p for p in (use.arguments.place("x"), *fault.blamed) if p is not None)
    array = fault.details.get("array") or next((leaf for leaf in leaves(feed.x) if isinstance(leaf, Array)), None)
    details = {**fault.details, "use": use, "array": array, "single": feed.single, "dataset": feed.dataset}
    return replace(fault, blamed=places, details=details)


def _open_batch(value: Value, batch: Dim | None) -> Any:
    """Nested arrays as specs with this batch axis (None: open); None when one isn't an array."""
    from ..tensors import children, spec_of

    inner = children(value)
    if inner is not None:
        parts = [_open_batch(child, batch) for child in inner]
        return None if any(part is None for part in parts) else tuple(parts)
    if not isinstance(value, Array):
        return None
    spec = spec_of(value)
    return spec.with_shape(batch_shape(spec.shape, batch))


def _open_windows(model: ModelObject, value: Value, specs: Any) -> Any:
    """TensorFlow doesn't know how long the windows of `timeseries_dataset_from_array` are: where a method runs in a graph on them, another length than
    the model's is only seen by layers to which it matters. `predict` looks at the batches themselves."""
    inputs = tensors_in(model.inputs)
    if not isinstance(value, Array) or len(inputs) != 1 or "window" not in value.facts or value.type_name != TENSOR:
        return specs
    steps = inputs[0].shape.get(1)
    if value.shape.rank is None or same(value.shape.get(1), steps) is not False:
        return specs
    return specs.with_shape(specs.shape.replace(1, ANY))


def stateful_size(model: ModelObject) -> tuple[LayerObject, Dim] | None:
    """A stateful recurrent layer in the model and the batch size that its states have, known or not; None without one."""
    for layer in model.layers:
        inner = layer.sublayers[0] if layer.class_name == "Bidirectional" and layer.sublayers else layer
        if inner.arguments is None or inner.arguments.get("stateful") is not True or inner.user_class is not None:
            continue
        size = next((t.shape[0] for t in tensors_in(model.inputs) if t.shape.rank), None)
        if size is not None and not size.is_none:
            return layer, size
    return None


def _stateful(call: Call, use: Use, feed: Feed, moment: Moment) -> None:
    """The states of a stateful layer are made for one batch size.

    A single sample in a batch whose size TensorFlow left open broadcasts in graph mode; nothing is said of that one.
    """
    found = stateful_size(use.model)
    if found is None or any(size.known is None for size in feed.batches):
        return
    layer, fixed = found
    given = use.arguments.get("batch_size")
    eager = use.compile is not None and use.compile.arguments.get("run_eagerly") is True
    for i, size in enumerate(feed.batches):
        traced_open = i > 0 or (use.method in ("fit", "evaluate") and given != 1)
        if same(size, fixed) is False and not (size.known == 1 and traced_open and not eager):
            call.refuse(
                "stateful-batches", f"batches of {fixed}", f"a batch of {size}",
                "If an RNN is stateful, the batch size of the input sequences must be the same as the batch size of the initial state. "
                f"Expected batch size: {fixed}. Received batch size: {size}",
                moment=moment, blamed=(use.arguments.place("batch_size"), use.arguments.place("x")), subject=layer, size=size, fixed=fixed,
                samples=feed.samples, use=use, layer=layer, explicit=use.arguments.explicit("batch_size"),
                split=use.arguments.get("validation_split"),
            )  # fmt: skip


def compare(call: Call, use: Use, feed: Feed, outputs: list[Output], moment: Moment) -> str | None:
    """Losses and metrics of one step. Gives "fine", "broadcasts" or None; raises the Refusal where Keras raises."""
    compiled = use.compile
    if compiled is None:
        return None
    pairs = pair(call, outputs, feed.y, compiled, moment)
    if pairs is None:
        return None
    answers: list[str | None] = []
    before = len(call.engine.record.faults)
    values: list[tuple[Pair, Loss, Shape, Shape]] = []
    for one in pairs:
        answers.append(_loss(call, use, feed, compiled, one, moment, values))
    quiet = any(fault.kind == "target-broadcast" for fault in call.engine.record.faults[before:])
    for one in pairs:
        answers.append(_metrics(call, use, feed, compiled, one, moment, quiet=quiet))
    if None in answers:
        return None
    return "broadcasts" if "broadcasts" in answers else "fine"


def _facts(use: Use, feed: Feed, one: Pair, compiled: Compile, true: Shape, predicted: Shape) -> dict[str, Any]:
    return {
        "use": use, "compile": compiled, "target": one.target, "output": one.output, "layer": one.output.layer, "true": true,
        "predicted": predicted, "target_shape": one.target.shape if isinstance(one.target, Array) else Shape(None),
        "output_shape": one.output.spec.shape, "model": use.model, "dataset": feed.dataset, "x": feed.x,
    }  # fmt: skip


def _loss(
    call: Call, use: Use, feed: Feed, compiled: Compile, one: Pair, moment: Moment, values: list[tuple[Pair, Loss, Shape, Shape]]
) -> str | None:  # fmt: skip
    """One output's loss."""
    if one.loss is None:
        return "fine"
    loss = identify_loss(one.loss)
    if isinstance(loss, Unrecognized):
        call.refuse(
            "unknown-identifier", "a loss of Keras", loss.written, f"Could not interpret loss identifier: {loss.written}", moment=moment,
            blamed=(compiled.arguments.place("loss"),), subject=use.model, argument="loss", word=one.loss, accepted=list(loss.names),
            compile=compiled,
        )  # fmt: skip
    if loss is None:
        return None
    if one.target is None:
        return None
    target = one.target
    if not isinstance(target, Array):
        return None
    if target.dtype in ("string", "object"):
        refuse_text(call, use.arguments, target, "y", moment)
    answers: set[str | None] = set()
    for batch in feed.batches:
        true = feed.target_shape(target, batch)
        predicted = batch_shape(one.output.spec.shape, batch, open_axis=stateful_size(use.model) is None)
        verdict = losses.judge(loss, true, predicted)
        name = losses.resolve(loss, true, predicted) or loss.name
        details = {**_facts(use, feed, one, compiled, true, predicted), "loss": name, "written": loss.written}
        if verdict.agreement is Agreement.RAISES and name in _STATIC and _is_traced(call, use, feed, target):
            verdict = elementwise(true, predicted)
        if verdict.agreement is Agreement.RAISES:
            call.refuse(
                "target-shape", f"targets for {name} of {predicted}", str(true), verdict.why, moment=moment,
                blamed=(use.arguments.place("y"), compiled.arguments.place("loss")), subject=use.model, batches=feed.batches, **details,
            )  # fmt: skip
        if verdict.agreement in (Agreement.BROADCASTS, Agreement.WRONG):
            if not answers & {"broadcasts"}:
                certain = verdict.agreement is Agreement.BROADCASTS
                call.notice(
                    "target-broadcast", f"{true} against {predicted} broadcasts to {verdict.result}", moment=moment,
                    blamed=(use.arguments.place("y"), compiled.arguments.place("loss")), subject=use.model, certain=certain, **details,
                )  # fmt: skip
            answers.add("broadcasts")
            if verdict.agreement is Agreement.BROADCASTS:
                answers.add(_weights(call, use, feed, verdict.result, batch, moment, details))
            continue
        if verdict.agreement is Agreement.UNKNOWN:
            answers.add(None)
            continue
        if name == "sparse_categorical_crossentropy":
            _, compared = squeeze_or_expand(true, predicted) or (
                true,
                predicted,
            )  # an axis of 1 that goes leaves the classes before it
            refuse_out_of_range(call, use, target, compared, moment, details)
        answers.add(_weights(call, use, feed, verdict.result, batch, moment, details))
        values.append((one, loss, true, predicted))
    return None if None in answers else "broadcasts" if "broadcasts" in answers else "fine"


_STATIC = ("categorical_crossentropy", "binary_crossentropy", "binary_focal_crossentropy")
"""Losses that compare the sizes as far as they are known when the function is traced."""


def _is_traced(call: Call, use: Use, feed: Feed, target: Array) -> bool:
    """Was the function that a method runs traced before for targets of the same rank and another width?

    TensorFlow then traces it for targets of any width, so that a loss doesn't see that theirs is another one than the outputs'.
    """
    uses = call.engine.record.uses
    for other in uses:
        if other is use or (other is uses[-1] and other.place.node is use.place.node):
            return False  # the latter is the `fit` whose validation data these are
        alike = other.compile is use.compile and other.verdict != "raises"
        before = _target_of(other, use.method, feed.dataset) if alike else None
        if (
            before is not None
            and before.shape.rank == target.shape.rank
            and same(before.shape.get(-1), target.shape.get(-1)) is not True
        ):
            return True
    return False


def _target_of(other: Use, method: str, dataset: Dataset | None) -> Array | None:
    """The one target that the function of a method got in an earlier use, of the same kind of data: `fit` evaluates its validation data."""
    x, y = other.x, other.y
    if other.method == "fit" and method == "evaluate":
        given = other.validation
        if given is not None:
            x, y = (given[0], given[1]) if isinstance(given, tuple) and len(given) > 1 else (given, None)
        elif not other.arguments.get("validation_split"):
            return None
    elif other.method != method:
        return None
    kind = x.type_name if isinstance(x, Dataset) else None
    if isinstance(x, Dataset):
        y = x.element[1] if isinstance(x.element, tuple) and len(x.element) > 1 else None
    return y if kind == (dataset.type_name if dataset is not None else None) and isinstance(y, Array) else None


def _weights(
    call: Call, use: Use, feed: Feed, result: Shape, batch: Dim, moment: Moment, details: dict[str, Any]
) -> str | None:
    """Sample weights, or class weights that became such, against the loss's values."""
    arguments: Arguments = use.arguments
    by_class = arguments.get("class_weight")
    weights = feed.weights
    if by_class is not None and not isinstance(by_class, Unknown):
        target = details["target"]
        shape = _class_weights(target.shape)
        argument = "class_weight"
    elif isinstance(weights, Array):
        shape, argument = weights.shape, "sample_weight"
    else:
        return "fine" if weights is None and by_class is None else None
    if shape is None or shape.dims is None or result.dims is None:
        return None
    verdict = losses.weighted(result, batch_shape(shape, batch))
    if verdict.agreement is Agreement.RAISES:
        call.refuse(
            "weights-shape", f"weights of shape {result}", str(batch_shape(shape, batch)), verdict.why, moment=moment,
            blamed=(arguments.place(argument),), subject=use.model, argument=argument, weights=shape, values=result, **details,
        )  # fmt: skip
    if verdict.agreement in (Agreement.BROADCASTS, Agreement.WRONG):
        return None
    return "fine" if verdict.agreement is Agreement.FINE else None


def _class_weights(target: Shape) -> Shape | None:
    """The sample weights that Keras makes of class weights: one for each sample. With more axes it depends on NumPy's version."""
    return target.slice(0, 1) if target.dims and len(target.dims) <= 2 else None


def _metrics(
    call: Call, use: Use, feed: Feed, compiled: Compile, one: Pair, moment: Moment, *, quiet: bool
) -> str | None:
    answers: set[str | None] = {"fine"}
    for value in one.metrics:
        metric = identify_metric(value)
        if isinstance(metric, Unrecognized):
            call.refuse(
                "unknown-identifier", "a metric of Keras", metric.written, f"Could not interpret metric identifier: {metric.written}",
                moment=moment, blamed=(compiled.arguments.place("metrics"),), subject=use.model, argument="metrics", word=value,
                accepted=list(metric.names), compile=compiled,
            )  # fmt: skip
        if metric is None or not isinstance(one.target, Array):
            answers.add(None)
            continue
        for batch in feed.batches:
            true = feed.target_shape(one.target, batch)
            predicted = batch_shape(one.output.spec.shape, batch, open_axis=stateful_size(use.model) is None)
            verdict = metrics.judge(metric, true, predicted)
            details = {
                **_facts(use, feed, one, compiled, true, predicted),
                "metric": metric.kind,
                "written": metric.written,
            }
            if metric.kind == "accuracy":
                details["metric"] = metrics.kind_of_accuracy(true, predicted) or "accuracy"
            if verdict.agreement is Agreement.RAISES:
                call.refuse(
                    "metric-shape", f"targets for {metric.written} of {predicted}", str(true), verdict.why, moment=moment,
                    blamed=(compiled.arguments.place("metrics"), use.arguments.place("y")), subject=use.model, **details,
                )  # fmt: skip
            if verdict.agreement in (Agreement.BROADCASTS, Agreement.WRONG):
                if not quiet:
                    call.notice(
                        "metric-broadcast", f"{true} against {predicted} broadcasts to {verdict.result}", moment=moment,
                        blamed=(compiled.arguments.place("metrics"), use.arguments.place("y")), subject=use.model,
                        certain=verdict.agreement is Agreement.BROADCASTS, **details,
                    )  # fmt: skip
                quiet = True
                answers.add("broadcasts")
            elif verdict.agreement is Agreement.UNKNOWN or (
                "sparse_categorical_crossentropy" in (metric.function, metric.written)
                and out_of_range(one.target, predicted, use) is not None
            ):
                answers.add(
                    None
                )  # a label outside of the classes raises in this metric, where the loss may not mind it
    return "broadcasts" if "broadcasts" in answers else None if None in answers else "fine"
