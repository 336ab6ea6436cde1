"""A tf.data.Dataset is indexed like an array.

What it does: finds an index or a slice of a tf.data.Dataset, also of the small datasets that `window` makes of each window.

Why is this bad: a dataset can only be gone through, and Python raises TypeError. A window is a dataset until `batch` makes a
tensor of it.

Example:

    ds = ds.window(6, shift=1, drop_remainder=True)
    ds = ds.map(lambda w: (w[:-1], w[-1]))

Use instead:

    ds = ds.window(6, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda w: w.batch(6))
    ds = ds.map(lambda w: (w[:-1], w[-1]))

References: https://www.tensorflow.org/api_docs/python/tf/data/Dataset#window
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

_HEAD = """
import keras
import numpy as np
import tensorflow as tf
ds = tf.data.Dataset.from_tensor_slices(np.arange(100.0))
"""
BAD = [
    _HEAD
    + "windows = ds.window(6, shift=1, drop_remainder=True)\npairs = windows.map(lambda w: (w[:-1], w[-1])).batch(8)\n",
    _HEAD + "first = ds[0]\n",
]
GOOD = [
    _HEAD + "windows = ds.window(6, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(6))\n"
    "pairs = windows.map(lambda w: (w[:-1], w[-1])).batch(8)\n",
    _HEAD + "first = next(iter(ds))\nparts = [ds, ds][0]\n",
]


@claim("DAT037", "dataset-indexed", Severity.ERROR, kinds=("dataset-index",))
def dataset_indexed(fault: Fault, program: Program) -> Finding | None:
    size = fault.details["dataset"].facts.get("window")
    if size is not None:
        told = (
            "A window is a small dataset of its own, which can't be indexed: this raises TypeError. Make a tensor of each window first: "
            f".flat_map(lambda w: w.batch({size}))."
        )
    else:
        told = "A tf.data.Dataset can't be indexed: this raises TypeError. Go through it, take elements with take(...), or index the array that it was made of."
    return Finding(fault.place, told, key=("dataset-indexed", id(fault.details["dataset"])))
