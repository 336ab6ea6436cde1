"""A loss weight under a name that is no output's.

What it does: compares the keys of a dict of `loss_weights` with the names of the model's outputs, where Keras 3 says nothing.

Why is this bad: Keras 3 forgets such a weight, or gives the weights to the losses in the order of their sorted keys, whatever
they are called: another output may be weighed than is written.

Example:

    model = keras.Model(x, {"price": price, "trend": trend})
    model.compile("adam", loss={"price": "mse", "trend": "mse"}, loss_weights={"price": 1.0, "direction": 3.0})

Use instead:

    model.compile("adam", loss={"price": "mse", "trend": "mse"}, loss_weights={"price": 1.0, "trend": 3.0})

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Compile, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import DictValue, ListValue, Tensor, Unknown, flatten

from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, {"price": Dense(1)(x), "trend": Dense(1)(x)})
model.compile("adam", loss={"price": "mse", "trend": "mse"}, loss_weights={"price": 1.0, "direction": 3.0})
""",
    """
import keras
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="price")(x), Dense(1, name="trend")(x)])
model.compile("adam", loss={"price": "mse", "trend": "mse"}, loss_weights={"price": 1.0, "trend": 2.0, "direction": 3.0})
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, {"price": Dense(1)(x), "trend": Dense(1)(x)})
model.compile("adam", loss={"price": "mse", "trend": "mse"}, loss_weights={"price": 1.0, "trend": 3.0})
""",
    """
import keras
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="price")(x), Dense(1, name="trend")(x)])
model.compile("adam", loss=["mse", "mse"], loss_weights={"trend": 1.0, "price": 3.0})
""",
]


@check("OUT028", "loss-weight-without-output", Severity.WARNING)
def loss_weight_without_output(program: Program) -> Iterator[Finding]:
    for compiled in program.compiles if keras3(program) else ():
        names, weights = _names(compiled), compiled.arguments.get("loss_weights")
        if not names or not isinstance(weights, DictValue) or weights.open or not _runs(compiled, names, weights):
            continue
        strange = [str(key) for key in weights.entries if str(key) not in names]
        if strange:
            yield Finding(
                compiled.arguments.place("loss_weights") or compiled.place,
                f"`{strange[0]}` in loss_weights is no output of the model: its outputs are {', '.join(f'`{name}`' for name in names)}. Keras says nothing "
                "and forgets the weight, or gives it to whichever loss comes at its place. Use the output's name.",
            )


def _names(compiled: Compile) -> list[str] | None:
    """What the model's outputs are called; None where that isn't known."""
    model, output = compiled.model, compiled.output
    if model.kind != "Functional" or model.user_class is not None or model.incomplete:
        return None
    if isinstance(output, DictValue):
        return None if output.open else [str(key) for key in output.entries]
    tensors = flatten(output)
    if not tensors or not all(isinstance(t, Tensor) and t.call is not None for t in tensors):
        return None
    layers = [t.call.layer for t in tensors]
    return (
        None
        if any(one.name in ("", "?") or one.state.get("name_unknown") or "unnumbered" in one.state for one in layers)
        else [one.name for one in layers]
    )


def _runs(compiled: Compile, names: list[str], weights: DictValue) -> bool:
    """Does Keras take these weights? Otherwise it raises with the first batch, which is another finding."""
    loss = compiled.loss
    if isinstance(loss, DictValue) and not loss.open:
        if not isinstance(compiled.output, DictValue):
            return set(loss.entries) == set(names) <= set(weights.entries)
        return len(loss.entries) == len(weights.entries)
    if isinstance(loss, (ListValue, tuple)) and not (isinstance(loss, ListValue) and loss.open):
        return len(flatten(loss)) == len(weights.entries)
    return not isinstance(loss, (ListValue, Unknown, DictValue)) and loss is not None and len(weights.entries) == 1
