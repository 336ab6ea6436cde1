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


NUMBERED = ("'w_' + str(n) + '.h5'", "f'w_{n}.h5'", "f'w_{n:03d}.h5'", "'w_%d.h5' % n", "'w_%(n)03d.h5' % {'n': n}", "'w_{}.h5'.format(n)", "'w_{n:03d}.h5'.format(n=n)",
            "str(folder) + str(n) + '.h5'", "f'{folder}{n}'")  # fmt: skip
ENDING = ("'w_' + str(n) + '.weights.h5'", "f'w_{n}.weights.h5'", "'w_%d.weights.h5' % n", "'w_{}.weights.h5'.format(n)", "'w_%s.h5' % end", "f'w_{end}.h5'", "'w_{}.h5'.format(end)",
          "'w_{0.n}.h5'.format(end)")  # fmt: skip
GIVEN = (
    "class End(str):\n    n = '.weights'\nimport random\nn = random.randint(1, 9)\nend, folder = End('.weights'), ''\n"
)
UNKNOWN = "import random, sys\nn = random.randint(1, 9)\nend, folder = sys.argv[1], sys.argv[2]\n"


@pytest.mark.parametrize("name", NUMBERED)
def test_no_number_makes_a_name_one_of_weights(name: str) -> None:
    assert oracle.ask(f"{START}{GIVEN}model.save_weights({name})\n").raised == "ValueError"
    assert codes(f"{START}{UNKNOWN}model.save_weights({name})\n") == ["MIG009"]


@pytest.mark.parametrize("name", ENDING)
def test_what_may_be_a_name_of_weights_is_left_alone(name: str) -> None:
    assert oracle.ask(f"{START}{GIVEN}model.save_weights({name})\n").raised is None
    assert codes(f"{START}{UNKNOWN}model.save_weights({name})\n") == []


def test_the_number_of_a_turn_stands_in_braces() -> None:
    [said] = check_source(f"{START}for epoch in range(5000):\n    model.save_weights('w/' + str(epoch) + '.h5')\n")
    assert 'a name that ends in "{epoch}.h5"' in said.message
    assert 'Let it end in "{epoch}.weights.h5"' in said.message
