"""What a program keeps for another version of a library is nothing that this version raises for."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

OLD = "layer = keras.layers.LSTM(4, batch_input_shape=(2, 3, 4))"


@pytest.mark.parametrize(
    "program",
    [
        "import keras\nif keras.__version__ < '3':\n    {old}\n",
        "import keras\nfrom packaging.version import Version\nif Version(keras.__version__).major >= 3:\n    layer = keras.layers.LSTM(4)\nelse:\n    {old}\n",
        "import keras\nfrom config import KERAS_3\nif not KERAS_3:\n    {old}\n",
        "import keras\nimport tensorflow as tf\nif tf.__version__.startswith('2.1'):\n    from keras.engine import Layer\n",
        "import keras\nfrom config import use_keras2\nif use_keras2:\n    keras.backend.mean(keras.Input((3,)))\n",
    ],
)
def test_a_branch_for_one_version_is_left_alone(program: str) -> None:
    assert check_source(program.format(old=OLD)) == []


@pytest.mark.parametrize("test", ["keras", "flag", "len(x) > 3", "tf.test.is_gpu_available()"])
def test_any_other_condition_is_followed(test: str) -> None:
    program = f"import keras\nimport tensorflow as tf\nfrom config import flag, x\nif {test}:\n    {OLD}\n"
    assert [f.code for f in check_source(program)] == ["MIG001"]


@pytest.mark.parametrize("test", ["tf_version == 1", "tf_major < 2", "tensorflow_version != 2"])
def test_tensorflow_is_2(test: str) -> None:
    names = "if {test}:\n    from keras import backend as K\nelse:\n    from tensorflow.keras import backend as K\n"
    program = "from config import tf_version, tf_major, tensorflow_version\n" + names.format(test=test)
    assert check_source(f"{program}size = K.int_shape(data())\n") == []


def test_what_is_none_until_somebody_sets_it_is_no_missing_argument() -> None:
    program = """
import keras
class Node:
    def __init__(self):
        self.shape = None
    def build(self):
        return keras.Input(shape=self.shape)
"""
    assert check_source(program) == []
    assert [f.code for f in check_source(f"{program}\nNode().build()\n")] == ["API025"]
