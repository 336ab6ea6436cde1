"""What statements have done to all that is followed. The side of a condition that has done nothing is worth no way without it: such a way would show nothing
else."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sized
from typing import TYPE_CHECKING, Any

from ..knowledge import find_attribute_of
from ..nodes import walk
from ..values import Object, Unknown, next_uid
from .reach import state_of, within_reach
from .scopes import MISSING, Scope

if TYPE_CHECKING:
    from .machine import Machine

_LOOKING = frozenset(["__call__", "count_params", "get_config", "get_layer", "get_weights", "summary", "to_json"])
"""Methods of models and layers that leave them as they are, if they have been built."""


class Effects:
    """What there is before the statements of one side of the condition of `node`, to be compared with what there is after them."""

    def __init__(self, machine: Machine, scope: Scope, node: ast.If) -> None:
        self.machine, self.scope, self.node = machine, scope, node
        reach = within_reach(scope)
        self.containers = [(values, state) for values, state, _ in reach.containers]
        self.tables = [(table, dict(table)) for table, _ in reach.tables]
        self.counts = self._counts()
        self.calls = len(machine.record.calls)
        self.applied = len(machine.record.layer_calls)
        self.escaped, self.begin = len(machine.escaped), next_uid()

    def none(self) -> bool:
        """Is everything as it was, but for names that nothing else mentions, and is there nothing to be told of these statements?"""
        return (
            self.counts == self._counts()
            and all(_is_as_before(table, before, self._own(table)) for table, before in self.tables)
            and all(_holds_the_same(values, state) for values, state in self.containers)
            and not self._has_changed_objects()
        )

    def _counts(self) -> tuple[int, ...]:
        record = self.machine.record
        made: list[Sized] = [record.layers, record.models, record.compiles, record.uses, record.imports, record.faults]
        return tuple(map(len, [*made, record.saved, record.settings, self.machine.put]))

    def _own(self, table: dict[str, Any]) -> frozenset[str]:
        """Names that nobody else asks for; of a module that is imported, others may."""
        imported = self.scope.kind == "module" and self.scope.module is not self.machine.active[0].module
        return frozenset() if imported or table is not self.scope.names else _only_in(self.node, self.scope)

    def _has_changed_objects(self) -> bool:
        record = self.machine.record
        if any(call.layer.calls[0] is call for call in record.layer_calls[self.applied :] if call.layer.calls):
            return True  # it has been built
        if any(uid < self.begin for uid in self.machine.escaped[self.escaped :]):
            return True
        return any(isinstance(c.receiver, Object) and not _only_looks(c.name) for c in record.calls[self.calls :])


def _only_looks(name: str) -> bool:
    """Does a method, or an attribute that is read, leave the object as it is?"""
    owner, _, own_name = name.rpartition(".")
    return own_name in _LOOKING or find_attribute_of(owner, own_name) is not None


def _is_as_before(table: dict[Any, Any], before: dict[Any, Any], own: frozenset[str]) -> bool:
    if len(table) < len(before):
        return False
    return all(name in own or _says_no_more(value, before.get(name, MISSING)) for name, value in table.items())


def _says_no_more(value: Any, before: Any) -> bool:
    """Is it what there was before, or is nothing known of either?"""
    return value is before or (type(value) is type(before) is Unknown and value.kind == before.kind)


def _holds_the_same(values: Any, before: Any) -> bool:
    now = state_of(values)
    if (now.size, now.open) != (before.size, before.open):
        return False
    return all(_says_no_more(now.items.get(at), item) for at, item in before.items.items())


def _only_in(node: ast.If, scope: Scope) -> frozenset[str]:
    """The names that stand nowhere else in the function, or in the module."""
    around: Any = scope.function.node if scope.function is not None else scope.module.tree.module
    everywhere: Counter[str] | None = getattr(around, "names_counted_", None)
    if everywhere is None:
        everywhere = around.names_counted_ = _mentions(around)
    return frozenset(name for name, count in _mentions(node).items() if count == everywhere[name])


def _mentions(node: ast.AST) -> Counter[str]:
    return Counter(n.id for n in walk(node) if isinstance(n, ast.Name))
