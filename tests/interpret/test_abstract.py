"""Nobody can make an object of an abstract class: what its abstract methods give is for others to say."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

PROGRAM = """
import abc
from abc import ABC, abstractmethod
from keras import Input, Model
from keras.layers import Dense, Flatten

class Base(ABC):
    def __init__(self):
        self.model = self.build()

{member}

    def build(self):
        inputs = Input({shape})
        return Model(inputs, Dense(1)(Flatten()(inputs)))

"""
METHODS = [
    "    @abstractmethod\n    def shape(self): ...",
    "    @abc.abstractmethod\n    def shape(self):\n        pass",
    '    @abstractmethod\n    def shape(self):\n        """The shape of one sample."""',
    "    @classmethod\n    @abstractmethod\n    def shape(cls):\n        return None",
]
PROPERTIES = [
    "    @property\n    @abstractmethod\n    def shape(self): ...",
    "    @abc.abstractproperty\n    def shape(self):\n        pass",
    '    @property\n    @abc.abstractmethod\n    def shape(self):\n        """The shape of one sample."""',
]


@pytest.mark.parametrize("member", [*METHODS, *PROPERTIES])
def test_what_an_abstract_member_gives_is_not_none(member: str) -> None:
    program = PROGRAM.format(member=member, shape="self.shape()" if member in METHODS else "self.shape")
    child = "class Images(Base):\n    shape = {}\n\nImages()\n"
    given = "staticmethod(lambda: (8, 8, 1))" if member in METHODS else "(8, 8, 1)"
    assert check_source(program) == []
    assert check_source(program + child.format(given)) == []


def test_what_a_child_says_counts() -> None:
    program = PROGRAM.format(member=METHODS[0], shape="self.shape()")
    child = "class Images(Base):\n    def shape(self):\n        return None\n\nImages()\n"
    assert [f.code for f in check_source(program + child)] == ["API025"]
