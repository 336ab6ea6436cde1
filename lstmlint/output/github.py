"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from .report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """One command a line."""
    return "\n".join(_command(finding, report) for finding in report.findings)


def _command(finding: Diagnostic, report: Report) -> str:
    span, message = finding.span, f"{finding.message} [{finding.code} {finding.name}]"
    fields = {"title": f"lstmlint {finding.code} {finding.name}", "file": report.relative(span.path)}
    if span.cell is not None:  # GitHub counts lines of the file, not of cells
        message = f"cell {span.cell}, line {span.row}: {message}"
    else:
        fields["line"] = str(span.row)
        if span.end_row == span.row:
            fields |= {"col": str(span.column), "endLine": str(span.end_row), "endColumn": str(span.end_column)}
        else:
            fields["endLine"] = str(span.end_row)
    said = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    return f"::{_LEVELS[str(finding.severity)]} {said}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
