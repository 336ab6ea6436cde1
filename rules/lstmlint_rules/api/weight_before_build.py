"""A layer is asked for its weights before it has any.

What it does: finds `layer.kernel`, `layer.get_weights()[0]` and the like of layers that nothing has called or built yet.

Why is this bad: a layer makes its weights when it is called for the first time, or built, because it needs to know its input's
size. Until then `kernel` raises AttributeError, and the list of weights is empty.

Example:

    embedding = Embedding(1000, 64)
    vectors = embedding.get_weights()[0]

Use instead:

    embedding = Embedding(1000, 64)
    embedding.build((None,))
    vectors = embedding.get_weights()[0]

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import NO_WEIGHTS_YET, LayerObject, ListValue

BAD = [
    "import keras\nprint(keras.layers.Dense(3).kernel)\n",
    "import keras\nembedding = keras.layers.Embedding(1000, 64)\nvectors = embedding.get_weights()[0]\n",
    "import keras\nmodel = keras.Sequential([keras.layers.Dense(3)])\nkernel, bias = model.layers[0].get_weights()\n",
]
GOOD = [
    "import keras\ndense = keras.layers.Dense(3)\ndense.build((None, 2))\nprint(dense.kernel, dense.get_weights()[1])\n",
    "import keras\nembedding = keras.layers.Embedding(1000, 64)\nx = embedding(keras.Input((4,)))\nvectors = embedding.get_weights()[0]\n",
    "import keras\nmodel = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])\nkernel, bias = model.layers[0].get_weights()\n",
    "import keras\ndense = keras.layers.Dense(3)\nprint(getattr(dense, 'kernel', None), hasattr(dense, 'kernel'), dense.get_weights())\n",
]


@claim(
    "API043", "weight-before-build", Severity.ERROR, kinds=("weight-before-build", "python-exception", "unpack"), specificity=20
)  # fmt: skip
def weight_before_build(fault: Fault, program: Program) -> Finding | None:
    layer, listed = fault.subject, fault.details.get("value")
    if fault.kind == "weight-before-build":
        what = f"so that `{fault.details['attribute']}` raises AttributeError"
    else:
        if not isinstance(listed, ListValue) or listed.lists is None or listed.lists[0] != NO_WEIGHTS_YET:
            return None
        layer = listed.lists[1]
        what = (
            f"so that [{fault.details['index']}] raises IndexError"
            if "index" in fault.details
            else "so that there is nothing to unpack"
        )
    if not isinstance(layer, LayerObject):
        return None
    return Finding(
        fault.place,
        f"This {layer.class_name} has no weights yet, {what}: they are made when the layer is called or built. Ask for them after that, or "
        "give build the input's shape.",
        related=(("the layer is made here", layer.place),)
        if layer.place is not None and layer.place.node is not fault.place.node
        else (),
        key=fault.place.node,
    )
