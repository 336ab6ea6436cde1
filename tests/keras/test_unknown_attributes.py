"""A user's model whose attributes come from where nobody can see: it isn't called complete, unless they can't be layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lstmlint.runner import follow_bytes
from lstmlint.summary import model_record

HIDDEN = """from keras.layers import Dense
exec("class Hidden(Dense):\\n    pass\\ndef hidden(n):\\n    return [Dense(n), Dense(n)]\\ndef read():\\n    return {'rate': 0.5, 'name': 'x'}")
"""
HEAD = "import keras\nimport numpy as np\nfrom keras.layers import *\nfrom hidden_layers import Hidden, hidden, read\n"
MODEL = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        {init}
    def call(self, x):
        {call}
model = Net()
y = model(np.zeros((2, 5), dtype="float32"))
"""

LAYERS = {
    "layers": ("self.a = Hidden(3); self.b = Hidden(4)", "return self.b(self.a(x))"),
    "one beside a layer that is known": ("self.a = Dense(3); self.b = Hidden(4)", "return self.b(self.a(x))"),
    "a list": ("self.a = [Hidden(3) for _ in range(2)]", "return self.a[1](self.a[0](x))"),
    "a list that is not known": ("self.a = hidden(3)", "for one in self.a:\n            x = one(x)\n        return x"),
    "a dict": ("self.a = {'one': Hidden(3)}", "return self.a['one'](x)"),
    "a method of it": ("self.a = Hidden(3)", "return self.a.call(x) if self.a.built else self.a.__call__(x)"),
}
OTHERS = {
    "a configuration": ("self.read = read(); self.a = Dense(3)", "return self.a(x) * self.read['rate']"),
    "what is asked for a number": ("self.read = read(); self.a = Dense(3)", "return self.a(x) * self.read.get('rate', 1.0)"),
    "a table of TensorFlow's": (
        "import tensorflow as tf; start = tf.lookup.KeyValueTensorInitializer(['a'], tf.constant([1], 'int64'))\n"
        "        self.table = tf.lookup.StaticHashTable(start, -1); self.a = Dense(3)",
        "import tensorflow as tf\n        self.table.lookup(tf.strings.as_string(x)); return self.a(x)",
    ),
    "a size": ("self.rate = len(read()['name']) * 2; self.a = Dense(3)", "return self.a(x) * self.rate"),
}  # fmt: skip


def ours(text: str, folder: Path) -> dict[str, Any]:
    program = follow_bytes(text.encode(), str(folder / "model.py"))
    (site,) = program.models
    return model_record(site)


def theirs(text: str) -> Any:
    import keras

    keras.backend.clear_session()
    names: dict[str, Any] = {}
    exec(text, names)
    return names["model"]


@pytest.fixture(autouse=True)
def _hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hidden_layers.py").write_text(HIDDEN)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)


@pytest.mark.keras
@pytest.mark.parametrize(("init", "call"), LAYERS.values(), ids=LAYERS)
def test_an_attribute_that_is_called_with_a_tensor_may_be_a_layer(init: str, call: str, tmp_path: Path) -> None:
    text = HEAD + MODEL.format(init=init, call=call)
    found, real = ours(text, tmp_path), theirs(text)
    assert len(found["layers"]) < len(real.layers)
    assert (found["complete"], found["total_params"], found["trainable_params"]) == (False, None, None)


@pytest.mark.keras
@pytest.mark.parametrize(("init", "call"), OTHERS.values(), ids=OTHERS)
def test_what_is_only_calculated_with_is_none(init: str, call: str, tmp_path: Path) -> None:
    text = HEAD + MODEL.format(init=init, call=call)
    found, real = ours(text, tmp_path), theirs(text)
    assert found["complete"] is True
    assert [layer["class"] for layer in found["layers"]] == [type(layer).__name__ for layer in real.layers]
    assert found["total_params"] == real.count_params()
