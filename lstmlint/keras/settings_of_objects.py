"""What Keras 3 refuses of the settings of optimizers, their schedules, callbacks and metrics where these are made."""

from __future__ import annotations

from collections.abc import Callable

from ..faults import Moment
from ..knowledge import Call
from ..values import Arguments, DictValue, ListValue, Object, Value
from .layers.arguments import items

OPTIMIZERS = "keras.optimizers."


def check_settings(call: Call, name: str, arguments: Arguments) -> None:
    """Refuse what the constructor of class `name` refuses."""
    if call.engine.keras_major < 3:
        return
    if name.startswith(OPTIMIZERS):
        _optimizer(call, name, arguments)
    check = _CHECKS.get(name)
    if check is not None:
        check(call, arguments)


def _refuse(call: Call, arguments: Arguments, argument: str, required: str, message: str) -> None:
    value = arguments.get(argument)
    shown = repr(value) if isinstance(value, (str, int, float)) or value is None else _kind(value)
    call.refuse(
        "setting", required, shown, message, moment=Moment.CONSTRUCT, blamed=(arguments.place(argument),), argument=argument, value=value,
    )  # fmt: skip


def _kind(value: Value) -> str:
    if isinstance(value, Object):
        return f"a {value.class_name}"
    return {ListValue: "a list", tuple: "a tuple", DictValue: "a dict"}.get(type(value), "another value")


def _optimizer(call: Call, name: str, arguments: Arguments) -> None:
    if name.count(".") == 2 and "learning_rate" in arguments:
        rate = arguments.get("learning_rate")
        callback = isinstance(rate, Object) and rate.type_name.startswith("keras.callbacks.")
        plain = rate is None and arguments.explicit("learning_rate")
        if callback or plain or isinstance(rate, (int, str, ListValue, tuple, DictValue)):
            number = f", such as {float(rate)}" if isinstance(rate, int) and not isinstance(rate, bool) else ""
            required = (
                "a schedule of keras.optimizers.schedules, while a callback is given to fit,"
                if callback
                else f"a float{number}"
            )
            _refuse(
                call, arguments, "learning_rate", required,
                "Argument `learning_rate` should be float, or an instance of LearningRateSchedule, or a callable",
            )  # fmt: skip
    steps = arguments.get("gradient_accumulation_steps") if "gradient_accumulation_steps" in arguments else None
    if steps == 1 and isinstance(steps, int):
        _refuse(
            call,
            arguments,
            "gradient_accumulation_steps",
            "2 or more, or None",
            "`gradient_accumulation_steps` must be an integer >= 2.",
        )


def _momentum(call: Call, arguments: Arguments) -> None:
    given = arguments.get("momentum")
    if isinstance(given, (int, str)) or (isinstance(given, float) and not 0 <= given <= 1):
        whole = isinstance(given, int) and not isinstance(given, bool) and given in (0, 1)
        kind = f"the integer {int(given)} is none: write {float(given)}" if whole else f"Received: momentum={given!r}"
        message = f"`momentum` must be a float between [0, 1]{';' if whole else '.'} {kind}"
        _refuse(call, arguments, "momentum", "a float from 0.0 to 1.0", message)


def _steps(argument: str) -> Callable[[Call, Arguments], None]:
    def check(call: Call, arguments: Arguments) -> None:
        given = arguments.get(argument)
        if isinstance(given, (int, float)) and given <= 0:
            _refuse(call, arguments, argument, "more than 0 steps", f"Argument `{argument}` must be > 0.")

    return check


def _pieces(call: Call, arguments: Arguments) -> None:
    ends, rates = (items(arguments.get(name)) for name in ("boundaries", "values"))
    if ends is not None and rates is not None and len(ends) != len(rates) - 1:
        _refuse(
            call, arguments, "values", f"{len(ends) + 1} values, one more than boundaries",
            f"The length of boundaries should be 1 less than the length of values, and there are {len(ends)} boundaries and {len(rates)} values",
        )  # fmt: skip


def _factor(call: Call, arguments: Arguments) -> None:
    given = arguments.get("factor")
    if isinstance(given, (int, float)) and given >= 1:
        _refuse(
            call,
            arguments,
            "factor",
            "less than 1",
            f"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={given}",
        )


def _frequency(call: Call, arguments: Arguments) -> None:
    given = arguments.get("save_freq")
    if isinstance(given, float) or (isinstance(given, str) and given != "epoch"):
        _refuse(call, arguments, "save_freq", '"epoch" or a number of batches', f"Unrecognized save_freq: {given}.")


def _average(call: Call, arguments: Arguments) -> None:
    given = arguments.get("average")
    if isinstance(given, str) and given not in ("micro", "macro", "weighted"):
        _refuse(
            call,
            arguments,
            "average",
            'None, "micro", "macro" or "weighted"',
            f"Invalid `average` argument value: {given}.",
        )


_CHECKS: dict[str, Callable[[Call, Arguments], None]] = {
    f"{OPTIMIZERS}SGD": _momentum,
    **{f"{OPTIMIZERS}schedules.{name}": _steps("decay_steps") for name in ("ExponentialDecay", "PolynomialDecay", "InverseTimeDecay", "CosineDecay")},
    f"{OPTIMIZERS}schedules.CosineDecayRestarts": _steps("first_decay_steps"),
    f"{OPTIMIZERS}schedules.PiecewiseConstantDecay": _pieces,
    "keras.callbacks.ReduceLROnPlateau": _factor,
    "keras.callbacks.ModelCheckpoint": _frequency,
    "keras.metrics.F1Score": _average,
    "keras.metrics.FBetaScore": _average,
}  # fmt: skip
