"""Python's own parser: it reads the same in a tenth of the time, where it reads a text at all, and knows where nearly everything stands."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterable
from typing import Any

from lstmlint.source import Source

from ..nodes import children, walk
from ..patterns import pattern

_LOWERED_OTHERWISE = tuple(
    kind for name in ("TryStar", "TypeAlias", "TemplateStr") if (kind := getattr(ast, name, None)) is not None
)
_SPECIAL = pattern(
    r"""(?i)\b(?:[ft]|r[ft]|[ft]r)["']|\bexcept\s*\*|^\s*type\s+\w|\b(?:def|class)\s+\w+\s*\[""", re.MULTILINE
)
"""Where none of this stands there is no f-string and nothing that is lowered otherwise: the tree need not be walked."""
_ENDS_OTHERWISE = ",;"
"""A tuple in a subscript ends before the last comma in LibCST, and a block before the last semicolon."""
_BLANK = pattern(r"(?:\s|\\|#[^\n\r]*)*")
_OPENERS = pattern(r"#[^\n\r]*|\(")
_CLOSERS = pattern(r"#[^\n\r]*|[),]")


def parsed(text: str) -> ast.Module:
    """What `ast.parse` gives, without warnings about the text; raises what that raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def read(text: str) -> ast.Module | None:
    """The tree of a text; None where this Python can't read it, or reads what LibCST's tree is lowered to something simpler for.

    What stands in an f-string has no position, as Python 3.12 is the first to give a right one, and that only to its expressions.
    """
    if text.startswith("\ufeff"):
        return None
    try:
        module = parsed(text)
        for node in walk(module) if _SPECIAL.search(text) else ():
            if isinstance(node, _LOWERED_OTHERWISE) or getattr(node, "type_params", None):
                return None
            if isinstance(node, ast.JoinedStr):
                node.values = [part for part in node.values if getattr(part, "value", None) != ""]  # 3.12 adds such
                for inner in _misplaced(node):
                    if hasattr(inner, "lineno"):
                        del inner.lineno
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return module


def _misplaced(text: ast.JoinedStr) -> Iterable[ast.AST]:
    """The nodes in an f-string that Python's parser gives another position than LibCST."""
    if sys.version_info < (3, 12):
        return walk(*children(text))
    return [*text.values, *(part.format_spec for part in text.values if getattr(part, "format_spec", None) is not None)]


def is_deeper(module: ast.Module, text: str, levels: int) -> bool:
    """Is a tree nested more deeply than so many levels? What is shorter than that many characters isn't, and is not looked into."""
    sizes = [0]
    for line in text.split("\n"):
        sizes.append(sizes[-1] + len(line.encode("utf-8", "surrogatepass")) + 1)
    left: list[tuple[Any, int]] = [(module, 0)]
    while left:
        node, depth = left.pop()
        if depth > levels:
            return True
        for child in children(node):
            first = getattr(child, "lineno", None) if isinstance(child, ast.expr) else None
            if first is None or depth + _size(child, first, sizes) >= levels:
                left.append((child, depth + 1))
    return False


def _size(node: Any, first: int, sizes: list[int]) -> int:
    """The number of bytes between a node's first and last character."""
    if not first <= node.end_lineno < len(sizes):
        return sizes[-1]
    found: int = sizes[node.end_lineno - 1] - sizes[first - 1] + node.end_col_offset - node.col_offset
    return found


def paired(ours: ast.AST, theirs: ast.AST) -> dict[int, Any]:
    """The node of `theirs` that stands where a node of `ours`, known by its identity, stands in an equal tree; empty when the trees differ."""
    found: dict[int, Any] = {}
    left: list[tuple[Any, Any]] = [(ours, theirs)]
    while left:
        mine, other = left.pop()
        if mine.__class__ is not other.__class__:
            return {}
        found[id(mine)] = other
        for name in mine._fields:
            a: Any = getattr(mine, name, None)
            b: Any = getattr(other, name, None)
            if a.__class__ is list:
                if len(a) != len(b):
                    return {}
                left += [pair for pair in zip(a, b) if isinstance(pair[0], ast.AST)]
            elif isinstance(a, ast.AST) and name not in ("ctx", "op"):
                left.append((a, b))
    return found


def comments(source: Source) -> list[tuple[int, str]] | None:
    """Each comment of a text that this parser can read, with its offset; None where the tokenizer is more particular than the parser."""
    import tokenize

    starts = source.line_starts
    lines = iter([source.text[start:end] for start, end in zip(starts, [*starts[1:], len(source.text)])])
    try:
        tokens = [t for t in tokenize.generate_tokens(lambda: next(lines, "")) if t.type == tokenize.COMMENT]
    except (tokenize.TokenError, SyntaxError):
        return None
    return [(starts[token.start[0] - 1] + token.start[1], token.string) for token in tokens]


def extent(node: Any, source: Source) -> tuple[int, int] | None:
    """Start and end offset of a node that this parser read, by LibCST's conventions: without the parentheses around it.

    None for what has no position here (parameters, comprehensions, `with` items, what stands in an f-string) or another one (a parameter, a pattern).
    """
    if node.__class__ is ast.Module:
        return 0, len(source.text)
    found = _as_read(node, source)
    if found is None or isinstance(node, (ast.arg, ast.pattern)) or source.text[found[1] - 1] in _ENDS_OTHERWISE:
        return None
    if node.__class__ is ast.Tuple and node.elts:
        return _without_parentheses(found, node.elts[0], node.elts[-1], source)
    if node.__class__ is ast.GeneratorExp:
        last = node.generators[-1]
        return _inside(found, (last.ifs or [last.iter])[-1], source, ")")
    return found if node.__class__ is not ast.Tuple else (found[0] + 1, found[1] - 1)


def _as_read(node: Any, source: Source) -> tuple[int, int] | None:
    row = getattr(node, "lineno", None)
    if row is None:
        return None
    return source.offset_of_bytes(row, node.col_offset), source.offset_of_bytes(node.end_lineno, node.end_col_offset)


def _without_parentheses(
    found: tuple[int, int], first: ast.expr, last: ast.expr, source: Source
) -> tuple[int, int] | None:
    """A tuple without its own parentheses, if it has any: `(a), (b)` has none, but its first item has."""
    start, end = found
    item = _as_read(first, source)
    if item is None:
        return None
    opened = sum(match.group() == "(" for match in _OPENERS.finditer(source.text, start, item[0]))
    closed = 0
    for match in _CLOSERS.finditer(source.text, item[1], end):
        if match.group() == ",":
            break
        closed += match.group() == ")"
    return _inside(found, last, source, "),") if opened > closed else found


def _inside(found: tuple[int, int], last: ast.AST, source: Source, own: str) -> tuple[int, int] | None:
    """What stands within a pair of parentheses, to the end of the last node and what of `own` stands behind it."""
    start, end = found
    item = _as_read(last, source)
    blank = _BLANK.match(source.text, start + 1)
    if item is None or blank is None:
        return None
    until = item[1]
    for match in _CLOSERS.finditer(source.text, until, end - 1):
        if match.group() in own:
            until = match.end()
    return blank.end(), until
