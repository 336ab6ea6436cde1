"""A comment states another number of parameters than the layer has.

What it does: reads numbers such as `640 params` in the comment behind a layer, and adds up the layer's weights.

Why is this bad: the number shows how the layer was understood. The timesteps are in none of the weights: an LSTM has
4 * (units * (features + units) + units) parameters, over ten steps as over a hundred.

Example:

    x = LSTM(10)(x)  # 13 steps of 5 features: 8320 params

Use instead:

    x = LSTM(10)(x)  # 640 params

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstmlint.patterns import pattern
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..stated import comments_on, parameters_of

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((13, 5))
y = LSTM(10)(x)  # 8320 params
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((13, 5))
y = LSTM(10)(x)  # 640 params
""",
]


STATED = pattern(r"(?<![\w.*/+-])(\d{1,3}(?:[,_]\d{3})+|\d+)\s*(?:trainable\s+)?(?:params?|parameters|weights)\b", re.I)
AFTER = pattern(r"\bparam(?:eter)?s?\s*[:=#]+\s*(\d{1,3}(?:[,_]\d{3})+|\d+)\s*$", re.I)


@check("CLM002", "parameter-comment", Severity.WARNING)
def parameter_comment(program: Program) -> Iterator[Finding]:
    for comment, calls in comments_on(program, STATED, AFTER):
        found = STATED.findall(comment.text) or AFTER.findall(comment.text)
        if len(found) != 1:
            continue
        said = int(re.sub(r"[,_]", "", found[0]))
        counts = {parameters_of(c.layer) for c in calls if c.refused is None}
        plain = [c for c in counts if c is not None]
        if None in counts or not plain or said in (*plain, sum(plain)):
            continue
        layer = calls[-1].layer
        weights = ", ".join(
            f"{w.name} {w.shape}" for w in [*layer.weights, *(w for s in layer.sublayers for w in s.weights)]
        )
        yield Finding(
            comment.span,
            f"The comment says {said} parameters, but this {layer.class_name} has {parameters_of(layer)}: {weights or 'no weights'}. "
            f"Correct the comment, or the layer.",
            related=(("this layer", layer.place or calls[-1].place),),
        )
