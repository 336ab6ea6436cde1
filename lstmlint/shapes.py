"""Shapes: rows of dimensions whose sizes, and whose very number, may be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .dims import ANY, Dim, Role, Size, product, same
from .frozen import dataclass

_MOST_AXES = 254
"""TensorFlow's tensors have no more (tensorflow/core/framework/tensor_shape.h); NumPy's arrays 64."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The axes of a tensor or array, batch axis included; `dims` is None when not even the rank is known."""

    dims: tuple[Dim, ...] | None

    @staticmethod
    def of(*sizes: Dim | Size) -> Shape:
        """A shape from sizes: `Shape.of(None, 10, 32)`."""
        return Shape(tuple(Dim.of(size) for size in sizes))

    @staticmethod
    def from_sizes(sizes: Iterable[Dim | Size]) -> Shape:
        """A shape from a row of sizes."""
        return Shape(tuple(Dim.of(size) for size in sizes))

    @staticmethod
    def unknown() -> Shape:
        """A shape of unknown rank."""
        return UNKNOWN_SHAPE

    @staticmethod
    def any(rank: int) -> Shape:
        """A shape of known rank and unknown sizes; of unknown rank where no tensor has so many axes."""
        return Shape((ANY,) * rank) if rank <= _MOST_AXES else UNKNOWN_SHAPE

    @property
    def rank(self) -> int | None:
        """The number of axes, or None."""
        return None if self.dims is None else len(self.dims)

    @property
    def is_unknown(self) -> bool:
        """True when not even the rank is known."""
        return self.dims is None

    @property
    def fully_known(self) -> bool:
        """Every axis is a plain number."""
        return self.dims is not None and all(isinstance(d.size, int) for d in self.dims)

    @property
    def known_after_batch(self) -> bool:
        """Every axis but the first is a plain number or Keras's None."""
        return self.dims is not None and all(d.size is None or isinstance(d.size, int) for d in self.dims[1:])

    def __getitem__(self, index: int) -> Dim:
        """The axis at `index`; an unknown dimension when the rank is unknown. IndexError outside a known rank."""
        return ANY if self.dims is None else self.dims[index]

    def get(self, index: int) -> Dim:
        """The axis at `index`, unknown when there is none."""
        if self.dims is None or not self._has(index):
            return ANY
        return self.dims[index]

    def _has(self, index: int) -> bool:
        return -len(self) <= index < len(self)

    def __iter__(self) -> Iterator[Dim]:
        return iter(self.dims or ())

    def __len__(self) -> int:
        return len(self.dims or ())

    def slice(self, start: int | None = None, stop: int | None = None) -> Shape:
        """The axes start:stop, unknown when the rank is."""
        return self if self.dims is None else Shape(self.dims[start:stop])

    def replace(self, index: int, dim: Dim | Size) -> Shape:
        """The shape with another size at one axis; unknown when there is no such axis."""
        if self.dims is None or not self._has(index):
            return Shape(None)
        dims = list(self.dims)
        dims[index] = Dim.of(dim)
        return Shape(tuple(dims))

    def insert(self, index: int, dim: Dim | Size) -> Shape:
        """The shape with a new axis before `index` (counted in the new rank when negative)."""
        if self.dims is None:
            return self
        at = index if index >= 0 else len(self.dims) + 1 + index
        return Shape((*self.dims[:at], Dim.of(dim), *self.dims[at:]))

    def remove(self, index: int) -> Shape:
        """The shape without one axis; unknown when there is no such axis."""
        if self.dims is None or not self._has(index):
            return Shape(None)
        dims = list(self.dims)
        del dims[index]
        return Shape(tuple(dims))

    def extend(self, *sizes: Dim | Size) -> Shape:
        """The shape with axes added at the end."""
        return self if self.dims is None else Shape((*self.dims, *(Dim.of(s) for s in sizes)))

    def size(self) -> Dim:
        """The number of elements."""
        return ANY if self.dims is None else product(self.dims)

    def with_roles(self, roles: Sequence[Role | None]) -> Shape:
        """The same sizes with roles, axis by axis; a None role keeps what is there."""
        if self.dims is None:
            return self
        padded = [*roles, *[None] * (len(self.dims) - len(roles))]
        return Shape(tuple(d.with_role(r) if r else d for d, r in zip(self.dims, padded)))

    def to_json(self) -> list[int | str | None] | str:
        """A list of sizes, or "?" when the rank is unknown."""
        return "?" if self.dims is None else [d.to_json() for d in self.dims]

    def __str__(self) -> str:
        """As Keras prints it: (None, 10, 32); unknown sizes are ?."""
        if self.dims is None:
            return "(?)"
        inner = ", ".join(str(d) for d in self.dims)
        return f"({inner},)" if len(self.dims) == 1 else f"({inner})"

    def __repr__(self) -> str:
        return f"Shape{self}"


UNKNOWN_SHAPE = Shape(None)


def same_shape(a: Shape, b: Shape) -> bool | None:
    """True when rank and every size are the same, False when one differs, None when it can't be told."""
    if a.dims is None or b.dims is None:
        return None
    if len(a.dims) != len(b.dims):
        return False
    answers = [same(x, y) for x, y in zip(a.dims, b.dims)]
    return False if False in answers else None if None in answers else True


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The shape that broadcasting gives, and the first axis (from the right, negative) that can't be broadcast, if any."""

    shape: Shape
    conflict: int | None = None


def broadcast(a: Shape, b: Shape) -> Broadcast:
    """NumPy's broadcasting of two shapes, aligned at the right. Sizes None and unknown conflict with nothing."""
    if a.dims is None or b.dims is None:
        return Broadcast(UNKNOWN_SHAPE)
    rank = max(len(a.dims), len(b.dims))
    dims: list[Dim] = []
    conflict: int | None = None
    for i in range(-1, -rank - 1, -1):
        x = a.dims[i] if -i <= len(a.dims) else None
        y = b.dims[i] if -i <= len(b.dims) else None
        if x is None or y is None:
            dims.append(x or y or ANY)
            continue
        one = broadcast_dims(x, y)
        if one is None and conflict is None:
            conflict = i
        dims.append(one if one is not None else ANY)
    return Broadcast(Shape(tuple(reversed(dims))), conflict)


def broadcast_dims(x: Dim, y: Dim) -> Dim | None:
    """One axis of broadcasting: the size that results, or None when the two can't go together."""
    if x.size == 1 and y.size == 1:
        return x if x.role is not None else y
    if x.size == 1:
        return y
    if y.size == 1:
        return x
    verdict = same(x, y)
    if verdict:
        return x if x.role is not None or x.origin is not None else y
    if verdict is False and _not_one(x) and _not_one(y):
        return None
    if x.known is not None:  # the other is None, unknown or a symbol that may be 1 or the same
        return x
    if y.known is not None:
        return y
    if x.size is None and y.size is None:
        return x
    return ANY if x.is_unknown or y.is_unknown or x.exact is not None or y.exact is not None else x


def _not_one(dim: Dim) -> bool:
    return same(dim, 1) is False
