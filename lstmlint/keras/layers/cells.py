"""Recurrent cells, and the layer `RNN` that runs them along the time axis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...dims import Role
from ...shapes import Shape
from ...values import LayerObject, ListValue, Weight, is_int, to_dim
from ..spec import Outcome, TensorSpec, Use, layer
from .core import positive

UNKNOWN = TensorSpec(Shape(None))

STATES = {"keras.layers.LSTMCell": 2, "keras.layers.GRUCell": 1, "keras.layers.SimpleRNNCell": 1}
"""How many states each cell has."""


def _cell(use: Use, gates: int) -> Outcome:
    x = use.tensor
    units = use.size("units").with_role(Role.UNIT)
    features = x.shape.get(-1)
    if features.is_none:
        use.refuse(
            "undefined-axis", "a number of features", str(x.shape),
            "Shapes used to initialize variables must be fully-defined (no `None` dimensions).", shape=x.shape,
        )  # fmt: skip
    bias = Shape.of(units * gates)
    if gates == 3 and use.flag("reset_after") is not False:
        bias = Shape.of(2, units * gates)
    weights = [
        Weight("kernel", Shape.of(features, units * gates)), Weight("recurrent_kernel", Shape.of(units, units * gates)),
        *use.when("use_bias", Weight("bias", bias)),
    ]  # fmt: skip
    certain = use.flag("use_bias") is not None and (gates != 3 or use.flag("reset_after") is not None)
    unknown = None if certain else "its arguments are not known"
    # what a cell gives when it is called on its own depends on how the states are nested
    return Outcome(UNKNOWN, weights, mask="lose", weights_unknown=unknown)


@layer("keras.layers.LSTMCell", constructor=positive("units"))
def lstm_cell(use: Use) -> Outcome:
    return _cell(use, 4)


@layer("keras.layers.GRUCell", constructor=positive("units"))
def gru_cell(use: Use) -> Outcome:
    return _cell(use, 3)


@layer("keras.layers.SimpleRNNCell", constructor=positive("units"))
def simple_rnn_cell(use: Use) -> Outcome:
    return _cell(use, 1)


def _cells(value: Any) -> list[LayerObject] | None:
    """Keras's own cells that a cell, a list of cells or a stack of cells consists of; None when it isn't known."""
    if isinstance(value, LayerObject) and value.type_name == "keras.layers.StackedRNNCells":
        value = value.arguments.get("cells") if value.arguments is not None and value.user_class is None else None
    if isinstance(value, ListValue):
        value = None if value.open else tuple(value.items)
    found = list(value) if isinstance(value, tuple) else [value]
    for cell in found:
        if (
            not isinstance(cell, LayerObject)
            or cell.user_class is not None
            or cell.type_name not in STATES
            or cell.opaque
        ):
            return None
    return found


@layer("keras.layers.RNN")
def rnn(use: Use) -> Outcome:
    from ..calling import run_layer

    own = use.value("cell")
    if isinstance(own, LayerObject) and own.user_class is not None and use.tensor.shape.rank is not None:
        return _user_cell(use, own)
    x, cells = use.tensor, _cells(own)
    if not cells or x.shape.rank != 3:
        return Outcome(UNKNOWN, mask="lose", weights_unknown="the cell that it runs is not known")
    use.layer.sublayers = cells
    batch, features = x.shape[0], x.shape[2]
    for cell in cells:
        run_layer(cell, replace(use, layer=cell, inputs=TensorSpec(Shape.of(batch, features), x.dtype), kwargs={}))
        features = Use(cell, (), use.place, use.engine).size("units").with_role(Role.UNIT)
    sequences, return_state = use.flag("return_sequences"), use.flag("return_state")
    if sequences is None or return_state is None or (return_state and len(cells) > 1):
        return Outcome(UNKNOWN, mask="lose")
    time = x.shape[1].with_role(Role.TIME)
    output = TensorSpec(Shape.of(batch, time, features) if sequences else Shape.of(batch, features))
    if not return_state:
        return Outcome(output, mask="keep" if sequences else "consume")
    states = STATES[cells[0].type_name]
    made = (output, *[TensorSpec(Shape.of(batch, features))] * states)
    return Outcome(made, mask=(sequences and x.masked, *[False] * states))


def _user_cell(use: Use, cell: LayerObject) -> Outcome:
    """A cell of the user's class: one step of its own `call`, with states of the sizes that `state_size` names."""
    from ..calling import run_layer
    from ..subclass import user_call_names

    x = use.tensor
    use.layer.sublayers = [cell]
    sizes = _state_sizes(use.engine.get_attribute(cell, "state_size", use.place))
    if sizes is None or x.shape.rank is None or x.shape.rank < 3:
        return Outcome(UNKNOWN, mask="lose", weights_unknown="the states of the cell that it runs are not known")
    batch = x.shape[0]
    states = tuple(TensorSpec(Shape.of(batch, *size), x.dtype) for size in sizes)
    step = TensorSpec(x.shape.remove(1), x.dtype)
    names = user_call_names(use.engine, cell) or ()
    given = {names[1]: states} if len(names) > 1 else {}
    outcome = run_layer(cell, replace(use, layer=cell, inputs=step, kwargs=given))
    made = outcome.output
    output = made[0] if isinstance(made, tuple) and made and isinstance(made[0], TensorSpec) else UNKNOWN
    sequences, return_state = use.flag("return_sequences"), use.flag("return_state")
    if sequences is None or return_state is None:
        return Outcome(UNKNOWN, mask="lose")
    shape = output.shape
    if sequences:
        shape = shape.insert(1, x.shape[1].with_role(Role.TIME))
    result = TensorSpec(shape, output.dtype)
    if not return_state:
        return Outcome(result, mask="keep" if sequences else "consume")
    return Outcome((result, *states), mask=(bool(sequences) and x.masked, *[False] * len(states)))


def _state_sizes(value: Any) -> list[tuple[Any, ...]] | None:
    """`state_size` as one tuple of sizes for each state: a number, or a list of numbers and shapes."""
    if is_int(value):
        return [(to_dim(value),)]
    if isinstance(value, ListValue) and not value.open:
        value = tuple(value.items)
    if not isinstance(value, tuple):
        return None
    found: list[tuple[Any, ...]] = []
    for item in value:
        if isinstance(item, ListValue) and not item.open:
            item = tuple(item.items)
        if is_int(item):
            found.append((to_dim(item),))
        elif isinstance(item, tuple) and all(is_int(n) for n in item):
            found.append(tuple(to_dim(n) for n in item))
        else:
            return None
    return found
