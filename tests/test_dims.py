"""Symbolic arithmetic says about symbols only what plain integers bear out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lstmlint.dims import (
    NONE,
    UNKNOWN,
    Dim,
    Exact,
    Expr,
    Role,
    Symbol,
    TracedInt,
    add,
    bounds,
    ceildiv,
    compare,
    equal,
    evaluate,
    floordiv,
    less,
    maximum,
    merge,
    minimum,
    mod,
    mul,
    neg,
    product,
    same,
    sub,
    symbol,
    symbols,
)
from lstmlint.places import Origin

SYMBOLS = [Symbol.new("n", 1), Symbol.new("m", 0), Symbol.new("k", -3), Symbol.new("n", 2)]
ATOMS: list[Exact] = [Expr((((s,), 1),)) for s in SYMBOLS]

Binary = tuple[str, Callable[[Exact, Exact], Exact], Callable[[int, int], int]]
OPERATIONS: list[Binary] = [
    ("+", add, lambda a, b: a + b),
    ("-", sub, lambda a, b: a - b),
    ("*", mul, lambda a, b: a * b),
    ("//", floordiv, lambda a, b: a // b),
    ("ceil", ceildiv, lambda a, b: -(-a // b)),
    ("%", mod, lambda a, b: a % b),
    ("min", minimum, min),
    ("max", maximum, max),
]

Tree = tuple  # ("+", left, right), or an integer, or the index of a symbol as a string


def trees() -> st.SearchStrategy[object]:
    leaves = st.integers(-6, 9) | st.sampled_from(["0", "1", "2", "3"])
    return st.recursive(leaves, lambda t: st.tuples(st.sampled_from(range(len(OPERATIONS))), t, t), max_leaves=7)


def symbolic(tree: object) -> Exact:
    if isinstance(tree, int):
        return tree
    if isinstance(tree, str):
        return ATOMS[int(tree)]
    kind, left, right = tree  # type: ignore[misc]
    return OPERATIONS[kind][1](symbolic(left), symbolic(right))


def numeric(tree: object, values: list[int]) -> int:
    if isinstance(tree, int):
        return tree
    if isinstance(tree, str):
        return values[int(tree)]
    kind, left, right = tree  # type: ignore[misc]
    return OPERATIONS[kind][2](numeric(left, values), numeric(right, values))


assignments = st.tuples(*(st.integers(s.least, s.least + 12) for s in SYMBOLS)).map(list)


@settings(max_examples=500, deadline=None)
@given(trees(), assignments)
def test_a_symbolic_value_is_the_number_that_python_computes(tree: object, values: list[int]) -> None:
    try:
        expression = symbolic(tree)
    except ZeroDivisionError:
        return  # the program would raise as well
    try:
        expected = numeric(tree, values)
    except ZeroDivisionError:
        return
    assert evaluate(expression, dict(zip(SYMBOLS, values))) == expected


@settings(max_examples=500, deadline=None)
@given(trees(), assignments)
def test_bounds_hold_for_every_value(tree: object, values: list[int]) -> None:
    try:
        low, high = bounds(symbolic(tree))
        number = numeric(tree, values)
    except ZeroDivisionError:
        return
    assert low is None or low <= number
    assert high is None or number <= high


@settings(max_examples=500, deadline=None)
@given(trees(), trees(), assignments)
def test_comparisons_claim_only_what_always_holds(a: object, b: object, values: list[int]) -> None:
    try:
        left, right = symbolic(a), symbolic(b)
        x, y = numeric(a, values), numeric(b, values)
    except ZeroDivisionError:
        return
    assert compare(left, right) in (None, (x > y) - (x < y))
    assert equal(left, right) in (None, x == y)
    assert less(left, right) in (None, x < y)


@settings(max_examples=400, deadline=None)
@given(trees(), trees(), trees())
@example(0, (3, 1, "3"), 0)  # a quotient that can only be 0
def test_equal_sums_and_products_are_equal_objects(a: object, b: object, c: object) -> None:
    try:
        x, y, z = symbolic(a), symbolic(b), symbolic(c)
    except ZeroDivisionError:
        return
    assert add(x, y) == add(y, x)
    assert add(add(x, y), z) == add(x, add(y, z))
    assert mul(x, y) == mul(y, x)
    assert mul(x, add(y, z)) == add(mul(x, y), mul(x, z))
    assert sub(add(x, y), y) == x
    assert neg(neg(x)) == x
    assert minimum(x, y) == minimum(y, x)
    assert maximum(x, y) == maximum(y, x)


@settings(max_examples=400, deadline=None)
@given(trees(), assignments)
def test_an_expression_reads_as_python_that_gives_its_value(tree: object, values: list[int]) -> None:
    try:
        expression = symbolic(tree)
        expected = numeric(tree, values)
    except ZeroDivisionError:
        return
    if len({s.name for s in symbols(expression)}) < len(symbols(expression)):
        return  # two symbols of one name read alike
    names = {s.name: v for s, v in zip(SYMBOLS, values) if s in symbols(expression)}
    text = str(expression)
    if "ceil" not in text:
        assert eval(text, {"min": min, "max": max, **names}) == expected, text
    else:
        import math

        assert eval(text, {"min": min, "max": max, "ceil": math.ceil, **names}) == expected, text


def test_people_read_the_expressions_that_windows_and_convolutions_make() -> None:
    n, look_back = Expr((((Symbol.new("n"),), 1),)), Expr((((Symbol.new("look_back"),), 1),))
    assert str(sub(n, look_back)) in ("n - look_back", "-look_back + n")
    assert str(add(n, 1)) == "n + 1"
    assert str(mul(2, n)) == "2*n"
    assert str(floordiv(n, 2)) == "n//2"
    assert str(ceildiv(n, 2)) == "ceil(n/2)"
    assert str(floordiv(sub(n, 3), 2)) == "(n + 1)//2 - 2"


def test_two_symbols_are_the_same_only_when_they_are_one() -> None:
    assert same(ATOMS[0], ATOMS[3]) is None
    assert same(ATOMS[0], ATOMS[0]) is True
    assert same(add(ATOMS[0], 1), ATOMS[0]) is False


@pytest.mark.parametrize("operation", [add, sub, mul, floordiv, mod])
def test_none_and_unknown_carry_through_arithmetic(operation: Callable[[Exact, Exact], Exact]) -> None:
    method = {"add": "__add__", "sub": "__sub__", "mul": "__mul__", "floordiv": "__floordiv__", "mod": "__mod__"}
    for left, right, expected in [(None, 2, None), (3, None, None), (UNKNOWN, 2, UNKNOWN), (None, UNKNOWN, UNKNOWN)]:
        result = getattr(Dim(left, Role.TIME), method[operation.__name__])(Dim(right))
        assert (result.size, result.role) == (expected, Role.TIME)


def test_what_does_not_change_a_size_keeps_its_origin() -> None:
    dim = Dim.of(TracedInt(24, Origin("look_back")), Role.TIME)
    assert (dim.size, dim.origin and dim.origin.label) == (24, "look_back")
    assert (dim + 0).origin is dim.origin
    assert (dim * 2).origin is None


def test_products_and_merges_take_the_more_definite_view() -> None:
    assert product([]).size == 1
    assert product([Dim(2), Dim(3), NONE]).size is None
    assert merge(NONE, Dim(5)).size == 5
    assert merge(Dim(5), Dim(ATOMS[0])).size == 5
    assert merge(Dim(ATOMS[0]), Dim(5, Role.UNIT)).size == 5
    assert merge(Dim(ATOMS[0], Role.TIME), Dim(5)).role is Role.TIME


def test_an_expression_that_grows_and_grows_ends_as_a_size_that_nobody_knows() -> None:
    n, start = Dim(symbol("n")), Dim(0)
    for _ in range(40):
        start = (start + 1) % n
    assert start.is_unknown
