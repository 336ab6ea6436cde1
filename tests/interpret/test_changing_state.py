"""What loops change by way of methods, functions, closures and generators is, where it is said to be known, what Python has."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lstmlint.runner import check_source, follow_bytes
from lstmlint.summary import as_json
from tests.interpret.stateful import Stateful
from tests.interpret.test_like_python import followed
from tests.interpret.test_unknown_inputs import compared

CHUNK = 50


@pytest.mark.parametrize("start", range(0, 300, CHUNK))
def test_what_is_known_of_it_is_so_for_any_input(start: int) -> None:
    assert sum(compared(seed, Stateful) for seed in range(start, start + CHUNK)) > 2 * CHUNK


CLASS = """
class Memory:
    def __init__(self):
        self.rows, self.n, self.best = [], 0, None
    def add(self, row):
        self.rows.append(row)
        self.n += 1
    def full(self):
        return len(self.rows) > 3
memory = Memory()
"""

ASKED = {
    "a list": "if len(memory.rows) > 3:",
    "a counter": "if memory.n % 4 == 0:",
    "a method": "if memory.full():",
    "what a method gave": "if full:",
    "a function that is given it": "if enough(memory.rows):",
}

LOOPS = {
    "for": "for line in open('rows.txt'):\n",
    "while": "while open('more.txt').read():\n",
    "while True": "while True:\n    if open('more.txt').read():\n        break\n",
}


def _taken(program: str) -> set[Any]:
    """What `taken` is known to be after the program, on any way; ... where it isn't known."""
    values = [way.names["taken"] for way in followed(program).ways]
    return {value if isinstance(value, bool) else ... for value in values}


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("asked", ASKED)
def test_no_turn_is_the_first_one_for_conditions(asked: str, loop: str) -> None:
    body = f"    memory.add(1)\n    full = memory.full()\n    {ASKED[asked]}\n        taken = True\n"
    program = f"{CLASS}def enough(rows):\n    return len(rows) > 3\ntaken = False\n{LOOPS[loop]}{body}"
    assert _taken(program) == {...}


def test_where_turns_are_counted_each_is_what_it_is() -> None:
    assert _taken(
        f"{CLASS}taken = False\nfor i in range(3):\n    memory.add(i)\n    if memory.full():\n        taken = True\n"
    ) == {False}
    assert _taken(
        f"{CLASS}taken = False\nfor i in range(4):\n    memory.add(i)\n    if memory.full():\n        taken = True\n"
    ) == {True}


BUILT = """
import keras
from keras import layers
class Builder:
    def __init__(self):
        self.filters, self.blocks = 8, 0
    def block(self, x):
        self.blocks += 1
        x = layers.Conv1D(self.filters, 3, padding="same")(x)
        if self.blocks % 2 == 0:
            x = layers.MaxPooling1D(2)(x)
            self.filters *= 2
        return x
builder = Builder()
x = inputs = keras.Input((16, 2))
for _ in range(4):
    x = builder.block(x)
model = keras.Model(inputs, layers.Dense(1)(layers.Flatten()(x)))
"""


def test_a_model_that_an_object_builds_in_counted_turns_is_exact() -> None:
    (model,) = json.loads(as_json([("model.py", follow_bytes(BUILT.encode(), "model.py"))]))["files"][0]["models"]
    assert model["complete"] is True
    assert model["total_params"] == 56 + 200 + 400 + 784 + 65


def test_what_a_method_does_on_such_a_condition_may_have_been_done() -> None:
    source = f"""
import numpy as np, keras
{CLASS}
class Trimmed(Memory):
    def trim(self):
        self.best = np.zeros((4, 3))
memory = Trimmed()
for line in open("rows.txt"):
    memory.add([1.0, 2.0, 3.0])
    if memory.full():
        memory.trim()
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
if memory.best is not None:
    model.predict(memory.best)
model.predict(np.array(memory.rows))
"""
    assert check_source(source) == []


def test_the_last_few_of_a_list_taken_often_say_its_length_once() -> None:
    source = (
        "rows, n = [int(x) for x in open('rows.txt')], len(open('rows.txt').read())\nx = list(range(n))\n"
        "for _ in range(60):\n    x = x[-5:]\nlast = len(x)\n"
    )
    assert len(str(followed(source).ways[0].names["last"])) < 60
