"""A `validation_split` beyond all numbers: Keras can't calculate with it, and neither do we."""

from __future__ import annotations

import pytest

from lstmlint.runner import follow_bytes
from tests import oracle


@pytest.mark.keras
@pytest.mark.parametrize("part", ["1e999", "-1e999", "float('nan')", "0.25"])
def test_keras_agrees(part: str) -> None:
    program = f"""import keras
import numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 3)), np.zeros(8), validation_split={part}, verbose=0)
"""
    refused = any(fault.raises for fault in follow_bytes(program.encode(), "model.py").faults)
    assert refused is (oracle.ask(program).raised is not None)
