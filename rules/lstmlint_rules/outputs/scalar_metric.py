"""A metric gives one number where the output carries a mask.

What it does: follows the functions among the metrics, and finds those that give one number for a whole batch although the
model's output carries a mask, or although they are `weighted_metrics` with sample weights.

Why is this bad: Keras lays the mask, and the weights, over what the function gives, one value for each sample or for each
step. One number has no place for them: ValueError, "Shape must be at most rank 0". Masks come from Embedding with mask_zero
and from Masking, and go through recurrent layers that return sequences, Dense and Dropout up to the output. As a loss such
a function may give one number.

Example:

    def masked_accuracy(y_true, y_pred):
        match = ops.cast(ops.equal(y_true, ops.cast(ops.argmax(y_pred, -1), y_true.dtype)), "float32")
        mask = ops.cast(y_true != 0, "float32")
        return ops.sum(match * mask) / ops.sum(mask)

Use instead:

    def masked_accuracy(y_true, y_pred):
        return ops.cast(ops.equal(y_true, ops.cast(ops.argmax(y_pred, -1), y_true.dtype)), "float32")

References: https://keras.io/api/metrics/#creating-custom-metrics
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import FunctionValue

from ..evidence import line

_HEAD = """
import keras
import numpy as np
from keras import ops
from keras.layers import Dense, Embedding, LSTM
def error(y_true, y_pred):
    return ops.mean(ops.abs(y_true - y_pred))
def errors(y_true, y_pred):
    return ops.mean(ops.abs(y_true - y_pred), axis=-1)
masked = keras.Sequential([keras.Input((6,)), Embedding(9, 4, mask_zero=True), LSTM(5, return_sequences=True), Dense(1)])
plain = keras.Sequential([keras.Input((6,)), Embedding(9, 4), LSTM(5, return_sequences=True), Dense(1)])
X, y = np.ones((4, 6)), np.zeros((4, 6, 1))
"""
BAD = [
    _HEAD + "masked.compile('adam', 'mse', metrics=[error])\nmasked.fit(X, y, verbose=0)\n",
    _HEAD + "masked.compile('adam', 'mse', metrics=['mae', keras.losses.dice])\nmasked.evaluate(X, y, verbose=0)\n",
    _HEAD
    + "plain.compile('adam', 'mse', weighted_metrics=[error])\nplain.fit(X, y, sample_weight=np.ones((4, 6)), verbose=0)\n",
]
GOOD = [
    _HEAD + "masked.compile('adam', error, metrics=[errors])\nmasked.fit(X, y, verbose=0)\n",
    _HEAD + "plain.compile('adam', 'mse', metrics=[error, keras.losses.dice])\nplain.fit(X, y, verbose=0)\n",
]


@claim("OUT031", "scalar-metric", Severity.ERROR, kinds=("scalar-metric",), specificity=0)
def scalar_metric(fault: Fault, program: Program) -> Finding | None:
    function, use, layer = fault.details["function"], fault.details["use"], fault.details["output"].layer
    place = fault.blamed[0] if fault.blamed else fault.place
    where = f"the {layer.class_name}'s output carries a mask" if layer is not None else "the output carries a mask"
    what = f"{where}, which Keras lays over it" if fault.details["masked"] else "Keras lays the sample weights over it"
    advice = (
        "Give one value for each step (no sum or mean over batch and time): Keras leaves out what is masked and takes the mean."
        if fault.details["masked"]
        else "Give one value for each sample: Keras takes the mean."
    )
    if not isinstance(function, FunctionValue):
        advice = "Use it as the loss only."
    return Finding(
        place,
        f"The metric {fault.details['name']} gives one number for the whole batch, but {what}, so that it raises in {use.method} "
        f"({line(use.place)}). {advice}",
        key=("scalar-metric", id(function) if isinstance(function, FunctionValue) else function.name),
    )
