"""The kinds of a table's columns, as those see them who have no use for all that is known of pandas."""

from __future__ import annotations

from ..values import Array, Value

TEXT = "object"
"""The kind of a column of text: NumPy sees objects in it."""


TEXTS = "text_columns"
"""The fact of an array that is all of such a frame: the names of these columns, as a message shows them."""


def has_text(table: Value) -> bool:
    """Is this a frame with a column of text?"""
    return bool(_texts(table))


def text_columns(table: Value) -> str:
    """The names of a frame's first columns of text, or those in all of its array, as a message shows them; "" where there are none."""
    if isinstance(table, Array) and TEXTS in table.facts:
        return str(table.facts[TEXTS])
    names = [f"`{name}`" for name in _texts(table)]
    return f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}"


def _texts(table: Value) -> list[object]:
    if not isinstance(table, Array) or table.type_name != "pandas.DataFrame":
        return []
    return [name for name, kind in table.facts.get("~kinds", {}).items() if kind == TEXT]
