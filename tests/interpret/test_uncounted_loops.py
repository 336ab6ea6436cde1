"""A loop whose turns nobody can count may add layers: the model is then not complete, its parameters are not known, and nothing is refused for it."""

from __future__ import annotations

import json

import pytest

from lstmlint.runner import check_source, follow_bytes
from lstmlint.summary import as_json
from tests import oracle

HEAD = "import json, keras\nfrom keras import layers\n"
UNKNOWN = 'n = json.load(open("settings.json"))["n"]\n'
"""How a program says that it doesn't say."""

BUILT = {
    "Sequential.add": """
model = keras.Sequential([keras.Input((8,))])
for _ in range(n):
    model.add(layers.Dense(8))
model.add(layers.Dense(2))
""",
    "a Sequential whose shape changes": """
model = keras.Sequential([keras.Input((32, 32, 3))])
for _ in range(n):
    model.add(layers.MaxPooling2D())
model.add(layers.Reshape((4, 4, 3)))
""",
    "functional": """
x = inputs = keras.Input((8,))
for _ in range(n):
    x = layers.Dense(8)(x)
model = keras.Model(inputs, layers.Dense(2)(x))
""",
    "functional, by way of another name": """
x = inputs = keras.Input((8,))
for _ in range(n):
    y = layers.Dense(8)(x)
    x = layers.Add()([x, y])
model = keras.Model(inputs, x)
""",
    "in a function": """
def stack(x, n):
    for _ in range(n):
        x = layers.Dense(8)(x)
    return x
inputs = keras.Input((8,))
model = keras.Model(inputs, stack(inputs, n))
""",
    "in an attribute": """
class Builder:
    def built(self, n):
        self.x = inputs = keras.Input((8,))
        for _ in range(n):
            self.x = layers.Dense(8)(self.x)
        return keras.Model(inputs, self.x)
model = Builder().built(n)
""",
    "a list of layers": """
x = inputs = keras.Input((8,))
parts = [layers.Dense(8) for _ in range(n)]
for part in parts:
    x = part(x)
model = keras.Model(inputs, x)
""",
    "branches": """
inputs = keras.Input((8,))
branches = []
for _ in range(n):
    branches.append(layers.Dense(8)(inputs))
model = keras.Model(inputs, branches)
""",
    "while": """
x = inputs = keras.Input((8,))
while n > 0:
    x = layers.Dense(8)(x)
    n -= 1
model = keras.Model(inputs, x)
""",
    "a subclass with a list": """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.parts = [layers.Dense(8) for _ in range(n)]
    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x
model = Net()
model(keras.Input((8,)))
""",
    "a layer with a list": """
class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.parts = []
        for _ in range(n):
            self.parts.append(layers.Dense(8))
    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x
inputs = keras.Input((8,))
model = keras.Model(inputs, Block()(inputs))
""",
}


def summarised(text: str) -> dict[str, object]:
    (model,) = json.loads(as_json([("model.py", follow_bytes(text.encode(), "model.py"))]))["files"][0]["models"]
    found: dict[str, object] = model
    return found


@pytest.mark.parametrize("name", BUILT)
def test_of_a_model_from_an_uncounted_loop_neither_layers_nor_parameters_are_claimed(name: str) -> None:
    model = summarised(HEAD + UNKNOWN + BUILT[name])
    assert model["total_params"] is None
    if name != "a layer with a list":  # there the model's own layers are all known
        assert model["complete"] is False
    assert check_source(HEAD + UNKNOWN + BUILT[name]) == []


@pytest.mark.keras
@pytest.mark.parametrize("name", BUILT)
def test_with_a_number_of_turns_it_is_what_keras_builds(name: str) -> None:
    text = f"{HEAD}n = 3\n{BUILT[name]}"
    theirs = oracle.ask(text)
    assert theirs.raised is None, theirs.message
    model = summarised(text)
    assert model["complete"] is True
    assert model["total_params"] == theirs.models["model"]["total_params"]


def test_what_each_turn_makes_anew_is_counted() -> None:
    text = "inputs = keras.Input((8,))\nfor _ in range(n):\n    model = keras.Model(inputs, layers.Dense(8)(inputs))\n"
    assert summarised(HEAD + UNKNOWN + text)["total_params"] == 72


def test_its_layers_may_be_asked_for_by_any_name_and_number() -> None:
    ask = 'a = model.layers[7]\nb = model.get_layer(index=6)\nc = model.get_layer("dense_4")\n'
    for name in ("Sequential.add", "functional", "in a function"):
        assert check_source(HEAD + UNKNOWN + BUILT[name] + ask) == []


def test_its_shapes_still_tell_what_does_not_fit() -> None:
    fit = 'model.compile(loss="mse")\nimport numpy as np\nmodel.fit(np.zeros((5, 8)), np.zeros((5, 3)))\n'
    for name in ("Sequential.add", "functional"):
        assert [f.severity.value for f in check_source(HEAD + UNKNOWN + BUILT[name] + fit)] == ["error"]


VARIED = {
    "by the item": """
for kind in json.load(open("settings.json"))["layers"]:
    if kind == "dense":
        model.add(layers.Flatten())
    else:
        model.add(layers.Conv2D(4, 3, padding="same"))
""",
    "by the turn before": """
prior = "conv"
for kind in json.load(open("settings.json"))["layers"]:
    if prior == "dense":
        model.add(layers.Flatten())
    else:
        model.add(layers.Conv2D(4, 3, padding="same"))
    prior = kind
""",
    "by chance": """
for _ in range(n):
    if random.random() < 0.5:
        model.add(layers.Flatten())
    else:
        model.add(layers.Conv2D(4, 3, padding="same"))
""",
    "in a function": """
def grow(kind):
    if kind == "dense":
        model.add(layers.Flatten())
    else:
        model.add(layers.Conv2D(4, 3, padding="same"))
for kind in json.load(open("settings.json"))["layers"]:
    grow(kind)
""",
}


@pytest.mark.parametrize("loop", VARIED.values(), ids=VARIED)
def test_turns_that_differ_leave_anything(loop: str) -> None:
    start = f"import random\nimport numpy as np\n{HEAD}{UNKNOWN}model = keras.Sequential([keras.Input((32, 32, 3))])\n"
    end = 'model.add(layers.Dense(10))\nmodel.compile("adam", "mse")\nmodel.fit(np.zeros((8, 32, 32, 3)), np.zeros((8, 10)))\n'
    assert check_source(start + loop + end) == []


def test_turns_that_are_alike_leave_a_shape() -> None:
    source = f"""
{HEAD}{UNKNOWN}
deep = json.load(open("settings.json"))["deep"]
x = inputs = keras.Input((10, 8))
for _ in range(n):
    x = layers.LSTM(8, return_sequences=True)(x)
    if deep:
        x = layers.BatchNormalization()(x)
layers.Conv2D(4, 3)(x)
"""
    assert [f.code for f in check_source(source)] == ["SHP001"]


@pytest.mark.parametrize(
    "joined, axes",
    [("np.concatenate([rows, row])", 2), ("np.vstack((rows, row))", 2), ("np.stack([rows, row])", None),
     ("np.append(rows, row)", None), ("np.dstack((rows, row))", None)],
)  # fmt: skip
def test_of_arrays_joined_from_turn_to_turn_only_the_axes_are_known(joined: str, axes: int | None) -> None:
    loop = f"import numpy as np\nrows = None\nfor _ in range(n):\n    row = np.ones((1, 8))\n    rows = row if rows is None else {joined}\n"
    said = check_source(f"{HEAD}{UNKNOWN}{loop}layers.LSTM(3)(rows)\n")
    assert [f.code for f in said] == (["SHP001"] if axes == 2 else [])


OF_MANY_KINDS = {
    "a dict": "found = {-1: first()}\nfor at in range(n):\n    found[at] = other()\nfound = found.values()\n",
    "a dict's items": "found = {-1: first()}\nfor at in range(n):\n    found[at] = other()\nfound = [block for _, block in found.items()]\n",
    "a generator": "def made():\n    yield first()\n    for _ in range(n):\n        yield other()\nfound = made()\n",
    "put in front": "found = [other() for _ in range(n)]\nfound.insert(0, first())\n",
    "put behind": "found = [other() for _ in range(n)]\nfound.append(first())\nfound = reversed(found)\n",
    "put left": "from collections import deque\nfound = deque()\nfor _ in range(n):\n    found.append(other())\nfound.appendleft(first())\n",
    "extended": "found = [first()]\nfound.extend([other() for _ in range(n)])\n",
    "chosen in a comprehension": "found = [first() if at == 0 else other() for at in range(n + 1)]\n",
    "chosen in a function": "def kind(at):\n    return first() if at == 0 else other()\nfound = []\nfor at in range(n + 1):\n    found.append(kind(at))\n",
    "functions": "found = [lambda x: first()(x)]\nfor _ in range(n):\n    found.append(lambda x: other()(x))\n",
}
"""Rows of unknown length of which the first layer is another one than the others."""
CALLED = """
def first():
    return layers.Reshape((4, 4, 8))
def other():
    return layers.Activation("relu")
{}
x = keras.Input((128,))
for block in found:
    x = block(x)
layers.Conv2D(8, 3)(x)
"""


@pytest.mark.parametrize("row", OF_MANY_KINDS.values(), ids=OF_MANY_KINDS)
def test_a_layer_stands_for_none_that_is_made_elsewhere(row: str) -> None:
    assert check_source(HEAD + UNKNOWN + CALLED.format(row)) == []


@pytest.mark.keras
@pytest.mark.parametrize("row", OF_MANY_KINDS.values(), ids=OF_MANY_KINDS)
def test_keras_calls_one_after_the_other(row: str) -> None:
    assert oracle.ask(HEAD + "n = 3\n" + CALLED.format(row)).raised is None
