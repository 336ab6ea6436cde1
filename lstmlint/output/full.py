"""Findings as a person reads them: what is wrong, the code it is about, how it came about, and what to write instead."""

from __future__ import annotations

import os
import sys
import textwrap
from itertools import groupby

from ..diagnostic import Applicability, Diagnostic, Severity
from .frame import Mark, Paint, frame
from .report import Lines, Report

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_RELATED = "36"
_WIDEST = 110


def wants_colour() -> bool:
    """Colour on a terminal, unless NO_COLOR; always with FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return os.environ["FORCE_COLOR"] != "0"
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """As wide as the terminal, 100 where there is none."""
    if not sys.stdout.isatty():
        return 100
    import shutil

    return max(min(shutil.get_terminal_size((100, 24)).columns, _WIDEST), 60)


def render(report: Report) -> str:
    """Every finding, grouped by file, and a last line that counts."""
    return as_text(report, colour=wants_colour(), width=terminal_width())


def as_text(report: Report, *, colour: bool = False, width: int = 100) -> str:
    """The text for a terminal of this width."""

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    blocks = []
    for path, group in groupby(report.findings, key=lambda f: f.span.path):
        findings = [_finding(f, report.line_of, paint, width) for f in group]
        blocks.append(paint(path, "1;4") + "\n\n" + "\n\n".join(findings))
    lines = [] if report.quiet else last_lines(report)
    return "\n\n".join([*blocks, *(["\n".join(lines)] if lines else [])])


def _finding(finding: Diagnostic, line_of: Lines, paint: Paint, width: int) -> str:
    colour = _COLOURS[finding.severity]
    lines = [f"{paint(str(finding.severity), colour)}: {paint(finding.name, '1')} [{finding.code}]"]
    lines += _wrapped(finding.message, width, "  ")
    label = f"needs {finding.shapes.expected}, gets {finding.shapes.got}" if finding.shapes is not None else ""
    if len(label) > 70:
        label = ""
    marks = [Mark(finding.span, label, "^", colour)]
    marks += [Mark(r.span, r.message, "-", _RELATED) for r in finding.related]
    lines += [f"  {line}" for line in frame(marks, line_of, paint, width - 2)]
    if len(finding.story) > 2:
        lines.append("  How the shape came about:")
        for number, step in enumerate(finding.story, 1):
            lines += _wrapped(f"{number}. line {step.span.row}: {step.message}", width, "    ", "       ")
    if finding.fix is not None:
        safety = "" if finding.fix.applicability is Applicability.SAFE else " (unsafe: have a look at it)"
        lines += _wrapped(f"{paint('fix', '1;32')}{safety}: {finding.fix.message}", width, "  ", "       ")
    return "\n".join(lines)


def _wrapped(text: str, width: int, indent: str, further: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=further or indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def last_lines(report: Report) -> list[str]:
    """What was found, mended and kept back, counted."""
    lines = []
    if report.fixed:
        lines.append(f"Fixed {_many(report.fixed, 'finding')}.")
    counts = [(s, sum(f.severity is s for f in report.findings)) for s in Severity]
    found = ", ".join(_many(count, "info" if s is Severity.INFO else str(s)) for s, count in counts if count)
    if found:
        files = len({f.span.path for f in report.findings})
        of = f" of {report.files}" if report.files > files else ""
        lines.append(f"Found {found} in {_many(files, 'file') if not of else f'{files}{of} files'}.{_fixable(report)}")
    elif report.files == 1:
        lines.append("Nothing to report.")
    else:
        lines.append(f"Nothing to report in {report.files} files." if report.files else "Nothing to report.")
    if report.known:
        lines.append(f"{_many(report.known, 'known finding')} kept back by the baseline.")
    if report.gone:
        were = "is" if report.gone == 1 else "are"
        lines.append(
            f"{_many(report.gone, 'finding')} of the baseline {were} fixed: write it anew with --write-baseline."
        )
    return lines


def _fixable(report: Report) -> str:
    fixes = [f.fix.applicability for f in report.findings if f.fix is not None]
    safe = sum(a is Applicability.SAFE for a in fixes)
    said = [f"{safe} can be fixed with --fix"] if safe else []
    if len(fixes) > safe:
        said.append(f"{len(fixes) - safe}{' more' if safe else ' can be fixed'} with --fix --unsafe-fixes")
    return f" {', '.join(said)}." if said else ""


def _many(count: int, what: str) -> str:
    plural = what if count == 1 else {"info": "infos"}.get(what, f"{what}s")
    return f"{count} {plural}"
