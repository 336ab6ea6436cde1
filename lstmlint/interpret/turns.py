"""What is left of names, lists, attributes and models where nobody knows how often something has happened: the turns of a loop that can't be counted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..dims import Dim
from ..frozen import dataclass
from ..libs.slices import unsure
from ..nodes import walk
from ..places import Place
from ..values import (
    Array,
    BoundMethod,
    ClassValue,
    DictValue,
    FunctionValue,
    IteratorValue,
    ListValue,
    ModelObject,
    Object,
    Partial,
    SetValue,
    Tensor,
    Unknown,
    Value,
    fresh_int,
    is_private,
)
from .asked import Mentioned, asked_by, last_name, mentioned_by
from .changes import assigned, grown_by, held, loosen, loosened, mentioned, named, unset, writes_of
from .indefinite import (
    ANY_ITEM,
    any_item,
    carried,
    changing,
    forget,
    forget_constants,
    forget_item,
    forget_items,
    in_any_turn,
    indefinite,
    next_of,
    stacked,
    targets_of,
    unlike,
)
from .reach import State, state_of, within_reach
from .recurring import Change
from .scopes import MISSING, Scope

if TYPE_CHECKING:
    from .machine import Machine


@dataclass(slots=True, eq=False)
class Loop:
    """A loop that is being followed; for one that may have ended earlier, what was before that."""

    node: Any
    before: Before | None = None


def varies(loop: Any, test: ast.expr, key: Any = None) -> bool:
    """May a condition have another answer in another turn of a loop: does it ask about an item, about what the loop sets, or anew in each turn?"""
    if not _set_by(loop).isdisjoint(mentioned(test)):
        return True
    return key is not None and (_comes_from(loop, key) or any(isinstance(n, ast.Call) for n in walk(test)))


def asks_what_recurs(machine: Machine, test: ast.expr, scope: Scope) -> bool:
    """Does a condition, which may stand in a function that a loop calls, ask about what the turns of that loop change?"""
    changed = frozenset[str]().union(*(machine.recurring.names(loop.node) for loop in machine.loops))
    return bool(changed) and not asked_by(test, scope.function).isdisjoint(changed)


def asks_what_it_was_given(test: ast.expr, scope: Scope) -> bool:
    """Does a condition in a function that a loop calls ask about what the function was given, or has made of that?"""
    return scope.function is not None and not scope.names.keys().isdisjoint(mentioned(test))


def _set_by(loop: Any) -> frozenset[str]:
    """The names that a loop sets, looked for once."""
    found: frozenset[str] | None = getattr(loop, "sets_", None)
    if found is None:
        stored = (t.id for t in assigned(loop, loop.body) if isinstance(t, ast.Name))
        found = loop.sets_ = targets_of(loop).union(stored)
    return found


def _comes_from(loop: Any, key: Any) -> bool:
    """Is what the key stands for an item, or made in the loop's body?"""
    if not isinstance(key, tuple):
        return False
    if key[:1] == ("sample",):
        return True
    if key[:1] in (("made",), ("node",)):
        return key[1] in _nodes_of(loop)
    return any(_comes_from(loop, part) for part in key)


def _nodes_of(loop: Any) -> frozenset[int]:
    found: frozenset[int] | None = getattr(loop, "nodes_", None)
    if found is None:
        found = loop.nodes_ = frozenset(id(node) for node in walk(*loop.body))
    return found


class Before:
    """What a loop may change, as it was before: to mark what has changed when nobody knows how often its turns are taken."""

    def __init__(self, machine: Machine, scope: Scope) -> None:
        self.machine, self.scope = machine, scope
        self.names = dict(scope.names)
        reach = within_reach(scope)
        self.containers = reach.containers
        self.elsewhere = [(table, dict(table), path) for table, path in reach.tables if table is not scope.names]
        self.trail = len(machine.trail)
        self.stacks = [(model, len(model.layers), model.outputs) for model in machine.record.models]
        self.undecided, self.varying = machine.undecided, machine.varying
        self.asked = machine.decisions.count

    def mark(self, why: str, node: Any, turns: Dim | None = None, *, whole: bool = True) -> None:
        """What is not as before is approximate: there were `turns` times what was followed, where that can be said, each as a whole or not."""
        scope, place = self.scope, self.scope.place(node)
        decided = self.machine.undecided == self.undecided
        regular = whole and decided
        shared = turns if regular else None
        alike = self.machine.varying == self.varying
        for values, state, _ in self.containers:
            if isinstance(values, ListValue) and len(values.items) != state.size:
                name = f"len({_name_of(scope, values)})"
                if shared is None:
                    shared = fresh_int(name, place)
                start = state.length if state.open else Dim(state.size)
                now = values.length if values.open else Dim(len(values.items))
                growth = (now - start).known if start is not None and now is not None else None
                even = growth is not None and growth > 0 and (regular or (growth == 1 and decided))
                values.length = start + shared * growth if even and start and growth else fresh_int(name, place)
                values.open = True
                values.sample = self._any_of(values, why, place)
                if not alike and isinstance(
                    values.sample, (Object, FunctionValue)
                ):  # other turns may put other ones there
                    values.sample = changing(f"{_name_of(scope, values)}[i]", place, why)
                if self.machine.decisions.count != self.asked:
                    unsure([*values.items, values.sample])
            elif isinstance(values, DictValue) and len(values.entries) != state.size:
                values.open = True
            elif isinstance(values, IteratorValue) and values.position != state.size:
                values.loosen(next_of(values, why, place))
            elif isinstance(values, SetValue) and len(values.items) != state.size:
                values.open = True
                values.sample = self._any_of(values, why, place)
            if state.items:
                forget_items(values, state.items, _name_of(scope, values), why, place)
        for model, count, outputs in self.stacks:
            if model.kind == "Sequential" and len(model.layers) != count:
                stacked(model, (outputs if count else model.inputs) if alike else None, why)
        forget(scope, self.names, why, node, alike=alike)
        followed = self._followed()
        for table, old, _ in self.elsewhere:
            forget_constants(table, old, why, place, followed, alike=alike)

    def _followed(self) -> list[Any]:
        """The functions that have been followed since, each once."""
        return [*dict.fromkeys(self.machine.trail[self.trail :])]

    def note(self, node: Any) -> None:
        """Take note of what is not as before, for when the program is followed again."""
        recurring = self.machine.recurring
        mentioned: Mentioned | None = None
        for change, settled in (*self.changes(), *self._carried(node)):
            if settled:
                mentioned = mentioned or mentioned_by(node, *self._followed())
                name = next((part for part in reversed(change.path) if isinstance(part, str)), "")
                of_all = change.grown or change.path[-1] is ANY_ITEM
                settled = name in mentioned.asked or (of_all and name in mentioned.used)
            recurring.note(node, change, asked=settled)

    def changes(self) -> Iterator[tuple[Change, bool]]:
        """What is not as before elsewhere than in the scope's own names, and whether it was something known."""
        for values, state, path in self.containers:
            now = state_of(values)
            if path and (state.size, state.open) != (now.size, now.open):
                yield Change(path, grown=True), not state.open
            for at, old in state.items.items():
                if now.items.get(at, old) is not old:
                    yield Change((*path, at), grown=False), _is_settled(old)
            if path and isinstance(values, ListValue) and _holds_others(state, now):
                yield Change((*path, ANY_ITEM), grown=False), True
        for table, before, path in self.elsewhere:
            for name, value in table.items():
                old = before.get(name, MISSING)
                if old is not MISSING and value is not old and not is_private(name):
                    yield Change((*path, name), grown=False), _is_settled(old)

    def _carried(self, node: Any) -> Iterator[tuple[Change, bool]]:
        """The same for the scope's own names, of which a turn uses what the one before has left."""
        for name, value in self.scope.names.items():
            old = self.names.get(name, MISSING)
            if old is not MISSING and value is not old and _is_carried(node, name):
                yield Change((0, name), grown=False), _is_settled(old)

    def _any_of(self, values: ListValue | SetValue, why: str, place: Place) -> Value:
        """What stands for the items that turns have put there."""
        return any_item(values.items, f"{_name_of(self.scope, values)}[i]", place, why) if values.items else None


@contextmanager
def any_number_of_turns(
    machine: Machine, scope: Scope, why: str, node: Any, turns: Dim | None = None, *, whole: bool = True
) -> Iterator[Before]:
    """What is followed meanwhile happens any number of times (see `Before.mark`)."""
    unsettle(machine.recurring.asked(node), scope, why, node)
    before = Before(machine, scope)
    outer, machine.in_unknown_loop = machine.in_unknown_loop, why
    try:
        yield before
    except BaseException:
        whole = False
        raise
    finally:
        machine.in_unknown_loop = outer
        before.note(node)
        before.mark(why, node, turns, whole=whole)


def _may_reach(machine: Machine, node: ast.AST, scope: Scope) -> bool:
    """May this change more than a name or an attribute of a name: does it call something of the program's own, or set what an expression gives?"""
    if not isinstance(node, ast.Call):
        stores = isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store)
        return stores and not isinstance(getattr(node, "value", None), ast.Name)
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in machine.own_names
    found = scope.find(node.func.id) if isinstance(node.func, ast.Name) else None
    if isinstance(found, Object) or found is None:
        return not machine.own_names.isdisjoint(("__call__", "call"))
    return isinstance(found, (FunctionValue, BoundMethod, Partial, ClassValue, Unknown))


@contextmanager
def perhaps(machine: Machine, scope: Scope, node: ast.If, taken: list[ast.stmt]) -> Iterator[None]:
    """What is followed meanwhile is done in some turns of a loop, and what stands in the condition's other branch in others: neither leaves
    what it changes elsewhere as it is in one turn."""
    before = Before(machine, scope) if any(_may_reach(machine, n, scope) for n in walk(*taken)) else None
    yield
    if before is not None:
        for change, _ in before.changes():
            machine.recurring.note_of_branch(node, change)
    unsettle(machine.recurring.all(node), scope, "turns of a loop that differ", node)


_NOTHING: list[ast.stmt] = []


def run_by_other_turns(node: Any, body: list[ast.stmt], scope: Scope, *, instead_of: list[ast.stmt] = _NOTHING) -> None:
    """Other turns of a loop run these statements `instead_of` those that this turn runs: what they alone set, fill and stack may have been set,
    filled and stacked."""
    loosen(node, body, scope)
    own = {(id(table), name) for _, name, _, table in held(assigned(node, instead_of), scope)}
    theirs = [target for target, name, _, table in held(assigned(node, body), scope) if (id(table), name) not in own]
    unset(theirs, scope, (bool, int, float, str, Array, Tensor))
    grown = {id(value) for value in grown_by(node, instead_of, scope)}
    for value in grown_by(node, body, scope):
        if isinstance(value, ModelObject) and value.kind == "Sequential" and id(value) not in grown:
            stacked(value, None, "turns of a loop that differ")


def rest_of_turn(loop: Any, node: Any) -> list[ast.stmt]:
    """What a turn of a loop runs behind this statement of its body; all of the one that it stands in."""
    found: list[ast.stmt] | None = getattr(node, "rest_", None)
    if found is None:
        at = next((i for i, statement in enumerate(loop.body) if any(n is node for n in walk(statement))), 0)
        found = node.rest_ = loop.body[at + (loop.body[at] is node) :]
    return found


def begin_any_turn(node: Any, body: list[ast.stmt], scope: Scope, why: str) -> None:
    """What a loop's turns change and use is not what it was before the first of them: `if len(window) == n` where each turn appends to the window,
    `if previous is not None` where each sets it."""
    asked, used = mentioned_by(node)
    writes, place = writes_of(node, body), scope.place(node)
    for grown in writes.grown:
        if last_name(grown) in asked | used:
            loosened(named(grown, scope))
    for target, name, value, table in held(writes.stored, scope):
        constant = value is None or isinstance(value, (bool, int, float, str))
        if constant and name in asked and name not in targets_of(node):
            written = name if isinstance(target, ast.Name) else f"{last_name(target.value)}.{name}"
            table[name] = changing(written, place, why) if value is None else indefinite(value, written, place, why)


def _is_carried(node: Any, name: str) -> bool:
    """May a turn use what the one before it has left under this name?"""
    return name not in _items_in(node) and carried(node, name)


def _items_in(node: Any) -> frozenset[str]:
    """The names that stand for the items of a loop or of loops within it, looked for once."""
    found: frozenset[str] | None = getattr(node, "items_", None)
    if found is None:
        loops = (n for n in walk(node) if isinstance(n, (ast.For, ast.AsyncFor, ast.comprehension)))
        found = node.items_ = mentioned(*(n.target for n in loops))
    return found


def _holds_others(before: State, now: State) -> bool:
    """Have arrays of other shapes taken the place of a list's items, as in a memory that is full of zeros at first?"""
    pairs = [(old, now.items.get(at, old)) for at, old in before.items.items()]
    return any(unlike(old, new) for old, new in [*pairs, (before.sample, now.sample)] if new is not old)


def _is_settled(value: Value) -> bool:
    """Would a condition take this for what it is in every turn?"""
    return value is None or isinstance(value, (bool, int, float, str, tuple, ListValue, DictValue, SetValue))


def unsettle(changes: list[Change], scope: Scope, why: str, node: Any) -> None:
    """What a loop's turns change is not what one of them has left, or what was before the first."""
    if not changes:
        return
    reach, place = within_reach(scope), scope.place(node)
    containers = {path: values for values, _, path in reach.containers}
    tables = {path: table for table, path in reach.tables}
    for path, grown in changes:
        *above, name = path
        table = tables.get(tuple(above))
        if grown:
            values = containers.get(path)
            loosened(values)
            if isinstance(values, IteratorValue):
                values.loosen(next_of(values, why, place))
        elif table is not None and name in table:
            table[name] = in_any_turn(table[name], str(name), why, place)
        elif tuple(above) in containers:
            forget_item(containers[tuple(above)], name, why, place)


def _name_of(scope: Scope, value: Value) -> str:
    return next((name for name, v in scope.names.items() if v is value), "the list")
