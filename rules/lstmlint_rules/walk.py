"""Ways through the graph of layer calls: what made a tensor, what takes it on, which operations lie between."""

from __future__ import annotations

import functools
from typing import Any

from lstmlint.diagnostic import Edit
from lstmlint.edits import set_keyword
from lstmlint.program import LayerCall, Program, Record
from lstmlint.values import LayerObject, ListValue, ModelObject, SliceValue, Tensor, flatten

from .evidence import RECURRENT

INDEX = "keras.KerasTensor.__getitem__"
OPERATOR = "keras.KerasTensor.__operator__"


def inner(layer: LayerObject) -> LayerObject:
    """The layer inside of Bidirectional and TimeDistributed, or the layer itself."""
    for _ in range(5):
        wrapped = layer.arguments.get("layer") if layer.arguments is not None else None
        if layer.class_name not in ("Bidirectional", "TimeDistributed") or not isinstance(wrapped, LayerObject):
            break
        layer = wrapped
    return layer


def recurrent(layer: LayerObject) -> LayerObject | None:
    """The LSTM, GRU or SimpleRNN that this is, or that a Bidirectional around it runs; None for all else."""
    if layer.class_name == "Bidirectional":
        layer = inner(layer)
    known = layer.class_name in RECURRENT and layer.user_class is None and layer.arguments is not None
    return layer if known else None


def flag(layer: LayerObject, name: str) -> bool | None:
    """A constructor's flag, None where it can't be told."""
    value = layer.arguments.get(name) if layer.arguments is not None else None
    return value if isinstance(value, bool) else None


def tensors(call: LayerCall) -> list[Tensor]:
    """The tensors that go into a layer call."""
    return [t for t in flatten(call.inputs) if isinstance(t, Tensor)]


def consumers(way: Record, call: LayerCall) -> list[LayerCall]:
    """The layer calls that take on what this one returns."""
    return [other for other in way.layer_calls if any(t.call is call for t in tensors(other))]


def behind(output: Any) -> list[LayerCall]:
    """The layer calls that an output comes from, those inside of models included, last ones first."""
    found: list[LayerCall] = []
    seen: set[int] = set()
    waiting: list[Any] = flatten(output)
    while waiting:
        leaf = waiting.pop()
        if not isinstance(leaf, Tensor) or leaf.uid in seen:
            continue
        seen.add(leaf.uid)
        if leaf.made is not None:
            waiting += flatten(leaf.made.inputs)
        if leaf.call is not None:
            found.append(leaf.call)
            waiting += flatten((leaf.call.inputs, *leaf.call.kwargs.values()))
            if isinstance(leaf.call.layer, ModelObject):
                waiting += flatten(leaf.call.layer.outputs)
    return found


def made_by(tensor: Any, class_name: str) -> bool:
    """Does a layer of this class return the tensor?"""
    return isinstance(tensor, Tensor) and tensor.call is not None and tensor.call.layer.class_name == class_name


def made_from(tensor: Any) -> LayerCall | None:
    """The layer call at the beginning of a tensor's chain of operations."""
    for _ in range(50):
        if not isinstance(tensor, Tensor):
            return None
        if tensor.call is not None:
            return tensor.call
        tensor = next((v for v in flatten(tensor.made.inputs) if isinstance(v, Tensor)), None) if tensor.made else None
    return None


@functools.lru_cache(maxsize=1)
def operations(program: Program) -> tuple[Tensor, ...]:
    """Every tensor that an operation made (slicing, an operator, keras.ops), once per place."""
    found: list[Tensor] = []
    seen: set[int] = set()
    places: set[int] = set()
    for way in program.ways:
        waiting: list[Any] = [b.value for b in way.bindings]
        for call in way.layer_calls:
            waiting += [call.inputs, call.outputs, *call.kwargs.values()]
        for model in way.models:
            waiting.append(model.outputs)
        while waiting:
            for leaf in flatten(waiting.pop()):
                if not isinstance(leaf, Tensor) or leaf.uid in seen:
                    continue
                seen.add(leaf.uid)
                if leaf.made is None:
                    continue
                waiting.append(leaf.made.inputs)
                if leaf.made.place is not None and id(leaf.made.place.node) not in places:
                    places.add(id(leaf.made.place.node))
                    found.append(leaf)
    return tuple(found)


def index_of(tensor: Tensor) -> tuple[Any, ...] | None:
    """The index with which a tensor was cut out of another one, as a tuple; None for other operations."""
    if tensor.made is None or tensor.made.by != INDEX or len(tensor.made.inputs) != 2:
        return None
    key = tensor.made.inputs[1]
    if isinstance(key, ListValue):
        return None
    return key if isinstance(key, tuple) else (key,)


def whole(value: Any) -> bool:
    """Is it `:`, a slice of everything?"""
    return isinstance(value, SliceValue) and value.start is None and value.stop is None and value.step is None


STATES = {"LSTM": ("h", "c"), "GRU": ("h",), "SimpleRNN": ("h",)}


def count_of_states(call: LayerCall) -> tuple[int, int] | None:
    """How many initial states a recurrent layer has, and how many it gets; None where none are given or they can't be counted."""
    cell, given = recurrent(call.layer), call.kwargs.get("initial_state")
    states = flatten(given)
    if cell is None or (isinstance(given, ListValue) and given.open):
        return None
    if not states or not all(isinstance(state, Tensor) for state in states):
        return None
    items = given.items if isinstance(given, ListValue) else given if isinstance(given, tuple) else ()
    count = len(items) if are_nested(call) else len(states)
    return len(STATES[cell.class_name]) * (2 if cell is not call.layer else 1), count


def are_nested(call: LayerCall) -> bool:
    """Stands a list of states in the list that an LSTM gets, `initial_state=[[h, c]]`? It counts as one: Keras doesn't look into it."""
    cell, given = recurrent(call.layer), call.kwargs.get("initial_state")
    items = given.items if isinstance(given, ListValue) else given if isinstance(given, tuple) else ()
    lstm = cell is not None and cell.class_name == "LSTM"
    return lstm and any(isinstance(item, (ListValue, tuple)) for item in items)


def count_raises(call: LayerCall) -> bool:
    """Does Keras raise, once data flow, because of the number of initial states? Too few always do; too many do where they go
    through a loop, which a GRU gives its one state only."""
    cell, found = recurrent(call.layer), count_of_states(call)
    if cell is None or found is None:
        return False
    wanted, count = found
    return count < wanted or (count > wanted and cell.class_name != "GRU" and flag(cell, "unroll") is False)


def outputs_of(layer: LayerObject) -> tuple[str, ...] | None:
    """What a recurrent layer with return_state returns, in words; None where it can't be told."""
    cell = recurrent(layer)
    if cell is None or flag(cell, "return_state") is not True:
        return None
    states = STATES[cell.class_name]
    if layer is cell:
        return ("output", *states)
    merge = layer.arguments.get("merge_mode", "concat") if layer.arguments is not None else "concat"
    outputs = ("forward output", "backward output") if merge is None else ("output",)
    return (*outputs, *(f"forward {s}" for s in states), *(f"backward {s}" for s in states))


def state_name(tensor: Any) -> str | None:
    """Which state of which direction a tensor is ("h", "forward c"), "output" for what is none; None where it can't be told."""
    if not isinstance(tensor, Tensor) or tensor.call is None:
        return None
    names = outputs_of(tensor.call.layer)
    return names[tensor.index] if names is not None and tensor.index < len(names) else None


def return_sequences(layer: LayerObject) -> Edit | None:
    """The edit that gives `return_sequences=True` to a recurrent layer, or to the one inside a Bidirectional."""
    return set_keyword(inner(layer).place, "return_sequences", "True")
