"""`apply_gradients` in a training loop of one's own, with the variables of another model than the first one's, against Keras."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import numpy as np
import tensorflow as tf
import keras
from keras import layers
x = np.zeros((2, 3), "float32")
opt = keras.optimizers.Adam()
def mk(n=4): return keras.Sequential([keras.Input((3,)), layers.Dense(n), layers.Dense(1)])
def step(m, o, how="trainable_variables"):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(m(x) ** 2)
    v = getattr(m, how)
    g = tape.gradient(loss, v)
    o.apply_gradients(zip(g, v))
class Net(keras.Model):
    def __init__(self, *inner):
        super().__init__()
        self.inner = list(inner)
        self.d = layers.Dense(2)
    def call(self, x):
        for l in self.inner: x = l(x)
        return self.d(x)
a, b = mk(), mk(8)
"""
STEPS = """
step(a, opt); step(b, opt)
---
step(a, opt); step(a, opt)
---
step(a, opt); step(b, keras.optimizers.Adam())
---
for n in (4, 8):
    step(mk(n), opt)
---
step(a, opt, "trainable_weights"); step(b, opt, "trainable_weights")
---
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(a(x) ** 2) + tf.reduce_mean(b(x) ** 2)
v = a.trainable_variables + b.trainable_variables
opt.apply_gradients(zip(tape.gradient(loss, v), v))
step(b, opt)
---
opt.build(a.trainable_variables + b.trainable_variables)
step(a, opt); step(b, opt)
---
n = Net(a)
step(n, opt); step(a, opt)
---
n, k = Net(), Net()
step(n, opt); step(k, opt)
---
n = keras.Sequential([a, layers.Dense(3)])
step(n, opt); step(a, opt)
---
n = keras.Sequential([b, layers.Dense(3)])
step(n, opt); step(a, opt)
---
a.compile(opt, "mse")
a.fit(x, np.zeros((2, 1)), verbose=0)
step(a, opt)
---
a.compile(opt, "mse")
step(a, opt)
---
@tf.function
def both():
    step(a, opt); step(b, opt)
both()
---
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(a(x) ** 2)
opt.apply(tape.gradient(loss, a.trainable_variables), a.trainable_variables)
step(b, opt)
---
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(a(x) ** 2)
opt.apply(tape.gradient(loss, a.trainable_variables), a.trainable_variables)
opt.apply([tf.zeros_like(v) for v in a.trainable_variables])
---
shared = layers.Dense(3)
i = keras.Input((3,))
p, q = keras.Model(i, layers.Dense(2)(shared(i))), keras.Model(i, shared(i))
step(p, opt); step(q, opt)
---
step(a, opt)
c = keras.models.clone_model(a)
step(c, opt)
""".strip("\n").split("\n---\n")
UNSURE = {
    "a loop of one turn may see only one of them": (
        "import sys\nfor k in range(len(sys.argv)):\n    if k % 2:\n        step(a, opt)\n    else:\n        step(b, opt)\n"
    ),
    "a loop of one turn makes only one model": "import sys\nfor k in sys.argv[1:]:\n    step(mk(), opt)\n",
    "functions that nobody calls": "def one():\n    step(a, opt)\ndef other():\n    step(b, opt)\n",
    "a function that may build it": "from elsewhere import prepare\nprepare(opt)\nstep(a, opt)\nstep(b, opt)\n",
}


@pytest.mark.parametrize("program", STEPS)
def test_where_it_raises(program: str) -> None:
    theirs = oracle.ask(BEGINNING + program + "\n")
    errors = [f.message for f in check_source(BEGINNING + program + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


@pytest.mark.parametrize("which", UNSURE)
def test_nothing_is_said_where_it_is_not_sure(which: str) -> None:
    assert not [f for f in check_source(BEGINNING + UNSURE[which]) if f.severity.value == "error"]
