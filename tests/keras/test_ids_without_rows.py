"""Ids that an Embedding has no row for, in data whose values are known: Keras agrees on the CPU."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

PROGRAM = """
import keras
import numpy as np
from keras.layers import *
model = keras.Sequential([{layers}, LSTM(3), Dense(1)])
model.compile("adam", "mse"{compiled})
X = {data}
{use}
"""
DATA = (
    "np.full((4, 4), 12)", "np.full((4, 4), 10)", "np.full((4, 4), 9)", "np.full((4, 4), -1)", "np.array([[0, -10, 1, 2]])", "np.array([[0, -11, 1, 2]])",
    "np.full((4, 4), 9.7)", "np.full((4, 4), 10.2)", "np.full((4, 4), -0.5)", "np.zeros((4, 4))", "np.ones((4, 4)) * 11",
    "np.array([[0, 1, 2, 3], [9, 8, 7, 10]])", "np.array([[0, 1, 2, 3], [9, 8, 7, 6]])", "np.random.randint(10, 20, (4, 4))", "np.random.randint(0, 10, (4, 4))",
    "np.full((40, 4), 100, dtype='uint8')", "np.full((4, 4), 12, dtype='float32')", "np.full_like(np.zeros((2, 4), int), 12)",
)  # fmt: skip
EMBEDDING = "keras.Input((4,)), Embedding(10, 3)"
USES = (
    "model.fit(X, np.zeros(len(X)), verbose=0)",
    "model.evaluate(X, np.zeros(len(X)), verbose=0)",
    "model.predict(X, verbose=0)",
    "model(X)",
    "model.predict_on_batch(X)",
    "Embedding(10, 3)(X)",
)


def agree(data: str, use: str, layers: str = EMBEDDING, compiled: str = "") -> None:
    program = PROGRAM.format(layers=layers, data=data, use=use, compiled=compiled)
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    raised = bool(oracle.ask(program).raised)
    assert errors == (["MSK015"] if raised else []), program


@pytest.mark.keras
@pytest.mark.parametrize("data", DATA)
def test_these_data(data: str) -> None:
    agree(data, USES[0])
    agree(data, USES[5])


@pytest.mark.keras
@pytest.mark.parametrize("use", USES)
def test_these_uses(use: str) -> None:
    agree("np.full((4, 4), 12)", use)
    agree("np.array([[0, 1, 2, 9]])", use)


@pytest.mark.keras
@pytest.mark.parametrize(
    "layers",
    [
        "Embedding(10, 3)",
        "keras.Input((4,), dtype='int32'), Embedding(10, 3, mask_zero=True)",
        "keras.Input((4,)), Rescaling(0.5), Embedding(10, 3)",
        "keras.Input((4,)), Lambda(lambda x: x % 10), Embedding(10, 3)",
    ],
)
def test_these_layers(layers: str) -> None:
    agree("np.full((4, 4), 12)", USES[2], layers)


@pytest.mark.keras
def test_steps_leave_rows_out_and_compiled_code_refuses_nothing() -> None:
    agree(
        "np.array([[0, 1, 2, 3], [9, 8, 7, 10]])",
        "model.fit(X, np.zeros(2), batch_size=1, steps_per_epoch=1, shuffle=False, verbose=0)",
    )
    agree("np.full((4, 4), 12)", USES[0], compiled=", jit_compile=True")


WRITES = (
    "np.subtract(L, 6, L)", "np.subtract(L, 6, out=L)", "np.sign(L, L)", "L -= 6", "L[:] = 0", "L[L > 3] = 3", "np.clip(L, 0, 3, L)", "np.copyto(L, 1)",
    "np.putmask(L, L > 3, 1)", "np.minimum(L, 3, out=L)", "np.mod(L, 4, L)", "L.fill(2)", "L.flat = 1", "L.T[:] = 1", "for row in L: row[:] = 1",
)  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("write", WRITES)
def test_what_is_written_over_is_not_what_it_was(write: str) -> None:
    program = f"import numpy as np\nfrom keras.layers import Embedding\nL = np.array([[7, 8], [9, 8]])\n{write}\ny = Embedding(4, 2)(L)\n"
    assert oracle.ask(program).raised is None
    assert [finding.code for finding in check_source(program)] == []


def test_nothing_is_said_for_keras_2() -> None:
    program = PROGRAM.format(layers=EMBEDDING, data=DATA[0], use=USES[0], compiled="")
    assert not check_source(program, options=Options(keras_major=2))
