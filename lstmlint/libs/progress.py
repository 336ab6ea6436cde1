"""tqdm: a loop over it is a loop over what it was given."""

from __future__ import annotations

from ..knowledge import Call, base, function, method
from ..values import Object, Value
from .builtins.making import range_

BAR = "tqdm.tqdm"
base(BAR, "contextlib.AbstractContextManager")


@function(*(f"tqdm.{inner}tqdm" for inner in ("", "auto.", "notebook.", "std.", "asyncio.", "rich.", "autonotebook.")))
@function("tqdm.tqdm_notebook")
def bar(call: Call) -> Value:
    """tqdm(iterable): its items, and methods for the display, which give nothing that matters."""
    iterable = call.args[0] if call.args else call.kwargs.get("iterable")
    return Object(BAR, attributes={"iterable": iterable}, place=call.place)


@function(*(f"tqdm.{inner}trange" for inner in ("", "auto.", "notebook.", "std.", "autonotebook.")))
def counting(call: Call) -> Value:
    """trange(n) is tqdm(range(n))."""
    numbers = range_(Call("builtins.range", call.args, {}, call.place, call.engine, open=call.open))
    return Object(BAR, attributes={"iterable": numbers}, place=call.place)


@method(f"{BAR}.__iter__")
def items(call: Call) -> Value:
    """What the bar runs over."""
    iterable = call.receiver.attributes.get("iterable") if isinstance(call.receiver, Object) else None
    return iterable if iterable is not None else call.unknown("what the progress bar runs over is not known")


@method(*(f"{BAR}.{name}" for name in ("close", "clear", "refresh", "reset", "set_description", "set_description_str", "set_postfix", "set_postfix_str", "update", "write", "display", "unpause")))  # fmt: skip
def show(call: Call) -> Value:
    """What is displayed doesn't change the loop."""
    return None
