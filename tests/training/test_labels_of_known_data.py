"""The labels of Keras's own data sets: each class occurs among them, as long as all of them are there."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

HEAD = """
import keras, numpy as np, tensorflow as tf
(x, y), (xt, yt) = keras.datasets.mnist.load_data()
i = np.random.permutation(60000)
m = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(UNITS, activation="softmax")])
m.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
"""
ALL = [
    "m.fit(x, y)",
    "m.fit(x / 255.0, y.astype('int32'), validation_data=(xt, yt))",
    "m.fit(x, np.expand_dims(y, 1))",
    "m.evaluate(xt, yt)",
    "m.fit(x, y.reshape(-1, 1))",
]
NOT_ALL = [
    "m.fit(x[:5], y[:5])", "m.fit(x[y < 5], y[y < 5])", "m.fit(x, y % 5)", "m.fit(x, y, steps_per_epoch=2)", "m.evaluate(xt, yt, steps=1)",
    "y[y == 9] = 0; m.fit(x, y)", "m.fit(tf.data.Dataset.from_tensor_slices((x, y)).batch(4).take(1))", "m.fit(x, np.minimum(y, 8))",
    "m.predict(x)", "m.fit(x[i[:9]], y[i[:9]])", "m.fit(x, np.where(y > 4, 1, 0))",
]  # fmt: skip


@pytest.mark.parametrize("use", [*ALL, *NOT_ALL])
def test_a_label_without_a_unit_is_told_where_it_surely_occurs(use: str) -> None:
    def codes(units: int) -> list[str]:
        return [
            f.code for f in check_source(f"{HEAD.replace('UNITS', str(units))}{use}\n") if f.severity.value == "error"
        ]

    assert codes(10) == []
    assert codes(9) == (["OUT013"] if use in ALL else [])
