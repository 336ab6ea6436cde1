"""An attention layer is called in the wrong way.

What it does: finds Attention called on one tensor instead of a list, and MultiHeadAttention called without a value.

Why is this bad: Keras raises. Attention and AdditiveAttention take one list, [query, value] or [query, value, key];
MultiHeadAttention takes query and value as two arguments.

Example:

    y = Attention()(query, value)

Use instead:

    y = Attention()([query, value])

References: https://keras.io/api/layers/attention_layers/attention/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.places import Place
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
)

BAD = [
    """
import keras
from keras.layers import Attention
x = keras.Input((10, 3))
y = Attention()(x, x)
""",
    """
import keras
from keras.layers import MultiHeadAttention
x = keras.Input((10, 3))
y = MultiHeadAttention(2, 4)(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import Attention, MultiHeadAttention
x = keras.Input((10, 3))
y = Attention()([x, x])
z = MultiHeadAttention(2, 4)(x, x)
""",
]


def refused_otherwise(call: LayerCall) -> bool:
    """Does Keras refuse the call for another reason?"""
    return call.refused is not None and call.refused.kind != "attention-inputs"


@check("RNN033", "attention-call", Severity.ERROR)
def attention_call(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        name = call.layer.class_name
        if call.layer.user_class is not None or refused_otherwise(call) or not isinstance(call.inputs, Tensor):
            continue
        if name in ("Attention", "AdditiveAttention"):
            yield Finding(
                call.place,
                f"{name} takes one list, [query, value] or [query, value, key], and refuses a single tensor. Write {name}(...)([query, value]).",
                key=call.place.node,
            )
        elif (
            name == "MultiHeadAttention"
            and "value" not in call.kwargs
            and not any(k.startswith("~") for k in call.kwargs)
        ):
            node = call.place.node
            if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
                continue
            query = Place(call.place.tree, node.args[0]).text
            yield Finding(
                call.place,
                f"MultiHeadAttention needs a query and a value, and raises for want of the second. For self-attention give it {query} twice.",
                key=call.place.node,
            )
