"""A function that keras.backend no longer has.

What it does: finds calls of `keras.backend` functions that Keras 3 has taken away. Most of them live on in
`tensorflow.keras.backend`, a few nowhere.

Why is this bad: Python raises AttributeError.

Example:

    from keras import backend as K
    y = K.mean(x)

Use instead:

    from keras import ops
    y = ops.mean(x)

References: https://keras.io/api/ops/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..versions import keras3

BAD = [
    """
import keras
from keras import backend as K
x = keras.Input((3,))
n = K.int_shape(x)
""",
]
GOOD = [
    """
import keras
from keras import backend as K
K.clear_session()
e = K.epsilon()
""",
]


KEPT = (
    "backend", "clear_session", "epsilon", "floatx", "get_uid", "image_data_format", "is_float_dtype", "is_int_dtype", "is_keras_tensor",
    "result_type", "set_epsilon", "set_floatx", "set_image_data_format", "standardize_dtype",
)  # fmt: skip
"""What the plain `keras.backend` still has."""

NOWHERE = (
    "function",
    "learning_phase",
    "set_learning_phase",
    "set_session",
    "get_session",
    "manual_variable_initialization",
)
"""What `tensorflow.keras.backend` has lost as well."""

NOW = {
    "int_shape": "x.shape", "permute_dimensions": "keras.ops.transpose", "sum": "keras.ops.sum", "dot": "keras.ops.matmul", "pow": "keras.ops.power",
    "learning_phase": "the `training` argument of `call`", "function": "a keras.Model of the tensors", "set_session": "nothing: there are no sessions",
    "get_session": "nothing: there are no sessions", "set_learning_phase": "the `training` argument of `call`", "clip": "keras.ops.clip",
    "variable": "keras.Variable", "random_normal": "keras.random.normal", "random_uniform": "keras.random.uniform", "batch_dot": "keras.ops.einsum",
    "get_value": "keras.ops.convert_to_numpy", "set_value": "variable.assign", "ndim": "keras.ops.ndim", "mean": "keras.ops.mean",
    "eval": "keras.ops.convert_to_numpy", "switch": "keras.ops.where", "gradients": "tf.GradientTape", "rnn": "keras.layers.RNN",
}  # fmt: skip


@check("MIG008", "backend-function", Severity.ERROR)
def backend_function(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    for call in program.calls:
        owner, _, name = call.spelled.rpartition(".")
        plain = owner == "keras.backend" and name not in KEPT
        if call.caught or not (plain or (owner == "tensorflow.keras.backend" and name in NOWHERE)):
            continue
        yield Finding(
            call.place,
            f"{owner} has no `{name}` in Keras 3, so this raises AttributeError. Use {NOW.get(name, f'keras.ops, such as keras.ops.{name}')}.",
            key=call.place.node,
        )
