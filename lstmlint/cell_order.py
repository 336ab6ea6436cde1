"""Notebooks whose cells were last run in another order than they stand in: findings that depend on the order say so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from .diagnostic import Diagnostic, Related


def as_run(raw: bytes) -> tuple[bytes, dict[int, int]] | None:
    """The notebook with its executed cells in the order in which they were last run, and each cell's number in the file by its new one.

    None where that is the order in which they stand, or the content is no notebook. Cells that were not run stay where they are.
    """
    try:
        content = json.loads(raw)
        cells: list[Any] = content["cells"]
        counts = [cell.get("execution_count") if cell.get("cell_type") == "code" else None for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    places = [i for i, count in enumerate(counts) if isinstance(count, int)]
    order = sorted(places, key=lambda i: (counts[i], i))
    if order == places:
        return None
    moved = list(range(len(cells)))
    for place, cell in zip(places, order):
        moved[place] = cell
    content["cells"] = [cells[i] for i in moved]
    return json.dumps(content).encode("utf-8"), {new + 1: old + 1 for new, old in enumerate(moved)}


def note_order(
    findings: list[Diagnostic], raw: bytes, check: Callable[[bytes], Iterable[Diagnostic]]
) -> list[Diagnostic]:
    """The findings, those with a note that are not there in the order in which the cells were last run."""
    other = as_run(raw)
    if other is None or not findings:
        return findings
    again, number = other
    there = {(f.code, number.get(f.span.cell or 0), f.span.row) for f in check(again)}
    return [f if (f.code, f.span.cell, f.span.row) in there else _noted(f) for f in findings]


def _noted(finding: Diagnostic) -> Diagnostic:
    text = "This holds for the cells in the order in which they stand; in the order in which they were last run it is not found."
    return replace(finding, related=(*finding.related, Related(text, finding.span)))


__all__ = ["as_run", "note_order"]
