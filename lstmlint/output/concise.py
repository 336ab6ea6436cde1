"""Findings one per line: `path:row:col: severity: message [CODE name]`."""

from __future__ import annotations

from ..diagnostic import Span
from .report import Report


def where(span: Span) -> str:
    """path:row:column, with the cell in a notebook."""
    cell = f":cell {span.cell}" if span.cell is not None else ""
    return f"{span.path}{cell}:{span.row}:{span.column}"


def render(report: Report) -> str:
    """All findings, a line each."""
    return "\n".join(
        f"{where(f.span)}: {f.severity}: {' '.join(f.message.split())} [{f.code} {f.name}]" for f in report.findings
    )
