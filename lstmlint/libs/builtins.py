"""What Python's built-in functions and types give, as far as their arguments are known."""

from __future__ import annotations

import builtins
import functools
import math
from collections.abc import Callable
from typing import Any

from ..dims import Dim, Expr, TracedInt, less, mod, same
from ..knowledge import (
    Call,
    attribute,
    base,
    constant,
    find_attribute,
    find_attribute_of,
    find_function,
    find_method,
    function,
    has_constant,
    is_class,
    is_subclass,
    method,
)
from ..places import Origin
from ..values import (
    Array,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    Dataset,
    DictValue,
    External,
    ExternalMethod,
    FunctionValue,
    IteratorValue,
    ListValue,
    ModuleValue,
    Object,
    Partial,
    RangeValue,
    SetValue,
    SliceValue,
    Tensor,
    Unknown,
    Value,
    fresh_int,
    int_value,
    is_int,
)
from .bridge import (
    LARGEST,
    NotKnownError,
    attempt,
    compute,
    is_surely_absent,
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

for _name in (
    "int", "float", "str", "bytes", "bytearray", "complex", "list", "tuple", "dict", "set", "frozenset", "range", "slice",
    "generator", "NoneType", "function", "type", "enumerate", "zip", "map", "filter", "reversed", "memoryview", "BaseException",
    "property", "staticmethod", "classmethod",
):  # fmt: skip
    base(f"builtins.{_name}", "builtins.object")
base("builtins.object")
base("builtins.bool", "builtins.int")
for _name, _value in vars(builtins).items():
    if isinstance(_value, type) and issubclass(_value, BaseException) and _value is not BaseException:
        base(f"builtins.{_value.__name__}", *(f"builtins.{b.__name__}" for b in _value.__bases__))
constant("builtins.Ellipsis", ...)
constant("builtins.__debug__", True)


def _exception(call: Call) -> Value:
    return Object(call.name, attributes={"args": tuple(call.args)}, place=call.place)


for _name, _value in vars(builtins).items():
    if isinstance(_value, type) and issubclass(_value, BaseException):
        function(f"builtins.{_name}")(_exception)


@function("builtins.BaseException.__init__")
def initialise_exception(call: Call) -> Value:
    """super().__init__(...) of an exception of the user's own."""
    if isinstance(call.receiver, Object):
        call.receiver.attributes["args"] = tuple(call.args)
    return None


_OF_NUMBERS = {
    "int": ("bit_length", "bit_count", "conjugate", "as_integer_ratio"),
    "float": ("is_integer", "hex", "conjugate", "as_integer_ratio"),
}


@method(
    *(
        f"builtins.{kind}.{name}"
        for kind, names in _OF_NUMBERS.items()
        for name in names
        if hasattr(getattr(builtins, kind), name)
    )
)
def number_method(call: Call) -> Value:
    """(5).bit_length(), (2.5).is_integer(), ..."""
    return compute(call, lambda n: getattr(n, call.name.rpartition(".")[2])(), call.receiver)


@attribute(
    "builtins.int.real", "builtins.int.imag", "builtins.int.numerator", "builtins.float.real", "builtins.float.imag"
)
def number_part(call: Call) -> Value:
    """(5).real and so on"""
    return compute(call, lambda n: getattr(n, call.name.rpartition(".")[2]), call.receiver)


def _special(call: Call, name: str, value: Value) -> Value | None:
    """`type(value).name(value)` by the user's class or by knowledge; None when nobody defines it."""
    if isinstance(value, Object):
        own = call.engine.find_method(value, name)
        if own is not None:
            return call.engine.call(own, [], place=call.place)
    kind = type_of(value)
    found = find_method(kind, name) if kind else None
    if found is None:
        return None
    return found[1](Call(found[0], [], {}, call.place, call.engine, value))


@function("builtins.len")
def len_(call: Call) -> Value:
    """len(x): exact where the items are known, a symbol "len(x)" otherwise."""
    value = call.bind("obj, /")["obj"]
    if value is None or (is_int(value) or isinstance(value, (bool, float))):
        kind = (type_of(value) or "").removeprefix("builtins.")
        call.refuse(
            "python-exception", message=f"TypeError: object of type '{kind}' has no len()", exception="TypeError"
        )
    size = length_of(call, value)
    if size is not None and size.exact is not None:
        return _traced(size, call)
    own = _special(call, "__len__", value)
    if own is not None:
        return own
    fresh = fresh_int(label(call), call.place, cause=getattr(value, "origin", None))
    if isinstance(value, ListValue) and value.open:
        value.length = fresh
    return fresh


def _traced(size: Dim, call: Call) -> Value:
    origin = Origin(label(call), call.place, size.origin)
    return int_value(Dim(size.size, size.role, origin))


@function("builtins.range")
def range_(call: Call) -> Value:
    """range(stop) and range(start, stop[, step]) with symbolic ends."""
    args = call.args
    if not 1 <= len(args) <= 3 or call.open:
        return call.unknown("the arguments of range() are not known")
    if len(args) == 1:
        args = [0, args[0]]
    ends = [_as_int(call, a) for a in args]
    for end, given in zip(ends, args):
        if end is None:
            if isinstance(given, (str, float, ListValue, tuple)) or given is None:
                kind = (type_of(given) or "").removeprefix("builtins.")
                message = f"TypeError: '{kind}' object cannot be interpreted as an integer"
                call.refuse("python-exception", message=message, exception="TypeError")
            return call.unknown(reason_of(given), "range")
    if len(ends) == 3 and ends[2] == 0:
        call.refuse("python-exception", message="ValueError: range() arg 3 must not be zero", exception="ValueError")
    return RangeValue(*ends)  # type: ignore[arg-type]


def _as_int(call: Call, value: Value) -> int | Dim | None:
    """An index-like value as an int or a symbol; None when it isn't one."""
    if isinstance(value, bool):
        return int(value)
    if is_int(value):
        return value  # type: ignore[no-any-return]
    if isinstance(value, Array) and value.shape.rank == 0 and value.dtype == "int":
        if isinstance(value.constant, int):
            return value.constant
        return fresh_int(value.name or "n", call.place, least=-(10**9), cause=value.origin)
    if isinstance(value, Unknown) and value.kind in (None, "int"):
        origin = value.origin
        return fresh_int(origin.label if origin else "n", call.place, least=-(10**9), cause=origin)
    return None


@function("builtins.int")
def int_(call: Call) -> Value:
    """int(x): symbols stay symbols; int() of an unknown number gives a symbol."""
    if not call.args:
        return 0 if not call.open else call.unknown("the argument is not known", "int")
    value = call.args[0]
    if len(call.args) > 1 or call.kwargs:
        return compute(call, int, *call.args, kind="int", **call.kwargs)
    if isinstance(value, (Dim, TracedInt)):
        return value
    if known(value):
        return attempt(call, lambda: int(to_python(value)))
    if isinstance(value, Array):
        if value.constant is not None and isinstance(value.constant, (int, float)):
            return attempt(call, lambda: int(value.constant))
    return fresh_int(label(call), call.place, least=_least(value), cause=getattr(value, "origin", None))


def _least(value: Value) -> int:
    """The least whole number that a numeric value can be, as far as is known."""
    if isinstance(value, Array) and value.low is not None and math.isfinite(value.low):
        return int(value.low)
    return -(10**9)


@function("builtins.float")
def float_(call: Call) -> Value:
    """float(x)"""
    if not call.args:
        return 0.0 if not call.open else call.unknown("the argument is not known", "float")
    value = call.args[0]
    if isinstance(value, Array) and isinstance(value.constant, (int, float)):
        return float(value.constant)
    return compute(call, float, value, kind="float")


@function("builtins.complex")
def complex_(call: Call) -> Value:
    """complex(x, y)"""
    return compute(call, complex, *call.args, kind="complex")


@function("builtins.bool")
def bool_(call: Call) -> Value:
    """bool(x)"""
    if not call.args:
        return False if not call.open else call.unknown("the argument is not known", "bool")
    answer = call.engine.truth(call.args[0])
    return answer if answer is not None else call.unknown(reason_of(call.args[0]), "bool")


@function("builtins.str", "builtins.repr", "builtins.ascii")
def str_(call: Call) -> Value:
    """str(x) and repr(x) of known values."""
    if not call.args:
        return ""
    which: Callable[..., Any] = (
        repr if call.name == "builtins.repr" else ascii if call.name == "builtins.ascii" else str
    )
    value = call.args[0]
    if isinstance(value, (SetValue,)):
        return call.unknown("the order of a set's items is not known", "str")
    if call.name == "builtins.str" and isinstance(value, Object):
        own = call.engine.find_method(value, "__str__") or call.engine.find_method(value, "__repr__")
        if own is not None:
            return call.engine.call(own, [], place=call.place)
        given = value.attributes.get("args")
        if (
            isinstance(given, tuple)
            and is_subclass(value.type_name, "builtins.BaseException")
            and "KeyError" not in value.type_name
        ):
            return "" if not given else compute(call, str, given[0] if len(given) == 1 else given, kind="str")
    return compute(call, which, *call.args, kind="str", **call.kwargs)


@function("builtins.bytes", "builtins.bytearray")
def bytes_(call: Call) -> Value:
    """bytes(x)"""
    if call.args and is_int(call.args[0]) and not (isinstance(call.args[0], int) and call.args[0] < LARGEST):
        return call.unknown("too large", "bytes")
    return compute(call, bytes, *call.args, kind="bytes", **call.kwargs)


def _collect(call: Call, value: Value) -> tuple[list[Value], bool, Value, Dim | None]:
    """The items of an iterable, whether there may be others, a sample of those and the length."""
    items = items_of(call, value)
    if items is not None:
        return items, False, None, None
    size = length_of(call, value)
    return [], True, sample_of(call, value), size


@function("builtins.list")
def list_(call: Call) -> Value:
    """list(x)"""
    if not call.args:
        return ListValue(open=call.open, place=call.place)
    items, open_, sample, size = _collect(call, call.args[0])
    return ListValue(items, open_, sample, size, call.place)


@function("builtins.tuple")
def tuple_(call: Call) -> Value:
    """tuple(x)"""
    if not call.args:
        return () if not call.open else call.unknown("the argument is not known", "tuple")
    items = items_of(call, call.args[0])
    return tuple(items) if items is not None else call.unknown(reason_of(call.args[0]), "tuple")


@function("builtins.set", "builtins.frozenset")
def set_(call: Call) -> Value:
    """set(x): known only when every item is a known constant."""
    frozen = call.name.endswith("frozenset")
    if not call.args:
        return SetValue(open=call.open, frozen=frozen)
    items, open_, sample, _ = _collect(call, call.args[0])
    try:
        unique: dict[Any, Value] = {key_of(item): item for item in items}
    except (NotKnownError, TypeError):
        return SetValue([], True, frozen, sample or (items[0] if items else None))
    return SetValue(list(unique.values()), open_, frozen, sample)


@function("builtins.dict")
def dict_(call: Call) -> Value:
    """dict(mapping or pairs, **entries)"""
    result = DictValue(open=call.open)
    if call.args:
        source = call.args[0]
        if isinstance(source, DictValue):
            result.entries.update(source.entries)
            result.open = result.open or source.open
            result.sample = source.sample
        else:
            pairs = items_of(call, source)
            if pairs is None:
                result.open = True
                sample = sample_of(call, source)
                if isinstance(sample, tuple) and len(sample) == 2:
                    result.sample = sample[1]
            for pair in pairs or ():
                both = items_of(call, pair) if isinstance(pair, (tuple, ListValue, str)) else None
                if both is None or len(both) != 2:
                    result.open = True
                    continue
                try:
                    result.entries[key_of(both[0])] = both[1]
                except (NotKnownError, TypeError):
                    result.open = True
    result.entries.update(call.kwargs)
    return result


@function("builtins.slice")
def slice_(call: Call) -> Value:
    """slice(stop) and slice(start, stop[, step])"""
    args = call.args
    if len(args) == 1:
        return SliceValue(None, args[0], None)
    return SliceValue(*args) if 2 <= len(args) <= 3 else call.unknown("the slice is not known")


def _iterator(call: Call, value: Value) -> IteratorValue:
    items, open_, sample, size = _collect(call, value)
    return IteratorValue(items, open_, sample, length=size)


@function("builtins.iter")
def iter_(call: Call) -> Value:
    """iter(x)"""
    if len(call.args) == 1:
        value = call.args[0]
        if isinstance(value, IteratorValue):
            return value
        return _iterator(call, value)
    return IteratorValue([], True, call.unknown("what the sentinel iterator yields is not known"))


@function("builtins.next")
def next_(call: Call) -> Value:
    """next(iterator[, default])"""
    value = call.args[0] if call.args else None
    if isinstance(value, IteratorValue):
        if value.position < len(value.items):
            value.position += 1
            return value.items[value.position - 1]
        if not value.open:
            if len(call.args) > 1:
                return call.args[1]
            call.refuse("python-exception", message="StopIteration", exception="StopIteration")
        return sample_of(call, value)
    if value is None or isinstance(value, (ListValue, tuple, str, int, float)):
        kind = (type_of(value) or "").removeprefix("builtins.")
        call.refuse("python-exception", message=f"TypeError: '{kind}' object is not an iterator", exception="TypeError")
    own = _special(call, "__next__", value)
    if own is not None:
        return own
    if isinstance(value, Dataset):
        return value.element
    return call.unknown(reason_of(value))


@function("builtins.enumerate")
def enumerate_(call: Call) -> Value:
    """enumerate(x, start=0)"""
    arguments = call.bind("iterable, start=0")
    items, open_, sample, size = _collect(call, arguments["iterable"])
    start = arguments["start"]
    if not isinstance(start, int):
        open_, sample, items = True, sample if open_ else (items[0] if items else None), []
    if open_:
        return IteratorValue([], True, (fresh_int("i", call.place), sample), length=size)
    return IteratorValue([(start + i, v) for i, v in enumerate(items)])


@function("builtins.zip")
def zip_(call: Call) -> Value:
    """zip(*iterables): as long as the shortest."""
    if call.open:
        return IteratorValue([], True, call.unknown("what is zipped is not known"))
    rows = [_collect(call, v) for v in call.args]
    shortest = min((len(items) for items, open_, _, _ in rows if not open_), default=0)
    for i, value in enumerate(call.args):  # of an endless iterator no more is taken than the others have
        if rows[i][1] and isinstance(value, IteratorValue) and len(value.items) - value.position > shortest > 0:
            rows[i] = (value.items[value.position : value.position + shortest], False, None, None)
            value.position += shortest
    if all(not open_ for _, open_, _, _ in rows):
        return IteratorValue(list(zip(*(items for items, _, _, _ in rows))))
    sample = tuple(
        s if open_ else (sample_of(call, ListValue(items)) if items else None) for items, open_, s, _ in rows
    )
    sizes = [size if open_ else Dim(len(items)) for items, open_, _, size in rows]
    known_sizes = [size for size in sizes if size is not None and size.exact is not None]
    length = functools.reduce(Dim.minimum, known_sizes) if len(known_sizes) == len(sizes) else None
    return IteratorValue([], True, sample, length=length)


@function("builtins.map")
def map_(call: Call) -> Value:
    """map(function, *iterables), run at once."""
    if len(call.args) < 2 or call.open:
        return IteratorValue([], True, call.unknown("what is mapped is not known"))
    run = call.args[0]
    rows = [_collect(call, v) for v in call.args[1:]]
    if all(not open_ for _, open_, _, _ in rows):
        found = [call.engine.call(run, list(row), place=call.place) for row in zip(*(r[0] for r in rows))]
        return IteratorValue(found)
    samples = [s if open_ else sample_of(call, ListValue(items)) for items, open_, s, _ in rows]
    return IteratorValue([], True, call.engine.call(run, samples, place=call.place))


@function("builtins.filter")
def filter_(call: Call) -> Value:
    """filter(function, iterable), run at once; open when a test can't be decided."""
    if len(call.args) != 2:
        return IteratorValue([], True, call.unknown("what is filtered is not known"))
    run, source = call.args
    items, open_, sample, _ = _collect(call, source)
    if open_:
        return IteratorValue([], True, sample)
    kept: list[Value] = []
    for item in items:
        verdict = call.engine.truth(item if run is None else call.engine.call(run, [item], place=call.place))
        if verdict is None:
            return IteratorValue([], True, sample_of(call, ListValue(items)))
        if verdict:
            kept.append(item)
    return IteratorValue(kept)


@function("builtins.reversed")
def reversed_(call: Call) -> Value:
    """reversed(x)"""
    value = call.args[0] if call.args else None
    items, open_, sample, _ = _collect(call, value)
    return IteratorValue(list(reversed(items)), open_, sample)


@function("builtins.sorted")
def sorted_(call: Call) -> Value:
    """sorted(x, key=None, reverse=False): in order when the keys are known, otherwise the right number of items."""
    arguments = call.bind("iterable, /, *, key=None, reverse=False")
    value = arguments["iterable"]
    items, open_, sample, size = _collect(call, value)
    if open_:
        return ListValue([], True, sample, size, call.place)
    key, reverse = arguments["key"], call.engine.truth(arguments["reverse"])
    keys = [v if key is None else call.engine.call(key, [v], place=call.place) for v in items]
    try:
        plain = [to_python(k) for k in keys]
        if reverse is None:
            raise NotKnownError
        order = sorted(range(len(items)), key=lambda i: plain[i], reverse=reverse)
        return ListValue([items[i] for i in order], place=call.place)
    except NotKnownError:
        if len({id(v) for v in items}) <= 1:
            return ListValue(items, place=call.place)
        one = sample_of(call, ListValue(items))
        return ListValue([one] * len(items), place=call.place)
    except TypeError as error:
        call.refuse("python-exception", message=f"TypeError: {error}", exception="TypeError")


@function("builtins.sum")
def sum_(call: Call) -> Value:
    """sum(x, start=0), symbols included."""
    arguments = call.bind("iterable, /, start=0")
    items = items_of(call, arguments["iterable"])
    if items is None:
        return call.unknown(reason_of(arguments["iterable"]))
    total = arguments["start"]
    for item in items:
        if is_int(total) and is_int(item) and (isinstance(total, Dim) or isinstance(item, Dim)):
            total = Dim.of(total) + Dim.of(item)
        elif isinstance(total, (int, float)) and isinstance(item, (int, float)):
            total = total + item
        elif isinstance(total, Array) or isinstance(item, Array):
            total = _add(call, total, item)
        else:
            return call.unknown(reason_of(item, total))
    return total


def _add(call: Call, left: Value, right: Value) -> Value:
    holder, other, reflected = (left, right, False) if isinstance(left, Array) else (right, left, True)
    found = find_method(type_of(holder) or "", "__operator__")
    if found is None:
        return call.unknown("the sum is not known")
    return found[1](Call(found[0], ["+", other, reflected], {}, call.place, call.engine, holder))


@function("builtins.min", "builtins.max")
def extreme(call: Call) -> Value:
    """min() and max() of known values, or of sizes."""
    largest = call.name.endswith("max")
    items = call.args if len(call.args) > 1 else items_of(call, call.args[0]) if call.args else None
    kind = "int" if items and all(is_int(v) for v in items) else None
    if items is None or call.open:
        return call.unknown(reason_of(*call.args))
    if not items:
        if "default" in call.kwargs:
            return call.kwargs["default"]
        call.refuse("python-exception", message=f"ValueError: {call.name[9:]}() arg is an empty sequence")
    key = call.kwargs.get("key")
    keys = items if key is None else [call.engine.call(key, [v], place=call.place) for v in items]
    if all(known(k) for k in keys):
        pick: Callable[..., int] = max if largest else min
        return attempt(call, lambda: items[pick(range(len(items)), key=lambda i: to_python(keys[i]))])
    if kind == "int" and key is None:
        best = Dim.of(items[0])
        for item in items[1:]:
            best = best.maximum(Dim.of(item)) if largest else best.minimum(Dim.of(item))
        return int_value(best)
    return call.unknown(reason_of(*items), kind)


@function("builtins.abs")
def abs_(call: Call) -> Value:
    """abs(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Dim) and isinstance(value.size, Expr) and less(value.size, 0) is False:
        return value
    if isinstance(value, Array):
        return _unary(call, value, "abs")
    own = _special(call, "__abs__", value) if isinstance(value, (Object, Tensor)) else None
    return own if own is not None else compute(call, abs, value, kind="int" if isinstance(value, Dim) else None)


def _unary(call: Call, value: Value, operator: str) -> Value:
    handler = find_function(f"numpy.{operator}")
    if handler is None:
        return call.unknown("the result is not known")
    return handler(Call(f"numpy.{operator}", [value], {}, call.place, call.engine))


@function("builtins.round")
def round_(call: Call) -> Value:
    """round(x, ndigits=None)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Dim) and len(call.args) == 1:
        return value
    if isinstance(value, Array) and value.shape.rank != 0:
        return _unary(call, value, "round")
    if len(call.args) == 1 and not known(value):
        return fresh_int(label(call), call.place, least=_least(value), cause=getattr(value, "origin", None))
    return compute(call, round, *call.args, kind="float", **call.kwargs)


@function("builtins.divmod")
def divmod_(call: Call) -> Value:
    """divmod(a, b)"""
    if len(call.args) == 2 and all(is_int(v) for v in call.args) and not all(known(v) for v in call.args):
        a, b = (Dim.of(v) for v in call.args)
        if a.exact is not None and b.exact is not None and same(b, 0) is False:
            return (int_value(a // b), int_value(Dim(mod(a.exact, b.exact))))
        return (call.unknown("the quotient is not known", "int"), call.unknown("the remainder is not known", "int"))
    return compute(call, divmod, *call.args)


@function("builtins.pow")
def pow_(call: Call) -> Value:
    """pow(a, b[, m]) of small known numbers."""
    if len(call.args) >= 2 and all(isinstance(v, int) for v in call.args[:2]):
        if abs(call.args[0]) > 10**6 or abs(call.args[1]) > 1000:
            return call.unknown("the power is too large to calculate", "int")
    return compute(call, pow, *call.args)


@function("builtins.any", "builtins.all")
def any_all(call: Call) -> Value:
    """any(x) and all(x)"""
    wanted = call.name == "builtins.any"
    items = items_of(call, call.args[0]) if call.args else None
    if items is None:
        return call.unknown(reason_of(*call.args), "bool")
    verdicts = [call.engine.truth(v) for v in items]
    if wanted in verdicts:
        return wanted
    return call.unknown(reason_of(*items), "bool") if None in verdicts else not wanted


@function(
    "builtins.chr", "builtins.ord", "builtins.bin", "builtins.hex", "builtins.oct", "builtins.format", "builtins.hash"
)
def simple(call: Call) -> Value:
    """Pure functions of one or two constants."""
    short = call.name.removeprefix("builtins.")
    if short == "hash":
        return call.unknown("hashes differ from run to run", "int")
    return compute(call, getattr(builtins, short), *call.args, kind="int" if short == "ord" else "str")


@function("builtins.print", "builtins.breakpoint", "builtins.help", "builtins.delattr")
def nothing(call: Call) -> Value:
    """Functions that give None."""
    return None


@function("builtins.exit", "builtins.quit")
def leave(call: Call) -> Value:
    """exit() and quit() raise SystemExit."""
    call.refuse("python-exception", message="SystemExit", exception="SystemExit")


@function("builtins.input")
def input_(call: Call) -> Value:
    """What the user types."""
    return call.unknown("what is typed in is not known", "str")


@function("builtins.id")
def id_(call: Call) -> Value:
    """id(x)"""
    return call.unknown("ids differ from run to run", "int")


@function("builtins.open")
def open_(call: Call) -> Value:
    """open(path, mode): a file whose content is not known."""
    mode = call.args[1] if len(call.args) > 1 else call.kwargs.get("mode", "r")
    made = Object("builtins.file", place=call.place)
    made.attributes["~binary"] = isinstance(mode, str) and "b" in mode
    return made


base("builtins.file", "builtins.object")


@method("builtins.file.read", "builtins.file.readline")
def file_read(call: Call) -> Value:
    """The text of a file is not known."""
    return call.unknown("the content of the file is not known", "bytes" if _binary(call) else "str")


def _binary(call: Call) -> bool:
    return isinstance(call.receiver, Object) and bool(call.receiver.attributes.get("~binary"))


@method("builtins.file.readlines", "builtins.file.__iter__")
def file_lines(call: Call) -> Value:
    """The lines of a file: a list of unknown length."""
    return ListValue(
        [], True, call.unknown("the content of the file is not known", "bytes" if _binary(call) else "str")
    )


@method(
    "builtins.file.write",
    "builtins.file.writelines",
    "builtins.file.close",
    "builtins.file.flush",
    "builtins.file.seek",
)
def file_write(call: Call) -> Value:
    """Writing gives nothing that matters."""
    return None


@method("builtins.file.__enter__")
def file_enter(call: Call) -> Value:
    """`with open(...) as f`: the file itself."""
    return call.receiver


@method("builtins.file.__exit__")
def file_exit(call: Call) -> Value:
    """Leaving `with` swallows no exception."""
    return None


# --- asking about values


@function("builtins.type")
def type_(call: Call) -> Value:
    """type(x)"""
    if len(call.args) != 1:
        return call.unknown("a class made by type() is not followed")
    value = call.args[0]
    if isinstance(value, Object) and value.user_class is not None:
        return value.user_class
    kind = type_of(value)
    if kind is None or isinstance(value, (External, Unknown)):
        return call.unknown(reason_of(value))
    return External(kind)


@function("builtins.isinstance")
def isinstance_(call: Call) -> Value:
    """isinstance(x, class or tuple of classes): True or False only when both are known."""
    if len(call.args) != 2:
        return call.unknown("not all of the arguments are known", "bool")
    value, wanted = call.args
    answer = _instance(value, wanted)
    return answer if answer is not None else call.unknown(reason_of(value, wanted), "bool")


def _instance(value: Value, wanted: Value) -> bool | None:
    if isinstance(wanted, tuple):
        answers = [_instance(value, w) for w in wanted]
        return True if True in answers else None if None in answers else False
    if isinstance(value, (Unknown, External)) and not (isinstance(value, Unknown) and value.kind):
        return None
    if isinstance(value, Object) and value.user_class is not None:
        chain = list(value.user_class.mro())
        if isinstance(wanted, ClassValue):
            if wanted in chain:
                return True
            return None if any(isinstance(c, Unknown) for c in chain) else False
        if isinstance(wanted, External):
            if any(isinstance(c, External) and is_subclass(c.name, wanted.name) for c in chain):
                return True
            return None if any(isinstance(c, (Unknown, External)) for c in chain) else wanted.name == "builtins.object"
        return None
    if isinstance(wanted, ClassValue):
        return False if type_of(value) is not None and not isinstance(value, Unknown) else None
    kind = type_of(value)
    if kind is None or not isinstance(wanted, External):
        return None
    if is_subclass(kind, wanted.name):
        return True
    if isinstance(value, (Object, Array, Dataset, Tensor)) or _foreign(wanted.name):
        # library hierarchies are known only as far as they are registered
        return False if _plain(wanted.name) and not isinstance(value, Array) else None
    return False


def _plain(name: str) -> bool:
    return name.startswith("builtins.")


def _foreign(name: str) -> bool:
    return not _plain(name)


@function("builtins.issubclass")
def issubclass_(call: Call) -> Value:
    """issubclass(class, class or tuple of classes)"""
    if len(call.args) != 2:
        return call.unknown("not all of the arguments are known", "bool")
    cls, wanted = call.args
    wanted_all = wanted if isinstance(wanted, tuple) else (wanted,)
    for one in wanted_all:
        if isinstance(cls, ClassValue) and one in list(cls.mro()):
            return True
        name = cls.name if isinstance(cls, External) else cls.external_base if isinstance(cls, ClassValue) else None
        if name is not None and isinstance(one, External) and is_subclass(name, one.name):
            return True
    return call.unknown("whether it is a subclass is not known", "bool")


@function("builtins.callable")
def callable_(call: Call) -> Value:
    """callable(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Object) and value.user_class is not None:
        classes = value.user_class.mro()
        return True if call.engine.find_method(value, "__call__") is not None else (
            False if all(isinstance(c, ClassValue) for c in classes) else call.unknown("whether it can be called is not known", "bool")
        )  # fmt: skip
    if isinstance(value, External) and (is_class(value.name) or find_function(value.name) is not None):
        return True
    if isinstance(value, (FunctionValue, BoundMethod, ExternalMethod, BuiltFunction, Partial, ClassValue)):
        return True
    if value is None or isinstance(value, (str, int, float, tuple, ListValue, DictValue, SetValue, Dim)):
        return False
    return call.unknown("whether it can be called is not known", "bool")


@function("builtins.getattr")
def getattr_(call: Call) -> Value:
    """getattr(x, name[, default])"""
    if len(call.args) < 2 or not isinstance(call.args[1], str):
        return call.unknown("which attribute is read is not known")
    value, name = call.args[0], call.args[1]
    if len(call.args) > 2:
        there = _has(call, value, name)
        if there is False:
            return call.args[2]
        if there is None:
            return call.unknown(f"whether there is an attribute `{name}` is not known")
    return call.engine.get_attribute(value, name, call.place)


def _has(call: Call, value: Value, name: str) -> bool | None:
    """Is there an attribute of that name? None when it can't be known."""
    if isinstance(value, Object) and value.user_class is not None:
        if name in value.attributes or call.engine.find_method(value, name) is not None:
            return True
        return False if is_surely_absent(value, name) else None
    if isinstance(value, Object) and name in value.attributes:
        return True
    if isinstance(value, ModuleValue) and name in value.names:
        return True
    if isinstance(value, ClassValue):
        classes = value.mro()
        if any(isinstance(c, ClassValue) and name in c.attributes for c in classes):
            return True
        return False if all(isinstance(c, ClassValue) for c in classes) and not name.startswith("__") else None
    if isinstance(value, External):
        full = f"{value.name}.{name}"
        return True if find_function(full) or has_constant(full) or find_attribute(full) else None
    kind = type_of(value)
    if kind is None or isinstance(value, Unknown):
        return None
    if find_method(kind, name) is not None or find_attribute_of(kind, name) is not None:
        return True
    plain = getattr(builtins, kind.removeprefix("builtins."), None) if kind.startswith("builtins.") else None
    return hasattr(plain, name) if isinstance(plain, type) else None


@function("builtins.setattr")
def setattr_(call: Call) -> Value:
    """setattr(x, name, value)"""
    if len(call.args) == 3 and isinstance(call.args[1], str):
        call.engine.set_attribute(call.args[0], call.args[1], call.args[2], call.place)
    elif call.args and isinstance(call.args[0], Object):
        call.args[0].approximate = "an attribute of an unknown name was set"
    return None


@function("builtins.hasattr")
def hasattr_(call: Call) -> Value:
    """hasattr(x, name)"""
    if len(call.args) == 2 and isinstance(call.args[1], str):
        there = _has(call, call.args[0], call.args[1])
        if there is not None:
            return there
    return call.unknown("whether it has the attribute is not known", "bool")


@function("builtins.vars")
def vars_(call: Call) -> Value:
    """vars(x): the attributes of an object, as a dict."""
    if len(call.args) == 1 and isinstance(call.args[0], Object):
        value = call.args[0]
        if value.user_class is not None:
            return call.engine.get_attribute(value, "__dict__", call.place)
        if value.type_name == "argparse.Namespace":
            return DictValue(value.attributes)
    return call.unknown("vars() is not followed")


@function("builtins.dir", "builtins.globals", "builtins.locals", "builtins.eval", "builtins.exec")
@function("builtins.compile", "builtins.__import__", "builtins.memoryview")
def opaque(call: Call) -> Value:
    """Functions that look at or run code in ways that are not followed."""
    return call.unknown(f"{call.name.removeprefix('builtins.')}() is not followed")


@function("builtins.object")
def object_(call: Call) -> Value:
    """object()"""
    return Object("builtins.object", place=call.place)


@method("builtins.range.__len__")
def range_len(call: Call) -> Value:
    """len(range)"""
    size = range_length(call.receiver) if isinstance(call.receiver, RangeValue) else None
    return int_value(size) if size is not None else fresh_int(label(call), call.place)
