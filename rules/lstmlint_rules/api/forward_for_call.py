"""A model has a `forward` method, but no `call`.

What it does: finds Keras models without `call` and with `forward`, PyTorch's name for it, that are used.

Why is this bad: Keras raises NotImplementedError: the method that Keras runs is named `call`.

Example:

    class Net(keras.Model):
        def forward(self, x):
            return x

Use instead:

    class Net(keras.Model):
        def call(self, x):
            return x

References: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    ClassValue,
    FunctionValue,
    ModelObject,
    Unknown,
)

BAD = [
    """
import keras

class Net(keras.Model):
    def forward(self, x):
        return x

y = Net()(keras.Input((3,)))
""",
]
GOOD = [
    """
import keras

class Net(keras.Model):
    def call(self, x):
        return x

y = Net()(keras.Input((3,)))
""",
]


@check("API018", "forward-for-call", Severity.ERROR)
def forward_for_call(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        cls = call.layer.user_class
        if cls is None or call.layer.type_name not in ("keras.Model", "keras.layers.Layer"):
            continue
        own = [b for b in cls.mro() if isinstance(b, ClassValue)]
        if any(isinstance(b, Unknown) for b in cls.mro()) or any(
            "call" in b.attributes or "__call__" in b.attributes for b in own
        ):
            continue
        forward = next((f for b in own if isinstance(f := b.attributes.get("forward"), FunctionValue)), None)
        if forward is None or forward.tree is not program.tree:
            continue
        if isinstance(call.layer, ModelObject) and call.layer.kind == "Functional":
            continue
        yield Finding(
            call.place,
            f"`{cls.name}` has a `forward` but no `call`, which is the method that Keras runs, so this raises NotImplementedError. "
            f"Name it `call`.",
            related=(("this method is never run", Place(forward.tree, forward.node)),),
            key=call.place.node,
        )
