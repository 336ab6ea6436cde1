"""Findings as a GitLab Code Quality report."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ..diagnostic import Diagnostic
from .report import Report

_SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


def render(report: Report) -> str:
    """One JSON array."""
    return json.dumps([_issue(finding, report) for finding in report.findings], indent=2, ensure_ascii=False)


def _issue(finding: Diagnostic, report: Report) -> dict[str, Any]:
    span, path = finding.span, report.relative(finding.span.path)
    identity = f"{path}\0{finding.code}\0{finding.fingerprint or span}"
    where = f"cell {span.cell}, line {span.row}: " if span.cell is not None else ""
    return {
        "description": f"{where}{finding.message}",
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITIES[str(finding.severity)],
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": span.row, "column": span.column},
                "end": {"line": span.end_row, "column": span.end_column},
            },
        },
    }
