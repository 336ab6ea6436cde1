"""The baseline: findings that are known and not reported, kept in a file that says so in a way that diffs well."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import field

from .config import ConfigError
from .diagnostic import Diagnostic
from .frozen import dataclass


class BaselineError(ConfigError):
    """A baseline file that can't be used; the message names it."""


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A finding of the baseline: the file (relative to the baseline's folder, with /), the rule's code and name, and the fingerprint."""

    file: str
    code: str
    name: str
    fingerprint: str


@dataclass(slots=True)
class Baseline:
    """The known findings of one baseline file, and which of them were found again."""

    path: str
    known: set[Known] = field(default_factory=set)
    met: set[Known] = field(default_factory=set)

    def entry(self, finding: Diagnostic) -> Known:
        """A finding as it would stand in this baseline."""
        return Known(self.relative(finding.span.path), finding.code, finding.name, finding.fingerprint)

    def relative(self, path: str) -> str:
        """A file as the baseline names it."""
        folder = os.path.dirname(os.path.abspath(self.path))
        try:
            return os.path.relpath(path, folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return os.path.abspath(path).replace(os.sep, "/")

    def knows(self, finding: Diagnostic) -> bool:
        """Is the finding known? Remembers that it is still there."""
        entry = self.entry(finding)
        if entry in self.known:
            self.met.add(entry)
            return True
        return False

    def fixed(self, checked: Iterable[tuple[str, set[str]]]) -> list[Known]:
        """What was known and is no longer there, given the files that were checked, each with the codes of the rules that were on."""
        on = {self.relative(path): codes for path, codes in checked}
        gone = [k for k in self.known - self.met if (k.code in on[k.file] if k.file in on else not self._exists(k))]
        return sorted(gone)

    def _exists(self, known: Known) -> bool:
        return os.path.exists(os.path.join(os.path.dirname(os.path.abspath(self.path)), known.file))


def read(path: str) -> Baseline:
    """The baseline in a file. Raises BaselineError when there is none, or it can't be read."""
    try:
        with open(path, encoding="utf-8") as stream:
            document = json.load(stream)
        if document["version"] != 1:
            raise BaselineError(
                f"{path}: is a baseline of version {document['version']}, which this lstmlint can't read"
            )
        known = {Known(e["file"], e["code"], e["name"], e["fingerprint"]) for e in document["findings"]}
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror or error} (write it with --write-baseline {path})") from None
    except (ValueError, KeyError, TypeError):
        raise BaselineError(f"{path}: is not a baseline (write it anew with --write-baseline {path})") from None
    return Baseline(path, known)


def write(path: str, findings: Iterable[Diagnostic], checked: Iterable[tuple[str, set[str]]]) -> int:
    """Write the findings as the new baseline; gives their number.

    What an old baseline says about files and rules that were not checked stays. OSError when the file can't be written.
    """
    try:
        old = read(path)
    except BaselineError:
        old = Baseline(path)
    entries = {old.entry(finding) for finding in findings}
    old.met = set(entries)
    gone = set(old.fixed(checked))
    entries |= {k for k in old.known if k not in gone}
    rows = [
        json.dumps({"file": e.file, "code": e.code, "name": e.name, "fingerprint": e.fingerprint}, ensure_ascii=False)
        for e in sorted(entries)
    ]
    body = ",\n  ".join(rows)
    text = (
        f'{{\n "version": 1,\n "findings": [\n  {body}\n ]\n}}\n' if rows else '{\n "version": 1,\n "findings": []\n}\n'
    )
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    return len(rows)
