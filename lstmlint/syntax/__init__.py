"""Parses Python and hands it on as standard `ast` nodes that know where they stand.

Python's own parser reads what it can, in a tenth of the time. LibCST reads the rest, the syntax of a newer Python than the one that runs, and says
where those nodes stand that have no position in Python's tree; it is imported when that is needed, and by no module outside this package.
"""

from __future__ import annotations

import ast
import gc
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lstmlint.diagnostic import Span
from lstmlint.frozen import dataclass
from lstmlint.source import Source
from lstmlint.syntax.comments import Comment

from ..patterns import pattern
from . import standard

if TYPE_CHECKING:
    import libcst as cst

    from .positions import Positions

__all__ = ["Comment", "SyntaxFailure", "Tree", "parse", "parse_with_libcst"]

# LibCST's parser is native and recursive: from some two thousand levels on it ends the process.
_MOST_LEVELS = 700
_LIBCST_PLACE = pattern(r"parser error: error at (\d+):(\d+): (.*)")
_REPEATABLE = ("+", "-", "~", "*", "/", "%", "@", "&", "|", "^", ".", "and", "or", "not", "elif", "else", "lambda")


class SyntaxFailure(Exception):
    """Source that is not Python, with the place where reading stopped."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(f"{span.path}:{span.row}:{span.column}: {message}")
        self.message = message
        self.span = span


@dataclass(frozen=True, eq=False)
class Tree:
    """A parsed file: `module` is an `ast.Module`; ask `span` for the places of its nodes. `concrete` is LibCST's tree where that parsed it."""

    source: Source
    module: ast.Module
    concrete: cst.Module | None

    def __repr__(self) -> str:
        return f"Tree({self.source.path!r})"

    def span(self, node: Any) -> Span:
        """Where a node of this tree stands. A node that was not read from the source stands at the file's start."""
        return self.source.span(*self.extent(node))

    def extent(self, node: Any) -> tuple[int, int]:
        """Start and end offset of a node in the source's text."""
        found = standard.extent(node, self.source) if self.concrete is None else None
        return found or self._counted(node)

    def _counted(self, node: Any) -> tuple[int, int]:
        """Start and end offset by counting LibCST's code."""
        if self.concrete is None:
            tree, nodes = self._lowered
            return (0, 0) if id(node) not in nodes else tree._counted(nodes[id(node)])
        concrete = getattr(node, "cst", None)
        if concrete is None:
            return 0, 0
        found = self._positions.offsets
        if isinstance(concrete, tuple):
            return found[id(concrete[0])][0], found[id(concrete[1])][1]
        start, end = found.get(id(concrete), (0, 0))
        return start, min(end, len(self.source.text))

    @cached_property
    def _lowered(self) -> tuple[Tree, dict[int, Any]]:
        """The same file as LibCST parses it, with that tree's nodes by those of this one; none where LibCST can't."""
        try:
            tree = parse_with_libcst(self.source)
        except SyntaxFailure:
            tree = self
        return tree, standard.paired(self.module, tree.module) if tree.concrete is not None else {}

    def part(self, start: int, end: int) -> Span:
        """The span between two offsets of the source's text."""
        return self.source.span(start, end)

    def text(self, node: Any) -> str:
        """The source text of a node, as it stands in the file."""
        start, end = self.extent(node)
        return self.source.text[start:end]

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """All comments, in the order of the file."""
        tokens = standard.comments(self.source) if self.concrete is None else None
        if tokens is None:
            tree = self if self.concrete is not None else self._lowered[0]
            tokens = tree._positions.comments if tree.concrete is not None else []
        found = []
        for start, text in tokens:
            row, column = self.source.position(start)
            alone = not self.source.line(row)[: column - 1].strip()
            found.append(Comment(text, self.source.span(start, start + len(text)), alone, start))
        return tuple(found)

    def comments_with(self, *patterns: re.Pattern[str]) -> tuple[Comment, ...]:
        """The comments in which one of the patterns is found. Where no line has it behind a `#`, no place is measured."""
        if not any(pattern.search(self._behind_hashes) for pattern in patterns):
            return ()
        return tuple(c for c in self.comments if any(pattern.search(c.text) for pattern in patterns))

    @cached_property
    def _behind_hashes(self) -> str:
        """All that could be comments: each line from its first `#` on."""
        return "\n".join(line[line.index("#") :] for line in self.source.text.splitlines() if "#" in line)

    @cached_property
    def _positions(self) -> Positions:
        from .positions import measure

        assert self.concrete is not None
        with _WithoutCollector():
            return measure(self.concrete, self.source.text)


def parse(source: Source) -> Tree:
    """Parse a file with Python's own parser; with LibCST what that can't read. The nodes are the same.

    Raises `SyntaxFailure` when the text is not Python or is nested more deeply than any program is.
    """
    with _WithoutCollector():
        module = standard.read(source.text)
    if module is None or (_suspicious(source.text) and standard.is_deeper(module, source.text, _MOST_LEVELS)):
        return parse_with_libcst(source)
    return Tree(source, module, None)


def parse_with_libcst(source: Source) -> Tree:
    """Parse a file with LibCST; with Python's own parser what only that can read. Raises `SyntaxFailure` like `parse`."""
    text = source.text
    if _suspicious(text):
        _refuse_depth(source)
    import libcst as cst

    from .literals import LiteralFailure
    from .statements import module as lowered

    with _WithoutCollector():
        try:
            concrete = cst.parse_module(text)
            return Tree(source, lowered(concrete), concrete)
        except cst.ParserSyntaxError as error:
            module = standard.read(text)
            if module is not None:
                return Tree(source, module, None)
            raise _syntax_failure(source, error) from None
        except LiteralFailure as error:
            raise SyntaxFailure(str(error), _first_row(source)) from None
        except RecursionError:
            raise _too_deep(source) from None
        except UnicodeEncodeError as error:  # half of a surrogate pair, which a notebook's JSON can hold
            place = source.span(error.start, error.end)
            raise SyntaxFailure("a character that is no character (half of a surrogate pair)", place) from None
        except cst.CSTValidationError as error:
            raise SyntaxFailure(str(error), _first_row(source)) from None


class _WithoutCollector:
    """Pauses the cyclic collector: a tree is all live objects, and looking through them again and again costs 40 %."""

    __slots__ = ("_was_enabled",)

    def __enter__(self) -> None:
        self._was_enabled = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_enabled:
            gc.enable()


def _first_row(source: Source) -> Span:
    return source.span(0, 0)


def _too_deep(source: Source) -> SyntaxFailure:
    return SyntaxFailure("nested too deeply to be followed", _first_row(source))


def _suspicious(text: str) -> bool:
    """Whether the text could be nested beyond what the native parser bears: cheap, and true of large files only."""
    brackets = text.count("(") + text.count("[") + text.count("{")
    if brackets > _MOST_LEVELS:
        depth = deepest = 0
        for character in text:
            if character in "([{":
                depth += 1
                deepest = max(depth, deepest)
            elif character in ")]}":
                depth -= 1
        if deepest > _MOST_LEVELS // 2:
            return True
    return len(text) > _MOST_LEVELS and any(text.count(word) > 2 * _MOST_LEVELS for word in _REPEATABLE)


def _refuse_depth(source: Source) -> None:
    """Measure the depth with Python's own parser, which has guards where LibCST's has none."""
    try:
        level: list[ast.AST] = [standard.parsed(source.text)]
    except SyntaxError as error:
        # Also a program for a newer Python than this one. Without a measurement nothing is risked.
        raise _python_failure(source, error) from None
    except (RecursionError, MemoryError, ValueError):
        raise _too_deep(source) from None
    depth = 0
    while level:
        depth += 1
        if depth > _MOST_LEVELS:
            raise _too_deep(source)
        # `a and b and c` is one node to Python, a level for each operator to LibCST.
        if any(isinstance(node, ast.BoolOp) and len(node.values) > _MOST_LEVELS for node in level):
            raise _too_deep(source)
        level = [child for node in level for child in ast.iter_child_nodes(node)]


def _syntax_failure(source: Source, error: cst.ParserSyntaxError) -> SyntaxFailure:
    """Python's own message where Python refuses the text as well (it teaches more), LibCST's otherwise."""
    try:
        standard.parsed(source.text)
    except SyntaxError as python_error:
        return _python_failure(source, python_error)
    except (RecursionError, MemoryError):
        return _too_deep(source)
    except ValueError as value_error:
        return SyntaxFailure(str(value_error), _first_row(source))
    message = error.message.splitlines()[0]
    row, column = error.raw_line, error.raw_column + 1
    exact = _LIBCST_PLACE.match(message)
    if exact:
        row, column, message = int(exact.group(1)), int(exact.group(2)), exact.group(3)
    start = source.offset(row, column)
    reason = f"Python can read this, LibCST can't: {message}"
    return SyntaxFailure(reason, source.span(start, min(start + 1, len(source.text))))


def _python_failure(source: Source, error: SyntaxError) -> SyntaxFailure:
    start = source.offset(error.lineno or 1, max(error.offset or 1, 1))
    return SyntaxFailure(error.msg or "invalid syntax", source.span(start, min(start + 1, len(source.text))))
