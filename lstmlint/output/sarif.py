"""Findings as SARIF 2.1.0, the format of code scanning."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..diagnostic import Diagnostic, Fix, Related, Span
from .report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/lstmlint/lstmlint"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "SRCROOT"


def render(report: Report) -> str:
    """One log with one run. URIs are relative to the repository, columns count code points."""
    from .. import __version__

    codes = list(dict.fromkeys(f.code for f in report.findings))
    index = {code: at for at, code in enumerate(codes)}
    root = Path(report.root).absolute().as_uri()
    run = {
        "tool": {
            "driver": {
                "name": "lstmlint",
                "version": __version__,
                "informationUri": HOME,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": f"{root.rstrip('/')}/"}},
        "results": [_result(f, index[f.code], report) for f in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _rule(code: str) -> dict[str, Any]:
    from ..rule import find_rule
    from ..runner import DOCUMENTATION

    rule = find_rule(code)
    if rule is None:
        return {"id": code, "name": code}
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _section(rule.documentation, "What it does") or rule.summary},
        "help": {"text": rule.documentation},
        "helpUri": DOCUMENTATION.format(name=rule.name),
        "defaultConfiguration": {"level": _LEVELS[str(rule.severity)]},
        "properties": {"tags": ["keras", rule.family]},
    }


def _section(documentation: str, heading: str) -> str:
    text = documentation.partition(f"{heading}:")[2].partition("\n\n")[0]
    return " ".join(text.split())


def _result(finding: Diagnostic, index: int, report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[str(finding.severity)],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _physical(finding.span, report)}],
    }
    if finding.related:
        found["relatedLocations"] = [
            {"id": number, **_location(related, report)} for number, related in enumerate(finding.related, 1)
        ]
    if finding.story:
        steps = [{"location": _location(s, report), "executionOrder": n} for n, s in enumerate(finding.story, 1)]
        found["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if finding.fingerprint:
        found["partialFingerprints"] = {"lstmlint/v1": finding.fingerprint}
    if finding.fix is not None and finding.span.cell is None:
        found["fixes"] = [_fix(finding.fix, report)]
    if finding.shapes is not None:
        found["properties"] = {"expected": finding.shapes.expected, "got": finding.shapes.got}
    return found


def _message(finding: Diagnostic) -> str:
    span = finding.span
    return f"Cell {span.cell}, line {span.row}: {finding.message}" if span.cell is not None else finding.message


def _location(related: Related, report: Report) -> dict[str, Any]:
    return {"physicalLocation": _physical(related.span, report), "message": {"text": related.message}}


def _physical(span: Span, report: Report) -> dict[str, Any]:
    """Where a span is. A notebook's rows count within a cell, which a region can't say: there the whole file is meant."""
    place: dict[str, Any] = {"artifactLocation": _artifact(span.path, report)}
    if span.cell is None:
        place["region"] = _region(span)
    return place


def _artifact(path: str, report: Report) -> dict[str, Any]:
    relative = report.relative(path)
    if path.startswith("<"):
        return {"uri": quote(path)}
    if os.path.isabs(relative) or relative.startswith(".."):
        return {"uri": Path(path).absolute().as_uri()}
    return {"uri": quote(relative), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.row,
        "startColumn": span.column,
        "endLine": span.end_row,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix, report: Report) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.content}} for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(fix.edits[0].span.path, report), "replacements": replacements}
    return {"description": {"text": f"{fix.message} ({fix.applicability})"}, "artifactChanges": [change]}
