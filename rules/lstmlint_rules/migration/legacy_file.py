"""A model with string losses is saved as .h5 and loaded again.

What it does: finds `load_model` of a .h5 file that the same program saves, compiled with the loss "mse", "mae" or
another one by its short name.

Why is this bad: Keras 3 can't find these functions when it reads the old format: "Could not deserialize
'keras.metrics.mse'".

Example:

    model.compile("adam", "mse")
    model.save("model.h5")
    model = load_model("model.h5")

Use instead:

    model.compile("adam", "mse")
    model.save("model.keras")
    model = load_model("model.keras")

References: https://keras.io/guides/serialization_and_saving/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    ModelObject,
    flatten,
)

from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.save("/tmp/legacy_file_example.h5")
again = keras.models.load_model("/tmp/legacy_file_example.h5")
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.save("/tmp/legacy_file_example.keras")
again = keras.models.load_model("/tmp/legacy_file_example.keras")
""",
]


SHORT = ("mse", "mae", "mape", "msle")


@check("MIG014", "legacy-file", Severity.ERROR)
def legacy_file(program: Program) -> Iterator[Finding]:
    for way in program.ways:
        saved = {
            str(c.args[0]): c
            for c in way.calls
            if c.name == "keras.Model.save"
            and c.args
            and isinstance(c.args[0], str)
            and str(c.args[0]).endswith((".h5", ".hdf5"))
        }
        for call in way.calls:
            path = call.args[0] if call.name == "keras.models.load_model" and call.args else None
            if not isinstance(path, str) or path not in saved or call.kwargs.get("compile") is False:
                continue
            model = saved[str(path)].receiver
            made = model.compiled if isinstance(model, ModelObject) else None
            names = [v for v in flatten(made.loss) if isinstance(v, str)] if made is not None else []
            short = next((n for n in names if n in SHORT), None)
            if short is not None and keras3(program):
                yield Finding(
                    call.place,
                    f'This file was saved with "{short}", which Keras 3 can\'t find again in a .h5 file. Save the model as .keras, or load it with '
                    f"compile=False.",
                    related=(("the model is saved here", saved[str(path)].place),),
                )
