"""What stands around models in a program, and is no part of one, leaves no gap: plots, seeds, progress bars, tapes."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.models import current_layers
from lstmlint.runner import Options, check_bytes
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import is_known

PROGRAM = """
import json
import logging
import sys
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow import keras
from tqdm.auto import tqdm, trange
sys.path.append("..")
tf.random.set_seed(3)
model = keras.Sequential([keras.Input((4,))])
for n in tqdm([8, 4]):
    model.add(keras.layers.Dense(n, kernel_regularizer=keras.regularizers.l2(0.1)))
with trange(2) as steps:
    for i in steps:
        steps.set_postfix(i=i)
        model.add(keras.layers.Dense(i + 1))
for i, n in enumerate(tqdm(range(1, 3), desc="layers")):
    model.add(keras.layers.Dense(n))
bar = tqdm(total=3)
bar.update(1)
fig, axes = plt.subplots(2)
axes[0].plot([1])
plt.show()
with tf.GradientTape() as tape:
    y = model(tf.zeros((3, 4)))
gradients = tape.gradient(y, model.trainable_variables)
if tf.config.list_physical_devices("GPU"):
    print("gpu")
logger = logging.getLogger(__name__)
handler = logging.FileHandler("train.log")
handler.setFormatter(logging.Formatter("%(message)s"))
logger.addHandler(handler)
logger.info("%d layers", len(model.layers))
logging.info(json.dumps({"layers": len(model.layers)}))
json.dump(model.get_config(), open("model.json", "w"))
sys.stdout.flush()
"""


def test_what_only_shows_steers_or_counts_leaves_no_gap() -> None:
    program = follow(parse(Source("model.py", PROGRAM)))
    assert [gap.reason for gap in program.gaps] == []
    assert [layer.arguments["units"] for layer in current_layers(program.models[0].model)] == [8, 4, 1, 2, 1, 2]


def test_a_model_in_unknown_hands_is_still_a_gap() -> None:
    program = follow(parse(Source("model.py", PROGRAM + "import helpers\nhelpers.train(model)\n")))
    assert [gap.reason for gap in program.gaps] == ["`helpers.train()` is not known"]


def test_the_environment_has_what_the_program_puts_there_and_nothing_else_is_known_of_it() -> None:
    text = """
import os
import keras
os.environ["WIDTH"] = "6"
depth = os.environ.get("DEPTH", 2)
unset = os.getenv("KERAS_HOME")
layer = keras.layers.Dense(int(os.getenv("WIDTH", "4")))
"""
    program = follow(parse(Source("model.py", text)))
    assert program.layers[0].arguments["units"] == 6
    assert [type(program.ways[0].names[name]).__name__ for name in ("depth", "unset")] == ["Unknown", "Unknown"]


WIDGETS = """
import keras
import numpy as np
from ipywidgets import interact, interact_manual

decoder = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])


@interact
def explore(first=(-5, 5, 0.1), second=(-5, 5, 0.1)):
    return decoder.predict(np.array([[first, second]]))


@interact_manual(steps=(1, 5))
def build(units=(1, 64, 8), steps=3, activation=["relu", "tanh"]):
    return keras.layers.Dense(units, activation=activation)
"""


def test_what_a_widget_gives_is_not_the_default_that_describes_it() -> None:
    assert not [f.code for f in check_bytes(WIDGETS.encode(), "program.py", Options()).findings]


SET = [
    "setattr(self, name, value)",
    "self.__dict__[name] = value",
    "vars(self)[name] = value",
    "self.__setattr__(name, value)",
    "object.__setattr__(self, name, value)",
    "self.__dict__.update(given)",
    "vars(self).update(given)",
    "self.__dict__ |= given",
    "self.__dict__ = given",
]


@pytest.mark.parametrize("statement", SET)
def test_what_is_set_under_a_name_that_nobody_knows_may_be_any_attribute(statement: str) -> None:
    text = f"""
import keras
from elsewhere import given

class Config:
    def __init__(self):
        self.width, self.kind = 3, "relu"

    def override(self, given):
        for name, value in given.items():
            {statement}

plain, other = Config(), Config()
other.override(given)
layers = [keras.layers.Dense(config.width, activation=config.kind) for config in (plain, other)]
"""
    first, second = follow(parse(Source("model.py", text))).ways[0].layers
    assert (first.arguments["units"], first.arguments["activation"]) == (3, "relu")
    assert second.arguments["units"] != 3
    assert second.arguments["activation"] != "relu"


@pytest.mark.parametrize("statement", SET)
def test_it_may_hide_a_default_of_the_class(statement: str) -> None:
    text = f"""
import json
class Config:
    width = 3
    def __init__(self, **given):
        for name, value in given.items():
            {statement}
found = Config(**json.load(open("settings.json"))).width
also = Config(kind=1, **json.load(open("settings.json"))).width
sure = Config.width, Config(kind=2).kind
"""
    (way,) = follow(parse(Source("program.py", text))).ways
    assert not is_known(way.names["found"])
    assert not is_known(way.names["also"])
    assert way.names["sure"] == (3, 2)


@pytest.mark.parametrize(
    "statement",
    ["entries[sys.argv[1]] = 5", "entries.update(given)", "entries |= given", "entries = {**entries, **given}"],
)
def test_what_is_put_under_a_key_that_nobody_knows_may_be_any_entry(statement: str) -> None:
    text = f"""
import sys
import keras
from elsewhere import given

entries = {{"units": 3, "activation": "relu"}}
keras.layers.Dense(**entries)
{statement}
keras.layers.Dense(entries["units"], activation=entries["activation"])
"""
    first, second = follow(parse(Source("model.py", text))).ways[0].layers
    assert (first.arguments["units"], first.arguments["activation"]) == (3, "relu")
    assert second.arguments["units"] != 3
    assert second.arguments["activation"] != "relu"
