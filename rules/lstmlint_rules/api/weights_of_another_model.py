"""Weights are loaded into a model that they don't fit.

What it does: remembers which model's weights the program has saved under a name ending in .weights.h5, by `save_weights` or a
ModelCheckpoint, and compares them with the model that loads them.

Why is this bad: Keras looks for the weights of the first Dense under the first Dense that was saved, of the second under the
second, and raises for each layer whose weights aren't there or have other shapes: ValueError, "A total of 2 objects could not
be loaded". Layers that are only in the file are left out; so are all that don't fit, with skip_mismatch=True.

Example:

    build(units=64).save_weights("lstm.weights.h5")
    build(units=32).load_weights("lstm.weights.h5")

Use instead:

    build(units=64).save_weights("lstm.weights.h5")
    build(units=64).load_weights("lstm.weights.h5")

References: https://keras.io/api/models/model_saving_apis/weights_saving_and_loading/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject, Weight

from ..evidence import line

_HEAD = """
import keras
from keras.layers import BatchNormalization, Dense, Dropout, LSTM
def build(units, more=()):
    return keras.Sequential([keras.Input((10, 3)), LSTM(units), *more, Dense(1)])
build(8).save_weights("/tmp/of_eight.weights.h5")
"""
_LOAD = '.load_weights("/tmp/of_eight.weights.h5"{})\n'
BAD = [
    _HEAD + "build(4)" + _LOAD.format(""),
    _HEAD + "build(8, [Dense(8)])" + _LOAD.format(""),
    _HEAD + "build(8, [BatchNormalization()])" + _LOAD.format(""),
]
GOOD = [
    _HEAD + "build(8, [Dropout(0.2)])" + _LOAD.format(""),
    _HEAD + "build(4)" + _LOAD.format(", skip_mismatch=True"),
    _HEAD + "keras.Sequential([keras.Input((20, 3)), LSTM(8)])" + _LOAD.format(""),
]


@claim("API041", "weights-of-another-model", Severity.ERROR, kinds=("weights-of-another-model",), specificity=0)
def weights_of_another_model(fault: Fault, program: Program) -> Finding | None:
    layer, weight, given, there = (fault.details[key] for key in ("layer", "weight", "given", "there"))
    if not isinstance(layer, LayerObject):
        return None
    saved = fault.details["place"]
    number = fault.details["number"]
    which = f"the {layer.class_name}" if not number else f"{layer.class_name} {number + 1}"
    if there is None:
        what = f"{which} of this model has no counterpart in the model whose weights were saved ({line(saved)})"
    elif isinstance(weight, Weight) and isinstance(given, Weight):
        what = (
            f"{which} has the {weight.name} {weight.shape}, but the one that was saved ({line(saved)}) is {given.shape}"
        )
    else:
        what = f"{which} has {fault.details['wanted']} weights, but {fault.details['count']} of it were saved ({line(saved)})"
    return Finding(
        fault.place,
        f"{what[0].upper()}{what[1:]}, so that load_weights raises. Build the same model that was saved, or load what fits with "
        "skip_mismatch=True.",
        related=(("the weights are saved here", saved),),
        key=fault.place.node,
    )
