"""What is put into a dict under keys that nobody knows: how many there are, and what stands under them, is not that of the first turn."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source, follow_bytes
from lstmlint.values import is_known

load_pack("lstmlint_rules")

HEAD = """
import collections, json, os
rows = json.loads(os.environ.get("ROWS", '[["a", 1], ["b", 2], ["a", 3]]'))
"""

FILLED = {
    "setdefault with a number": "ids = {}\nfor k, v in rows:\n    ids.setdefault(k, len(ids))\nfound = len(ids)\n",
    "setdefault's number": "ids = {}\nfor k, v in rows:\n    last = ids.setdefault(k, len(ids))\nfound = last\n",
    "a list by setdefault": "by = {}\nfor k, v in rows:\n    by.setdefault(k, []).append(v)\nfound = [len(x) for x in by.values()]\n",
    "a list by setdefault, by its name": "by = {}\nfor k, v in rows:\n    mine = by.setdefault(k, [])\n    mine.append(v)\nfound = len(by['a'])\n",
    "a defaultdict of dicts": (
        "by = collections.defaultdict(lambda: {'v': [], 'n': 0})\n"
        "for k, v in rows:\n    by[k]['v'].append(v)\n    by[k]['n'] += 1\n"
        "found = [(len(d['v']), d['n']) for d in by.values()]\n"
    ),
    "a number of a defaultdict of dicts": (
        "by = collections.defaultdict(lambda: {'v': [], 'n': 0})\n"
        "for k, v in rows:\n    by[k]['v'].append(v)\n    by[k]['n'] += 1\n"
        "found = by['a']['n']\n"
    ),
    "a defaultdict of defaultdicts": (
        "by = collections.defaultdict(lambda: collections.defaultdict(list))\n"
        "for k, v in rows:\n    by[k][v].append(k)\n"
        "found = [len(d) for d in by.values()]\n"
    ),
    "lists of known keys": (
        "by = {'a': [], 'b': []}\nfor k, v in rows:\n    by[k].append(v)\nfound = len(by['a']), len(by['b'])\n"
    ),
    "lists of objects": (
        "class Box:\n    def __init__(self):\n        self.rows = []\n"
        "by = {'a': Box(), 'b': Box()}\nfor k, v in rows:\n    by[k].rows.append(v)\nfound = len(by['a'].rows)\n"
    ),
    "in an object": (
        "class Store:\n    def __init__(self):\n        self.by = {}\n    def push(self, k, v):\n        self.by.setdefault(k, []).append(v)\n"
        "store = Store()\nfor k, v in rows:\n    store.push(k, v)\nfound = len(store.by), max(len(x) for x in store.by.values())\n"
    ),
    "an item of what is there": (
        "sizes = {}\nfor k in ('a', 'b'):\n    if k in dict(rows):\n        sizes[k] = dict(rows)[k]\nfound = [n is None for _, n in sizes.items()]\n"
    ),
    "written out": "a, b = rows[0][0], rows[1][0]\nby = {a: 1, b: 'x'}\nfound = by[a], by.get(b)\n",
    "beside a known one": "a = rows[0][0]\nby = {'b': 1, a: 'x'}\nfound = by[a], by[rows[1][0]]\n",
    "with another default": "a = rows[0][0]\nby = {a: 1}\nfound = by.get('z', 2)\n",
    "of a comprehension": "a, b = rows[0][0], rows[1][0]\nby = {k: v for k, v in [(a, 1), (b, 'x')]}\nfound = by[a]\n",
    "put into another": "a, b = rows[0][0], rows[1][0]\nby = {a: 1}\nby.update({b: 'x'})\nfound = by[a]\n",
    "on a condition": (
        "by = {'a': {'v': []}}\nfor k, v in rows:\n    if v > 1:\n        by[k if k in by else 'a']['v'].append(v)\nfound = len(by['a']['v'])\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILLED)
def test_what_is_known_is_what_python_makes_of_it(name: str) -> None:
    program = HEAD + FILLED[name]
    theirs: dict[str, object] = {}
    exec(program, theirs)
    for way in follow_bytes(f"import keras\n{program}".encode(), "program.py").ways:
        ours = way.names["found"]
        assert not is_known(ours) or ours == theirs["found"]


def test_a_vocabulary_that_is_filled_so_is_not_empty() -> None:
    use = "x = keras.layers.Embedding({size}, 4)(keras.Input((3,)))\n"
    program = f"import keras\n{HEAD}{FILLED['setdefault with a number']}"
    assert check_source(program + use.format(size="found")) == []
    assert [f.code for f in check_source(program + use.format(size="len(())"))] == ["API004"]


HYPERPARAMETERS = """
import keras
from tensorboard.plugins.hparams import api as hp
UNITS = hp.HParam("units", hp.Discrete([4, 8]))
DROPOUT = hp.HParam("dropout", hp.RealInterval(0.1, 0.2))
OPTIMIZER = hp.HParam("optimizer", hp.Discrete(["adam", "sgd"]))
def build(settings):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(settings[UNITS]), keras.layers.Dropout(settings[DROPOUT]), keras.layers.Dense(1)])
    model.compile(optimizer=settings[OPTIMIZER], loss="mse")
    return model
build({UNITS: 8, DROPOUT: 0.1, OPTIMIZER: "adam"})
"""


def test_what_stands_under_one_is_not_what_stands_under_another() -> None:
    assert [f.message for f in check_source(HYPERPARAMETERS)] == []
