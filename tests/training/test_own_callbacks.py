"""Callbacks of the user's own are followed where `fit` calls them, as Keras does it."""

from __future__ import annotations

import json

import pytest

from lstmlint.rule import Severity
from lstmlint.runner import check_source, follow_bytes
from lstmlint.summary import as_json
from tests import oracle

BEGINNING = """
import keras, numpy as np
from keras import backend as K
from keras.layers import *
X, y = np.zeros((4, 3)), np.zeros(4)
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
class Watch(keras.callbacks.Callback):
"""
METHODS = ["on_train_begin(self, logs=None)", "on_epoch_begin(self, epoch, logs=None)", "on_batch_end(self, batch, logs=None)",
           "on_train_batch_begin(self, batch, logs=None)", "on_epoch_end(self, epoch, logs={})", "on_train_end(self, logs=None)"]  # fmt: skip
BODIES = {
    "validation data of Keras 2": "self.validation_data",
    "validation data that are asked for": "hasattr(self, 'validation_data') and self.validation_data",
    "validation data or none": "getattr(self, 'validation_data', None)",
    "parameters of Keras 2": "self.params['samples']",
    "parameters of Keras 2 that are asked for": "self.params.get('batch_size')",
    "parameters": "self.params['epochs'], self.params['steps'], self.params['verbose']",
    "a learning rate of Keras 2": "K.get_value(self.model.optimizer.lr)",
    "a learning rate": "self.model.optimizer.learning_rate",
    "a method of Keras 2": "self.model.predict_classes(X)",
    "data of another width": "self.model.predict(np.zeros((2, 7)), verbose=0)",
    "data": "self.model.predict(np.zeros((2, 3)), verbose=0)",
    "what is not measured, if it is": "'acc' in (logs or {}) and logs['acc']",
    "a helper": "self.helper()",
}
CALLED = {
    "in fit": "model.fit(X, y, callbacks=[Watch()], verbose=0)",
    "in no fit": "watch = Watch()",
    "in evaluate": "model.evaluate(X, y, callbacks=[Watch()], verbose=0)",
    "in no epoch": "model.fit(X, y, epochs=0, callbacks=[Watch()], verbose=0)",
}


def _errors(program: str) -> list[str]:
    return [f.message for f in check_source(program) if f.severity.value == "error"]


@pytest.mark.keras
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("body", BODIES)
def test_what_a_callback_does_is_judged_as_keras_does_it(method: str, body: str) -> None:
    helper = "    def helper(self):\n        return Dense(-3)\n"
    program = f"{BEGINNING}    def {method}:\n        print({BODIES[body]})\n{helper}{CALLED['in fit']}\n"
    theirs = oracle.ask(program)
    assert bool(_errors(program)) == (theirs.raised is not None), (theirs.raised, theirs.message)


@pytest.mark.keras
@pytest.mark.parametrize("called", CALLED)
def test_only_what_is_called_is_judged(called: str) -> None:
    program = f"{BEGINNING}    def on_epoch_end(self, epoch, logs=None):\n        print(self.validation_data)\n{CALLED[called]}\n"
    theirs = oracle.ask(program)
    assert bool(_errors(program)) == (theirs.raised is not None), (theirs.raised, theirs.message)


@pytest.mark.parametrize(
    "own",
    [
        "    def __init__(self, data):\n        super().__init__()\n        self.validation_data = data\n",
        "    validation_data = None\n    def __init__(self, data):\n        super().__init__()\n",
        "    def __init__(self, data):\n        super().__init__()\n    def on_train_begin(self, logs=None):\n        self.validation_data = X, y\n",
        "    def __init__(self, data):\n        super().__init__()\n    @property\n    def validation_data(self):\n        return X, y\n",
        "    def __init__(self, data):\n        super().__init__()\n    def set_model(self, model):\n        self.validation_data = X, y\n",
    ],
)
def test_what_a_class_has_of_its_own_is_there(own: str) -> None:
    method = "    def on_epoch_end(self, epoch, logs=None):\n        print(self.validation_data)\n"
    assert _errors(f"{BEGINNING}{own}{method}model.fit(X, y, callbacks=[Watch((X, y))])\n") == []


def test_what_turns_change_is_not_known_afterwards() -> None:
    """How many epochs there are, and what each of them adds, is the training's matter."""
    program = f"""{BEGINNING}    def on_train_begin(self, logs=None):
        self.losses = []
    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(logs["loss"])
watch = Watch()
model.fit(X, y, epochs=3, callbacks=[watch])
for last in watch.losses[2:]:
    Dense(1)
assert len(watch.losses) == 3
"""
    assert check_source(program) == []


def test_a_callback_does_not_change_what_a_model_is() -> None:
    """What it makes of noise is shown nowhere: the layers have the shapes that they have in the model."""
    watching = "    def on_epoch_end(self, epoch, logs=None):\n        print(self.model(np.zeros((7, 3))))\nmodel.fit(X, y, callbacks=[Watch()])\n"
    followed = follow_bytes((BEGINNING + watching).encode(), "watched.py")
    (shown,) = json.loads(as_json([("watched.py", followed)]))["files"][0]["models"]
    assert [layer["output_shapes"] for layer in shown["layers"]] == [[[None, 1]]]


LOGS = {
    "compared": "if logs.get('acc') > 0.9: self.model.stop_training = True",
    "compared under its name": "reached = logs.get('acc')\n        if reached > 0.9: self.model.stop_training = True",
    "read": "print(logs['acc'])",
    "read as it is called": "print(logs['accuracy'] > 0.9, logs['loss'])",
    "shown": "print(logs.get('acc'))",
    "asked for": "reached = logs.get('acc')\n        if reached is not None and reached > 0.9: self.model.stop_training = True",
    "one of two": "if (logs.get('acc') or logs.get('accuracy')) > 0.9: self.model.stop_training = True",
    "with a default": "if logs.get('acc', 0) > 0.9: self.model.stop_training = True",
    "of the validation": "if logs.get('val_loss') < 0.1: self.model.stop_training = True",
    "put there": "logs['acc'] = 0.5\n        if logs.get('acc') > 0.9: self.model.stop_training = True",
    "of the learning rate": "print(logs['learning_rate'] > 0.5)",
}


@pytest.mark.keras
@pytest.mark.parametrize("body", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("fit", ["callbacks=[Watch()]", "callbacks=[Watch()], validation_split=0.5",
                                 "callbacks=[keras.callbacks.ReduceLROnPlateau(monitor='loss'), Watch()]"])  # fmt: skip
def test_logs_have_what_is_measured(body: str, fit: str) -> None:
    compiled = "model.compile('adam', 'mse', metrics=['accuracy'])"
    program = f"{BEGINNING}    def on_epoch_end(self, epoch, logs=None):\n        {body}\n{compiled}\nmodel.fit(X, y, {fit}, verbose=0)\n"
    ours = [finding for finding in check_source(program) if finding.severity is Severity.ERROR]
    others = "ReduceLROnPlateau" in fit  # of which it is not known what they add
    assert bool(ours) is (oracle.ask(program).raised is not None and not others)


LAMBDAS = {
    "what it keeps": "kept = []\nfit(on_epoch_end=lambda epoch, logs: kept.append(logs['loss']))\nnp.array(kept).reshape(2, 1)\nDense(len(kept))\n",
    "what it forgets": "kept = [1]\nfit(on_train_begin=lambda logs: kept.clear(), on_epoch_end=lambda epoch, logs: kept.append(1))\nDense(len(kept))\n",
    "what is not measured": "fit(on_epoch_end=lambda epoch, logs: print(logs['val_loss']))\n",
    "what is measured": "fit(on_epoch_end=lambda epoch, logs: print(logs['loss']))\n",
    "data of another width": "fit(on_epoch_end=lambda epoch, logs: model.predict(np.zeros((2, 7)), verbose=0))\n",
    "data": "def show(epoch, logs):\n    print(model.predict(X[:1], verbose=0)[0].argmax())\nfit(on_epoch_end=show)\n",
    "a method": "class Log:\n    def end(self, epoch, logs):\n        self.last = logs['accuracy']\nfit(on_epoch_end=Log().end)\n",
}


@pytest.mark.keras
@pytest.mark.parametrize("how", LAMBDAS)
def test_the_functions_of_a_lambda_callback_are_followed(how: str) -> None:
    program = BEGINNING.rpartition("class Watch")[0] + (
        "def fit(**hooks):\n    model.fit(X, y, epochs=2, verbose=0, callbacks=[keras.callbacks.LambdaCallback(**hooks)])\n"
        + LAMBDAS[how]
    )
    theirs = oracle.ask(program)
    assert bool(_errors(program)) == (theirs.raised is not None), (theirs.raised, theirs.message, _errors(program))
