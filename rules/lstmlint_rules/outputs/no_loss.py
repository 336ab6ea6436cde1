"""A model is trained that was compiled without a loss, or with a metric for one.

What it does: finds fit and evaluate on a model that was compiled without a loss, where no layer adds one, and training with an
object of keras.metrics for the loss.

Why is this bad: there is nothing to minimise, and Keras raises in the first batch. A metric keeps its result in a variable, through
which no gradients flow.

Example:

    model.compile(optimizer="adam")
    model.fit(X, y)

Use instead:

    model.compile(optimizer="adam", loss="mse")

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam")
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = Dense(1)
    def call(self, x):
        return self.out(x)
model = Net()
model.compile("adam", metrics=["mae"])
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", loss=keras.metrics.RootMeanSquaredError())
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x, y = np.zeros((8, 4)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", keras.metrics.mean_squared_error, metrics=[keras.metrics.RootMeanSquaredError()])
model.fit(x, y, verbose=0)
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = Dense(1)
    def call(self, x):
        y = self.out(x)
        self.add_loss(keras.ops.mean(y))
        return y
net = Net()
net.compile("adam")
net.fit(x, y, verbose=0)
regularized = keras.Sequential([keras.Input((4,)), Dense(1, kernel_regularizer="l2")])
regularized.compile("adam", keras.metrics.MeanSquaredError())
regularized.fit(x, y, verbose=0)
""",
]


@claim("OUT023", "no-loss", Severity.ERROR, kinds=("no-loss", "metric-for-loss"), specificity=0)
def no_loss(fault: Fault, program: Program) -> Finding | None:
    use = fault.details["use"]
    if fault.kind == "metric-for-loss":
        metric, name = fault.details["metric"], fault.details["instead"]
        instead = f'loss="{name}"' if name is not None else "a loss"
        return Finding(
            fault.blamed[0] if fault.blamed else fault.place,
            f"`{metric}` is a metric: it only measures and gives no gradients, so that `{use.method}` raises. Give compile {instead}, and the metric in "
            "metrics=[...].",
            related=(("Keras raises here", fault.place),),
            key=fault.place.node,
        )
    return Finding(
        fault.place,
        f"The model was compiled without a loss, so that `{use.method}` has nothing to minimise. Give compile a loss, for instance "
        'loss="mse" for numbers or "sparse_categorical_crossentropy" for labels.',
        related=(("the model is compiled here", use.compile.place),) if use.compile is not None else (),
        key=fault.place.node,
    )
