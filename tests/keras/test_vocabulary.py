"""A vocabulary that was given is what `get_vocabulary()` gives back, with the special tokens, as in Keras."""

from __future__ import annotations

from typing import Any

import pytest

from lstmlint.dims import Dim
from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Unknown

GIVEN = (
    "StringLookup(vocabulary=['a', 'b'])", "StringLookup(vocabulary=('a', 'b'), oov_token='')", "StringLookup(vocabulary=['[UNK]', 'a', 'b'])",
    "StringLookup(vocabulary=['a', 'b'], mask_token='')", "StringLookup(vocabulary=['', '[UNK]', 'b'], mask_token='')",
    "StringLookup(vocabulary=['a', 'b'], num_oov_indices=0)", "StringLookup(vocabulary=['a', 'b'], num_oov_indices=2, output_mode='one_hot', mask_token='')",
    "StringLookup(vocabulary=['a', 'b'], invert=True, mask_token='')", "IntegerLookup(vocabulary=[4, 5, 6])", "IntegerLookup(vocabulary=[4, 5], mask_token=0)",
    "IntegerLookup(vocabulary=[-1, 4, 5])", "TextVectorization(vocabulary=['a', 'b'])", "TextVectorization(vocabulary=['', '[UNK]', 'b'])",
    "TextVectorization(vocabulary=['a', 'b'], output_mode='multi_hot')", "TextVectorization(9, vocabulary=['a'], output_mode='count', pad_to_max_tokens=True)",
)  # fmt: skip
ASKED = "r1 = layer.vocabulary_size()\nr2 = layer.get_vocabulary()\nr3 = layer.get_vocabulary(include_special_tokens=False)\nr4 = len(r2)\n"


def compared(text: str) -> dict[str, Any]:
    """Our names beside those of Keras, as far as they are known."""
    theirs: dict[str, Any] = {}
    exec(text, theirs)
    names = follow(parse(Source("model.py", text))).ways[0].names
    for name in ("r1", "r2", "r3", "r4"):
        if not isinstance(names[name], (Unknown, Dim)):
            assert getattr(names[name], "items", names[name]) == theirs[name], name
    return {name: names[name] for name in names if name.startswith("r")}


@pytest.mark.keras
@pytest.mark.parametrize("layer", GIVEN)
def test_a_given_vocabulary_is_known(layer: str) -> None:
    found = compared(f"from keras.layers import *\nlayer = {layer}\n{ASKED}")
    assert not any(isinstance(value, (Unknown, Dim)) for value in found.values())


@pytest.mark.keras
def test_one_that_is_set_later_is_known_too() -> None:
    found = compared(f"from keras.layers import *\nlayer = StringLookup()\nlayer.set_vocabulary(['x', 'y'])\n{ASKED}")
    assert found["r4"] == 3


@pytest.mark.keras
@pytest.mark.parametrize("layer", ["StringLookup(max_tokens=3)", "TextVectorization()"])
def test_one_that_is_learnt_is_not(layer: str) -> None:
    found = compared(f"from keras.layers import *\nlayer = {layer}\nlayer.adapt(['a b', 'c', 'd', 'd'])\n{ASKED}")
    assert isinstance(found["r1"], Unknown)
    assert isinstance(found["r4"], Dim)
    assert found["r4"].known is None
