"""Where NumPy raises because shapes don't go together, there is an error, and nowhere else."""

from __future__ import annotations

import itertools

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

from .chains import ours, run

pytestmark = pytest.mark.keras  # the programs import it
load_pack("lstmlint_rules")

HEAD = "import keras\nimport numpy as np\na = np.zeros((5, 4))\nb = np.arange(24).reshape(2, 3, 4)\nv = np.arange(4.0)\no = np.empty(3, dtype=object)\n"
RESHAPES = ("a.reshape(4, 5)", "a.reshape(5, 5)", "np.reshape(a, (-1, 3))", "np.reshape(a, (2, -1))", "a.reshape(5, 4, 1)", "a.reshape(5, 4, 3)",
            "b.reshape(-1)", "b.reshape(7)", "a.reshape(-1, -1)", "np.zeros((0, 4)).reshape(-1, 2)", "a.reshape(0, 5)")  # fmt: skip
JOINS = tuple(
    call.format(x, y)
    for call in ("np.concatenate([{}, {}])", "np.append({}, {}, axis=0)", "np.append({}, {})", "np.vstack([{}, {}])", "np.hstack(({}, {}))",
                 "np.stack([{}, {}])", "np.column_stack([{}, {}])", "np.dstack([{}, {}])", "np.concatenate(({}, {}), axis=-1)")
    for x, y in itertools.product(("a", "v", "a[:, :1]", "b", "a[0]", "a[:0]"), ("a", "v", "b[0]", "[1, 2]", "[[1], [2]]"))
)  # fmt: skip
ARITHMETIC = tuple(
    call.format(x, y)
    for call in ("{} + {}", "{} * {}", "np.maximum({}, {})", "{} > {}", "{} @ {}", "np.dot({}, {})")
    for x, y in itertools.product(("a", "b", "v", "a[:, 0]", "a[:1]", "a.T", "a[:0]"), ("a", "b", "v", "a[:, :1]", "a[1:]", "[1, 2]"))
)  # fmt: skip


def told(program: str) -> bool:
    return any(f.severity.value == "error" for f in check_source(program))


@pytest.mark.parametrize("made", [*RESHAPES, *JOINS, *ARITHMETIC])
def test_what_numpy_refuses_is_an_error(made: str) -> None:
    program = f"{HEAD}x = {made}\n"
    assert told(program) == (run(program)[1] is not None)


PLACES = (
    "a[:, 1]",
    "a[0]",
    "a[1:3]",
    "a[...]",
    "a[0, 0]",
    "a[:, :2]",
    "a[:, None, 1]",
    "b[0]",
    "b[..., 0]",
    "b[:, 1:, 2]",
    "b[-1, :, :]",
    "a[4:9]",
    "o[0]",
    "o[:]",
)
UNSURE = ("a[0, 0]", "o[:]")
"""One value is taken from an array of one by older versions of NumPy, and an array of objects takes nearly anything."""
VALUES = (
    "5",
    "v",
    "a[0]",
    "a[:, :1]",
    "a[:, 0]",
    "np.zeros((1, 4))",
    "np.zeros((1, 1, 4))",
    "np.zeros((3, 4))",
    "np.zeros((2, 1))",
    "np.zeros(0)",
    "np.zeros((2, 2, 1))",
)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("place", PLACES)
def test_what_can_not_be_assigned_is_an_error(place: str, value: str) -> None:
    program = f"{HEAD}{place} = {value}\nx = a\n"
    raised = run(program)[1] is not None
    if place in UNSURE:
        assert raised or not told(program)
    else:
        assert told(program) == raised


UNKNOWN = (
    "d = np.load('d.npy')\nx = np.zeros((3, 4)) + d",
    "d = np.loadtxt('d.csv').reshape(-1, 3)\nx = d[:10] - np.zeros((10, 3))",
    "d = np.loadtxt('d.csv').reshape(-1, 3)\nx = np.zeros((len(d), 5))\nx[:, :3] = d",
    "d = np.loadtxt('d.csv').reshape(-1, 3)\nx = d.reshape(24, 3)",
    "d = np.loadtxt('d.csv').reshape(-1, 3)\nx = d.reshape(len(d) // 4, 12)",
    "d = np.loadtxt('d.csv').reshape(-1, 3)\nx = np.zeros((40, 3))\nfor i in range(0, len(d), 16):\n    x[i:i + 16] = d[i:i + 16]",
    "x = [1, 2]\nx += np.zeros(3)",
    "d = np.zeros((3, 4))\ntry:\n    x = d + np.zeros(5)\nexcept ValueError:\n    x = d",
)


@pytest.mark.parametrize("program", UNKNOWN)
def test_what_may_fit_is_no_error(program: str) -> None:
    assert not told(f"import keras\nimport numpy as np\n{program}\n")


def test_a_difference_that_holds_for_every_length_is_an_error() -> None:
    program = "import keras\nimport numpy as np\nd = np.loadtxt('d.csv').reshape(-1, 3)\nx = np.concatenate([d, np.zeros((4, 2))])\n"
    assert told(program)


def test_sizes_calculated_from_what_is_not_known_are_left_alone_after_a_decision() -> None:
    _, faults = ours(
        "import numpy as np\ndef f(n):\n    if n > 3:\n        return np.zeros((n, 2)) + np.zeros((n + 1, 2))\nx = 1\n"
    )
    assert not faults
