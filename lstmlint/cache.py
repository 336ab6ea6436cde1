"""A cache of results: what was found in a file, for as long as it, what its program imports, the settings and lstmlint itself stay the same."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from .diagnostic import Applicability, Diagnostic, Edit, Fix, Related, Severity, ShapePair, Span
from .looks import digest, is_still

FOLDER = ".lstmlint_cache"


class Cache:
    """Results in a folder, one JSON file for each source file.

    Several processes may use the folder at once: an entry is written beside its place and then moved there, whole. An entry that can't
    be read, or isn't what this version writes, counts as none. Nothing in an entry is ever executed.
    """

    def __init__(self, folder: str) -> None:
        self.folder = os.path.abspath(folder)
        self._tool: dict[tuple[str, ...], str] = {}
        self._still: dict[tuple[str, str | None], bool] = {}
        self._prepared = False

    def get(self, path: str, raw: bytes, options: Any) -> tuple[list[Diagnostic], list[tuple[Span, str]]] | None:
        """The findings and gaps of a file with this content; None when they have to be worked out."""
        try:
            with open(self._place(path), "rb") as stream:
                entry = json.loads(stream.read())
            if entry["key"] != self._key(path, raw, options):
                return None
            files: Mapping[str, str | None] = entry["files"]
            if not all(self._is_still(file, seen) for file, seen in files.items()):
                return None
            gaps = [(Span(*span), str(reason)) for span, reason in entry["gaps"]]
            return [_diagnostic(record) for record in entry["findings"]], gaps
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(
        self,
        path: str,
        raw: bytes,
        options: Any,
        findings: list[Diagnostic],
        gaps: list[tuple[Span, str]],
        files: Mapping[str, str | None],
    ) -> None:
        """Keep a result, and what it rests on besides the file: `files` is as `Program.files`."""
        entry = {
            "key": self._key(path, raw, options),
            "files": dict(files),
            "findings": [_record(finding) for finding in findings],
            "gaps": [[_numbers(span), reason] for span, reason in gaps],
        }
        try:
            self._prepare()
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as stream:
                json.dump(entry, stream, ensure_ascii=True)
            os.replace(name, self._place(path))
        except OSError:
            pass  # a cache that can't be written is slow, not wrong

    def _prepare(self) -> None:
        if self._prepared:
            return
        os.makedirs(self.folder, exist_ok=True)
        ignore = os.path.join(self.folder, ".gitignore")
        if not os.path.exists(ignore):
            with open(ignore, "w", encoding="utf-8") as stream:
                stream.write("*\n")
        self._prepared = True

    def _place(self, path: str) -> str:
        return os.path.join(
            self.folder, digest(os.path.abspath(path).encode("utf-8", "surrogateescape"))[:40] + ".json"
        )

    def _key(self, path: str, raw: bytes, options: Any) -> str:
        packs = tuple(options.packs)
        if packs not in self._tool:
            self._tool[packs] = _fingerprint(("lstmlint", *packs))
        parts = (self._tool[packs], sys.version, path, repr(options), digest(raw))
        return digest("\0".join(parts).encode("utf-8", "surrogatepass"))

    def _is_still(self, path: str, seen: str | None) -> bool:
        """Is there what was seen under this path? Each path is looked at once in a run."""
        if (path, seen) not in self._still:
            self._still[path, seen] = is_still(path, seen)
        return self._still[path, seen]


def _fingerprint(packages: tuple[str, ...]) -> str:
    """What changes whenever the code or the data of one of the packages changes."""
    seen = hashlib.sha256()
    for package in packages:
        seen.update(package.encode())
        spec = find_spec(package)
        places = list(spec.submodule_search_locations or ()) if spec is not None else []
        if not places and spec is not None and spec.origin:
            places = [spec.origin]
        for place in places:
            for path, size, changed in sorted(_files(place)):
                seen.update(f"{path}\0{size}\0{changed}\0".encode("utf-8", "surrogateescape"))
    return seen.hexdigest()


def _files(place: str) -> Iterator[tuple[str, int, int]]:
    if not os.path.isdir(place):
        status = os.stat(place)
        yield place, status.st_size, status.st_mtime_ns
        return
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.endswith(".pyc"):  # tables of data count as code does
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns


# records ----------------------------------------------------------------------------------------------------------------


def _record(finding: Diagnostic) -> dict[str, Any]:
    fix = finding.fix
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "span": _numbers(finding.span),
        "related": [[r.message, _numbers(r.span)] for r in finding.related],
        "story": [[r.message, _numbers(r.span)] for r in finding.story],
        "shapes": None if finding.shapes is None else [finding.shapes.expected, finding.shapes.got],
        "fix": None
        if fix is None
        else [fix.applicability.value, fix.message, [[_numbers(e.span), e.content] for e in fix.edits]],
        "fingerprint": finding.fingerprint,
        "url": finding.url,
    }


def _numbers(span: Span) -> list[Any]:
    return [span.path, span.row, span.column, span.end_row, span.end_column, span.cell]


def _diagnostic(record: Mapping[str, Any]) -> Diagnostic:
    fix = record["fix"]
    return Diagnostic(
        record["code"],
        record["name"],
        Severity(record["severity"]),
        record["message"],
        Span(*record["span"]),
        tuple(Related(message, Span(*span)) for message, span in record["related"]),
        tuple(Related(message, Span(*span)) for message, span in record["story"]),
        None if record["shapes"] is None else ShapePair(*record["shapes"]),
        None
        if fix is None
        else Fix(Applicability(fix[0]), fix[1], tuple(Edit(Span(*span), content) for span, content in fix[2])),
        fingerprint=record["fingerprint"],
        url=record["url"],
    )
