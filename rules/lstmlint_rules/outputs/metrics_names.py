"""The names of single metrics are looked for in `metrics_names`.

What it does: looks where `model.metrics_names` is asked for a metric: by an index, by `index("mae")`, or as the keys of what
`evaluate` gives, `dict(zip(model.metrics_names, model.evaluate(X, y)))["mae"]`.

Why is this bad: in Keras 3 all metrics of `compile` are one, and `metrics_names` is ["loss", "compile_metrics"]: KeyError,
ValueError or IndexError. With a single metric, `zip` gives its value the name "compile_metrics"; with more, it drops the rest.

Example:

    scores = dict(zip(model.metrics_names, model.evaluate(X, y)))
    print(scores["mae"])

Use instead:

    scores = model.evaluate(X, y, return_dict=True)
    print(scores["mae"])

References: https://keras.io/api/models/model_training_apis/#evaluate-method
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import DictValue, ListValue

_HEAD = """
import keras
import numpy as np
X, y = np.zeros((8, 4)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae", "mape"])
model.fit(X, y, verbose=0)
"""
BAD = [
    _HEAD + "scores = dict(zip(model.metrics_names, model.evaluate(X, y, verbose=0)))\nprint(scores['mae'])\n",
    _HEAD + "print(model.metrics_names[2])\n",
    _HEAD + "print(model.evaluate(X, y, verbose=0)[model.metrics_names.index('mape')])\n",
]
GOOD = [
    _HEAD + "scores = model.evaluate(X, y, verbose=0, return_dict=True)\nprint(scores['mae'])\n",
    _HEAD
    + "scores = dict(zip(model.metrics_names, model.evaluate(X, y, verbose=0)))\nprint(scores['loss'], model.metrics_names[1])\n",
]
_ONE = "compile_metrics"


@claim("OUT032", "metrics-names", Severity.ERROR, kinds=("python-exception",), specificity=10)
def metrics_names(fault: Fault, program: Program) -> Finding | None:
    receiver, listed = fault.details.get("receiver"), fault.details.get("value")
    names = [str(name) for name in receiver.entries] if isinstance(receiver, DictValue) else []
    if names == ["loss", _ONE]:
        told = f"This dict of `metrics_names` has no {fault.details.get('key')!r}"
    elif isinstance(listed, ListValue) and listed.lists is not None and listed.lists[0] == "metrics_names":
        names = [str(name) for name in listed.items]
        wanted = f"[{fault.details['index']}]" if "index" in fault.details else repr(fault.details.get("item"))
        told = f"`metrics_names` has no {wanted}"
    else:
        return None
    exception = fault.message.partition(":")[0]
    why = (
        "the metrics of compile are one in Keras 3, and no names of their own"
        if _ONE in names
        else "there are no metrics"
    )
    return Finding(
        fault.place,
        f"{told}, and Python raises {exception}: it is {names}, because {why}. Use evaluate(..., return_dict=True), which gives them by "
        "their names.",
        key=fault.place.node,
    )
