"""`eval` of a text that is known is what the text says; anything that calls is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from lstmlint.interpret import follow
from lstmlint.packs import load_pack
from lstmlint.runner import check_source, follow_bytes
from lstmlint.source import Source
from lstmlint.summary import as_json
from lstmlint.syntax import Tree, parse, parse_with_libcst
from tests import oracle

load_pack("lstmlint_rules")

PROGRAM = """
import keras
from keras.layers import *
WIDTH = 4
def block(x, activation, width):
    f = eval(activation)
    x = Dense(eval(width))(x)
    return f(name="last")(x)
x = keras.Input((3,))
model = keras.Model(x, block(x, "{}", "{}"))
"""


@pytest.mark.keras
@pytest.mark.parametrize("width", ("7", "WIDTH", "WIDTH * 2 + width_of[1]", "(WIDTH, 2)[1]"))
@pytest.mark.parametrize("activation", ("ReLU", "keras.layers.LeakyReLU"))
def test_layers_that_a_text_names_are_those_of_keras(activation: str, width: str) -> None:
    text = PROGRAM.format(activation, width).replace("WIDTH = 4", "WIDTH = 4\nwidth_of = [5, 6]")
    [model] = json.loads(as_json([("m.py", follow_bytes(text.encode(), "m.py"))]))["files"][0]["models"]
    layers = [(layer["class"], layer["params"]) for layer in model["layers"]]
    assert model["complete"]
    assert layers == [(layer["class"], layer["params"]) for layer in oracle.ask(text).models["model"]["layers"]]


@pytest.mark.parametrize("text", ("print(3)", "[n for n in range(3)]", "3 +", "(n := 3)", "nowhere", "lambda: 3"))
def test_what_it_calls_is_left_alone(text: str) -> None:
    source = f"import keras\nvalue = eval({text!r})\nx = keras.layers.Dense(value)\n"
    assert check_source(source) == []
    assert type(follow(parse(Source("m.py", source))).ways[0].names["value"]).__name__ == "Unknown"


@pytest.mark.parametrize("read", [parse_with_libcst, parse], ids=["LibCST", "Python"])
def test_what_a_text_says_stands_where_it_is_evaluated(read: Callable[[Source], Tree]) -> None:
    program = follow(read(Source("model.py", "import keras\nn = eval('-3')\nlayer = keras.layers.Dense(eval('-3'))\n")))
    (fault,) = program.faults
    assert (fault.place.span.row, fault.place.text) == (3, "keras.layers.Dense(eval('-3'))")
    refused = follow(read(Source("model.py", "import keras\n\nx = eval('keras.layers.Dense.nothing')\n")))
    assert {gap.place.span.row for gap in refused.gaps} <= {3}
