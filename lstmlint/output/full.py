"""Findings as a person reads them: the message, the code it is about, and the steps that lead there."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable, Iterable

from ..diagnostic import Diagnostic, Severity, Span
from .concise import where

Lines = Callable[[Span], str]
"""Gives the source line that a span begins on."""

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def wants_colour() -> bool:
    """Colour on a terminal, unless NO_COLOR; always with FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def render(findings: Iterable[Diagnostic], line_of: Lines, *, colour: bool = False, width: int = 100) -> str:
    """Every finding with its code frame, and a last line that counts."""
    shown = list(findings)

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    blocks = []
    for finding in shown:
        head = f"{paint(str(finding.severity), _COLOURS[finding.severity])}: {finding.code} {paint(finding.name, '1')}"
        block = [
            head,
            *textwrap.wrap(finding.message, width, initial_indent="  ", subsequent_indent="  ", break_long_words=False),
        ]
        block += _frame(finding.span, "", line_of, paint, _COLOURS[finding.severity])
        for related in finding.related:
            block += _frame(related.span, related.message, line_of, paint, "36")
        for number, step in enumerate(finding.story, 1):
            block.append(f"  {number}. {step.message} (line {step.span.row})")
        if finding.shapes is not None:
            block.append(f"  expected {finding.shapes.expected}, got {finding.shapes.got}")
        if finding.fix is not None:
            block.append(f"  {finding.fix.applicability} fix: {finding.fix.message}")
        blocks.append("\n".join(block))
    return "\n\n".join([*blocks, summary_line(shown)])


def _frame(span: Span, label: str, line_of: Lines, paint: Callable[[str, str], str], colour: str) -> list[str]:
    line = line_of(span).rstrip("\r\n")
    gutter = " " * len(str(span.row))
    end = span.end_column if span.end_row == span.row else len(line) + 1
    before = "".join(c if c == "\t" else " " * _width(c) for c in line[: span.column - 1])
    marks = "^" * max(1, sum(_width(c) for c in line[span.column - 1 : end - 1]))
    return [
        f"  {gutter}--> {where(span)}",
        f"  {gutter} |",
        f"  {span.row} | {line}",
        f"  {gutter} | {before}{paint(marks, colour)}{' ' + label if label else ''}",
    ]


def _width(character: str) -> int:
    import unicodedata

    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def summary_line(findings: list[Diagnostic]) -> str:
    """What was found, counted."""
    if not findings:
        return "Nothing to report."
    parts = []
    for severity in Severity:
        count = sum(f.severity is severity for f in findings)
        if count:
            parts.append(f"{count} {severity}{'s' if count > 1 else ''}")
    files = len({f.span.path for f in findings})
    return f"Found {', '.join(parts)} in {files} file{'s' if files > 1 else ''}."
