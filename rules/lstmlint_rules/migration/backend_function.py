"""A function that keras.backend no longer has.

What it does: finds `keras.backend` functions that Keras 3 has taken away where they are called, handed on or imported. Most of them live on in
`tensorflow.keras.backend`, a few nowhere.

Why is this bad: Python raises AttributeError.

Example:

    from keras import backend as K
    y = K.mean(x)

Use instead:

    from keras import ops
    y = ops.mean(x)

Fix safety: safe: a function of keras.ops with the same name and the same arguments takes its place.

References: https://keras.io/api/ops/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.diagnostic import Edit
from lstmlint.edits import insert_after, replace, safe_fix
from lstmlint.places import Place
from lstmlint.program import LibraryCall, Program
from lstmlint.rule import Finding, Severity, check

from ..surroundings import parent
from ..versions import keras3

BAD = [
    """
import keras
from keras import backend as K
x = keras.Input((3,))
n = K.int_shape(x)
""",
    """
from keras import backend as K
from keras.layers import Dense, Input, Lambda
x = Input((3,))
y = Lambda(lambda t: K.mean(K.square(t), axis=1, keepdims=True))(x)
""",
    """
from keras import backend as K
from keras.layers import Input, Lambda
x = Input((3,))
y = Lambda(K.ones_like, output_shape=lambda s: s)(x)
""",
    """
from keras.backend import clear_session, int_shape
""",
    """
import tensorflow as tf
tf.compat.v1.keras.backend.set_session(None)
""",
]
GOOD = [
    """
import tensorflow as tf
tf.compat.v1.keras.backend.clear_session()
""",
    """
import keras
from keras import backend as K
K.clear_session()
e = K.epsilon()
""",
    """
from keras import backend as K
from tensorflow.keras.backend import mean
average = K.mean if hasattr(K, "mean") else mean
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

OF_TENSORFLOW = ("tensorflow.keras.backend", "tensorflow.compat.v1.keras.backend")
"""Under these names TensorFlow shows the backend."""

CTC = (
    "tensorflow.keras.backend.ctc_batch_cost, or keras.ops.ctc_loss(labels, logits, label_length, input_length, mask_index=...), with int32 labels, "
    "both lengths of shape (batch,), and the class that is the blank"
)
"""The old function took the lengths the other way round and as columns, the outputs of a softmax, and the last class for the blank."""

ORDERING = 'keras.backend.{}, with "channels_first" for "th" and "channels_last" for "tf"'
"""Keras 1 had other words for where the channels are."""

NOW = {
    "batch_dot": "keras.ops.einsum", "batch_flatten": "keras.ops.reshape(x, (x.shape[0], -1)), or a Flatten layer", "batch_get_value": "model.get_weights()",
    "batch_set_value": "model.set_weights(...)", "bias_add": "keras.ops.add", "cast_to_floatx": "keras.ops.cast", "constant": "keras.ops.convert_to_tensor",
    "conv1d": "keras.ops.conv", "conv2d": "keras.ops.conv", "conv2d_transpose": "keras.ops.conv_transpose", "conv3d": "keras.ops.conv",
    "count_params": "layer.count_params()", "ctc_batch_cost": CTC, "depthwise_conv2d": "keras.ops.depthwise_conv", "dot": "keras.ops.matmul",
    "dropout": "keras.random.dropout", "eval": "keras.ops.convert_to_numpy", "flatten": "keras.ops.reshape(x, -1)", "foldl": "keras.ops.scan",
    "foldr": "keras.ops.scan", "function": "a keras.Model of the tensors", "gather": "keras.ops.take", "get_session": "nothing: there are no sessions",
    "get_value": "keras.ops.convert_to_numpy", "image_dim_ordering": ORDERING.format("image_data_format"),
    "set_image_dim_ordering": ORDERING.format("set_image_data_format"), "gradients": "tf.GradientTape", "in_test_phase": "the `training` argument of `call`",
    "in_train_phase": "the `training` argument of `call`", "int_shape": "x.shape", "l2_normalize": "keras.ops.normalize",
    "learning_phase": "the `training` argument of `call`", "map_fn": "keras.ops.map", "name_scope": "keras.name_scope", "permute_dimensions": "keras.ops.transpose",
    "placeholder": "keras.Input", "pool2d": "keras.ops.max_pool or keras.ops.average_pool", "pool3d": "keras.ops.max_pool or keras.ops.average_pool",
    "pow": "keras.ops.power", "print_tensor": "print in eager mode", "random_bernoulli": "keras.random.binomial", "random_binomial": "keras.random.binomial",
    "random_normal": "keras.random.normal", "random_normal_variable": "keras.Variable of keras.random.normal", "random_uniform": "keras.random.uniform",
    "random_uniform_variable": "keras.Variable of keras.random.uniform", "repeat_elements": "keras.ops.repeat", "resize_images": "keras.ops.image.resize",
    "reverse": "keras.ops.flip", "rnn": "keras.layers.RNN", "separable_conv2d": "keras.ops.separable_conv",
    "set_learning_phase": "the `training` argument of `call`", "set_session": "nothing: there are no sessions", "set_value": "variable.assign",
    "spatial_2d_padding": "keras.ops.pad", "spatial_3d_padding": "keras.ops.pad", "switch": "keras.ops.where", "temporal_padding": "keras.ops.pad",
    "to_dense": "keras.ops.convert_to_tensor(x, sparse=False)", "truncated_normal": "keras.random.truncated_normal", "update": "variable.assign",
    "binary_focal_crossentropy": "keras.losses.binary_focal_crossentropy", "categorical_focal_crossentropy": "keras.losses.categorical_focal_crossentropy",
    "ctc_label_dense_to_sparse": "keras.ops.ctc_loss, which takes dense labels", "is_sparse": "x.sparse", "local_conv1d": "nothing: it was slow",
    "learning_phase_scope": "the `training` argument of `call`", "local_conv2d": "nothing: it was slow", "reset_uids": "keras.backend.clear_session",
    "moving_average_update": "variable.assign", "normalize_batch_in_training": "keras.ops.batch_normalization", "resize_volumes": "keras.layers.UpSampling3D",
    "batch_normalization": "keras.ops.batch_normalization", "ctc_decode": "keras.ops.ctc_decode", "dtype": "x.dtype", "eye": "keras.ops.eye",
    "in_top_k": "keras.ops.in_top_k", "relu": "keras.ops.relu", "repeat": "keras.ops.repeat",
    "sparse_categorical_crossentropy": "keras.ops.sparse_categorical_crossentropy",
    "convert_to_numpy": "keras.ops.convert_to_numpy", "Variable": "keras.Variable", "update_add": "variable.assign_add", "update_sub": "variable.assign_sub", "variable": "keras.Variable",
}  # fmt: skip
"""What to write where `keras.ops` has no function of the same name, or one that does something else."""

SAME = frozenset(["abs", "all", "any", "arange", "argmax", "argmin", "binary_crossentropy", "cast", "categorical_crossentropy", "cos", "cumprod", "cumsum", "elu", "exp", "expand_dims", "hard_sigmoid", "log", "max", "mean", "min", "ndim", "prod", "round", "shape", "sigmoid", "sign", "sin", "softmax", "softplus", "softsign", "sqrt", "square", "squeeze", "stack", "std", "sum", "tanh", "transpose", "var"])  # fmt: skip
"""Functions of `keras.ops` with the same name and arguments."""

SAME_BY_POSITION = frozenset(["clip", "concatenate", "equal", "greater", "greater_equal", "less", "less_equal", "maximum", "minimum", "not_equal", "one_hot", "ones", "ones_like", "reshape", "stop_gradient", "tile", "zeros", "zeros_like"])  # fmt: skip
"""Functions of `keras.ops` with the same name and the same arguments in the same order under other names."""


@check("MIG008", "backend-function", Severity.ERROR)
def backend_function(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    called: set[int] = set()
    imported: set[str] = set()
    for item in program.imports:
        if not item.guarded and _is_gone(program, item.spelled):
            imported.add(item.spelled)
            yield Finding(item.place, _message(item.spelled, "import fails"), key=item.place.node)
    for call in program.calls:
        owner, _, name = call.spelled.rpartition(".")
        plain = owner == "keras.backend" and name not in KEPT
        if call.caught or not (plain or (owner in OF_TENSORFLOW and name in NOWHERE)):
            continue
        if call.spelled in imported:  # the program ends where it is imported
            continue
        if isinstance(call.place.node, ast.Call):
            called.add(id(call.place.node.func))
        yield Finding(
            call.place,
            _message(call.spelled, "raises AttributeError"),
            fix=safe_fix(f"Write the {name} of keras.ops.", *edits(program, call, name)),
            key=call.place.node,
        )
    for read in program.lacking:
        if not read.guarded and id(read.place.node) not in called and _is_gone(program, read.spelled):
            yield Finding(read.place, _message(read.spelled, "raises AttributeError"), key=read.place.node)


def _is_gone(program: Program, spelled: str) -> bool:
    """Is this a function that Keras 2's backend had and Keras 3's has not?"""
    owner = spelled.rpartition(".")[0].removeprefix("tensorflow.")
    return owner == "keras.backend" and program.exported_by_keras_2(spelled) and program.has_not(spelled)


def _message(spelled: str, error: str) -> str:
    owner, _, name = spelled.rpartition(".")
    return f"{owner} has no `{name}` in Keras 3, so this {error}. {advice(name)}"


def advice(name: str) -> str:
    """What to write instead, as a sentence."""
    found = NOW.get(name) or (f"keras.ops.{name}" if name in SAME | SAME_BY_POSITION else None)
    if found is None:
        return "Look for its successor in keras.ops."
    if found.startswith("nothing: "):
        return f"Nothing has taken its place: {found.removeprefix('nothing: ')}."
    return f"Use {found}."


def edits(program: Program, call: LibraryCall, name: str) -> list[Edit | None]:
    """The edits that call keras.ops instead, and import it where it is not there; none where the arguments may differ."""
    node = call.place.node
    if not isinstance(node, ast.Call) or (name not in SAME and (name not in SAME_BY_POSITION or node.keywords)):
        return []
    function = Place(call.place.tree, node.func)
    names = {item.alias: item for item in program.imports if not item.guarded}
    if names.get("keras") is not None and names["keras"].spelled == "keras":
        return [replace(function, f"keras.ops.{name}")]
    if names.get("ops") is not None:
        return [replace(function, f"ops.{name}")] if names["ops"].spelled == "keras.ops" else []
    backend = next((item for item in names.values() if item.spelled == "keras.backend"), None)
    if backend is None or not isinstance(parent(program, backend.place.node), ast.ImportFrom):
        return []
    return [insert_after(backend.place, ", ops"), replace(function, f"ops.{name}")]
