"""A loss or metric takes a symbolic tensor of the model.

What it does: follows the user's own losses and metrics where the model is trained, and finds those that calculate with a
tensor from outside (`z_mean` of a variational autoencoder, a second input), and `add_loss` of a functional model.

Why is this bad: Keras 3 raises. The loss gets the batch's targets and outputs; a tensor of the functional API only stands
for a shape, and has no values to go with them. Keras 2 allowed both.

Example:

    def vae_loss(x, decoded):
        kl = -0.5 * ops.mean(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var))
        return ops.mean(ops.square(x - decoded)) + kl

Use instead:

    class KLDivergence(keras.layers.Layer):
        def call(self, inputs):
            z_mean, z_log_var = inputs
            self.add_loss(-0.5 * ops.mean(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var)))
            return inputs

References: https://keras.io/api/losses/#the-addloss-api
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import FunctionValue, Tensor

from ..evidence import line
from ..training import loss_or_metric

_HEAD = """
import keras
import numpy as np
from keras import layers, ops
inputs = keras.Input((10,))
z_mean, z_log_var = layers.Dense(2)(inputs), layers.Dense(2)(inputs)
decoded = layers.Dense(10)(z_mean + ops.exp(z_log_var / 2))
vae = keras.Model(inputs, decoded)
X = np.zeros((8, 10))
"""
_FIT = "vae.fit(X, X, verbose=0)\n"
BAD = [
    _HEAD + "def vae_loss(x, y):\n    kl = -0.5 * ops.mean(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var))\n"
    "    return ops.mean(ops.square(x - y)) + kl\nvae.compile('adam', loss=vae_loss)\n" + _FIT,
    _HEAD
    + "def weighted(tensor):\n    def loss(y_true, y_pred):\n        return ops.mean(ops.square(y_true - y_pred) * tensor)\n    return loss\n"
    "vae.compile('adam', loss=weighted(inputs))\n" + _FIT,
    _HEAD
    + "def kl(x, y):\n    return ops.mean(ops.square(z_mean))\nvae.compile('adam', loss='mse', metrics=[kl])\n"
    + _FIT,
    _HEAD + "vae.add_loss(ops.mean(ops.square(inputs - decoded)))\nvae.compile('adam')\nvae.fit(X, verbose=0)\n",
]
GOOD = [
    _HEAD
    + "def scaled(x, y):\n    return ops.mean(ops.square(x - y)) / z_mean.shape[-1]\nvae.compile('adam', loss=scaled)\n"
    + _FIT,
    """
import keras
import numpy as np
from keras import layers, ops
class KLDivergence(layers.Layer):
    def call(self, z_mean, z_log_var):
        self.add_loss(-0.5 * ops.mean(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var)))
        return z_mean
inputs = keras.Input((10,))
z = KLDivergence()(layers.Dense(2)(inputs), layers.Dense(2)(inputs))
vae = keras.Model(inputs, layers.Dense(10)(z))
def reconstruction(x, y):
    return ops.mean(ops.square(x - y))
vae.compile("adam", loss=reconstruction, metrics=[reconstruction])
vae.fit(np.zeros((8, 10)), np.zeros((8, 10)), verbose=0)
""",
]


@claim(
    "OUT029",
    "keras-tensor-in-loss",
    Severity.ERROR,
    kinds=("keras-tensor-in-loss", "functional-add-loss"),
    specificity=0,
)
def keras_tensor_in_loss(fault: Fault, program: Program) -> Finding | None:
    if fault.kind == "functional-add-loss":
        return Finding(
            fault.place,
            "Keras 3 has no `add_loss` of a functional model, and raises NotImplementedError. Call self.add_loss in the `call` of a layer of your own "
            "that the tensors go through, or compile the model with a loss of targets and outputs.",
            key=fault.place.node,
        )
    tensor, function = fault.details.get("tensor"), fault.details.get("function")
    if not isinstance(tensor, Tensor) or not isinstance(function, FunctionValue):
        return None
    name = f"`{tensor.name}`, a" if tensor.name else "a"
    what = loss_or_metric(fault)
    use = fault.details["use"]
    named = f" `{function.name}`" if function.name.isidentifier() else ""
    return Finding(
        fault.place,
        f"The {what}{named} takes {name} symbolic tensor of the model, which has no values while it is trained: Keras 3 raises in "
        f"{use.method} ({line(use.place)}). Add what belongs to it with self.add_loss in a layer of your own, or make the tensor an output of the model.",
        related=(("the tensor is made here", tensor.place),) if tensor.place is not None else (),
        key=("keras-tensor-in-loss", id(function)),
    )
