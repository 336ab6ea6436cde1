"""The bridge between the engine's values and Python's own: converting there and back, and asking what a value is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..dims import Dim, Expr, Term, TracedInt
from ..knowledge import Call, bases_of, find_method, may_be_any_value
from ..patterns import pattern
from ..places import Place
from ..values import (
    Array,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    Counter,
    Dataset,
    DefaultDict,
    Deque,
    DictValue,
    External,
    ExternalMethod,
    FunctionValue,
    InstanceDict,
    IteratorValue,
    LayerObject,
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
    is_int,
    is_known,
    is_private,
)
from .slices import loop_index

LARGEST = 200_000
"""No sequence of more items than this is built by the engine."""


class NotKnownError(Exception):
    """A value has no plain Python counterpart."""


_PLAIN: tuple[tuple[type, str], ...] = (
    (bool, "bool"),
    (int, "int"),
    (Dim, "int"),
    (float, "float"),
    (str, "str"),
    (bytes, "bytes"),
    (complex, "complex"),
    (tuple, "tuple"),
    (DefaultDict, "collections.defaultdict"),
    (Counter, "collections.Counter"),
    (Deque, "collections.deque"),
    (ListValue, "list"),
    (DictValue, "dict"),
    (RangeValue, "range"),
    (IteratorValue, "generator"),
    (SliceValue, "slice"),
    (FunctionValue, "function"),
    (BoundMethod, "method"),
    (ExternalMethod, "method"),
    (BuiltFunction, "function"),
    (ClassValue, "type"),
    (ModuleValue, "module"),
)


def type_of(value: Value) -> str | None:
    """The qualified name of a value's type; None when it can't be known."""
    if value is None:
        return "builtins.NoneType"
    if value is ...:
        return "builtins.ellipsis"
    for cls, name in _PLAIN:
        if isinstance(value, cls):
            return name if "." in name else f"builtins.{name}"
    if isinstance(value, SetValue):
        return "builtins.frozenset" if value.frozen else "builtins.set"
    if isinstance(value, (Array, Dataset, Object)):
        return value.type_name
    if isinstance(value, Tensor):
        return "keras.KerasTensor"
    if isinstance(value, Partial):
        return "functools.partial"
    if isinstance(value, Unknown) and value.kind:
        return value.kind if "." in value.kind else f"builtins.{value.kind}"
    return None


def is_certain_kind(value: Value) -> bool:
    """Do we know the value's type for sure?"""
    return not isinstance(value, (Unknown, External)) and type_of(value) is not None


def to_python(value: Value) -> Any:
    """The plain Python object that a wholly known value is. NotKnownError when a part of it isn't known."""
    if isinstance(value, TracedInt):
        return int(value)
    if value is None or value is ... or isinstance(value, (bool, int, float, str, bytes, complex)):
        return value
    if isinstance(value, tuple):
        return tuple(to_python(v) for v in value)
    if isinstance(value, ListValue) and not value.open:
        return [to_python(v) for v in value.items]
    if isinstance(value, SetValue) and not value.open:
        found = {to_python(v) for v in value.items}
        return frozenset(found) if value.frozen else found
    if isinstance(value, DictValue) and not value.open:
        return {to_python(k): to_python(v) for k, v in value.entries.items()}
    if isinstance(value, RangeValue):
        ends = (value.start, value.stop, value.step)
        if all(isinstance(x, int) for x in ends):
            return range(*(int(x) for x in ends))  # type: ignore[arg-type]
    if isinstance(value, SliceValue):
        return slice(to_python(value.start), to_python(value.stop), to_python(value.step))
    raise NotKnownError


def key_of(value: Value) -> Any:
    """What a dict or a set keeps a value under: a constant's Python value, or an object that is only equal to itself.

    NotKnownError for what can't be told from other keys.
    """
    if isinstance(value, tuple):
        return tuple(key_of(v) for v in value)
    if isinstance(value, External) and may_be_any_value(value.name):
        raise NotKnownError
    if isinstance(value, (FunctionValue, ClassValue, External, ModuleValue)):
        return value
    if isinstance(value, Object):
        classes = value.user_class.mro() if value.user_class is not None else ()
        own = [c.attributes for c in classes if isinstance(c, ClassValue)]
        if any(name in table for table in own for name in ("__eq__", "__hash__", "~dataclass")):
            raise NotKnownError
        return value
    return to_python(value)


def is_module(name: str) -> bool:
    """Is a canonical name that of a module of Keras's?"""
    if not name.startswith("keras."):
        return False
    from ..keras import names

    return names.is_module(name)


def is_surely_absent(value: Object, name: str) -> bool:
    """Is it certain that an object of the user's class has no such attribute?"""
    if value.approximate or value.user_class is None or hasattr(object, name) or name in value.attributes:
        return False
    return library_bases(value.user_class) == [] and not value.user_class.defines(name, "__getattr__")


def library_bases(cls: ClassValue) -> list[str] | None:
    """The classes of libraries that a class of the user's inherits from, without those that bring no attributes; None where a base is not known."""
    bases = [base for base in cls.mro() if not isinstance(base, ClassValue)]
    known = [base.name for base in bases if isinstance(base, External)]
    return None if len(known) < len(bases) else [name for name in known if not name.startswith(_BARE)]


_BARE = ("builtins.object", "typing.", "abc.")


def put_into(put: Mapping[str, Value], type_name: str, name: str) -> Value | None:
    """What the program itself has made an attribute of a library's class, or of one that it inherits from; None where it has not."""
    owners = bases_of(type_name) if put else ()
    return next((put[f"{owner}.{name}"] for owner in owners if f"{owner}.{name}" in put), None)


def known(value: Value) -> bool:
    """Is every part of the value known?"""
    try:
        to_python(value)
    except (NotKnownError, TypeError):
        return False
    return True


def from_python(value: Any) -> Value:
    """The engine's value for a plain Python object."""
    if isinstance(value, list):
        return ListValue([from_python(v) for v in value])
    if isinstance(value, tuple):
        return tuple(from_python(v) for v in value)
    if isinstance(value, (set, frozenset)):
        return SetValue([from_python(v) for v in value], frozen=isinstance(value, frozenset))
    if isinstance(value, dict):
        return DictValue({k: from_python(v) for k, v in value.items()})
    if isinstance(value, range):
        return RangeValue(value.start, value.stop, value.step)
    if isinstance(value, slice):
        return SliceValue(value.start, value.stop, value.step)
    return value


def label(call: Call, limit: int = 40) -> str:
    """The call as the user wrote it, shortened: the name under which its result is known."""
    node = call.place.node if call.place is not None else None
    if isinstance(node, ast.expr):
        text = ast.unparse(node)
        if len(text) <= limit and "\n" not in text:
            return text
    return f"{call.name.rpartition('.')[2]}(...)"


def compute(call: Call, function: Callable[..., Any], *args: Value, kind: str | None = None, **kwargs: Value) -> Value:
    """`function` of wholly known arguments; unknown of `kind` otherwise. What Python raises is refused."""
    try:
        plain = [to_python(a) for a in args]
        named = {k: to_python(v) for k, v in kwargs.items()}
    except (NotKnownError, TypeError):
        made = _for_each(call, function, args, kwargs)
        return made if made is not None else call.unknown(f"{reason_of(*args, *kwargs.values())}", kind)
    return attempt(call, lambda: from_python(function(*plain, **named)))


def _for_each(
    call: Call, function: Callable[..., Any], args: tuple[Value, ...], kwargs: dict[str, Value]
) -> Value | None:
    """What the function gives of arguments that are one of a few; None where none is."""
    from .choices import each

    def plainly(*values: Any) -> Any:
        return function(*values[: len(args)], **dict(zip(kwargs, values[len(args) :])))

    return each(plainly, [*args, *kwargs.values()], call.place)


_WIDTH = pattern(r"\d{5,}")


def has_width(spec: str) -> bool:
    """Does a format ask for a width that would make a text too long to be built here?"""
    return _WIDTH.search(spec) is not None


def attempt(call: Call, action: Callable[[], Value]) -> Value:
    """The result of an action on plain values; what Python raises is refused as the user's program would see it."""
    try:
        return action()
    except (TypeError, ValueError, KeyError, IndexError, ArithmeticError, AttributeError, LookupError) as error:
        call.refuse(
            "python-exception",
            message=f"{type(error).__name__}: {error}",
            exception=type(error).__name__,
        )


def reason_of(*values: Value) -> str:
    """Why one of the values isn't known, in the words of the first unknown one."""
    for value in values:
        if isinstance(value, Unknown):
            return value.reason
    for value in values:
        if isinstance(value, Dim) and value.origin is not None:
            return f"{value.origin.label} is not known"
    return "not all of the values are known"


def items_of(call: Call, value: Value) -> list[Value] | None:
    """The items of an iterable; None when they can't all be known."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, (ListValue, SetValue)):
        return None if value.open else list(value.items)
    if isinstance(value, DictValue):
        return None if value.open else list(value.entries)
    if isinstance(value, (str, bytes)):
        return list(value)
    if isinstance(value, RangeValue):
        try:
            whole = to_python(value)
        except NotKnownError:
            return None
        # len() refuses ranges past sys.maxsize; such a range still knows whether it has an item number LARGEST
        return list(whole) if not whole[LARGEST : LARGEST + 1] else None
    if isinstance(value, IteratorValue):
        if value.open:
            return None
        rest = value.items[value.position :]
        value.position = len(value.items)
        return rest
    return call.engine.iterate(value, call.place)


def another(value: Value) -> Value:
    """What stands for any item of a list, as one of them: two arrays of a list are not the same one."""
    if isinstance(value, Array):
        return value.another()
    return tuple(another(item) for item in value) if type(value) is tuple else value


def under_any_key(value: Value, place: Place) -> Value:
    """What stands under any of the keys, where `value` is put under one that isn't known: each has numbers and texts of its own, and what its lists
    and dicts hold is not known. These are the value's own, so that whoever fills them fills what stands for all."""
    if isinstance(value, ListValue):
        value.loosen()
    elif isinstance(value, SetValue):
        value.open = True
    elif isinstance(value, DictValue):
        value.open = value.open or not value.entries
        value.entries.update({key: under_any_key(item, place) for key, item in value.entries.items()})
    elif type(value) is Object:
        value.attributes.update({name: under_any_key(item, place) for name, item in value.attributes.items()})
    elif isinstance(value, (bool, int, float, str)):
        return Unknown("what stands under a key that isn't known", place, str(type_of(value)).removeprefix("builtins."))
    return value


def may_be_others(table: dict[Any, Value], place: Place, why: str) -> None:
    """Any plain entry of a dict, or attribute of an object, may be another one from now on: something was put under a key or name that isn't known."""
    for name, old in table.items():
        if is_private(name):
            continue
        if is_int(old):
            table[name] = fresh_int(str(name), place, least=-(10**9))
        elif isinstance(old, (bool, float, str)):
            kind = str(type_of(old)).removeprefix("builtins.")
            table[name] = Unknown(f"`{name}` may be another one: {why}", place, kind)
        elif old is None or isinstance(old, tuple):
            table[name] = Unknown(f"`{name}` may be another one: {why}", place)


def any_may_be_set(value: Object, place: Place) -> None:
    """Any attribute of an object may have been set, under a name that isn't known; of those of Keras's own objects their names are known."""
    value.approximate = value.approximate or "an attribute of an unknown name was set"
    if isinstance(value, LayerObject):
        return
    for cls in value.user_class.mro() if value.user_class is not None else ():
        for name, own in cls.attributes.items() if isinstance(cls, ClassValue) else ():
            if is_known(own) and not is_private(name):  # a default, which the instance may have one of its own for
                value.attributes.setdefault(name, own)
    may_be_others(value.attributes, place, "something was set under a name that is not known")


def any_key_may_be_set(entries: DictValue, place: Place, why: str) -> None:
    """What stands under any key of a dict may have been set. Of an instance's `__dict__` that is any attribute."""
    may_be_others(entries.entries, place, why)
    entries.open = True
    if isinstance(entries, InstanceDict):
        any_may_be_set(entries.owner, place)


def sample_of(call: Call, value: Value) -> Value:
    """What an item of an iterable looks like when its items can't all be known."""
    if isinstance(value, (ListValue, SetValue, IteratorValue, DictValue)):
        if isinstance(value, DictValue):
            return next(iter(value.entries), None) or call.unknown("a key of this dict is not known")
        if value.sample is not None:
            return value.sample
        if value.items:
            return common(call, value.items)
        return call.unknown("the items of this sequence are not known")
    if isinstance(value, RangeValue):
        return loop_index(value, "i", call.place)
    kind = type_of(value)
    found = find_method(kind, "__iter__") if kind else None
    if found is not None:
        name, handler = found
        made = handler(Call(name, [], {}, call.place, call.engine, value))
        if isinstance(made, (IteratorValue, ListValue)):
            return sample_of(call, made)
    return call.unknown(f"an item of it is not known: {reason_of(value)}")


def common(call: Call, items: list[Value]) -> Value:
    """A value that stands for any of the items."""
    first = items[0]
    if len(items) == 1:
        return first
    kinds = {type_of(v) for v in items}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind == "builtins.int":
        lows = [v for v in items if isinstance(v, int)]
        return fresh_int("item", call.place, least=min(lows) if len(lows) == len(items) else -(10**9))
    if kind == "numpy.ndarray" and all(isinstance(v, Array) for v in items):
        from ..dims import ANY, same
        from ..shapes import UNKNOWN_SHAPE, Shape

        shapes = [v.shape for v in items]
        if all(s.rank is not None and s.rank == shapes[0].rank for s in shapes):
            dims = tuple(
                column[0] if all(same(column[0], d) for d in column[1:]) else ANY
                for column in zip(*(s.dims or () for s in shapes))
            )
            shape = Shape(dims)
        else:
            shape = UNKNOWN_SHAPE
        dtype = first.dtype if all(v.dtype == first.dtype for v in items) else None
        return Array(shape, dtype)
    if isinstance(first, tuple) and all(isinstance(v, tuple) and len(v) == len(first) for v in items):
        return tuple(common(call, [v[i] for v in items]) for i in range(len(first)))
    found = call.unknown("which item it is can't be known", kind.removeprefix("builtins.") if kind else None)
    changing = (Object, ListValue, DictValue, SetValue)
    return replace(found, among=tuple(items)) if all(isinstance(v, changing) for v in items) else found


def stands_for(call: Call, sample: Value, others: list[Value]) -> Value:
    """What stands for each item of a row of which `sample` did so far, when these are in it as well: a layer or a function stands for no other one."""
    called = (Object, FunctionValue)
    if all(other is sample or not (isinstance(other, called) or isinstance(sample, called)) for other in others):
        return sample
    return common(call, [sample, *others])


def enter_under_any_key(call: Call, entries: DictValue, value: Value) -> None:
    """`entries[key] = value`, where nobody knows the key."""
    any_key_may_be_set(entries, call.place, "something was put under a key that is not known")
    entries.sample = value if entries.sample is None else common(call, [entries.sample, value])


def length_of(call: Call, value: Value) -> Dim | None:
    """The number of items of a sequence, as a size; None when nothing is known."""
    if isinstance(value, (str, bytes, tuple)):
        return Dim(len(value))
    if isinstance(value, (ListValue, SetValue)) and not value.open:
        return Dim(len(value.items))
    if isinstance(value, DictValue) and not value.open:
        return Dim(len(value.entries))
    if isinstance(value, (ListValue, IteratorValue)):
        return value.length
    if isinstance(value, RangeValue):
        return range_length(value)
    if isinstance(value, Array) and value.shape.rank:
        return value.shape[0]
    return None


def range_length(value: RangeValue) -> Dim | None:
    """len(range(...)) where it can be shown."""
    start, stop = Dim.of(value.start), Dim.of(value.stop)
    step = value.step
    if not isinstance(step, int) or step == 0 or start.exact is None or stop.exact is None:
        return None
    if isinstance(start.size, int) and isinstance(stop.size, int):
        # ceil((stop - start) / step); len() refuses ranges past sys.maxsize
        return Dim(max(0, -((start.size - stop.size) // int(step))))
    distance = (stop - start).ceildiv(int(step)) if step > 0 else (start - stop).ceildiv(-int(step))
    return distance.maximum(0)


def turns_of(iterable: Value) -> Dim | None:
    """How many turns a loop over this takes, given that there is one; None when nothing is known."""
    if isinstance(iterable, RangeValue):
        length = range_length(iterable)
    elif isinstance(iterable, (ListValue, IteratorValue)):
        length = iterable.length if iterable.open else Dim(len(iterable.items))
    elif isinstance(iterable, Array):
        length = iterable.shape[0] if iterable.shape.rank else None
    else:
        return None
    if length is None or length.exact is None:
        return None
    return _at_least_one(length)


def _at_least_one(length: Dim) -> Dim:
    """max(0, n) is n where the loop has a turn at all."""
    if isinstance(length.size, Expr) and len(length.size.terms) == 1:
        monomial, coefficient = length.size.terms[0]
        atom = monomial[0] if len(monomial) == 1 and coefficient == 1 else None
        if isinstance(atom, Term) and atom.kind == "max" and 0 in (atom.left, atom.right):
            return Dim(atom.right if atom.left == 0 else atom.left, length.role, length.origin)
    return length
