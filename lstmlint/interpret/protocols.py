"""What a value answers when it is indexed, iterated, searched or asked for its truth."""

from __future__ import annotations

import operator
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..dims import Dim, same
from ..faults import Fault, Moment
from ..knowledge import Handler, find_function, find_method, is_like_a_class, may_be_any_value, type_of
from ..libs.bridge import NotKnownError, key_of, to_python
from ..libs.choices import each
from ..libs.slices import loop_index
from ..places import Origin, Place
from ..values import (
    Absent,
    Array,
    ClassValue,
    Dataset,
    DictValue,
    External,
    IteratorValue,
    ListValue,
    Nothing,
    Object,
    OneOf,
    RangeValue,
    SetValue,
    SizesTensor,
    Tensor,
    Unknown,
    Value,
    fresh_int,
    is_known,
)
from . import enums
from .arithmetic import condition_key, value_key
from .flow import Raised
from .indefinite import any_item
from .operators import contains
from .scopes import MISSING
from .ways import Question, bounded

if TYPE_CHECKING:
    from .machine import Machine

LONGEST_RANGE = 100_000
LONGEST_TEXT = 10_000


def _past_the_end(machine: Machine, items: tuple[Value, ...], index: int, place: Place) -> Value:
    """What Python refuses of a tuple is a fault, because the sizes of a shape are one; whose tuple it was is for rules."""
    details = {"items": items, "index": index}
    text = "tuple index out of range"
    fault = Fault(
        "tuple-index", Moment.RUN, place, "indexing", f"{len(items)} items", f"[{index}]", (), text, True, details
    )
    machine.raise_fault(fault, "IndexError")
    return machine.gap(f"Python raises IndexError here: {text}", place)


def get_item(machine: Machine, value: Value, index: Value, place: Place, index_place: Place | None = None) -> Value:
    """`value[index]`"""
    if isinstance(value, Nothing):
        machine.refuse_nothing(value, "[]", "TypeError", "'NoneType' object is not subscriptable", place)
    if isinstance(value, tuple) and isinstance(index, int):
        try:
            return value[index]
        except IndexError:
            return _past_the_end(machine, value, int(index), place)
    if isinstance(value, Object):
        method = machine.find_method(value, "__getitem__")
        if method is not None:
            return machine.call(method, [index], place=place)
    if isinstance(value, ClassValue) and enums.is_enum(value):
        return enums.item(machine, value, index, place)
    if isinstance(value, OneOf):
        item = each(operator.getitem, [value, index], place)
        return item if item is not None else Unknown(value.reason, place)
    if isinstance(value, External) and not is_like_a_class(value.name):
        found = _item_method(value, "__getitem__")
        if found is not None:
            return machine.handle(*found, [index], {}, place)
        at = _index_key(machine, index)
        key = bounded(("item", value_key(machine, value), at)) if at is not None else None
        return Unknown(f"what `{value.spelled or value.name}` holds is not known", place, key=key)
    if isinstance(value, (External, ClassValue)):  # typing: list[int]
        return value
    if isinstance(value, DictValue) and isinstance(index, Unknown):
        key = _assumed_key(machine, value, index, place)
        if key is not MISSING:
            return value.entries[key]
    type_name = type_of(value)
    found = find_method(type_name, "__getitem__") if type_name else None
    if found is not None:
        places = [index_place] if index_place is not None else []
        item = machine.handle(found[0], found[1], [index], {}, place, receiver=value, arg_places=places)
        return _same_item(machine, item, value, index)
    if isinstance(value, Unknown):
        refusing = find_method("builtins.float", "__getitem__") if value.kind == "float" else None
        if refusing is not None:
            machine.handle(*refusing, [index], {}, place, receiver=value)
        value.looked_into()
        at = _index_key(machine, index)
        key = bounded(("item", value.key, at)) if value.key is not None and at is not None else None
        label = f"{value.origin.label}[{index}]" if value.origin is not None and is_known(index) else None
        return Unknown(value.reason, place, key=key, origin=Origin(label, place) if label else None, of=value)
    return Unknown("what stands at this index is not known", place)


_TABLE = 6
"""Entries of a table of which each is tried on a way of its own."""


def _assumed_key(machine: Machine, table: DictValue, index: Unknown, place: Place) -> Any:
    """Which of a few texts an index that isn't known is on this way (`MODELS[args.model]`): what later conditions on it agree with.

    MISSING where nothing is assumed: in loops, whose turns may each ask for another one.
    """
    keys = list(table.entries)
    plain = type(table) is DictValue and not table.open
    few = plain and 1 < len(keys) <= _TABLE and all(isinstance(key, str) for key in keys)
    if not few or index.key is None or machine.loops or machine.in_unknown_loop:
        return MISSING
    for key in keys:
        asked = condition_key(machine, "==", index, key)
        if asked is None:
            return MISSING
        question = Question(place, f"the key is {key!r}", f"the key is not {key!r}")
        if machine.decisions.decide(asked, True, key != keys[-1], question):
            return key
    return keys[-1]


def _same_item(machine: Machine, item: Value, value: Value, index: Value) -> Value:
    """An item that isn't known, with the key that makes it the same wherever these constants are asked for this index."""
    constants = tuple(value.items) if isinstance(value, ListValue) and not value.open else value
    if not isinstance(item, Unknown) or not isinstance(constants, tuple) or not is_known(constants):
        return item
    at = _index_key(machine, index)
    return replace(item, key=bounded(("one of", constants, at))) if at is not None else item


def _index_key(machine: Machine, index: Value) -> Any:
    """What makes two items of one unknown thing the same item; None when nothing does."""
    if isinstance(index, Unknown):
        return index.key
    if isinstance(index, Dim):
        return machine.size_key(index)
    return repr(index) if is_known(index) else None


def set_item(machine: Machine, value: Value, index: Value, new: Value, place: Place) -> None:
    """`value[index] = new`"""
    if isinstance(value, Object):
        method = machine.find_method(value, "__setitem__")
        if method is not None:
            machine.call(method, [index, new], place=place)
            return
    for one in value.among if isinstance(value, Unknown) else ():
        if isinstance(one, (ListValue, DictValue)):
            set_item(machine, one, Unknown("which of them it is set in is not known", place), new, place)
    found = _item_method(value, "__setitem__")
    if found is not None:
        machine.handle(found[0], found[1], [index, new], {}, place, receiver=value)


def _item_method(value: Value, name: str) -> tuple[str, Handler] | None:
    """The handler of `__getitem__` or `__setitem__` of a library's type, or of an object that a module holds (`os.environ`)."""
    type_name = type_of(value)
    found = find_method(type_name, name) if type_name else None
    if found is None and isinstance(value, External):
        handler = find_function(f"{value.name}.{name}")
        found = (f"{value.name}.{name}", handler) if handler is not None else None
    return found


def delete_item(machine: Machine, value: Value, index: Value, place: Place) -> None:
    """`del value[index]`"""
    if isinstance(value, Object):
        method = machine.find_method(value, "__delitem__")
        if method is not None:
            machine.call(method, [index], place=place)
            return
    type_name = type_of(value)
    found = find_method(type_name, "__delitem__") if type_name else None
    if found is not None:
        machine.handle(found[0], found[1], [index], {}, place, receiver=value)


def iterate(machine: Machine, value: Value, place: Place) -> list[Value] | None:
    """The items of an iterable, None when they can't all be known."""
    if isinstance(value, tuple):
        found = find_method("keras.KerasTensor", "__iter__") if isinstance(value, SizesTensor) else None
        if found is not None:
            machine.handle(found[0], found[1], [], {}, place, receiver=value)
        return list(value)
    if isinstance(value, (ListValue, SetValue)):
        return None if value.open else list(value.items)
    if isinstance(value, DictValue):
        return None if value.open else list(value.entries)
    if isinstance(value, IteratorValue):
        if value.open:
            return None
        rest = value.items[value.position :]
        value.position = len(value.items)
        return rest
    if isinstance(value, RangeValue):
        start, stop, step = value.start, value.stop, value.step
        if isinstance(start, int) and isinstance(stop, int) and isinstance(step, int) and step:
            return list(range(start, stop, step)) if abs(stop - start) <= LONGEST_RANGE * abs(step) else None
        return None
    if isinstance(value, str):
        return list(value) if len(value) <= LONGEST_TEXT else None
    if isinstance(value, bytes):
        return list(value) if len(value) <= LONGEST_TEXT else None
    if isinstance(value, OneOf):
        items = each(list, [value], place)
        return items.items if isinstance(items, ListValue) else None
    if isinstance(value, ClassValue):
        return enums.distinct(value) if enums.is_enum(value) else None
    if isinstance(value, Object):
        method = machine.find_method(value, "__iter__")
        if method is not None:
            inner = machine.call(method, [], place=place)
            following = machine.find_method(inner, "__next__") if isinstance(inner, Object) else None
            if following is not None:
                return _each(machine, following, place)
            return None if inner is value else iterate(machine, inner, place)
    if isinstance(value, Nothing):
        machine.refuse_nothing(value, "for", "TypeError", "'NoneType' object is not iterable", place)
    type_name = type_of(value)
    found = find_method(type_name, "__iter__") if type_name else None
    if found is not None:
        inner = machine.handle(found[0], found[1], [], {}, place, receiver=value)
        if inner is not value and not isinstance(inner, Unknown):
            return iterate(machine, inner, place)
    return None


def _each(machine: Machine, following: Value, place: Place) -> list[Value] | None:
    """What the user's own `__next__` gives until it raises StopIteration; None when it doesn't within a loop's share of the budget."""
    items: list[Value] = []
    used = machine.budget.used
    machine.guards += 1
    try:
        for turn in range(machine.budget.iterations):
            if machine.budget.long_loop(turn, machine.budget.used - used, idle=0):
                break
            items.append(machine.call(following, [], place=place))
    except Raised as raised:
        if raised.name.rpartition(".")[2] != "StopIteration":
            raise
        return items
    finally:
        machine.guards -= 1
        machine.budget.loop_done(len(items), machine.budget.used - used)
    return None


def sample_of(machine: Machine, value: Value, place: Place) -> Value:
    """What one item of an iterable is like, when the items can't all be known."""
    if isinstance(value, (ListValue, SetValue, IteratorValue)):
        if value.sample is not None:
            return value.sample
        if value.items:
            return any_item(list(value.items), "an item", place, "a loop of unknown length")
    if isinstance(value, RangeValue):
        return loop_index(value, "i", place)
    if isinstance(value, (Array, Dataset)):
        found = find_method(value.type_name, "__getitem__" if isinstance(value, Array) else "__iter__")
        if found is not None and isinstance(value, Array) and value.shape.rank:
            return machine.handle(found[0], found[1], [fresh_int("i", place)], {}, place, receiver=value)
        if found is not None and isinstance(value, Dataset):
            inner = machine.handle(found[0], found[1], [], {}, place, receiver=value)
            if isinstance(inner, IteratorValue):
                return inner.sample if inner.open else inner.items[0]
    reason = value.reason if isinstance(value, Unknown) else "an item that is not known"
    whose = value_key(machine, value)
    key = bounded(("sample", whose)) if isinstance(value, Unknown) and whose is not None else None
    return Unknown(reason, place, key=key, of=value if isinstance(value, Unknown) else None)


def is_inside(machine: Machine, item: Value, container: Value, place: Place) -> bool | None:
    """`item in container`"""
    if isinstance(container, Unknown):
        container.looked_into()
    if isinstance(container, DictValue):
        try:
            key = key_of(item)
        except (NotKnownError, TypeError):
            return None if container.entries or container.open else False
        try:
            there = key in container.entries
        except TypeError:
            return None
        return None if container.open else there
    if isinstance(container, Object):
        method = machine.find_method(container, "__contains__")
        if method is not None:
            return machine.truth(machine.call(method, [item], place=place))
        items = iterate(machine, container, place) if machine.find_method(container, "__iter__") is not None else None
        return contains(item, tuple(items)) if items is not None else None
    if isinstance(container, ClassValue) and enums.is_enum(container):
        return contains(item, tuple(enums.distinct(container)))
    answer = contains(item, container)
    if answer is not None:
        return answer
    if isinstance(container, RangeValue):
        try:
            return to_python(item) in to_python(container)
        except (NotKnownError, TypeError):
            return None
    if isinstance(container, IteratorValue) and not container.open:
        while container.position < len(container.items):
            container.position += 1
            found = contains(item, (container.items[container.position - 1],))
            if found is not False:
                return found
        return False
    return None


def truth(machine: Machine, value: Value) -> bool | None:
    """True, False, or None when it can't be known."""
    if isinstance(value, Dim):
        zero = same(value, 0)
        return None if zero is None else not zero
    if value is None or isinstance(value, (bool, int, float, str, bytes, complex, tuple)):
        return bool(value)
    if isinstance(value, ListValue):
        return True if value.items and not value.open else None if value.open else False
    if isinstance(value, DictValue):
        return True if value.entries and not value.open else None if value.open else False
    if isinstance(value, SetValue):
        return None if value.open else bool(value.items)
    if isinstance(value, RangeValue):
        try:
            return bool(to_python(value))
        except NotKnownError:
            return None
    if isinstance(value, Array) and isinstance(value.constant, (bool, int, float)):
        return bool(value.constant)
    if isinstance(value, IteratorValue):
        return True
    if isinstance(value, OneOf):
        answers = {bool(one) for one in value.values}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(value, (Unknown, Array, Tensor, Dataset)):
        return False if isinstance(value, Absent) else None
    if isinstance(value, Object):
        return _truth_of_object(machine, value)
    if isinstance(value, External) and value.name.partition(".")[0] not in sys.stdlib_module_names:
        return None if may_be_any_value(value.name) else True
    return True  # Python's own modules hold nothing that is empty: `os.name`


def _truth_of_object(machine: Machine, value: Object) -> bool | None:
    plain = enums.plain(value)
    if plain is not value:
        return truth(machine, plain)
    place = value.place
    for name in ("__bool__", "__len__"):
        method = machine.find_method(value, name)
        if method is not None:
            return truth(machine, machine.call(method, [], place=place)) if place is not None else None
    return True
