"""Where every LibCST node stands: one pass that generates the code and only counts how long it is."""

from __future__ import annotations

import sys
import threading
from bisect import bisect_right
from collections.abc import Callable
from types import TracebackType
from typing import Any

import libcst as cst

from lstmlint.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Positions:
    """Start and end offset (code points) of every node by the node's identity, and each comment with its offset.

    The ends are those of LibCST's PositionProvider: without surrounding white space and parentheses.
    """

    offsets: dict[int, tuple[int, int]]
    comments: list[tuple[int, str]]


def measure(module: cst.Module, text: str) -> Positions:
    """Count through the whole file once; `text` is what was parsed."""
    try:
        return _measure(module, text)
    except RecursionError:  # a sum of a thousand terms takes five calls for each
        return _with_room(lambda: _measure(module, text))


def _measure(module: cst.Module, text: str) -> Positions:
    state: Any = _Counter(module)
    module._codegen(state)
    if "\f" in text or text.startswith("\ufeff"):
        _align(state, module, text)
    return Positions(state.found, state.comments)


def _with_room(work: Callable[[], Positions]) -> Positions:
    """Do the work in a thread with a large stack; without positions where even that is too small.

    Python 3.12 limits nested C calls whatever the stack: a sum of a thousand terms may have no places there, but no crash either.
    """
    done: list[Positions] = []

    def attempt() -> None:
        try:
            done.append(work())
        except RecursionError:
            done.append(Positions({}, []))

    limit = sys.getrecursionlimit()
    size = threading.stack_size(256 * 1024 * 1024)
    try:
        sys.setrecursionlimit(max(limit, 50_000))
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    return done[0]


def _align(state: _Counter, module: cst.Module, text: str) -> None:
    """Shift all offsets by what LibCST drops or repeats: form feeds in indentation, a byte-order mark."""
    code = module.code
    at: list[int] = []  # offsets in the code from which ...
    shift: list[int] = []  # ... so many more characters stand in the text
    j = 0
    for i, character in enumerate(code):
        while j < len(text) and text[j] != character and text[j] in "\f\ufeff":
            j += 1
        if j - i != (shift[-1] if shift else 0):
            at.append(i)
            shift.append(j - i)
        if character != "\f" or text[j : j + 1] == "\f":
            j += 1

    def moved(offset: int, *, end: bool) -> int:
        known = bisect_right(at, offset - 1 if end else offset) - 1
        return offset + shift[known] if known >= 0 else offset

    if at:
        for key, (start, end) in state.found.items():
            state.found[key] = (moved(start, end=False), moved(end, end=True))
        state.comments[:] = [(moved(start, end=False), comment) for start, comment in state.comments]


class _Counter:
    """Stands in for LibCST's CodegenState and keeps a count of the code instead of the code."""

    __slots__ = (
        "_starts",
        "comments",
        "default_indent",
        "default_newline",
        "found",
        "indent_tokens",
        "offset",
        "provider",
        "tokens",
    )

    def __init__(self, module: cst.Module) -> None:
        self.default_indent = module.default_indent
        self.default_newline = module.default_newline
        self.provider = None
        self.offset = 0
        self.found: dict[int, tuple[int, int]] = {}
        self.comments: list[tuple[int, str]] = []
        self.indent_tokens: list[str] = []
        self.tokens: list[str] = [""]  # LibCST asks whether there are any
        self._starts: list[int] = []

    def increase_indent(self, value: str) -> None:
        self.indent_tokens.append(value)

    def decrease_indent(self) -> None:
        self.indent_tokens.pop()

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.offset += len(token)

    def add_token(self, value: str) -> None:
        self.offset += len(value)

    def pop_trailing_newline(self) -> None:
        pass

    def before_codegen(self, node: Any) -> None:
        self._starts.append(self.offset)

    def after_codegen(self, node: Any) -> None:
        start = self._starts.pop()
        found = self.found
        key = id(node)
        if key not in found:
            found[key] = (start, self.offset)
        if node.__class__ is cst.Comment:
            self.comments.append((start, node.value))

    def record_syntactic_position(self, node: Any, *, start_node: Any = None, end_node: Any = None) -> _Recorder:
        return _Recorder(self, node, start_node, end_node)


class _Recorder:
    """Notes a node's own extent, which may begin or end with one of its children."""

    __slots__ = ("_counter", "_end_node", "_node", "_start", "_start_node")

    def __init__(self, counter: _Counter, node: Any, start_node: Any, end_node: Any) -> None:
        self._counter = counter
        self._node = node
        self._start_node = start_node
        self._end_node = end_node

    def __enter__(self) -> None:
        self._start = self._counter.offset

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        found = self._counter.found
        start = self._start if self._start_node is None else found[id(self._start_node)][0]
        end = self._counter.offset if self._end_node is None else found[id(self._end_node)][1]
        found[id(self._node)] = (start, end)
