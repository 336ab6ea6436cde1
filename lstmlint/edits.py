"""Edits for fixes, said in the words of a rule: add a keyword to this call, rename one, replace what stands there.

    fix = safe_fix("Add return_sequences=True to the LSTM on line 9.", set_keyword(layer.place, "return_sequences", "True"))

Every function gives None where the source doesn't allow the edit, and `safe_fix`/`unsafe_fix` give None when one of their edits is None,
so that a rule needs no question of its own. A fix is proposed by a rule and offered only if it holds: the runner edits the file, follows
it again, and drops the fix unless the finding is gone and nothing new is wrong.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Collection

from .diagnostic import Applicability, Edit, Fix
from .frozen import dataclass
from .places import Place

_OPEN, _CLOSE = "([{", ")]}"
_BLANK = (tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


def safe_fix(message: str, *edits: Edit | None) -> Fix | None:
    """A fix that may be applied unseen: the program does what it did, or what it can only have meant."""
    return _fix(Applicability.SAFE, message, edits)


def unsafe_fix(message: str, *edits: Edit | None) -> Fix | None:
    """A fix that a person should look at: the most likely repair, or one that changes what a running program does."""
    return _fix(Applicability.UNSAFE, message, edits)


def _fix(applicability: Applicability, message: str, edits: tuple[Edit | None, ...]) -> Fix | None:
    present = tuple(edit for edit in edits if edit is not None)
    return Fix(applicability, message, present) if edits and len(present) == len(edits) else None


def replace(place: Place | None, content: str) -> Edit | None:
    """Put `content` in the place of a node."""
    return None if place is None else _edit(place, *place.extent, content)


def rename_attribute(place: Place | None, old: str, new: str) -> Edit | None:
    """`x.old` as `x.new`, where a node is that or a call of it."""
    node = place.node if place is not None else None
    named = node.func if isinstance(node, ast.Call) else node
    if place is None or not isinstance(named, ast.Attribute) or named.attr != old:
        return None
    at = Place(place.tree, named)
    return replace(at, at.text.removesuffix(old) + new)


def insert_after(place: Place | None, content: str) -> Edit | None:
    """Write `content` right behind a node: `insert_after(shape, "[1:]")`."""
    return None if place is None else _edit(place, place.extent[1], place.extent[1], content)


def insert_before(place: Place | None, content: str) -> Edit | None:
    """Write `content` right before a node: `insert_before(size, "units=")`."""
    return None if place is None else _edit(place, place.extent[0], place.extent[0], content)


def set_keyword(call: Place | None, name: str, text: str) -> Edit | None:
    """`name=text` among a call's arguments: its value replaced if it is there, added as the last one otherwise."""
    found = _arguments(call)
    if call is None or found is None:
        return None
    for part in found.parts:
        if part.keyword == name:
            return _edit(call, part.value_start, part.end, text)
    if not found.parts:
        return _edit(call, found.open + 1, found.open + 1, f"{name}={text}")
    return _edit(call, found.parts[-1].end, found.parts[-1].end, f", {name}={text}")


def rename_keyword(call: Place | None, old: str, new: str) -> Edit | None:
    """`old=` becomes `new=`; None when the call doesn't say `old=`, or says `new=` already."""
    found = _arguments(call)
    if call is None or found is None or any(part.keyword == new for part in found.parts):
        return None
    for part in found.parts:
        if part.keyword == old:
            return _edit(call, part.start, part.start + len(old), new)
    return None


def remove_keyword(call: Place | None, name: str) -> Edit | None:
    """Take `name=...` out of a call, with the comma that belongs to it."""
    found = _arguments(call)
    if call is None or found is None:
        return None
    for at, part in enumerate(found.parts):
        if part.keyword == name:
            return _without(call, found, at, at)
    return None


def remove_keywords(call: Place | None, names: Collection[str]) -> list[Edit]:
    """Take all of these keywords that are there out of a call; neighbours go in one edit."""
    found = _arguments(call)
    if call is None or found is None:
        return []
    at = [i for i, part in enumerate(found.parts) if part.keyword in names]
    firsts = [i for i in at if i - 1 not in at]
    lasts = [i for i in at if i + 1 not in at]
    return [_without(call, found, first, last) for first, last in zip(firsts, lasts)]


def remove_argument(call: Place | None, index: int) -> Edit | None:
    """Take the argument at `index` (as written, from 0) out of a call, with the comma that belongs to it."""
    found = _arguments(call)
    if call is None or found is None or not 0 <= index < len(found.parts):
        return None
    return _without(call, found, index, index)


def argument_text(call: Place | None, which: str | int) -> str | None:
    """The source text of a call's keyword (by name) or positional argument (by index), without the keyword's name."""
    found = _arguments(call)
    if call is None or found is None:
        return None
    for at, part in enumerate(found.parts):
        if part.keyword == which if isinstance(which, str) else at == which:
            start = call.extent[0]
            return call.text[part.value_start - start : part.end - start]
    return None


@dataclass(frozen=True, slots=True)
class _Part:
    """One argument as written; offsets in the file's text. `keyword` is None for positional ones, "*" and "**" for stars."""

    start: int
    value_start: int
    end: int
    keyword: str | None


@dataclass(frozen=True, slots=True)
class _Arguments:
    open: int
    parts: tuple[_Part, ...]


def _edit(place: Place, start: int, end: int, content: str) -> Edit:
    return Edit(place.tree.part(start, end), content)


def _without(call: Place, found: _Arguments, first: int, last: int) -> Edit:
    """The edit that takes the arguments from `first` to `last`, both counted from 0, out of a call."""
    parts = found.parts
    if last + 1 < len(parts):
        return _edit(call, parts[first].start, parts[last + 1].start, "")
    if first:
        return _edit(call, parts[first - 1].end, parts[last].end, "")
    start = call.extent[0]
    rest = call.text[parts[last].end - start :]
    comma = rest.lstrip().startswith(",")
    return _edit(call, parts[first].start, parts[last].end + (rest.index(",") + 1 if comma else 0), "")


def _arguments(call: Place | None) -> _Arguments | None:
    """The arguments of a call, from its tokens: what is commented out or stands in a string is none."""
    if call is None or not call.text.endswith(")"):
        return None
    text, first = call.text, call.extent[0]
    try:
        tokens = [t for t in tokenize.generate_tokens(io.StringIO(f"({text})").readline) if t.type not in _BLANK]
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return None
    starts = [0]
    for line in io.StringIO(f"({text})"):
        starts.append(starts[-1] + len(line))

    def offset(position: tuple[int, int]) -> int:
        return first + starts[position[0] - 1] + position[1] - 1

    inner = tokens[1:-1]
    depth, opens = 0, -1
    for at, token in enumerate(inner):
        if token.type == tokenize.OP and token.string in _OPEN:
            if depth == 0:
                opens = at
            depth += 1
        elif token.type == tokenize.OP and token.string in _CLOSE:
            depth -= 1
    if opens < 0 or depth or inner[opens].string != "(":
        return None
    parts: list[_Part] = []
    current: list[tokenize.TokenInfo] = []
    for token in inner[opens + 1 :]:
        if token.type == tokenize.OP and token.string in _OPEN:
            depth += 1
        elif token.type == tokenize.OP and token.string in _CLOSE:
            depth -= 1
        if depth < 0 or (depth == 0 and token.type == tokenize.OP and token.string == ","):
            if current:
                parts.append(_part(current, offset))
            current = []
        else:
            current.append(token)
    return _Arguments(offset(inner[opens].start), tuple(parts))


def _part(tokens: list[tokenize.TokenInfo], offset: object) -> _Part:
    assert callable(offset)
    start, end = offset(tokens[0].start), offset(tokens[-1].end)
    keyword, value = None, start
    if tokens[0].string in ("*", "**"):
        keyword = tokens[0].string
    elif len(tokens) > 2 and tokens[0].type == tokenize.NAME and tokens[1].string == "=":
        keyword, value = tokens[0].string, offset(tokens[2].start)
    return _Part(start, value, end, keyword)
