"""`match`: does a pattern fit a value, and which names does it bind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..values import DictValue, External, ListValue, SetValue, Unknown, Value
from .expressions import evaluate
from .operators import NOT_KNOWN, constant_binary
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
        answer = constant_binary("==", value, wanted)
        return None if answer is NOT_KNOWN or isinstance(value, Unknown) else bool(answer)
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
        value is None or isinstance(value, (int, float, str, bytes, tuple, ListValue))
    ):
        return False
    if isinstance(pattern, ast.MatchClass):
        cls = evaluate(machine, pattern.cls, scope)
        if not pattern.patterns and not pattern.kwd_patterns:
            answer = machine.call(External("builtins.isinstance"), [value, cls], place=scope.place(pattern))
            return machine.truth(answer)
    for name in (n.name for n in ast.walk(pattern) if isinstance(n, (ast.MatchAs, ast.MatchStar)) and n.name):
        scope.bind(name, Unknown("bound by a pattern that can't be followed", scope.place(pattern)))
    return None


def _sequence(machine: Machine, pattern: ast.MatchSequence, value: Value, scope: Scope) -> bool | None:
    if isinstance(value, (str, bytes, int, float, DictValue, SetValue)) or value is None:
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
