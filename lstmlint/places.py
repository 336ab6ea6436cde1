"""Where something stands in the source, worked out only when somebody asks."""

from __future__ import annotations

from typing import Any, Protocol

from .diagnostic import Span
from .frozen import dataclass


class Locator(Protocol):
    """A parsed file that can say where one of its nodes stands."""

    def span(self, node: Any) -> Span: ...

    def text(self, node: Any) -> str: ...

    def extent(self, node: Any) -> tuple[int, int]: ...

    def part(self, start: int, end: int) -> Span: ...


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A syntax node in a file. Its span is computed on demand."""

    tree: Locator
    node: Any

    @property
    def span(self) -> Span:
        """Rows and columns of the node."""
        return self.tree.span(self.node)

    @property
    def text(self) -> str:
        """The node's source text."""
        return self.tree.text(self.node)

    @property
    def extent(self) -> tuple[int, int]:
        """Start and end offset in the file's text."""
        return self.tree.extent(self.node)

    def __repr__(self) -> str:
        return f"Place({type(self.node).__name__})"


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where a value comes from: a label in the user's words, a place, and what it came from in turn.

    `label` is the name under which the user knows it ("look_back", "X.shape[1]") or what made it ("np.random.rand(100, 10)").
    """

    label: str
    place: Place | None = None
    cause: Origin | None = None

    def chain(self) -> tuple[Origin, ...]:
        """This origin, what it came from, and so on, nearest first."""
        found: list[Origin] = []
        step: Origin | None = self
        while step is not None and len(found) < 50:
            found.append(step)
            step = step.cause
        return tuple(found)
