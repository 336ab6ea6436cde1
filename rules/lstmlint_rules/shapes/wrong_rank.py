"""A layer gets an input with the wrong number of axes.

What it does: reports inputs whose rank the layer can't take, where no more specific rule knows the cause.

Why is this bad: Keras raises as soon as the layer is built.

Example:

    model.add(LSTM(4, input_shape=(look_back,)))

Use instead:

    model.add(LSTM(4, input_shape=(look_back, 1)))

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, LayerObject, flatten, to_dim

from ..evidence import line, producer, subject_name
from ..walk import inner

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10,)), LSTM(4)])
""",
    """
import keras
from keras.layers import Dense, GRU
model = keras.Sequential([keras.Input((28,)), Dense(8), GRU(4)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 1)), LSTM(4)])
""",
]


SEQUENCES = "(batch, timesteps, features)"
FRAMES = {
    "ConvLSTM1D": "(timesteps, rows, channels)",
    "ConvLSTM2D": "(timesteps, rows, columns, channels)",
    "ConvLSTM3D": "(timesteps, depth, rows, columns, channels)",
}
"""What the axes of a sample mean to a convolutional recurrent layer."""


@claim("SHP001", "wrong-rank", Severity.ERROR, kinds=("rank",), specificity=0)
def wrong_rank(fault: Fault, program: Program) -> Finding | None:
    call = producer(fault)
    source = f" from the {call.layer.class_name} on {line(call.layer.place)}" if call is not None else ""
    rank = fault.details.get("rank", 0)
    ids = call is not None and call.layer.class_name == "Embedding" and rank == 4 and _one_hot(call, program)
    frames = FRAMES.get(inner(fault.subject).class_name) if isinstance(fault.subject, LayerObject) else None
    if call is not None and ids:
        advice = (
            f"An Embedding takes ids, (batch, timesteps), and gets one-hot rows, {call.input_shape}: give it the ids themselves, "
            f"without to_categorical or the like."
        )
    elif frames is not None:
        advice = f"Each sample is a series of frames, {frames}."
    elif fault.required == SEQUENCES and rank == 2:
        advice = "Each sample needs two axes, timesteps and features: one number per step is (timesteps, 1)."
    elif fault.required == SEQUENCES and rank == 4:
        advice = "Merge the inner axes with Reshape((timesteps, -1)), or wrap what comes before in TimeDistributed."
    elif (table := _scaled(fault)) is not None:
        advice = (
            "One column is (samples, 1): .reshape(-1, 1) makes it of an array, and table[['name']], with two brackets, of a table."
            if table.shape.rank == 1
            else f"It scales column by column: give it all steps as rows, .reshape(-1, {table.shape[2]}), and bring the result back to {table.shape}."
        )
    else:
        advice = "Give it an input of that rank, or reshape in between."
    return Finding(
        fault.place,
        f"{subject_name(fault)} needs {fault.required} but gets {fault.got}{source}. {advice}",
        related=((f"{call.layer.class_name} returns {call.output_shape} here", call.layer.place),)
        if call and call.layer.place
        else (),
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )


def _one_hot(call: LayerCall, program: Program) -> bool:
    """Does an Embedding get one-hot rows: is it trained with such, or does each row have a number for every id?"""
    arguments, shape = call.layer.arguments, call.input_shape
    if shape.rank != 3 or arguments is None:
        return False
    data = [leaf for use in program.uses if call.layer in use.layers for leaf in flatten(use.x)]
    known = [leaf.one_hot for leaf in data if isinstance(leaf, Array) and leaf.one_hot is not None]
    return known[0] if known else same(shape[-1], to_dim(arguments.get("input_dim"))) is True


def _scaled(fault: Fault) -> Array | None:
    """A column or windows where scikit-learn wants a table."""
    array = fault.details.get("array")
    of_sklearn = isinstance(fault.subject, str) and fault.subject.startswith("sklearn.")
    return array if of_sklearn and isinstance(array, Array) and array.shape.rank in (1, 3) else None
