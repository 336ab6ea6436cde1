"""What nobody calls stands side by side: a decision that was made in one function is no reason to follow all the others again.

A way that differs from an earlier one only by a decision within some of the functions and classes that nobody calls (its "starts") follows
the module and those starts; what the earlier way found in all other starts is taken over. That holds as long as no start changes what another
one could see: names and objects of the module, the classes themselves, settings of the library.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

from ..frozen import dataclass
from ..nodes import walk
from ..values import (
    ClassValue,
    DictValue,
    FunctionValue,
    LayerObject,
    ListValue,
    ModelObject,
    ModuleValue,
    Object,
    SetValue,
    Value,
)
from .lookup import PropertyValue
from .modules import Deferred

if TYPE_CHECKING:
    from .machine import Machine
    from .scopes import Scope

_DEEPEST = 3
_CHANGING = (ListValue, DictValue, SetValue, Object, ClassValue, FunctionValue, ModuleValue)


@dataclass(frozen=True, slots=True)
class Findings:
    """What one start added to a way: to the record, to the decisions, to the names that are used up."""

    lists: dict[str, list[Any]]
    tables: dict[str, dict[Any, Any]]
    made: dict[Hashable, bool]
    asked: frozenset[Hashable]
    names: dict[str, int]


class Apart:
    """Follows the starts of one way, or takes over what is known of them."""

    def __init__(self, machine: Machine, scope: Scope) -> None:
        self.machine = machine
        self.scope = scope
        self.before = _visible(machine, scope)
        self.classes = self._own_classes()

    def wants(self, start: Hashable) -> bool:
        """Is this way about the start, or one within it (a class's method)?"""
        again = self.machine.decisions.again
        return again is None or start in again or any(isinstance(a, tuple) and a[0] == start for a in again)

    def is_start(self, start: Hashable, called: bool) -> bool:
        """Is what nobody had `called` up to here followed by itself? On a way about others: if it was, on the earlier way."""
        decisions = self.machine.decisions
        return not called if decisions.again is None else start in decisions.findings or start in decisions.again

    def follow(self, start: Hashable, work: Callable[[], Value]) -> Value:
        """Do the work of following a start, unless this way is about other ones."""
        decisions = self.machine.decisions
        if not self.wants(start):
            known = decisions.findings.get(start)
            if known is not None:
                self._take_over(start, known)
            return None
        sizes = {name: len(items) for name, items in self.machine.record.lists().items()}
        tables, made = [dict(table) for _, table in self._tables()], len(decisions.made)
        decisions.start = start
        self.machine.begin_start()
        result = work()
        decisions.start = None
        decisions.findings[start] = Findings(
            {name: items[sizes[name] :] for name, items in self.machine.record.lists().items()},
            {
                name: {k: v for k, v in table.items() if k not in old or old[k] is not v}
                for (name, table), old in zip(self._tables(), tables)
            },
            dict(list(decisions.made.items())[made:]),
            frozenset(key for key, starts in decisions.asked_in.items() if start in starts),
            self.machine.names_used(),
        )
        return result

    def link(self, cls: ClassValue, changed: dict[Hashable, set[str]], methods: dict[Hashable, FunctionValue]) -> None:
        """A class was followed, then `methods` of one instance, each of which changed some of its attributes.

        What a decision in the constructor changes, changes all; a method goes along with those that it changes something for.
        """
        maker = id(cls.node)
        linked = self.machine.decisions.linked
        linked[maker] = frozenset([maker, *methods])
        givers = {start: names for start, names in changed.items() if names}
        read = {start: mentioned_by(cls, method) for start, method in methods.items()} if givers else {}
        groups = {start: {start} for start in methods}
        for giver, names in givers.items():
            for taker, mentioned in read.items():
                if taker != giver and (mentioned is None or not mentioned.isdisjoint(names)):
                    both = groups[giver] | groups[taker]
                    groups.update(dict.fromkeys(both, both))
        linked.update((start, frozenset(group)) for start, group in groups.items() if len(group) > 1)

    def finish(self) -> None:
        """All starts have been followed: were they apart?"""
        machine = self.machine
        same = unchanged(self.before, _visible(machine, self.scope))
        machine.decisions.apart = same and self._own_classes() == self.classes

    def _own_classes(self) -> int:
        return sum(cls.module is self.scope.module for cls in self.machine.classes)

    def _take_over(self, start: Hashable, known: Findings) -> None:
        decisions = self.machine.decisions
        for name, items in self.machine.record.lists().items():
            items.extend(known.lists[name])
        for name, table in self._tables():
            table.update(known.tables[name])
        for key, answer in known.made.items():
            decisions.made.setdefault(key, answer)
        for key in known.asked:
            decisions.asked_in.setdefault(key, set()).add(start)
        self.machine.use_up_names(known.names)

    def _tables(self) -> list[tuple[str, dict[Any, Any]]]:
        record = self.machine.record
        return [("reached", record.reached), ("saved", record.saved), ("sizes", self.machine.stated_sizes)]


def attributes(instance: Value) -> dict[str, Any]:
    """The state of each attribute of an instance, to be compared."""
    if not isinstance(instance, Object):
        return {}
    return {name: _state(value, set()) for name, value in instance.attributes.items()}


class _Same:
    """Stands for one very value. It keeps the value, so that no other one takes its place in memory."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value


def unchanged(before: Any, after: Any) -> bool:
    """Is the state the same? What was only looked up meanwhile, a library's module or one of its names, is what it was."""
    if isinstance(before, _Same):
        now = after[0] if isinstance(after, list) and after else after
        if not isinstance(now, _Same):
            return False
        return now.value is before.value or (isinstance(before.value, Deferred) and now.value is before.value.found)
    if isinstance(before, (list, tuple)):
        return type(before) is type(after) and len(before) == len(after) and all(map(unchanged, before, after))
    return bool(before == after)


def _visible(machine: Machine, scope: Scope) -> list[Any]:
    """The state of all that every start can see, to be compared: what is bound where, and how much is in it."""
    seen: set[int] = set()
    return [
        _table(machine.record.settings),
        *((name, _state(value, seen)) for name, value in list(scope.names.items())),
    ]


def _table(names: Mapping[Any, Value]) -> list[Any]:
    return [list(names), [_Same(value) for value in names.values()]]


def _state(value: Value, seen: set[int], depth: int = 0) -> Any:
    """Which value this is and, if it can change, what is in it."""
    if isinstance(value, tuple):
        return [_state(item, seen, depth) for item in value]
    if not isinstance(value, _CHANGING) or id(value) in seen or (isinstance(value, ModuleValue) and not value.followed):
        return _Same(value)
    seen.add(id(value))
    inside: list[Value] = []
    found: list[Any] = [_Same(value)]
    if isinstance(value, ListValue):
        inside = value.items
        found += (value.open, len(inside))
    elif isinstance(value, DictValue):
        inside = list(value.entries.values())
        found += (value.open, len(inside))
    elif isinstance(value, SetValue):
        found += (value.open, len(value.items))
    elif isinstance(value, ModuleValue):
        found.append(_table(value.names))
    else:
        inside = list(value.attributes.values())
        found.append(_table(value.attributes))
    if isinstance(value, LayerObject):
        found += (value.built, value.trainable, len(value.weights), len(value.calls), len(value.state))
    if isinstance(value, ModelObject):
        found += (len(value.layers), _Same(value.compiled), value.unlisted)
    if depth < _DEEPEST:
        found += [_state(item, seen, depth + 1) for item in inside]
    return found


def mentioned_by(cls: ClassValue, method: FunctionValue) -> frozenset[str] | None:
    """The names of the attributes that a method, and the methods that it may call, read from whatever object; None for any at all."""
    own = {
        name: value for c in reversed(cls.mro()) if isinstance(c, ClassValue) for name, value in c.attributes.items()
    }
    found: set[str] = set()
    waiting = [method.node]
    seen: set[int] = set()
    while waiting:
        function = waiting.pop()
        if id(function) in seen:
            continue
        seen.add(id(function))
        names = _read_by(function)
        if names is None:
            return None
        found |= names
        for name in names & own.keys():
            further = own[name]
            further = further.getter if isinstance(further, PropertyValue) else further
            if isinstance(further, FunctionValue):
                waiting.append(further.node)
    return frozenset(found)


@functools.lru_cache(maxsize=1024)
def _read_by(function: Any) -> frozenset[str] | None:
    """The names of the attributes in a method's own code; None where it hands on the whole instance, or takes names from elsewhere."""
    found: set[str] = set()
    dotted: set[int] = set()
    receiver = function.args.args[0].arg if function.args.args else "self"
    for node in walk(function):  # from the outside in: an attribute comes before what stands in front of its dot
        if isinstance(node, ast.Name):
            if id(node) not in dotted and node.id in (receiver, "getattr", "setattr", "vars"):
                return None
        elif isinstance(node, ast.Attribute):
            dotted.add(id(node.value))
            if node.attr == "__dict__":
                return None
            found.add(node.attr)
    return frozenset(found)
