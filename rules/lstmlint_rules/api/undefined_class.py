"""A class of Keras is used that nothing has imported.

What it does: finds calls of names that nobody defines or imports, where Keras has a class that is called so or nearly so:
`Dense` without its import, `Sequential` where only `keras.layers` was imported with a star, `Droput`, `dense`; and, in the methods of layers
and models, names of their own attributes without `self`. Files with star imports from elsewhere, with `exec` or `globals()`, and notebooks,
whose cells may have been changed, are left alone.

Why is this bad: Python raises NameError.

Example:

    from keras.layers import *
    model = Sequential([LSTM(32), Dense(1)])

Use instead:

    from keras.layers import *
    from keras.models import Sequential
    model = Sequential([LSTM(32), Dense(1)])

References: https://keras.io/api/
"""

from __future__ import annotations

from pathlib import Path

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject

BAD = [
    """
from keras.layers import LSTM
from keras.models import Sequential
model = Sequential()
model.add(Dense(1))
""",
    """
from tensorflow.keras.layers import *
model = Sequential([Input((5, 3)), LSTM(4)])
""",
    """
from keras.layers import *
from keras.models import *
model = Sequential([Input((5, 3)), Lstm(4), Droput(0.2)])
""",
    """
from keras.layers import LSTM, Dense
from keras.models import Sequential
model = Sequential()
model.add(LSTM(8))
model.add(dense(1))
""",
    """
from keras.layers import LSTM, Dense
from keras.models import Sequential
model = Sequential([LSTM(8), Dence(1)])
""",
    """
import keras
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = keras.layers.Dense(1)
    def call(self, x):
        return out(x)
y = Net()(keras.Input((3,)))
""",
]
GOOD = [
    """
from keras.layers import *
from keras.models import *
model = Sequential([Input((5, 3)), LSTM(4), Dropout(0.2)])
""",
    """
import keras
for name in ("Dense", "LSTM"):
    globals()[name] = getattr(keras.layers, name)
layer = Dense(3)
""",
    """
import keras
def Dense(units, Activation=None):
    return keras.layers.Dense(units)
layer = Dense(3)
""",
    """
import keras
try:
    layer = Dense(3)
except NameError:
    layer = keras.layers.Dense(3)
""",
]


@claim("API033", "undefined-class", Severity.ERROR, kinds=("undefined-name",), specificity=0)
def undefined_class(fault: Fault, program: Program) -> Finding | None:
    name, stars = str(fault.details["name"]), fault.details["stars"]
    receiver = fault.details["receiver"]
    if isinstance(receiver, LayerObject) and receiver.user_class is not None:
        if name in receiver.attributes or receiver.user_class.defines(name):
            told = f"`{name}` is not defined, so that Python raises NameError. What the object has of this name is `self.{name}`."
            return Finding(fault.place, told, key=("undefined-class", name))
    found = program.classes_called(name)
    if not found or (stars and program.keras_major < 3):  # Keras 2's modules bring more by a star than they show
        return None
    full = _most_like(found, stars)
    module, _, right = full.rpartition(".")
    if any(item.spelled.startswith("tensorflow.") for item in program.imports):
        module = f"tensorflow.{module}"
    there = fault.place.tree
    known = full.rpartition(".")[0] in stars or any(i.alias == right and i.place.tree is there for i in program.imports)
    where, here = ("", "") if there is program.tree else (f" in {Path(fault.place.span.path).name}", " there")
    advice = f"Write {right}." if known else f"Import it{here}: from {module} import {right}."
    return Finding(
        fault.place,
        f"`{name}` is neither defined nor imported{where}, so that Python raises NameError. {advice}",
        key=("undefined-class", name),  # forgotten once, missed wherever it is used
    )


def _most_like(names: tuple[str, ...], stars: tuple[str, ...]) -> str:
    """Of several public names one whose module was imported with a star, or that of the module in which people look."""
    own = [name for name in names if name.rpartition(".")[0] in stars]
    if own:
        return own[0]
    usual = [
        n for n in names if n.startswith(("keras.layers.", "keras.models.", "keras.optimizers.", "keras.callbacks."))
    ]
    return (usual or list(names))[0]
