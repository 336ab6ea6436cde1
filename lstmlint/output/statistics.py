"""How often each rule was found, most often first."""

from __future__ import annotations

import json
from collections import Counter

from .report import Report


def render(report: Report) -> str:
    """A line for each rule that was found."""
    rows = _rows(report)
    width = max((len(str(count)) for count, *_ in rows), default=1)
    return "\n".join(
        f"{count:>{width}}  {severity:7}  {code}  {name}{f'  ({fixable} can be fixed)' if fixable else ''}"
        for count, code, name, severity, fixable in rows
    )


def render_json(report: Report) -> str:
    """The same as one JSON array."""
    keys = ("count", "code", "name", "severity", "fixable")
    return json.dumps([dict(zip(keys, row)) for row in _rows(report)], indent=2)


def _rows(report: Report) -> list[tuple[int, str, str, str, int]]:
    count: Counter[tuple[str, str, str]] = Counter()
    fixable: Counter[tuple[str, str, str]] = Counter()
    for finding in report.findings:
        key = (finding.code, finding.name, str(finding.severity))
        count[key] += 1
        fixable[key] += finding.fix is not None
    return sorted(((n, *key, fixable[key]) for key, n in count.items()), key=lambda row: (-row[0], row[1]))
