"""Models called on an axis of 1 too many or too few, symbolically and with data, nested in whatever takes a model: the verdict is Keras's."""

from __future__ import annotations

import os
import random

import pytest

from lstmlint.runner import follow_bytes
from tests import oracle

pytestmark = pytest.mark.keras
CASES = int(os.environ.get("LSTMLINT_CASES", "60"))
SEED = os.environ.get("LSTMLINT_SEED", "1")

FIRST = {
    1: [
        "Dense(4)", "Embedding(30, 4)", "Flatten()", "RepeatVector(3)", "BatchNormalization()", "Dropout(0.1)", "Reshape((-1, 1))", "PReLU()",
        "Lambda(lambda t: t * 2)", "LayerNormalization()", "Activation('relu')",
    ],
    2: [
        "Dense(4)", "LSTM(4)", "LSTM(4, return_sequences=True)", "GRU(3)", "SimpleRNN(3)", "RNN(LSTMCell(4))", "Bidirectional(LSTM(4))",
        "Conv1D(4, 2)", "SeparableConv1D(4, 2)", "MaxPooling1D(2)", "GlobalMaxPooling1D()", "GlobalAveragePooling1D()", "BatchNormalization()",
        "TimeDistributed(Dense(4))", "Flatten()", "Permute((2, 1))", "SpatialDropout1D(0.1)", "ZeroPadding1D(1)", "UpSampling1D(2)", "Cropping1D(1)",
        "Masking()", "Lambda(lambda t: t * 2)", "LayerNormalization()",
    ],
    3: ["Conv2D(4, 2)", "TimeDistributed(LSTM(4))", "MaxPooling2D(2)", "GlobalAveragePooling2D()", "ConvLSTM1D(4, 2)", "Flatten()", "Dense(4)"],
}  # fmt: skip
THEN = ["", "Flatten()", "Dense(2)", "LSTM(2)", "GlobalMaxPooling1D()", "BatchNormalization()", "Reshape((-1,))"]

HEAD = """
import numpy as np
import keras
from keras.layers import *
"""
SEQUENTIAL = "tower = keras.Sequential([Input({own}), {first}{then}])\n"
FUNCTIONAL = """
i = Input({own})
x = {first}(i)
tower = keras.Model(i, {last})
"""
WAYS = {
    "called": "a = Input({given})\nmodel = keras.Model(a, tower(a))\n",
    "in a Sequential": "model = keras.Sequential([Input({given}), tower])\n",
    "in a model in a model": "a = Input({given})\nouter = keras.Model(a, tower(a))\nb = Input({given})\nmodel = keras.Model(b, outer(b))\n",
    "with a head": "a = Input({given})\nmodel = keras.Model(a, Dense(2)(tower(a)))\n",
    "with a flat head": "a = Input({given})\nmodel = keras.Model(a, Dense(2)(Flatten()(tower(a))))\n",
    "over time": "model = keras.Sequential([Input((2, *{given})), TimeDistributed(tower)])\n",
    "in a class": (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.tower = tower\n"
        "    def call(self, x):\n        return self.tower(x)\nmodel = Net()\n"
    ),
    "itself": "model = tower\n",
}
USES = {
    "": "",
    "predict": "model.predict(np.ones((3, *{data})), verbose=0)\n",
    "call": "model(np.ones((3, *{data})))\n",
    "fit": "model.compile('sgd', 'mse')\nmodel.fit(np.ones((3, *{data})), np.ones((3, 1)), verbose=0)\n",
}


KNOWN = {"Dense(4)", "LSTM(4)", "LSTM(4, return_sequences=True)", "GRU(3)", "SimpleRNN(3)", "Bidirectional(LSTM(4))", "Conv1D(4, 2)", "SeparableConv1D(4, 2)",
         "Conv2D(4, 2)", "ConvLSTM1D(4, 2)", "BatchNormalization()", "Embedding(30, 4)", "Dropout(0.1)", "Flatten()"}  # fmt: skip
"""Layers whose output's shape is known for inputs of other ranks; of others only is said what they surely refuse."""


def program(roll: random.Random) -> tuple[str, str, bool]:
    """A program without data, what it does with data, and whether all that Keras refuses of it is known."""
    rank = roll.choice([1, 2, 2, 2, 3])
    own = [roll.choice([6, 6, None] if axis < rank - 1 else [5, 1, 1]) for axis in range(rank)]
    if rank == 1:
        own = [roll.choice([6, 1, 6])]
    given = [size if size is not None else 6 for size in own]
    change = roll.choice(["behind", "behind", "less", "less", "front", "wide", "none"])
    if change == "behind":
        given.append(1)
    elif change == "less" and len(given) > 1:
        given.pop()
    elif change == "front":
        given.insert(0, 1)
    elif change == "wide":
        given[-1] = 3
    first, then = roll.choice(FIRST[rank]), roll.choice(THEN)
    body = roll.choice([SEQUENTIAL, FUNCTIONAL])
    way, use = roll.choice(list(WAYS)), roll.choice(list(USES))
    if way in ("itself", "in a class") and not use:
        use = "predict"
    made = body.format(
        own=(*own,),
        first=first,
        then=f", {then}" if then and body is SEQUENTIAL else "",
        last=f"{then}(x)" if then else "x",
    )
    data = (2, *given) if way == "over time" else (*given,)
    known = (
        first in KNOWN
        and then in ("", "Flatten()", "Dense(2)", "LSTM(2)", "BatchNormalization()")
        and way != "in a class"
    )
    return HEAD + made + WAYS[way].format(given=(*given,)), USES[use].format(data=data), known


def refusals(text: str) -> list[str]:
    return [
        f"{fault.kind}: {fault.message}" for fault in follow_bytes(text.encode(), "model.py").faults if fault.raises
    ]


def disagreement(text: str, use: str, known: bool) -> str | None:
    theirs, mine = oracle.ask(text + use), refusals(text + use)
    if theirs.raised and not mine and known:
        return f"Keras raises on line {theirs.line}: {theirs.message[-200:]}"
    if not theirs.raised and mine:
        if not use:  # what is refused without data must be refused as soon as there are any
            later = oracle.ask(text + USES["predict"].format(data=text.rsplit("Input(", 1)[1].partition(")")[0] + ")"))
            if later.raised:
                return None
        return f"Keras runs this, we say {mine[0]}"
    return None


def test_models_take_other_ranks_as_keras_does() -> None:
    roll = random.Random(SEED)
    for _ in range(CASES):
        text, use, known = program(roll)
        wrong = disagreement(text, use, known)
        assert wrong is None, f"{wrong}\n{text}{use}"


TWO_INPUTS = (
    HEAD
    + """
a, b = Input((9, 1)), Input((3,))
two = keras.Model([a, b], Concatenate()([LSTM(4)(a), b]))
p, q = Input((9,)), Input((3, 1))
model = keras.Model([p, q], two([p, q]))
"""
)
SIAMESE = (
    HEAD
    + """
i = Input((None,), dtype="int32")
tower = keras.Model(i, LSTM(4)(Embedding(30, 8)(i)))
left, right = Input((9, 1), dtype="int32"), Input((9,), dtype="int32")
model = keras.Model([left, right], Dot(1)([tower(left), tower(right)]))
model.compile("adam", "mse")
model.fit([np.ones((8, 9, 1)), np.ones((8, 9))], np.ones((8, 1)), verbose=0)
"""
)
IN_CALL = (
    HEAD
    + """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        i = Input((6,))
        self.net = keras.Model(i, Dense(3)(i))
        self.seq = keras.Sequential([Input((6, 1)), LSTM(2)])
    def call(self, x):
        return concatenate([self.net(x[..., None]), self.seq(x)])
model = Net()
model.compile("adam", "mse")
model.fit(np.ones((4, 6)), np.ones((4, 5)), verbose=0)
"""
)
DATA_AFTER_ALL = (
    HEAD
    + """
i = Input((6,))
tower = keras.Model(i, Dense(4)(i))
a = Input((6, 1))
model = keras.Model(a, tower(a))
model.compile("adam", "mse")
model.fit(np.ones((3, 6, 1)), np.ones((3, 4)), verbose=0)
"""
)
OTHERWISE = (
    HEAD
    + """
i = Input((4,))
one = keras.Model(i, Dense(4)(i))
j = Input((4,))
two = keras.Model(j, Dense(2)(j))
a = Input((4, 1))
model = keras.Model(a, two(one(a)))
model.predict(np.ones((3, 4, 1)), verbose=0)
"""
)


@pytest.mark.parametrize("text", [TWO_INPUTS, SIAMESE, IN_CALL, DATA_AFTER_ALL, OTHERWISE])
def test_what_keras_runs_is_not_refused(text: str) -> None:
    assert oracle.ask(text).raised is None
    assert refusals(text) == []


def test_a_time_distributed_model_has_its_sizes_and_no_data() -> None:
    for model in ("keras.Sequential([Input((6,)), Dense(2)])", "keras.Model(i, Dense(2)(i))"):
        text = (
            HEAD
            + f"i = Input((6,))\ninner = {model}\nmodel = keras.Sequential([Input((5, 7)), TimeDistributed(inner)])\n"
        )
        assert oracle.ask(text).raised == "ValueError"
        assert [kind.partition(":")[0] for kind in refusals(text)] == ["axis-size"]
