"""The methods and operators of sets, also where not every item is known."""

from __future__ import annotations

from typing import Any

from ...knowledge import Call, method
from ...values import SetValue, Value
from ..bridge import NotKnownError, compute, items_of, key_of, known, reason_of, sample_of
from .sequences import COMPARE, both_plain


def _set(call: Call) -> SetValue:
    return call.receiver if isinstance(call.receiver, SetValue) else SetValue([], True)


@method("builtins.set.add", "builtins.set.discard", "builtins.set.remove", "builtins.set.update", "builtins.set.clear")
def set_change(call: Call) -> Value:
    """add, discard, remove, update, clear"""
    own, short = _set(call), call.name.rpartition(".")[2]
    if short == "clear":
        own.items, own.open = [], False
        return None
    try:
        if short == "update":
            for more in call.args:
                new = items_of(call, more)
                if new is None:
                    own.open = True
                for item in new or ():
                    if key_of(item) not in [key_of(v) for v in own.items]:
                        own.items.append(item)
            return None
        plain = key_of(call.args[0])
        present = [i for i, v in enumerate(own.items) if key_of(v) == plain]
        if short == "add":
            if not present:
                own.items.append(call.args[0])
        elif present:
            del own.items[present[0]]
        elif short == "remove" and not own.open:
            call.refuse("python-exception", message=f"KeyError: {plain!r}", exception="KeyError")
    except (NotKnownError, TypeError):
        own.open = True
        own.sample = call.args[0] if own.sample is None and short == "add" else own.sample
        if short in ("discard", "remove"):  # whichever it is, it is gone
            own.sample = sample_of(call, own)
            own.items = []
    return None


@method("builtins.set.copy", "builtins.frozenset.copy")
def set_copy(call: Call) -> Value:
    """values.copy()"""
    own = _set(call)
    return SetValue(list(own.items), own.open, own.frozen, own.sample)


_SET_METHODS = ("union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint")


@method(*(f"builtins.{kind}.{name}" for kind in ("set", "frozenset") for name in _SET_METHODS))
def set_methods(call: Call) -> Value:
    """Set algebra of known sets."""
    short = call.name.rpartition(".")[2]
    if short.startswith("is"):
        return compute(call, lambda a, *b: getattr(a, short)(*b), call.receiver, *call.args, kind="bool")
    if known(call.receiver) and all(known(a) for a in call.args):
        return compute(call, lambda a, *b: getattr(a, short)(*b), call.receiver, *call.args)
    return SetValue([], True, sample=_set(call).sample)


@method("builtins.set.__operator__", "builtins.frozenset.__operator__")
def set_operator(call: Call) -> Value:
    """| & - ^ and comparisons of known sets."""
    import operator as op

    sign, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    table: dict[str, Any] = {**COMPARE, "|": op.or_, "&": op.and_, "-": op.sub, "^": op.xor}
    if sign in table and both_plain(call.receiver, other):
        left, right = (other, call.receiver) if reflected else (call.receiver, other)
        return compute(call, table[sign], left, right)
    if sign in "|&-^":
        return SetValue([], True)
    return call.unknown(reason_of(other), "bool" if sign in COMPARE else None)


@method("builtins.set.pop")
def set_pop(call: Call) -> Value:
    """values.pop(): which item it is can't be known."""
    own = _set(call)
    one = sample_of(call, own)
    own.open = True
    own.items = []
    return one
