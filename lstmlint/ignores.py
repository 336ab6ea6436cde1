"""Adopting the tool on an old project: an ignore comment on every line with a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .diagnostic import Diagnostic, Edit, Span
from .fixes import CannotEdit, apply
from .patterns import pattern
from .runner import Options, check_bytes
from .source import SourceFailure

_IGNORE = pattern(r"#\s*lstmlint:\s*ignore\s*\[([^\]]*)\]")


@dataclass(slots=True)
class Ignored:
    """A file with its new comments, how many findings they silence, and the findings for which no comment could be written."""

    raw: bytes
    silenced: int = 0
    left: list[Diagnostic] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


def add_ignores(raw: bytes, path: str, options: Options) -> Ignored:
    """Silence every finding by a comment at the end of its first line, or of its last one where the first can't take it.

    Each comment is proved: the file is followed again, and a comment that silences nothing (inside a string) is not written.
    """
    result = check_bytes(raw, path, options)
    done = Ignored(raw, trouble=result.trouble)
    if result.trouble or not result.findings:
        done.left = result.findings
        return done
    before = len(result.findings)
    for last in (False, True):
        left = check_bytes(done.raw, path, options).findings
        if left:
            done.raw = _with_comments(done.raw, path, left, last, options)
    done.left = check_bytes(done.raw, path, options).findings
    done.silenced = before - len(done.left)
    return done


def _with_comments(raw: bytes, path: str, findings: list[Diagnostic], last: bool, options: Options) -> bytes:
    lines: dict[tuple[int | None, int], list[str]] = {}
    for finding in findings:
        row = finding.span.end_row if last else finding.span.row
        lines.setdefault((finding.span.cell, row), []).append(finding.name)
    from .notebook import read

    source = read(raw, path)
    edits = [
        edit
        for (cell, row), names in lines.items()
        if (edit := _comment(source, path, cell, row, dict.fromkeys(names))) is not None
    ]
    together = _proved(raw, path, edits, len(findings), options)
    if together is not None:
        return together
    for edit in edits:  # one of them stands in a string: one by one
        alone = _proved(raw, path, [edit], 1, options)
        if alone is not None:
            raw = alone
    return raw


def _proved(raw: bytes, path: str, edits: list[Edit], silenced: int, options: Options) -> bytes | None:
    """The file with the comments, if they silence as many findings as they should."""
    try:
        after = apply(raw, path, edits)
    except (CannotEdit, SourceFailure, UnicodeError):
        return None
    now = check_bytes(after, path, options)
    before = check_bytes(raw, path, options)
    return after if not now.trouble and len(before.findings) - len(now.findings) >= silenced else None


def _comment(source: Any, path: str, cell: int | None, row: int, names: Iterable[str]) -> Edit | None:
    text = source.line(row, cell)
    if text.rstrip().endswith("\\"):
        return None
    there = _IGNORE.search(text)
    if there is not None:
        column = there.end(1) + 1
        return Edit(Span(path, row, column, row, column, cell), "".join(f", {name}" for name in names))
    end = len(text.rstrip()) + 1
    return Edit(Span(path, row, end, row, len(text) + 1, cell), f"  # lstmlint: ignore[{', '.join(names)}]")
