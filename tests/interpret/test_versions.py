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


IMPORTS = """
import importlib.metadata
import platform
import sys
import keras
import tensorflow as tf
from distutils.version import LooseVersion
from packaging import version
from tensorflow import __version__ as tf_version
"""

TRUE = [
    "keras.__version__ >= '3'",
    "keras.__version__.startswith('3')",
    "keras.__version__[0] == '3'",
    "int(keras.__version__.split('.')[0]) >= 3",
    "version.parse(keras.__version__) > version.parse('2.11.0')",
    "version.Version(keras.__version__) >= version.Version('3.0.0')",
    "version.parse(tf.__version__).major == 2",
    "version.parse(tf.__version__) >= version.parse('2.4.0-rc0')",
    "LooseVersion(tf.__version__) >= LooseVersion('2.2')",
    "LooseVersion(tf.__version__) >= '2.2'",
    "tuple(int(p) for p in tf.__version__.split('.')[:2]) >= (2, 16)",
    "tuple(map(int, tf.__version__.split('.'))) >= (2, 3, 0)",
    "[int(p) for p in tf.__version__.split('.')] > [2, 0]",
    "'2.' in tf.__version__",
    "not tf.__version__.startswith('1.')",
    "float(tf.__version__[:3]) >= 2.0",
    "tf_version.split('.')[0] == '2'",
    "tf_version > '1.15'",
    "sys.version_info >= (3, 6)",
    "sys.version_info[0] == 3",
    "sys.version_info.major == 3 and sys.version_info.minor > 7",
    "sys.version_info[:2] > (2, 7)",
    "sys.version[0] == '3'",
    "platform.python_version_tuple()[0] == '3'",
    "importlib.metadata.version('keras') >= '3'",
]
OPEN = [
    "keras.__version__ >= '3.5'",
    "version.parse(tf.__version__) < version.parse('2.18')",
    "tf.__version__ == '2.19.0'",
    "tf.__version__.startswith('2.1')",
    "keras.__version__ in ('3.1.0', '3.1.1')",
    "sys.version_info >= (3, 12)",
]


@pytest.mark.parametrize("test", TRUE)
@pytest.mark.parametrize(
    "program",
    [
        "if {test}:\n    pass\nelse:\n    {old}\n",
        "if not ({test}):\n    {old}\n",
        "NEW = {test}\ndef build():\n    return None if NEW else {made}\nbuild()\n",
    ],
)
def test_what_holds_for_every_version_that_may_be_holds(test: str, program: str) -> None:
    assert check_source(IMPORTS + program.format(test=test, old=OLD, made=OLD.partition(" = ")[2])) == []


@pytest.mark.parametrize("test", TRUE)
def test_the_branch_of_every_version_is_followed(test: str) -> None:
    assert [f.code for f in check_source(f"{IMPORTS}if {test}:\n    {OLD}\n")] == ["MIG001"]


@pytest.mark.parametrize("test", OPEN)
def test_what_holds_for_some_versions_is_not_known(test: str) -> None:
    made = OLD.partition(" = ")[2]
    for program in (
        f"if {test}:\n    {OLD}\nelse:\n    {OLD}\n",
        f"x = {made} if {test} else {made}\n",
        f"NEW = {test}\nx = 0 if NEW else {made}\nif not NEW:\n    {OLD}\n",
    ):
        assert check_source(IMPORTS + program) == []


def test_conditions_about_one_version_agree() -> None:
    program = """
from keras.layers import LSTM
NEW = keras.__version__ >= "3.5"
shape = (4, 3) if NEW else (3,)
if version.parse(keras.__version__) < version.parse("3.5.0"):
    layer = keras.layers.Dense(2)
else:
    layer = LSTM(2)
layer(keras.Input(shape))
"""
    assert check_source(IMPORTS + program) == []
