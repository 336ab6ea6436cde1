"""The methods of Python's containers: lists, tuples, dicts, sets, ranges and iterators, also where not every item is known."""

from __future__ import annotations

from typing import Any

from ..dims import Dim, Expr, less
from ..knowledge import Call, attribute, method
from ..values import (
    Array,
    DictValue,
    IteratorValue,
    ListValue,
    RangeValue,
    SetValue,
    SliceValue,
    Unknown,
    Value,
    fresh_int,
    int_value,
)
from .bridge import (
    LARGEST,
    NotKnownError,
    attempt,
    common,
    compute,
    items_of,
    key_of,
    known,
    label,
    length_of,
    range_length,
    reason_of,
    sample_of,
    to_python,
    type_of,
)
from .slices import slice_bounds


def _loosen(value: ListValue) -> None:
    """After this nobody knows which items the list has."""
    value.open = True
    value.length = None


def _list(call: Call) -> ListValue:
    return call.receiver if isinstance(call.receiver, ListValue) else ListValue([], True)


def _item(call: Call, value: ListValue | IteratorValue | SetValue) -> Value:
    return sample_of(call, value)


# --- indexing, for lists and tuples alike


def _sequence_item(call: Call, items: list[Value], index: Value, wrap: Any) -> Value:
    if isinstance(index, SliceValue):
        if known(index):
            return attempt(call, lambda: wrap(items[to_python(index)]))
        return None
    if isinstance(index, int):
        if -len(items) <= index < len(items):
            return items[index]
        call.refuse(
            "python-exception",
            message=f"IndexError: {'list' if wrap is not tuple else 'tuple'} index out of range",
            exception="IndexError",
        )
    return None


@method("builtins.list.__getitem__")
def list_getitem(call: Call) -> Value:
    """items[index], items[a:b]: a sample where it isn't known which item."""
    items, index = _list(call), call.args[0]
    if isinstance(index, (str, float)) or index is None:
        kind = (type_of(index) or "").removeprefix("builtins.")
        message = f"TypeError: list indices must be integers or slices, not {kind}"
        call.refuse("python-exception", message=message, exception="TypeError")
    if not items.open:
        found = _sequence_item(call, items.items, index, lambda rest: ListValue(rest, place=call.place))
        if found is not None or (isinstance(index, int) and not isinstance(index, bool)):
            return found
        if isinstance(index, SliceValue):
            size = slice_bounds(index, Dim(len(items.items)))
            return ListValue([], True, _item(call, items) if items.items else None, size, call.place)
        return common(call, items.items) if items.items else call.unknown("which item it is can't be known")
    if isinstance(index, SliceValue):
        size = slice_bounds(index, items.length) if items.length is not None else None
        return ListValue([], True, _item(call, items), size, call.place)
    return _item(call, items)


@method("builtins.tuple.__getitem__")
def tuple_getitem(call: Call) -> Value:
    """values[index], values[a:b]"""
    values, index = call.receiver, call.args[0]
    if not isinstance(values, tuple):
        return call.unknown(reason_of(values))
    if isinstance(index, int) or (isinstance(index, SliceValue) and known(index)):
        return _sequence_item(call, list(values), index, tuple)
    if isinstance(index, SliceValue):
        return call.unknown("the ends of the slice are not known", "tuple")
    if isinstance(index, (str, float)) or index is None:
        message = "TypeError: tuple indices must be integers or slices"
        call.refuse("python-exception", message=message, exception="TypeError")
    return common(call, list(values)) if values else call.unknown("which item it is can't be known")


@method("builtins.range.__getitem__")
def range_getitem(call: Call) -> Value:
    """range(...)[i]"""
    if known(call.receiver) and known(call.args[0]):
        return compute(call, lambda r, i: r[i], call.receiver, call.args[0])
    if isinstance(call.args[0], SliceValue):
        return call.unknown("the ends of the slice are not known", "range")
    return fresh_int(label(call), call.place, least=-(10**9))


# --- changing lists


@method("builtins.list.__setitem__")
def list_setitem(call: Call) -> Value:
    """items[index] = value"""
    items, (index, value) = _list(call), call.args[:2]
    if isinstance(index, int) and not items.open:
        if not -len(items.items) <= index < len(items.items):
            message = "IndexError: list assignment index out of range"
            call.refuse("python-exception", message=message, exception="IndexError")
        items.items[index] = value
        return None
    if isinstance(index, SliceValue):
        new = items_of(call, value)
        if new is not None and known(index) and not items.open:
            attempt(call, lambda: items.items.__setitem__(to_python(index), new))
            return None
        _loosen(items)
        return None
    if not items.open and items.items:
        unsure = common(call, [*items.items, value])
        items.items[:] = [v if v is value else unsure for v in items.items]
    elif items.open:
        items.sample = value if items.sample is None else common(call, [items.sample, value])
    return None


@method("builtins.list.__delitem__")
def list_delitem(call: Call) -> Value:
    """del items[index]"""
    items, index = _list(call), call.args[0]
    if not items.open and known(index):
        attempt(call, lambda: items.items.__delitem__(to_python(index)))
    else:
        if items.sample is None and items.items:
            items.sample = _item(call, items)
        items.items = []
        _loosen(items)
    return None


@method("builtins.list.append")
def list_append(call: Call) -> Value:
    """items.append(value)"""
    items, value = _list(call), call.bind("object, /")["object"]
    items.items.append(value)
    items.length = None
    return None


@method("builtins.list.insert")
def list_insert(call: Call) -> Value:
    """items.insert(index, value)"""
    items = _list(call)
    arguments = call.bind("index, object, /")
    if isinstance(arguments["index"], int) and not items.open:
        items.items.insert(arguments["index"], arguments["object"])
        return None
    items.items.append(arguments["object"])
    _loosen(items)
    return None


@method("builtins.list.extend")
def list_extend(call: Call) -> Value:
    """items.extend(iterable)"""
    items, more = _list(call), call.bind("iterable, /")["iterable"]
    new = items_of(call, more)
    if new is None:
        if not items.open or items.sample is None:
            items.sample = sample_of(call, more)
        _loosen(items)
    else:
        items.items.extend(new)
        items.length = None
    return None


@method("builtins.list.pop", "builtins.list.remove", "builtins.list.clear")
def list_take(call: Call) -> Value:
    """items.pop([index]), items.remove(value), items.clear()"""
    items, name = _list(call), call.name.rpartition(".")[2]
    if name == "clear":
        items.items, items.open, items.length, items.sample = [], False, None, None
        return None
    if name == "pop" and not items.open and all(isinstance(a, int) for a in call.args):
        return attempt(call, lambda: items.items.pop(*call.args[:1]))
    if name == "remove" and not items.open and known(call.args[0]) and known(items):
        at = attempt(call, lambda: to_python(items).index(to_python(call.args[0])))
        del items.items[at]
        return None
    one = _item(call, items)
    items.sample, items.items = one, []
    _loosen(items)
    return one if name == "pop" else None


@method("builtins.list.reverse")
def list_reverse(call: Call) -> Value:
    """items.reverse()"""
    _list(call).items.reverse()
    return None


@method("builtins.list.sort")
def list_sort(call: Call) -> Value:
    """items.sort(key=None, reverse=False)"""
    from .builtins import sorted_

    items = _list(call)
    if items.open:
        return None
    done = sorted_(Call("builtins.sorted", [items], dict(call.kwargs), call.place, call.engine))
    if isinstance(done, ListValue):
        items.items = done.items
    return None


@method("builtins.list.copy", "builtins.list.__copy__")
def list_copy(call: Call) -> Value:
    """items.copy()"""
    items = _list(call)
    return ListValue(list(items.items), items.open, items.sample, items.length, call.place)


@method("builtins.list.index", "builtins.list.count", "builtins.tuple.index", "builtins.tuple.count")
def sequence_search(call: Call) -> Value:
    """items.index(value), items.count(value)"""
    short = call.name.rpartition(".")[2]
    if known(call.receiver) and all(known(a) for a in call.args):
        return compute(call, lambda row, *rest: getattr(row, short)(*rest), call.receiver, *call.args, kind="int")
    return fresh_int(label(call), call.place)


@method("builtins.list.__len__", "builtins.tuple.__len__", "builtins.dict.__len__", "builtins.set.__len__")
def container_len(call: Call) -> Value:
    """len(container)"""
    size = length_of(call, call.receiver)
    return int_value(size) if size is not None and size.exact is not None else fresh_int(label(call), call.place)


@method("builtins.list.__iter__", "builtins.tuple.__iter__", "builtins.set.__iter__", "builtins.frozenset.__iter__")
@method("builtins.generator.__iter__", "builtins.range.__iter__", "builtins.str.__iter__", "builtins.bytes.__iter__")
def container_iter(call: Call) -> Value:
    """iter(container)"""
    value = call.receiver
    if isinstance(value, IteratorValue):
        return value
    if isinstance(value, Unknown):
        kind = "str" if value.kind == "str" else "int" if value.kind in ("range", "bytes") else None
        return IteratorValue([], True, call.unknown(value.reason, kind))
    if isinstance(value, (ListValue, SetValue)) and value.open:
        return IteratorValue([], True, _item(call, value))
    if isinstance(value, RangeValue):
        size = range_length(value)
        if size is None or not isinstance(size.size, int) or size.size > LARGEST or not known(value):
            return IteratorValue([], True, sample_of(call, value))
        return IteratorValue(list(to_python(value)))
    items = items_of(call, value)
    return IteratorValue(items if items is not None else [], items is None)


@method("builtins.generator.__next__", "builtins.generator.send")
def generator_next(call: Call) -> Value:
    """next(generator)"""
    from .builtins import next_

    return next_(Call("builtins.next", [call.receiver], {}, call.place, call.engine))


@method("builtins.generator.close", "builtins.generator.throw")
def generator_close(call: Call) -> Value:
    """Closing a generator gives None."""
    return None


# --- operators and truth


def contains(call: Call, row: Value, value: Value) -> Value:
    """value in row: True or False when it can be shown."""
    items = row.items if isinstance(row, (ListValue, SetValue)) else row if isinstance(row, tuple) else None
    if isinstance(row, DictValue):
        items = list(row.entries)
    if items is not None and any(item is value for item in items):
        return True
    try:
        wanted = key_of(value)
        plain = [key_of(v) for v in items or ()]
        if wanted in plain:
            return True
        if items is not None and not getattr(row, "open", False):
            return False
    except NotKnownError:
        pass
    return call.unknown(reason_of(value, *(items or ())), "bool")


@method("builtins.list.__contains__", "builtins.tuple.__contains__", "builtins.set.__contains__")
@method("builtins.frozenset.__contains__", "builtins.dict.__contains__")
def container_contains(call: Call) -> Value:
    """value in container"""
    return contains(call, call.receiver, call.args[0])


@method("builtins.range.__contains__")
def range_contains(call: Call) -> Value:
    """value in range(...)"""
    return compute(call, lambda row, v: v in row, call.receiver, call.args[0], kind="bool")


@method("builtins.list.__bool__", "builtins.tuple.__bool__", "builtins.set.__bool__", "builtins.dict.__bool__")
@method("builtins.frozenset.__bool__", "builtins.range.__bool__")
def container_bool(call: Call) -> Value:
    """bool(container): True when it surely has items."""
    value = call.receiver
    size = length_of(call, value)
    if size is None or size.exact is None:
        return call.unknown("whether it has items is not known", "bool")
    if isinstance(size.exact, int):
        return size.exact > 0
    return True if less(0, size.exact) else call.unknown("whether it has items is not known", "bool")


def _both_plain(left: Value, right: Value) -> bool:
    return known(left) and known(right)


_COMPARE = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@method("builtins.list.__operator__", "builtins.tuple.__operator__")
def sequence_operator(call: Call) -> Value:
    """+, *, comparisons of lists and tuples. Other operands (arrays, tensors) are asked for the answer first."""
    operator, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    own = call.receiver
    if isinstance(other, Array):
        return _array_operator(call, other, operator, own, not reflected)
    if operator in ("in", "not in"):
        return call.unknown("membership is not decided here", "bool")
    if operator in _COMPARE:
        if operator in ("==", "!=") and own is other:
            return operator == "=="
        if _both_plain(own, other):
            left, right = (other, own) if reflected else (own, other)
            return compute(call, _COMPARE[operator], left, right, kind="bool")
        if operator in ("==", "!=") and isinstance(own, tuple) and isinstance(other, tuple):
            if len(own) != len(other):
                return operator == "!="
        return call.unknown(reason_of(own, other), "bool")
    if operator == "+":
        return _join(call, own, other, reflected)
    if operator == "*":
        return _repeat(call, own, other)
    if isinstance(other, Unknown) or not known(other):
        return call.unknown(reason_of(other))
    kinds = [(type_of(v) or "?").removeprefix("builtins.") for v in ((other, own) if reflected else (own, other))]
    if operator in ("-", "/", "//", "**", "%", "@"):
        message = f"TypeError: unsupported operand type(s) for {operator}: '{kinds[0]}' and '{kinds[1]}'"
        call.refuse("python-exception", message=message, exception="TypeError")
    return call.unknown("the result is not known")


def _array_operator(call: Call, array: Array, operator: str, other: Value, reflected: bool) -> Value:
    from ..knowledge import find_method

    found = find_method(array.type_name, "__operator__")
    if found is None:
        return call.unknown("the result is not known")
    return found[1](Call(found[0], [operator, other, reflected], {}, call.place, call.engine, array))


def _join(call: Call, own: Value, other: Value, reflected: bool) -> Value:
    left, right = (other, own) if reflected else (own, other)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left + right if len(left) + len(right) <= LARGEST else call.unknown("it is too long to follow", "tuple")
    if isinstance(left, ListValue) and isinstance(right, ListValue):
        if not left.open and not right.open and len(left.items) + len(right.items) <= LARGEST:
            return ListValue([*left.items, *right.items], place=call.place)
        a, b = length_of(call, left), length_of(call, right)
        samples = [sample_of(call, v) for v in (left, right) if v.open or v.items]
        size = a + b if a is not None and b is not None else None
        return ListValue([], True, common(call, samples), size, call.place)
    if isinstance(other, Unknown) or not (type_of(other) or "").startswith("builtins."):
        return call.unknown(reason_of(other), "list" if isinstance(other, Unknown) and other.kind == "list" else None)
    kinds = [(type_of(v) or "?").removeprefix("builtins.") for v in (left, right)]
    message = f'TypeError: can only concatenate {kinds[0]} (not "{kinds[1]}") to {kinds[0]}'
    return call.refuse("python-exception", message=message, exception="TypeError")


def _repeat(call: Call, own: Value, count: Value) -> Value:
    if isinstance(count, int):
        size = length_of(call, own)
        if isinstance(own, ListValue) and own.open:
            return ListValue([], True, own.sample, size * max(int(count), 0) if size is not None else None, call.place)
        items = own.items if isinstance(own, ListValue) else own
        if len(items) * max(count, 0) <= LARGEST:
            return ListValue(items * int(count), place=call.place) if isinstance(own, ListValue) else items * int(count)
        if isinstance(own, ListValue):
            return ListValue([], True, common(call, items), Dim(len(items) * int(count)), call.place)
        return call.unknown("it is too long to follow", "tuple")
    if isinstance(own, ListValue) and isinstance(count, (Dim, Unknown)):
        size = length_of(call, own)
        sure = isinstance(count, Dim) and isinstance(count.size, Expr) and less(count.size, 0) is False
        total = size * count if size is not None and sure and isinstance(count, Dim) else None
        return ListValue([], True, sample_of(call, own) if own.items or own.open else None, total, call.place)
    if isinstance(own, tuple) and isinstance(count, (Dim, Unknown)):
        return call.unknown(reason_of(count), "tuple")
    kind = (type_of(count) or "?").removeprefix("builtins.")
    if kind in ("str", "float", "list", "tuple", "NoneType", "dict"):
        message = f"TypeError: can't multiply sequence by non-int of type '{kind}'"
        call.refuse("python-exception", message=message, exception="TypeError")
    return call.unknown(reason_of(count))


# --- dicts


def _dict(call: Call) -> DictValue:
    return call.receiver if isinstance(call.receiver, DictValue) else DictValue({}, True)


def dict_lookup(call: Call, value: DictValue, key: Value) -> tuple[bool | None, Value]:
    """Is the key there (None: can't be known), and its value or what a value looks like."""
    try:
        plain = key_of(key)
        if plain in value.entries:
            return (None if value.open else True), value.entries[plain]
        if not value.open:
            return False, None
    except (NotKnownError, TypeError):
        pass
    if value.sample is not None:
        return None, value.sample
    if value.entries and not value.open:
        return None, common(call, list(value.entries.values()))
    return None, call.unknown(f"which entry of the dict it is can't be known: {reason_of(key)}")


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
    entries, (key, value) = _dict(call), call.args[:2]
    try:
        entries.entries[key_of(key)] = value
    except (NotKnownError, TypeError):
        entries.open = True
        entries.sample = value if entries.sample is None else common(call, [entries.sample, value])
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
    return value


@method("builtins.dict.get", "builtins.dict.setdefault")
def dict_get(call: Call) -> Value:
    """entries.get(key[, default]), entries.setdefault(key[, default])"""
    entries = _dict(call)
    default = call.args[1] if len(call.args) > 1 else call.kwargs.get("default")
    there, value = dict_lookup(call, entries, call.args[0])
    if there is None and not entries.open:
        return call.unknown(f"which entry of the dict it is can't be known: {reason_of(call.args[0])}")
    if there is False:
        if call.name.endswith("setdefault"):
            entries.entries[key_of(call.args[0])] = default
        return default
    return value


@method("builtins.dict.keys", "builtins.dict.values", "builtins.dict.items", "builtins.dict.__iter__")
def dict_views(call: Call) -> Value:
    """The views of a dict, as lists."""
    entries, short = _dict(call), call.name.rpartition(".")[2]
    if short == "values":
        found: list[Value] = list(entries.entries.values())
        sample = entries.sample
    elif short == "items":
        found = list(entries.entries.items())
        sample = (call.unknown("the key is not known"), entries.sample) if entries.open else None
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
    from .builtins import dict_

    entries = _dict(call)
    if call.args:
        more = dict_(Call("builtins.dict", [call.args[0]], {}, call.place, call.engine))
        if isinstance(more, DictValue):
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
    if operator in ("==", "!=") and _both_plain(own, other):
        return compute(call, _COMPARE[operator], own, other, kind="bool")
    return call.unknown(reason_of(other), "bool" if operator in _COMPARE else None)


# --- sets


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
    table: dict[str, Any] = {**_COMPARE, "|": op.or_, "&": op.and_, "-": op.sub, "^": op.xor}
    if sign in table and _both_plain(call.receiver, other):
        left, right = (other, call.receiver) if reflected else (call.receiver, other)
        return compute(call, table[sign], left, right)
    if sign in "|&-^":
        return SetValue([], True)
    return call.unknown(reason_of(other), "bool" if sign in _COMPARE else None)


@method("builtins.set.pop")
def set_pop(call: Call) -> Value:
    """values.pop(): which item it is can't be known."""
    own = _set(call)
    one = sample_of(call, own)
    own.open = True
    own.items = []
    return one


@attribute("builtins.range.start", "builtins.range.stop", "builtins.range.step")
def range_ends(call: Call) -> Value:
    """range(...).start and so on"""
    short = call.name.rpartition(".")[2]
    return getattr(call.receiver, short) if isinstance(call.receiver, RangeValue) else call.unknown("unknown", "int")


@attribute("builtins.slice.start", "builtins.slice.stop", "builtins.slice.step")
def slice_ends(call: Call) -> Value:
    """slice(...).start and so on"""
    return getattr(call.receiver, call.name.rpartition(".")[2])
