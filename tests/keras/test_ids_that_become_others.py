"""Ids whose values are known until something is written into the array, or into what it is a view of: then nothing is said of them."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import numpy as np
import keras
from keras.layers import Embedding
def clean(a): a[a > 9] = 0
def use(a): Embedding(10, 3)(a)
X = np.full((2, 2), 12)
L = np.array([[1, 2], [3, 12]])
"""
LINES = (
    "X[:] = 3; use(X)", "X -= 10; use(X)", "L[L > 9] = 0; use(L)", "use(np.where(L > 9, 0, L))", "X.fill(0); use(X)", "clean(L); use(L)",
    "use(np.clip(L, 0, 9))", "np.clip(X, 0, 9, out=X); use(X)", "np.mod(L, 10, out=L); use(L)", "np.copyto(X, 1); use(X)", "np.put(L, [3], [1]); use(L)",
    "L.put([3], [1]); use(L)", "L[1][1] = 4; use(L)", "v = L[1]; v[1] = 4; use(L)", "v = L[1]; v -= 3; use(L)", "v = L.reshape(-1); v[3] = 4; use(L)",
    "v = L.reshape(-1); L[1, 1] = 4; use(v)", "v = L[1]; L[:] = 4; use(v)", "L.T[1, 1] = 1; use(L)", "L.flat[3] = 1; use(L)", "M = L; M += -3; use(L)",
    "for row in L: row[row > 9] = 0\nuse(L)", "for row in L: clean(row)\nuse(L)", "q = np.split(L, 2); q[1][0, 1] = 0; use(L)",
    "np.fill_diagonal(L, 0); use(L)", "np.putmask(L, L > 9, 0); use(L)", "np.add.at(L, (1, 1), -5); use(L)", "L.resize((1, 2)); use(L)", "use(L[:1])",
    "use(L % 10)", "use(np.delete(L, 1, axis=1))", "M = L.copy(); M[1, 1] = 2; use(M)", "use(L - 3)", "use((L > 3).astype(int))",
)  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("line", LINES)
def test_nothing_is_said(line: str) -> None:
    program = f"{HEAD}{line}\n"
    assert not oracle.ask(program).raised
    assert [f.code for f in check_source(program) if f.severity.value == "error"] == []


@pytest.mark.keras
@pytest.mark.parametrize(
    "line", ["use(X)", "use(L)", "v = X.copy(); v[0] = 1; use(X)", "v = L + 1; v[0] = 1; use(L)", "use(L[1])"]
)
def test_what_is_still_known_is_told(line: str) -> None:
    program = f"{HEAD}{line}\n"
    assert oracle.ask(program).raised
    assert [f.code for f in check_source(program)] == ["MSK015"]
