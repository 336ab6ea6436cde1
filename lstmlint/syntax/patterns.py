"""Lowers the patterns of `match` statements to `ast` nodes."""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst

from lstmlint.syntax.expressions import expression

_SINGLETONS: dict[str, object] = {"None": None, "True": True, "False": False}


def pattern(c: Any) -> Any:
    """The `ast.pattern` for a LibCST pattern."""
    r: Any
    if isinstance(c, cst.MatchValue):
        r = ast.MatchValue(expression(c.value))
    elif isinstance(c, cst.MatchSingleton):
        r = ast.MatchSingleton(_SINGLETONS[c.value.value])  # type: ignore[arg-type]
    elif isinstance(c, (cst.MatchList, cst.MatchTuple)):
        r = ast.MatchSequence([pattern(p) for p in c.patterns])
    elif isinstance(c, cst.MatchSequenceElement):
        return pattern(c.value)
    elif isinstance(c, cst.MatchStar):
        r = ast.MatchStar(None if c.name is None or c.name.value == "_" else c.name.value)
    elif isinstance(c, cst.MatchMapping):
        keys = [expression(e.key) for e in c.elements]
        r = ast.MatchMapping(keys, [pattern(e.pattern) for e in c.elements], None if c.rest is None else c.rest.value)
    elif isinstance(c, cst.MatchClass):
        r = ast.MatchClass(
            expression(c.cls),
            [pattern(p) for p in c.patterns],
            [k.key.value for k in c.kwds],
            [pattern(k.pattern) for k in c.kwds],
        )
    elif isinstance(c, cst.MatchOr):
        r = ast.MatchOr([pattern(p.pattern) for p in c.patterns])
    elif isinstance(c, cst.MatchAs):
        name = None if c.name is None or c.name.value == "_" else c.name.value
        r = ast.MatchAs(None if c.pattern is None else pattern(c.pattern), name)
    else:
        raise TypeError(type(c).__name__)
    r.cst = c
    return r
