"""Data that a layer's weights can't be multiplied by, though no input spec says so: we refuse what the installed Keras refuses."""

from __future__ import annotations

import random

import pytest

from lstmlint.runner import follow_bytes
from tests import oracle

pytestmark = pytest.mark.keras

HEAD = "import keras\nimport numpy as np\nfrom keras.layers import *\n"


def programs(r: random.Random) -> list[str]:
    """Models and data whose sizes agree or not."""
    n, wide, units = r.choice((3, 4)), r.choice((3, 4)), r.choice((2, 4))
    kind = r.choice(("LSTM", "GRU", "SimpleRNN"))
    states = r.choice((units, units, 3))
    count = 2 if kind == "LSTM" else 1
    given = ", ".join(["s"] * count) if r.random() < 0.5 else ", ".join(f"Dense({states})(s)" for _ in range(count))
    rows, width = r.choice((2, 2, 1)), r.choice((units, units, 3))
    arrays = ", ".join([f"np.zeros(({rows}, {width}), 'float32')"] * count)
    step, steps = "np.zeros((2, 3), 'float32')", "np.zeros((2, 5, 3), 'float32')"
    return [
        f"{HEAD}y = {kind}({units})({steps}, initial_state=[{arrays}])\n",
        f"{HEAD}import tensorflow as tf\ny = {kind}Cell({units})(tf.zeros((2, 3)), [{arrays.replace('np.zeros', 'tf.zeros').replace(chr(39), chr(34))}])\n",
        f"{HEAD}y, *states = {kind}Cell({units})({step}, [{arrays}])\n",
        f"{HEAD}layer = {kind}({units})\na = layer(np.zeros((2, 5, {n}), 'float32'))\nb = layer(np.zeros((2, 5, {wide}), 'float32'))\n",
        f"{HEAD}layer = Attention()\na = layer([np.zeros((2, 5, {n}), 'float32'), np.zeros((2, 5, {wide}), 'float32')])\n",
        f"{HEAD}m = keras.Sequential([Input(({n},)), PReLU(), Dense(2)])\nm.predict(np.zeros((2, {wide})), verbose=0)\n",
        f"{HEAD}m = keras.Sequential([Input((5, {n})), PReLU(shared_axes=[1])])\nm.predict(np.zeros((2, 5, {wide})), verbose=0)\n",
        f"{HEAD}m = keras.Sequential([Input((5, {n})), EinsumDense('abc,cd->abd', output_shape=(None, 8))])\nm.predict(np.zeros((2, 5, {wide})), verbose=0)\n",
        f"{HEAD}m = keras.Sequential([Input((5, {n})), {kind}({units})])\nm.predict(np.zeros((2, 5, {wide})), verbose=0)\n",
        f"{HEAD}m = keras.Sequential([Input((5, {n})), RNN([{kind}Cell({units}), GRUCell(2)])])\nm.predict(np.zeros((2, 5, {wide})), verbose=0)\n",
        f"{HEAD}m = keras.Sequential([Input((5, {n})), TimeDistributed(Dense(2))])\nm.predict(np.zeros((2, 5, {wide})), verbose=0)\n",
        f"{HEAD}inner = keras.Sequential([Dense(3), Dense(2)])\nm = keras.Sequential([Input((5, {n})), TimeDistributed(inner)])\n"
        f"m.predict(np.zeros((2, 5, {wide})), verbose=0)\n",
        f"{HEAD}x, s = Input((5, 3)), Input(({states},))\nm = keras.Model([x, s], {kind}({units})(x, initial_state=[{given}]))\n"
        f"m.predict([np.zeros((2, 5, 3)), np.zeros((2, {states}))], verbose=0)\n",
    ]


def test_data_meets_weights_as_in_keras() -> None:
    r = random.Random(3)
    wrong = []
    for program in sorted({p for _ in range(12) for p in programs(r)}):
        ours = any(fault.raises for fault in follow_bytes(program.encode(), "model.py").faults)
        theirs = oracle.ask(program)
        if ours != (theirs.raised is not None):
            wrong.append(f"{program}ours {ours}, Keras {theirs.raised}: {theirs.message[:200]}\n")
    assert not wrong, "\n".join(wrong)
