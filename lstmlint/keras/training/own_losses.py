"""Losses and metrics of the user's own, followed once on symbolic tensors: what of them TensorFlow's graph can't run."""

from __future__ import annotations

from ...faults import Fault, Moment, Refusal
from ...knowledge import Call
from ...nodes import own_nodes, returns_nothing
from ...program import Compile, LibraryCall, Use
from ...shapes import UNKNOWN_SHAPE
from ...values import Array, Dataset, External, FunctionValue, Made, Nothing, Tensor, Value, flatten
from ..inside import inside
from ..ops.array_functions import ANSWERED, SILENT
from ..spec import TensorSpec
from ..tensors import tensor_from
from .targets import Output

_EAGER = ("tensorflow.config.run_functions_eagerly", "tensorflow.config.experimental_run_functions_eagerly")


SCALAR = ("keras.losses.dice", "keras.losses.tversky")
"""Functions of Keras that give one number for a whole batch."""


def follow_losses(call: Call, use: Use, moment: Moment, outputs: list[Output] | None) -> None:
    """Refuse a loss or metric that takes a symbolic tensor of the model, or gives NumPy what has no values in a graph, and a metric that gives
    one number where the outputs on this data have weights."""
    compiled = use.compile
    if compiled is None or moment is Moment.PREDICT or use.model.user_class is not None or call.engine.keras_major < 3:
        return
    for argument in ("loss", "metrics", "weighted_metrics"):
        for function in flatten(compiled.arguments.get(argument)):
            result: Value = None
            if isinstance(function, External):
                _refuse_library(call, use, compiled, argument, function, moment)
                result = 0.0 if function.name in SCALAR else None
            followed = use.model.state.setdefault("followed_losses", {})
            if isinstance(function, FunctionValue):
                if id(function) not in followed:
                    followed[id(function)] = _follow(call, use, compiled, argument, function, moment)
                result = followed[id(function)]
            if argument != "loss" and _is_scalar(result):
                _refuse_weights(call, use, compiled, argument, function, moment, outputs)


def _is_scalar(result: Value) -> bool:
    """Is it surely one number, with no axis at all?"""
    return isinstance(result, (int, float)) or (isinstance(result, (Tensor, Array)) and result.shape.rank == 0)


def _refuse_weights(
    call: Call, use: Use, compiled: Compile, argument: str, function: FunctionValue | External, moment: Moment, outputs: list[Output] | None
) -> None:  # fmt: skip
    """Keras lays the output's mask, and sample weights in `weighted_metrics`, over what a metric's function gives: that can't be one number."""
    if not outputs or not (use.y is not None or isinstance(use.x, Dataset)):
        return
    masked = all(output.spec.masked for output in outputs)
    if masked or (argument == "weighted_metrics" and isinstance(use.arguments.get("sample_weight"), Array)):
        name = function.name.rpartition(".")[2]
        call.refuse(
            "scalar-metric", "a value for each sample, or for each of its steps", "one number",
            "Shape must be at most rank 0 for BroadcastTo", moment=moment, blamed=(compiled.arguments.place(argument), use.place),
            subject=use.model, function=function, argument=argument, use=use, name=name, masked=masked, output=outputs[0],
        )  # fmt: skip


def _refuse_library(call: Call, use: Use, compiled: Compile, argument: str, function: External, moment: Moment) -> None:
    """A function of NumPy or a metric of scikit-learn in the place of a loss or metric."""
    if _asks_for_values(function.name) and not may_be_eager(call, compiled):
        raise Refusal(
            Fault(
                "numpy-in-loss", moment, compiled.arguments.place(argument) or compiled.place, use.model, "operations on tensors", function.name,
                (compiled.arguments.place(argument) or call.place, use.place), "Cannot convert a symbolic tf.Tensor to a numpy array.", True,
                {"function": function, "argument": argument, "use": use, "call": function.name},
            ),
            "NotImplementedError",
        )  # fmt: skip


def _follow(call: Call, use: Use, compiled: Compile, argument: str, function: FunctionValue, moment: Moment) -> Value:
    """Follow the function once; gives what it returns."""
    before = len(call.engine.record.calls)
    given = [tensor_from(TensorSpec(UNKNOWN_SHAPE), call.place) for _ in range(2)]
    with inside():
        result = call.engine.call(function, given, place=call.place)
    details = {"function": function, "argument": argument, "use": use}
    if (
        result is None
        and call.engine.keras_major >= 3
        and returns_nothing(function.node)
        and not function.node.decorator_list
    ):
        nothing = Nothing(f"`{function.name}` returns nothing", call.place, function=function, name=function.name)
        raise Refusal(
            Fault(
                "nothing-returned", moment, compiled.arguments.place(argument) or compiled.place, use.model, "a tensor", "None", (use.place,),
                "None values not supported.", details={"nothing": nothing, "argument": argument},
            ),
            "ValueError",
        )  # fmt: skip
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
    if may_be_eager(call, compiled):
        return result
    own = {id(node) for node in own_nodes(function.node)}
    # TensorFlow rewrites a `tf.function`
    plain = not getattr(function.node, "decorator_list", ()) and not _asks_whether_eager(call)
    for one in call.engine.record.calls[before:]:
        if id(one.place.node) in own and not one.caught and (_needs_values(one) or (plain and _of_values(one, given))):
            raise Refusal(
                Fault(
                    "numpy-in-loss", moment, one.place, use.model, "operations on tensors", one.name,
                    (compiled.arguments.place(argument) or call.place, use.place), "Cannot convert a symbolic tf.Tensor to a numpy array.",
                    True, {**details, "call": one.name},
                ),
                _OF_VALUES.get(one.name, "NotImplementedError"),
            )  # fmt: skip
    return result


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


_OF_VALUES = {
    "keras.KerasTensor.numpy": "AttributeError",
    "keras.KerasTensor.__bool__": "OperatorNotAllowedInGraphError",
    "keras.KerasTensor.__iter__": "OperatorNotAllowedInGraphError",
}
"""What only a tensor with values does, with what TensorFlow raises in a graph."""


_ASKING = ("tensorflow.executing_eagerly", "tensorflow.compat.v1.executing_eagerly", "tensorflow.inside_function")


def _asks_whether_eager(call: Call) -> bool:
    """Does the program ask whether TensorFlow computes at once, so that what needs values may stand where there are some?"""
    return not call.engine.record.called().isdisjoint(_ASKING)


def _of_values(call: LibraryCall, given: list[Tensor]) -> bool:
    """Is a tensor asked for its values? What an operation gives may be a list of tensors, which can be gone through."""
    one = call.receiver
    if call.name.endswith("__iter__"):
        return any(one is tensor for tensor in given)
    return call.name in _OF_VALUES and isinstance(one, Tensor)


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


def may_be_eager(call: Call, compiled: Compile | None) -> bool:
    """May the step run without a graph, where tensors have values?"""
    if not call.engine.record.called().isdisjoint(_EAGER):
        return True
    return compiled is not None and (
        compiled.arguments.open or compiled.arguments.get("run_eagerly") not in (None, False)
    )
