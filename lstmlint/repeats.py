"""What following a program has shown that needs not be found out again after a small edit: which ways repeat what others show, and what the turns of
loops change."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from .dims import Dim
from .frozen import dataclass
from .places import Place
from .program import LayerCall, Program, Record, Turn
from .values import Array, DictValue, ListValue, Object, Tensor, Value, flatten


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What is known of a program that differs from another one by a small edit."""

    before: Program
    """The other one."""
    skipped: frozenset[Turn]
    """The turns that no way needs to take."""

    @property
    def most_ways(self) -> int | None:
        """How many ways are worth taking; None for as many as there are. Where it was not seen on all of them what is wrong, a further one would show
        what was wrong before as well."""
        if not self.before.branches_left:
            return None
        return sum(left is None or left[1] not in self.skipped for left in self.before.turns)


def shown_by(program: Program) -> Shown:
    """What following this one says about others that are nearly the same."""
    return Shown(program, turns_that_show_nothing(program))


def turns_that_show_nothing(program: Program) -> frozenset[Turn]:
    """The turns whose ways all show nothing of their own: the same models with the same shapes, calls of layers and libraries, data and faults,
    at the same places, as the ways before them. A way that others leave from is not among them if one of these shows something."""
    if len(program.ways) < 2:
        return frozenset()
    seen: set[Hashable] = set()
    showing: set[int] = set()
    for number, way in enumerate(program.ways):
        shown = set(_shown(way))
        if not shown <= seen:
            at: int | None = number
            while at is not None and at not in showing:
                showing.add(at)
                left = program.turns[at]
                at = None if left is None else left[0]
        seen |= shown
    turns = [(number, left[1]) for number, left in enumerate(program.turns) if left is not None]
    return frozenset(turn for _, turn in turns) - {turn for number, turn in turns if number in showing}


def _shown(way: Record) -> Iterator[Hashable]:
    """What a way shows, each thing so that it equals the same one of another way."""
    for fault in way.faults:
        yield "fault", id(fault.place.node), fault.kind, fault.required, fault.got
    for layer in way.layers:
        yield "layer", _node(layer.place), layer.name, _plain(layer)
    for model in way.models:
        yield "model", _node(model.place), tuple((layer.name, *_outputs(layer.calls)) for layer in model.layers)
    for applied in way.layer_calls:
        yield "call", _node(applied.place), _shapes(applied.inputs), _shapes(applied.outputs)
    for compiled in way.compiles:
        yield "compile", _node(compiled.place), _plain(compiled.arguments)
    for use in way.uses:
        yield "use", _node(use.place), use.verdict, _plain(use.arguments)
    for call in way.calls:
        given = (_plain(call.args), _plain(call.kwargs)) if call.name.startswith("keras.") else ()
        yield call.name, _node(call.place), *given, _shapes(call.result)
    for imported in way.imports:
        yield imported.name, _node(imported.place)
    for lacking in way.lacking:
        yield lacking.name, _node(lacking.place)
    for assertion in way.assertions:
        yield "assert", _node(assertion.place), _plain(assertion.left), _plain(assertion.right)


def _node(place: Place | None) -> int:
    return 0 if place is None else id(place.node)


def _outputs(calls: list[LayerCall]) -> tuple[str, ...]:
    return _shapes(calls[-1].outputs) if calls else ()


def _shapes(value: Value) -> tuple[str, ...]:
    return tuple(str(tensor.shape) for tensor in flatten(value) if isinstance(tensor, (Tensor, Array)))


_DEEPEST = 3


def _plain(value: Any, depth: int = 0) -> Hashable:
    """A value so that it equals one like it: plain values themselves, arrays and tensors by shape, objects by class and arguments."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (Tensor, Array)):
        return type(value).__name__, str(value.shape)
    if isinstance(value, Dim):
        return "size", str(value)
    if depth == _DEEPEST:
        return type(value).__name__
    if isinstance(value, (tuple, list)):
        return tuple(_plain(item, depth + 1) for item in value)
    if isinstance(value, ListValue):
        return "list", value.open, tuple(_plain(item, depth + 1) for item in value.items)
    if isinstance(value, DictValue):
        return "dict", value.open, _plain(value.entries, depth)
    if isinstance(value, Mapping):
        return tuple((key, _plain(item, depth + 1)) for key, item in value.items())
    if isinstance(value, Object):
        return value.type_name, _plain(value.arguments, depth + 1)
    return type(value).__name__, getattr(value, "name", None)
