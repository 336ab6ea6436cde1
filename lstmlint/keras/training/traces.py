"""What `fit` was traced for before: TensorFlow relaxes the shape of targets of another rank to an unknown one, which no loss can take."""

from __future__ import annotations

from ...faults import Moment
from ...knowledge import Call
from ...program import Use
from ...values import Array
from .own_losses import may_be_eager

_TRACED = "traced"
_METHODS = ("fit", "evaluate", "train_on_batch", "test_on_batch")


def check_traces(call: Call, use: Use, moment: Moment) -> None:
    """Refuse targets of another rank than all those for which this method of the model, as it is compiled, was run before."""
    model, y = use.model, use.y
    if use.method not in _METHODS or use.compile is None or call.engine.keras_major < 3:
        return
    traced: dict[tuple[str, int], list[Use | None]] = model.state.setdefault(_TRACED, {})
    earlier = traced.setdefault((use.method, id(use.compile)), [])
    certain = call.engine.in_unknown_loop is None and call.engine.record.uncalled is None and _is_plain(call, use)
    if certain and isinstance(y, Array) and earlier and None not in earlier:
        others = [one for one in earlier if one is not None]
        first = others[0]
        if all(_of_another_rank(one, use) for one in others) and isinstance(first.y, Array):
            call.refuse(
                "targets-of-another-rank", str(first.y.shape), str(y.shape), "Cannot take the length of shape with unknown rank.", moment=moment,
                blamed=(use.arguments.place("y"),), subject=model, use=use, earlier=first,
            )  # fmt: skip
    earlier.append(use if certain else None)


def _is_plain(call: Call, use: Use) -> bool:
    """Two arrays and nothing beside them, in a graph, by a model of Keras's own of which all is known?"""
    model, compiled = use.model, use.compile
    if compiled is None or compiled.loss is None or compiled.arguments.open or use.arguments.open:
        return False
    if (
        model.user_class is not None
        or model.opaque
        or model.approximate
        or model.incomplete
        or model.state.get("escaped")
    ):
        return False
    beside = [use.arguments.get(name) for name in ("sample_weight", "class_weight", "steps_per_epoch", "steps")]
    plain = all(
        isinstance(data, Array) and data.type_name == "numpy.ndarray" and data.shape.rank for data in (use.x, use.y)
    )
    return (
        plain
        and not may_be_eager(call, compiled)
        and all(value is None for value in beside)
        and use.arguments.get("epochs", 1) != 0
    )


def _of_another_rank(one: Use, other: Use) -> bool:
    """The same types of data, but for the rank of the targets?"""
    a, b, c, d = one.x, other.x, one.y, other.y
    if not (isinstance(a, Array) and isinstance(b, Array) and isinstance(c, Array) and isinstance(d, Array)):
        return False
    return _same_type(a, b) and _same_type(c, d) and a.shape.rank == b.shape.rank and c.shape.rank != d.shape.rank


def _same_type(a: Array, b: Array) -> bool:
    """Do both arrive as the same number type? All floats become float32."""
    return a.dtype == b.dtype and (a.dtype == "float" or (a.dtype == "int" and a.bits is not None and a.bits == b.bits))
