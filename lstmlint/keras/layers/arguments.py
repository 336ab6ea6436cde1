"""What Keras checks of a layer's arguments when the layer is made: sizes, tuples of sizes, padding, names of things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NoReturn

from ...faults import Moment
from ...knowledge import Engine
from ...values import (
    Arguments,
    Array,
    DictValue,
    External,
    LayerObject,
    ListValue,
    Object,
    Unknown,
    Value,
    is_int,
    is_known,
)
from ..api import identifiers as known_identifiers
from ..api import is_identifier
from ..spec import ConstructorCheck, Use

Check = ConstructorCheck


def checks(*each: Check) -> Check:
    """One check after the other."""

    def check(use: Use) -> None:
        for one in each:
            one(use)

    return check


def refuse(
    use: Use, name: str, required: str, message: str, kind: str = "argument", exception: str = "ValueError"
) -> NoReturn:
    """Say that the constructor raises because of this argument."""
    value = use.value(name)
    use.refuse(
        kind, required, shown(value), message, moment=Moment.CONSTRUCT, blamed=(name,), exception=exception, argument=name, value=value,
    )  # fmt: skip


def shown(value: Value) -> str:
    """A value as Python writes it."""
    found = items(value)
    if found is not None:
        inner = ", ".join(shown(v) for v in found)
        return f"[{inner}]" if isinstance(value, ListValue) else f"({inner},)" if len(found) == 1 else f"({inner})"
    if isinstance(value, ListValue):
        return "[...]"
    return repr(value) if is_known(value) else str(value)


def items(value: Value) -> list[Any] | None:
    """What a list or tuple holds, None for anything else."""
    if isinstance(value, ListValue):
        return None if value.open else list(value.items)
    return list(value) if isinstance(value, tuple) else None


def listed(value: Value) -> list[Any] | None:
    """What a list or tuple holds, or the value itself as the only item; None when it can't be seen into."""
    if isinstance(value, Unknown) or (isinstance(value, ListValue) and value.open):
        return None
    row = items(value)
    return [value] if row is None else row


def number(value: Value) -> int | float | None:
    """A plain number, bools included; None for anything else, symbols too."""
    return value if isinstance(value, (int, float)) else None


def positive(*names: str) -> Check:
    """These arguments must be whole numbers above zero, and nothing else."""

    def check(use: Use) -> None:
        for name in names:
            value = use.value(name)
            if numpy_number(value) or some_float(value):
                _not_positive(use, name)
            if not is_known(value) and not isinstance(value, ListValue):
                continue
            if not isinstance(value, int) or value <= 0:
                _not_positive(use, name)

    return check


def above_zero(*names: str, none: bool = True, whole: bool = False) -> Check:
    """These arguments are compared with zero: floats pass (they fail later), other things can't be compared.

    `none` says whether None is left alone; `whole` that the number must also be an integer by the end of the constructor.
    """

    def check(use: Use) -> None:
        for name in names:
            value = use.value(name)
            if whole and (numpy_number(value) or some_float(value)):
                _not_positive(use, name)
            if (value is None and none) or not (is_known(value) or isinstance(value, ListValue)):
                continue
            found = number(value)
            if found is None or found <= 0 or (whole and isinstance(value, float)):
                _not_positive(use, name)

    return check


def numpy_number(value: Value) -> bool:
    """A scalar that NumPy calculated, where Keras 3 takes Python's own integers only."""
    if not isinstance(value, Array) or value.shape.rank != 0 or value.type_name != "numpy.ndarray":
        return False
    return value.dtype in ("int", "float") and value.made is not None and value.made.by.startswith("numpy.")


def some_float(value: Value) -> bool:
    """A float of which nobody knows which: what `/` has made of unknown sizes."""
    return isinstance(value, Unknown) and value.kind == "float"


def _not_positive(use: Use, name: str) -> NoReturn:
    value = use.value(name)
    of_type = "int64" if numpy_number(value) else "float" if some_float(value) else None
    if of_type is not None:
        use.refuse(
            "not-a-positive-integer", f"a positive integer for `{name}`", "a float" if of_type == "float" else "a number of NumPy",
            f"Received an invalid value for `{name}`, expected a positive integer. Received: {name}=... (of type {of_type})",
            moment=Moment.CONSTRUCT, blamed=(name,), argument=name, value=value,
        )  # fmt: skip
    refuse(
        use, name, f"a positive integer for `{name}`",
        f"Received an invalid value for `{name}`, expected a positive integer. Received: {name}={shown(value)}",
        "not-a-positive-integer",
    )  # fmt: skip


def row_of(name: str, count: int, zero: bool = False, none: bool = False) -> Check:
    """One integer for all of `count` axes, or a row of `count` of them; above zero, or with `zero` not below it."""

    def check(use: Use) -> None:
        check_row(use, name, use.value(name), count, zero, none)

    return check


def check_row(use: Use, name: str, value: Value, count: int, zero: bool = False, none: bool = False) -> None:
    """`standardize_tuple` of a value that is (part of) the argument `name`."""
    if (
        (none and value is None)
        or (is_int(value) and not isinstance(value, int))
        or isinstance(value, (Unknown, Array))
    ):
        return
    least = "0 or more" if zero else "above 0"
    if isinstance(value, (int, float)):
        if isinstance(value, float) or value < 0 or (value == 0 and not zero):
            kind = "argument" if zero else "not-a-positive-integer"
            refuse(use, name, f"whole numbers, {least}", _row_message(name, count, value), kind)
        return
    row = items(value)
    if row is None:
        if value is None or isinstance(value, (str, LayerObject)):
            refuse(use, name, f"a number or {count} of them", _row_message(name, count, value))
        return
    wrong = len(row) != count or any(v is None or isinstance(v, str) for v in row)
    if wrong or any(isinstance(v, (int, float)) and (v < 0 or (v == 0 and not zero)) for v in row):
        refuse(use, name, f"a number or {count} of them, {least}", _row_message(name, count, value))


def _row_message(name: str, count: int, value: Value) -> str:
    return f"The `{name}` argument must be a tuple of {count} integers. Received {name}={shown(value)}"


def one_of(name: str, *allowed: Any, letters: bool = True) -> Check:
    """The argument must be one of these; with `letters` False capitals don't matter."""

    def check(use: Use) -> None:
        value = use.value(name)
        if not is_known(value):
            return
        seen = value.lower() if isinstance(value, str) and not letters else value
        if seen not in allowed:
            refuse(
                use,
                name,
                " or ".join(repr(a) for a in allowed),
                f"`{name}` must be one of {set(allowed)}. Received: {name}={shown(value)}",
            )

    return check


def padding(causal: bool = False) -> Check:
    """ "valid" or "same", and perhaps "causal", in any letters."""

    def check(use: Use) -> None:
        value = use.value("padding")
        if items(value) is not None or not is_known(value):
            return
        allowed = ["valid", "same", *(["causal"] if causal else [])]
        if not isinstance(value, str) or value.lower() not in allowed:
            refuse(
                use, "padding", " or ".join(repr(a) for a in allowed),
                f"The `padding` argument must be a list/tuple or one of {set(allowed)}. Received: {shown(value)}",
            )  # fmt: skip

    return check


def layout(use: Use) -> None:
    """`data_format` must be "channels_last" or "channels_first"."""
    value = use.value("data_format")
    if value is None or not is_known(value):
        return
    if str(value).lower() not in ("channels_last", "channels_first"):
        refuse(
            use, "data_format", "'channels_last' or 'channels_first'",
            "The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=" + shown(value),
        )  # fmt: skip


def largest(value: Value) -> int | None:
    """The largest of a number or a row of numbers; None when they aren't all known."""
    row = listed(value)
    return max(row) if row and all(isinstance(v, int) for v in row) else None


def either_strides_or_dilation(use: Use) -> None:
    """Both above one is refused."""
    strides, dilation = largest(use.value("strides")), largest(use.value("dilation_rate"))
    if strides is not None and dilation is not None and strides > 1 and dilation > 1:
        refuse(
            use, "strides", "strides=1 or dilation_rate=1",
            f"`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides={shown(use.value('strides'))} "
            f"and dilation_rate={shown(use.value('dilation_rate'))}",
        )  # fmt: skip


def fraction(name: str) -> Check:
    """A number between 0 and 1."""

    def check(use: Use) -> None:
        value = use.value(name)
        found = number(value)
        if (is_known(value) and found is None) or (found is not None and not 0 <= found <= 1):
            refuse(
                use, name, "a number between 0 and 1",
                f"Invalid value received for argument `{name}`. Expected a float value between 0 and 1. Received: {name}={shown(value)}",
            )  # fmt: skip

    return check


def not_below_zero(*names: str, none: bool) -> Check:
    """Numbers of 0 or more; `none` says whether None is one as well."""

    def check(use: Use) -> None:
        for name in names:
            value = use.value(name)
            found = number(value)
            if (value is None and not none) or (found is not None and found < 0):
                refuse(
                    use,
                    name,
                    "a number of 0 or more",
                    f"`{name}` cannot be None or a negative value. Received: {name}={shown(value)}",
                )

    return check


ENDINGS = (
    ("activation", "activations"),
    ("_initializer", "initializers"),
    ("_regularizer", "regularizers"),
    ("_constraint", "constraints"),
)
CUSTOM = ("get_custom_objects", "custom_object_scope", "CustomObjectScope", "register_keras_serializable")


@cache
def _group(name: str) -> str | None:
    return next((group for ending, group in ENDINGS if name.endswith(ending)), None)


def identifiers(use: Use) -> None:
    """Activations, initializers, regularizers and constraints given as a string must be known to Keras; numbers and rows never are."""
    arguments: Arguments = use.config
    for name, argument in (*arguments.written(), *arguments.extra.items()):
        group = _group(name)
        if group is None:
            continue
        value = argument.value
        if is_none_of(group, value, use.engine):
            kind, required, got, message = unlike_any_of(group, value)
            use.refuse(
                kind, required, got, message, moment=Moment.CONSTRUCT, blamed=(name,), argument=name, value=value,
                accepted=known_identifiers(group, use.engine.keras_major),
            )  # fmt: skip


def is_none_of(group: str, value: Value, engine: Engine) -> bool:
    """Is this surely none of `keras.initializers` (or another group): a string that nothing is called by, a number, a row?"""
    if isinstance(value, (Unknown, DictValue, External, Object, Array)) or value is None:
        return False
    if isinstance(value, str):
        return not is_identifier(group, value, engine.keras_major) and not _custom(engine)
    return isinstance(value, (bool, int, float, tuple, ListValue))


def unlike_any_of(group: str, value: Value) -> tuple[str, str, str, str]:
    """The kind of fault, what is wanted, what is there, and Keras's words."""
    word = "activation function" if group == "activations" else group[:-1]
    wanted = (
        f"the name of one of keras.{group}"
        if isinstance(value, str)
        else f"a name, a function or an object of keras.{group}"
    )
    kind = f"not-an-{word.split()[0]}" if word[0] in "ai" else f"not-a-{word}"
    return kind, wanted, shown(value), f"Could not interpret {word} identifier: {shown(value)}"


def _custom(engine: Engine) -> bool:
    """Does the program give Keras names of its own?"""
    return any(name.endswith(CUSTOM) for name in engine.record.called())


def all_integers(row: Sequence[Any]) -> bool:
    """Are these all whole numbers, known or symbolic?"""
    return all(is_int(v) or isinstance(v, bool) for v in row)


Reader = Callable[[Use], Any]
