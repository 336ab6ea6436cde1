"""Findings as JSON: ruff's records with a few keys more."""

from __future__ import annotations

import json
import os
from typing import Any

from ..diagnostic import Diagnostic, Span
from .report import Report


def _at(row: int, column: int) -> dict[str, int]:
    return {"row": row, "column": column}


def _ends(span: Span) -> dict[str, Any]:
    return {"location": _at(span.row, span.column), "end_location": _at(span.end_row, span.end_column)}


def _inside(span: Span) -> dict[str, Any]:
    """Where an edit or a related place stands; in a notebook with its cell, which may be another than the finding's."""
    return _ends(span) if span.cell is None else {**_ends(span), "cell": span.cell}


def _name(path: str) -> str:
    return path if path.startswith("<") else os.path.abspath(path)


def record(finding: Diagnostic) -> dict[str, Any]:
    """One finding as the contract has it."""
    fix = finding.fix
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "filename": _name(finding.span.path),
        **_ends(finding.span),
        "cell": finding.span.cell,
        "noqa_row": finding.span.end_row,
        "url": finding.url,
        "fix": fix
        and {
            "applicability": str(fix.applicability),
            "message": fix.message,
            "edits": [{"content": e.content, **_inside(e.span)} for e in fix.edits],
        },
        "related": [{"message": r.message, "filename": _name(r.span.path), **_inside(r.span)} for r in finding.related],
        "shapes": finding.shapes and {"expected": finding.shapes.expected, "got": finding.shapes.got},
        "fingerprint": finding.fingerprint,
    }


def render(report: Report) -> str:
    """One JSON array."""
    return json.dumps([record(f) for f in report.findings], indent=2, ensure_ascii=False)


def render_lines(report: Report) -> str:
    """One record per line."""
    return "\n".join(json.dumps(record(f), ensure_ascii=False) for f in report.findings)
