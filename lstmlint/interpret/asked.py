"""What a loop asks about and uses, by name, in its own body and in the functions that it calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..nodes import children, walk
from ..values import FunctionValue
from .changes import GROWING

_Take = tuple[frozenset[str], frozenset[str]]


class _Mentions(NamedTuple):
    """What the body of a loop or function mentions: names, attributes and keys alike."""

    asked: frozenset[str]
    """In what is a condition, or compared."""
    returned: frozenset[str]
    """In what it returns or yields."""
    used: frozenset[str]
    """Anywhere but where something is only put in, or counted."""
    given: tuple[tuple[str, frozenset[str]], ...]
    """In the arguments of calls, with the name of what is called."""
    takes: tuple[_Take, ...]
    """What an assignment sets, with what it sets that to."""


class Mentioned(NamedTuple):
    """What a loop's conditions ask about, and what the loop uses."""

    asked: frozenset[str]
    used: frozenset[str]


def mentioned_by(node: Any, *functions: Any) -> Mentioned:
    """What a loop asks about and uses, which calls these functions: their results, and what they are given, may be asked about as well."""
    own, called = _mentions(node), [_mentions(function) for function in functions]
    names = {getattr(function, "name", "") for function in functions}
    asked = own.asked.union(*(m.asked | m.returned for m in called))
    asked = asked.union(*(given for m in (own, *called) for name, given in m.given if name in names))
    asked = _with_sources(asked, [take for m in (own, *called) for take in m.takes])
    return Mentioned(asked, own.used.union(*(m.used for m in called)))


def asked_by(test: ast.expr, function: FunctionValue | None) -> frozenset[str]:
    """What a condition asks about, directly or by way of the names of the function that it stands in."""
    return _with_sources(words(test), _mentions(function.node).takes if function is not None else ())


def _with_sources(asked: frozenset[str], takes: Sequence[_Take]) -> frozenset[str]:
    """These names, and those that what they stand for comes from."""
    while True:
        more = asked.union(*(sources for targets, sources in takes if not targets.isdisjoint(asked)))
        if more == asked:
            return asked
        asked = more


def _mentions(body: Any) -> _Mentions:
    """What a loop or function mentions, looked for once."""
    found: _Mentions | None = getattr(body, "mentions_", None)
    if found is None:
        nodes = list(walk(body))
        asked = (part for n in nodes for part in _deciding(n))
        returned = [n.value for n in nodes if isinstance(n, (ast.Return, ast.Yield, ast.YieldFrom)) and n.value]
        if isinstance(body, ast.Lambda):
            returned.append(body.body)
        calls = [n for n in nodes if isinstance(n, ast.Call)]
        given = tuple((last_name(n.func), words(*n.args, *n.keywords)) for n in calls if n.args or n.keywords)
        found = _Mentions(words(*asked), words(*returned), _used(nodes, calls), given, tuple(_takes(nodes)))
        body.mentions_ = found
    return found


def _deciding(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that decide what happens."""
    if isinstance(node, (ast.If, ast.IfExp, ast.While, ast.Assert)):
        yield node.test
    elif isinstance(node, ast.comprehension):
        yield from node.ifs
    elif isinstance(node, (ast.Compare, ast.BoolOp)) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    ):
        yield node
    elif isinstance(node, ast.Match):
        yield node.subject


def _used(nodes: list[ast.AST], calls: list[ast.Call]) -> frozenset[str]:
    spared = {id(n.func.value) for n in calls if isinstance(n.func, ast.Attribute) and n.func.attr in GROWING}
    spared |= {id(n.value) for n in nodes if isinstance(n, ast.Subscript) and not isinstance(n.ctx, ast.Load)}
    spared |= {id(n.args[0]) for n in calls if last_name(n.func) == "len" and n.args}
    loaded = (n for n in nodes if isinstance(getattr(n, "ctx", None), ast.Load) and id(n) not in spared)
    return frozenset(filter(None, map(last_name, loaded)))


def _takes(nodes: list[ast.AST]) -> Iterator[_Take]:
    for n in nodes:
        if isinstance(n, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.Assign)) and n.value is not None:
            yield _set_in(*(n.targets if isinstance(n, ast.Assign) else [n.target])), _sources(n.value)
        elif isinstance(n, (ast.For, ast.AsyncFor, ast.comprehension)):
            yield _set_in(n.target), _sources(n.iter)


def _set_in(*targets: ast.expr) -> frozenset[str]:
    """The names, attributes and keys that are set there, and the names of the lists and dicts that have an item set."""
    stored = [n for n in walk(*targets) if isinstance(getattr(n, "ctx", None), ast.Store)]
    inside = [part for n in stored if isinstance(n, ast.Subscript) for part in (n.value, n.slice)]
    return frozenset(filter(None, map(last_name, [*stored, *inside])))


def _sources(value: ast.expr) -> frozenset[str]:
    """What a value comes from, by name: of what a method is given only texts, which may be keys."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = [value]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            waiting += [node.func, *(a for a in node.args if isinstance(a, ast.Constant))]
        else:
            waiting += children(node)
    return frozenset(filter(None, map(last_name, found)))


def words(*nodes: ast.AST) -> frozenset[str]:
    """The names, attributes and keys that stand anywhere in these nodes."""
    return frozenset(filter(None, map(last_name, walk(*nodes))))


def last_name(node: ast.AST) -> str:
    """A name, the attribute of something, or a text that may be a key; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
