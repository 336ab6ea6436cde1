"""Fixes that hold: edits on the bytes of a file, proved by following the edited program before anyone sees them."""

from __future__ import annotations

import itertools
import os
import stat
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from .diagnostic import Applicability, Diagnostic, Edit, Fix, Severity, Span
from .frozen import dataclass
from .notebook import cell_texts, read, write_back
from .repeats import turns_that_show_nothing
from .runner import Options, Result, check_bytes, examine
from .source import Source, SourceFailure

MOST_ROUNDS = 20
"""More rounds of fixing than this no program needs."""
MOST_TRIALS = 40
"""How often a file is followed again to prove its fixes."""
MOST_SECONDS = 10.0
"""Of the processor, to prove the fixes of a file: as much as following it may take. What isn't proved by then is not offered."""
_MANY = 2
"""From so many fixes on they are tried together first."""
_CHAIN = 8
"""How many consequences of a fix may be fixed along with it (a stack of LSTMs has one for each)."""


class CannotEdit(Exception):
    """Edits that don't go together, or that stand where the file's text is not ours to change."""


@dataclass(frozen=True, slots=True)
class _Change:
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
        chosen = _compatible(result.findings, unsafe)
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


def that_hold(result: Result, raw: bytes, options: Options) -> list[Diagnostic]:
    """The findings, each with its fix only if the finding is gone once the file is edited and nothing new is wrong.

    Of a program that ran out of time no fix can be proved: what is gone might just not have been reached again.
    """
    if not result.program.settled:
        return [replace(finding, fix=None) for finding in result.findings]
    trials = _Trials(raw, result, options)
    proved, unsound = _proved_together(result.findings, trials)

    def judged(finding: Diagnostic) -> Diagnostic:
        if finding.fix is None:
            return finding
        if id(finding) in proved:
            return replace(finding, fix=proved[id(finding)])
        return replace(finding, fix=None) if id(finding) in unsound else _proved(finding, trials)

    return [judged(finding) for finding in result.findings]


def _proved_together(findings: Sequence[Diagnostic], trials: _Trials) -> tuple[dict[int, Fix], set[int]]:
    """The fixes that hold when many are made at once, by the identity of their findings, and the findings whose fixes don't: a file with forty old
    names is followed once for them.

    Something wrong that shows where one finding stands is that one's doing. If further fixes mend it, they are tried as parts of its own, for all
    such findings at once; the others are tried without them. Where nobody can be told to have done it, each half is tried, those of one rule side
    by side.
    """
    groups = [
        {id(f): (f, f.fix) for f in group if f.fix is not None}
        for group in _together(sorted(findings, key=lambda finding: finding.code))
    ]
    proved: dict[int, Fix] = {}
    unsound: set[int] = set()
    while groups:
        group = groups.pop()
        extended = any(finding.fix is not fix for finding, fix in group.values())
        if len(group) < _MANY and not extended:
            continue
        edits = list(dict.fromkeys(edit for _, fix in group.values() for edit in fix.edits))
        trial = trials.fresh(edits, *(trials.key(finding) for finding, _ in group.values()))
        if trial is not None and not trial[0]:
            proved.update({key: fix for key, (_, fix) in group.items()})
        elif not extended:
            guilty, hopeless, mended = _guilty(group, trial, trials) if trial is not None else (set(), set(), {})
            unsound |= hopeless
            if guilty:
                groups += [{key: given for key, given in group.items() if key not in guilty}, mended]
            else:
                halves = list(group.items())
                groups += [dict(halves[len(halves) // 2 :]), dict(halves[: len(halves) // 2])]
    return proved, unsound


_Group = dict[int, tuple[Diagnostic, Fix]]
"""Findings by identity, each with its fix or with that and what it leads to."""


def _guilty(group: _Group, trial: _Trial, trials: _Trials) -> tuple[set[int], set[int], _Group]:
    """Of findings whose fixes were made together: those where something new is wrong, of them those where nothing mends it, and those whose fixes
    mend it all, along with what that takes."""
    new, source, changes = trial
    led_to: dict[int, list[Diagnostic]] = {}
    hopeless: set[int] = set()
    spans = [(trials.source.offsets(finding.span), key) for key, (finding, _) in group.items()]
    for further in new:
        at = _back(source.offsets(further.span)[0], changes)[0]
        here = [key for (start, end), key in spans if start <= at < end]
        for key in here:
            led_to.setdefault(key, []).append(further)
        if len(here) == 1 and further.fix is None:
            hopeless.update(here)
    mended: _Group = {}
    for key, consequences in led_to.items():
        finding, fix = group[key]
        whole = _with_consequences(fix, consequences, trial, trials)
        if whole is not None:
            mended[key] = finding, whole
    return set(led_to), hopeless, mended


def _with_consequences(fix: Fix, new: Sequence[Diagnostic], trial: _Trial, trials: _Trials) -> Fix | None:
    """A fix with those of what it leads to; None when one of these has none that can be made along with it."""
    _, source, changes = trial
    edits, applicability = list(fix.edits), fix.applicability
    for finding in new:
        consequence = _translated(finding.fix, source, changes, trials.source)
        if finding.fix is None or consequence is None:
            return None
        edits += [edit for edit in consequence if edit not in edits]
        if finding.fix.applicability is Applicability.UNSAFE:
            applicability = Applicability.UNSAFE
    return Fix(applicability, fix.message, tuple(edits))


def _together(findings: Sequence[Diagnostic]) -> list[list[Diagnostic]]:
    """The findings with fixes, in groups whose fixes don't get in each other's way; several may share a fix, or an edit such as an import."""
    groups: list[list[Diagnostic]] = []
    left = [finding for finding in findings if finding.fix is not None]
    while left:
        edits = {fix.edits for _, fix in _compatible(left, unsafe=True)}
        groups.append([finding for finding in left if finding.fix is not None and finding.fix.edits in edits])
        left = [finding for finding in left if finding.fix is not None and finding.fix.edits not in edits]
    return groups


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


def _change(source: Source, edit: Edit) -> _Change:
    content = edit.content if source.newline == "\n" else edit.content.replace("\n", source.newline)
    return _Change(*source.offsets(edit.span), content)


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


def _in_order(changes: Iterable[_Change]) -> list[_Change]:
    ordered = sorted(dict.fromkeys(changes), key=lambda c: (c.start, c.end))
    for left, right in itertools.pairwise(ordered):
        if right.start < left.end or (left.start, left.end) == (right.start, right.end):
            raise CannotEdit("two edits overlap")
    return ordered


def _edited(text: str, changes: Iterable[_Change]) -> str:
    pieces, at = [], 0
    for change in _in_order(changes):
        pieces += [text[at : change.start], change.content]
        at = change.end
    return "".join([*pieces, text[at:]])


def _back(offset: int, changes: Sequence[_Change]) -> tuple[int, bool]:
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


def _compatible(findings: Iterable[Diagnostic], unsafe: bool) -> list[tuple[Diagnostic, Fix]]:
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


_Key = tuple[str, int]
_Trial = tuple[list[Diagnostic], Source, "list[_Change]"]
"""What is new after edits, the edited file, and the changes that led to it."""


def _keys(findings: Iterable[Diagnostic], source: Source, changes: Sequence[_Change] = ()) -> dict[_Key, Diagnostic]:
    """Findings by code and by where they begin in the text before the changes."""
    return {(f.code, _back(source.offsets(f.span)[0], changes)[0]): f for f in findings}


class _Trials:
    """The file as it is, and how often it may still be followed with other text."""

    def __init__(self, raw: bytes, result: Result, options: Options) -> None:
        self.raw = raw
        self.path = result.path
        self.options = options
        self.source: Source = result.source
        self.skipped = turns_that_show_nothing(result.program)
        self.before = _keys([*result.serious, *result.findings], self.source)
        self.made: dict[tuple[tuple[Edit, ...], tuple[_Key, ...]], _Trial | None] = {}
        """What came of the trials so far."""
        self.left = MOST_TRIALS
        self.end = time.process_time() + MOST_SECONDS

    def key(self, finding: Diagnostic) -> _Key:
        """What a finding is known by, before and after edits."""
        return finding.code, self.source.offsets(finding.span)[0]

    def fresh(self, edits: Sequence[Edit], *gone: _Key) -> _Trial | None:
        """What is new after the edits; None when they can't be made, or a finding that shall be gone is still there."""
        trial = tuple(edits), gone
        if trial not in self.made:
            if not self.left or time.process_time() > self.end:
                return None
            self.left -= 1
            self.made[trial] = self._followed(edits, gone)
        return self.made[trial]

    def _followed(self, edits: Sequence[Edit], gone: Sequence[_Key]) -> _Trial | None:
        """Follow the edited file, but for ways that repeat what others show."""
        try:
            after = apply(self.raw, self.path, edits)
            changes = _in_order(_change(self.source, edit) for edit in edits)
        except (CannotEdit, SourceFailure, UnicodeError):
            return None
        result = examine(after, self.path, self.options, self.skipped).dismissed()
        if result.trouble:
            return None
        if result.source is None:  # no Keras left in it
            return [], self.source, changes
        source: Source = result.source
        found = _keys([*result.serious, *result.findings], source, changes)
        if any(key in found for key in gone):
            return None
        new = [f for key, f in found.items() if key not in self.before and f.severity is not Severity.INFO]
        return new, source, changes


def _proved(finding: Diagnostic, trials: _Trials) -> Diagnostic:
    """The finding with its fix and those of what that leads to; without one if they don't hold."""
    fix = finding.fix
    for _ in range(_CHAIN):
        assert fix is not None
        trial = trials.fresh(fix.edits, trials.key(finding))
        if trial is None:
            break
        if not trial[0]:
            return replace(finding, fix=fix)
        fix = _with_consequences(fix, trial[0], trial, trials)
        if fix is None:
            break
    return replace(finding, fix=None)


def _translated(fix: Fix | None, source: Source, changes: Sequence[_Change], before: Source) -> list[Edit] | None:
    """A fix for the edited text in terms of the text before; None when it touches what was written."""
    if fix is None:
        return None
    found = []
    for edit in fix.edits:
        start, end = source.offsets(edit.span)
        (first, outside), (last, still) = _back(start, changes), _back(end, changes)
        if not (outside and still):
            return None
        found.append(Edit(before.span(first, last), edit.content))
    return found


def _worse(result: Result, after: bytes, path: str, options: Options, edits: list[Edit]) -> bool:
    """Do fixes that hold one by one, made together, bring something new?"""
    before = _keys([*result.serious, *result.findings], result.source)
    changed = examine(after, path, options).dismissed()
    if changed.trouble:
        return True
    if changed.source is None:
        return False
    found = _keys(changed.serious, changed.source, _in_order(_change(result.source, e) for e in edits))
    return any(key not in before for key in found)
