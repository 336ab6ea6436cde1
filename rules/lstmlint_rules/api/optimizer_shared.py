"""Two models share an optimizer.

What it does: follows an optimizer object into the `compile` of several models and their training, one after the other
in the same run of the program.

Why is this bad: an optimizer keeps a momentum for each variable of the model that it was first used with. Keras
raises "Unknown variable" when the second model is trained.

Example:

    optimizer = Adam()
    a.compile(optimizer, "mse")
    b.compile(optimizer, "mse")

Use instead:

    a.compile(Adam(), "mse")
    b.compile(Adam(), "mse")

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
    ModelObject,
    Object,
)

from ..evidence import (
    line,
)
from ..versions import keras3

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
optimizer = keras.optimizers.Adam()
X, y = np.zeros((4, 3)), np.zeros((4, 1))
for _ in range(2):
    model = keras.Sequential([keras.Input((3,)), Dense(1)])
    model.compile(optimizer, "mse")
    model.fit(X, y, verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
X, y = np.zeros((4, 3)), np.zeros((4, 1))
for _ in range(2):
    model = keras.Sequential([keras.Input((3,)), Dense(1)])
    model.compile(keras.optimizers.Adam(), "mse")
    model.fit(X, y, verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
X, y = np.zeros((4, 3)), np.zeros((4, 1))
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile(keras.optimizers.Adam(), "mse")
model.fit(X, y, verbose=0)
model.save("m.keras")
again = keras.models.load_model("m.keras")
again.fit(X, y, verbose=0)
once_more = keras.models.load_model("m.keras")
once_more.train_on_batch(X, y)
""",
]


def trained(model: ModelObject) -> list[LayerObject] | None:
    """The layers with trained weights of a model, however deep; None where not all are known."""
    if model.incomplete or not model.built or model.user_class is not None or not model.trainable:
        return None
    if model.attributes.get("trainable", True) is not True:
        return None
    found: list[LayerObject] = []
    for layer in model.layers:
        if not layer.trainable or layer.attributes.get("trainable") is False:
            continue
        if isinstance(layer, ModelObject):
            inside = trained(layer)
            if inside is None:
                return None
            found += inside
        elif layer.user_class is not None or layer.opaque or layer.sublayers:
            return None
        elif any(w.trainable for w in layer.weights):
            found.append(layer)
    return found


@check("API022", "optimizer-shared", Severity.ERROR)
def optimizer_shared(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    reported: set[int] = set()
    for way in program.ways:
        first: dict[int, tuple[ModelObject, list[LayerObject]]] = {}
        for use in way.uses:
            optimizer = use.compile.optimizer if use.compile is not None else None
            if use.method not in ("fit", "train_on_batch") or not isinstance(optimizer, Object):
                continue
            if optimizer.user_class is not None or not optimizer.type_name.startswith("keras.optimizers."):
                continue
            layers = trained(use.model)
            if layers is None or use.verdict == "raises":
                continue
            own = use.compile is not None and use.compile.model is use.model
            # a model read from a file was compiled as the saved one, but its optimizer came from the file, too
            model, known = first.setdefault(optimizer.uid if own else -id(use.model), (use.model, layers))
            others = [x for x in layers if not any(x is k for k in known)]
            if model is use.model or not others or id(use.place.node) in reported or use.compile is None:
                continue
            reported.add(id(use.place.node))
            yield Finding(
                use.place,
                f'This model\'s optimizer, made on {line(optimizer.place)}, was trained with another model already, and raises "Unknown variable" '
                f"for the weights of this one. Make a new optimizer for each model.",
                related=(("the optimizer is passed on here", use.compile.place),),
            )
