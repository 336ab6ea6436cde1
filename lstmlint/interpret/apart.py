"""What nobody calls stands side by side: a decision that was made in one function is no reason to follow all the others again.

A way that differs from an earlier one only by a decision within some of the functions and classes that nobody calls (its "starts") follows
the module and those starts; what the earlier way found in all other starts is taken over. That holds as long as no start changes what another
one could see: names and objects of the module, the classes themselves, settings of the library.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ..program import Record
from ..values import ClassValue, DictValue, LayerObject, ListValue, ModelObject, Object, SetValue, Value

if TYPE_CHECKING:
    from .machine import Machine
    from .scopes import Scope

_DEEPEST = 3


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
        self.classes = len(machine.classes)

    def follow(self, start: Hashable, work: Callable[[], object]) -> None:
        """Do the work of following a start, unless this way is about other ones."""
        decisions = self.machine.decisions
        if decisions.again is not None and start not in decisions.again:
            known = decisions.findings.get(start)
            if known is not None:  # otherwise another start called it, on the earlier way
                self._take_over(start, known)
            return
        lists, tables, made = self._sizes(), self._tables(), len(decisions.made)
        decisions.start = start
        work()
        decisions.start = None
        record = self.machine.record
        decisions.findings[start] = Findings(
            {name: getattr(record, name)[size:] for name, size in lists.items()},
            {
                name: {k: v for k, v in table.items() if k not in old or old[k] is not v}
                for (name, table), old in zip(self._tables_now(), tables)
            },
            dict(list(decisions.made.items())[made:]),
            frozenset(key for key, starts in decisions.asked_in.items() if start in starts),
            self.machine.names_used(),
        )

    def finish(self) -> None:
        """All starts have been followed: were they apart?"""
        machine = self.machine
        machine.decisions.apart = (
            len(machine.classes) == self.classes and _visible(machine, self.scope) == self.before
        )  # fmt: skip

    def _take_over(self, start: Hashable, known: Findings) -> None:
        decisions, record = self.machine.decisions, self.machine.record
        for name, items in known.lists.items():
            getattr(record, name).extend(items)
        for (name, table) in self._tables_now():
            table.update(known.tables[name])
        for key, answer in known.made.items():
            decisions.made.setdefault(key, answer)
        for key in known.asked:
            decisions.asked_in.setdefault(key, set()).add(start)
        self.machine.use_up_names(known.names)

    def _sizes(self) -> dict[str, int]:
        record = self.machine.record
        return {f.name: len(v) for f in fields(Record) if isinstance(v := getattr(record, f.name), list)}

    def _tables_now(self) -> list[tuple[str, dict[Any, Any]]]:
        record = self.machine.record
        return [("reached", record.reached), ("saved", record.saved), ("sizes", self.machine.stated_sizes)]

    def _tables(self) -> list[dict[Any, Any]]:
        return [dict(table) for _, table in self._tables_now()]


def _visible(machine: Machine, scope: Scope) -> list[Any]:
    """The state of all that every start can see, to be compared: what is bound where, and how much is in it."""
    found: list[Any] = [("settings", {name: id(value) for name, value in machine.record.settings.items()})]
    seen: set[int] = set()

    def visit(value: Value, depth: int) -> None:
        if isinstance(value, tuple):
            for item in value:
                visit(item, depth)
            return
        if not isinstance(value, (ListValue, DictValue, SetValue, Object, ClassValue)) or id(value) in seen:
            return
        seen.add(id(value))
        inside: list[Value] = []
        if isinstance(value, ListValue):
            inside = value.items
            found.append((id(value), value.open, len(inside)))
        elif isinstance(value, DictValue):
            inside = list(value.entries.values())
            found.append((id(value), value.open, len(inside)))
        elif isinstance(value, SetValue):
            found.append((id(value), value.open, len(value.items)))
        else:
            inside = list(value.attributes.values())
            found.append((id(value), [*zip(value.attributes, map(id, inside))]))
        if isinstance(value, LayerObject):
            found.append((value.built, value.trainable, len(value.weights), len(value.calls), len(value.state)))
        if isinstance(value, ModelObject):
            found.append((len(value.layers), id(value.compiled), value.incomplete))
        if depth < _DEEPEST:
            for item in inside:
                visit(item, depth + 1)

    for name, value in list(scope.names.items()):
        found.append((name, id(value)))
        visit(value, 0)
    return found
