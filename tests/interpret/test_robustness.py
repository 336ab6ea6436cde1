"""Code that has nothing to do with models is followed without an error inside the engine: a sample of what is installed."""

from __future__ import annotations

import importlib.util
import sysconfig
from pathlib import Path

import pytest

from lstmlint.interpret import Budget, follow
from lstmlint.notebook import read
from lstmlint.runner import check_source
from lstmlint.source import Source, SourceFailure
from lstmlint.syntax import SyntaxFailure, parse

PACKAGES = ("keras", "numpy", "pandas", "sklearn")


def _sample() -> list[Path]:
    """Every so many-th file of the standard library and of the packages that are there; `tools/follow_folders.py` takes all."""
    standard = Path(sysconfig.get_path("stdlib"))
    files = [p for p in sorted(standard.rglob("*.py")) if "site-packages" not in p.parts][::180]
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            files += sorted(Path(spec.origin).parent.rglob("*.py"))[::180]
    return files


@pytest.mark.parametrize("path", _sample(), ids=lambda p: "/".join(p.parts[-3:]))
def test_a_file_is_followed_without_an_internal_error(path: Path) -> None:
    try:
        tree = parse(read(path.read_bytes(), str(path)))
    except (SyntaxFailure, SourceFailure):
        return  # the standard library's tests hold files that are wrong on purpose
    program = follow(tree, budget=Budget(seconds=1))
    assert not [gap.reason for gap in program.gaps if "please report" in gap.reason]


@pytest.mark.parametrize("name", ["__getitem__", "__setitem__", "__delitem__", "__contains__"])
def test_an_operators_method_may_be_called_with_arguments_that_are_not_known(name: str) -> None:
    text = f"def f(*args):\n    [1].{name}(*args)\n    {{}}.{name}(*args)\n[1].{name}(*unknown())\nprint({{1: 2}}.{name}())\n"
    program = follow(parse(Source("operators.py", text)))
    assert program.gaps
    assert not [gap.reason for gap in program.gaps if "please report" in gap.reason]


UNUSUAL = {
    "a lookup with a number of unseen tokens that is not known": (
        "import json, keras\nn = json.load(open('n.json'))\n"
        "keras.layers.StringLookup(vocabulary=['a'], pad_to_max_tokens=True, max_tokens=9, num_oov_indices=n, output_mode='multi_hot')\n"
    ),
    "a layer that takes nothing is called": (
        "import keras\nclass A(keras.layers.Layer):\n    def call(self):\n        return 3\nA()(shape=(3,), batch_size=2)\n"
    ),
    "keys that are no names in an instance's __dict__": (
        "import keras\nclass A(keras.layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.__dict__[3] = 4\n"
        "        self.inner = keras.layers.Dense(3)\n    def call(self, x):\n        return self.inner(x)\n"
        "a = A()\na.__dict__[1] = 2\nb = vars(a)\nfor i in open('f'):\n    a.__dict__[2] = i\nx = keras.Sequential([keras.Input((4,)), a]).count_params()\n"
    ),
    "a parser of a class of one's own": (
        "import argparse\nclass P(argparse.ArgumentParser):\n    def __init__(self):\n        super().__init__()\n        self.add_argument('--a', default=3)\n"
        "p = P()\np.set_defaults(b=4)\nx = p.parse_args(['--a', '5'])\n"
    ),
    "a class that inherits from an array": "import numpy as np\nclass A(np.random.randint(0, 9, size=3)):\n    pass\n",
    "batches of nothing": "import tensorflow as tf\nx = tf.data.Dataset.from_tensor_slices([1, 2]).batch(0)\n",
    "the docstring of a class that a call has made": "import collections\nP = collections.namedtuple('P', 'x y')\nx = P.__doc__\n",
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_code_is_followed_without_an_internal_error(name: str) -> None:
    program = follow(parse(Source("unusual.py", UNUSUAL[name])))
    assert not [gap.reason for gap in program.gaps if "please report" in gap.reason]


def test_the_rules_take_an_empty_list_that_is_unpacked() -> None:
    assert not check_source("import keras\nX, y = ([],)\n")


def test_a_generator_that_feeds_itself_comes_to_an_end() -> None:
    text = """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile("adam", "mse")
def batches():
    while True:
        yield np.zeros((4, model.fit(batches(), steps_per_epoch=3))), np.ones((4, 2))
model.fit(batches(), steps_per_epoch=3)
"""
    program = follow(parse(Source("feeds.py", text)))
    assert program.settled
