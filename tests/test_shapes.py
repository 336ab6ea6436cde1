"""Shapes broadcast, compare and print as NumPy's and Keras's do wherever sizes are known, and claim nothing elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstmlint.dims import UNKNOWN, Dim, Expr, Role, Size, Symbol, evaluate
from lstmlint.shapes import UNKNOWN_SHAPE, Shape, broadcast, same_shape

SYMBOLS = [Symbol.new("n", 1), Symbol.new("m", 1), Symbol.new("batch", 2)]
EXPRS = [Expr((((s,), 1),)) for s in SYMBOLS]
sizes = st.integers(0, 4) | st.sampled_from([None, UNKNOWN, *EXPRS])
shapes = st.lists(sizes, max_size=4)


def concrete(row: Sequence[Size], data: st.DataObject, values: dict[Symbol, int]) -> tuple[int, ...]:
    """A shape of plain numbers that this row could turn out to be."""
    return tuple(
        evaluate(s, values) if isinstance(s, (int, Expr)) else data.draw(st.integers(0, 4), label="free") for s in row
    )


def symbol_values(data: st.DataObject) -> dict[Symbol, int]:
    return {s: data.draw(st.integers(s.least, 4), label=s.name) for s in SYMBOLS}


def numpy_broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...] | None:
    rank = max(len(a), len(b))
    x, y = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if any(i != j and 1 not in (i, j) for i, j in zip(x, y)):
        return None
    return tuple(j if i == 1 else i for i, j in zip(x, y))


def admits(shape: Shape, actual: tuple[int, ...], values: dict[Symbol, int]) -> bool:
    """Whether what is claimed of a shape is true of the actual one."""
    if shape.dims is None:
        return True
    return len(shape.dims) == len(actual) and all(
        evaluate(d.size, values) == n if isinstance(d.size, (int, Expr)) else True for d, n in zip(shape.dims, actual)
    )


def test_the_reference_broadcasts_as_numpy_does() -> None:
    numpy = pytest.importorskip("numpy")
    for a in [(), (1,), (3,), (2, 3), (2, 1), (4, 1, 3), (0,), (0, 1)]:
        for b in [(), (1,), (3,), (2, 3), (1, 3), (2,), (0,), (4, 2, 1)]:
            try:
                expected = numpy.broadcast_shapes(a, b)
            except ValueError:
                expected = None
            assert numpy_broadcast(a, b) == expected


@settings(max_examples=800, deadline=None)
@given(shapes, shapes, st.data())
def test_broadcasting_is_numpys_for_every_value_of_the_unknown(
    a: list[Size], b: list[Size], data: st.DataObject
) -> None:
    result = broadcast(Shape.from_sizes(a), Shape.from_sizes(b))
    values = symbol_values(data)
    expected = numpy_broadcast(concrete(a, data, values), concrete(b, data, values))
    if result.conflict is not None:
        assert expected is None
    elif expected is not None:
        assert admits(result.shape, expected, values)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=4), st.lists(st.integers(0, 4), max_size=4))
def test_known_shapes_conflict_exactly_where_numpy_refuses(a: list[int], b: list[int]) -> None:
    expected = numpy_broadcast(tuple(a), tuple(b))
    result = broadcast(Shape.from_sizes(a), Shape.from_sizes(b))
    assert (result.conflict is None) == (expected is not None)
    if expected is not None:
        assert result.shape.to_json() == list(expected)


@settings(max_examples=500, deadline=None)
@given(shapes, shapes, st.data())
def test_sameness_is_claimed_only_where_it_always_holds(a: list[Size], b: list[Size], data: st.DataObject) -> None:
    values = symbol_values(data)
    truth = concrete(a, data, values) == concrete(b, data, values)
    assert same_shape(Shape.from_sizes(a), Shape.from_sizes(b)) in (None, truth)


@given(st.lists(st.integers(0, 9) | st.none(), max_size=5), st.data())
def test_axes_are_taken_as_from_a_tuple(row: list[int | None], data: st.DataObject) -> None:
    shape, plain = Shape.from_sizes(row), tuple(row)
    assert (len(shape), shape.rank, [d.size for d in shape]) == (len(plain), len(plain), list(plain))
    assert ast.literal_eval(str(shape)) == plain
    index = data.draw(st.integers(-6, 6))
    if -len(plain) <= index < len(plain):
        rest = list(plain)
        del rest[index]
        assert shape[index].size == shape.get(index).size == plain[index]
        assert shape.remove(index).to_json() == rest
        changed = list(plain)
        changed[index] = 7
        assert shape.replace(index, 7).to_json() == changed
    else:
        assert shape.get(index).is_unknown
        with pytest.raises(IndexError):
            shape[index]
    stop = data.draw(st.integers(-6, 6))
    assert shape.slice(index, stop).to_json() == list(plain[index:stop])


@given(st.lists(st.integers(1, 9), max_size=4), st.data())
def test_inserting_an_axis_is_expand_dims(row: list[int], data: st.DataObject) -> None:
    index = data.draw(st.integers(-len(row) - 1, len(row)))
    numpy = pytest.importorskip("numpy")
    expected = numpy.expand_dims(numpy.empty(row), index).shape
    assert Shape.from_sizes(row).insert(index, 1).to_json() == list(expected)


def test_an_unknown_rank_stays_unknown_and_contradicts_nothing() -> None:
    known = Shape.of(None, 10, 32)
    for changed in (
        UNKNOWN_SHAPE.slice(1),
        UNKNOWN_SHAPE.replace(0, 1),
        UNKNOWN_SHAPE.insert(0, 1),
        UNKNOWN_SHAPE.remove(0),
        UNKNOWN_SHAPE.extend(1),
        UNKNOWN_SHAPE.with_roles([Role.BATCH]),
        broadcast(UNKNOWN_SHAPE, known).shape,
    ):
        assert changed.is_unknown
    assert same_shape(UNKNOWN_SHAPE, known) is None
    assert UNKNOWN_SHAPE.to_json() == "?"
    assert UNKNOWN_SHAPE.size().is_unknown


def test_shapes_print_as_keras_prints_them() -> None:
    assert str(Shape.of(None, 10, 32)) == "(None, 10, 32)"
    assert str(Shape.of(5)) == "(5,)"
    assert str(Shape.of()) == "()"
    assert str(Shape.of(None, UNKNOWN, EXPRS[0])) == "(None, ?, n)"
    assert Shape.of(None, UNKNOWN, EXPRS[0]).to_json() == [None, "?", "n"]


def test_roles_are_given_axis_by_axis_and_kept_where_none_is_given() -> None:
    shape = Shape.of(None, Dim(10, Role.TIME), 3).with_roles([Role.BATCH, None])
    assert [d.role for d in shape] == [Role.BATCH, Role.TIME, None]


def test_a_known_size_and_one_of_many_stretch_to_the_known_size() -> None:
    result = broadcast(Shape.of(None, 1, 32), Shape.of(10, 1)).shape
    assert result.to_json() == [None, 10, 32]


@pytest.mark.parametrize("index", [2, -3, 7])
def test_an_axis_that_is_not_there_is_unknown_and_so_is_the_shape_without_it(index: int) -> None:
    shape = Shape.of(2, 3)
    assert shape.get(index).is_unknown
    assert shape.replace(index, 4).dims is None
    assert shape.remove(index).dims is None


def test_no_shape_has_more_axes_than_a_tensor() -> None:
    assert Shape.any(3).rank == 3
    assert Shape.any(10**30).rank is None
