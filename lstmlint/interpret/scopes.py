"""Where names live: module, function, class and comprehension scopes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..places import Place
from ..values import FunctionValue, ListValue, Value


class Missing:
    """No such name."""


MISSING = Missing()


@dataclass(slots=True, eq=False)
class Module:
    """A module of the project while it is followed."""

    name: str
    path: str
    tree: Any
    names: dict[str, Value] = field(default_factory=dict)
    installed: bool = False
    """Part of an installed package: of what it imports only what is used is followed."""
    roots: list[str] | None = None
    """The folders where its absolute imports may start, once somebody has asked."""


@dataclass(slots=True, eq=False)
class Scope:
    """One scope. `parent` is the enclosing function's scope (class scopes are skipped, as Python does)."""

    module: Module
    names: dict[str, Value]
    parent: Scope | None = None
    kind: str = "module"
    function: FunctionValue | None = None
    receiver: Value = None
    outer_names: frozenset[str] = frozenset()
    global_names: frozenset[str] = frozenset()
    yields: ListValue | None = None
    """What a generator has yielded so far, as a list that loops and conditions may leave open."""
    at_yield: Callable[[Value], None] | None = None
    """What happens at each `yield` instead of collecting the value."""
    asked: int = 0
    """How often a condition had been asked that can't be known when the function was called."""

    def place(self, node: Any) -> Place:
        """A node of this scope's file as a place."""
        return Place(self.module.tree, node)

    def find(self, name: str) -> Value:
        """The value of a name in this scope, the enclosing ones and the module; MISSING when there is none."""
        names = self.holder(name)
        return names[name] if names is not None else MISSING

    def holder(self, name: str) -> dict[str, Value] | None:
        """The names among which Python finds this one: those of this scope, of an enclosing one or of the module; None when it is nowhere."""
        if name in self.names and name not in self.global_names:
            return self.names
        enclosing = self._enclosing(name)
        if enclosing is not None:
            return enclosing
        return self.module.names if name in self.module.names else None

    def _enclosing(self, name: str) -> dict[str, Value] | None:
        scope = self.parent
        while scope is not None:
            if scope.kind != "class" and name in scope.names:
                return scope.names
            scope = scope.parent
        return None

    def bind(self, name: str, value: Value) -> None:
        """Assign a name where Python would: here, or where `global` and `nonlocal` say."""
        if name in self.global_names:
            self.module.names[name] = value
            return
        outer = self._enclosing(name) if name in self.outer_names else None
        names = outer if outer is not None else self.names
        names[name] = value

    def delete(self, name: str) -> None:
        """`del name`"""
        self.names.pop(name, None)
