"""Which fixes hold: found out by following the edited program before anyone sees them."""

from __future__ import annotations

import ast
import bisect
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from .diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from .fixes import CannotEdit, Change, Key, apply, before_changes, changes_of, compatible, keys
from .nodes import walk
from .repeats import shown_by
from .runner import Options, Result, examine
from .source import Source, SourceFailure

MOST_TRIALS = 40
"""How often a file is followed again to prove its fixes."""
MOST_SECONDS = 10.0
"""Of the processor, to prove the fixes of a file: as much as following it may take. What isn't proved by then is not offered."""
_MANY = 2
"""From so many fixes on they are tried together first."""
_CHAIN = 8
"""How many consequences of a fix may be fixed along with it (a stack of LSTMs has one for each)."""


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


def _proved_together(findings: Sequence[Diagnostic], trials: _Trials) -> tuple[dict[int, Fix], set[int]]:
    """The fixes that hold when many are made at once, by the identity of their findings, and the findings whose fixes don't: a file with forty old
    names is followed once for them.

    Something wrong that shows where one finding stands, or in that statement, is that one's doing. If further fixes mend it, they are tried as parts
    of its own, for all such findings at once; the others are tried without them. Where nobody can be told to have done it, each half is tried, those
    of one rule side by side.
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
            continue
        guilty, hopeless, mended = _guilty(group, trial, trials) if trial is not None else (set(), set(), {})
        unsound |= hopeless
        if guilty:
            groups += [{key: given for key, given in group.items() if key not in guilty}, mended]
        elif not extended:
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
        at = before_changes(source.offsets(further.span)[0], changes)[0]
        here = [key for (start, end), key in spans if start <= at < end]
        if not here and (statement := trials.statement(at)):
            here = [key for (start, _), key in spans if statement[0] <= start < statement[1]]
        for key in here:
            led_to.setdefault(key, []).append(further)
        if len(here) == 1 and further.fix is None:
            hopeless.update(here)
    mended: _Group = {}
    for key, consequences in led_to.items():
        finding, fix = group[key]
        whole = _with_consequences(fix, consequences, trial, trials)
        if whole is not None and whole.edits != fix.edits:
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


def _translated(fix: Fix | None, source: Source, changes: Sequence[Change], before: Source) -> list[Edit] | None:
    """A fix for the edited text in terms of the text before; None when it touches what was written."""
    if fix is None:
        return None
    found = []
    for edit in fix.edits:
        start, end = source.offsets(edit.span)
        (first, outside), (last, still) = before_changes(start, changes), before_changes(end, changes)
        if not (outside and still):
            return None
        found.append(Edit(before.span(first, last), edit.content))
    return found


def _together(findings: Sequence[Diagnostic]) -> list[list[Diagnostic]]:
    """The findings with fixes, in groups whose fixes don't get in each other's way; several may share a fix, or an edit such as an import."""
    groups: list[list[Diagnostic]] = []
    left = [finding for finding in findings if finding.fix is not None]
    while left:
        edits = {fix.edits for _, fix in compatible(left, unsafe=True)}
        groups.append([finding for finding in left if finding.fix is not None and finding.fix.edits in edits])
        left = [finding for finding in left if finding.fix is not None and finding.fix.edits not in edits]
    return groups


_Trial = tuple[list[Diagnostic], Source, "list[Change]"]
"""What is new after edits, the edited file, and the changes that led to it."""


class _Trials:
    """The file as it is, and how often it may still be followed with other text."""

    def __init__(self, raw: bytes, result: Result, options: Options) -> None:
        self.raw = raw
        self.path = result.path
        self.options = options
        self.source: Source = result.source
        self.tree = result.program.tree
        self.shown = shown_by(result.program)
        self.before = keys([*result.serious, *result.findings], self.source)
        self.made: dict[tuple[tuple[Edit, ...], tuple[Key, ...]], _Trial | None] = {}
        """What came of the trials so far."""
        self.left = MOST_TRIALS
        self.end = time.process_time() + MOST_SECONDS

    def key(self, finding: Diagnostic) -> Key:
        """What a finding is known by, before and after edits."""
        return finding.code, self.source.offsets(finding.span)[0]

    def statement(self, offset: int) -> tuple[int, int] | None:
        """Where the statement begins and ends that this place belongs to; of one with statements of its own, what stands before them."""
        at = bisect.bisect_right(self._statements, (offset, len(self.source.text))) - 1
        return self._statements[at] if at >= 0 and offset < self._statements[at][1] else None

    @cached_property
    def _statements(self) -> list[tuple[int, int]]:
        found = []
        for node in walk(self.tree.module):
            if isinstance(node, ast.stmt):
                start, end = self.tree.extent(node)
                body = getattr(node, "body", None)
                found.append((start, self.tree.extent(body[0])[0] if body else end))
        return sorted(found)

    def fresh(self, edits: Sequence[Edit], *gone: Key) -> _Trial | None:
        """What is new after the edits; None when they can't be made, or a finding that shall be gone is still there."""
        trial = tuple(edits), gone
        if trial not in self.made:
            if not self.left or time.process_time() > self.end:
                return None
            self.left -= 1
            self.made[trial] = self._followed(edits, gone)
        return self.made[trial]

    def _followed(self, edits: Sequence[Edit], gone: Sequence[Key]) -> _Trial | None:
        """Follow the edited file, but for ways that repeat what others show."""
        try:
            after = apply(self.raw, self.path, edits)
            changes = changes_of(self.source, edits)
        except (CannotEdit, SourceFailure, UnicodeError):
            return None
        result = examine(after, self.path, self.options, self.shown).dismissed()
        if result.trouble:
            return None
        if result.source is None:  # no Keras left in it
            return [], self.source, changes
        source: Source = result.source
        found = keys([*result.serious, *result.findings], source, changes)
        if any(key in found for key in gone):
            return None
        new = [f for key, f in found.items() if key not in self.before and f.severity is not Severity.INFO]
        return new, source, changes
