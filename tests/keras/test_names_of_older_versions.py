"""Attributes of versions before the last Keras 2, and modules that are gone with them: Keras 3 is asked for each."""

from __future__ import annotations

import inspect

import pytest

from lstmlint.keras.members import _OLDER_MODELS, _OLDER_OPTIMIZERS, _OLDER_TENSORS
from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np
import tensorflow as tf
from keras.layers import *
i = keras.Input((4,))
m = keras.Sequential([i, Dense(1)])
f = keras.Model(i, Dense(1)(i))
m.compile("adam", "mse")
f.compile("adam", "mse")
class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.targets = []
"""
READ = """
m.targets
f.targets
f.total_loss
m._make_predict_function()
f._collected_trainable_weights
m.optimizer._decayed_lr(tf.float32)
m.optimizer.decay
m.optimizer.learning_rate
f.layers_by_depth
i._keras_shape
f.input_names
f.output_names
m.losses
Own().targets
m.targets = 3; m.targets
hasattr(m, "targets") and m.targets
getattr(m.optimizer, "decay", 0.0)
tf.keras.optimizers.experimental.Adam()
keras.optimizers.experimental.SGD()
keras.layers.RandomFourierFeatures(3)
from keras.layers import RandomFourierFeatures
from tensorflow.keras.optimizers.experimental import AdamW
a = tf.keras.optimizers.experimental.Adam() if hasattr(tf.keras.optimizers, "experimental") else tf.keras.optimizers.Adam()
""".strip().splitlines()


@pytest.mark.parametrize("line", READ)
def test_where_it_raises(line: str) -> None:
    program = BEGINNING + line.replace("; ", "\n") + "\n"
    theirs = oracle.ask(program)
    errors = [f.message for f in check_source(program) if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


def test_objects_of_keras_3_have_none_of_them() -> None:
    import keras
    import numpy as np

    inputs = keras.Input((4,))
    models = [
        keras.Sequential([keras.layers.Dense(1)]),
        keras.Model(inputs, keras.layers.Dense(1)(inputs)),
        keras.Model(),
    ]
    for model in models[:2]:
        model.compile("adam", "mse")
        model.fit(np.zeros((4, 4)), np.zeros((4, 1)), verbose=0)
    assert not [name for name in _OLDER_MODELS if any(hasattr(model, name) for model in models)]
    assert not [name for name in _OLDER_TENSORS if hasattr(inputs, name)]
    public = [getattr(keras.optimizers, name) for name in dir(keras.optimizers)]
    kinds = [kind for kind in public if inspect.isclass(kind) and issubclass(kind, keras.optimizers.Optimizer)]
    for kind in kinds:
        if kind.__name__ in ("Optimizer", "LossScaleOptimizer", "MultiOptimizer"):
            assert not [name for name in _OLDER_OPTIMIZERS if hasattr(kind, name)]
            continue
        optimizer = kind(learning_rate=0.1)
        optimizer.build(models[0].trainable_variables)
        assert not [name for name in _OLDER_OPTIMIZERS if hasattr(optimizer, name)], kind
