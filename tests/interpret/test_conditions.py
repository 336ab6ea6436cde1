"""Conditions that can't be decided: both sides are seen, and nothing is claimed that only a mixture of answers could make true."""

from __future__ import annotations

import tracemalloc

import pytest

from lstmlint.interpret import follow
from lstmlint.interpret.ways import Decisions, Question, Ways
from lstmlint.places import Place
from lstmlint.runner import check_source
from lstmlint.source import Source
from lstmlint.syntax import parse

CONFIGURED = """
import json
import keras
from keras.layers import LSTM, Dense, Dropout
model = keras.Sequential()
for layer in json.load(open("layers.json")):
    units = layer["units"] if "units" in layer else None
    rate = None if "rate" not in layer else layer["rate"]
    if layer["type"] == "dense":
        model.add(Dense(units))
    if layer["type"] == "lstm":
        model.add(LSTM(units))
    if layer["type"] == "dropout":
        model.add(Dropout(rate))
"""


def test_an_absent_setting_is_not_given_to_the_layer_that_has_one() -> None:
    assert check_source(CONFIGURED) == []


def test_none_on_a_condition_that_is_known_is_none() -> None:
    said = check_source(
        "import keras\nconfig = {'rate': 0.5}\nx = keras.layers.Dense(config['units'] if 'units' in config else None)\n"
    )
    assert [f.code for f in said] == ["API004"]


NONE_AT_FIRST = """
import json, sys
import keras
from keras.layers import Dense, Dropout
class Tagger:
    outputs = None
    def __init__(self, settings):
        self.rate = None
        if "outputs" in settings and settings["outputs"] != None:
            self.outputs = settings["outputs"]
        if len(sys.argv) > 2:
            self.rate = 0.5
    def build(self):
        x = keras.Input((20, 8))
        y = Dropout(self.rate)(x) if self.rate is not None else x
        return keras.Model(x, Dense(self.outputs)(y))
model = Tagger(json.load(open("settings.json"))).build()
"""


def test_what_a_condition_did_not_set_is_none_for_conditions_and_no_reason_to_refuse() -> None:
    program = follow(parse(Source("model.py", NONE_AT_FIRST)))
    assert not program.faults
    layers = [[layer.class_name for layer in way.names["model"].layers] for way in program.ways]
    assert ["InputLayer", "Dropout", "Dense"] in layers
    assert ["InputLayer", "Dense"] in layers
    assert [f.code for f in check_source(NONE_AT_FIRST.replace("self.rate = 0.5", "self.rate = 1.5"))] == ["API028"]


def test_both_sides_of_an_unknown_choice_are_still_seen() -> None:
    said = check_source("import sys, keras\nx = keras.layers.Dense(3 if len(sys.argv) > 1 else -3)\n")
    assert [f.severity for f in said] == ["error"]


def test_a_condition_on_a_size_is_the_same_one_on_every_way() -> None:
    source = "import sys, keras\n" + "".join(f"x{n} = 1 if len(sys.argv) > {n} else 2\n" for n in range(4))
    program = follow(parse(Source("model.py", source)))
    assert len(program.ways) == 5
    assert not [gap.reason for gap in program.gaps if "branches" in gap.reason]


def test_one_value_equals_one_text_on_a_way() -> None:
    text = """
import sys
kind = sys.argv[1]
def pick(kind):
    if kind == "a":
        return 1
    if kind == "b":
        return 2
    return 3
number = pick(kind)
if kind == "b":
    word = "b"
else:
    word = "other"
pair = (number, word)
"""
    program = follow(parse(Source("model.py", text)))
    pairs = {way.names["pair"] for way in program.ways}
    assert pairs == {(1, "other"), (2, "b"), (3, "other")}


def test_an_unknown_from_one_place_equals_one_text_at_a_time() -> None:
    program = """
import keras
class Plain(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
class Projected(keras.layers.Layer):
    def __init__(self, units, projection=None, **kwargs):
        super().__init__(**kwargs)
def build(kinds, repeats):
    for i in range(len(repeats)):
        kind = kinds[i]
        made = Plain if kind == "plain" else Projected
        given = {"units": 3}
        if kind == "projected":
            given["projection"] = 1
        layer = made(**given)
"""
    assert check_source(program) == []


def test_sizes_that_depend_on_what_is_not_known_are_not_compared_where_nobody_calls() -> None:
    program = """
import keras
def block(x, filters, residual):
    y = keras.layers.Conv1D(4 * filters + 64, 1)(x)
    if residual:
        y = y + x
    return y
def build(filters, residual):
    return block(keras.Input((8, 16)), filters, residual)
"""
    assert check_source(program) == []
    called = check_source(f"{program}build(3, True)\n")
    assert [f.severity.value for f in called] == ["error"]


def test_a_condition_that_is_asked_often_leaves_ways_for_the_others() -> None:
    program = """
import sys
import keras
def sized(n):
    return 4 if len(sys.argv) > n else 5
sizes = [sized(n) for n in range(30)]
bad = keras.layers.Dense(-1 if len(sys.argv) > 40 else 1)
"""
    followed = follow(parse(Source("model.py", program)))
    assert len(followed.ways) < 5
    assert [gap.reason for gap in followed.gaps if "branches" in gap.reason]  # it says that not all of them were seen
    bad = program.replace("-1 if", "1 if").replace("else 1)", "else -1)")
    assert [f.severity.value for f in check_source(program) + check_source(bad)] == ["error", "error"]


def test_a_default_that_may_be_given_is_no_condition_with_two_sides() -> None:
    program = """
import keras
def build(units=None, name=None):
    if name is None:
        name = "x"
    if units is None:
        return keras.layers.Dense(units, name=name)
    return keras.layers.Dense(units)
"""
    assert len(follow(parse(Source("model.py", program))).ways) == 1


def test_planning_ways_takes_memory_in_proportion_to_the_decisions() -> None:
    way = Decisions()
    for number in range(3000):
        way.decide(("name", number), True, True, Question(Place(None, object())))
    tracemalloc.start()
    try:
        ways = Ways()
        ways.finished(way)
        planned = ways.next(), ways.next()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert planned[1] is not None
    assert planned[1].forced == {("name", 0): False}
    assert peak < 10_000_000  # each plan with its own list of forced decisions took 200 MB


def test_an_item_of_known_constants_at_one_index_is_one_item() -> None:
    text = """
import keras
def build(depths, flags=[False, False, True, True]):
    for i, depth in enumerate(depths):
        width = None if flags[i] and i > 0 else 3
        if not (flags[i] and i > 0):
            keras.layers.Dense(width + 1)
"""
    assert follow(parse(Source("model.py", text))).gaps == ()


def test_a_changed_list_has_another_item_at_that_index() -> None:
    text = """
import sys
def pick(i):
    flags = [False, True]
    if flags[i]:
        width = "wide"
    else:
        width = 1
    flags[0], flags[1] = True, False
    if not flags[i]:
        width + 1
pick(int(sys.argv[1]))
"""
    assert [gap for gap in follow(parse(Source("model.py", text))).gaps if "TypeError" in gap.reason]
    assert follow(parse(Source("model.py", text.replace("flags[0], flags[1] = True, False", "pass")))).gaps == ()


TWO_CONDITIONS = """
import keras
from keras.layers import GRU, Dense, TimeDistributed
def build(n):
    model = keras.Sequential([keras.Input((5, 3))])
    if FIRST:
        sequences = False
    else:
        sequences = True
    model.add(GRU(8, return_sequences=sequences))
    if SECOND:
        model.add(TimeDistributed(Dense(1)))
    return model
"""
VALUES = [None, True, False, 0, 1, 2, 2.5, 3, 4, -1, 100, "", "a", "b", "c", (), (1,)]


@pytest.mark.parametrize(
    "first, second",
    [
        ("n == 2", "n == 3"), ("n == 2", "n > 2"), ("n < 3", "n >= 3"), ("n >= 3", "2 > n"), ("n in (1, 2)", "n == 3"), ("n in (1, 2)", "n in (3, 4)"),
        ("n is None", "n == 'a'"), ("n", "n is None"), ("not n", "n == 2"), ("n != 2", "n == 2"), ("n not in ('a', 'b')", "n == 'a'"), ("n is True", "not n"),
        ("n == 2", "n < 3"), ("n > 2", "n == 3"), ("n in (1, 2)", "n == 2"), ("n", "n == 'a'"), ("n is None", "not n"), ("n != 2", "n == 3"), ("n <= 2", "n < 4"),
        ("n in ('a', 'b')", "n in ('b', 'c')"), ("n is None", "n in (None, 1)"),
    ],
)  # fmt: skip
def test_what_no_value_can_be_at_once_is_not_assumed_at_once(first: str, second: str) -> None:
    def both(n: object) -> bool:
        try:
            return bool(eval(first) and eval(second))
        except TypeError:
            return False

    found = check_source(TWO_CONDITIONS.replace("FIRST", first).replace("SECOND", second))
    assert bool(found) == any(both(n) for n in VALUES)


TABLE = """
import sys
import numpy as np, keras
from keras.layers import Conv2D, Dense
images = {"mlp": False, "conv": True}
builders = {"mlp": lambda: Dense(10), "conv": lambda: Conv2D(4, 3), "wide": lambda: Dense(-1)}
name = sys.argv[1]
x = np.zeros((100, 28, 28, 1))
data = x if images[name] else x.reshape(100, 784)
shape = (784,) if name == "mlp" else (28, 28, 1)
model = keras.Sequential([keras.Input(shape), builders[name]()])
model.predict(data)
"""


def test_a_table_that_is_asked_by_an_unknown_name_agrees_with_conditions_on_the_name() -> None:
    program = follow(parse(Source("model.py", TABLE.replace(', "wide": lambda: Dense(-1)', ""))))
    assert not program.faults
    built = {way.names["model"].layers[-1].class_name for way in program.ways}
    assert built == {"Dense", "Conv2D"}
    assert check_source(TABLE) == []  # no image of "wide", so that the name is another one
    assert [f.code for f in check_source(TABLE.replace('"conv": True', '"conv": True, "wide": True'))] == ["API004"]


@pytest.mark.parametrize(
    "program",
    [
        "best = {'n': 0}\nfor row in open('rows.txt'):\n    if int(row) > best['n']:\n        best['n'] = int(row)\nkeras.layers.Dense(best['n'])",
        "sizes = [0]\nfor row in open('rows.txt'):\n    if int(row) > sizes[0]:\n        sizes[0] = int(row)\nkeras.layers.Dense(sizes[0])",
        "class Best:\n    def __init__(self):\n        self.found = {'n': 0}\n    def look(self):\n        for row in open('rows.txt'):\n"
        "            if int(row) > self.found['n']:\n                self.found['n'] = int(row)\nb = Best()\nb.look()\nkeras.layers.Dense(b.found['n'])",
        "def size(y):\n    if y['flag']:\n        return y['n']\n    return None\nkeras.layers.Dense(size(json.load(open('s.json'))))",
        "def labels(y):\n    if len(y) >= 1:\n        return y.shape[-1]\nkeras.layers.Dense(labels(np.loadtxt('y.txt')))",
    ],
)
def test_what_only_an_assumption_leaves_at_its_start_or_at_none_is_no_mistake(program: str) -> None:
    assert check_source(f"import json, keras\nimport numpy as np\n{program}\n") == []


def test_a_none_that_is_returned_whatever_the_condition_is_one() -> None:
    program = (
        "import keras, sys\ndef size():\n    if len(sys.argv) > 2:\n        print('many')\nkeras.layers.Dense(size())\n"
    )
    assert [f.code for f in check_source(program)] == ["API004"]


FILLED_ELSEWHERE = {
    "a list that is filled on a condition": """
xs = []
if np.random.rand() < 2:
    xs.append(np.zeros((4, 2)))
""",
    "a helper that has nothing for some files": """
def load(path):
    if not os.path.exists(path):
        return []
    return [np.zeros((4, 2))]
xs = load("data/0.npy")
""",
    "several of them": """
def load(path):
    if not os.path.exists(path):
        return [], np.array([])
    return [np.zeros((4, 2))], np.zeros((1, 4, 2))
xs = load("data/0.npy")[1]
""",
    "the same for each file": """
def load(path):
    return [] if not os.path.exists(path) else [np.zeros((4, 2))]
xs = []
for name in os.listdir("data"):
    xs.extend(load(name))
""",
}
READ = """
model = keras.Sequential([keras.Input((4, 2)), keras.layers.LSTM(2)])
model.predict(np.array(xs))
"""


@pytest.mark.parametrize("program", FILLED_ELSEWHERE.values(), ids=FILLED_ELSEWHERE)
def test_what_is_empty_on_a_condition_may_be_filled(program: str) -> None:
    assert check_source(f"import os\nimport keras\nimport numpy as np\n{program}{READ}") == []


@pytest.mark.parametrize(
    "program",
    ["xs = []\nif len(xs) > 3:\n    xs.append(np.zeros((4, 2)))\n", "def load(n):\n    if n < 3:\n        return []\n    return [1]\nxs = load(2)\n"],
    ids=["list", "helper"],
)  # fmt: skip
def test_what_is_empty_whatever_the_condition_is_empty(program: str) -> None:
    assert [f.code for f in check_source(f"import keras\nimport numpy as np\n{program}{READ}")] == ["DAT004"]


def test_a_program_that_costs_much_is_not_followed_over_and_over() -> None:
    asked = "".join(f"if os.environ.get('A{i}'):\n    total.append({i})\n" for i in range(6))
    work = "for i in range(2500):\n    for j in range(2):\n        total.append(i)\n        keras.Input((3,))\n"
    few, many = (follow(parse(Source("m.py", f"import os, keras\ntotal = []\n{asked}{text}"))) for text in ("", work))
    assert len(few.ways) == 7
    assert 1 < len(many.ways) < 7
    assert [gap.reason for gap in many.gaps if "branches more often" in gap.reason]


def test_what_is_imported_for_the_type_checker_only_is_not_imported() -> None:
    head = "import typing\nfrom typing import TYPE_CHECKING\n"
    for condition in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
        assert check_source(f"{head}if {condition}:\n    from keras.layers import flatten\n") == []
    assert [f.code for f in check_source(f"{head}if not TYPE_CHECKING:\n    from keras.layers import flatten\n")] == [
        "MIG003"
    ]


@pytest.mark.parametrize(
    "test",
    [
        "keras.backend.image_data_format == 'channels_first'",
        "K.image_data_format == 'channels_first'",
        "mode == 'flat'",
        "mode == True",
        "not mode != 0",
        "mode in ('flat', 'dense')",
        "Net().mode == 'flat'",
        "len == 3",
        "isinstance(pathlib.Path(os.environ['DATA']), str)",
    ],
)
def test_what_a_function_is_compared_with_is_not_what_it_gives(test: str) -> None:
    program = f"""
import os
import pathlib
import keras
from keras import backend as K, layers

def mode():
    return "flat"

class Net:
    def mode(self):
        return "flat"

shape = (784,) if {test} else (28, 28, 1)
"""
    convolution = "keras.Sequential([keras.Input(shape), layers.Conv2D(32, 3)])\n"
    lstm = "keras.Sequential([keras.Input(shape), layers.LSTM(3)])\n"
    assert check_source(program + convolution) == []
    assert [f.code for f in check_source(program + lstm)] == ["SHP002"]
