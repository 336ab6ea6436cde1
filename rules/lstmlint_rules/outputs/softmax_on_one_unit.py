"""Softmax over a single unit is always 1.

What it does: finds softmax on an axis of size 1, as an activation or as a layer of its own.

Why is this bad: softmax divides each value by the sum of all; with one value the result is 1 whatever the weights are, and
nothing can be learnt.

Example:

    model.add(Dense(1, activation="softmax"))

Use instead:

    model.add(Dense(1, activation="sigmoid"))

Fix safety: unsafe. Where one unit for each class is meant, it is the number of units that is wrong.

References: https://keras.io/api/layers/activations/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.diagnostic import Fix
from lstmlint.edits import replace, unsafe_fix
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import LayerObject

from ..evidence import activation, last_layer, loss_of
from ..training import other_loss

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,)), Dense(1, activation="softmax")])
""",
    """
import keras
from keras.layers import Dense, Activation
model = keras.Sequential([keras.Input((8,)), Dense(1), Activation("softmax")])
""",
    """
import keras
from keras.layers import Dense, LSTM
h = LSTM(8, return_sequences=True)(keras.Input((10, 3)))
score = Dense(1, activation="softmax")(h)
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,)), Dense(1, activation="sigmoid")])
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,)), Dense(3, activation="softmax")])
""",
]


@check("OUT001", "softmax-on-one-unit", Severity.WARNING)
def softmax_on_one_unit(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        layer = call.layer
        if layer.arguments is None or call.refused is not None or activation(layer) != "softmax":
            continue
        if layer.class_name == "Softmax" and layer.arguments.get("axis", -1) != -1:
            continue
        if call.output_shape.get(-1).known == 1:
            if call.output_shape.rank == 3 and call.output_shape[1].known != 1:
                steps = call.output_shape[1]
                yield Finding(
                    layer.arguments.place("activation") or layer.place or call.place,
                    f"softmax goes over the last axis, and over one number it is 1: this {layer.class_name} returns {call.output_shape}, all ones. To "
                    f"weigh the {steps if steps.known else 'timesteps'} against each other, write Softmax(axis=1) behind a {layer.class_name} without "
                    f"activation.",
                )
                continue
            yield Finding(
                layer.arguments.place("activation") or layer.place or call.place,
                f"softmax over one unit is the constant 1: this {layer.class_name} returns {call.output_shape}. For two classes use "
                f'Dense(1, activation="sigmoid") with binary_crossentropy, otherwise one unit per class.',
                fix=_fix(program, layer),
            )


def _fix(program: Program, layer: LayerObject) -> Fix | None:
    """Sigmoid for softmax, and binary_crossentropy where the model is compiled with a loss for several classes."""
    place = layer.arguments.place("activation") if layer.arguments is not None else None
    if place is None or not isinstance(place.node, ast.Constant):
        return None
    edits = [replace(place, f"{place.text[0]}sigmoid{place.text[0]}")]
    for compiled in program.compiles:
        loss = loss_of(compiled.loss)
        if last_layer(compiled) is layer and loss is not None and "categorical" in loss[0]:
            edits.append(other_loss(compiled, "binary_crossentropy"))
    return unsafe_fix(f'Write "sigmoid"{", and binary_crossentropy for the loss" if len(edits) > 1 else ""}.', *edits)
