"""Losses and metrics of the user's own, followed once on symbolic tensors: what of them TensorFlow's graph can't run."""

from __future__ import annotations

from ...faults import Fault, Moment, Refusal
from ...knowledge import Call
from ...nodes import own_nodes
from ...program import Compile, LibraryCall, Use
from ...shapes import UNKNOWN_SHAPE
from ...values import External, FunctionValue, Made, Tensor, Value, flatten
from ..ops.array_functions import ANSWERED, SILENT
from ..spec import TensorSpec
from ..subclass import inside
from ..tensors import tensor_from

EAGER = ("tensorflow.config.run_functions_eagerly", "tensorflow.config.experimental_run_functions_eagerly")


def follow_losses(call: Call, use: Use, moment: Moment) -> None:
    """Refuse a loss or metric that takes a symbolic tensor of the model, or gives NumPy what has no values in a graph."""
    compiled = use.compile
    if compiled is None or moment is Moment.PREDICT or use.model.user_class is not None or call.engine.keras_major < 3:
        return
    for argument in ("loss", "metrics", "weighted_metrics"):
        for function in flatten(compiled.arguments.get(argument)):
            if isinstance(function, External):
                _refuse_library(call, use, compiled, argument, function, moment)
            followed = use.model.state.setdefault("followed_losses", set())
            if isinstance(function, FunctionValue) and id(function) not in followed:
                followed.add(id(function))
                _follow(call, use, compiled, argument, function, moment)


def _refuse_library(call: Call, use: Use, compiled: Compile, argument: str, function: External, moment: Moment) -> None:
    """A function of NumPy or a metric of scikit-learn in the place of a loss or metric."""
    if _asks_for_values(function.name) and not _eagerly(call, compiled):
        raise Refusal(
            Fault(
                "numpy-in-loss", moment, compiled.arguments.place(argument) or compiled.place, use.model, "operations on tensors", function.name,
                (compiled.arguments.place(argument) or call.place, use.place), "Cannot convert a symbolic tf.Tensor to a numpy array.", True,
                {"function": function, "argument": argument, "use": use, "call": function.name},
            ),
            "NotImplementedError",
        )  # fmt: skip


def _follow(call: Call, use: Use, compiled: Compile, argument: str, function: FunctionValue, moment: Moment) -> None:
    before = len(call.engine.record.calls)
    given = [tensor_from(TensorSpec(UNKNOWN_SHAPE), call.place) for _ in range(2)]
    with inside():
        result = call.engine.call(function, given, place=call.place)
    details = {"function": function, "argument": argument, "use": use}
    met = _outside(result, given[0].uid)
    if met is not None:
        tensor, made = met
        raise Refusal(
            Fault(
                "keras-tensor-in-loss", moment, made.place or call.place, use.model, "tensors of this batch", "a KerasTensor",
                (compiled.arguments.place(argument) or call.place, use.place),
                "A KerasTensor cannot be used as input to a TensorFlow function.", True, {**details, "tensor": tensor},
            )
        )  # fmt: skip
    if _eagerly(call, compiled):
        return
    own = {id(node) for node in own_nodes(function.node)}
    for one in call.engine.record.calls[before:]:
        if id(one.place.node) in own and not one.caught and _needs_values(one):
            raise Refusal(
                Fault(
                    "numpy-in-loss", moment, one.place, use.model, "operations on tensors", one.name,
                    (compiled.arguments.place(argument) or call.place, use.place), "Cannot convert a symbolic tf.Tensor to a numpy array.",
                    True, {**details, "call": one.name},
                ),
                "NotImplementedError",
            )  # fmt: skip


def _outside(result: Value, first: int) -> tuple[Tensor, Made] | None:
    """A tensor that was there before the loss was called, and what in the loss takes it; None where the result comes of none."""
    queue = [leaf for leaf in flatten(result) if isinstance(leaf, Tensor)]
    seen: set[int] = set()
    while queue:
        tensor = queue.pop()
        if tensor.made is None or tensor.uid in seen:
            continue
        seen.add(tensor.uid)
        for leaf in (leaf for value in tensor.made.inputs for leaf in flatten(value)):
            if isinstance(leaf, Tensor) and leaf.uid < first:
                return leaf, tensor.made
            if isinstance(leaf, Tensor):
                queue.append(leaf)
    return None


def _needs_values(call: LibraryCall) -> bool:
    """Does a function of NumPy, or a metric of scikit-learn, get a tensor whose values it asks for?"""
    if not any(isinstance(value, Tensor) for value in (*call.args, *call.kwargs.values())):
        return False
    return _asks_for_values(call.name)


def _asks_for_values(name: str) -> bool:
    """Is it a function of NumPy that needs values, or a metric of scikit-learn?"""
    package, _, short = name.partition(".")
    if package == "numpy":
        return short[:1].islower() and "ndarray" not in short and short not in SILENT and short not in ANSWERED
    return name.startswith("sklearn.metrics.") and short.rpartition(".")[2].islower()


def _eagerly(call: Call, compiled: Compile) -> bool:
    """May the step run without a graph, where tensors have values?"""
    asked = compiled.arguments.get("run_eagerly")
    return (
        asked not in (None, False) or compiled.arguments.open or any(c.name in EAGER for c in call.engine.record.calls)
    )
