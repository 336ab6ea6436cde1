"""A question that is asked twice has one answer, and what is one of a few things is one of them: no way is followed that no run can take."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.runner import check_source
from lstmlint.source import Source
from lstmlint.syntax import parse
from tests.interpret.test_like_python import followed

EXCLUSIVE = """
import json, os, random, sys
import numpy as np, tensorflow as tf, keras
cfg = json.load(open("settings.json"))
words = open("words.txt").read().split()
name = open("name.txt").read()
model = keras.Sequential([keras.Input((10, 3))])
if {one}:
    model.add(keras.layers.LSTM(3))
if {other}:
    model.add(keras.layers.GRU(3))
model.add(keras.layers.Dense(2, activation="softmax"))
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((8, 10, 3)), np.zeros((8, 2)))
"""

SAME = {
    "a file": ('os.path.exists("w.h5")', 'not os.path.exists("w.h5")'),
    "an entry": ('cfg.get("a")', 'not cfg.get("a")'),
    "an entry by index": ('cfg["a"]', 'not cfg["a"]'),
    "a length": ("len(words) < 5", "len(words) >= 5"),
    "the environment": ('os.environ.get("DEEP") is None', 'os.environ.get("DEEP") is not None'),
    "a text": ('name.startswith("a")', 'not name.startswith("a")'),
    "a device": ('tf.config.list_physical_devices("GPU")', 'not tf.config.list_physical_devices("GPU")'),
    "two flags": ('cfg["a"] and cfg["b"]', 'not (cfg["a"] and cfg["b"])'),
    "two flags in another order": ('cfg["a"] and cfg["b"]', 'not cfg["b"] or not cfg["a"]'),
    "neither of two flags": ('not (cfg["a"] or cfg["b"])', 'cfg["b"] or cfg["a"]'),
    "any of the flags": ('any([cfg["a"], cfg["b"]])', 'not cfg["a"] and not cfg["b"]'),
    "all of the flags": ('all([cfg["a"], cfg["b"]])', 'not cfg["b"] or not cfg["a"]'),
    "one of a list": ('cfg["k"] in ["x", "y"]', 'cfg["k"] not in ("x", "y")'),
    "one of a list or the other": ('cfg["k"] in ["x", "y"]', 'not (cfg["k"] == "x" or cfg["k"] == "y")'),
    "how many devices": (
        'len(tf.config.list_physical_devices("GPU")) > 0',
        'len(tf.config.list_physical_devices("GPU")) == 0',
    ),
}


@pytest.mark.parametrize("one, other", SAME.values(), ids=SAME)
def test_the_same_question_has_one_answer(one: str, other: str) -> None:
    assert check_source(EXCLUSIVE.format(one=one, other=other)) == []


OTHER = {
    "a flag that is one of two": ('cfg["a"] and cfg["b"]', 'cfg["b"]'),
    "a flag that may be the one": ('cfg["a"] or cfg["b"]', 'cfg["b"]'),
    "another file": ('os.path.exists("w.h5")', 'not os.path.exists("v.h5")'),
    "another entry": ('cfg.get("a")', 'not cfg.get("b")'),
    "another text": ('name.startswith("a")', 'not name.startswith("b")'),
    "what is read anew": ("words.pop()", "not words.pop()"),
}


@pytest.mark.parametrize("one, other", OTHER.values(), ids=OTHER)
def test_another_question_may_have_another_answer(one: str, other: str) -> None:
    assert "RNN002" in {finding.code for finding in check_source(EXCLUSIVE.format(one=one, other=other))}


FLAGS = """
import json
from keras import Input
from keras.layers import *
cfg = json.load(open("settings.json"))
a, b = cfg["a"], cfg["b"]
x = Input((5, 2)) if {first} else Input((10,))
{rest}
"""
WITHIN = {
    "each flag after both": ("b", "y = LSTM(3)(x) if a and b else LSTM(3)(x) if b else Dense(3)(x)"),
    "each flag after either": ("a or b", "y = LSTM(3)(x) if a else GRU(3)(x) if b else Dense(3)(x)"),
    "a name for both": ("a and b", "both = a and b\ny = LSTM(3)(x) if both else Dense(3)(x)"),
    "either in another order": ("a or b", "y = LSTM(3)(x) if b or a else Dense(3)(x)"),
    "any of them": ("any((a, b))", "y = LSTM(3)(x) if a or b else Dense(3)(x)"),
    "not None, and the other": ("a is not None and b", "y = Dense(3)(x) if a is None or not b else LSTM(3)(x)"),
    "a guard against both": (
        "a",
        "if a and b:\n    raise ValueError\ny = Dense(3)(x) if b else LSTM(3)(x) if a else Dense(4)(x)",
    ),
    "a guard against either": (
        "True",
        "if a or not b:\n    raise ValueError\ny = Dense(3)(x) if a else LSTM(3)(x) if b else Dense(3)(LSTM(2)(x))",
    ),
    "a number": ("n", "y = LSTM(3)(x) if n else Dense(3)(x)"),
}


@pytest.mark.parametrize("first, rest", WITHIN.values(), ids=WITHIN)
def test_a_condition_and_its_parts_agree(first: str, rest: str) -> None:
    program = FLAGS.format(first=first, rest=rest).replace('cfg["b"]\n', "cfg[\"b\"]\nn = int(cfg.get('n') or 0)\n")
    assert check_source(program) == []
    assert check_source(program.replace("LSTM(3)(x)", "LSTM(3)(LSTM(3)(x))"))


def test_a_list_that_changed_in_between_has_another_length() -> None:
    names = followed("rows = [row for row in open('f')]\na = len(rows)\nb = len(rows)\nrows.append(1)\nc = len(rows)\n")
    found = names.ways[0].names
    assert found["a"].size is found["b"].size
    assert found["a"].size is not found["c"].size


CHAIN = """
import json, random
import numpy as np, keras
model = keras.Sequential([keras.Input((10, 3))])
kind = {kind}
if kind == "cnn":
    model.add(keras.layers.Conv1D(4, 3))
    model.add(keras.layers.Flatten())
{further} kind == "lstm":
    model.add(keras.layers.LSTM({units}))
{last}model.add(keras.layers.Dense(2, activation="softmax"))
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((8, 10, 3)), np.zeros((8, 2)))
"""
ELSE = "else:\n    model.add(keras.layers.GRU({units}))\n"
UNKNOWN = 'json.load(open("settings.json"))["kind"]'
CHOSEN = 'random.choice(["cnn", "lstm"])'
KINDS = {
    "elif": (UNKNOWN, "elif", ""),
    "if": (UNKNOWN, "if", ""),
    "one chosen at random": (CHOSEN, "elif", ""),
    "one of known ones": ('["cnn", "lstm"][np.random.randint(2)]', "if", ""),
    "an else": (UNKNOWN, "elif", ELSE.format(units=3)),
}


@pytest.mark.parametrize("kind, further, last", KINDS.values(), ids=KINDS)
def test_nobody_means_that_it_is_none_of_the_kinds(kind: str, further: str, last: str) -> None:
    source = CHAIN.format(kind=kind, further=further, last=last, units=4)
    assert check_source(source) == []
    built = {tuple(layer.class_name for layer in way.names["model"].layers) for way in followed(source).ways}
    expected = {("Conv1D", "Flatten", "Dense"), ("LSTM", "Dense"), *([("GRU", "Dense")] if last else [])}
    assert built == expected


def test_the_last_kind_and_the_else_are_judged() -> None:
    assert [f.code for f in check_source(CHAIN.format(kind=UNKNOWN, further="elif", last="", units=-1))] == ["API004"]
    last = ELSE.format(units=-1)
    assert [f.code for f in check_source(CHAIN.format(kind=UNKNOWN, further="elif", last=last, units=4))] == ["API004"]


def test_what_cannot_be_chosen_is_not_assumed() -> None:
    source = "import random\nkind = random.choice(['a', 'b'])\nif kind == 'a':\n    r = 1\nelif kind == 'b':\n    r = 2\nelse:\n    r = 3\nif kind == 'c':\n    r = 4\n"
    assert {way.names["r"] for way in follow(parse(Source("choice.py", source))).ways} == {1, 2}
