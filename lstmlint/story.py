"""The shape story: the steps by which a shape came about, from the first input to the layer that refuses it."""

from __future__ import annotations

from .faults import Fault
from .places import Place
from .program import LayerCall
from .values import Tensor, flatten

LONGEST = 6
"""More steps than this are not read."""


def shape_story(fault: Fault) -> tuple[tuple[str, Place], ...]:
    """The layer calls that lead to what the fault is about, first to last, each with its place; empty where there are none."""
    call = fault.details.get("input_call")
    steps: list[tuple[str, Place]] = []
    while isinstance(call, LayerCall) and len(steps) < LONGEST:
        place = call.layer.place or call.place
        first = next((t for t in flatten(call.inputs) if isinstance(t, Tensor)), None)
        steps.insert(0, (f"{call.layer.class_name} turns {call.input_shape} into {call.output_shape}", place))
        before = first.call if first is not None else None
        if before is None or before is call:
            break
        call = before
    if steps:
        name = getattr(fault.subject, "class_name", "the layer")
        steps.append((f"{name} gets {fault.got} and needs {fault.required}", fault.place))
    return tuple(steps)
