"""Timesteps and features have changed places in the input shape.

What it does: finds inputs of recurrent layers whose time axis is named like a number of features and whose feature axis is
named like a number of timesteps, or that are (X.shape[2], X.shape[1]). Numbers alone are never evidence.

Why is this bad: the layer then steps along the features. It raises when the data come, or silently learns from scrambled data.

Example:

    model.add(LSTM(16, input_shape=(n_features, n_steps)))

Use instead:

    model.add(LSTM(16, input_shape=(n_steps, n_features)))

Fix safety: unsafe. That the names are right and the order is wrong is a guess, and the data must have the same order.

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstmlint.diagnostic import Edit
from lstmlint.edits import replace, unsafe_fix
from lstmlint.places import Place
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import LayerObject, Tensor, flatten

from ..evidence import SEQUENCE_LAYERS, before, label, named_features, named_steps, origin_of

BAD = [
    """
import keras
from keras.layers import LSTM
n_steps, n_features = 10, 3
model = keras.Sequential([keras.Input((n_features, n_steps)), LSTM(16)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
n_steps, n_features = 10, 3
model = keras.Sequential([keras.Input((n_steps, n_features)), LSTM(16)])
""",
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((3, 10)), LSTM(16)])
""",
]


def exchanged(steps: object, features: object) -> bool:
    left, right = origin_of(steps), origin_of(features)
    if left is None or right is None:
        return False
    a, b = re.fullmatch(r"(\w+)\.shape\[2\]", left.label), re.fullmatch(r"(\w+)\.shape\[1\]", right.label)
    return a is not None and b is not None and a[1] == b[1]


def _swapped(call: LayerCall) -> tuple[Edit | None, Edit | None]:
    """The edits that exchange the two sizes where the input's shape is written."""
    hint = call.layer.state.get("input_shape_hint")
    place = hint[2] if hint is not None else None
    for tensor in flatten(call.inputs) if place is None else ():
        source = tensor.facts.get("input_layer") if isinstance(tensor, Tensor) else None
        if isinstance(source, LayerObject) and source.arguments is not None:
            place = source.arguments.place("shape")
    if not isinstance(place, Place) or not isinstance(place.node, ast.Tuple) or len(place.node.elts) != 2:
        return None, None
    left, right = (Place(place.tree, node) for node in place.node.elts)
    return replace(left, right.text), replace(right, left.text)


@check("SHP003", "swapped-axes", Severity.WARNING)
def swapped_axes(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        if call.layer.class_name not in SEQUENCE_LAYERS or call.input_shape.rank != 3 or before(call) is not None:
            continue
        steps, features = call.input_shape[1], call.input_shape[2]
        if (named_features(steps) and named_steps(features)) or exchanged(steps, features):
            yield Finding(
                call.place,
                f"{call.layer.class_name} reads (batch, timesteps, features), so here {label(steps)} is taken for the timesteps and "
                f"{label(features)} for the features. By their names they belong the other way round.",
                fix=unsafe_fix("Exchange the two axes.", *_swapped(call)),
            )
