"""Permute's axes are not counted from 1.

What it does: finds `dims` that are not some order of 1, 2, ..., n.

Why is this bad: Keras raises: the batch, axis 0, stays where it is and is not named.

Example:

    Permute((0, 2, 1))

Use instead:

    Permute((2, 1))

Fix safety: safe where the axes are right but for a 0 in front.

References: https://keras.io/api/layers/reshaping_layers/permute/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import Edit
from lstmlint.edits import (
    replace,
    safe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
    ListValue,
)

BAD = [
    """
import keras
from keras.layers import Permute
layer = Permute((0, 2, 1))
""",
]
GOOD = [
    """
import keras
from keras.layers import Permute
layer = Permute((2, 1))
""",
]


@check("SHP025", "permute-axes", Severity.ERROR)
def permute_axes(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name != "Permute" or layer.user_class is not None or layer.arguments is None:
            continue
        dims, place = layer.arguments.get("dims"), layer.arguments.place("dims")
        items = (
            list(dims.items)
            if isinstance(dims, ListValue) and not dims.open
            else list(dims)
            if isinstance(dims, tuple)
            else []
        )
        if not items or place is None or not all(isinstance(i, int) and not isinstance(i, bool) for i in items):
            continue
        if sorted(items) == list(range(1, len(items) + 1)):
            continue
        rest = [int(i) for i in items[1:]] if items[0] == 0 else []
        right = bool(rest) and sorted(rest) == list(range(1, len(rest) + 1))
        text = f"({', '.join(map(str, rest))}{',' if len(rest) == 1 else ''})"
        advice = f"Write Permute({text})." if right else f"Write some order of 1 to {len(items)}."
        yield Finding(
            place,
            f"Permute counts from 1 and leaves the batch out, and refuses {tuple(int(i) for i in items)}. {advice}",
            fix=safe_fix(f"Write {text}.", set_dims(layer, text)) if right else None,
            key=layer.place.node if layer.place else None,
        )


def set_dims(layer: LayerObject, text: str) -> Edit | None:
    """The edit that writes other axes."""
    place = layer.arguments.place("dims") if layer.arguments is not None else None
    written = place.text if place is not None else ""
    if place is None or not written:
        return None
    bare = not written.startswith(("(", "["))
    return replace(place, text[1:-1] if bare else text)
