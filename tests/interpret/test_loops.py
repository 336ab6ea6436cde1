"""Loops: unrolled while that is cheap, followed once where it isn't, and what they change is then not known."""

from __future__ import annotations

import time
from typing import Any

import pytest

from lstmlint.interpret import Budget, follow
from lstmlint.runner import check_source, follow_bytes
from lstmlint.source import Source
from lstmlint.syntax import parse


def _names(source: str) -> dict[str, Any]:
    return follow(parse(Source("loops.py", source))).ways[0].names


def test_training_loops_inside_training_loops_do_not_eat_the_budget() -> None:
    started = time.process_time()
    names = _names(
        """
import numpy as np
total = 0
for episode in range(600):
    for step in range(200):
        x = np.zeros((4, 8))
        y = x * 2 + 1
        total = total + 1
after = np.zeros((3, 5)).shape
"""
    )
    assert names["after"] == (3, 5)
    assert not isinstance(names["total"], int)
    assert time.process_time() - started < 8


def test_a_loop_that_builds_is_unrolled_to_its_end() -> None:
    names = _names(
        "sizes = []\nfor i in range(12):\n    for j in range(9):\n        sizes.append(i * j)\nn = len(sizes)\n"
    )
    assert names["n"] == 108


def test_attributes_and_globals_that_a_loop_of_unknown_length_changes_are_not_known() -> None:
    names = _names(
        """
import sys
class Counter:
    def __init__(self):
        self.n = 0
counter = Counter()
steps = 5
def advance():
    global steps
    for line in sys.stdin:
        counter.n += 1
        steps += 1
advance()
kept = counter.n
"""
    )
    assert not isinstance(names["kept"], int), names["kept"]
    assert not isinstance(names["steps"], int), names["steps"]


def test_a_generator_without_an_end_shows_a_few_of_its_items() -> None:
    names = _names(
        """
import numpy as np
def batches(n):
    while True:
        for i in range(n):
            yield np.zeros((4, 8)), np.zeros((4,))
stream = batches(50)
x, y = next(stream)
shape = x.shape
def counted():
    i = 0
    while True:
        if i == 12:
            return
        yield i
        i += 1
numbers = list(counted())
"""
    )
    assert names["shape"] == (4, 8)
    assert names["numbers"].items == list(range(12))


def _steps(text: str) -> int:
    """How many steps the last way through a program takes."""
    budget = Budget()
    program = follow(parse(Source("program.py", text)), budget=budget)
    assert program.settled
    return budget.used


TRAINING = """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
def step(x):
{body}
    return model(x)
for epoch in range(EPOCHS):
    for batch in range(20):
        y = step(keras.ops.ones((4, 3)))
""".replace("{body}", "\n".join(f"    a{n} = {n}" for n in range(100)))


def test_a_training_loop_costs_the_same_for_any_number_of_epochs() -> None:
    few, many = (_steps(TRAINING.replace("EPOCHS", str(epochs))) for epochs in (10, 2_000))
    assert many == few < 20_000


def test_a_loop_that_builds_a_model_is_followed_to_its_end() -> None:
    text = (
        "import keras\nmodel = keras.Sequential([keras.Input((3,))])\nfor n in range(100):\n"
        + "".join(f"    a{n} = {n}\n" for n in range(50))
        + "    model.add(keras.layers.Dense(4))\n"
    )
    program = follow(parse(Source("program.py", text)))
    assert len(program.models[0].model.layers) == 100


def test_a_comprehension_that_costs_much_keeps_its_length() -> None:
    text = (
        "import keras\nimport numpy as np\ndef word(n):\n    total = 0\n    for k in range(40):\n        total += k\n    return total\n"
        "x = np.array([word(n) for n in range(2_500)])\n"
    )
    program = follow(parse(Source("program.py", text)))
    assert str(program.ways[-1].names["x"].shape) == "(2500,)"
    assert _steps(text) < 30_000


def test_a_function_that_calls_itself_in_a_loop_of_unknown_length_ends_in_a_gap() -> None:
    text = (
        "import keras\ndef grow(node):\n    out = []\n    for child in node.children:\n        out += [grow(child), grow(child)]\n    return out\n"
        "grow(keras)\n"
    )
    program = follow(parse(Source("program.py", text)))
    assert any("calls itself" in gap.reason for gap in program.gaps)
    assert _steps(text) < 1_000


def test_what_one_turn_sets_is_not_none_after_the_loop() -> None:
    text = """
import sys, keras
class Kept:
    middle = None
def encoder(n, at):
    kept = Kept()
    kept.middle = middle = None
    inputs = x = keras.Input((3,))
    for i, block in enumerate([keras.layers.Dense(3) for _ in range(n)]):
        x = block(x)
        if i == at:
            middle = kept.middle = x
    return keras.Model(inputs, [x, middle, kept.middle])
encoder(int(sys.argv[1]), 2)
"""
    assert check_source(text) == []
    assert [f.code for f in check_source(text.replace("middle = kept.middle = x", "pass"))] == ["API009"]


def test_what_a_turn_that_is_not_followed_may_set_is_not_known() -> None:
    work = "".join(f"                a{n} = {n}\n" for n in range(30))
    text = f"""
import keras
class Encoder(keras.Model):
    def __init__(self, n, at):
        inputs = x = keras.Input((3,))
        middle, found, units = None, False, 4
        for i in range(n):
            for j in range(60):
{work}
            x = keras.layers.Dense(3)(x)
            if i == at:
                middle, found, units = x, True, 5
        super().__init__(inputs, [x, middle])
        self.found, self.units = found, units
for turn in range(12):
    encoder = Encoder(60, 55)
"""
    program = follow(parse(Source("program.py", text)))
    assert not program.faults
    known = program.ways[-1].names["encoder"].attributes
    assert known["found"] is not False
    assert known["units"] != 4


GENERATORS = {
    "a long loop": ("def rows():\n    for i in range(5000):\n        yield np.zeros((4, 3))\n", 5000),
    "several in a turn": ("def rows():\n    yield np.zeros((4, 3))\n    for i in range(90):\n        yield np.zeros((4, 3))\n        yield np.ones((4, 3))\n", 181),
    "from another one": ("def some():\n    for i in range(10):\n        yield np.zeros((4, 3))\ndef rows():\n    for i in range(15):\n        yield from some()\n", 150),
    "on a condition that is known": ("def rows():\n    for i in range(20):\n        if i % 2:\n            yield np.zeros((4, 3))\n", 10),
    "as many as a file has": ("def rows():\n    for i in range(len(pd.read_csv('rows.csv'))):\n        yield np.zeros((4, 3))\n", None),
    "on a condition that is not known": ("labels = np.loadtxt('labels.csv')\ndef rows():\n    for i in range(30):\n        if labels[i] > 0.5:\n            yield np.zeros((4, 3))\n", None),
    "a condition behind it": ("labels = np.loadtxt('labels.csv')\ndef rows():\n    for i in range(5000):\n        if labels[i] > 0.5:\n            continue\n        yield np.zeros((4, 3))\n", None),
}  # fmt: skip
COLLECTED = ["list(rows())", "[row for row in rows()]", "collect()"]


@pytest.mark.parametrize("way", COLLECTED)
@pytest.mark.parametrize("name", GENERATORS)
def test_what_a_generator_yields_is_counted_or_not_known(name: str, way: str) -> None:
    rows, count = GENERATORS[name]
    collect = "def collect():\n    found = []\n    for row in rows():\n        found.append(row)\n    return found\n"
    shape = _names(f"import numpy as np\nimport pandas as pd\n{rows}{collect}shape = np.array({way}).shape\n")["shape"]
    assert shape[1:] == (4, 3)
    assert shape[0] == count if count is not None else not isinstance(shape[0], int)


def test_a_function_that_goes_into_itself_on_what_nobody_knows_is_not_followed_to_the_deepest_call() -> None:
    program = """
import random
import keras
rules = {0: [("a", 1), ([("b", 0)], None)], 1: [([("c", 1)], 0)]}
def expand(grammar, state=0):
    output = []
    while state is not None:
        symbol, state = grammar[state][random.randrange(2)]
        if isinstance(symbol, list):
            symbol = expand(symbol)
        output.append(symbol)
    return output
for _ in range(3):
    expand(rules)
keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)]).summary()
"""
    followed = follow_bytes(program.encode(), "model.py")
    assert any("how deep `expand` goes into itself is not known" in gap.reason for gap in followed.gaps)
    assert not any("calls deep" in gap.reason for gap in followed.gaps)
    assert len(followed.models) == 1


def test_a_function_that_goes_into_itself_as_often_as_is_known_is_followed() -> None:
    program = """
import keras
def stack(x, depth):
    return x if depth == 0 else stack(keras.layers.Dense(depth)(x), depth - 1)
model = keras.Model(x := keras.Input((3,)), stack(x, 12))
"""
    [model] = follow_bytes(program.encode(), "model.py").models
    assert len(model.model.layers) == 13


def test_a_costly_comprehension_that_builds_nothing_keeps_its_length() -> None:
    program = """
import keras
def text(seed):
    found = []
    for i in range(seed, seed + 400):
        if i % 3 == 0:
            found.append(str(i))
    return " ".join(found)
texts = [text(seed) for seed in range(500)]
keras.layers.Dense(len(texts))
"""
    [way] = follow_bytes(program.encode(), "model.py").ways
    assert way.layers[0].arguments["units"] == 500


def test_a_position_that_goes_round_and_round_does_not_grow_without_end() -> None:
    program = """
import keras
import sys
rows = open(sys.argv[1]).read().split()
at = 0
for turn in range(60):
    at = (at + 1) % len(rows)
keras.layers.Dense(at)
"""
    [way] = follow_bytes(program.encode(), "model.py").ways
    assert len(str(way.layers[0].arguments["units"])) < 1000
