"""The number of epochs, of steps or of samples in a batch is no whole number.

What it does: finds floats, strings, lists and arrays for `epochs`, `batch_size`, `steps_per_epoch`, `steps` and
`validation_steps`. An array is mostly the targets, which `predict` doesn't take.

Why is this bad: Keras 3 raises TypeError when it begins to count. In Python 3, `/` gives a float even where it divides
exactly.

Example:

    model.fit(X, y, batch_size=64 / 2)

Use instead:

    model.fit(X, y, batch_size=64 // 2)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, ModelObject, flatten

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), batch_size=4 / 2)
""",
    """
import keras
import numpy as np
series, size = np.zeros((60, 2)), 16
windows = keras.utils.timeseries_dataset_from_array(series[:-5], series[5:, 0], 5, batch_size=size / 2)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), epochs=2.0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
def batches():
    while True:
        yield np.ones((4, 3)), np.ones((4, 1))
model.fit(batches(), steps_per_epoch=40 / 4)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.predict(np.ones((4, 3)), np.ones((4, 1)))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), epochs="3")
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), batch_size=4 // 2, verbose=0)
""",
]


@claim("API029", "epochs-not-an-integer", Severity.ERROR, kinds=("count",), specificity=10)
def epochs_not_an_integer(fault: Fault, program: Program) -> Finding | None:
    name, method, value = fault.details["argument"], fault.details["method"], fault.details["value"]
    raised = f"{method} raises {'ValueError' if isinstance(value, int) else 'TypeError'} for it"
    if method == "predict" and name == "batch_size" and isinstance(value, Array):
        told = (
            f"predict takes no targets: its second argument is `batch_size`, which {fault.got} can't be. Leave it out."
        )
    elif method == "fit" and name == "batch_size" and isinstance(value, Array):
        inputs = len(flatten(fault.subject.inputs)) if isinstance(fault.subject, ModelObject) else 1
        told = f"fit takes x, y, batch_size in this order, so that {fault.got} is taken for the size of a batch. " + (
            f"Give the model's {inputs} inputs as one list: fit([a, b], y)."
            if inputs > 1
            else "Leave it out, or name what it is."
        )
    elif fault.got.endswith(("float", f"float {value}")):
        told = f"`{name}` is {fault.got}, and {raised}. Write `//` to divide, or wrap it in int(...)."
    elif isinstance(value, str):
        told = f"`{name}` is {fault.got}, and {raised}. Make a number of it: int(...)."
    else:
        told = f"`{name}` is {fault.got}, and {raised}. It must be a whole number."
    return Finding(fault.blamed[0] if fault.blamed else fault.place, told, key=fault.place.node)
