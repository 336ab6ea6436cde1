"""What `compile` is given as `loss_weights`, which Keras 3 takes third, where Keras 2 took the metrics."""

from __future__ import annotations

from ...faults import Moment
from ...knowledge import Call
from ...program import Use
from ...values import Arguments, DictValue, External, FunctionValue, ListValue, Object, Value
from ..tensors import is_open, leaves
from .own import has_own_step

KIND = "metrics-for-weights"


def check_weights(call: Call, arguments: Arguments) -> None:
    """A metric alone is refused at once; metrics in a list or dict only when a loss is calculated, and noted here."""
    given = arguments.get("loss_weights")
    blamed = (arguments.place("loss_weights"),)
    found = _metric_in(given)
    if found is None or arguments.get("loss") is None:
        return
    if isinstance(given, (ListValue, tuple, DictValue)):
        call.notice(KIND, moment=Moment.COMPILE, blamed=blamed, subject=call.receiver, word=found)
        return
    call.refuse(
        KIND, "a number for each loss", found,
        "Expected `loss_weights` argument to be a float (single output case) or a list, tuple, or dict (multiple output case). "
        f"Received instead: loss_weights={found}",
        moment=Moment.COMPILE, blamed=blamed, subject=call.receiver, word=found, used=None,
    )  # fmt: skip


def refuse_weights(call: Call, use: Use, moment: Moment) -> None:
    """Metrics among the weights: nothing can be multiplied by them. A step of the user's own may have no use for the weights."""
    compiled = use.compile
    if compiled is None or moment is Moment.PREDICT or compiled.arguments.get("loss") is None:
        return
    found = _metric_in(compiled.arguments.get("loss_weights"))
    if found is None or has_own_step(call.engine, use.model):
        return
    message, exception = ("dtype='string' is not a valid dtype for Keras type promotion.", "ValueError")
    if not found.startswith(("'", '"')):
        message, exception = (f"Failed to convert elements of {found} to Tensor.", "TypeError")
    call.refuse(
        KIND, "a number for each loss", found, message, moment=moment, blamed=(compiled.arguments.place("loss_weights"),), subject=use.model,
        exception=exception, word=found, compile=compiled, used=call.place,
    )  # fmt: skip


def _metric_in(given: Value) -> str | None:
    """The first thing that is a metric, or the name of one, in words."""
    for leaf in [] if is_open(given) else leaves(given):
        if isinstance(leaf, str):
            return repr(str(leaf))
        if isinstance(leaf, Object) and leaf.type_name.startswith("keras.metrics."):
            return f"a {leaf.class_name}"
        if isinstance(leaf, FunctionValue):
            return f"the function {leaf.name}"
        if isinstance(leaf, External) and leaf.name.startswith(("keras.metrics.", "keras.losses.")):
            return leaf.name
    return None
