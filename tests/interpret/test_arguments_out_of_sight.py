"""What stands behind a row of arguments of unknown length, or beside options that can't be seen, is no certain argument, and defaults are none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interpret.test_like_python import followed, plain

HEAD = "import json, numpy as np\nfrom functools import partial\nrow, options = json.load(open('a')), json.load(open('b'))\n"
DEFS = """
def f(a, b=3, *c, d=4):
    return a, b, c, d
class C:
    def __init__(self, a, b=2):
        self.a, self.b = a, b
"""
WAYS: dict[str, tuple[str, Any, Any]] = {  # what is called, and what the row and the options may be
    "a row in front": ("f(*row, 5)", (1, 2), {}),
    "a row in between": ("f(1, *row, 9)", (), {}),
    "a row for a class": ("(lambda c: (c.a, c.b))(C(*row, 5))", (1,), {}),
    "a lambda": ("(lambda x, y=2: (x, y))(*row, 3)", (1,), {}),
    "options": ("f(1, **options)", (), {"d": 7}),
    "a partial with options": ("partial(f, 1, **options)(2)", (), {"d": 7}),
    "text of nothing": ("str(*row)", (5,), {}),
    "parts of a text": ("'a,b'.replace(',', *row)", ("-",), {}),
    "a base": ("int('ff', *row)", (16,), {}),
    "a default": ("{'a': 1}.get('b', *row)", (8,), {}),
    "the greatest": ("max(2, *row)", (9,), {}),
    "axes": ("np.zeros((2, 3)).transpose(*row).shape", (0, 1), {}),
    "the first axis": ("np.zeros((2, 3)).transpose(0, *row).shape", (1,), {}),
    "an axis": ("np.sum(np.zeros((2, 3)), **options).shape", (), {"axis": 0}),
    "least axes": ("np.array([1], **options).shape", (), {"ndmin": 3}),
    "kept axes": ("np.ones((2, 3)).mean(0, **options).shape", (), {"keepdims": True}),
    "parts": ("len(np.split(np.ones((2, 2)), *row))", (2,), {}),
}


@pytest.mark.parametrize("name", WAYS)
def test_nothing_is_said_that_another_row_would_change(name: str) -> None:
    text, row, options = WAYS[name]
    names: dict[str, Any] = {}
    pytest.importorskip("numpy")
    exec(f"import numpy as np\nfrom functools import partial\n{DEFS}", names)
    names.update(row=row, options=options)
    expected = eval(text, names)
    program = followed(f"{HEAD}{DEFS}r = {text}\n")
    assert not program.faults
    for way in program.ways:
        assert _agrees(way.names["r"], expected)


def _agrees(claimed: Any, expected: Any) -> bool:
    """Is what is known of a value so?"""
    if type(claimed) is tuple and isinstance(expected, tuple):
        return len(claimed) == len(expected) and all(_agrees(*pair) for pair in zip(claimed, expected))
    try:
        return bool(plain(claimed) == expected)
    except ValueError:
        return True
