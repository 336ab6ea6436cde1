"""What the rules say of Keras 2 and Keras 3 is what both are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lstmlint.interpret import follow
from lstmlint.keras import api
from lstmlint.keras.edition import edition, edition_of_project
from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_file, check_source
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Array, Unknown

from .. import oracle

load_pack("lstmlint_rules")

OLD = Options(keras_major=2)


def chosen(text: str, configured: int = 3) -> int:
    return edition(parse(Source("a.py", text)), configured)


@pytest.mark.parametrize(
    "text, major",
    [
        ("import keras\n", 3),
        ("import tf_keras as keras\n", 2),
        ("def f():\n    from tf_keras.layers import Dense\n", 2),
        ("import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\nimport tensorflow as tf\n", 2),
        ("import os\nos.environ.setdefault('TF_USE_LEGACY_KERAS', '1')\nfrom tensorflow import keras\n", 2),
        ("import os\nos.environ['TF_USE_LEGACY_KERAS'] = '0'\nimport tensorflow as tf\n", 3),
        ("import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\nimport keras\n", 3),
        ("import os\nos.environ['OTHER'] = '1'\nimport tensorflow as tf\n", 3),
    ],
)
def test_a_program_chooses_its_keras(text: str, major: int) -> None:
    assert chosen(text) == major


SWITCH = "import os\nif True:\n    os.environ['TF_USE_LEGACY_KERAS'] = '1'\n"
USE = "LSTM(8, batch_input_shape=(2, 3, 4), stateful=True)\n"
LAYERS = "from tensorflow.keras.layers import LSTM\n"
TAKEN = "from backend import LSTM\nmodel = "
BY_ATTRIBUTE = "import tensorflow as tf\nLSTM = tf.keras.layers.LSTM\n"
BY_VERSION = """
import tensorflow as tf
version = getattr(tf.keras, "version", None)
if version and version().startswith("3."):
    import tf_keras as keras
else:
    keras = tf.keras
LSTM = keras.layers.LSTM
"""


@pytest.mark.parametrize(
    "files, major",
    [
        ({"main.py": "import backend\n" + LAYERS + USE, "backend.py": SWITCH}, 2),
        ({"main.py": "import helper\n" + LAYERS + USE, "helper.py": "import backend\n", "backend.py": SWITCH}, 2),
        ({"main.py": LAYERS + USE, "__init__.py": SWITCH}, 2),
        ({"main.py": LAYERS + USE, "__init__.py": "from . import backend\n", "backend.py": SWITCH}, 2),
        ({"main.py": LAYERS + USE, "backend.py": SWITCH}, 3),
        ({"main.py": "import backend\n" + LAYERS.replace("tensorflow.", "") + USE, "backend.py": SWITCH}, 3),
        ({"main.py": "import backend\n" + LAYERS + USE, "backend.py": SWITCH.replace("'1'", "'0'")}, 3),
        ({"main.py": "import backend\n" + LAYERS + USE, "backend.py": SWITCH + "this is no Python\n"}, 3),
        ({"main.py": TAKEN + USE, "backend.py": "from tf_keras.layers import LSTM\n"}, 2),
        (
            {
                "main.py": TAKEN + USE,
                "backend.py": "try:\n    from tf_keras.layers import LSTM\nexcept ImportError:\n    " + LAYERS,
            },
            2,
        ),
        ({"main.py": TAKEN + USE, "backend.py": BY_VERSION}, 2),
        (
            {
                "main.py": TAKEN + USE,
                "backend.py": "from models import LSTM\n",
                "models.py": "from tf_keras.layers import LSTM\n",
            },
            2,
        ),
        ({"main.py": TAKEN + USE, "backend.py": "import old\n" + LAYERS, "old.py": "import tf_keras\n"}, 3),
        ({"main.py": "import backend\n" + LAYERS + USE, "backend.py": "import tf_keras\n"}, 3),
        ({"main.py": "import backend\n" + BY_ATTRIBUTE + USE, "backend.py": "import tf_keras\n"}, 3),
    ],
)
def test_a_module_of_the_project_may_choose_its_keras(files: dict[str, str], major: int, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    found = check_file(str(tmp_path / "main.py")).findings
    assert [f.code for f in found] == ([] if major == 2 else ["MIG001"])


def test_a_module_far_above_may_choose_the_keras(tmp_path: Path) -> None:
    main = tmp_path / "examples/text/imdb/small/main.py"
    main.parent.mkdir(parents=True)
    main.write_text(TAKEN.replace("backend", "package.keras_backend") + USE)
    (tmp_path / "setup.py").touch()
    (tmp_path / "package").mkdir()
    (tmp_path / "package/keras_backend.py").write_text(SWITCH + LAYERS)
    assert check_file(str(main)).findings == []


@pytest.mark.parametrize("major, kind", [(2, Unknown), (3, Array)])
def test_what_tensorflow_makes_of_the_unknown_may_be_a_keras_tensor_in_keras_2(major: int, kind: type) -> None:
    text = "import tensorflow as tf\nx = unknown()\ny = tf.concat([x[:, :2], x], axis=1)\n"
    program = follow(parse(Source("a.py", text)), keras_major=major)
    assert isinstance(program.ways[-1].names["y"], kind)


def test_what_is_configured_counts_else() -> None:
    assert chosen("import keras\n", 2) == 2


def test_a_program_of_tf_keras_is_not_measured_by_keras_3() -> None:
    old = "import tf_keras\nlayer = tf_keras.layers.LSTM(8, batch_input_shape=(2, 3, 4), stateful=True)\ntf_keras.layers.LeakyReLU(alpha=0.2)\n"
    assert check_source(old) == []
    assert [f.code for f in check_source(old.replace("tf_keras", "keras"))] == ["MIG001"]


PROGRAMS = {
    "import keras\nx = keras.ops.ones((2,))\n": "MIG015",
    "from keras import random\n": "MIG015",
    "from keras.layers import RMSNormalization\n": "MIG015",
    "from keras.utils import PyDataset\n": "MIG015",
    "import keras\nkeras.layers.Dense(3, lora_rank=2)\n": "MIG016",
    "import keras\nkeras.layers.MultiHeadAttention(2, 3, flash_attention=True)\n": "MIG016",
    "import keras\nkeras.optimizers.Adam(gradient_accumulation_steps=4)\n": "MIG016",
    "import keras\nm = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])\nm.compile('adam', 'mse', auto_scale_loss=True)\n": "MIG016",
    "import keras\nkeras.Sequential([keras.Input((3,)), keras.layers.Dense(1)], trainable=False)\n": "API001",
    "import keras\nm = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])\nm.quantize('int8')\n": "API009",
    "import keras\nkeras.layers.Dense(3, activation='glu')\n": "API003",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_came_with_keras_3_is_an_error_under_keras_2_only(program: str) -> None:
    assert [f.code for f in check_source(program, options=OLD)] == [PROGRAMS[program]]
    assert check_source(program) == []


@pytest.mark.keras
@pytest.mark.parametrize("program", PROGRAMS)
def test_keras_2_raises_and_keras_3_does_not(program: str) -> None:
    old = program.replace("import keras\n", "import tf_keras as keras\n").replace("from keras", "from tf_keras")
    assert oracle.ask(old).raised is not None
    assert oracle.ask(program).raised is None


@pytest.mark.keras
def test_keras_2_has_no_name_that_came_with_keras_3() -> None:
    names = sorted(name for name in api.exported(3) if api.came_with_keras_3(name) == name)
    assert len(names) > 100
    program = """
import importlib
import tf_keras
def there(name):
    at = tf_keras
    for part in name.split(".")[1:]:
        if not hasattr(at, part):
            return False
        at = getattr(at, part)
    return True
print([name for name in NAMES if there(name)])
"""
    assert oracle.ask(program.replace("NAMES", repr(names))).stdout.strip() == "[]"


@pytest.mark.keras
def test_the_defaults_are_those_of_both_versions() -> None:
    from lstmlint_rules.migration.changed_default import CHANGED

    program = "import inspect, keras, tf_keras\n"
    for name, (argument, _, _) in CHANGED.items():
        inner = name.partition(".")[2]
        program += (
            f"print([inspect.signature(k.{inner}).parameters[{argument!r}].default for k in (tf_keras, keras)])\n"
        )
    assert oracle.ask(program).stdout.splitlines() == [repr([old, new]) for _, old, new in CHANGED.values()]


@pytest.mark.parametrize("major, codes", [(2, []), (3, ["MIG003"])])
def test_a_layer_that_is_gone_is_refused_where_it_is_named_and_nowhere_else(major: int, codes: list[str]) -> None:
    text = """
from tensorflow import feature_column, keras
columns = [feature_column.numeric_column("age")]
dense = keras.layers.DenseFeatures(columns)
dense({"age": [["thirty"], ["forty"]]})
"""
    assert [f.code for f in check_source(text, options=Options(keras_major=major))] == codes


@pytest.mark.parametrize(
    "module", ["keras.legacy import interfaces", "keras.wrappers.scikit_learn import KerasClassifier"]
)
def test_modules_that_early_versions_of_keras_2_had_did_not_come_with_keras_3(module: str) -> None:
    assert check_source(f"from {module}\n", options=OLD) == []


def test_a_program_of_the_private_copy_alone_is_one_of_keras_2() -> None:
    private = 'from tensorflow.python.keras.callbacks import ModelCheckpoint\ncheckpoint = ModelCheckpoint("models/{epoch:02d}")\n'
    assert [f.code for f in check_source(private)] == ["MIG011"]
    mixed = "import keras\nfrom tensorflow.keras.layers import Dense\n" + private
    assert "MIG009" in [f.code for f in check_source(mixed)]


def test_only_modules_that_name_a_choice_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    parsed = ast.parse

    def reading(text: bytes) -> ast.Module:
        read.append(text)
        return parsed(text)

    tree = parse(Source("model.py", "from compat import keras\n"))
    monkeypatch.setattr("lstmlint.keras.edition.ast.parse", reading)
    modules = [b"import numpy\n", b"# not tf_keras\nimport keras\n", b"from keras import layers\n"]
    assert edition_of_project(tree, 3, modules) == 3
    assert read == modules[1:2]
