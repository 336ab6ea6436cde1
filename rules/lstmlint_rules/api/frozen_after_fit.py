"""A layer is frozen between two trainings without compiling again.

What it does: finds `layer.trainable = ...` after a `fit` of its model, followed by another `fit` without a `compile`
in between.

Why is this bad: the first `fit` fixes the train step, with the weights that were trained then. The change takes
effect with the next `compile`; until then the weights go on changing.

Example:

    model.fit(X, y)
    model.layers[0].trainable = False
    model.fit(X, y)

Use instead:

    model.fit(X, y)
    model.layers[0].trainable = False
    model.compile(optimizer="adam", loss="mse")
    model.fit(X, y)

References: https://keras.io/guides/transfer_learning/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import LibraryCall, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    ModelObject,
)

from ..evidence import (
    line,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(2), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
model.layers[0].trainable = False
model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(2), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
model.layers[0].trainable = False
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
""",
]


@check("API027", "frozen-after-fit", Severity.WARNING)
def frozen_after_fit(program: Program) -> Iterator[Finding]:
    reported: set[int] = set()
    for way in program.ways:
        fitted: set[int] = set()
        changed: dict[int, LibraryCall] = {}
        models = {id(m): m for m in way.models}
        for call in way.calls:
            receiver = call.receiver
            if (
                call.name == "keras.layers.Layer.__setattr__"
                and call.args[:1] == ("trainable",)
                and isinstance(call.args[1], bool)
            ):
                for key in fitted:
                    model = models.get(key)
                    if model is not None and (receiver is model or any(receiver is x for x in model.layers)):
                        changed.setdefault(key, call)
            elif call.name == "keras.Model.compile" and isinstance(receiver, ModelObject):
                fitted.discard(id(receiver))
                changed.pop(id(receiver), None)
            elif call.name == "keras.Model.fit" and isinstance(receiver, ModelObject):
                change = changed.pop(id(receiver), None)
                if change is not None and id(change.place.node) not in reported:
                    reported.add(id(change.place.node))
                    yield Finding(
                        change.place,
                        f"This has no effect on the fit on {line(call.place)}: the train step of the fit before still updates the same weights. "
                        f"Call compile again after changing `trainable`.",
                        related=(("this fit still trains it", call.place),),
                    )
                fitted.add(id(receiver))
