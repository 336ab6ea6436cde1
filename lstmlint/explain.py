"""How a layer turns its input into its output, in words and numbers, with the user's own names."""

from __future__ import annotations

from typing import Any

from .dims import Dim
from .keras.counting import total_parameters
from .program import LayerCall
from .values import LayerObject

RECURRENT = {"keras.layers.LSTM": 4, "keras.layers.GRU": 3, "keras.layers.SimpleRNN": 1}
"""Recurrent layers and how many gates (or candidate states) each computes per step."""


def program(followed: Any, row: int | None) -> str:
    """Every layer of the program, or those on one line."""
    blocks = []
    seen: set[int] = set()
    for call in followed.layer_calls:
        place = call.layer.place or call.place
        span = place.span
        if id(call.layer) in seen or (row is not None and not span.row <= row <= span.end_row):
            continue
        seen.add(id(call.layer))
        blocks.append(layer(call.layer, call))
    return "\n\n".join(blocks)


def _named(dim: Dim) -> str:
    """The size with the name that the user gave it."""
    label = dim.origin.label if dim.origin is not None else None
    return f"{dim} (`{label}`)" if label and label != str(dim) else str(dim)


def layer(subject: LayerObject, call: LayerCall) -> str:
    """One layer."""
    place = subject.place or call.place
    head = f"line {place.span.row}: {subject.class_name} `{subject.name}`: {call.input_shape} -> {call.output_shape}"
    lines = [head]
    units = RECURRENT.get(subject.type_name)
    if units is not None:
        lines += _recurrent(subject, call, units)
    if subject.weights:
        lines.append("  Its weights:")
        for weight in subject.weights:
            trained = "" if weight.trainable else ", not trained"
            lines.append(f"    {weight.name} {weight.shape}: {weight.count} numbers{trained}")
        counts = " + ".join(str(w.count) for w in subject.weights)
        lines.append(f"  Together {counts} = {total_parameters(subject)} parameters.")
    elif subject.weights_unknown or subject.opaque:
        lines.append(f"  Its weights are not known: {subject.weights_unknown or subject.opaque}.")
    else:
        lines.append("  It has no weights.")
    return "\n".join(lines)


def _recurrent(subject: LayerObject, call: LayerCall, gates: int) -> list[str]:
    shape = call.input_shape
    if shape.rank != 3 or not subject.weights:
        return []
    steps, features = shape[1], shape[2]
    units = subject.weights[0].shape[-1] // gates
    argument = subject.arguments.get("units") if subject.arguments else None
    origin = getattr(argument, "origin", None)
    width = f"{units} (`{origin.label}`)" if origin is not None else str(units)
    sequences = call.output_shape.rank == 3
    several = f"{gates} sets of weights (its gates) side by side" if gates > 1 else "one set of weights"
    lines = [
        f"  It reads {_named(steps)} timesteps, one after the other; each step is a row of {_named(features)} features.",
        f"  {width} units are the width of its hidden state, which is what it hands on: not the number of timesteps.",
        "",
        "      x[1]      x[2]      ...  x[" + str(steps) + "]",
        "       |         |               |",
        f"    [cell] -> [cell] -> ... -> [cell]     the same weights every time; h is {units} wide",
        "       |         |               |",
        "      h[1]      h[2]      ...  h[" + str(steps) + "]",
        "",
        f"  At each step the cell sees {features} features and its own last state of {units}, through {several};",
        f"  so the number of timesteps ({steps}) is in no weight: it says only how often the weights are used.",
    ]
    if sequences:
        lines.append(
            f"  return_sequences=True: every h comes out, {call.output_shape}. Without it only the last, (batch, {units})."
        )
    else:
        lines.append(
            f"  Only the last h comes out, {call.output_shape}. With return_sequences=True: (batch, {steps}, {units})."
        )
    return lines
