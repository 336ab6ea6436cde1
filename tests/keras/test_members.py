"""Attributes of Keras's objects: what is told to be missing is missing in the installed Keras."""

from __future__ import annotations

import pytest

from lstmlint.keras import api
from lstmlint.runner import check_source

pytestmark = pytest.mark.keras

MADE = """
import keras
from keras.layers import *
dense = Dense(3)
lstm = LSTM(4, stateful=True)
wrapped = Bidirectional(GRU(3), merge_mode="sum")
spread = TimeDistributed(Conv1D(2, 3))
normed = BatchNormalization()
model = keras.Sequential([keras.Input((5, 3)), LSTM(4, return_sequences=True), Dense(2)])
x = keras.Input((4,))
functional = keras.Model(x, Dense(2)(x))
functional.compile("adam", "mse", metrics=["mae"])
adam = keras.optimizers.Adam(1e-3)
momentum = keras.optimizers.SGD(0.1, momentum=0.9)
mean = keras.metrics.Mean()
accuracy = keras.metrics.SparseCategoricalAccuracy()
loss = keras.losses.Huber()
stop = keras.callbacks.EarlyStopping(patience=3)
"""


def test_nothing_that_is_there_is_said_to_be_missing() -> None:
    names: dict[str, object] = {}
    exec(MADE, names)
    program = MADE
    for name, value in list(names.items()):
        if name in MADE.split() and type(value).__module__.startswith("keras."):
            there = [part for part in dir(value) if not part.startswith("_")]
            program += "".join(f"try_{name}_{part} = {name}.{part}\n" for part in there if _can_be_read(value, part))
    assert program.count("try_") > 600
    assert [f.message for f in check_source(program) if f.code in ("API040", "MIG002")] == []


def _can_be_read(value: object, part: str) -> bool:
    try:
        getattr(value, part)
    except Exception:
        return False
    return True


def test_the_classes_of_the_table_are_those_of_keras() -> None:
    import keras

    for group in ("layers", "optimizers", "metrics", "losses", "callbacks"):
        for name, cls in vars(getattr(keras, group)).items():
            if isinstance(cls, type) and not name.startswith("_"):
                known = api.members(f"keras.{group}.{name}")
                assert known is not None
                assert {part for part in dir(cls) if not part.startswith("_")} <= known


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("model.sumary()", "Did you mean `summary`?"),
        ("adam.get_weights()", "Write optimizer.variables."),
        ("functional.optimizer.lr", "Write `learning_rate`."),
        ("mean.reset_states()", "Write `reset_state`."),
        ("functional.state_updates", "any more, so this raises AttributeError."),
        ("lstm.return_sequence", "Did you mean `return_sequences`?"),
        ("stop.patiense", "Did you mean `patience`?"),
    ],
)
def test_what_is_missing_is_told(text: str, told: str) -> None:
    with pytest.raises(AttributeError):
        exec(MADE + text, {})
    (finding,) = check_source(MADE + text)
    assert finding.message.endswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "model.tags = 1\nmodel.tags\n",
        "hasattr(model, 'updates') and model.updates\n",
        "try:\n    adam.lr\nexcept AttributeError:\n    adam.learning_rate\n",
        "class Own(keras.Model):\n    updates = ()\nOwn().updates\n",
        "class Own(LSTM):\n    pass\nOwn(3).unit_count if hasattr(Own, 'unit_count') else 0\n",
    ],
)
def test_what_the_program_gives_or_asks_is_left_alone(text: str) -> None:
    exec(MADE + text, {})
    assert check_source(MADE + text) == []
