"""Fixes: edits on the bytes of a file, made so that everything else stays as it is. (Which of them hold is found out in `proofs`.)"""

from __future__ import annotations

import itertools
import os
import stat
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from .diagnostic import Applicability, Diagnostic, Edit, Fix, Span
from .frozen import dataclass
from .notebook import cell_texts, read, write_back
from .runner import Options, Result, check_bytes, examine
from .source import Source, SourceFailure

MOST_ROUNDS = 20
"""More rounds of fixing than this no program needs."""


class CannotEdit(Exception):
    """Edits that don't go together, or that stand where the file's text is not ours to change."""


@dataclass(frozen=True, slots=True)
class Change:
    """An edit in offsets of the (joined) text."""

    start: int
    end: int
    content: str


@dataclass(slots=True)
class Mended:
    """A file after fixing: its bytes, the findings that were fixed, and what is left to say of it."""

    raw: bytes
    result: Result
    fixed: list[Diagnostic] = field(default_factory=list)


def mend(raw: bytes, path: str, options: Options, *, unsafe: bool = False) -> Mended:
    """Apply every fix that holds, round after round, until nothing changes. Unsafe ones only when wanted."""
    mended = Mended(raw, check_bytes(raw, path, options))
    seen = {raw}
    for _ in range(MOST_ROUNDS):
        result = mended.result
        chosen = compatible(result.findings, unsafe)
        while chosen:
            edits = [edit for _, fix in chosen for edit in fix.edits]
            try:
                after = apply(mended.raw, path, edits)
            except (CannotEdit, SourceFailure, UnicodeError):
                after = mended.raw
            if after not in seen and (len(chosen) == 1 or not _worse(result, after, path, options, edits)):
                break
            chosen = chosen[:1] if len(chosen) > 1 else []
        if not chosen:
            break
        done = {fix.edits for _, fix in chosen}
        mended.fixed += [f for f in result.findings if f.fix is not None and f.fix.edits in done]
        seen.add(after)
        mended.raw = after
        result.dismissed()
        mended.result = check_bytes(after, path, options)
    return mended


def store(path: str, before: bytes, after: bytes) -> str | None:
    """Write a mended file; gives what went wrong, in words, or None.

    The new content takes the old one's place in one step, and only if the file still holds `before` and may be written to. Its permissions stay.
    """
    real = os.path.realpath(path)
    temporary = None
    try:
        mode = os.stat(real).st_mode
        if not mode & 0o222 or not os.access(real, os.W_OK):
            return f"{path}: is read-only; its fixes are not written"
        handle, temporary = tempfile.mkstemp(dir=os.path.dirname(real), prefix=".lstmlint-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(after)
        os.chmod(temporary, stat.S_IMODE(mode))
        with open(real, "rb") as stream:
            if stream.read() != before:
                return f"{path}: has changed meanwhile; its fixes are not written"
        os.replace(temporary, real)
        temporary = None
    except OSError as error:
        return f"{path}: its fixes can't be written: {error.strerror or error}"
    finally:
        if temporary is not None:
            os.unlink(temporary)
    return None


def diff(path: str, before: bytes, after: bytes) -> str:
    """The change as a unified diff; in a notebook one for each cell that changed."""
    if not path.endswith(".ipynb"):
        return _diff(path, read(before, path).text, read(after, path).text)
    old, new = cell_texts(before, path), cell_texts(after, path)
    return "".join(
        _diff(f"{path}:cell {number}", old[number], new[number]) for number in old if old[number] != new.get(number)
    )


def _diff(name: str, before: str, after: str) -> str:
    import difflib

    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def apply(raw: bytes, path: str, edits: Iterable[Edit]) -> bytes:
    """The bytes of the file with the edits made; whatever they don't touch stays byte for byte.

    Raises CannotEdit when two edits overlap, when one stands in another file or in a magic line of a notebook, and UnicodeError when the
    file's encoding lacks a character.
    """
    source = read(raw, path)
    wanted = list(edits)
    if any(edit.span.path != path for edit in wanted):
        raise CannotEdit("the edit is in another file")
    if path.endswith(".ipynb"):
        texts = cell_texts(raw, path)
        changed = {}
        for number in sorted({edit.span.cell or 0 for edit in wanted}):
            here = [edit for edit in wanted if edit.span.cell == number]
            changed[number] = _edited_cell(texts.get(number), source, here)
        return write_back(raw, changed, path)
    text = _edited(source.text, [_change(source, edit) for edit in wanted])
    return source.encode(text)


def _change(source: Source, edit: Edit) -> Change:
    content = edit.content if source.newline == "\n" else edit.content.replace("\n", source.newline)
    return Change(*source.offsets(edit.span), content)


def _edited_cell(raw_text: str | None, source: Source, edits: list[Edit]) -> str:
    """A cell's own text after the edits, which are in terms of the translated text: the rows they touch must be the same in both."""
    if raw_text is None:
        raise CannotEdit("there is no such cell")
    own = Source(source.path, raw_text)
    for edit in edits:
        for row in range(edit.span.row, edit.span.end_row + 1):
            if own.line(row) != source.line(row, edit.span.cell):
                raise CannotEdit("the line is not plain Python")
    return _edited(raw_text, [_change(own, Edit(replace(e.span, cell=None), e.content)) for e in edits])


def _in_order(changes: Iterable[Change]) -> list[Change]:
    ordered = sorted(dict.fromkeys(changes), key=lambda c: (c.start, c.end))
    for left, right in itertools.pairwise(ordered):
        if right.start < left.end or (left.start, left.end) == (right.start, right.end):
            raise CannotEdit("two edits overlap")
    return ordered


def changes_of(source: Source, edits: Iterable[Edit]) -> list[Change]:
    """The edits in offsets of the text, in its order. Raises CannotEdit when two overlap."""
    return _in_order(_change(source, edit) for edit in edits)


def _edited(text: str, changes: Iterable[Change]) -> str:
    pieces, at = [], 0
    for change in _in_order(changes):
        pieces += [text[at : change.start], change.content]
        at = change.end
    return "".join([*pieces, text[at:]])


def before_changes(offset: int, changes: Sequence[Change]) -> tuple[int, bool]:
    """The offset before the changes of an offset after them, and whether it was not inside what they wrote."""
    shift = 0
    for change in changes:
        start = change.start + shift
        end = start + len(change.content)
        if offset < start:
            break
        if offset < end or (offset == end and change.start == change.end and offset == start):
            return change.start, offset == start
        shift += len(change.content) - (change.end - change.start)
    return offset - shift, True


def compatible(findings: Iterable[Diagnostic], unsafe: bool) -> list[tuple[Diagnostic, Fix]]:
    """The fixes that can be made in one go, first come first served."""
    chosen: list[tuple[Diagnostic, Fix]] = []
    taken: list[Edit] = []
    sets: set[tuple[Edit, ...]] = set()
    for finding in findings:
        fix = finding.fix
        if fix is None or fix.edits in sets or (fix.applicability is Applicability.UNSAFE and not unsafe):
            continue
        if any(a != b and _touch(a.span, b.span) for a in fix.edits for b in taken):
            continue
        chosen.append((finding, fix))
        sets.add(fix.edits)
        taken += fix.edits
    return chosen


def _touch(a: Span, b: Span) -> bool:
    if (a.path, a.cell) != (b.path, b.cell):
        return False
    return (a.row, a.column) <= (b.end_row, b.end_column) and (b.row, b.column) <= (a.end_row, a.end_column)


Key = tuple[str, int]
"""What a finding is known by: its code, and where it begins in the text before the changes."""


def keys(findings: Iterable[Diagnostic], source: Source, changes: Sequence[Change] = ()) -> dict[Key, Diagnostic]:
    """Findings by code and by where they begin in the text before the changes."""
    return {(f.code, before_changes(source.offsets(f.span)[0], changes)[0]): f for f in findings}


def _worse(result: Result, after: bytes, path: str, options: Options, edits: list[Edit]) -> bool:
    """Do fixes that hold one by one, made together, bring something new?"""
    before = keys([*result.serious, *result.findings], result.source)
    changed = examine(after, path, options).dismissed()
    if changed.trouble:
        return True
    if changed.source is None:
        return False
    found = keys(changed.serious, changed.source, changes_of(result.source, edits))
    return any(key not in before for key in found)
