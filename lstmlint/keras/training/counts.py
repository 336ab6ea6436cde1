"""How many epochs, steps and samples a batch: the arguments of `fit` and its kin that Keras counts with."""

from __future__ import annotations

from ...faults import Moment
from ...knowledge import Call
from ...program import Use
from ...values import Array, ListValue, Unknown, Value

WHATEVER_THE_DATA = {
    "fit": ("epochs", "initial_epoch", "steps_per_epoch"),
    "evaluate": ("steps",),
    "predict": ("steps",),
}
"""Arguments that `range` meets, whatever gives the batches."""
OF_ARRAYS = "batch_size"
"""The argument by which only arrays are cut into batches, and never negative: what comes in batches of its own is asked for no size."""


def check_counts(call: Call, use: Use, moment: Moment, *, arrays: bool) -> None:
    """Refuse what is no whole number where Keras 3 counts; `arrays` says that it cuts the data into batches itself."""
    names = WHATEVER_THE_DATA.get(use.method, ())
    if arrays and names:
        names = (OF_ARRAYS, *names)
    if use.method == "fit" and use.validation is not None:
        names = (*names, "validation_steps")
    for name in names:
        value = use.arguments.get(name)
        what = no_whole_number(value)
        if name == OF_ARRAYS and isinstance(value, int) and value < 0:
            what = str(value)
        if what is not None:
            call.refuse(
                "count", "a whole number", what, f"`{name}` must be a whole number. Received: {what}", exception="TypeError", moment=moment,
                blamed=(use.arguments.place(name),), subject=use.model, argument=name, value=value, method=use.method,
            )  # fmt: skip


def no_whole_number(value: Value) -> str | None:
    """What a value is, in words, if `range` refuses it; None for a whole number, for none at all and for what may be one."""
    if isinstance(value, float):
        return f"the float {value}"
    if isinstance(value, str):
        return f"the string {str(value)!r}"
    if isinstance(value, (ListValue, tuple)):
        return "a list" if isinstance(value, ListValue) else "a tuple"
    if isinstance(value, Unknown) and value.kind == "float":
        return "a float"
    if isinstance(value, Array) and value.shape.rank is not None:
        if value.shape.rank > 0:
            return f"an array of shape {value.shape}"
        return "a float" if value.dtype == "float" else None
    return None
