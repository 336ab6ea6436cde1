"""One layer stands in a Sequential more than once.

What it does: finds the same layer object, with weights, at several places of a Sequential: added twice, or repeated
by `[layer] * 3`.

Why is this bad: it is one layer with one set of weights, applied again and again. Who wants a deeper model needs a
layer of its own for each place.

Example:

    model = Sequential([Input((8,))] + [Dense(8)] * 3)

Use instead:

    model = Sequential([Input((8,))] + [Dense(8) for _ in range(3)])

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,))] + [Dense(8)] * 3)
""",
    """
import keras
from keras.layers import Dense
d = Dense(3)
model = keras.Sequential([keras.Input((3,)), d, d])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,))] + [Dense(8) for _ in range(3)])
""",
]


@check("API021", "layer-added-twice", Severity.WARNING)
def layer_added_twice(program: Program) -> Iterator[Finding]:
    for site in program.models:
        if site.model.kind != "Sequential":
            continue
        layers = [layer for layer in site.model.layers if layer.weights or layer.sublayers]
        counts = Counter(map(id, layers))
        for layer in {id(x): x for x in layers}.values():
            count = counts[id(layer)]
            sizes = [c.input_shape.get(-1) for c in layer.calls if c.refused is None]
            if count < 2 or layer.place is None or any(same(sizes[0], s) is False for s in sizes[1:]):
                continue
            yield Finding(
                layer.place,
                f"This {layer.class_name} stands {count} times in one Sequential: it is a single layer with a single set of weights. "
                f"Make one for each place, in a list comprehension rather than by `*`.",
                key=layer.place.node,
            )
