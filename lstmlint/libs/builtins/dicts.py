"""The methods and operators of dictionaries, also where not every key is known."""

from __future__ import annotations

from ...knowledge import Call, method
from ...values import DictValue, IteratorValue, ListValue, Value
from ..bridge import (
    NotKnownError,
    another,
    any_key_may_be_set,
    common,
    compute,
    enter_under_any_key,
    items_of,
    key_of,
    reason_of,
    stands_for,
    under_any_key,
)
from .making import dict_
from .sequences import COMPARE, both_plain


def _dict(call: Call) -> DictValue:
    return call.receiver if isinstance(call.receiver, DictValue) else DictValue({}, True)


def dict_lookup(call: Call, value: DictValue, key: Value) -> tuple[bool | None, Value]:
    """Is the key there (None: can't be known), and its value or what a value looks like."""
    others: list[Value] = []
    try:
        plain = key_of(key)
        if plain in value.entries:
            return (None if value.open else True), value.entries[plain]
        if not value.open:
            return False, None
    except (NotKnownError, TypeError):
        others = list(value.entries.values())
    if value.sample is not None:
        return None, common(call, [another(value.sample), *others])
    if value.entries and not value.open:
        return None, common(call, list(value.entries.values()))
    return None, call.unknown(f"which entry of the dict it is can't be known: {reason_of(key)}")


def is_shown(value: DictValue, key: Value) -> bool:
    """Is there an entry for the key? In an open dict it is taken to be still there."""
    try:
        return key_of(key) in value.entries
    except (NotKnownError, TypeError):
        return False


@method("builtins.dict.__getitem__")
def dict_getitem(call: Call) -> Value:
    """entries[key]"""
    there, value = dict_lookup(call, _dict(call), call.args[0])
    if there is False:
        key = key_of(call.args[0])
        call.refuse(
            "python-exception", message=f"KeyError: {key!r}", exception="KeyError", receiver=call.receiver, key=key
        )
    return value


@method("builtins.dict.__setitem__")
def dict_setitem(call: Call) -> Value:
    """entries[key] = value"""
    entries, key, value = _dict(call), call.args[0], call.args[1]
    try:
        entries.entries[key_of(key)] = value
    except (NotKnownError, TypeError):
        enter_under_any_key(call, entries, value)
    return None


@method("builtins.dict.__delitem__", "builtins.dict.pop")
def dict_pop(call: Call) -> Value:
    """del entries[key], entries.pop(key[, default])"""
    entries = _dict(call)
    there, value = dict_lookup(call, entries, call.args[0])
    if there is False:
        if len(call.args) > 1:
            return call.args[1]
        message = f"KeyError: {key_of(call.args[0])!r}"
        call.refuse("python-exception", message=message, exception="KeyError")
    try:
        entries.entries.pop(key_of(call.args[0]), None)
    except (NotKnownError, TypeError):
        entries.open = True
    return value if there or len(call.args) < 2 else common(call, [value, call.args[1]])


@method("builtins.dict.get", "builtins.dict.setdefault")
def dict_get(call: Call) -> Value:
    """entries.get(key[, default]), entries.setdefault(key[, default])"""
    entries = _dict(call)
    default = call.args[1] if len(call.args) > 1 else call.kwargs.get("default")
    if call.open and len(call.args) < 2:
        default = call.unknown("what is given where there is no entry is not known")
    there, value = dict_lookup(call, entries, call.args[0])
    if there is None and call.name.endswith("setdefault"):
        entries.open = True
        if entries.sample is None:
            entries.sample = under_any_key(default, call.place)
        return entries.sample
    if there is None and not entries.open:
        return call.unknown(f"which entry of the dict it is can't be known: {reason_of(call.args[0])}")
    if there is False:
        if call.name.endswith("setdefault"):
            entries.entries[key_of(call.args[0])] = default
        elif default is None and entries.sample is not None:  # whose entries are of one kind: those of a history, say
            call.notice("missing-entry", blamed=call.arg_places[:1], receiver=entries, key=key_of(call.args[0]))
        return default
    shown = is_shown(entries, call.args[0])
    return value if there or shown else common(call, [value, default])


@method("builtins.dict.keys", "builtins.dict.values", "builtins.dict.items", "builtins.dict.__iter__")
def dict_views(call: Call) -> Value:
    """The views of a dict, as lists."""
    entries, short = _dict(call), call.name.rpartition(".")[2]
    if short == "values":
        found: list[Value] = list(entries.entries.values())
        sample = entries.sample if entries.sample is None else stands_for(call, entries.sample, found)
    elif short == "items":
        found = list(entries.entries.items())
        value = call.unknown("what the dict holds is not known")
        if entries.sample is not None:
            value = stands_for(call, entries.sample, list(entries.entries.values()))
        sample = (call.unknown("the key is not known"), value) if entries.open else None
    else:
        found, sample = list(entries.entries), None
        if entries.open:
            sample = call.unknown("the key is not known")
    if short == "__iter__":
        return IteratorValue(found, entries.open, sample)
    return ListValue(found, entries.open, sample, None, call.place)


@method("builtins.dict.update", "builtins.dict.__ior__")
def dict_update(call: Call) -> Value:
    """entries.update(other, **more)"""

    entries = _dict(call)
    if call.args:
        more = dict_(Call("builtins.dict", [call.args[0]], {}, call.place, call.engine))
        if isinstance(more, DictValue):
            if more.open:
                any_key_may_be_set(entries, call.place, "what the dict was updated with is not known")
            entries.entries.update(more.entries)
            entries.open = entries.open or more.open
    entries.entries.update(call.kwargs)
    entries.open = entries.open or call.open
    return None


@method("builtins.dict.copy")
def dict_copy(call: Call) -> Value:
    """entries.copy()"""
    entries = _dict(call)
    return DictValue(dict(entries.entries), entries.open, entries.sample)


@method("builtins.dict.clear")
def dict_clear(call: Call) -> Value:
    """entries.clear()"""
    entries = _dict(call)
    entries.entries, entries.open, entries.sample = {}, False, None
    return None


@method("builtins.dict.fromkeys")
def dict_fromkeys(call: Call) -> Value:
    """dict.fromkeys(keys[, value])"""
    keys = items_of(call, call.args[0]) if call.args else None
    value = call.args[1] if len(call.args) > 1 else None
    try:
        if call.open and len(call.args) < 2:
            value = call.unknown("what stands under the keys is not known")
        return DictValue({key_of(k): value for k in keys or ()}, keys is None, value)
    except (NotKnownError, TypeError):
        return DictValue({}, True, value)


@method("builtins.dict.popitem")
def dict_popitem(call: Call) -> Value:
    """entries.popitem()"""
    entries = _dict(call)
    if not entries.open and entries.entries:
        return entries.entries.popitem()
    return (call.unknown("the key is not known"), call.unknown("the value is not known"))


@method("builtins.dict.__operator__")
def dict_operator(call: Call) -> Value:
    """entries | other, == and !="""
    operator, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    own = _dict(call)
    if operator == "|" and isinstance(other, DictValue):
        left, right = (other, own) if reflected else (own, other)
        return DictValue({**left.entries, **right.entries}, left.open or right.open, left.sample or right.sample)
    if operator in ("==", "!=") and both_plain(own, other):
        return compute(call, COMPARE[operator], own, other, kind="bool")
    return call.unknown(reason_of(other), "bool" if operator in COMPARE else None)
