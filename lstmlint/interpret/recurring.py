"""What the turns of loops that nobody can count have been seen to change: when the program is followed again, each such turn begins as any of them may."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

from ..nodes import walk
from .reach import Path


class Change(NamedTuple):
    """What has changed, and how: a list, dict or set may hold something else than before, or something else have taken its place."""

    path: Path
    grown: bool


class Recurring:
    """The changes that each loop's turns make, whoever makes them: shared by all ways through a program."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[Any, dict[Change, bool]]] = {}
        self.grew = False
        """Has something been found since somebody last looked that was not taken into account, and had to be?"""
        self.later = False
        """Has a way been followed to its end, on which nothing is known of what is found now?"""

    def note(self, loop: Any, change: Change, *, asked: bool) -> None:
        """Take note of a change, and whether the loop asks about what has changed."""
        changes = self._changes_of(loop)
        known = changes.get(change)
        changes[change] = asked or bool(known)
        self.grew |= asked and not known

    def note_of_branch(self, branch: Any, change: Change) -> None:
        """Take note of what is changed on a condition that each turn may decide otherwise."""
        changes = self._changes_of(branch)
        self.grew |= self.later and change not in changes
        changes.setdefault(change, False)

    def _changes_of(self, node: Any) -> dict[Change, bool]:
        return self._found.setdefault(id(node), (node, {}))[1]

    def asked(self, loop: Any) -> list[Change]:
        """What the turns of a loop change and ask about."""
        return [change for change, asked in self._of(loop).items() if asked]

    def all(self, loop: Any) -> list[Change]:
        """All that the turns of a loop change."""
        return list(self._of(loop))

    def names(self, loop: Any) -> frozenset[str]:
        """The names of what they change."""
        return frozenset(part for path, _ in self._of(loop) for part in path[-1:] if isinstance(part, str))

    def handed_on(self, before: ast.AST, after: ast.AST) -> Recurring:
        """The same for a module after an edit that leaves its statements what they are; nothing of its loops where it doesn't."""
        found = Recurring()
        if self._found:
            found._found = {key: (node, dict(changes)) for key, (node, changes) in self._found.items()}
            ours, theirs = _recurring_in(before), _recurring_in(after)
            if [type(node) for node in ours] == [type(node) for node in theirs]:
                for old, new in zip(ours, theirs):
                    if id(old) in found._found:
                        found._found[id(new)] = new, found._found.pop(id(old))[1]
        return found

    def _of(self, loop: Any) -> dict[Change, bool]:
        found = self._found.get(id(loop))
        return found[1] if found is not None else {}


def _recurring_in(module: ast.AST) -> list[ast.AST]:
    """What may be done again and again, in order, along with all other statements."""
    return [node for node in walk(module) if isinstance(node, (ast.stmt, ast.comprehension))]
