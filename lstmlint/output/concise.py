"""Findings one per line: `path:row:col: severity: message [CODE name]`."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostic import Diagnostic, Span


def where(span: Span) -> str:
    """path:row:column, with the cell in a notebook."""
    cell = f":cell {span.cell}" if span.cell is not None else ""
    return f"{span.path}{cell}:{span.row}:{span.column}"


def render(findings: Iterable[Diagnostic]) -> str:
    """All findings, a line each."""
    return "\n".join(
        f"{where(f.span)}: {f.severity}: {' '.join(f.message.split())} [{f.code} {f.name}]" for f in findings
    )
