"""Comments that silence findings: `# lstmlint: ignore[CODE, name]`, `# noqa: CODE`, `ignore-file`, `off` and `on`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from .diagnostic import Diagnostic, Span, SuppressedName, Suppression
from .patterns import pattern

DIRECTIVES = ("ignore", "ignore-file", "off", "on")
_OURS = pattern(r"#\s*lstmlint:[ \t]*(?P<word>[A-Za-z][\w-]*)[ \t]*(?P<names>\[[^\]#]*\]?)?(?P<rest>[^#]*)")
_NOQA = pattern(r"#\s*noqa\b(?P<names>:[ \t]*[A-Za-z0-9_\-]+(?:[ \t,]+[A-Z]+[0-9]+)*)?", re.IGNORECASE)
_NAME = pattern(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(slots=True)
class _Directive:
    """A comment that says something to us, and what it turned out to silence."""

    kind: str
    span: Span
    names: list[SuppressedName] | None
    removal: Span
    written: str
    start: tuple[int, int]
    end: tuple[int, int] = (10**9, 0)
    used: set[str] = field(default_factory=set)
    silenced: bool = False
    unbracketed: bool = False
    closes: bool = True

    def covers(self, finding: Diagnostic, matches: Callable[[str, Diagnostic], bool]) -> bool:
        """Does it silence the finding, wherever that stands? Remembers that it did."""
        if self.names is None:
            self.silenced = True
            return True
        found = [n.name for n in self.names if matches(n.name, finding)]
        self.used.update(found)
        self.silenced = self.silenced or bool(found)
        return bool(found)


def has_comments(text: str) -> bool:
    """Could there be a suppression in this text? Cheap."""
    return "lstmlint:" in text or "noqa" in text.lower()


def suppress(
    findings: Iterable[Diagnostic], tree: Any, matches: Callable[[str, Diagnostic], bool]
) -> tuple[list[Diagnostic], list[Suppression]]:
    """The findings that no comment silences, and the comments with what they did.

    A comment stands on the first or last line of what is reported. `matches` says whether a selector means a finding's rule.
    """
    kept = list(findings)
    if not has_comments(tree.source.text):
        return kept, []
    directives = _directives(tree)
    lines: dict[tuple[int | None, int], list[_Directive]] = {}
    for directive in directives:
        if directive.kind in ("ignore", "noqa"):
            lines.setdefault((directive.span.cell, directive.span.row), []).append(directive)
    areas = [d for d in directives if d.kind in ("off", "ignore-file")]

    def silenced(finding: Diagnostic) -> bool:
        span = finding.span
        here = (span.cell or 0, span.row)
        near = [d for row in sorted({span.row, span.end_row}) for d in lines.get((span.cell, row), ())]
        near += [d for d in areas if d.start <= here <= d.end]
        return sum(d.covers(finding, _exactly if d.kind == "noqa" else matches) for d in near) > 0  # each must know

    kept = [finding for finding in kept if not silenced(finding)]
    return kept, [_record(d) for d in directives]


def _exactly(name: str, finding: Diagnostic) -> bool:
    """In `noqa`, which other tools read too, only whole codes and names are ours: `S` is bandit's."""
    return name.upper() == finding.code or name.lower() == finding.name


def _record(directive: _Directive) -> Suppression:
    names = None
    if directive.names is not None:
        names = tuple(replace(n, used=n.name in directive.used) for n in directive.names)
    return Suppression(
        directive.kind,
        directive.span,
        directive.written,
        names,
        directive.removal,
        directive.silenced,
        directive.unbracketed,
        directive.closes,
    )


def _directives(tree: Any) -> list[_Directive]:
    found: list[_Directive] = []
    open_offs: list[_Directive] = []
    for comment in tree.comments:
        for match in _OURS.finditer(comment.text):
            directive = _ours(tree.source, comment, match)
            if directive is None:
                continue
            found.append(directive)
            if directive.kind == "off":
                open_offs.append(directive)
            elif directive.kind == "on":
                directive.closes = bool(open_offs)
                for off in open_offs:
                    off.end = directive.start
                open_offs = []
        for match in _NOQA.finditer(comment.text):
            names = _names(tree.source, comment, match, match["names"])
            found.append(_made(tree.source, comment, match.span(), "noqa", names, match.group()))
    return found


def _ours(source: Any, comment: Any, match: re.Match[str]) -> _Directive | None:
    word, rest = match["word"].lower(), match["rest"].strip()
    if match["names"] is None and rest[:1] in (":", ",", ".", "=", "("):
        return None  # a statement about a shape, not about findings
    names = _names(source, comment, match, match["names"]) if match["names"] else None
    unbracketed = False
    if names is None and word in DIRECTIVES and rest and word != "on":
        first = _NAME.match(rest)
        if first is not None and re.fullmatch(r"[A-Z]{3,5}\d*|[a-z]+(-[a-z0-9]+)+", first.group()):
            start = comment.offset + match.start("rest") + match["rest"].index(first.group())
            span = source.span(start, start + len(first.group()))
            names, unbracketed = [SuppressedName(first.group(), span, span)], True
    made = _made(source, comment, match.span(), word, names, match.group().strip())
    made.unbracketed = unbracketed
    if word == "ignore-file":
        made.start = (0, 0)
    return made


def _made(
    source: Any, comment: Any, extent: tuple[int, int], kind: str, names: list[SuppressedName] | None, written: str
) -> _Directive:
    start, end = comment.offset + extent[0], comment.offset + extent[1]
    end -= len(comment.text[: extent[1]]) - len(comment.text[: extent[1]].rstrip())
    span = source.span(start, end)
    whole = extent == (0, len(comment.text)) or end == comment.offset + len(comment.text)
    line_start = source.line_starts[source.position(start)[0] - 1]
    first = start
    while first > line_start and source.text[first - 1] in " \t":
        first -= 1
    removal = source.span(first if whole or first == start else start, end)
    if first == line_start and whole:  # nothing else on the line: the line goes
        after = re.compile(r"[ \t]*(\r\n|\n|\r)").match(source.text, end)
        cell = source.cell_at(source.position(start)[0])
        last_row = cell is not None and source.position(start)[0] >= cell.end_row - 1
        if after is not None and not last_row:
            removal = source.span(line_start, after.end())
            removal = replace(removal, cell=span.cell)
    return _Directive(kind, span, names, removal, written, (span.cell or 0, span.row))


def _names(source: Any, comment: Any, match: re.Match[str], text: str | None) -> list[SuppressedName] | None:
    """The rules named, each with its place and with what must go to take it out (the comma that belongs to it included)."""
    if text is None:
        return None
    base = comment.offset + match.start("names")
    words = list(_NAME.finditer(text))
    found = []
    for at, word in enumerate(words):
        start, end = word.span()
        if at + 1 < len(words):
            cut = (start, words[at + 1].start())
        elif at:
            cut = (words[at - 1].end(), end)
        else:
            cut = (start, end)
        place = source.span(base + start, base + end)
        found.append(SuppressedName(word.group(), place, source.span(base + cut[0], base + cut[1])))
    return found
