"""Learning rates while a model is trained: what a LearningRateScheduler sets, and what an optimizer that follows a schedule refuses."""

from __future__ import annotations

import ast
from typing import NoReturn

from ...faults import Moment
from ...knowledge import Call
from ...nodes import walk
from ...program import Use
from ...values import Array, BoundMethod, FunctionValue, ListValue, Object, Tensor, Unknown, Value, fresh_int
from ..own_shapes import written
from ..tensors import is_open, leaves

SCHEDULES = "keras.optimizers.schedules."
SCHEDULER = "keras.callbacks.LearningRateScheduler"


def check_rates(call: Call, use: Use) -> None:
    """Refuse what Keras 3 refuses where a LearningRateScheduler sets the rate of an epoch."""
    given, first, end = (use.arguments.get(name) for name in ("callbacks", "initial_epoch", "epochs"))
    if given is None or isinstance(given, Unknown) or is_open(given):
        return
    if not isinstance(first, int) or not isinstance(end, int) or first >= end:
        return
    for callback in leaves(given):
        if isinstance(callback, Object) and callback.type_name == SCHEDULER and callback.user_class is None:
            if callback.arguments is not None and not callback.approximate:
                schedule = callback.arguments.get("schedule")
                _check_output(call, use, schedule, sorted({first, first + 1, (first + end) // 2, end - 1}))
                _check_optimizer(call, use)


def _check_output(call: Call, use: Use, schedule: Value, epochs: list[int]) -> None:
    """The function of a scheduler gives a float: what it gives is seen for a few of the epochs."""
    if isinstance(schedule, Object) and is_schedule(schedule):
        _refuse_output(
            call, use, f"a tensor, as a {schedule.class_name} gives it", "give the schedule to the optimizer instead"
        )
    if isinstance(schedule, (int, float)):
        call.refuse(
            "schedule-output", "a function of the epoch", "a number", f"'{'int' if isinstance(schedule, int) else 'float'}' object is not callable",
            exception="TypeError", moment=Moment.FIT, blamed=(use.arguments.place("callbacks"),), subject=SCHEDULER, use=use,
        )  # fmt: skip
    function = written(schedule)
    if function is None:
        return
    spec = function.node.args
    count = len(spec.posonlyargs) + len(spec.args) - isinstance(schedule, BoundMethod)
    if spec.vararg is not None or count not in (1, 2):
        return
    if _keeps(function):  # how often it has done that is not counted here
        call.engine.call_often(schedule, [fresh_int("epoch", call.place), *_RATE][:count], place=call.place)
        return
    for epoch in epochs:
        told = _no_float(call.engine.attempt(schedule, [epoch, *_RATE][:count], place=call.place))
        if told is not None:
            _refuse_output(
                call, use, told, "take float(...) of it" if told == "a tensor" else "return a number with a point"
            )


_RATE = (Unknown("the learning rate of an epoch is not followed", kind="float"),)


def _keeps(function: FunctionValue) -> bool:
    """Does a function change anything but its own names?"""
    for node in walk(function.node):
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            return True
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            return True
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Attribute)
        ):
            return True
    return False


def _no_float(value: Value) -> str | None:
    """What is surely no float, in words; None for a float and for what isn't known."""
    if isinstance(value, Unknown):
        return {"int": "an int", "str": "a string", "NoneType": "None"}.get(value.kind or "")
    if isinstance(value, Tensor) or (isinstance(value, Array) and value.type_name.startswith("tensorflow.")):
        return "a tensor"
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return f"the int {int(value)}"
    if isinstance(value, (str, tuple, ListValue)):
        return "a string" if isinstance(value, str) else "several values"
    return "an array" if isinstance(value, Array) and value.shape.rank else None


def _refuse_output(call: Call, use: Use, got: str, advice: str) -> NoReturn:
    call.refuse(
        "schedule-output", f"a float: {advice}", got, "The output of the `schedule` function should be a float.", moment=Moment.FIT,
        blamed=(use.arguments.place("callbacks"),), subject=SCHEDULER, use=use,
    )  # fmt: skip


def _check_optimizer(call: Call, use: Use) -> None:
    """The rate of an optimizer that follows a schedule can't be set."""
    optimizer = use.compile.optimizer if use.compile is not None else None
    if isinstance(optimizer, Object) and optimizer.user_class is None and not optimizer.approximate:
        if is_schedule(rate_of(optimizer)):
            refuse_setting(call, optimizer, subject=SCHEDULER)


def rate_of(optimizer: Object) -> Value:
    """The learning rate that an optimizer was made with; unknown where it may have been set since."""
    if optimizer.arguments is None or "learning_rate" in optimizer.attributes:
        return Unknown("the learning rate is not known")
    return optimizer.arguments.get("learning_rate")


def is_schedule(rate: Value) -> bool:
    """Is it one of Keras's own schedules? What one of the program's gives may be the very object that is set, which is passed over."""
    return isinstance(rate, Object) and rate.user_class is None and rate.type_name.startswith(SCHEDULES)


def refuse_setting(call: Call, optimizer: Object, subject: object = None) -> NoReturn:
    """`optimizer.learning_rate = 0.1` where it follows a schedule."""
    call.refuse(
        "rate-of-schedule", "an optimizer with a number for its learning rate", "one that follows a schedule",
        "This optimizer was created with a `LearningRateSchedule` object as its `learning_rate` constructor argument, hence its learning rate is "
        "not settable.", exception="TypeError", moment=Moment.FIT, subject=subject or optimizer,
    )  # fmt: skip
