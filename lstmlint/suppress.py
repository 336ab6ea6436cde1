"""Comments that silence findings: `# lstmlint: ignore[CODE, name]`, `# noqa: CODE`, `ignore-file`, `off` and `on`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .diagnostic import Diagnostic

_IGNORE = re.compile(r"#\s*lstmlint:\s*(ignore-file|ignore|off|on)\s*(?:\[([^\]]*)\])?", re.IGNORECASE)
_NOQA = re.compile(r"#\s*noqa\b(?::\s*([A-Za-z0-9_\-, ]+))?", re.IGNORECASE)


def _names(text: str | None) -> frozenset[str] | None:
    """The rules that a comment names; None for all of them."""
    return (
        frozenset(part.strip().lower() for part in text.replace(" ", ",").split(",") if part.strip()) if text else None
    )


def _covers(names: frozenset[str] | None, finding: Diagnostic) -> bool:
    return names is None or finding.code.lower() in names or finding.name.lower() in names


def suppress(findings: Iterable[Diagnostic], tree: Any) -> list[Diagnostic]:
    """The findings that no comment silences. A comment stands on the first or last line of what is reported."""
    kept = list(findings)
    if not kept or not ("lstmlint:" in tree.source.text or "noqa" in tree.source.text.lower()):
        return kept
    lines: dict[tuple[int | None, int], list[frozenset[str] | None]] = {}
    whole: list[frozenset[str] | None] = []
    off: list[tuple[tuple[int, int], tuple[int, int], frozenset[str] | None]] = []
    begun: tuple[tuple[int, int], frozenset[str] | None] | None = None
    for comment in tree.comments:
        where = (comment.span.cell or 0, comment.span.row)
        found = _IGNORE.search(comment.text)
        if found:
            word, names = found[1].lower(), _names(found[2])
            if word == "ignore-file":
                whole.append(names)
            elif word == "ignore":
                lines.setdefault((comment.span.cell, comment.span.row), []).append(names)
            elif word == "off":
                begun = (where, names)
            elif begun is not None:
                off.append((begun[0], where, begun[1]))
                begun = None
        noqa = _NOQA.search(comment.text)
        if noqa:
            lines.setdefault((comment.span.cell, comment.span.row), []).append(_names(noqa[1]))
    if begun is not None:
        off.append((begun[0], (10**9, 10**9), begun[1]))

    def silenced(finding: Diagnostic) -> bool:
        span = finding.span
        here = (span.cell or 0, span.row)
        return (
            any(_covers(names, finding) for names in whole)
            or any(
                _covers(names, finding) for row in {span.row, span.end_row} for names in lines.get((span.cell, row), ())
            )
            or any(start <= here <= end and _covers(names, finding) for start, end, names in off)
        )

    return [finding for finding in kept if not silenced(finding)]
