"""Names of packages for Python 2 and 3: what they stand for in the real package, and what a program that uses them builds."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.models import current_layers
from lstmlint.libs.two_pythons import NAMES, canonical
from lstmlint.source import Source
from lstmlint.syntax import parse

PROGRAM = """
import abc
import keras
import six
import six.moves.cPickle as pickle
from builtins import range, input
from future.utils import iteritems
from past.builtins import xrange as counted
from six.moves import xrange, zip

@six.add_metaclass(abc.ABCMeta)
class Sizes(object):
    first = 8

class Same(six.with_metaclass(abc.ABCMeta, keras.layers.Layer)):
    def call(self, x):
        return x

def width(n):
    if isinstance(n, six.string_types):
        return 1
    return n if isinstance(n, six.integer_types) else 2

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(Sizes.first), Same()])
for i in xrange(2):
    for j, (name, n) in zip(counted(1), six.iteritems({"a": 5})):
        model.add(keras.layers.Dense(i + j + width(n)))
for _, n in iteritems({"b": 2.5, "c": "x"}):
    model.add(keras.layers.Dense(width(n)))
"""


def _real(name: str) -> Any:
    """The thing of this name in the installed packages."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            found = getattr(found, part)
        return found
    raise ImportError(name)


@pytest.mark.parametrize("name", sorted(name for name in NAMES if name.startswith("six.")))
def test_a_name_stands_for_what_six_gives(name: str) -> None:
    pytest.importorskip("six")
    real, ours = _real(name), _real(NAMES[name])
    if name == "six.moves.urllib":  # six has its own module, with what the two of Python 3 have
        assert real.request.urlopen is _real("urllib.request.urlopen")
    else:
        assert real is ours or real == (ours,)


def test_what_is_inside_goes_along_and_other_names_stay() -> None:
    assert canonical("six.moves.urllib.request.urlretrieve") == "urllib.request.urlretrieve"
    assert canonical("six.moves.range") == "builtins.range"
    assert canonical("six.reraise") == "six.reraise"


def test_a_program_for_both_is_followed() -> None:
    program = follow(parse(Source("model.py", PROGRAM)))
    assert [gap.reason for gap in program.gaps] == []
    dense = [layer for layer in current_layers(program.models[0].model) if layer.type_name == "keras.layers.Dense"]
    assert [layer.arguments["units"] for layer in dense] == [8, 5, 6, 2, 1]


def test_what_a_metaclass_of_the_program_does_is_not_known() -> None:
    text = """
import six
import keras

class Meta(type):
    pass

@six.add_metaclass(Meta)
class A:
    n = 3

layer = keras.layers.Dense(A().n)
"""
    program = follow(parse(Source("model.py", text)))
    assert program.layers[0].arguments["units"] != 3
    assert [gap.reason for gap in program.gaps][:1] == ["what the metaclass of `A` does is not followed"]
