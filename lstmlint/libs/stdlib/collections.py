"""`collections`: dicts with defaults and counts, ordered dicts, and rows with two ends."""

from __future__ import annotations

from ...knowledge import Call, base, function, method
from ...values import Counter, DefaultDict, Deque, DictValue, IteratorValue, ListValue, Value
from ..bridge import NotKnownError, common, items_of, key_of, reason_of, sample_of, stands_for, under_any_key

base("collections.defaultdict", "builtins.dict")
base("collections.Counter", "builtins.dict")
base("collections.OrderedDict", "builtins.dict")
base("collections.deque", "builtins.object")


def _as_dict(call: Call, args: list[Value]) -> DictValue:
    from ..builtins.making import dict_

    made = dict_(Call("builtins.dict", args, call.kwargs, call.place, call.engine, open=call.open))
    return made if isinstance(made, DictValue) else DictValue({}, True)


@function("collections.OrderedDict")
def ordered_dict(call: Call) -> Value:
    """An ordinary dict does as well."""
    return _as_dict(call, call.args)


@method("builtins.dict.move_to_end")
def move_to_end(call: Call) -> Value:
    """OrderedDict.move_to_end(key, last=True)"""
    own, last = call.receiver, call.kwargs.get("last", call.args[1] if len(call.args) > 1 else True)
    if not isinstance(own, DictValue):
        return None
    try:
        key = key_of(call.args[0])
        value = own.entries.pop(key)
    except (NotKnownError, TypeError, KeyError):
        own.open = True
        return None
    if last:
        own.entries[key] = value
    else:
        rest = dict(own.entries)
        own.entries.clear()
        own.entries.update({key: value, **rest})
    return None


# --- defaultdict


@function("collections.defaultdict")
def default_dict(call: Call) -> Value:
    """defaultdict(factory, ...)"""
    start = _as_dict(call, call.args[1:])
    return DefaultDict(start.entries, start.open, start.sample, call.args[0] if call.args else None)


@method("collections.defaultdict.__getitem__")
def default_getitem(call: Call) -> Value:
    """entries[key]: a missing key gets what the factory gives."""
    from ..builtins.dicts import dict_getitem, dict_lookup

    own = call.receiver
    if isinstance(own, DefaultDict) and own.factory is not None:
        there, _ = dict_lookup(call, own, call.args[0])
        if there is False:
            made = own.entries[key_of(call.args[0])] = call.engine.call(own.factory, [], place=call.place)
            return made
        if there is None:
            made = own.sample
            if made is None:
                made = own.sample = under_any_key(call.engine.call(own.factory, [], place=call.place), call.place)
            own.open = True
            for other in own.entries.values():  # it may be one of these that is filled
                under_any_key(other, call.place)
            return made
    return dict_getitem(call)


# --- Counter


def _counted(call: Call, own: Counter, source: Value, sign: int) -> None:
    if isinstance(source, DictValue):
        rows = list(source.entries.items())
        own.open = own.open or source.open
    else:
        items = items_of(call, source)
        if items is None:
            own.open = True
        rows = [(item, 1) for item in items or ()]
    for item, number in rows:
        try:
            key = key_of(item)
            old = own.entries.get(key, 0)
            if not isinstance(old, int) or not isinstance(number, int):
                raise NotKnownError
            own.entries[key] = int(old) + sign * int(number)
        except (NotKnownError, TypeError):
            own.open = True


@function("collections.Counter")
def counter(call: Call) -> Value:
    """Counter(row), Counter(mapping), Counter(a=1)"""
    own = Counter({}, call.open)
    for source in (*call.args[:1], *([DictValue(dict(call.kwargs))] if call.kwargs else [])):
        if source is not None:
            _counted(call, own, source, 1)
    return own


@method("collections.Counter.__getitem__")
def counter_getitem(call: Call) -> Value:
    """counts[key]: 0 for what was not counted."""
    from ..builtins.dicts import dict_lookup

    if not isinstance(call.receiver, Counter):
        return call.unknown("the count is not known", "int")
    there, value = dict_lookup(call, call.receiver, call.args[0])
    return 0 if there is False else value if there else call.unknown("the count is not known", "int")


@method("collections.Counter.update", "collections.Counter.subtract")
def counter_update(call: Call) -> Value:
    """counts.update(row), counts.subtract(row)"""
    sign = -1 if call.name.endswith("subtract") else 1
    if isinstance(call.receiver, Counter):
        for source in (*call.args[:1], *([DictValue(dict(call.kwargs))] if call.kwargs else [])):
            _counted(call, call.receiver, source, sign)
    return None


@method("collections.Counter.most_common")
def most_common(call: Call) -> Value:
    """counts.most_common(n): the pairs, the most frequent first."""
    own, most = call.receiver, call.args[0] if call.args else call.kwargs.get("n")
    rows = list(own.entries.items()) if isinstance(own, Counter) else []
    if not isinstance(own, Counter) or own.open or not all(isinstance(n, int) for _, n in rows):
        pair = (call.unknown("what was counted is not known"), call.unknown("the count is not known", "int"))
        return ListValue([], True, pair, None, call.place)
    rows.sort(key=lambda pair: -pair[1])
    if most is not None and not isinstance(most, int):
        return ListValue([], True, common(call, list(rows)) if rows else None, None, call.place)
    return ListValue(list(rows if most is None else rows[: max(0, int(most))]), place=call.place)


@method("collections.Counter.elements")
def elements(call: Call) -> Value:
    """counts.elements()"""
    own = call.receiver
    if not isinstance(own, Counter) or own.open or sum(n for n in own.entries.values() if isinstance(n, int)) > 100_000:
        return IteratorValue([], True, call.unknown("what was counted is not known"))
    return IteratorValue([key for key, n in own.entries.items() for _ in range(n if isinstance(n, int) else 0)])


@method("collections.Counter.total")
def total(call: Call) -> Value:
    """counts.total()"""
    own = call.receiver
    if not isinstance(own, Counter) or own.open or not all(isinstance(n, int) for n in own.entries.values()):
        return call.unknown("the counts are not all known", "int")
    return sum(own.entries.values())


@method("collections.Counter.__operator__")
def counter_operator(call: Call) -> Value:
    """+ - | & of counters keep what is positive; == compares counts."""
    import collections

    sign, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    own = call.receiver
    rows = (other, own) if reflected else (own, other)
    if not all(
        isinstance(v, Counter) and not v.open and all(isinstance(n, int) for n in v.entries.values()) for v in rows
    ):
        return call.unknown(reason_of(other), "bool" if sign in ("==", "!=") else None)
    left, right = (collections.Counter(v.entries) for v in rows)
    if sign in ("==", "!="):
        return (left == right) == (sign == "==")
    if sign not in ("+", "-", "|", "&"):
        return call.unknown(reason_of(other))
    made = {"+": left.__add__, "-": left.__sub__, "|": left.__or__, "&": left.__and__}[sign](right)
    return Counter(dict(made))


# --- deque


@function("collections.deque")
def deque(call: Call) -> Value:
    """deque(row=(), maxlen=None)"""
    arguments = call.bind("iterable=(), maxlen=None")
    items, most = items_of(call, arguments["iterable"]), arguments["maxlen"]
    if most is not None and not isinstance(most, int):
        return Deque([], True, items[0] if items else None, None, call.place)
    made = Deque(items or [], items is None, None, None, call.place, most=int(most) if most is not None else None)
    if items is None:
        made.sample = sample_of(call, arguments["iterable"])
    return _trimmed(made, left=True)


def _trimmed(row: Deque, *, left: bool) -> Deque:
    """Take away what is beyond the greatest length, at the other end of where something was added."""
    if row.most is not None and len(row.items) > row.most:
        row.items[:] = row.items[-row.most :] if left and row.most else row.items[: row.most]
    row.length = None
    return row


@method(
    "collections.deque.append",
    "collections.deque.appendleft",
    "collections.deque.extend",
    "collections.deque.extendleft",
)
def push(call: Call) -> Value:
    """Adding at either end."""
    row, short = call.receiver, call.name.rpartition(".")[2]
    if not isinstance(row, Deque) or not call.args:
        return None
    new = items_of(call, call.args[0]) if "extend" in short else [call.args[0]]
    if new is None:
        row.sample = row.sample if row.sample is not None else sample_of(call, call.args[0])
        row.loosen()
        return None
    if row.open and row.sample is not None:
        row.sample = stands_for(call, row.sample, new)
    if short.endswith("left"):
        row.items[:0] = reversed(new)
        _trimmed(row, left=False)
    else:
        row.items.extend(new)
        _trimmed(row, left=True)
    return None


@method("collections.deque.pop", "collections.deque.popleft")
def pop(call: Call) -> Value:
    """Taking from either end."""
    row = call.receiver
    if not isinstance(row, Deque):
        return call.unknown("the items are not known")
    if row.open:
        one = sample_of(call, row)
        row.items, row.sample = [], one
        return one
    if not row.items:
        call.refuse("python-exception", message="IndexError: pop from an empty deque", exception="IndexError")
    return row.items.pop(0 if call.name.endswith("popleft") else -1)


@method("collections.deque.rotate")
def rotate(call: Call) -> Value:
    """row.rotate(n=1)"""
    row, steps = call.receiver, call.args[0] if call.args else 1
    if isinstance(row, Deque) and row.items:
        if isinstance(steps, int) and not row.open:
            at = int(steps) % len(row.items)
            row.items[:] = row.items[-at:] + row.items[:-at] if at else row.items
        else:
            row.sample = common(call, row.items)
            row.items, row.open = [], True
    return None


@method("collections.deque.copy")
def copy(call: Call) -> Value:
    """row.copy()"""
    row = call.receiver
    if not isinstance(row, Deque):
        return call.unknown("the items are not known")
    return Deque(list(row.items), row.open, row.sample, row.length, call.place, most=row.most)


_AS_LIST = ("__getitem__", "__setitem__", "__delitem__", "__len__", "__iter__", "__contains__", "__bool__", "insert", "remove", "clear",
            "reverse", "index", "count")  # fmt: skip


def _like_list() -> None:
    from ...knowledge import find_function

    for name in _AS_LIST:
        handler = find_function(f"builtins.list.{name}")
        if handler is not None:
            function(f"collections.deque.{name}")(handler)


_like_list()
