"""`tf.keras.saving` is a module that `tensorflow.keras` doesn't show before something imports it; Keras is asked in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

READ = {
    "as an attribute": ("import tensorflow as tf\ntf.keras.saving.load_model\n", "AttributeError"),
    "as an attribute of the package": ("from tensorflow import keras\nkeras.saving.get_custom_objects()\n", "AttributeError"),
    "where keras is imported": ("import keras, tensorflow as tf\ntf.keras.saving.get_custom_objects()\n", "AttributeError"),
    "of keras itself": ("import keras\nkeras.saving.get_custom_objects()\n", None),
    "imported": ("from tensorflow.keras import saving\nsaving.get_custom_objects()\n", None),
    "imported before": (
        "import tensorflow as tf\nfrom tensorflow.keras.saving import load_model\ntf.keras.saving.get_custom_objects()\n", None
    ),
    "expected": ("import tensorflow as tf\ntry:\n    tf.keras.saving.load_model\nexcept AttributeError:\n    tf.keras.models.load_model\n", None),
    "asked for": ("import tensorflow as tf\nif hasattr(tf.keras, 'saving'):\n    tf.keras.saving.load_model\n", None),
}  # fmt: skip


@pytest.mark.parametrize("how", READ)
def test_it_is_told_where_nothing_imports_it(how: str) -> None:
    program, raised = READ[how]
    assert [f.code for f in check_source(program)] == (["MIG003"] if raised else [])


ASKED = """
found = []
for program in {programs}:
    try:
        exec(program)
        found.append(None)
    except Exception as error:
        found.append(type(error).__name__)
print(found)
"""


@pytest.mark.keras
def test_keras_agrees() -> None:
    in_order = sorted(READ.values(), key=lambda read: "keras.saving import" in read[0] or "import saving" in read[0])
    script = ASKED.format(programs=[program for program, _ in in_order])
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == str([raised for _, raised in in_order])


def test_the_fix_takes_the_module_that_has_the_name() -> None:
    found = check_source(
        "import tensorflow as tf\n@tf.keras.saving.register_keras_serializable()\nclass A:\n    pass\n"
    )
    assert [f.fix.message for f in found if f.fix is not None] == ["Write `utils`."]
