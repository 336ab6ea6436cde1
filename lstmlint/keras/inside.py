"""Whether a `call` of the user's is being followed, and on what: its tensors are TensorFlow's own, on which `tf.*` works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..faults import Moment
from ..frozen import dataclass
from ..values import Tensor, Value, next_uid
from .spec import Use
from .tensors import tensors_in


@dataclass(frozen=True, slots=True)
class _Outermost:
    """The outermost `call` that is being followed.

    traced  Keras runs it on symbolic tensors, to see what comes out
    begun   the number that the next tensor had when it began
    given   the tensors that it was given, by their numbers
    quiet   it is only followed to build a Sequential
    """

    traced: bool = False
    begun: int = 0
    given: frozenset[int] = frozenset()
    quiet: bool = False


_NONE = _Outermost()


class _Now:
    """What is being followed now: how many calls, one in another, and the outermost of them."""

    depth = 0
    outermost = _NONE


def inside_call() -> bool:
    """Is a user's `call` being followed? Its tensors are real ones then, on which `tf.*` works."""
    return _Now.depth > 0


def depth() -> int:
    """How many calls are being followed, one in another."""
    return _Now.depth


def traced() -> bool:
    """Is a `call` followed that Keras runs on symbolic tensors, to see what comes out? The sizes that these leave open are None there, too."""
    return _Now.outermost.traced


def is_quiet(use: Use) -> bool:
    """Does Keras only want to build a Sequential, where it takes a NotImplementedError for a shape that is not known yet?"""
    return _Now.outermost.quiet if inside_call() else use.moment in (Moment.ADD, Moment.BUILD)


def builds_quietly() -> bool:
    """Is a `call` followed only to build a Sequential, which then stays unbuilt where a NotImplementedError comes?"""
    return inside_call() and _Now.outermost.quiet


def is_from_outside(tensor: Tensor) -> bool:
    """Was a tensor there before the `call` that is traced, which it was not given to? It is symbolic there, too."""
    outermost = _Now.outermost
    return outermost.traced and tensor.uid < outermost.begun and tensor.uid not in outermost.given


@contextmanager
def inside(traced: bool = False, given: Value = (), *, quiet: bool = False) -> Iterator[None]:
    """The user's own code between layers, where tensors are TensorFlow's: those that it is `given`, and what it makes of them."""
    before = _Now.outermost
    if not inside_call():
        _Now.outermost = _Outermost(traced, next_uid(), frozenset(tensor.uid for tensor in tensors_in(given)), quiet)
    _Now.depth += 1
    try:
        yield
    finally:
        _Now.depth -= 1
        _Now.outermost = before
