"""Chains of NumPy operations give the shape and kind that real NumPy gives, or unknown; never another."""

from __future__ import annotations

import random

import pytest

from lstmlint.dims import same
from lstmlint.values import Array

from .chains import Tally, compare, ours

np = pytest.importorskip("numpy")

SOURCES = [
    "np.zeros((4, 6))", "np.ones((2, 3, 4), dtype='int32')", "np.arange(24)", "np.random.rand(4, 3, 2)", "np.array([[1, 2, 3], [4, 5, 6]])",
    "np.linspace(0, 1, 12)", "np.eye(4)", "np.random.randint(0, 5, size=(6, 2))", "np.full((3, 4), 7)", "np.array([1.5, 2, 3, 4])",
    "np.array([True, False, True, False])", "np.random.default_rng(0).normal(size=(5, 1, 3))", "np.arange(2, 20, 3)", "np.arange(0, 1, 0.1)",
]  # fmt: skip
STEPS = [
    "np.einsum('ij,kj->ik', x, x)", "np.einsum('ij->j', x)", "np.einsum('ij,jk', x, x.T)", "np.tensordot(x, x.T, axes=1)", "np.kron(x, x)",
    "np.linalg.norm(x)", "np.linalg.norm(x, axis=-1)", "np.linalg.norm(x, axis=0, keepdims=True)", "np.linalg.pinv(x)", "np.linalg.inv(x @ x.T + np.eye(len(x)))",
    "np.cov(x)", "np.corrcoef(x)", "np.convolve(x, [1, 2, 1])", "np.convolve(x, [1, 1], 'valid')", "np.convolve(x, [1, 2, 3], mode='same')",
    "np.bincount(x)", "np.histogram(x, bins=4)[0]", "np.histogram(x)[1]", "np.digitize(x, [0, 1])", "np.fft.rfft(x)", "np.fft.fft(x)", "np.isin(x, [1, 2])",
    "np.take(x, [0, 1])", "np.take(x, [0, 1], axis=0)", "x.take([[0, 1]], axis=1)", "np.delete(x, 0)", "np.delete(x, [0, -1], axis=0)", "np.delete(x, 1, axis=1)",
    "np.nanmean(x, axis=0)", "np.full_like(x, 2)", "np.interp(x, [0, 1], [0, 1])",
    "x / 255.0", "x - 1", "x * 2", "x[:2].astype('float32')", "x.reshape(-1)", "x[0:1]", "x[:, 0:1]",
    "x.reshape(-1, 2)", "x.reshape((2, -1))", "x.reshape(3, 4)", "x.T", "x[0]", "x[1:3]", "x[:, 0]", "x[::2]", "x[..., 0]", "x[:, None]", "x[-2:]",
    "x[[0, 1]]", "x[np.arange(3)]", "x[x > 1]", "x.sum(axis=0)", "x.mean()", "x.mean(axis=-1, keepdims=True)", "np.expand_dims(x, -1)",
    "np.squeeze(x)", "np.concatenate([x, x])", "np.concatenate([x, x], axis=1)", "np.stack([x, x], axis=1)", "np.vstack([x, x])", "np.hstack([x, x])",
    "np.column_stack([x, x])", "np.tile(x, 2)", "np.tile(x, (2, 1))", "np.repeat(x, 3)", "np.repeat(x, 2, axis=0)", "x.astype('float32')",
    "x / 2", "x // 2", "x + x[0]", "x * 1.5", "x == 1", "-x", "np.exp(x)", "np.argmax(x, axis=-1)", "np.transpose(x, (1, 0))", "x.flatten()",
    "np.pad(x, 1)", "np.append(x, x)", "np.append(x, x, axis=0)", "x.max(axis=1)", "np.swapaxes(x, 0, 1)", "np.split(x, 2)[0]", "np.dstack([x, x])",
    "np.array_split(x, 3)[0]", "np.array([x, x])", "np.array(list(x))", "x @ x.T", "np.dot(x, x.T)", "np.where(x > 0, x, 0)", "np.diff(x)",
    "np.moveaxis(x, 0, -1)", "np.cumsum(x, axis=0)", "np.flip(x)", "np.atleast_2d(x)", "np.unique(x)", "x[1:, :2]", "x[0, 1]", "x[:, [0, 1], 0]",
    "np.array([r for r in x])", "x[5:2]", "x[::-1]", "x[100:]", "x[-1]", "np.any(x, axis=0)", "np.clip(x, 0, 1)", "np.outer(x, x)", "np.sort(x)",
]  # fmt: skip


def chains(seed: int, count: int) -> Tally:
    choose, tally = random.Random(seed), Tally()
    for _ in range(count):
        lines = ["import numpy as np", f"x = {choose.choice(SOURCES)}"]
        lines += [f"x = {choose.choice(STEPS)}" for _ in range(choose.randint(1, 3))]
        compare("\n".join(lines), tally)
    return tally


@pytest.mark.parametrize("seed", range(4))
def test_chains_of_operations_never_differ_from_numpy(seed: int) -> None:
    tally = chains(seed, 400)
    assert not tally.wrong, "\n".join(tally.wrong[:10])
    assert tally.unknown <= 0.1 * tally.ran, "\n\n".join(tally.unknown_programs[:10])


def test_a_window_that_moves_with_a_loop_has_its_width() -> None:
    value, _ = ours(
        "import numpy as np\ns = np.loadtxt('s.csv').reshape(-1, 5)\nx = []\nfor i in range(len(s) - 24):\n    x.append(s[i:i + 24])\nx = np.array(x)"
    )
    assert isinstance(value, Array)
    assert [d.known for d in value.shape][1:] == [24, 5]


def test_a_reshape_that_can_not_be_is_refused() -> None:
    _, faults = ours("import numpy as np\nx = np.zeros((10, 7)).reshape(-1, 4)")
    assert [f.kind for f in faults] == ["reshape"]


def test_widths_that_are_no_numbers_are_left_alone() -> None:
    value, faults = ours("import numpy as np\nx = np.pad(np.zeros((2, 3)), [(0, 0), (0, [1, 5])])")
    assert isinstance(value, Array)
    assert (value.shape.rank, faults) == (2, [])


def test_an_axis_that_is_put_in_twice_is_left_alone() -> None:
    value, faults = ours("import numpy as np\nx = np.expand_dims(np.zeros((2, 3)), (0, 0))")
    assert isinstance(value, Array)
    assert (value.shape.rank, faults) == (None, [])


def test_two_ellipses_in_one_index_are_refused() -> None:
    _, faults = ours("import numpy as np\nx = np.zeros((3, 1, 5, 6))[..., ..., :, :]")
    assert [f.kind for f in faults] == ["python-exception"]


WINDOWS = """
import numpy as np
data = np.load('d.npy').reshape(-1, 3)
X, y = [], []
{loop}
X, y = np.array(X), np.array(y)
x = X.reshape((X.shape[0], X.shape[1], X.shape[2]))
x = (x, y)
"""
LOOPS = {
    "range": "for i in range(len(data) - 24):\n    X.append(data[i:i + 24])\n    y.append(data[i + 24, 0])",
    "start": "for i in range(24, len(data)):\n    X.append(data[i - 24:i])\n    y.append(data[i, 0])",
    "break": "for i in range(len(data)):\n    end = i + 24\n    if end >= len(data):\n        break\n    X.append(data[i:end])\n    y.append(data[end, 0])",
    "while": "i = 0\nwhile i + 24 < len(data):\n    X.append(data[i:i + 24])\n    y.append(data[i + 24, 0])\n    i += 1",
    "comprehension": "X = [data[i:i + 24] for i in range(len(data) - 24)]\ny = [data[i + 24, 0] for i in range(len(data) - 24)]",
}


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS.keys())
def test_windows_over_a_series_of_unknown_length_have_their_shape(loop: str) -> None:
    (value, targets), faults = ours(WINDOWS.format(loop=loop))
    assert not faults
    assert [d.known for d in value.shape][1:] == [24, 3]
    assert targets.shape.rank == 1
    if "break" not in loop:
        assert same(targets.shape[0], value.shape[0])


@pytest.mark.parametrize(
    "row",
    [
        "[False] * 1000",
        "[1, 2.5, 3]",
        "[True, 2]",
        "[[1, 2], [3, 4.0]]",
        "[1e400, 2]",
        "[float('nan'), 2.0]",
        "[3.0, float('nan')]",
        "[10 ** 300, 1.0]",
    ],
)
def test_rows_of_numbers_are_what_numpy_makes_of_them(row: str) -> None:
    value, faults = ours(f"import numpy as np\nx = np.array({row})")
    theirs = np.array(eval(row))
    assert not faults
    assert [d.known for d in value.shape] == list(theirs.shape)
    assert value.dtype == {"b": "bool", "i": "int", "f": "float", "O": "object"}[theirs.dtype.kind]
    finite = theirs.dtype.kind != "O" and bool(np.isfinite(theirs).all())
    assert (value.low, value.high) == ((float(theirs.min()), float(theirs.max())) if finite else (None, None))


def test_a_number_beyond_all_floats_is_followed() -> None:
    value, faults = ours("import numpy as np\nx = np.array([10 ** 400, 1])")
    assert not faults
    assert [d.known for d in value.shape] == [2]


@pytest.mark.parametrize("ends", ["float('inf')", "0.0, float('nan')", "0.0, 5.0, 1e-320"])
def test_a_row_without_end_has_no_known_length(ends: str) -> None:
    value, _ = ours(f"import numpy as np\nx = np.arange({ends})")
    assert value.shape.get(0).known is None


def test_a_list_that_an_undecided_condition_fills_has_no_known_length() -> None:
    program = "import numpy as np\nx = []\nfor i in range(10):\n    if np.random.rand() > 0.5:\n        x.append([i, i])\nx = np.array(x)"
    for text in (program, program.replace("x.append([i, i])", "pass\n    else:\n        x.append([i, i])")):
        value, _ = ours(text)
        assert value.shape.get(0).known is None


def test_an_array_that_grows_in_a_loop_of_unknown_length_has_no_known_length() -> None:
    value, _ = ours(
        "import numpy as np\nx = np.zeros((0, 4))\nfor f in open('a'):\n    x = np.vstack([x, np.ones((5, 4))])"
    )
    assert [d.known for d in value.shape] == [None, 4]
