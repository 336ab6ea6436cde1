"""What comments say about shapes and parameters, and the layer calls that stand on the same line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lstmlint.diagnostic import Span
from lstmlint.patterns import pattern
from lstmlint.program import LayerCall, Program
from lstmlint.shapes import Shape
from lstmlint.values import LayerObject, Weight

BATCH = pattern(r"^(none|batch|batch_?size|bs|b|n|samples|n_samples|\?)$", re.I)
SHAPE = pattern(r"\(\s*([A-Za-z_?][\w ?]*)\s*((?:,\s*[\w?*+\- ./]+)+),?\s*\)|\(\s*([A-Za-z_?]\w*)\s*,\s*\)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A shape that a comment states: one entry for each axis, None where the entry is a word."""

    text: str
    sizes: tuple[int | None, ...]
    start: int

    def denies(self, shape: Shape) -> bool:
        """Is the shape certainly another one?"""
        if shape.dims is None:
            return False
        if len(shape.dims) != len(self.sizes):
            return True
        return any(
            size is not None and dim.known is not None and dim.known != size
            for size, dim in zip(self.sizes[1:], shape.dims[1:])
        )


def shapes_in(text: str) -> list[Stated]:
    """The shapes in a comment whose first axis is named like a batch: "(None, 10, 32)", "(batch, steps, 32)"."""
    found = []
    for match in SHAPE.finditer(text):
        entries = [e.strip() for e in match.group(0)[1:-1].split(",") if e.strip()]
        if not entries or not BATCH.match(entries[0]) or any(" " in e for e in entries):
            continue
        sizes = tuple(int(e) if e.isdigit() else None for e in entries)
        found.append(Stated(match.group(0), sizes, match.start()))
    return found


def comments_on(program: Program, *patterns: re.Pattern[str]) -> Iterator[tuple[Any, list[LayerCall]]]:
    """Each comment with one of the patterns that stands behind code, with the layer calls of that line."""
    trailing = [c for c in program.tree.comments_with(*patterns) if not c.alone]
    if not trailing:
        return
    rows: dict[tuple[int | None, int], list[LayerCall]] = {}
    for way in program.ways:
        for call in way.layer_calls:
            for place in {id(p.node): p for p in (call.place, call.layer.place) if p is not None}.values():
                if place.tree is not program.tree:
                    continue
                span = place.span
                if span.row == span.end_row or call.place is not place:
                    rows.setdefault((span.cell, span.end_row), []).append(call)
    for comment in trailing:
        where: Span = comment.span
        calls = rows.get((where.cell, where.row), [])
        if calls:
            yield comment, calls


def shapes_on(calls: list[LayerCall]) -> tuple[list[Shape], list[Shape]]:
    """What goes into the layers of a line, and what comes out of them."""
    return [s for c in calls for s in c.input_shapes], [s for c in calls for s in c.output_shapes]


def parameters_of(layer: LayerObject) -> int | None:
    """A layer's number of parameters, its sublayers' included; None where it can't be told."""
    if not layer.built or layer.weights_unknown or layer.opaque or layer.user_class is not None:
        return None
    total = 0
    weights: list[Weight] = list(layer.weights)
    for weight in weights:
        count = weight.count.known
        if count is None:
            return None
        total += count
    for inner in layer.sublayers:
        count = parameters_of(inner)
        if count is None:
            return None
        total += count
    return total


__all__ = ["SHAPE", "Stated", "comments_on", "parameters_of", "shapes_in", "shapes_on"]
