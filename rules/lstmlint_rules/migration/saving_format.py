"""A file name that Keras 3 doesn't save to or load from.

What it does: reads the endings of file names given to `save`, `save_weights`, `load_model`, `load_weights` and
ModelCheckpoint, where they are known, and finds keywords of `save` that belong to the SavedModel format (`signatures`, `options`, `save_traces`).

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
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Object

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
]


WHOLE = (".keras", ".h5", ".hdf5")
TAKEN = ("model", "filepath", "overwrite", "zipped", "include_optimizer", "save_format")
"""The keywords with which Keras 3 saves a model; two of them only for the sake of old programs."""


def advice(method: str, path: str, weights_only: Any) -> tuple[str, str] | None:
    """(what is needed, a better name) where Keras refuses the name."""
    stem = re.sub(r"\.(h5|hdf5|keras|tf|ckpt|model|pb|weights)$", "", path)
    if method in ("save", "save_model"):
        return None if path.endswith(WHOLE) else ("a model's file ends in .keras", f"{path.rstrip('/')}.keras")
    if method == "save_weights":
        return (
            None
            if path.endswith((".weights.h5", ".weights.json"))
            else ("a file of weights ends in .weights.h5", f"{stem}.weights.h5")
        )
    if method == "load_weights":
        known = path.endswith((*WHOLE, ".weights.json")) or "://" in path
        return (
            None
            if known
            else ("weights are loaded from a file that ends in .weights.h5, .h5 or .keras", f"{stem}.weights.h5")
        )
    if method == "load_model":
        known = path.endswith((*WHOLE, ".zip")) or "://" in path
        return None if known else ("a model is loaded from a .keras or .h5 file", f"{path.rstrip('/')}.keras")
    if method == "ModelCheckpoint" and weights_only is True:
        return (
            None
            if path.endswith(".weights.h5")
            else ("with save_weights_only=True the name ends in .weights.h5", f"{stem}.weights.h5")
        )
    if method == "ModelCheckpoint" and weights_only is False:
        return None if path.endswith((".keras", ".h5")) else ("a model's file ends in .keras", f"{stem}.keras")
    return None


@check("MIG009", "saving-format", Severity.ERROR)
def saving_format(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
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
        at = 1 if method == "save_model" else 0
        path = call.args[at] if len(call.args) > at else call.kwargs.get("filepath")
        place = call.arg_places[at] if len(call.arg_places) > at else call.kwarg_places.get("filepath")
        weights_only: Any = call.kwargs.get("save_weights_only", call.args[4] if len(call.args) > 4 else False)
        found = advice(method, str(path), weights_only) if isinstance(path, str) and path else None
        if found is None or not isinstance(path, str):
            old = next((name for name in call.kwargs if name not in TAKEN), None)
            if old is not None and method in ("save", "save_model"):
                told = f"`{method}` has no argument `{old}` in Keras 3, which refuses it. Leave it out; model.export writes a SavedModel."
                yield Finding(call.kwarg_places.get(old) or call.place, told, key=call.place.node)
            continue
        needed, better = found
        yield Finding(
            place or call.place,
            f'Keras 3 refuses the name "{path}": {needed}. Write "{better}"'
            + (", or model.export for a SavedModel." if method == "save" and "." not in path else "."),
            fix=unsafe_fix(f'Write "{better}".', _literal(place, path, better)),
            key=call.place.node,
        )


def _literal(place: Place | None, path: str, better: str) -> Edit | None:
    """The edit of the name where it is written as one plain string; None where it is put together."""
    if place is None or not isinstance(place.node, ast.Constant) or place.text[1:-1] != path:
        return None
    return replace(place, f"{place.text[0]}{better}{place.text[0]}")
