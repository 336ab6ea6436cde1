"""A callback monitors something that isn't measured.

What it does: compares what EarlyStopping, ModelCheckpoint and ReduceLROnPlateau monitor, and what a ModelCheckpoint puts into
the name of its file, with the metrics' names and with whether there is validation data.

Why is this bad: Keras can't tell whether more or less of an unknown metric is better, and raises after the first
epoch, as it does where a file is to be named after one. For a `val_` name without validation data it only warns in each epoch, and the callback never does anything.

Example:

    model.compile("adam", "mse", metrics=["accuracy"])
    model.fit(X, y, validation_split=0.2, callbacks=[EarlyStopping(monitor="val_acc")])

Use instead:

    model.fit(X, y, validation_split=0.2, callbacks=[EarlyStopping(monitor="val_accuracy")])

References: https://keras.io/api/callbacks/early_stopping/
"""

from __future__ import annotations

import difflib

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_acc")
model.fit(np.zeros((8, 4)), np.zeros(8), validation_split=0.25, callbacks=[stop])
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
keep = keras.callbacks.ModelCheckpoint("best-{epoch:02d}-{val_acc:.2f}.keras")
model.fit(np.zeros((8, 4)), np.zeros(8), validation_split=0.25, callbacks=[keep])
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_accuracy")
model.fit(np.zeros((8, 4)), np.zeros(8), validation_split=0.25, callbacks=[stop], verbose=0)
""",
]


@claim("OUT020", "monitor-not-measured", Severity.ERROR, kinds=("monitor", "name-of-file"), specificity=0)
def monitor_not_measured(fault: Fault, program: Program) -> Finding | None:
    monitor, reported, callback = fault.details["monitor"], fault.details["reported"], fault.details["callback"]
    place = fault.blamed[0] if fault.blamed else fault.place
    listed, near = ", ".join(reported), difflib.get_close_matches(monitor, reported, 1, 0.5)
    if fault.kind == "name-of-file":
        unseen = monitor.startswith("val_") and not fault.details["validated"]
        advice = (
            "Give fit validation_data or validation_split."
            if unseen
            else f"Write {{{near[0]}}}."
            if near
            else "Take one of these."
        )
        told = f"The name of this {callback.class_name}'s file has a place for `{monitor}`, but only {listed} are measured: KeyError. {advice}"
    elif fault.raises:
        advice = f'Use "{near[0]}".' if near else "Add it to metrics, or monitor one of these."
        told = f"{callback.class_name} monitors `{monitor}`, but only {listed} are measured, and fit raises. {advice}"
    elif monitor.startswith("val_") and not fault.details["validated"]:
        told = (
            f"{callback.class_name} monitors `{monitor}`, but this fit has no validation data, so that it never does anything. Give "
            f'validation_data or validation_split, or monitor "{monitor[4:]}".'
        )
    else:
        told = f"{callback.class_name} monitors `{monitor}`, but only {listed} are measured, so that it never does anything. Monitor one of these."
    return Finding(place, told, key=(place.node, monitor), severity=None if fault.raises else Severity.WARNING)
