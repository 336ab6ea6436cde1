"""Which names the modules of `keras` and `tensorflow.keras` have: Keras 3 itself is asked for each that one of them, or Keras 2, has, and
TensorFlow for each that its first version had."""

from __future__ import annotations

import json

import pytest

from lstmlint.keras import api
from lstmlint.keras.names import likeliest
from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from lstmlint_rules.migration.removed_import import INSTEAD
from tests import oracle

load_pack("lstmlint_rules")

LEFT_ALONE = ("keras.backend", "keras.saving")
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
    public = api.exported(2) | api.exported(3) | api.packages(2) | api.packages(3)
    names = {name for name in public if name.count(".") > 1} | {
        name for name in api.exported(3) | api.packages(3) if name.count(".") == 1
    }
    more = json.loads((api.Path(api.__file__).with_name("tensorflow3.json")).read_text(encoding="utf-8"))
    names |= {f"{key.split()[0]}.{name}" for key, found in more.items() for name in found}
    names |= {
        f"{module}.{name}" for module in api.packages() for name in ("dense", "Dens", "model", "optimizer", "Newest")
    }
    names = {name for name in names if name.rpartition(".")[0] not in LEFT_ALONE and name not in LEFT_ALONE}
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
    assert count > 500


OF_TENSORFLOW = """
import json
import tensorflow
wrongly = []
for name in {said}:
    found = tensorflow
    try:
        for part in name.split(".")[1:]:
            found = getattr(found, part)
    except AttributeError:
        continue
    wrongly.append(name)
print(json.dumps(wrongly))
"""


@pytest.mark.keras
def test_tensorflow_agrees() -> None:
    said = [*json.loads(api.Path(api.__file__).with_name("removed3.json").read_text(encoding="utf-8")), *INSTEAD]
    assert len(said) > 600
    assert all(api.lacks(name) for name in said)
    assert json.loads(oracle.ask(OF_TENSORFLOW.format(said=said)).stdout) == []
    instead = [new.partition("(")[0] for new in INSTEAD.values() if not new.startswith("nothing")]
    assert sorted(json.loads(oracle.ask(OF_TENSORFLOW.format(said=instead)).stdout)) == sorted(instead)


def test_of_what_is_not_public_and_of_other_names_of_tensorflow_nothing_is_said() -> None:
    for name in (
        "keras.newest.mean_squared_error",
        "keras.layers",
        "keras.src",
        "keras.src.layers.Newest",
        "keras.layers.__name__",
        "keras.layers.Dense.newest",
        "keras.backend.newest",
        "tensorflow.newest",
        "tensorflow.nn.newest",
        "tensorflow.contrib.layers",
        "tensorflow.compat.v1.placeholder",
        "tensorflow.python.keras.losses.mean_squared_error",
        "tensorflow.compat.v1.losses.mean_squared_error",
    ):
        assert not api.lacks(name)
    for name in (
        "tensorflow.keras.losses.mean_squared_error",
        "keras.layers.Dens",
        "keras.model",
        "tensorflow.placeholder",
    ):
        assert api.lacks(name)
        assert not api.lacks(name, 2)


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("keras.model", "keras.models"), ("keras.layers.flatten", "keras.layers.Flatten"), ("keras.layers.Dens", "keras.layers.Dense"),
        ("tensorflow.keras.optimizers.rmsprop", "tensorflow.keras.optimizers.RMSprop"), ("keras.layers.Sequential", "keras.Sequential"),
        ("keras.preprocessing.sequence.pad_sequence", "keras.preprocessing.sequence.pad_sequences"), ("keras.Dense", "keras.layers.Dense"),
        ("tensorflow.metrics.Meann", "tensorflow.keras.metrics.Mean"), ("keras.layers.Transformer", None), ("keras.losses.foo_bar", None),
    ],
)  # fmt: skip
def test_the_likeliest_name_is_told(spelled: str, name: str | None) -> None:
    assert likeliest(spelled, 3) == name
    assert name is None or not api.lacks(name)


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
    "set by the program": "tf.keras.losses.mean_squared_error = tf.keras.losses.mse\nloss = tf.keras.losses.mean_squared_error\n",
    "set by name": "setattr(tf.keras.layers, 'Mine', 1)\nx = tf.keras.layers.Mine\n",
    "a name that nobody has, tried": "try:\n    from keras.layers import Dens\nexcept ImportError:\n    pass\n",
    "a name that nobody has, asked for": "if hasattr(tf.keras.layers, 'Dens'):\n    x = tf.keras.layers.Dens(3)\n",
    "a name of TensorFlow 1, tried": "try:\n    tf.set_random_seed(1)\nexcept AttributeError:\n    tf.random.set_seed(1)\n",
    "a name of TensorFlow 1, for it": "if tf.__version__.startswith('1.'):\n    tf.set_random_seed(1)\nelse:\n    tf.random.set_seed(1)\n",
    "a name of TensorFlow 1, asked for": "if hasattr(tf, 'enable_eager_execution'):\n    tf.enable_eager_execution()\n",
    "what TensorFlow has kept of its first version": "import tensorflow.compat.v1 as tf1\ntf1.set_random_seed(1)\n",
    "what is not public": "import keras.src\nfrom keras import src\nprint(keras.__version__, keras.layers.__name__)\n",
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


RAISING = (
    "from keras.model import Sequential\nmodel = Sequential()",
    "import keras.model\nmodel = keras.model.Sequential()",
    "from keras.layers import Dense, flatten\nx = flatten()",
    "from keras.optimizers import rmsprop",
    "from keras.optimizers.rmsprop import RMSprop",
    "from keras.preprocessing import sequence\nx = sequence.pad_sequence([[1]], maxlen=2)",
    "import keras\nx = keras.layers.Dens(3)",
    "import keras\nx = keras.layers.Lstm",
    "import keras\nx = keras.layers.LTSM(3)",
    "import tensorflow as tf\nx = tf.keras.losses.CategoricalCrossentrpy()",
    "import tensorflow as tf\nx = tf.optimizers.adam(0.1)",
    "import tensorflow as tf\ntf.set_random_seed(1)\ntf.set_random_seed(2)",
    "from tensorflow.contrib import rnn",
    "import tensorflow as tf\nx = tf.contrib.rnn.LSTMCell(3)",
    "import tensorflow as tf\nx = tf.train.AdamOptimizer(0.1)",
    "from tensorflow import placeholder",
)


@pytest.mark.keras
@pytest.mark.parametrize("program", RAISING)
def test_a_name_that_is_not_there_is_told_once(program: str) -> None:
    assert oracle.ask(program).raised in ("ImportError", "ModuleNotFoundError", "AttributeError")
    assert len(codes(program)) == 1
    assert codes(program)[0] in ("MIG003", "API032")
    assert codes(program, 2) in ([], ["API032"])


@pytest.mark.parametrize("name", ["keras.layers.Transformer", "keras.losses.foo_bar", "keras.ops.nansums"])
def test_a_name_that_a_later_version_may_have_is_left_alone(name: str) -> None:
    assert codes(f"import keras\nx = {name}") == []


@pytest.mark.parametrize("statement", ["import keras.layers", "import tensorflow.keras.layers as layers, keras.models"])
def test_what_is_imported_with_its_package_is_spelled_by_it(statement: str) -> None:
    assert (
        codes(
            f"{statement}\nx = keras.layers.Dense(3), keras.losses.MeanSquaredError(), keras.layers.AlphaDropout(0.1)\n"
        )
        == []
    )
