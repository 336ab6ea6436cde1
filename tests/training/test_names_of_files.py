"""Files that models and weights are saved to and loaded from: what Keras refuses before it looks for them."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")
pytestmark = pytest.mark.keras
START = "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"


def codes(program: str, keras: int = 3) -> list[str]:
    return [finding.code for finding in check_source(program, options=Options(keras_major=keras))]


@pytest.mark.parametrize("name", ["w", "./weights/my_model", "w.ckpt", "w.tf", "w.json", "w.index", "w.weights"])
def test_weights_are_not_loaded_from_it(name: str) -> None:
    program = f"{START}model.load_weights({name!r})\n"
    assert oracle.ask(program).raised == "ValueError"
    assert codes(program) == ["MIG009"]
    assert codes(program, 2) == []


@pytest.mark.parametrize("name", ["w.weights.h5", "w.h5", "w.hdf5", "w.keras", "w.weights.json"])
def test_weights_are_loaded_from_it_if_it_is_there(name: str) -> None:
    program = f"{START}model.load_weights({name!r})\n"
    assert oracle.ask(program).raised == "FileNotFoundError"
    assert codes(program) == []


def test_what_is_tried_is_left_alone() -> None:
    assert codes(f"{START}try:\n    model.load_weights('w')\nexcept ValueError:\n    pass\n") == []


SAVED = ("model.save({}, {}=None)", "keras.models.save_model(model, {}, {}=None)")


@pytest.mark.parametrize("call", SAVED)
@pytest.mark.parametrize("path", ["'m.keras'", "str(input) + 'm.h5'"])
@pytest.mark.parametrize(
    "keyword", ["signatures", "options", "save_traces", "include_optimizer", "save_format", "zipped"]
)
def test_keywords_are_refused_where_keras_refuses_them(call: str, path: str, keyword: str) -> None:
    program = START + call.format(path, keyword) + "\n"
    theirs = oracle.ask(program)
    assert theirs.raised is None or "not supported" in theirs.message
    assert codes(program) == (["MIG009"] if theirs.raised else [])
