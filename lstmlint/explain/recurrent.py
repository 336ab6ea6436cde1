"""Recurrent layers in words: what one step sees, what the loop over time does, and what comes out."""

from __future__ import annotations

from ..dims import Dim
from ..frozen import dataclass
from ..values import LayerObject
from .subject import Explanation, Subject, counted, explains, named


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell computes at each step: how many blocks of weights side by side, and what they are for."""

    blocks: int
    names: str
    memory: str


CELLS = {
    "LSTM": Cell(4, "input gate, forget gate, candidate, output gate", "two states, h and the cell state c, each"),
    "GRU": Cell(3, "update gate, reset gate, candidate", "one state, h,"),
    "SimpleRNN": Cell(1, "one tanh of a sum", "one state, h,"),
}


@explains("LSTM", "GRU", "SimpleRNN")
def recurrent(subject: Subject) -> Explanation:
    shape, units = subject.shape, subject.size("units")
    if shape.rank != 3 or units is None:
        return Explanation()
    cell = CELLS[
        subject.layer.class_name if subject.layer.class_name in CELLS else subject.layer.type_name.rpartition(".")[2]
    ]
    steps, features = shape[1], shape[2]
    lines = [
        f"It reads {_steps(steps)}, one after the other; each step is a row of {counted(features, 'feature', named(features))}.",
        f"{counted(units, 'unit', subject.named_size('units'))} {'is' if units.known == 1 else 'are'} the width of its hidden state h, which is what it hands on: not the number of timesteps.",
        "",
        *drawing(steps, units, sequences=subject.flag("return_sequences"), backwards=subject.flag("go_backwards")),
        "",
        f"At each step the cell sees {counted(features, 'feature')} and its own last h of {units}, through {_blocks(cell)}. It keeps {cell.memory} {units} wide. "
        f"The number of timesteps ({steps}) is in no weight: it says only how often the weights are used.",
        *_outputs(subject, steps, units),
    ]
    if subject.flag("stateful"):
        lines.append("stateful=True: the next batch goes on with the state that this one ends with.")
    return Explanation(lines, _weights(cell, features, units, subject), _formula(cell, features, units, subject))


def drawing(
    steps: Dim, units: Dim, *, sequences: bool, backwards: bool = False, note: str = "the same weights every time"
) -> list[str]:
    """The layer unrolled: the same cell at every step, and which of its states come out."""
    count = steps.known
    if count == 0:
        return ["    no step: there is nothing to read"]
    last = "last" if steps.is_none or steps.is_unknown else str(steps)
    numbers = [str(n) for n in range(1, count + 1)] if count is not None and count <= 4 else ["1", "2", "...", last]
    if backwards:
        numbers.reverse()
    width = max(len(f"x[{n}]") for n in numbers) + 4
    inputs, pipes, cells, under, states = "", "", "", "", ""
    for at, number in enumerate(numbers):
        dots, final = number == "...", at == len(numbers) - 1
        cell = "..." if dots else "[cell]"
        wide = max(width, 10)
        inputs += ("..." if dots else f"x[{number}]").center(6).ljust(wide)
        pipes += ("" if dots else "|").center(6).ljust(wide)
        cells += cell.center(6) if final else f"{cell.center(6)}{'-' * (wide - 8)}> "
        comes_out = sequences or final
        under += ("|" if comes_out and not dots else "").center(6).ljust(wide)
        states += (("..." if dots else f"h[{number}]") if comes_out else "").center(6).ljust(wide)
    return [f"    {line.rstrip()}" for line in (inputs, pipes, f"{cells}   {note}; h is {units} wide", under, states)]


def _steps(steps: Dim) -> str:
    if steps.is_none:
        return "any number of timesteps (None)"
    if steps.is_unknown:
        return "its timesteps"
    return counted(steps, "timestep", named(steps))


def _blocks(cell: Cell) -> str:
    return (
        f"{cell.blocks} sets of weights side by side ({cell.names})"
        if cell.blocks > 1
        else f"one set of weights ({cell.names})"
    )


def _outputs(subject: Subject, steps: Dim, units: Dim) -> list[str]:
    batch = subject.shape[0]
    whole, last = f"({batch}, {steps}, {units})", f"({batch}, {units})"
    if subject.flag("return_sequences"):
        lines = [f"return_sequences=True: every h comes out, {whole}. Without it only the last one, {last}."]
    else:
        lines = [f"Only the last h comes out, {last}. With return_sequences=True all of them would: {whole}."]
    if subject.flag("return_state"):
        kind = "h and c" if subject.layer.class_name == "LSTM" else "h"
        lines.append(f"return_state=True: the last {kind} come{'s' if kind == 'h' else ''} out as well, each {last}.")
    return lines


def _weights(cell: Cell, features: Dim, units: Dim, subject: Subject) -> dict[str, str]:
    blocks = f"{cell.blocks} * {units}" if cell.blocks > 1 else str(units)
    found = {
        "kernel": f"{counted(features, 'feature')} in, {blocks} out: what the step's input says",
        "recurrent_kernel": f"{counted(units, 'unit')} of the last h in, {blocks} out: what the past says",
        "bias": f"one number for each of the {blocks}",
    }
    if cell.blocks == 3 and subject.value("reset_after", True) is True:
        found["bias"] = f"two rows of {blocks}: one for the input, one for the last h (reset_after=True)"
    return found


def _formula(cell: Cell, features: Dim, units: Dim, subject: Subject) -> tuple[str, int] | None:
    f, u = features.known, units.known
    if f is None or u is None or subject.value("use_bias", True) is not True:
        return None
    rows = 2 if cell.blocks == 3 and subject.value("reset_after", True) is True else 1
    bias = f"{rows} * {u}" if rows > 1 else str(u)
    inner = f"{u} * ({f} + {u}) + {bias}"
    text = f"{cell.blocks} * ({inner})" if cell.blocks > 1 else inner
    return text, cell.blocks * (u * (f + u) + rows * u)


@explains("Bidirectional")
def bidirectional(subject: Subject) -> Explanation:
    inner = subject.value("layer")
    if not isinstance(inner, LayerObject) or subject.shape.rank != 3:
        return Explanation()
    merge = subject.value("merge_mode", "concat")
    one = Subject(inner, subject.call)
    how = {
        "concat": "are put side by side, so the last axis is twice as wide",
        "sum": "are added",
        "ave": "are averaged",
        "mul": "are multiplied",
    }.get(merge if isinstance(merge, str) else "", "come out one by one")
    steps = subject.shape[1]
    lines = [
        f"Two {inner.class_name} layers of {one.named_size('units')} units read the same {_steps(steps)}, one forwards, one backwards, each with its own weights.",
        f"Their results {how}: {subject.result}.",
    ]
    if inner.class_name in CELLS and one.size("units") is not None:
        units = one.size("units")
        assert units is not None
        every = one.flag("return_sequences")
        lines += ["", *drawing(steps, units, sequences=every, note="forwards"), ""]
        lines += [*drawing(steps, units, sequences=every, backwards=True, note="backwards, with other weights"), ""]
    return Explanation(lines)


@explains("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
def convolutional(subject: Subject) -> Explanation:
    shape = subject.shape
    if shape.rank is None or shape.rank < 2:
        return Explanation()
    sequences = subject.flag("return_sequences")
    return Explanation(
        [
            f"An LSTM whose every step is a whole picture: it reads {_steps(shape[1])}, one after the other, and each of its 4 gates is a convolution "
            f"with {subject.named_size('filters')} filters instead of a matrix.",
            "Every step's picture comes out."
            if sequences
            else "Only the last step's picture comes out; return_sequences=True gives all of them.",
        ]
    )
