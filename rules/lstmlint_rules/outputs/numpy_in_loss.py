"""A loss or metric calculates with NumPy or scikit-learn.

What it does: follows the user's own losses and metrics where the model is trained, and finds functions of NumPy and
`sklearn.metrics` that get the targets or outputs, also where one of them is the loss or metric itself.

Why is this bad: Keras runs them in a graph, where tensors have no values yet: NotImplementedError, "Cannot convert a
symbolic tf.Tensor to a numpy array". With run_eagerly=True a loss still has no gradient.

Example:

    def loss(y_true, y_pred):
        return np.mean(np.square(y_true - y_pred))

Use instead:

    def loss(y_true, y_pred):
        return keras.ops.mean(keras.ops.square(y_true - y_pred))

References: https://keras.io/api/losses/#creating-custom-losses
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import External, FunctionValue

from ..evidence import line
from ..training import loss_or_metric

_HEAD = """
import keras
import numpy as np
from keras import ops
from sklearn.metrics import f1_score
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
"""
_FIT = "model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)\n"
BAD = [
    _HEAD + "model.compile('adam', 'mse', metrics=['mae', f1_score])\n" + _FIT,
    _HEAD
    + "def loss(y_true, y_pred):\n    return np.mean(np.square(y_true - y_pred))\nmodel.compile('adam', loss)\n"
    + _FIT,
    _HEAD
    + "def f1(y_true, y_pred):\n    return f1_score(y_true, y_pred > 0.5)\nmodel.compile('adam', 'mse', metrics=[f1])\n"
    + _FIT,
    _HEAD
    + "def mean(y_true, y_pred):\n    return y_true.numpy().mean() + y_pred\nmodel.compile('adam', 'mse', metrics=[mean])\n"
    + _FIT,
    _HEAD
    + "def signed(y_true, y_pred):\n    e = ops.mean(y_true - y_pred)\n    return e if e > 0 else -e\nmodel.compile('adam', signed)\n"
    + _FIT,
    _HEAD
    + "def total(y_true, y_pred):\n    s = 0.0\n    for t, p in zip(y_true, y_pred):\n        s += ops.abs(t - p)\n    return s\nmodel.compile('adam', total)\n"
    + _FIT,
    _HEAD
    + "def rounded(y_true, y_pred):\n    y = np.round(y_pred)\n    return ops.mean(y_true == y)\nmodel.compile('adam', 'mse', metrics=['mae', rounded])\n"
    + _FIT,
]
GOOD = [
    _HEAD
    + "def own(y_true, y_pred, scale=None):\n    if scale:\n        y_pred = y_pred * scale\n    if y_pred.shape[-1] == 1 and len(y_pred.shape) > 1:\n        y_pred = y_pred[:, 0]\n"
    "    return ops.mean(y_true) - ops.mean(y_pred)\nmodel.compile('adam', own)\n" + _FIT,
    _HEAD
    + "def loss(y_true, y_pred):\n    return ops.mean(ops.square(y_true - y_pred)) * np.log(2.0)\nmodel.compile('adam', loss)\n"
    + _FIT,
    _HEAD + "def f1(y_true, y_pred):\n    return f1_score(y_true, y_pred > 0.5)\n"
    "model.compile('adam', 'mse', metrics=[f1], run_eagerly=True)\n" + _FIT,
    _HEAD
    + "import tensorflow as tf\ndef values(t, p):\n    return np.float32(np.mean(np.abs(t - p)))\ndef mean(y_true, y_pred):\n"
    "    return tf.reshape(tf.numpy_function(values, [y_true, y_pred], tf.float32), ())\nmodel.compile('adam', 'mse', metrics=[mean])\n"
    + _FIT,
]


_ON_TENSOR = {
    "numpy": ("`.numpy()`", "Use the functions of keras.ops, or calculate it after training from model.predict."),
    "__bool__": ("A condition", "Choose with keras.ops.where or keras.ops.cond."),
    "__iter__": ("A loop over a tensor", "Use functions of keras.ops on the whole tensor."),
}
"""What needs a tensor's values, in words, and what to use instead."""


@claim("OUT030", "numpy-in-loss", Severity.ERROR, kinds=("numpy-in-loss",), specificity=0)
def numpy_in_loss(fault: Fault, program: Program) -> Finding | None:
    function, called = fault.details.get("function"), str(fault.details.get("call"))
    if not isinstance(function, (External, FunctionValue)):
        return None
    what = loss_or_metric(fault)
    use = fault.details["use"]
    short = called.rpartition(".")[2]
    written = (
        f"np.{called.removeprefix('numpy.')}" if called.startswith("numpy.") else _ON_TENSOR.get(short, (short,))[0]
    )
    advice = (
        _ON_TENSOR[short][1]
        if called.startswith("keras.")
        else (
            "Use the functions of keras.ops."
            if called.startswith("numpy.")
            else "Use a metric of Keras (keras.metrics.F1Score, AUC, ...), or calculate it after training from model.predict."
        )
    )
    return Finding(
        fault.place,
        f"{written} needs values, but the tensors of a {what} have none in the graph in which Keras runs it, so that it raises in "
        f"{use.method} ({line(use.place)}). {advice}",
        key=("numpy-in-loss", id(function) if isinstance(function, FunctionValue) else function.name),
    )
