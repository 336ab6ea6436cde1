"""None for a number of an optimizer: we refuse to train with it where the installed Keras does; and names of reductions."""

from __future__ import annotations

import pytest

from lstmlint.keras.api import names, signature
from lstmlint.runner import follow_bytes
from tests import oracle

HEAD = """import keras
import numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
x, y = np.zeros((4, 3)), np.zeros((4, 1))
"""


def refused(program: str, major: int = 3) -> bool:
    """Do we say that Keras raises?"""
    return any(fault.raises for fault in follow_bytes(program.encode(), "model.py", keras_major=major).faults)


def cases() -> list[str]:
    """Each optimizer with None for each argument that has a number for its default."""
    found = []
    for name in names():
        if (
            not name.startswith("keras.optimizers.")
            or name.count(".") > 2
            or name.endswith((".LossScaleOptimizer", ".Optimizer"))
        ):
            continue
        for parameter in signature(name) or ():
            if isinstance(parameter.default, (int, float)) and not isinstance(parameter.default, bool):
                found.append(f"{HEAD}model.compile({name}({parameter.name}=None), 'mse')\nmodel.fit(x, y, verbose=0)\n")
    return found


@pytest.mark.keras
def test_training_is_refused_only_where_keras_refuses_it() -> None:
    programs = [program for program in cases() if refused(program)]
    assert len(programs) > 25
    assert [program for program in programs if oracle.ask(program).raised is None] == []


def test_nothing_is_refused_before_a_step_nor_in_keras_2() -> None:
    made = f"{HEAD}model.compile(keras.optimizers.Adam(epsilon=None), 'mse')\n"
    assert not refused(f"{made}model.predict(x)\nmodel.evaluate(x, y)\n")
    assert refused(f"{made}model.fit(x, y)\n")
    assert not refused(f"{made}model.fit(x, y)\n", major=2)


@pytest.mark.keras
@pytest.mark.parametrize(
    "reduction", ["auto", "sum", "mean", "none", "sum_over_batch_size", "average", "mean_with_sample_weight"]
)
@pytest.mark.parametrize("own", [False, True])
def test_reductions_are_those_of_keras(reduction: str, own: bool) -> None:
    inherited = f"class Own(keras.losses.Loss):\n    def __init__(self, how={reduction!r}):\n        super().__init__(reduction=how)\nloss = Own()\n"
    program = HEAD + (inherited if own else f"loss = keras.losses.Huber(reduction={reduction!r})\n")
    assert refused(program) is (oracle.ask(program).raised is not None)
