"""Which names the modules of `keras` and `tensorflow.keras` have: Keras 3 itself is asked for each that one of them, or Keras 2, has."""

from __future__ import annotations

import json

import pytest

from lstmlint.keras import api
from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

LEFT_ALONE = ("keras", "keras.backend", "keras.saving")
ASKED = """
import importlib, json
import keras, tensorflow
found = []
for name in {names}:
    module, _, short = name.rpartition(".")
    if module.startswith("tensorflow."):
        module = "keras._tf_keras." + module.removeprefix("tensorflow.")
    try:
        there = hasattr(importlib.import_module(module), short)
    except ImportError:
        there = True
    if not there:
        found.append(name)
said = {said}
print(json.dumps([[n for n in said if n not in found], [n for n in found if n not in said], len(found)]))
"""


def candidates() -> list[str]:
    names = {name for name in api.exported(2) | api.exported(3) if name.count(".") > 1}
    more = json.loads((api.Path(api.__file__).with_name("tensorflow3.json")).read_text(encoding="utf-8"))
    names |= {f"{key.split()[0]}.{name}" for key, found in more.items() for name in found}
    names = {name for name in names if name.rpartition(".")[0] not in LEFT_ALONE}
    return sorted(names | {f"tensorflow.{name}" for name in names})


@pytest.mark.keras
def test_keras_agrees() -> None:
    names = [name for name in candidates() if name.rpartition(".")[0].removeprefix("tensorflow.") in api.packages()]
    said = {name for name in names if api.lacks(name)}
    answer = oracle.ask(ASKED.format(names=names, said=sorted(said)))
    assert answer.raised is None, answer.message
    wrongly, silently, count = json.loads(answer.stdout)
    assert wrongly == []
    assert silently == []
    assert count > 60


def test_of_names_that_nobody_knows_nothing_is_said() -> None:
    for name in (
        "keras.losses.newest_error",
        "tensorflow.keras.layers.Newest",
        "keras.newest.mean_squared_error",
        "keras.layers",
    ):
        assert not api.lacks(name)
    assert not api.lacks("tensorflow.keras.losses.mean_squared_error", 2)
    assert not api.lacks("tensorflow.python.keras.losses.mean_squared_error")
    assert not api.lacks("tensorflow.compat.v1.losses.mean_squared_error")


def codes(program: str, keras: int = 3) -> list[str]:
    return [f.code for f in check_source(program, options=Options(keras_major=keras))]


LONG = "tf.keras.losses.mean_squared_error"
LEFT = {
    "tried": f"try:\n    loss = {LONG}\nexcept AttributeError:\n    loss = tf.keras.losses.mse\n",
    "tried as an import": "try:\n    from tensorflow.keras.losses import mean_squared_error\nexcept ImportError:\n    from tensorflow.keras.losses import mse\n",
    "asked for": f"loss = {LONG} if hasattr(tf.keras.losses, 'mean_squared_error') else tf.keras.losses.mse\n",
    "asked for with a default": "loss = getattr(tf.keras.losses, 'mean_squared_error', None) or tf.keras.losses.mse\n",
    "for another version": f"if tf.__version__ < '2.16':\n    loss = {LONG}\nelse:\n    loss = tf.keras.losses.mse\n",
    "of a star": "from tensorflow.keras import *\nloss = losses.mse\n",
    "another package's": "from losses import mean_squared_error\nimport metrics\nerror = metrics.mae\n",
    "set by the program": "tf.keras.losses.mean_squared_error = tf.keras.losses.mse\n",
}


@pytest.mark.parametrize("program", LEFT)
def test_what_is_looked_for_first_is_left_alone(program: str) -> None:
    assert codes("import tensorflow as tf\n" + LEFT[program]) == []


def test_both_are_there_in_keras_2() -> None:
    program = "import tensorflow as tf\nlosses = [tf.keras.losses.mean_squared_error, tf.metrics.mse]\n"
    assert codes(program, 2) == []
    assert codes(program, 3) == ["MIG003"]


def test_a_mistake_is_told_once() -> None:
    program = "import tensorflow as tf\nfrom tensorflow.keras.losses import mean_squared_error\n"
    assert codes(program + "x = mean_squared_error([1.0], [2.0])\n") == ["MIG003"]
    assert codes("import keras\nx = keras.layers.CuDNNLSTM(4)\n") == ["MIG003"]
    assert codes("import keras\nx = keras.losses.mse([1.0], [2.0])\n") == ["MIG003"]
