"""Findings, fixes and shapes as the Language Server Protocol says them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lsprotocol import types

from ..diagnostic import Applicability, Diagnostic, Severity, Span
from ..source import Source

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def span_range(span: Span, document: Any) -> types.Range:
    """A span as the client counts: rows from 0, columns in the units that it asked for (mostly UTF-16)."""
    source = Source(span.path, document.source)
    return types.Range(
        _position(source, span.row, span.column, document), _position(source, span.end_row, span.end_column, document)
    )


def _position(source: Source, row: int, column: int, document: Any) -> types.Position:
    before = source.line(row)[: column - 1]
    return types.Position(row - 1, document.position_codec.client_num_units(before))


def place(position: types.Position, document: Any) -> tuple[int, int]:
    """Row and column, from 1 and in code points, of a position as the client counts."""
    line = Source("", document.source).line(position.line + 1)
    units, column = 0, 1
    for character in line:
        if units >= position.character:
            break
        units += document.position_codec.client_num_units(character)
        column += 1
    return position.line + 1, column


def diagnostic(finding: Diagnostic, document: Any) -> types.Diagnostic:
    """A finding as a diagnostic. Places in other files are counted in code points: their text is not at hand."""
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(_uri(r.span, finding, document), _related(r.span, finding, document)), r.message
        )
        for r in finding.related
    ]
    return types.Diagnostic(
        range=span_range(finding.span, document),
        message=f"{finding.message} [{finding.name}]",
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(finding.url) if finding.url else None,
        source="lstmlint",
        related_information=related or None,
        data={"fingerprint": finding.fingerprint},
    )


def _uri(span: Span, finding: Diagnostic, document: Any) -> str:
    return document.uri if span.path == finding.span.path else Path(span.path).absolute().as_uri()


def _related(span: Span, finding: Diagnostic, document: Any) -> types.Range:
    if span.path == finding.span.path:
        return span_range(span, document)
    return types.Range(
        types.Position(span.row - 1, span.column - 1), types.Position(span.end_row - 1, span.end_column - 1)
    )


def quick_fix(finding: Diagnostic, document: Any) -> types.CodeAction:
    """The finding's fix as a code action; a safe one is the one to prefer."""
    assert finding.fix is not None
    edits = [types.TextEdit(span_range(edit.span, document), edit.content) for edit in finding.fix.edits]
    safe = finding.fix.applicability is Applicability.SAFE
    return types.CodeAction(
        title=f"{finding.fix.message.rstrip('.')}{'' if safe else ' (unsafe)'}",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(finding, document)],
        is_preferred=safe,
        edit=types.WorkspaceEdit(changes={document.uri: edits}),
    )


def overlaps(span: Span, wanted: types.Range, document: Any) -> bool:
    """Does a span touch a range of the client's?"""
    here = span_range(span, document)
    return _before(here.start, wanted.end) and _before(wanted.start, here.end)


def _before(left: types.Position, right: types.Position) -> bool:
    return (left.line, left.character) <= (right.line, right.character)
