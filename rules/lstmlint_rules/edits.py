"""Small edits of a call: a keyword more, a keyword less, a keyword under another name."""

from __future__ import annotations

import ast
import re

from lstmlint.diagnostic import Applicability, Edit, Fix, Span
from lstmlint.places import Place
from lstmlint.values import LayerObject


def fix(message: str, *edits: Edit | None, safe: bool = True) -> Fix | None:
    """A fix of these edits; None where one of them can't be made."""
    found = tuple(e for e in edits if e is not None)
    if len(found) != len(edits) or not found:
        return None
    return Fix(Applicability.SAFE if safe else Applicability.UNSAFE, message, found)


def _at(span: Span, text: str, start: int, end: int) -> Span:
    """The stretch from `start` to `end` of a node's own text, as a span of the file."""

    def position(offset: int) -> tuple[int, int]:
        row = text.count("\n", 0, offset)
        column = offset - (text.rfind("\n", 0, offset) + 1)
        return span.row + row, column + (span.column if row == 0 else 1)

    (row, column), (end_row, end_column) = position(start), position(end)
    return Span(span.path, row, column, end_row, end_column, span.cell)


def _offset(span: Span, text: str, row: int, column: int) -> int:
    """Where a position of the file stands within a node's own text."""
    lines = text.split("\n")[: row - span.row]
    return sum(len(line) + 1 for line in lines) + column - (span.column if row == span.row else 1)


def add_keyword(call: Place | None, text: str) -> Edit | None:
    """Put `text` ("return_sequences=True") behind the last argument of a call."""
    if call is None or not isinstance(call.node, ast.Call):
        return None
    source = call.text
    if not source.endswith(")") or "#" in source or any(k.arg is None for k in call.node.keywords):
        return None
    before = source[:-1].rstrip()
    comma = "" if before.endswith(("(", ",")) else ", "
    end = len(before)
    space = " " if before.endswith(",") and not comma else ""
    return Edit(_at(call.span, source, end, end), f"{comma}{space}{text}")


def keyword_node(call: Place | None, name: str) -> ast.keyword | None:
    """The keyword argument of a call, as it is written."""
    if call is None or not isinstance(call.node, ast.Call):
        return None
    return next((k for k in call.node.keywords if k.arg == name), None)


def keyword_place(call: Place | None, name: str) -> Place | None:
    """Where `name=value` stands in a call."""
    node = keyword_node(call, name)
    return Place(call.tree, node) if node is not None and call is not None else None


def drop_keyword(call: Place | None, name: str) -> Edit | None:
    """Take `name=value` out of a call, with its comma."""
    place = keyword_place(call, name)
    if place is None or call is None:
        return None
    source, span, whole = call.text, place.span, call.span
    if "#" in source:
        return None
    start = _offset(whole, source, span.row, span.column)
    end = _offset(whole, source, span.end_row, span.end_column)
    after = re.match(r"\s*,\s*", source[end:])
    before = re.search(r"\s*,\s*$", source[:start])
    if after and not source[end + after.end() :].startswith(")"):
        return Edit(_at(whole, source, start, end + after.end()), "")
    if before:
        return Edit(_at(whole, source, before.start(), end), "")
    return Edit(_at(whole, source, start, end + (after.end() if after else 0)), "")


def rename_keyword(call: Place | None, old: str, new: str) -> Edit | None:
    """Write `new=` for `old=` in a call."""
    place = keyword_place(call, old)
    if place is None:
        return None
    if keyword_node(call, new) is not None:
        return None
    span = place.span
    return Edit(Span(span.path, span.row, span.column, span.row, span.column + len(old), span.cell), new)


def set_keyword(call: Place | None, name: str, text: str) -> Edit | None:
    """Give a call's keyword the value `text`, whether it is there already or not."""
    node = keyword_node(call, name)
    if node is not None and call is not None:
        return Edit(Place(call.tree, node.value).span, text)
    return add_keyword(call, f"{name}={text}")


def return_sequences(layer: LayerObject) -> Edit | None:
    """`return_sequences=True` for a recurrent layer, or for the layer inside a Bidirectional."""
    inner = layer.arguments.get("layer") if layer.class_name == "Bidirectional" and layer.arguments else layer
    return set_keyword(inner.place, "return_sequences", "True") if isinstance(inner, LayerObject) else None
