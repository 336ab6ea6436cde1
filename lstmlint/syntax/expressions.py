"""Lowers LibCST expressions to the `ast` nodes that Python's own parser would build.

Each node keeps its LibCST node in the attribute `cst`, from which positions are worked out on demand.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from lstmlint.syntax.literals import imaginary_value, integer_value, string_value, unescape

LOAD = ast.Load()
STORE = ast.Store()
DEL = ast.Del()

# What Python 3.10 has no node for is lowered to this name, which no program defines.
UNKNOWN_NAME = "__unknown__"

_CONSTANT_NAMES: dict[str, bool | None] = {"None": None, "True": True, "False": False}

_BINARY: dict[type[Any], ast.operator] = {
    cst.Add: ast.Add(),
    cst.Subtract: ast.Sub(),
    cst.Multiply: ast.Mult(),
    cst.Divide: ast.Div(),
    cst.FloorDivide: ast.FloorDiv(),
    cst.Modulo: ast.Mod(),
    cst.Power: ast.Pow(),
    cst.MatrixMultiply: ast.MatMult(),
    cst.BitAnd: ast.BitAnd(),
    cst.BitOr: ast.BitOr(),
    cst.BitXor: ast.BitXor(),
    cst.LeftShift: ast.LShift(),
    cst.RightShift: ast.RShift(),
}
_UNARY: dict[type[Any], ast.unaryop] = {
    cst.Minus: ast.USub(),
    cst.Plus: ast.UAdd(),
    cst.Not: ast.Not(),
    cst.BitInvert: ast.Invert(),
}
_COMPARE: dict[type[Any], ast.cmpop] = {
    cst.Equal: ast.Eq(),
    cst.NotEqual: ast.NotEq(),
    cst.LessThan: ast.Lt(),
    cst.LessThanEqual: ast.LtE(),
    cst.GreaterThan: ast.Gt(),
    cst.GreaterThanEqual: ast.GtE(),
    cst.Is: ast.Is(),
    cst.IsNot: ast.IsNot(),
    cst.In: ast.In(),
    cst.NotIn: ast.NotIn(),
}
_AND = ast.And()
_OR = ast.Or()


def expression(c: Any) -> Any:
    """The `ast` expression for a LibCST expression."""
    return EXPRESSIONS[c.__class__](c)


def optional(c: Any) -> Any:
    """Like `expression`; None for None."""
    return None if c is None else EXPRESSIONS[c.__class__](c)


def target(c: Any, ctx: ast.expr_context) -> Any:
    """The `ast` expression for what is assigned to (Store) or deleted (Del)."""
    cls = c.__class__
    r: Any
    if cls is cst.Name:
        r = ast.Name(c.value, ctx)
    elif cls is cst.Attribute:
        r = ast.Attribute(expression(c.value), c.attr.value, ctx)
    elif cls is cst.Subscript:
        r = ast.Subscript(expression(c.value), _slice(c), ctx)
    elif cls is cst.Tuple:
        r = ast.Tuple([target(e, ctx) for e in c.elements], ctx)
    elif cls is cst.List:
        r = ast.List([target(e, ctx) for e in c.elements], ctx)
    elif cls is cst.Element:
        return target(c.value, ctx)
    elif cls is cst.StarredElement:
        r = ast.Starred(target(c.value, ctx), ctx)
    else:
        return expression(c)
    r.cst = c
    return r


def arguments(c: cst.Parameters) -> ast.arguments:
    """The `ast.arguments` of a function's or lambda's parameters."""
    posonly = [_parameter(p) for p in c.posonly_params]
    params = [_parameter(p) for p in c.params]
    defaults = [expression(p.default) for p in (*c.posonly_params, *c.params) if p.default is not None]
    vararg = _parameter(c.star_arg) if isinstance(c.star_arg, cst.Param) else None
    kwonly = [_parameter(p) for p in c.kwonly_params]
    kw_defaults = [optional(p.default) for p in c.kwonly_params]
    kwarg = _parameter(c.star_kwarg) if c.star_kwarg is not None else None
    r: Any = ast.arguments(posonly, params, vararg, kwonly, kw_defaults, kwarg, defaults)
    r.cst = c
    return r  # type: ignore[no-any-return]


def _parameter(c: cst.Param) -> Any:
    annotation = None if c.annotation is None else expression(c.annotation.annotation)
    r: Any = ast.arg(c.name.value, annotation, None)
    r.cst = c
    return r


def call_arguments(args: Sequence[cst.Arg]) -> tuple[list[Any], list[Any]]:
    """Positional arguments (with `*x` as Starred) and keywords (`**x` has no name) of a call or class."""
    positional: list[Any] = []
    keywords: list[Any] = []
    r: Any
    for a in args:
        value = EXPRESSIONS[a.value.__class__](a.value)
        if a.keyword is not None:
            r = ast.keyword(a.keyword.value, value)
            r.cst = a
            keywords.append(r)
        elif not a.star:
            positional.append(value)
        elif a.star == "*":
            r = ast.Starred(value, LOAD)
            r.cst = a
            positional.append(r)
        else:
            r = ast.keyword(None, value)
            r.cst = a
            keywords.append(r)
    return positional, keywords


def _name(c: cst.Name) -> Any:
    value = c.value
    r: Any
    if value in _CONSTANT_NAMES:
        r = ast.Constant(_CONSTANT_NAMES[value], None)
    else:
        r = ast.Name(value, LOAD)
    r.cst = c
    return r


def _attribute(c: cst.Attribute) -> Any:
    r: Any = ast.Attribute(EXPRESSIONS[c.value.__class__](c.value), c.attr.value, LOAD)
    r.cst = c
    return r


def _call(c: cst.Call) -> Any:
    positional, keywords = call_arguments(c.args)
    r: Any = ast.Call(EXPRESSIONS[c.func.__class__](c.func), positional, keywords)
    r.cst = c
    return r


def _integer(c: cst.Integer) -> Any:
    r: Any = ast.Constant(integer_value(c.value), None)
    r.cst = c
    return r


def _float(c: cst.Float) -> Any:
    r: Any = ast.Constant(float(c.value), None)
    r.cst = c
    return r


def _imaginary(c: cst.Imaginary) -> Any:
    r: Any = ast.Constant(imaginary_value(c.value), None)
    r.cst = c
    return r


def _ellipsis(c: cst.Ellipsis) -> Any:
    r: Any = ast.Constant(..., None)
    r.cst = c
    return r


def _simple_string(c: cst.SimpleString) -> Any:
    r: Any = ast.Constant(*string_value(c.value))
    r.cst = c
    return r


def _binary(c: cst.BinaryOperation) -> Any:
    # Down the left side without recursion: long sums of strings are common in generated code.
    chain = []
    left: Any = c
    while left.__class__ is cst.BinaryOperation:
        chain.append(left)
        left = left.left
    r: Any = expression(left)
    for c in reversed(chain):
        r = ast.BinOp(r, _BINARY[c.operator.__class__], EXPRESSIONS[c.right.__class__](c.right))
        r.cst = c
    return r


def _boolean(c: cst.BooleanOperation) -> Any:
    operator = c.operator.__class__
    values = [c.right]
    left: Any = c.left
    while left.__class__ is cst.BooleanOperation and left.operator.__class__ is operator and not left.lpar:
        values.append(left.right)
        left = left.left
    r: Any = expression(left)
    # The parser nests to either side; without parentheses the values belong to one operation.
    flat = [r]
    for value in reversed(values):
        flat.extend(_same_boolean(value, operator))
    r = ast.BoolOp(_AND if operator is cst.And else _OR, flat)
    r.cst = c
    return r


def _same_boolean(c: Any, operator: type[Any]) -> list[Any]:
    flat = []
    while c.__class__ is cst.BooleanOperation and c.operator.__class__ is operator and not c.lpar:
        flat.append(expression(c.left))
        c = c.right
    flat.append(expression(c))
    return flat


def _unary(c: cst.UnaryOperation) -> Any:
    r: Any = ast.UnaryOp(_UNARY[c.operator.__class__], expression(c.expression))
    r.cst = c
    return r


def _comparison(c: cst.Comparison) -> Any:
    ops = [_COMPARE[t.operator.__class__] for t in c.comparisons]
    r: Any = ast.Compare(expression(c.left), ops, [expression(t.comparator) for t in c.comparisons])
    r.cst = c
    return r


def _subscript(c: cst.Subscript) -> Any:
    r: Any = ast.Subscript(expression(c.value), _slice(c), LOAD)
    r.cst = c
    return r


def _slice(c: cst.Subscript) -> Any:
    elements = c.slice
    first: Any = elements[0]
    if len(elements) == 1 and not isinstance(first.comma, cst.Comma) and not getattr(first.slice, "star", None):
        return _slice_element(first.slice)
    r: Any = ast.Tuple([_slice_element(e.slice) for e in elements], LOAD)
    r.cst = (first, elements[-1])
    return r


def _slice_element(c: Any) -> Any:
    r: Any
    if c.__class__ is cst.Slice:
        r = ast.Slice(optional(c.lower), optional(c.upper), optional(c.step))
    elif c.star:
        r = ast.Starred(expression(c.value), LOAD)
    else:
        return expression(c.value)
    r.cst = c
    return r


def _elements(c: Any) -> list[Any]:
    return [EXPRESSIONS[e.__class__](e) for e in c.elements]


def _element(c: cst.Element) -> Any:
    return EXPRESSIONS[c.value.__class__](c.value)


def _starred_element(c: cst.StarredElement) -> Any:
    r: Any = ast.Starred(expression(c.value), LOAD)
    r.cst = c
    return r


def _tuple(c: cst.Tuple) -> Any:
    r: Any = ast.Tuple(_elements(c), LOAD)
    r.cst = c
    return r


def _list(c: cst.List) -> Any:
    r: Any = ast.List(_elements(c), LOAD)
    r.cst = c
    return r


def _set(c: cst.Set) -> Any:
    r: Any = ast.Set(_elements(c))
    r.cst = c
    return r


def _dict(c: cst.Dict) -> Any:
    keys: list[Any] = []
    values: list[Any] = []
    for e in c.elements:
        keys.append(expression(e.key) if isinstance(e, cst.DictElement) else None)
        values.append(expression(e.value))
    r: Any = ast.Dict(keys, values)
    r.cst = c
    return r


def _generators(c: cst.CompFor) -> list[ast.comprehension]:
    found = []
    step: cst.CompFor | None = c
    while step is not None:
        ifs = [expression(i.test) for i in step.ifs]
        r: Any = ast.comprehension(
            target(step.target, STORE), expression(step.iter), ifs, int(step.asynchronous is not None)
        )
        r.cst = step
        found.append(r)
        step = step.inner_for_in
    return found


def _list_comp(c: cst.ListComp) -> Any:
    r: Any = ast.ListComp(expression(c.elt), _generators(c.for_in))
    r.cst = c
    return r


def _set_comp(c: cst.SetComp) -> Any:
    r: Any = ast.SetComp(expression(c.elt), _generators(c.for_in))
    r.cst = c
    return r


def _generator(c: cst.GeneratorExp) -> Any:
    r: Any = ast.GeneratorExp(expression(c.elt), _generators(c.for_in))
    r.cst = c
    return r


def _dict_comp(c: cst.DictComp) -> Any:
    r: Any = ast.DictComp(expression(c.key), expression(c.value), _generators(c.for_in))
    r.cst = c
    return r


def _lambda(c: cst.Lambda) -> Any:
    r: Any = ast.Lambda(arguments(c.params), expression(c.body))
    r.cst = c
    return r


def _if_exp(c: cst.IfExp) -> Any:
    r: Any = ast.IfExp(expression(c.test), expression(c.body), expression(c.orelse))
    r.cst = c
    return r


def _named(c: cst.NamedExpr) -> Any:
    r: Any = ast.NamedExpr(target(c.target, STORE), expression(c.value))
    r.cst = c
    return r


def _await(c: cst.Await) -> Any:
    r: Any = ast.Await(expression(c.expression))
    r.cst = c
    return r


def _yield(c: cst.Yield) -> Any:
    r: Any
    if isinstance(c.value, cst.From):
        r = ast.YieldFrom(expression(c.value.item))
    else:
        r = ast.Yield(optional(c.value))
    r.cst = c
    return r


def _unknown(c: Any) -> Any:
    r: Any = ast.Name(UNKNOWN_NAME, LOAD)
    r.cst = c
    return r


# f-strings and literals that stand side by side


def _formatted(c: cst.FormattedString) -> Any:
    parts: list[Any] = []
    _formatted_parts(c.parts, "r" in c.start.lower(), parts, c)
    r: Any = ast.JoinedStr(_merged(parts, c))
    r.cst = c
    return r


def _concatenated(c: cst.ConcatenatedString) -> Any:
    pieces: list[Any] = []
    rest: Any = c
    while rest.__class__ is cst.ConcatenatedString:
        pieces.append(rest.left)
        rest = rest.right
    pieces.append(rest)
    r: Any
    if all(p.__class__ is cst.SimpleString for p in pieces):
        values = [string_value(p.value) for p in pieces]
        joined: str | bytes
        if isinstance(values[0][0], bytes):
            joined = b"".join(v for v, _ in values if isinstance(v, bytes))
        else:
            joined = "".join(v for v, _ in values if isinstance(v, str))
        r = ast.Constant(joined, values[0][1])
    elif any(isinstance(p, cst.TemplatedString) for p in pieces):
        return _unknown(c)
    else:
        parts: list[Any] = []
        for p in pieces:
            if p.__class__ is cst.SimpleString:
                parts.append(string_value(p.value))
            else:
                _formatted_parts(p.parts, "r" in p.start.lower(), parts, p)
        r = ast.JoinedStr(_merged(parts, c))
    r.cst = c
    return r


def _formatted_parts(contents: Any, raw: bool, parts: list[Any], owner: Any) -> None:
    """Append text as (text, kind) pairs and replacement fields as nodes."""
    for part in contents:
        if part.__class__ is cst.FormattedStringText:
            text = unescape(part.value, raw=raw)
            parts.append((text.replace("{{", "{").replace("}}", "}"), None))
            continue
        conversion = -1 if part.conversion is None else ord(part.conversion)
        spec = None
        if part.format_spec is not None:
            spec_parts: list[Any] = []
            _formatted_parts(part.format_spec, raw, spec_parts, owner)
            spec = ast.JoinedStr(_merged(spec_parts, part))
            spec.cst = part  # type: ignore[attr-defined]
        if part.equal is not None:
            shown = [
                part.whitespace_before_expression,
                part.expression,
                part.equal.whitespace_before,
                "=",
                part.equal.whitespace_after,
            ]
            text = "".join(s if isinstance(s, str) else cst.Module([]).code_for_node(s) for s in shown)
            parts.append((text, None))
            if part.conversion is None and spec is None:
                conversion = ord("r")
        r: Any = ast.FormattedValue(expression(part.expression), conversion, spec)
        r.cst = part
        parts.append(r)


def _merged(parts: list[Any], owner: Any) -> list[Any]:
    values: list[Any] = []
    texts: list[str] = []
    kind: str | None = None

    def flush() -> None:
        text = "".join(texts)
        if text:
            r: Any = ast.Constant(text, kind)
            r.cst = owner
            values.append(r)
        texts.clear()

    for part in parts:
        if isinstance(part, tuple):
            if not texts:
                kind = part[1]
            texts.append(part[0])
        else:
            flush()
            values.append(part)
    flush()
    return values


class _Table(dict[type[Any], Callable[[Any], Any]]):
    """Lowering functions by class; what a later LibCST adds is unknown to us and no crash."""

    def __missing__(self, key: type[Any]) -> Callable[[Any], Any]:
        return _unknown


EXPRESSIONS = _Table()
EXPRESSIONS |= {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Integer: _integer,
    cst.Float: _float,
    cst.Imaginary: _imaginary,
    cst.Ellipsis: _ellipsis,
    cst.SimpleString: _simple_string,
    cst.FormattedString: _formatted,
    cst.ConcatenatedString: _concatenated,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.Subscript: _subscript,
    cst.Element: _element,
    cst.StarredElement: _starred_element,
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.ListComp: _list_comp,
    cst.SetComp: _set_comp,
    cst.GeneratorExp: _generator,
    cst.DictComp: _dict_comp,
    cst.Lambda: _lambda,
    cst.IfExp: _if_exp,
    cst.NamedExpr: _named,
    cst.Await: _await,
    cst.Yield: _yield,
}
