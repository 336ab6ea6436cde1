"""Lowers LibCST statements to the `ast` nodes that Python's own parser would build."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import libcst as cst

from lstmlint.syntax.expressions import (
    DEL,
    LOAD,
    STORE,
    UNKNOWN_NAME,
    arguments,
    call_arguments,
    expression,
    optional,
    target,
)
from lstmlint.syntax.patterns import pattern

_AUGMENTED: dict[type[Any], ast.operator] = {
    cst.AddAssign: ast.Add(),
    cst.SubtractAssign: ast.Sub(),
    cst.MultiplyAssign: ast.Mult(),
    cst.DivideAssign: ast.Div(),
    cst.FloorDivideAssign: ast.FloorDiv(),
    cst.ModuloAssign: ast.Mod(),
    cst.PowerAssign: ast.Pow(),
    cst.MatrixMultiplyAssign: ast.MatMult(),
    cst.BitAndAssign: ast.BitAnd(),
    cst.BitOrAssign: ast.BitOr(),
    cst.BitXorAssign: ast.BitXor(),
    cst.LeftShiftAssign: ast.LShift(),
    cst.RightShiftAssign: ast.RShift(),
}
_TYPE_PARAMS: dict[str, Any] = {"type_params": []} if "type_params" in ast.FunctionDef._fields else {}


def module(c: cst.Module) -> ast.Module:
    """The `ast.Module` of a whole file."""
    r: Any = ast.Module(_statements(c.body), [])
    r.cst = c
    return r  # type: ignore[no-any-return]


def _statements(body: Any) -> list[Any]:
    found: list[Any] = []
    for c in body:
        if c.__class__ is cst.SimpleStatementLine:
            for small in c.body:
                found.append(STATEMENTS[small.__class__](small))
        else:
            found.append(STATEMENTS[c.__class__](c))
    return found


def _suite(c: Any) -> list[Any]:
    if c.__class__ is cst.IndentedBlock:
        return _statements(c.body)
    return [STATEMENTS[small.__class__](small) for small in c.body]


def _orelse(c: Any) -> list[Any]:
    return [] if c is None else _suite(c.body)


def _expr(c: cst.Expr) -> Any:
    r: Any = ast.Expr(expression(c.value))
    r.cst = c
    return r


def _assign(c: cst.Assign) -> Any:
    r: Any = ast.Assign([target(t.target, STORE) for t in c.targets], expression(c.value), None)
    r.cst = c
    return r


def _ann_assign(c: cst.AnnAssign) -> Any:
    simple = int(isinstance(c.target, cst.Name) and not c.target.lpar)
    r: Any = ast.AnnAssign(target(c.target, STORE), expression(c.annotation.annotation), optional(c.value), simple)
    r.cst = c
    return r


def _aug_assign(c: cst.AugAssign) -> Any:
    r: Any = ast.AugAssign(target(c.target, STORE), _AUGMENTED[c.operator.__class__], expression(c.value))
    r.cst = c
    return r


def _type_alias(c: Any) -> Any:
    unknown: Any = ast.Name(UNKNOWN_NAME, LOAD)
    unknown.cst = c.value
    r: Any = ast.Assign([target(c.name, STORE)], unknown, None)
    r.cst = c
    return r


def _return(c: cst.Return) -> Any:
    r: Any = ast.Return(optional(c.value))
    r.cst = c
    return r


def _raise(c: cst.Raise) -> Any:
    r: Any = ast.Raise(optional(c.exc), None if c.cause is None else expression(c.cause.item))
    r.cst = c
    return r


def _assert(c: cst.Assert) -> Any:
    r: Any = ast.Assert(expression(c.test), optional(c.msg))
    r.cst = c
    return r


def _del(c: cst.Del) -> Any:
    if isinstance(c.target, cst.Tuple) and not c.target.lpar:
        targets = [target(e, DEL) for e in c.target.elements]
    else:
        targets = [target(c.target, DEL)]
    r: Any = ast.Delete(targets)
    r.cst = c
    return r


def _pass(c: cst.Pass) -> Any:
    r: Any = ast.Pass()
    r.cst = c
    return r


def _break(c: cst.Break) -> Any:
    r: Any = ast.Break()
    r.cst = c
    return r


def _continue(c: cst.Continue) -> Any:
    r: Any = ast.Continue()
    r.cst = c
    return r


def _global(c: cst.Global) -> Any:
    r: Any = ast.Global([n.name.value for n in c.names])
    r.cst = c
    return r


def _nonlocal(c: cst.Nonlocal) -> Any:
    r: Any = ast.Nonlocal([n.name.value for n in c.names])
    r.cst = c
    return r


def _dotted(c: Any) -> str:
    parts = []
    while c.__class__ is cst.Attribute:
        parts.append(c.attr.value)
        c = c.value
    parts.append(c.value)
    return ".".join(reversed(parts))


def _alias(c: cst.ImportAlias) -> Any:
    asname = c.asname.name.value if c.asname is not None and isinstance(c.asname.name, cst.Name) else None
    r: Any = ast.alias(_dotted(c.name), asname)
    r.cst = c
    return r


def _import(c: Any) -> Any:
    r: Any = ast.Import([_alias(n) for n in c.names])
    r.cst = c
    return r


def _import_from(c: Any) -> Any:
    if isinstance(c.names, cst.ImportStar):
        star: Any = ast.alias("*", None)
        star.cst = c.names
        names = [star]
    else:
        names = [_alias(n) for n in c.names]
    r: Any = ast.ImportFrom(None if c.module is None else _dotted(c.module), names, len(c.relative))
    r.cst = c
    return r


def _if(c: cst.If) -> Any:
    # Along the elifs without recursion: generated code has hundreds of them.
    first: Any = None
    previous: Any = None
    rest: Any = c
    while rest.__class__ is cst.If:
        r: Any = ast.If(expression(rest.test), _suite(rest.body), [])
        r.cst = rest
        if previous is None:
            first = r
        else:
            previous.orelse = [r]
        previous, rest = r, rest.orelse
    previous.orelse = _orelse(rest)
    return first


def _while(c: cst.While) -> Any:
    r: Any = ast.While(expression(c.test), _suite(c.body), _orelse(c.orelse))
    r.cst = c
    return r


def _for(c: cst.For) -> Any:
    kind = ast.For if c.asynchronous is None else ast.AsyncFor
    r: Any = kind(target(c.target, STORE), expression(c.iter), _suite(c.body), _orelse(c.orelse), None)
    r.cst = c
    return r


def _with(c: cst.With) -> Any:
    items = []
    for i in c.items:
        item: Any = ast.withitem(expression(i.item), None if i.asname is None else target(i.asname.name, STORE))
        item.cst = i
        items.append(item)
    kind = ast.With if c.asynchronous is None else ast.AsyncWith
    r: Any = kind(items, _suite(c.body), None)
    r.cst = c
    return r


def _try(c: Any) -> Any:
    # `except*` becomes a plain Try: Python 3.10 has no node for it, and what models are built does not depend on it.
    handlers = []
    for h in c.handlers:
        name = None if h.name is None else h.name.name.value
        handler: Any = ast.ExceptHandler(optional(h.type), name, _suite(h.body))
        handler.cst = h
        handlers.append(handler)
    final = [] if c.finalbody is None else _suite(c.finalbody.body)
    r: Any = ast.Try(_suite(c.body), handlers, _orelse(c.orelse), final)
    r.cst = c
    return r


def _decorators(c: Any) -> list[Any]:
    return [expression(d.decorator) for d in c.decorators]


def _function(c: cst.FunctionDef) -> Any:
    kind = ast.FunctionDef if c.asynchronous is None else ast.AsyncFunctionDef
    returns = None if c.returns is None else expression(c.returns.annotation)
    r: Any = kind(c.name.value, arguments(c.params), _suite(c.body), _decorators(c), returns, None, **_TYPE_PARAMS)
    r.cst = c
    return r


def _class(c: cst.ClassDef) -> Any:
    bases, keywords = call_arguments([*c.bases, *c.keywords])
    r: Any = ast.ClassDef(c.name.value, bases, keywords, _suite(c.body), _decorators(c), **_TYPE_PARAMS)
    r.cst = c
    return r


def _match(c: cst.Match) -> Any:
    cases = []
    for k in c.cases:
        case: Any = ast.match_case(pattern(k.pattern), optional(k.guard), _suite(k.body))
        case.cst = k
        cases.append(case)
    r: Any = ast.Match(expression(c.subject), cases)
    r.cst = c
    return r


STATEMENTS: dict[type[Any], Callable[[Any], Any]] = {
    cst.Expr: _expr,
    cst.Assign: _assign,
    cst.AnnAssign: _ann_assign,
    cst.AugAssign: _aug_assign,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Del: _del,
    cst.Pass: _pass,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.If: _if,
    cst.While: _while,
    cst.For: _for,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.Match: _match,
}
_NEWER: dict[str, Callable[[Any], Any]] = {
    "TypeAlias": _type_alias,
    "LazyImport": _import,
    "LazyImportFrom": _import_from,
}
for _name, _lower in _NEWER.items():
    if hasattr(cst, _name):
        STATEMENTS[getattr(cst, _name)] = _lower
