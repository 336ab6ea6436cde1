"""An import of a module or name that Keras doesn't have, or no longer.

What it does: compares imports from `keras` and `tensorflow.keras`, names that are read from their modules, and calls of what they lead to, with
the names that Keras 3 has: a name may be misspelled, have been taken away, or be a module of Keras's source that isn't shown; one that is like no other is left alone, for it may have come with a
later version. The names of TensorFlow 1 that TensorFlow 2 has not are known as well
(`tf.placeholder`, `tf.train.AdamOptimizer`, `tf.contrib`); of other names of TensorFlow nothing is said. `tf.keras.saving` is there only where
something imports it (`from tensorflow.keras import saving`). Some are left in only one of the two: the long names of losses (`mean_squared_error`) in `keras.losses` and
`keras.metrics`, the short ones (`mse`) in `tensorflow.keras.losses` and `tensorflow.keras.metrics`. `tf.compat.v1.keras` can be read, but not
imported from.

Why is this bad: Python raises ImportError or AttributeError before anything else runs. What is imported inside of
`try` is left alone.

Example:

    from keras.layers.recurrent import LSTM

Use instead:

    from keras.layers import LSTM

Fix safety: safe where only the module has moved and the names in it have stayed; `np_utils` becomes another name of `keras.utils`. What
`tf.keras.saving` doesn't show is taken from the module that does.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstmlint.diagnostic import Edit, Fix
from lstmlint.edits import (
    rename_attribute,
    replace,
    safe_fix,
)
from lstmlint.places import Place
from lstmlint.program import Import, Program
from lstmlint.rule import Finding, Severity, check

from ..surroundings import parent
from ..versions import keras3

BAD = [
    """
from keras.layers.recurrent import LSTM
""",
    """
from keras.utils import np_utils
""",
    """
from keras.preprocessing.image import ImageDataGenerator, img_to_array
""",
    """
from tensorflow.keras.layers import CuDNNLSTM
""",
    """
from keras.preprocessing.text import Tokenizer
""",
    """
import keras
layer = keras.layers.CuDNNGRU(4)
""",
    """
from keras.layers.recurrent import Recurrent
""",
    """
from keras.objectives import mse
""",
    """
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile(loss=tf.keras.losses.mean_squared_error)
""",
    """
from tensorflow.keras.metrics import mean_absolute_error, binary_accuracy
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile(loss="mse", metrics=[keras.metrics.mae])
""",
    """
from keras.layers import Dense, flatten
""",
    """
from keras.model import Sequential
""",
    """
from keras.preprocessing import sequence
x = sequence.pad_sequence([[1, 2]], maxlen=3)
""",
    """
import tensorflow as tf
tf.set_random_seed(1)
""",
    """
from tensorflow.contrib import rnn
""",
    """
import keras
y = keras.utils.numerical_utils.to_categorical([0, 1, 2], 3)
""",
    """
from tensorflow.keras.utils.sequence_utils import pad_sequences
""",
    """
import tensorflow as tf
@tf.keras.saving.register_keras_serializable()
class Twice(tf.keras.layers.Layer):
    def call(self, x):
        return 2 * x
""",
    """
from tensorflow.compat.v1.keras.backend import set_session
""",
]
GOOD = [
    """
from tensorflow.compat.v1 import keras
model = keras.Sequential([keras.layers.Dense(1)])
""",
    """
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
model.compile(loss=tf.keras.losses.mse, metrics=[tf.metrics.mae])
""",
    """
import keras
from keras.losses import mean_squared_error
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile(loss=mean_squared_error, metrics=[keras.metrics.mean_absolute_error])
""",
    """
import tensorflow as tf
if hasattr(tf.keras.losses, "mean_squared_error"):
    loss = tf.keras.losses.mean_squared_error
else:
    loss = tf.keras.losses.mse
""",
    """
from keras.layers import LSTM
from keras.utils import to_categorical
from tensorflow.keras.preprocessing.text import Tokenizer
""",
    """
import keras
from keras.layers import LSTM
try:
    from keras.layers.recurrent import LSTM
except ImportError:
    from keras.layers import LSTM
""",
]


LAYER_MODULES = (
    "recurrent", "core", "embeddings", "convolutional", "wrappers", "advanced_activations", "merge", "normalization", "pooling", "noise",
    "local", "cudnn_recurrent", "convolutional_recurrent", "serialization", "attention", "rnn", "experimental.preprocessing", "experimental",
    "preprocessing",
)  # fmt: skip
MOVED = {
    **{f"keras.layers.{inner}": "keras.layers" for inner in LAYER_MODULES},
    "keras.objectives": "keras.losses",
    "keras.optimizers.experimental": "keras.optimizers",
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.vis_utils": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.utils.data_utils": "keras.utils",
    "keras.utils.layer_utils": "keras.utils",
    "keras.utils.io_utils": "keras.utils",
    "keras.engine.topology": "keras.layers",
    "keras.engine.training": "keras",
}
"""Modules that are gone, and the one that has their names now."""

GONE = {
    "keras.engine": "keras or keras.layers",
    "keras.utils.training_utils": "nothing: use tf.distribute.MirroredStrategy",
    "keras.utils.multi_gpu_utils": "nothing: use tf.distribute.MirroredStrategy",
    "keras.utils.multi_gpu_model": "nothing: use tf.distribute.MirroredStrategy",
    "keras.utils.conv_utils": "nothing: it was never public",
    "keras.utils.print_summary": "model.summary()",
    "keras.utils.HDF5Matrix": "h5py",
    "keras.utils.plot": "keras.utils.plot_model",
    "keras.utils.visualize_util": "keras.utils.plot_model",
    "keras.wrappers.scikit_learn": "the scikeras package, or keras.wrappers.SKLearnClassifier",
    "keras.wrappers.KerasClassifier": "keras.wrappers.SKLearnClassifier",
    "keras.legacy.layers": "keras.layers",
    "keras.backend.tensorflow_backend": "keras.ops",
    "keras.callbacks.tensorboard_v1": "keras.callbacks",
    "keras.callbacks.BaseLogger": "keras.callbacks.Callback",
    "keras.mixed_precision.experimental": "keras.mixed_precision",
    "keras.estimator": "nothing: estimators are gone",
    "keras.experimental": "keras",
    "keras.saving.save": "keras.saving",
    "keras.layers.Merge": "keras.layers.Concatenate, Add, ...",
    "keras.layers.TimeDistributedDense": "keras.layers.Dense, which works on every timestep",
    "keras.layers.MaxoutDense": "a layer of your own",
    "keras.layers.Highway": "a layer of your own",
    "keras.layers.LocallyConnected1D": "keras.layers.Conv1D",
    "keras.layers.LocallyConnected2D": "keras.layers.Conv2D",
    "keras.layers.CuDNNLSTM": "keras.layers.LSTM, which uses cuDNN by itself",
    "keras.layers.CuDNNGRU": "keras.layers.GRU, which uses cuDNN by itself",
    "keras.layers.AtrousConvolution2D": "keras.layers.Conv2D(dilation_rate=...)",
    "keras.layers.Deconvolution2D": "keras.layers.Conv2DTranspose",
    "keras.layers.DenseFeatures": "keras.utils.FeatureSpace",
    "keras.layers.AbstractRNNCell": "keras.layers.Layer",
    "keras.layers.RandomFourierFeatures": "a layer of your own",
    "keras.models.Graph": "the functional API",
    "keras.models.model_from_yaml": "keras.models.model_from_json",
    "keras.optimizers.adam": "keras.optimizers.Adam",
    "keras.optimizers.sgd": "keras.optimizers.SGD",
    "keras.optimizers.adam_v2": "keras.optimizers.Adam",
    "keras.optimizers.gradient_descent_v2": "keras.optimizers.SGD",
    "keras.optimizers.rmsprop_v2": "keras.optimizers.RMSprop",
    "keras.optimizers.TFOptimizer": "keras.optimizers",
    "keras.constraints.maxnorm": "keras.constraints.max_norm",
    "keras.constraints.nonneg": "keras.constraints.non_neg",
    "keras.constraints.unitnorm": "keras.constraints.unit_norm",
    "keras.losses.cosine_proximity": "keras.losses.cosine_similarity",
    "keras.metrics.fbeta_score": "keras.metrics.FBetaScore",
    "keras.initializers.normal": "keras.initializers.RandomNormal",
    "keras.initializers.uniform": "keras.initializers.RandomUniform",
    "keras.regularizers.l1l2": "keras.regularizers.l1_l2",
    "keras.regularizers.activity_l2": "keras.regularizers.l2",
    "keras.regularizers.WeightRegularizer": "keras.regularizers.L1L2",
    "keras.applications.mobilenet.DepthwiseConv2D": "keras.layers.DepthwiseConv2D",
}
"""What both `keras` and `tensorflow.keras` have lost, and what to look for instead."""

PLAIN = {
    "keras.preprocessing.text": "tensorflow.keras.preprocessing.text, or use keras.layers.TextVectorization",
    "keras.preprocessing.image.ImageDataGenerator": "tensorflow.keras.preprocessing.image, or use keras.utils.image_dataset_from_directory",
    "keras.preprocessing.sequence.TimeseriesGenerator": "tensorflow.keras.preprocessing.sequence, or use keras.utils.timeseries_dataset_from_array",
    "keras.preprocessing.sequence.skipgrams": "tensorflow.keras.preprocessing.sequence",
    "keras.layers.ThresholdedReLU": "keras.layers.ReLU(threshold=...)",
}
"""What only the plain package `keras` has lost."""


SHORT = {
    "mean_squared_error": "mse", "mean_absolute_error": "mae", "mean_absolute_percentage_error": "mape", "mean_squared_logarithmic_error": "msle",
    "kl_divergence": "kld", "log_cosh": "logcosh",
}  # fmt: skip
"""Losses that only plain `keras` has under their long names, and `tensorflow.keras` under short ones."""
LONG = {
    **{short: long for long, short in SHORT.items()}, **{short.upper(): long for long, short in SHORT.items()},
    "kullback_leibler_divergence": "kl_divergence",
}  # fmt: skip


_EAGER = "nothing: TensorFlow 2 works everything out where it stands"
INSTEAD = {
    "tensorflow.contrib": "nothing: most of what was in it is in tensorflow.keras or in TensorFlow Addons",
    "tensorflow.layers": "tensorflow.keras.layers",
    "tensorflow.set_random_seed": "tensorflow.random.set_seed",
    "tensorflow.placeholder": "tensorflow.keras.Input",
    "tensorflow.get_variable": "tensorflow.Variable",
    "tensorflow.enable_eager_execution": _EAGER,
    "tensorflow.Session": _EAGER,
    "tensorflow.InteractiveSession": _EAGER,
    "tensorflow.global_variables_initializer": _EAGER,
    "tensorflow.losses.sparse_softmax_cross_entropy": "tensorflow.keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    "tensorflow.losses.softmax_cross_entropy": "tensorflow.keras.losses.CategoricalCrossentropy(from_logits=True)",
    "tensorflow.losses.sigmoid_cross_entropy": "tensorflow.keras.losses.BinaryCrossentropy(from_logits=True)",
    "tensorflow.losses.huber_loss": "tensorflow.keras.losses.Huber",
    "tensorflow.train.AdadeltaOptimizer": "tensorflow.keras.optimizers.Adadelta",
    "tensorflow.train.AdagradOptimizer": "tensorflow.keras.optimizers.Adagrad",
    "tensorflow.train.AdamOptimizer": "tensorflow.keras.optimizers.Adam",
    "tensorflow.train.FtrlOptimizer": "tensorflow.keras.optimizers.Ftrl",
    "tensorflow.train.GradientDescentOptimizer": "tensorflow.keras.optimizers.SGD",
    "tensorflow.train.MomentumOptimizer": "tensorflow.keras.optimizers.SGD(momentum=...)",
    "tensorflow.train.RMSPropOptimizer": "tensorflow.keras.optimizers.RMSprop",
}
"""What serves a Keras program better than what TensorFlow has kept of its first version."""


def _other_name(spelled: str) -> str | None:
    """What a loss is called in the module that it is taken from in vain."""
    module, _, name = spelled.rpartition(".")
    new = (SHORT if module.startswith("tensorflow.") else LONG).get(name)
    return None if new is None else f"{module}.{new}"


def _lacking(program: Program, spelled: str, error: str) -> str | None:
    """What to say of a name that a module of Keras 3, or TensorFlow 2, doesn't have; None for other names."""
    if not program.lacks(spelled):
        return None
    module, _, name = spelled.rpartition(".")
    new, since = _other_name(spelled), program.since_tensorflow_1(spelled)
    if new is None and (since is not None or spelled in INSTEAD):
        return f"TensorFlow 2 has no `{name}` in `{module}`, so this {error}. {advice(INSTEAD.get(spelled) or since or '')}"
    there = "tensorflow." + spelled if spelled.startswith("keras.") else spelled.removeprefix("tensorflow.")
    if new is None and not program.lacks(there) and there.startswith("tensorflow."):
        new = there
    if new is not None or program.exported_by_keras_2(there) or program.exported_by_keras_2(spelled):
        return f"`{module}` has no `{name}` in Keras 3, so this {error}. {advice(new) if new else 'Nothing has taken its place.'}"
    new = program.likeliest(spelled)  # what is like nothing may have come with a later version
    if new == module:
        return f"`{module}` shows no `{name}`, a module of Keras's own source, so this {error}. Its names are in `{module}` itself."
    return f"`{module}` has no `{name}`, so this {error}. {advice(new)}" if new is not None else None


def lost(spelled: str) -> tuple[str, str] | None:
    """The name that is gone, as the program spells it, and where to look instead."""
    for root in ("tensorflow.compat.v1.", "tensorflow.compat.v2.", "tensorflow.contrib.", "tensorflow.", ""):
        if spelled.startswith(f"{root}keras."):
            break
    else:
        return None
    name = spelled[len(root) :]
    if root == "tensorflow.contrib.":
        return "tensorflow.contrib", f"tensorflow.{name}"
    parts = name.split(".")
    beginnings = [".".join(parts[:n]) for n in range(len(parts), 1, -1)]
    for table in (MOVED, GONE) if root else (MOVED, GONE, PLAIN):
        old = next((beginning for beginning in beginnings if beginning in table), None)
        if old is not None:
            new = table[old]
            return root + old, new.replace("keras.", f"{root}keras.") if root == "tensorflow." else new
    return None


def advice(new: str) -> str:
    """What to write instead, as a sentence."""
    if new.startswith("nothing: "):
        return f"Nothing has taken its place: {new.removeprefix('nothing: ')}."
    return f"Use {new}."


def _there(program: Program, root: str, name: str) -> bool:
    """Does Keras 3 have a name, under `tensorflow.keras` at least where that is asked for?"""
    if lost(root + name) is not None or program.lacks(root + name):
        return False
    return program.exports(name) or (root != "" and (lost(name) is not None or program.lacks(name)))


def _not_moved(program: Program, spelled: str, old: str) -> str | None:
    """What to say of a member of a module that has not moved with the others; None for all other names."""
    plain = old.removeprefix("tensorflow.")
    root = "tensorflow." if old != plain else ""
    new, name = MOVED.get(plain), spelled.removeprefix(old).removeprefix(".")
    if new is None or not name or "." in name or _there(program, root, f"{new}.{name}"):
        return None
    found = lost(f"{root}{new}.{name}")
    if found is not None:
        return advice(found[1])
    other = _other_name(f"{root}{new}.{name}")
    if other is not None:
        return advice(other)
    return f"Its names are in {root}{new} now, but not `{name}`, which Keras 3 doesn't have."


LEGACY = ("keras.preprocessing.text", "keras.preprocessing.image", "keras.preprocessing.sequence")
"""Modules that only `tensorflow.keras` still has in full."""


def moved(program: Program, place: Place, old: str) -> Edit | None:
    """The edit that takes `from old import ...` to the module that has the names now, if it has all of them."""
    statement = place.node if isinstance(place.node, ast.ImportFrom) else parent(program, place.node)
    if not isinstance(statement, ast.ImportFrom) or statement.module is None:
        return None
    plain, module = old.removeprefix("tensorflow."), statement.module
    root = "tensorflow." if old != plain else ""
    whole = Place(place.tree, statement)
    if plain == "keras.utils.np_utils" and module == f"{root}keras.utils" and len(statement.names) == 1:
        name = statement.names[0].asname or "np_utils"
        return replace(whole, f"from {root}keras import utils as {name}")
    if plain == old and module in LEGACY and old.startswith(module):
        target = f"tensorflow.{module}"
    elif (
        module == old
        and plain in MOVED
        and all(name.name == "*" or _there(program, root, f"{MOVED[plain]}.{name.name}") for name in statement.names)
    ):
        target = root + MOVED[plain]
    else:
        return None
    return replace(whole, re.sub(rf"^from(\s+){re.escape(module)}\b", rf"from\1{target}", whole.text))


def _written(edit: Edit | None) -> Fix | None:
    """The fix, which says what it writes."""
    if edit is None:
        return None
    short = edit.content if len(edit.content) < 60 else f"{edit.content.partition(' import')[0]} import ..."
    return safe_fix(f"Write `{short}`.", edit)


@check("MIG003", "removed-import", Severity.ERROR)
def removed_import(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    imported: set[str] = set()
    missed: set[str] = set()
    for item in program.imports:
        found = lost(item.spelled) if not item.guarded else None
        imported.add(item.spelled)
        lacking = program.first_lacking(item.spelled) if found is None and not item.guarded else None
        module = _only_shown(program, item) if found is None and not item.guarded else None
        if module is not None:
            gone = program.has_not(item.spelled.replace(module, "tensorflow.keras", 1))
            instead = "Leave it out, for Keras 3 has no such thing" if gone else "Import it from tensorflow.keras"
            yield Finding(
                item.place,
                f"TensorFlow shows `{module}`, but has no module of this name, so that this import fails. {instead}.",
                key=(module, id(_statement(program, item))),
            )
        if lacking is not None and program.spelled_right(item.name) is None:
            told = _lacking(program, lacking, "import fails")
            missed.add(lacking)
            if told is not None:
                key = _of_one_mistake(program, lacking, item.place)
                yield Finding(item.place, told, fix=_named(item.place, item.spelled), key=key)
        if found is not None:
            old, new = found
            yield Finding(
                item.place,
                f"`{old}` is gone in Keras 3, so this import fails. {_not_moved(program, item.spelled, old) or advice(new)}",
                fix=_written(moved(program, item.place, old)),
                key=(
                    old,
                    id(
                        item.place.node
                        if isinstance(item.place.node, ast.ImportFrom)
                        else parent(program, item.place.node)
                    ),
                ),
            )
    functions = [call.place.node.func for call in program.calls if isinstance(call.place.node, ast.Call)]
    called, within = {id(function) for function in functions}, {id(part) for f in functions for part in _dotted(f)}
    for name in program.lacking:
        found = lost(name.spelled)
        node = id(name.place.node)
        if (
            name.guarded
            or not (name.hidden or program.lacks(name.spelled))
            or (found is not None and node in within)
            or (node in called and program.spelled_right(name.name))
        ):
            continue
        if name.spelled in missed:  # the program ends where it is imported
            continue
        if name.hidden:
            yield _hidden(program, name.place)
            continue
        told = _gone(*found) if found is not None else _lacking(program, name.spelled, "raises AttributeError")
        if told is not None:
            key = _of_one_mistake(program, name.spelled, name.place)
            yield Finding(name.place, told, fix=_named(name.place, name.spelled), key=key)
    for call in program.calls:
        found = lost(call.spelled) if call.spelled and not call.caught else None
        if found is not None and not any(
            call.spelled == s or call.spelled.startswith(s + ".") for s in imported if lost(s)
        ):
            old, new = found
            yield Finding(call.place, _gone(old, new), key=call.place.node)


def _only_shown(program: Program, item: Import) -> str | None:
    """The name under which TensorFlow has Keras as an attribute, where something is imported from it as from a module."""
    statement = _statement(program, item)
    path = statement.module if isinstance(statement, ast.ImportFrom) else item.spelled
    return next((name for name in ONLY_SHOWN if path and (path == name or path.startswith(f"{name}."))), None)


def _statement(program: Program, item: Import) -> ast.AST | None:
    node: ast.AST = item.place.node
    return node if isinstance(node, (ast.Import, ast.ImportFrom)) else parent(program, node)


def _dotted(node: ast.expr) -> Iterator[ast.expr]:
    """`a.b.c` and what it begins with: `a.b`, `a`."""
    yield node
    while isinstance(node, ast.Attribute):
        node = node.value
        yield node


def _of_one_mistake(program: Program, lacking: str, place: Place) -> object:
    """What says that two findings are one: a name of TensorFlow 1 is told once, each other name wherever it is read."""
    return lacking if lacking in INSTEAD or program.since_tensorflow_1(lacking) else place.node


ONLY_SHOWN = ("tensorflow.compat.v1.keras", "tensorflow.compat.v2.keras", "tensorflow._api.v2.keras")
"""Attributes of TensorFlow that are no modules since Keras is a package of its own."""

IN_MODELS = ("load_model", "save_model")
IN_UTILS = (
    "register_keras_serializable", "CustomObjectScope", "custom_object_scope", "get_custom_objects", "get_registered_name",
    "get_registered_object", "serialize_keras_object", "deserialize_keras_object",
)  # fmt: skip
"""What of `tf.keras.saving` is in other modules as well."""


def _hidden(program: Program, place: Place) -> Finding:
    """`tf.keras.saving.load_model`"""
    reader = parent(program, place.node)
    name = reader.attr if isinstance(reader, ast.Attribute) else ""
    module = "models" if name in IN_MODELS else "utils" if name in IN_UTILS else None
    holder = place.text.removesuffix(".saving")
    return Finding(
        place,
        f"`{holder}` doesn't show its module `saving` in Keras 3 before something imports it, so this raises AttributeError. "
        + (
            f"Use {holder}.{module}.{name}."
            if module
            else "Use keras.saving, or write `from tensorflow.keras import saving`."
        ),
        fix=safe_fix(f"Write `{module}`.", rename_attribute(place, "saving", module)) if module else None,
        key=place.node,
    )


def _gone(old: str, new: str) -> str:
    return f"`{old}` is gone in Keras 3, so this raises AttributeError. {advice(new)}"


def _named(place: Place, spelled: str) -> Fix | None:
    """The fix of a loss under its other name, where that is read or imported."""
    old, new = spelled.rpartition(".")[2], (_other_name(spelled) or "").rpartition(".")[2]
    node = place.node
    if not new:
        return None
    if isinstance(node, ast.Attribute):
        return safe_fix(f"Write `{new}`.", rename_attribute(place, old, new))
    if isinstance(node, ast.alias) and node.name == old:
        return safe_fix(f"Import `{new}` under this name.", replace(place, f"{new} as {node.asname or old}"))
    return None
