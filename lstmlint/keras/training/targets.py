"""Which target, loss and metrics belong to which output of the model, as Keras's CompileLoss and CompileMetrics pair them."""

from __future__ import annotations

from typing import Any, NoReturn

from ...faults import Moment
from ...frozen import dataclass
from ...knowledge import Call
from ...program import Compile
from ...shapes import Shape
from ...values import (
    Array,
    DictValue,
    External,
    FunctionValue,
    ListValue,
    ModelObject,
    Object,
    Tensor,
    Unknown,
    Value,
)
from ..naming import unsure_number
from ..spec import TensorSpec
from ..tensors import children, is_open, leaves


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """One output of a model for one use: Keras's name of it, its shape with the batch axis open, whether it is masked, and its layer."""

    name: str | None
    spec: TensorSpec
    layer: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One output with its target, its loss (None for none) and its metrics."""

    output: Output
    target: Value
    loss: Value
    metrics: tuple[Value, ...] = ()


def outputs_of(model: ModelObject, specs: list[TensorSpec]) -> list[Output]:
    """The model's outputs with their names and the layers that make them."""
    tensors = leaves(model.outputs)
    if len(tensors) != len(specs):
        return [Output(None, spec) for spec in specs]
    keys = sorted(model.outputs.entries, key=str) if isinstance(model.outputs, DictValue) else []
    found = []
    for i, (tensor, spec) in enumerate(zip(tensors, specs)):
        layer = tensor.call.layer if isinstance(tensor, Tensor) and tensor.call is not None else None
        name = layer.name if layer is not None and not unsure_number(layer) else None
        if len(keys) == len(tensors):  # else they are nested
            name = str(keys[i])
        found.append(Output(None if name in (None, "", "?") else name, spec, layer))
    return found


def is_nested(value: Value) -> bool:
    """A list, tuple or dict."""
    return isinstance(value, (ListValue, tuple, DictValue))


def items_of(value: Value) -> list[Value] | None:
    """A list's or tuple's items; None for anything else or what can't be seen into."""
    if isinstance(value, ListValue):
        return None if value.open else value.items
    return list(value) if isinstance(value, tuple) else None


def _refuse(
    call: Call,
    compiled: Compile | None,
    moment: Moment,
    kind: str,
    required: str,
    got: str,
    message: str,
    **details: Any,
) -> NoReturn:
    place = compiled.arguments.place(details["argument"]) if compiled is not None and "argument" in details else None
    call.refuse(
        kind, required, got, message, moment=moment, blamed=(place,), subject=call.receiver, compile=compiled, **details
    )


def pair(call: Call, outputs: list[Output], target: Value, compiled: Compile, moment: Moment) -> list[Pair] | None:
    """Every output with what it is compared with. Refuses where the structures don't fit; None where they can't be told."""
    if isinstance(target, Unknown) or is_open(target):
        return None
    structure = call.receiver.outputs if isinstance(call.receiver, ModelObject) else None
    keyed = isinstance(structure, DictValue) or (
        structure is None and all(output.name is not None for output in outputs)
    )
    _loss_weights(call, outputs, keyed, compiled, moment)
    if len(outputs) == 1:
        if is_nested(structure):
            return None
        return _single(call, outputs[0], target, compiled, moment)
    if keyed:
        flat = not isinstance(structure, DictValue) or (not structure.open and len(structure.entries) == len(outputs))
        return _by_key(call, outputs, target, compiled, moment) if flat else None
    if structure is not None and not isinstance(structure, (ListValue, tuple)):
        return None
    return _several(call, outputs, target, compiled, moment)


def _loss_weights(call: Call, outputs: list[Output], by_key: bool, compiled: Compile, moment: Moment) -> None:
    """There must be as many weights as losses; where both are dicts and the outputs are none, a weight for each output."""
    loss, weights = compiled.loss, compiled.arguments.get("loss_weights")
    if loss is None or weights is None or any(isinstance(v, Unknown) or is_open(v) for v in (loss, weights)):
        return
    names = [output.name for output in outputs]
    if isinstance(loss, DictValue) and isinstance(weights, DictValue) and not by_key:
        missing = [name for name in names if name not in weights.entries]
        if missing and None not in names and set(loss.entries) == set(names):
            keys = [str(key) for key in weights.entries]
            _refuse(
                call, compiled, moment, "weight-names", ", ".join(map(str, names)), ", ".join(keys), f"KeyError: {missing[0]!r}",
                argument="loss_weights", names=names, keys=keys, outputs=outputs,
            )  # fmt: skip
        return
    wanted, count = len(leaves(loss)), len(leaves(weights))
    one_each = items_of(loss) is not None and count == len(outputs) < wanted  # then there are too many losses
    if wanted != count and not one_each:
        _refuse(
            call, compiled, moment, "weight-count", f"{wanted} {'weight' if wanted == 1 else 'weights'}", str(count),
            f"`loss_weights` must match the number of losses, got {wanted} losses and {count} weights.", argument="loss_weights", wanted=wanted,
            count=count, outputs=outputs,
        )  # fmt: skip


def _single(call: Call, output: Output, target: Value, compiled: Compile, moment: Moment) -> list[Pair] | None:
    found = leaves(target)
    if is_nested(target):
        if len(found) != 1:
            _refuse(
                call, compiled, moment, "target-count", "one target", f"{len(found)} targets", "y_true and y_pred have different structures.",
                wanted=1, count=len(found), outputs=[output],
            )  # fmt: skip
    loss = compiled.loss
    if isinstance(loss, DictValue):
        if loss.open or not loss.entries:
            return None
        model = call.receiver
        nameless = isinstance(model, ModelObject) and model.kind == "Sequential" and model.user_class is None
        if nameless or (output.name is not None and list(loss.entries) != [output.name]):
            keys = ", ".join(map(str, loss.entries))
            _refuse(
                call, compiled, moment, "loss-names", "the loss itself" if nameless else str(output.name), keys,
                f"Expected keys {[output.name]} in loss dict, but found loss.keys()={[*loss.entries]}", argument="loss", names=[output.name],
                keys=[str(key) for key in loss.entries], outputs=[output], nameless=nameless,
            )  # fmt: skip
        if output.name is None:
            return None
        loss = loss.entries[output.name]
    if isinstance(target, DictValue):
        if _converts(call, loss) and next(iter(target.entries.values())) is found[0]:
            _refuse_names(call, [output], target, compiled, moment)
        return None
    several = items_of(loss)
    losses = [loss] if several is None else several
    if (several is not None and len(several) == 0) or (isinstance(loss, ListValue) and loss.open):
        return None
    metrics = _flat(compiled.metrics), _flat(compiled.arguments.get("weighted_metrics"))
    known = tuple(m for found in metrics if found is not None for m in found)
    first = Pair(output, found[0], losses[0], known)
    return [first, *(Pair(output, found[0], one) for one in losses[1:])]


def _converts(call: Call, loss: Value) -> bool:
    """Is this surely a loss that makes tensors of what it gets? One of the program's own may be called in a way of its own."""
    return isinstance(loss, (str, FunctionValue, External)) or (
        isinstance(loss, Object) and call.engine.find_method(loss, "__call__") is None
    )


def _refuse_names(call: Call, outputs: list[Output], target: DictValue, compiled: Compile, moment: Moment) -> NoReturn:
    """Keras has no place for the names of the targets: it goes through the dict as if it were a list, and takes the names for targets."""
    names, keys = [output.name for output in outputs], [str(key) for key in target.entries]
    if len(keys) == len(outputs):
        message, exception = f"Expected float32, but got {keys[0]} of type 'str'.", "TypeError"
    else:
        message, exception = "y_true and y_pred have different structures.", "ValueError"
    _refuse(
        call, compiled, moment, "target-names", ", ".join(map(str, names)), ", ".join(keys), message, exception=exception, names=names, keys=keys,
        outputs=outputs,
    )  # fmt: skip


def _flat(value: Value) -> list[Value] | None:
    if value is None:
        return []
    if isinstance(value, Unknown) or is_open(value):
        return None
    return leaves(value) if children(value) is not None else [value]


def _several(call: Call, outputs: list[Output], target: Value, compiled: Compile, moment: Moment) -> list[Pair] | None:
    count = len(outputs)
    losses = _losses(call, outputs, compiled, moment)
    if losses is None:
        return None
    if isinstance(target, DictValue):
        names = [o.name for o in outputs]
        same = None not in names and set(names) == set(target.entries)
        plain = not any(is_nested(one) for one in target.entries.values())
        if not same and plain and None not in losses and (None not in names or len(target.entries) != count):
            if all(_converts(call, loss) for loss in losses):
                _refuse_names(call, outputs, target, compiled, moment)
        if not same:
            return None
        targets: list[Value] = [target.entries[name] for name in names]
    else:
        targets = leaves(target)
        if any(is_nested(v) for v in (items_of(target) or [])):
            return None
    if len(targets) != count:
        if None in losses:
            return None
        _refuse(
            call, compiled, moment, "target-count", f"{count} targets", "one target" if len(targets) == 1 else f"{len(targets)} targets",
            "y_true and y_pred have different structures.", wanted=count, count=len(targets), outputs=outputs,
        )  # fmt: skip
    metrics = _metrics(call, outputs, compiled, moment)
    return [
        Pair(output, one, loss, tuple(own))
        for output, one, loss, own in zip(outputs, targets, losses, metrics or [[]] * count)
    ]


def _by_key(call: Call, outputs: list[Output], target: Value, compiled: Compile, moment: Moment) -> list[Pair] | None:
    """The outputs of a model that gives a dict: what has the same key belongs together. Keras compares only what has a loss."""
    keys = [output.name for output in outputs]
    given = items_of(target)
    if given is not None and len(given) == len(keys) and not any(is_nested(one) for one in given):
        targets = dict(zip(keys, given))  # in the order of the sorted keys
    elif isinstance(target, DictValue) and [str(key) for key in sorted(target.entries, key=str)] == keys:
        targets = {str(key): value for key, value in target.entries.items()}
    else:
        if isinstance(target, DictValue):
            _strange_keys(call, outputs, target, compiled, moment)
        return None
    loss = compiled.loss
    if isinstance(loss, Unknown) or is_open(loss):
        return None
    losses: dict[str | None, Value]
    if isinstance(loss, DictValue):
        strange = [str(key) for key, value in loss.entries.items() if str(key) not in keys and value is not None]
        if strange:
            _refuse(
                call, compiled, moment, "loss-names", ", ".join(map(str, keys)), ", ".join(map(str, loss.entries)),
                f"The path: ('{strange[0]}',) in the `loss` argument, can't be found in either the model's output (`y_pred`) or in the labels "
                "(`y_true`).", argument="loss", names=keys, keys=strange, outputs=outputs,
            )  # fmt: skip
        losses = {str(key): value for key, value in loss.entries.items()}
    else:
        several = items_of(loss)
        if several is not None and len(several) != len(keys):
            return None
        losses = dict(zip(keys, several if several is not None else [loss] * len(keys)))
    if any(is_nested(one) for one in losses.values()):
        return None
    made = [getattr(output.layer, "name", None) for output in outputs]
    crossed = made != keys and set(made) == set(keys)  # layers under each other's names: lists of metrics go by these
    if crossed and compiled.metrics is not None:
        return None
    metrics = _metrics(call, outputs, compiled, moment) or [[]] * len(keys)
    return [
        Pair(output, targets[str(output.name)], losses.get(output.name), tuple(own))
        for output, own in zip(outputs, metrics)
        if losses.get(output.name) is not None or own
    ]


def _strange_keys(call: Call, outputs: list[Output], target: DictValue, compiled: Compile, moment: Moment) -> None:
    """Refuse targets under other keys than those of the outputs, unless as many are there as there are losses, which Keras takes for theirs."""
    loss = compiled.loss
    if isinstance(loss, Unknown) or is_open(loss) or any(is_nested(one) for one in target.entries.values()):
        return
    losses = list(loss.entries.values()) if isinstance(loss, DictValue) else [loss]
    given = [one for one in losses if one is not None]
    if not given or not all(_converts(call, one) for one in given):
        return
    if len(target.entries) == len(outputs) or len(given) != len(target.entries) or not isinstance(loss, DictValue):
        _refuse_names(call, outputs, target, compiled, moment)


def _losses(call: Call, outputs: list[Output], compiled: Compile, moment: Moment) -> list[Value] | None:
    loss = compiled.loss
    count = len(outputs)
    if isinstance(loss, Unknown) or is_open(loss):
        return None
    if isinstance(loss, DictValue):
        names = [o.name for o in outputs]
        if None in names:
            return None
        if set(loss.entries) != set(names):
            keys = [str(key) for key in loss.entries]
            _refuse(
                call, compiled, moment, "loss-names", ", ".join(map(str, names)), ", ".join(keys),
                f"Expected keys {names} in loss dict, but found loss.keys()={keys}", argument="loss", names=names, keys=keys, outputs=outputs,
            )  # fmt: skip
        return [loss.entries[name] for name in names]
    several = items_of(loss)
    if several is None:
        return [loss] * count
    if any(is_nested(one) for one in several):
        return None
    if len(several) > count:
        _refuse(
            call, compiled, moment, "loss-count", f"{count} losses", f"{len(several)} losses",
            f"The path: ({count},) in the `loss` argument, can't be found in either the model's output (`y_pred`) or in the labels (`y_true`).",
            argument="loss", wanted=count, count=len(several), outputs=outputs,
        )  # fmt: skip
    return several if len(several) == count else None


def _metrics(call: Call, outputs: list[Output], compiled: Compile, moment: Moment) -> list[list[Value]] | None:
    metrics = compiled.metrics
    count = len(outputs)
    if not metrics or isinstance(metrics, Unknown) or is_open(metrics):
        return None
    if isinstance(metrics, DictValue):
        names = [o.name for o in outputs]
        if None in names:
            return None
        if not set(metrics.entries) <= set(names):
            keys = [str(key) for key in metrics.entries]
            _refuse(
                call, compiled, moment, "metric-names", ", ".join(map(str, names)), ", ".join(keys),
                "Invalid `metrics`. `metrics` should contain metrics objects and either be a dict or a list matching the output names of the "
                f"functional model {names}", argument="metrics", names=names, keys=keys, outputs=outputs,
            )  # fmt: skip
        return [_flat(metrics.entries[name]) or [] if name in metrics.entries else [] for name in names]
    several = items_of(metrics)
    if several is None:
        return None
    if len(several) == count:
        return [_flat(one) or [] for one in several]
    if several:
        _refuse(
            call, compiled, moment, "metric-count", f"metrics for each of the {count} outputs", f"a list of {len(several)}",
            "Invalid `metrics`. `metrics` should contain metrics objects and either be a dict or a list matching the output names",
            argument="metrics", wanted=count, count=len(several), outputs=outputs,
        )  # fmt: skip
    return None


def batch_shape(shape: Shape, batch: Any, *, open_axis: bool = False) -> Shape:
    """A shape for one batch: its first axis is the batch's size, where it is open (`open_axis`) or always."""
    if not shape.dims:
        return shape
    first = shape.dims[0]
    if open_axis and first.size is not None:
        return shape
    return shape.replace(0, batch)


def array_in(value: Value) -> Array | None:
    """The array that a target is."""
    return value if isinstance(value, Array) else None
