"""What functions and methods that nobody calls do to each other: they are followed one after the other, but nobody says that they are called so."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from ..nodes import walk
from ..places import Place
from ..values import DictValue, ListValue, ModelObject, Unknown, Value, is_private
from .changes import writes_of
from .left_to_others import is_placeholder

Shared = dict[str, Value]
"""What they share: the attributes of an instance, or the names of a module."""


class Earlier:
    """What those that were followed before have changed of what they all share."""

    def __init__(self, table: Shared) -> None:
        self.table, self.first = table, dict(table)
        self.there = {name for name, value in table.items() if not is_placeholder(value)}
        """The names that stood for something from the start."""
        self.times: dict[str, int] = {}

    def note(self, names: set[str]) -> None:
        """One more has changed what these names stand for."""
        self.times.update({name: self.times.get(name, 0) + 1 for name in names})

    def otherwise(self, own: set[str], place: Place) -> Shared:
        """What the one that comes next finds if it is the first to be called; `own` are the names that it changes itself.

        What it can't do without, because there is nothing yet under that name, it finds as the one that makes it has left it. What several
        have changed, or what it goes on with itself, is not known.
        """
        found: Shared = {}
        for name, times in self.times.items():
            if is_private(name) or name not in self.table:
                continue
            now, start = self.table[name], self.first.get(name)
            settings = isinstance(now, (ListValue, DictValue)) and name in self.there
            if now is not start and name in self.there:
                found[name] = start
            elif times > 1 or (now is start and (name in own or settings)):
                reason = f"what `{name}` is by then is up to who calls this"
                found[name] = Unknown(reason, place, key=("earlier", name, id(place.node)))
        return found

    def on_another(self, otherwise: Shared) -> Shared:
        """Of what one finds `otherwise`, and of what others have made, that which another instance doesn't have by itself."""
        found = {name: otherwise.get(name, self.table[name]) for name in self.times if name in self.table}
        return {
            name: value for name, value in found.items() if name not in otherwise or value is not self.first.get(name)
        }

    def several(self) -> Iterator[ModelObject]:
        """The models that more than one of them has put layers on: nobody builds what is left of them."""
        for name, times in self.times.items():
            model = self.table.get(name)
            same = model is self.first.get(name)
            if same and times > 1 and isinstance(model, ModelObject):
                yield model


def touched_by(function: Any) -> frozenset[str]:
    """The names of a module that a function's own code sets (`global`), or whose lists, dicts, models and other objects it changes."""
    found: frozenset[str] | None = getattr(function, "touched_", None)
    if found is None:
        writes = writes_of(function, function.body)
        declared = {name for n in walk(*function.body) if isinstance(n, ast.Global) for name in n.names}
        spec: ast.arguments = function.args
        inside = {a.arg for a in [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]}
        inside |= {t.id for t in writes.stored if isinstance(t, ast.Name) and t.id not in declared}
        changed = [*writes.grown, *(t.value for t in (*writes.items, *writes.stored) if not isinstance(t, ast.Name))]
        found = frozenset(declared | {t.id for t in changed if isinstance(t, ast.Name)} - inside)
        function.touched_ = found
    return found


class Then:
    """A table as it is now, with what is in the models, lists and dicts that it names."""

    def __init__(self, table: Shared) -> None:
        self.table, self.names = table, dict(table)
        self.inside = [(value, _contents(value)) for value in table.values() if isinstance(value, _FILLED)]

    def changed(self, differing: set[str]) -> set[str]:
        """Of the names whose values are other ones by now, or hold other things, those of models that were only compiled, trained or called left
        out."""
        layers = {id(value): len(state["layers"]) for value, state in self.inside if isinstance(value, ModelObject)}
        return {name for name in differing if not self._is_only_used(name, layers)}

    def _is_only_used(self, name: str, layers: dict[int, int]) -> bool:
        value = self.table.get(name)
        return (
            value is self.names.get(name)
            and isinstance(value, ModelObject)
            and layers.get(id(value)) == len(value.layers)
        )

    @contextmanager
    def again(self, others: Shared) -> Iterator[None]:
        """Meanwhile all is as it was then, but for the `others`; afterwards it is as it is now."""
        now = Then(self.table)
        self._put_back(others)
        try:
            yield
        finally:
            now._put_back({})

    def _put_back(self, others: Shared) -> None:
        self.table.clear()
        self.table.update(self.names | others)
        for value, state in self.inside:
            for name, content in state.items():
                setattr(value, name, _own(content))


_FILLED = (ModelObject, ListValue, DictValue)


def _contents(value: Any) -> dict[str, Any]:
    return {f.name: _own(getattr(value, f.name)) for f in fields(value)}


def _own(value: Any) -> Any:
    return copy.copy(value) if isinstance(value, (list, dict, set)) else value
