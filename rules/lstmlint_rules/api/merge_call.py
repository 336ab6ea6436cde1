"""A merging layer is called on single tensors instead of a list.

What it does: finds Add, Concatenate and their relatives called on a tensor, or on several as separate arguments.

Why is this bad: Keras raises: these layers take one list of tensors.

Example:

    y = Concatenate()(a, b)

Use instead:

    y = Concatenate()([a, b])

Fix safety: safe where two or more tensors are given.

References: https://keras.io/api/layers/merging_layers/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.diagnostic import Span
from lstmlint.edits import (
    safe_fix,
)
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check, replace_text
from lstmlint.values import (
    Tensor,
)

BAD = [
    """
import keras
from keras.layers import Concatenate
a, b = keras.Input((3,)), keras.Input((4,))
y = Concatenate()(a, b)
""",
    """
import keras
from keras.layers import Add
a = keras.Input((3,))
y = Add()(a)
""",
]
GOOD = [
    """
import keras
from keras.layers import Concatenate
a, b = keras.Input((3,)), keras.Input((4,))
y = Concatenate()([a, b])
""",
]


MERGING = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot")


@check("API024", "merge-call", Severity.ERROR)
def merge_call(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        name, node = call.layer.class_name, call.place.node
        if name not in MERGING or call.layer.user_class is not None or not isinstance(call.inputs, Tensor):
            continue
        if call.in_model is not None or not isinstance(node, ast.Call) or not node.args:
            continue
        places = [Place(call.place.tree, a) for a in node.args]
        first, last = places[0].span, places[-1].span
        span = Span(first.path, first.row, first.column, last.end_row, last.end_column, first.cell)
        listed = ", ".join(p.text for p in places)
        several = len(places) > 1 and "#" not in call.place.text
        yield Finding(
            call.place,
            f"{name} takes one list of tensors and raises for {'separate arguments' if len(places) > 1 else 'a single tensor'}. "
            f"Write {name}()([{listed if several and len(listed) < 40 else 'a, b'}]).",
            fix=safe_fix("Put the tensors into a list.", replace_text(span, f"[{listed}]")) if several else None,
            key=node,
        )
