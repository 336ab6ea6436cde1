"""A file name that Keras 3 doesn't save to or load from.

What it does: reads the endings of file names given to `save`, `save_weights`, `load_model`, `load_weights` and
ModelCheckpoint, where they are known or `tf.train.latest_checkpoint` gives them, and finds keywords that belong to the SavedModel format (`signatures`,
`options`, `save_traces`) or to Keras 2 (`save_format` of `save_weights`). Of a name that is put together the end may be known alone, `f"{run}_model"`.

Why is this bad: Keras raises: a model is saved as .keras (or .h5), weights as .weights.h5; checkpoints of TensorFlow aren't read. Folders in TensorFlow's
SavedModel format are written by `model.export`.

Example:

    model.save("model")

Use instead:

    model.save("model.keras")

Fix safety: unsafe. What reads the file elsewhere has to use the new name too.

References: https://keras.io/guides/serialization_and_saving/
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from lstmlint.diagnostic import Edit
from lstmlint.edits import replace, unsafe_fix
from lstmlint.places import Place
from lstmlint.program import LibraryCall, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Object, Unknown, ends_of, is_known

from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.save("model")
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.save_weights("weights.h5")
""",
    """
import keras
callback = keras.callbacks.ModelCheckpoint("best.hdf5")
""",
    """
import keras
import tensorflow as tf
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.load_weights(tf.train.latest_checkpoint("./training_checkpoints"))
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save_weights("my_model.weights.h5")
model.load_weights("my_model")
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
keras.models.save_model(model, "model.keras", signatures=None)
""",
    """
import keras
class Checkpoint(keras.callbacks.ModelCheckpoint):
    def note(self):
        return 1
callback = Checkpoint(filepath="best.hdf5", save_best_only=True)
""",
    """
import keras, time
run = time.strftime("%H%M%S")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save_weights(f"{run}_weights.h5")
""",
    """
import keras, os, time
name = time.strftime("%H%M%S") + "_lstm"
callback = keras.callbacks.ModelCheckpoint(os.path.join("results", name + ".h5"), save_weights_only=True)
""",
    """
import keras, tempfile
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save("{}/model".format(tempfile.mkdtemp()))
""",
    """
import keras, os, tempfile
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save(os.path.join(tempfile.gettempdir(), str(1)), save_format="tf")
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save_weights("model.weights.h5", save_format="h5")
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
keras.saving.save_weights(model, "model.h5")
""",
    """
import keras, time
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save("%s/best.%s-tf" % (time.time(), "model"))
""",
]
GOOD = [
    """
import keras
callback = keras.callbacks.ModelCheckpoint("best.keras")
""",
    """
import keras
callback = keras.callbacks.ModelCheckpoint("best.weights.h5", save_weights_only=True)
""",
    """
import keras
class Checkpoint(keras.callbacks.ModelCheckpoint):
    def __init__(self, stem, **kwargs):
        super().__init__(f"{stem}.keras", **kwargs)
class Weights(keras.callbacks.ModelCheckpoint):
    def __init__(self, path):
        super().__init__(path, save_weights_only=True)
callbacks = Checkpoint("best"), Weights("best.weights.h5")
""",
    """
import keras, os, sys, tempfile
folder = tempfile.mkdtemp()
kind = os.path.basename(sys.executable)[:0] + ".weights"
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save_weights(f"{folder}/model{kind}.h5")
model.save_weights("%s/100%%%s.h5" % (folder, kind))
model.save(f"{folder}/{kind}.keras", save_format="tf")
model.save("{}/{{}}.keras".format(folder))
model.save("/".join([folder, "model.h5"]), save_format="tf")
""",
    """
import keras, os, re, tempfile
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
def save_in(folder):
    first, second, third, fourth = (f"{folder}/{n}" for n in ("first", "second", "third", "fourth"))
    if not first.endswith(".keras"):
        first += ".keras"
    model.save(first)
    if ".keras" not in second:
        second += ".keras"
    model.save(second)
    if os.path.splitext(third)[1] == "":
        third += ".keras"
    model.save(third)
    if not re.search("keras$", fourth):
        fourth += ".keras"
    model.save(fourth)
save_in(tempfile.mkdtemp())
""",
    """
import keras
import tensorflow as tf
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
latest = tf.train.latest_checkpoint("./training_checkpoints")
tf.train.Checkpoint(model=model).restore(latest)
""",
    """
import keras, os, tempfile
folder = os.path.join(tempfile.mkdtemp(), "model")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.save(folder, zipped=False)
model.save(folder + "2", True, False)
keras.models.load_model(folder)
""",
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
keras.saving.save_weights(model, "model.weights.h5", objects_to_skip=[model.layers[0]])
keras.saving.load_weights(model=model, filepath="model.weights.h5", objects_to_skip=[model.layers[0]])
""",
]


WHOLE = (".keras", ".h5", ".hdf5")
TAKEN = {
    "save": ("filepath", "overwrite", "zipped", "include_optimizer", "save_format"),
    "save_model": ("model", "filepath", "overwrite", "zipped", "include_optimizer", "save_format"),
    "save_weights": ("filepath", "overwrite", "max_shard_size"),
    "load_weights": ("filepath", "skip_mismatch", "objects_to_skip", "by_name"),
}
"""The keywords with which Keras 3 saves and loads; some of them only for the sake of old programs."""
OF_FUNCTIONS = {"save_weights": ("model", "objects_to_skip"), "load_weights": ("model",)}
"""Those that only the functions of keras.saving take, whose first argument is the model."""
ENDINGS = {
    "save": WHOLE,
    "save_model": WHOLE,
    "save_weights": (".weights.h5", ".weights.json"),
    "load_weights": (*WHOLE, ".weights.json"),
    "load_model": (*WHOLE, ".zip"),
}
NEEDED = {
    "save": "a model's file ends in .keras",
    "save_model": "a model's file ends in .keras",
    "save_weights": "a file of weights ends in .weights.h5",
    "load_weights": "weights are loaded from a file that ends in .weights.h5, .h5 or .keras",
    "load_model": "a model is loaded from a .keras or .h5 file",
}


def advice(method: str, end: str, weights_only: Any, whole: bool) -> tuple[str, str] | None:
    """(what is needed, a better name) where Keras refuses every name of this end, which may be the `whole` name."""
    endings, needed = ENDINGS.get(method), NEEDED.get(method)
    if method == "ModelCheckpoint" and weights_only is True:
        endings, needed = (".weights.h5",), "with save_weights_only=True the name ends in .weights.h5"
    elif method == "ModelCheckpoint" and weights_only is False:
        endings, needed = (".keras", ".h5"), "a model's file ends in .keras"
    if endings is None or needed is None or end.endswith(endings):
        return None
    if method.startswith("load_") and (not whole or "://" in end):  # what is loaded may be a folder, somewhere else
        return None
    if not whole and any(ending.endswith(end) for ending in endings):
        return None
    if ".weights" not in endings[0] and method != "load_weights":
        return needed, f"{_stem(end) if method == 'ModelCheckpoint' else end.rstrip('/')}.keras"
    stem = re.sub(r"[_-]weights$", "", _stem(end))
    return needed, f"{stem or ('model' if whole else '')}.weights.h5"


def _stem(name: str) -> str:
    return re.sub(r"\.(h5|hdf5|keras|tf|ckpt|model|pb|weights)$", "", name)


@check("MIG009", "saving-format", Severity.ERROR)
def saving_format(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    folders = any(call.name == "keras.callbacks.OrbaxCheckpoint" or "zipped" in call.kwargs for call in program.calls)
    for call in program.calls:
        owner, _, method = call.name.removesuffix(".__init__").rpartition(".")
        if (
            call.caught
            or call.refused is not None
            or method not in ("save", "save_model", "save_weights", "load_model", "load_weights", "ModelCheckpoint")
        ):
            continue
        if owner not in ("keras.Model", "keras.models", "keras.saving", "keras.callbacks"):
            continue
        if call.name.endswith("__init__"):  # of a class of the user's own
            given = call.receiver.arguments if isinstance(call.receiver, Object) else None
            if given is None or given.open:
                continue
        function = owner == "keras.saving" and method in OF_FUNCTIONS
        at = 1 if method == "save_model" or function else 0
        path = call.args[at] if len(call.args) > at else call.kwargs.get("filepath")
        place = call.arg_places[at] if len(call.arg_places) > at else call.kwarg_places.get("filepath")
        weights_only: Any = call.kwargs.get("save_weights_only", call.args[4] if len(call.args) > 4 else False)
        whole = isinstance(path, str)
        begin, end = ends_of([path])
        found = advice(method, end, weights_only, whole) if end else None
        if _anywhere(call, method, at, begin) or (folders and method.startswith("load_")):
            found = None
        if found is not None and not whole:
            instead = f'Let it end in "{found[1]}"'
        else:
            instead = f'Write "{found[1]}"' if found is not None else ""
        if method.startswith("load_") and _checkpoint(path):
            yield Finding(
                place or call.place,
                "Keras 3 doesn't read TensorFlow's checkpoints, whose names `tf.train.latest_checkpoint` gives. "
                f"Save with {'save_weights' if method == 'load_weights' else 'save'} to a name that ends in "
                f"{'.weights.h5' if method == 'load_weights' else '.keras'} and load that, or restore it with tf.train.Checkpoint.",
                key=call.place.node,
            )
            continue
        taken = TAKEN.get(method, tuple(call.kwargs)) + (OF_FUNCTIONS[method] if function else ())
        old = next((name for name in call.kwargs if name not in taken), None)
        if old is not None and (found is None or method not in ("save", "save_model")):
            told = f"`{method}` has no argument `{old}` in Keras 3, which refuses it. Leave it out"
            if method in ("save", "save_model"):
                told += "; model.export writes a SavedModel"
            elif instead:
                told += f". {instead} for the name"
            yield Finding(call.kwarg_places.get(old) or call.place, f"{told}.", key=call.place.node)
        elif found is not None:
            needed, better = found
            name = f'the name "{end}"' if whole else f'a name that ends in "{end}"'
            yield Finding(
                place or call.place,
                f"Keras 3 refuses {name}: {needed}. {instead}"
                + (", or use model.export for a SavedModel." if method == "save" and "." not in end else "."),
                fix=unsafe_fix(f'Write "{better}".', _literal(place, end, better)) if whole else None,
                key=call.place.node,
            )


def _checkpoint(path: Any) -> bool:
    """Is this what `tf.train.latest_checkpoint` has given?"""
    return isinstance(path, Unknown) and isinstance(path.key, tuple) and path.key[0] == "checkpoint of TensorFlow"


def _anywhere(call: LibraryCall, method: str, at: int, begin: str) -> bool:
    """Is a model saved in a folder, or at Hugging Face, whose names end as they like? With `save_format` Keras doesn't get so far."""
    if method not in ("save", "save_model"):
        return False
    zipped = call.args[at + 2] if len(call.args) > at + 2 else call.kwargs.get("zipped")
    wanted = call.kwargs.get("save_format")
    if is_known(wanted) and wanted:
        return False
    return begin.startswith("hf://") or (zipped is not None and zipped is not True)


def _literal(place: Place | None, path: str, better: str) -> Edit | None:
    """The edit of the name where it is written as one plain string; None where it is put together."""
    if place is None or not isinstance(place.node, ast.Constant) or place.text[1:-1] != path:
        return None
    return replace(place, f"{place.text[0]}{better}{place.text[0]}")
