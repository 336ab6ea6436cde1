"""One output per timestep is silently compared with one target per sample.

What it does: finds models whose last recurrent layer returns its whole sequence while there is one target for each
sample, with a loss that broadcasts.

Why is this bad: nothing raises: with targets (samples, 1) every timestep is fitted to the same target, and with
targets (samples,) every prediction is compared with the targets of all other samples of its batch. The model learns
their mean.

Example:

    model.add(LSTM(8, return_sequences=True))
    model.add(Dense(1))
    model.compile("adam", "mse")
    model.fit(X, y)  # y: (samples,)

Use instead:

    model.add(LSTM(8))
    model.add(Dense(1))

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import (
    is_sequence_against_samples,
    mistake,
    one_value_each,
    output_words,
    pair,
    related,
    sequence_layer,
    target_name,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4, return_sequences=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8,)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4, return_sequences=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8,)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4, return_sequences=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 5)), verbose=0)
""",
]


@claim("OUT008", "sequence-broadcasts", Severity.WARNING, kinds=("target-broadcast",), specificity=30)
def sequence_broadcasts(fault: Fault, program: Program) -> Finding | None:
    if not is_sequence_against_samples(fault):
        return None
    layer = sequence_layer(fault)
    if layer is None:
        return None
    rank = fault.details["target_shape"].rank
    effect = (
        "every prediction is compared with every sample of its batch"
        if rank == 1
        else "every timestep is fitted to the same target"
    )
    happens = f"{fault.details['loss']} broadcasts silently, so that {effect}"
    if not fault.details.get("certain", True):
        happens = f"by the size of the batch, {fault.details['loss']} raises or broadcasts silently, and then {effect}"
    has = "has" if target_name(fault).startswith("`") else "have"
    return Finding(
        fault.place,
        f"The model returns one value per timestep, {output_words(fault)}, but {target_name(fault)} {fault.details['target_shape']} {has} one per "
        f"sample: {happens}. {one_value_each(fault, layer)}, or give targets for each timestep.",
        related=related(fault),
        shapes=pair(fault),
        key=mistake(fault, program),
    )
