"""`match`: does a pattern fit a value, and which names does it bind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..libs.bridge import is_surely_absent
from ..values import ClassValue, DictValue, External, ListValue, Object, SetValue, Unknown, Value
from .arithmetic import operate
from .expressions import evaluate
from .lookup import has_unknown_base
from .scopes import Scope

if TYPE_CHECKING:
    from .machine import Machine


_CONTAINERS = (ListValue, DictValue, SetValue, tuple)


def match_case(machine: Machine, pattern: ast.pattern, value: Value, scope: Scope) -> bool | None:
    """True when the pattern fits, False when it doesn't, None when that can't be known; binds names as Python does."""
    if isinstance(pattern, ast.MatchValue):
        wanted = evaluate(machine, pattern.value, scope)
        if isinstance(value, _CONTAINERS) and isinstance(wanted, (int, float, str, bytes)):
            return False
        return (
            None
            if isinstance(value, Unknown)
            else machine.truth(operate(machine, "==", value, wanted, scope.place(pattern)))
        )
    if isinstance(pattern, ast.MatchSingleton):
        return None if isinstance(value, Unknown) else value is pattern.value
    if isinstance(pattern, ast.MatchAs):
        verdict = True if pattern.pattern is None else match_case(machine, pattern.pattern, value, scope)
        if pattern.name is not None and verdict is not False:
            scope.bind(pattern.name, value)
        return verdict
    if isinstance(pattern, ast.MatchOr):
        verdicts = []
        for option in pattern.patterns:
            verdict = match_case(machine, option, value, scope)
            if verdict:
                return True
            verdicts.append(verdict)
        return None if None in verdicts else False
    if isinstance(pattern, ast.MatchSequence):
        return _sequence(machine, pattern, value, scope)
    if isinstance(pattern, ast.MatchMapping) and isinstance(value, DictValue) and not value.open:
        result: bool | None = True
        matched: list[Value] = []
        for key_node, inner in zip(pattern.keys, pattern.patterns):
            key = evaluate(machine, key_node, scope)
            if key not in value.entries:
                return False
            verdict = match_case(machine, inner, value.entries[key], scope)
            if verdict is False:
                return False
            result = None if verdict is None else result
            matched.append(key)
        if pattern.rest:
            scope.bind(pattern.rest, DictValue({k: v for k, v in value.entries.items() if k not in matched}))
        return result
    if isinstance(pattern, ast.MatchMapping) and (
        value is None or isinstance(value, (int, float, str, bytes, tuple, ListValue)) or _is_plain_object(value)
    ):
        return False
    if isinstance(pattern, ast.MatchClass):
        found = _class(machine, pattern, value, scope)
        if found is not None:
            return found
    for name in (n.name for n in ast.walk(pattern) if isinstance(n, (ast.MatchAs, ast.MatchStar)) and n.name):
        scope.bind(name, Unknown("bound by a pattern that can't be followed", scope.place(pattern)))
    return None


_WHOLE = frozenset(
    f"builtins.{name}"
    for name in ("bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple")
)
"""Classes whose single positional pattern is matched against the whole value."""


def _class(machine: Machine, pattern: ast.MatchClass, value: Value, scope: Scope) -> bool | None:
    """`case Class(...)`"""
    cls, place = evaluate(machine, pattern.cls, scope), scope.place(pattern)
    fits = machine.truth(machine.call(External("builtins.isinstance"), [value, cls], place=place))
    if not fits:
        return fits
    pairs: list[tuple[ast.pattern, Value]] = []
    if pattern.patterns and isinstance(cls, External) and cls.name in _WHOLE:
        pairs = [(pattern.patterns[0], value)]
    elif pattern.patterns:
        names = machine.get_attribute(cls, "__match_args__", place)
        if not isinstance(names, tuple) or len(names) < len(pattern.patterns):
            return None
        pairs = [(p, machine.get_attribute(value, str(n), place)) for p, n in zip(pattern.patterns, names)]
    for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns):
        if isinstance(value, Object) and is_surely_absent(value, name) and name not in _class_names(value):
            return False
        pairs.append((inner, machine.get_attribute(value, name, place)))
    result: bool | None = True
    for inner, item in pairs:
        verdict = match_case(machine, inner, item, scope)
        if verdict is False:
            return False
        result = None if verdict is None else result
    return result


def _class_names(value: Object) -> set[str]:
    classes = value.user_class.mro() if value.user_class is not None else ()
    return {name for c in classes if isinstance(c, ClassValue) for name in c.attributes}


def _is_plain_object(value: Value) -> bool:
    """An instance of a class of the user's that is neither a sequence nor a mapping, as far as its bases tell."""
    cls = value.user_class if isinstance(value, Object) else None
    return cls is not None and cls.external_base is None and not has_unknown_base(cls)


def _sequence(machine: Machine, pattern: ast.MatchSequence, value: Value, scope: Scope) -> bool | None:
    if isinstance(value, (str, bytes, int, float, DictValue, SetValue)) or value is None:
        return False
    if _is_plain_object(value):
        return False
    items = machine.iterate(value, scope.place(pattern)) if isinstance(value, (tuple, ListValue)) else None
    star = next((i for i, p in enumerate(pattern.patterns) if isinstance(p, ast.MatchStar)), None)
    if items is None:
        for inner in pattern.patterns:
            match_case(machine, inner, Unknown("part of a sequence that is not known", scope.place(inner)), scope)
        return None
    if star is None:
        if len(items) != len(pattern.patterns):
            return False
        pairs = list(zip(pattern.patterns, items))
    else:
        after = len(pattern.patterns) - star - 1
        if len(items) < star + after:
            return False
        pairs = list(zip(pattern.patterns[:star], items[:star]))
        pairs += list(zip(pattern.patterns[star + 1 :], items[len(items) - after :]))
        starred = pattern.patterns[star]
        assert isinstance(starred, ast.MatchStar)
        if starred.name:
            scope.bind(starred.name, ListValue(items[star : len(items) - after]))
    result: bool | None = True
    for inner, item in pairs:
        verdict = match_case(machine, inner, item, scope)
        if verdict is False:
            return False
        result = None if verdict is None else result
    return result
