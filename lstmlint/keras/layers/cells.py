"""Recurrent cells: what one step of a recurrent layer builds and returns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...dims import ANY, Dim, Role, same
from ...shapes import Shape
from ...values import LayerObject, ListValue, Value, Weight, is_int, to_dim
from ..spec import Outcome, TensorSpec, Use, layer
from .arguments import above_zero, listed
from .windows import undefined

UNKNOWN = TensorSpec(Shape(None))

STATES = {"keras.layers.LSTMCell": 2, "keras.layers.GRUCell": 1, "keras.layers.SimpleRNNCell": 1}
"""How many states each cell has."""
GATES = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}
positive_units = above_zero("units", none=False)
whole_units = above_zero("units", none=False, whole=True)
"""As `positive_units`, for layers whose constructor asks whether the state's size is an integer."""


def units_of(use: Use) -> Dim:
    """The width of the state; floats are refused when the weights are made."""
    value = use.value("units")
    if isinstance(value, float):
        use.refuse(
            "not-a-positive-integer", "a positive integer for `units`", repr(value),
            f"Cannot convert to a shape. Found invalid dimension '{value}' of type 'float'.", blamed=("units",), argument="units", value=value,
        )  # fmt: skip
    found = Dim(int(value)) if isinstance(value, bool) else use.size("units")
    return found.with_role(Role.UNIT)


def cell_weights(use: Use, kind: str, features: Dim) -> tuple[list[Weight], str | None]:
    """Kernel, recurrent kernel and bias of an LSTM, GRU or simple cell that reads `features`; and why they may not be known."""
    units, gates = units_of(use), GATES[kind]
    if features.is_none:
        undefined(
            use,
            use.tensor,
            "a number of features",
            "Shapes used to initialize variables must be fully-defined (no `None` dimensions).",
        )
    bias = Shape.of(units * gates)
    reset_after = use.flag("reset_after") if kind == "GRU" else False
    if reset_after:
        bias = Shape.of(2, units * gates)
    weights = [
        Weight("kernel", Shape.of(features, units * gates)), Weight("recurrent_kernel", Shape.of(units, units * gates)),
        *use.when("use_bias", Weight("bias", bias)),
    ]  # fmt: skip
    known = use.flag("use_bias") is not None and reset_after is not None
    return weights, None if known else "its arguments are not known"


def _cell(use: Use, kind: str) -> Outcome:
    x = use.tensor
    weights, unknown = cell_weights(use, kind, x.shape.get(-1))
    if use.unchecked:  # a recurrent layer only has it built
        return Outcome(UNKNOWN, weights, mask="lose", weights_unknown=unknown)
    given = use.kwargs.get("states")
    states = list(given) if isinstance(given, tuple) else [given]
    units, count = units_of(use), 2 if kind == "LSTM" else 1
    known = [s for s in states[:count] if isinstance(s, TensorSpec) and s.shape.rank == 2]
    if x.shape.rank == 3 and len(known) == count:
        _one_step_only(use, kind, units, known[0].shape[0])
    if x.shape.rank != 2 or len(known) < count:
        return Outcome(UNKNOWN, weights, mask="destroy", weights_unknown=unknown)
    for state in known:
        if same(state.shape[1], units) is False:
            use.refuse(
                "state-size", f"states of {units} units", str(state.shape),
                f"Inner dimensions must be equal: the cell has {units} units and the state is {state.shape}.", shape=state.shape,
            )  # fmt: skip
    batch = x.shape[0]
    for state in known:
        batch = state.shape[0] if batch.is_none else batch
    made = replace(x, shape=Shape.of(batch, units))
    states_out: Any = (made,) * count if isinstance(given, tuple) else made
    masks = (False, (False,) * count) if isinstance(given, tuple) else (False, False)
    return Outcome((made, states_out), weights, mask=masks if not x.masked else "destroy", weights_unknown=unknown)


def _one_step_only(use: Use, kind: str, units: Dim, batch: Dim) -> None:
    """A whole sequence for a cell: an LSTMCell can't split it, the others can't add the states to it, unless the two broadcast."""
    shape = use.tensor.shape
    broadcasts = same(shape[1], batch) is not False or 1 in (shape[1].known, batch.known)
    if (kind == "LSTM" and (units.known or 0) > 1) or (kind != "LSTM" and not broadcasts):
        use.refuse(
            "cell-rank",
            message=f"it takes one step, (batch, features), and gets {shape}. Give it x[:, t], or let RNN(cell) go through the steps",
            shape=shape,
        )


@layer("keras.layers.LSTMCell", constructor=positive_units)
def lstm_cell(use: Use) -> Outcome:
    return _cell(use, "LSTM")


@layer("keras.layers.GRUCell", constructor=positive_units)
def gru_cell(use: Use) -> Outcome:
    return _cell(use, "GRU")


@layer("keras.layers.SimpleRNNCell", constructor=positive_units)
def simple_rnn_cell(use: Use) -> Outcome:
    return _cell(use, "SimpleRNN")


@layer("keras.layers.StackedRNNCells")
def stacked(use: Use) -> Outcome:
    """Built by a recurrent layer; each cell reads what the one before it gives."""
    cells, batch = cells_of(use.layer), use.tensor.shape.get(0)
    if cells is None:
        return Outcome(UNKNOWN, mask="destroy", weights_unknown="the cells in it are not known")
    use.layer.sublayers = cells
    given: Value = use.tensor
    for cell in cells:
        size = build_cell(cell, use, given)
        if size is None:
            return Outcome(UNKNOWN, mask="destroy", weights_unknown="a cell in it is not known")
        given = TensorSpec(Shape.of(batch, size[0]))
    return Outcome(UNKNOWN, mask="destroy")


def cells_of(value: Value) -> list[LayerObject] | None:
    """The cells that a cell, a list of cells or a stack of cells consists of; None when they aren't all known."""
    if (
        isinstance(value, LayerObject)
        and value.type_name == "keras.layers.StackedRNNCells"
        and value.user_class is None
    ):
        value = value.arguments.get("cells") if value.arguments is not None else None
    row = listed(value)
    if not row or not all(isinstance(cell, LayerObject) and not cell.opaque for cell in row):
        return None
    return list(row)


def build_cell(cell: LayerObject, use: Use, step: TensorSpec) -> tuple[Dim, Any] | None:
    """Build a cell on what one step reads; gives the size of its output and those of its states, None when they aren't known."""
    from ..calling import run_layer

    if cell.user_class is None and cell.type_name in STATES:
        run_layer(cell, replace(use, layer=cell, inputs=step, kwargs={}, unchecked=True))
        units = units_of(Use(cell, (), use.place, use.engine))
        return units, [units] * STATES[cell.type_name]
    if cell.user_class is None:
        return None
    return _build_own(cell, use, step)


def _build_own(cell: LayerObject, use: Use, step: TensorSpec) -> tuple[Dim, Any] | None:
    """A cell of the user's: its `build` is followed, its sizes are read from `state_size` and `output_size`."""
    from ..own_shapes import shape_value

    engine = use.engine
    if not cell.built:
        own = engine.find_method(cell, "build")
        if own is not None:
            engine.call(own, [shape_value(step, use)], place=use.place)
        elif engine.find_method(cell, "call") is not None:
            cell.weights_unknown = cell.weights_unknown or "its layers are built when it first runs"
        cell.built = True
    states = _sizes(engine.get_attribute(cell, "state_size", use.place) if _has(cell, use, "state_size") else None)
    output = engine.get_attribute(cell, "output_size", use.place) if _has(cell, use, "output_size") else None
    if states is None:
        return None
    first = to_dim(output) if is_int(output) else states[0] if output is None else ANY
    return first.with_role(Role.UNIT), states


def has_list_of_states(cell: LayerObject, use: Use) -> bool:
    """Is the `state_size` of a user's cell a list or tuple, as its states are then?"""
    return isinstance(use.engine.get_attribute(cell, "state_size", use.place), (ListValue, tuple))


def _has(cell: LayerObject, use: Use, name: str) -> bool:
    return name in cell.attributes or (cell.user_class is not None and cell.user_class.defines(name))


def _sizes(value: Value) -> list[Dim] | None:
    row = listed(value)
    return [to_dim(v) for v in row] if row and all(is_int(v) for v in row) else None
