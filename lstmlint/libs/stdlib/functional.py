"""`functools`: functions of functions."""

from __future__ import annotations

from ...knowledge import Call, function
from ...values import Value
from ..bridge import items_of, reason_of


@function("functools.reduce")
def reduce(call: Call) -> Value:
    """functools.reduce(f, items[, initial])"""
    items = items_of(call, call.args[1]) if len(call.args) > 1 else None
    if items is None:
        return call.unknown(reason_of(*call.args[1:]))
    rest = [*call.args[2:3], *items]
    if not rest:
        call.refuse(
            "python-exception",
            message="TypeError: reduce() of empty iterable with no initial value",
            exception="TypeError",
        )
    total = rest[0]
    for item in rest[1:]:
        total = call.engine.call(call.args[0], [total, item], place=call.place)
    return total
