"""Which layers a model of the user's lists, and in which order: as they came into its attributes, replaced ones among them."""

from __future__ import annotations

import json

import pytest

from lstmlint.runner import follow_bytes
from lstmlint.summary import as_json
from tests import oracle

BODIES = {
    "one takes the place of another": ("self.a = Dense(4)", "self.b = Dense(3)", "self.a = Dense(5)"),
    "taken away": ("self.a = Dense(4)", "self.b = Dense(3)", "self.a = None"),
    "a list that is filled before": (
        "self.a = []",
        "self.a.append(Dense(4))",
        "self.b = Dense(3)",
        "self.a.append(Dense(5))",
    ),
    "a list that is filled later": ("self.a = []", "self.b = Dense(3)", "self.a.append(Dense(4))", "self.c = Dense(2)"),
    "a list that is replaced": ("self.a = [Dense(4)]", "self.a = [Dense(5)]", "self.b = Dense(3)"),
    "a dict": ("self.a = {}", "self.b = Dense(3)", "self.a['x'] = Dense(4)", "self.c = Dense(2)"),
    "a dict whose keys are not sorted": (
        "self.a = {'z': Dense(4), 'b': Dense(3), 'm': Dense(2)}",
        "self.b = self.a['b']",
    ),
    "a dict in a list": ("self.a = [Dense(5), {'z': Dense(4), 'b': Dense(3)}]", "self.b = self.a[0]"),
    "a dict that is filled": ("self.a = {}", "self.a['z'] = Dense(4)", "self.b = Dense(3)", "self.a['c'] = Dense(2)"),
    "a dict comprehension": (
        "self.a = {name: Dense(len(name)) for name in ('zzz', 'yy', 'x')}",
        "self.b = self.a['yy']",
    ),
    "twice": ("self.a = Dense(4)", "self.b = Dense(3)", "self.c = self.a"),
}


def _program(body: tuple[str, ...]) -> str:
    lines = "\n        ".join(body)
    return f"""
import keras
from keras.layers import Dense
class Base(keras.Model):
    def __init__(self):
        super().__init__()
        {lines}
    def call(self, x):
        return self.b(x)
model = Base()
y = model(keras.Input((2,)))
"""


@pytest.mark.keras
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_keras_lists_the_same(body: tuple[str, ...]) -> None:
    program = _program(body)
    answer = oracle.ask(program)
    assert answer.raised is None, answer.message
    (ours,) = json.loads(as_json([("model.py", follow_bytes(program.encode(), "model.py"))]))["files"][0]["models"]
    theirs = answer.models["model"]["layers"]
    assert [layer["name"] for layer in ours["layers"]] == [layer["name"] for layer in theirs]
    assert all(mine["params"] in (None, other["params"] or 0) for mine, other in zip(ours["layers"], theirs))


@pytest.mark.keras
def test_a_layer_that_another_took_the_place_of_has_no_weights() -> None:
    program = _program(("self.a = Dense(4)", "self.b = Dense(3)", "self.a = Dense(5)")).replace(
        "self.b(x)", "self.b(self.a(x))"
    )
    theirs = oracle.ask(program).models["model"]
    (ours,) = json.loads(as_json([("model.py", follow_bytes(program.encode(), "model.py"))]))["files"][0]["models"]
    assert [layer["params"] for layer in ours["layers"]] == [layer["params"] or 0 for layer in theirs["layers"]]
    assert ours["total_params"] == theirs["total_params"]


@pytest.mark.keras
def test_a_build_of_the_users_own_is_run_once() -> None:
    program = """
import keras
from keras.layers import Dense
class Late(keras.Model):
    def build(self, shape):
        self.a = Dense(4)
        self.b = Dense(3)
        super().build(shape)
    def call(self, x):
        return self.b(self.a(x))
model = Late()
model.build((None, 2))
y = model(keras.Input((2,)))
"""
    theirs = oracle.ask(program).models["model"]
    (ours,) = json.loads(as_json([("model.py", follow_bytes(program.encode(), "model.py"))]))["files"][0]["models"]
    assert [layer["name"] for layer in ours["layers"]] == [layer["name"] for layer in theirs["layers"]]
    assert ours["total_params"] == theirs["total_params"]
