"""`input_shape` instead of an Input.

What it does: finds `input_shape=` and `input_dim=` on the first layer of a Sequential.

Why is this bad: Keras 3 takes it with a warning and recommends an Input: the shape then stands where it belongs, at
the beginning, whatever layer comes first.

Example:

    model.add(LSTM(32, input_shape=(10, 64)))

Use instead:

    model.add(keras.Input((10, 64)))
    model.add(LSTM(32))

Fix safety: safe: the model is the same.

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.diagnostic import Edit
from lstmlint.edits import insert_before, remove_keyword, safe_fix
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import LayerObject, to_shape

from ..surroundings import parent
from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([LSTM(32, input_shape=(10, 64))])
""",
    """
from tensorflow.keras import layers
from tensorflow.keras.models import Sequential
def build(features):
    model = Sequential()
    model.add(layers.Dense(8, input_dim=features, activation="relu"))
    return model
model = build(3)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
""",
]


@check("STY001", "input-shape-argument", Severity.INFO)
def input_shape_argument(program: Program) -> Iterator[Finding]:
    for site in program.models:
        first = site.model.layers[0] if site.model.kind == "Sequential" and site.model.layers else None
        hint = first.state.get("input_shape_hint") if first is not None else None
        if first is None or hint is None or not keras3(program):
            continue
        name, value, place = hint
        shape = to_shape((value,) if name == "input_dim" else value)
        yield Finding(
            place or site.place,
            f"Keras 3 prefers an Input to `{name}=`, and warns of it. Put Input({shape if shape.rank is not None else 'shape'}) in front.",
            fix=safe_fix("Put an Input in front.", *_edits(program, first, name, place)),
        )


def _edits(program: Program, first: LayerObject, name: str, place: Place | None) -> list[Edit | None]:
    """The edits that write the Input, as an element of the list or in an `add` of its own, and take the argument out."""
    made, made_by = first.place, _input_name(program)
    if (
        made is None
        or place is None
        or made_by is None
        or "\n" in place.text
        or name not in ("input_shape", "input_dim")
    ):
        return []
    shape = _as_tuple(place) if name == "input_shape" else f"({place.text},)"
    around = parent(program, made.node)
    written = f"{made_by}({shape})"
    if isinstance(around, ast.List):
        indent = _indent(program, made)
        front = insert_before(made, f"{written}, " if indent is None else f"{written},\n{indent}")
    elif isinstance(around, ast.Call) and isinstance(around.func, ast.Attribute) and around.func.attr == "add":
        front = _statement(program, around, written)
    else:
        return []
    return [front, remove_keyword(made, name)]


def _as_tuple(place: Place) -> str:
    """A shape's text, a list written as a tuple."""
    node = place.node
    if isinstance(node, ast.Tuple) and not place.text.startswith("("):
        return f"({place.text})"
    if isinstance(node, ast.List) and node.elts:
        inner = place.text[1:-1].strip().rstrip(",")
        return f"({inner},)" if len(node.elts) == 1 else f"({inner})"
    return place.text


def _statement(program: Program, call: ast.Call, written: str) -> Edit | None:
    """`model.add(Input(...))` as a line before `model.add(...)`; None where that is no line of its own."""
    statement = parent(program, call)
    whole = Place(program.tree, statement)
    indent = _indent(program, whole) if isinstance(statement, ast.Expr) else None
    return (
        None if indent is None else insert_before(whole, f"{Place(program.tree, call.func).text}({written})\n{indent}")
    )


def _indent(program: Program, place: Place) -> str | None:
    """The blanks in front of what begins its line; None for what doesn't."""
    before: str = program.tree.source.text[: place.extent[0]].rpartition("\n")[2]
    return None if before.strip() else before


_ROOTS = {
    "keras": ".Input",
    "tensorflow.keras": ".Input",
    "keras.layers": ".Input",
    "tensorflow.keras.layers": ".Input",
    "tensorflow": ".keras.Input",
}


def _input_name(program: Program) -> str | None:
    """How the program can write `Input` with what it imports; None where it can't."""
    imports = [item for item in program.imports if not item.guarded]
    for item in imports:
        if item.name == "keras.Input":
            return item.alias
    return next(
        (item.alias + _ROOTS[item.spelled] for item in imports if item.spelled in _ROOTS and "." not in item.alias),
        None,
    )
