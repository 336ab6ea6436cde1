"""Recurrent layers: LSTM, GRU, SimpleRNN, and RNN over any cell."""

from __future__ import annotations

from typing import Any

from ...dims import Dim, Role
from ...faults import Moment
from ...shapes import Shape
from ...values import InputSpec, LayerObject, ListValue, Value, is_known
from ..spec import Outcome, TensorSpec, Use, layer
from .arguments import checks, numpy_number, one_of, refuse, shown
from .cells import (
    UNKNOWN,
    build_cell,
    cell_weights,
    cells_of,
    has_list_of_states,
    positive_units,
    units_of,
    whole_units,
)


def steps(use: Use) -> tuple[Dim, Dim, Shape]:
    """Batch, time, and the shape of one step, as Keras takes them from an input of any rank."""
    shape = use.tensor.shape
    if shape.dims is not None and len(shape.dims) < 2:
        use.refuse(
            "rank",
            "(batch, timesteps, features)",
            str(shape),
            "tuple index out of range",
            exception="IndexError",
            shape=shape,
        )
    return (
        shape.get(0),
        shape.get(1).with_role(Role.TIME),
        Shape((shape.get(0), *(shape.dims or (0, 0, shape.get(2)))[2:])),
    )


def fixed_batch(use: Use) -> None:
    """A stateful layer keeps one state for each sample of the batch."""
    if use.flag("stateful") and use.tensor.shape.get(0).is_none:
        use.refuse(
            "stateful-batch", "a fixed batch size", str(use.tensor.shape), "If a RNN is stateful, it needs to know its batch size.",
            shape=use.tensor.shape, blamed=("stateful",),
        )  # fmt: skip


def returned(use: Use, batch: Dim, time: Dim, output: Shape, states: list[Any]) -> tuple[Any, Any]:
    """The outputs and their masks: the last step or all of them, and with `return_state` the states. `output` is without batch and time."""
    sequences, return_state = use.flag("return_sequences"), use.flag("return_state")
    if sequences is None or return_state is None:
        return UNKNOWN, "lose"
    rest = output.dims or ()
    first = TensorSpec(Shape((batch, time, *rest) if sequences else (batch, *rest)))
    if not return_state:
        return first, "keep" if sequences else "consume"
    return (first, *states), (bool(sequences) and use.tensor.masked, *[_none(s) for s in states])


def _none(state: Any) -> Any:
    return tuple(_none(s) for s in state) if isinstance(state, tuple) else False


def _recurrent(use: Use, kind: str) -> Outcome:
    batch, time, step = steps(use)
    value = use.value("units")
    if numpy_number(value) and use.engine.keras_major >= 3:
        use.refuse(
            "not-a-positive-integer", "a positive integer for `units`", "a number of NumPy", "output_size must be an integer.",
            blamed=("units",), argument="units", value=value,
        )  # fmt: skip
    units = units_of(use)
    weights, unknown = cell_weights(use, kind, step.get(-1))
    fixed_batch(use)
    state = TensorSpec(Shape.of(batch, units))
    output, mask = returned(use, batch, time, Shape.of(units), [state] * (2 if kind == "LSTM" else 1))
    return Outcome(output, weights, InputSpec(ndim=3), mask, unknown)


_cudnn = one_of("use_cudnn", "auto", True, False)


@layer("keras.layers.LSTM", ndim=3, constructor=checks(positive_units, _cudnn))
def lstm(use: Use) -> Outcome:
    return _recurrent(use, "LSTM")


@layer("keras.layers.GRU", ndim=3, constructor=checks(whole_units, _cudnn))
def gru(use: Use) -> Outcome:
    return _recurrent(use, "GRU")


@layer("keras.layers.SimpleRNN", ndim=3, constructor=whole_units)
def simple_rnn(use: Use) -> Outcome:
    return _recurrent(use, "SimpleRNN")


def _runs(use: Use) -> None:
    """What is run must be a cell, whose state has a whole size."""
    value = use.value("cell")
    if is_known(value) and not isinstance(value, tuple):
        refuse(use, "cell", "a cell", f"Argument `cell` should have a `call` method. Received: cell={shown(value)}")
    for cell in cells_of(value) or []:
        own = cell.user_class is None and cell.arguments is not None and cell.type_name.startswith("keras.layers.")
        if own and not cell.type_name.endswith("Cell") and not cell.type_name.endswith("Cells"):
            from ..spec import find_layer

            if (
                find_layer(cell.type_name) is not None
                and cell.class_name not in ("LSTM", "GRU", "SimpleRNN", "RNN")
                and "ConvLSTM" not in cell.class_name
            ):
                refuse(
                    use,
                    "cell",
                    "a cell",
                    f"The RNN cell should have a `state_size` attribute. Received: {cell.class_name}",
                )
    if isinstance(value, LayerObject) and value.class_name in ("GRUCell", "SimpleRNNCell") and value.user_class is None:
        units = value.arguments.get("units") if value.arguments is not None else None
        if isinstance(units, float):
            use.refuse(
                "not-a-positive-integer", "a positive integer for `units`", repr(units), "state_size must be an integer, or a list/tuple of integers.",
                moment=Moment.CONSTRUCT, blamed=("cell",), argument="units", value=units,
            )  # fmt: skip


@layer("keras.layers.RNN", constructor=_runs)
def rnn(use: Use) -> Outcome:
    value: Value = use.value("cell")
    cells = cells_of(value)
    if not cells or use.tensor.shape.dims is None:
        return Outcome(UNKNOWN, mask="lose", weights_unknown="the cell that it runs is not known")
    batch, time, step = steps(use)
    use.layer.sublayers = list(cells)
    if isinstance(value, LayerObject) and value.class_name == "StackedRNNCells":
        value.sublayers, use.layer.sublayers = list(cells), [value]
        value.built = True
    given, states, output = TensorSpec(step), [], Dim(None)
    for cell in cells:
        size = build_cell(cell, use, given)
        if size is None:
            return Outcome(UNKNOWN, mask="lose", weights_unknown="the cell that it runs is not known")
        output, own = size
        made = tuple(TensorSpec(Shape.of(batch, s)) for s in own)
        several = len(own) > 1 or (cell.user_class is not None and has_list_of_states(cell, use))
        states.append(made if several else made[0])
        given = TensorSpec(Shape.of(batch, output))
    fixed_batch(use)
    single = (
        len(cells) == 1
        and not isinstance(value, (ListValue, tuple))
        and not use.layer.sublayers[0].class_name.startswith("Stacked")
    )
    flat = list(states[0]) if single and isinstance(states[0], tuple) else states
    outputs, mask = returned(use, batch, time, Shape.of(output), flat)
    return Outcome(outputs, mask=mask)
