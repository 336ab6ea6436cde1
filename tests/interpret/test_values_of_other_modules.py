"""What a module that isn't there has under a name may be a number, a text or None: conditions on it are open, and no key is another one for sure."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests.interpret.test_like_python import followed, plain

load_pack("lstmlint_rules")

MODEL = """
import keras
from settings import FLATTEN, sizes
import options
x = keras.layers.LSTM(4, return_sequences={returned})(keras.Input((5, 3)))
x = keras.layers.LSTM(4)(x)
"""


@pytest.mark.parametrize(
    "condition", ["FLATTEN", "options.flatten", "sizes['flatten']", "options.mode is None", "not FLATTEN"]
)
def test_a_condition_on_it_has_two_sides(condition: str) -> None:
    program = followed(f"from settings import FLATTEN, sizes\nimport options\nr = 1 if {condition} else 2\n")
    assert sorted(plain(way.names["r"]) for way in program.ways) == [1, 2]


def test_what_is_wrong_on_one_side_says_so() -> None:
    found = check_source(MODEL.format(returned="FLATTEN"))
    assert [f.severity.value for f in found if f.severity.value == "error"] == []
    sure = check_source(MODEL.format(returned="False"))
    assert "error" in [f.severity.value for f in sure]


def test_it_is_the_same_in_two_conditions() -> None:
    text = "import options\na = 1 if options.mode == 'a' else 2\nb = 1 if options.mode == 'a' else 2\n"
    assert {(plain(way.names["a"]), plain(way.names["b"])) for way in followed(text).ways} == {(1, 1), (2, 2)}


@pytest.mark.parametrize(
    "value",
    [
        "len({options.A: 1, options.B: 2})", "{'a': 1}.get(options.A, 5)", "options.A['x'] == options.A['y']", "len({options.A['x'], options.A['y']})",
        "os.environ['A'] == os.environ['B']", "{'a': 1}.get(os.environ['A'])", "options.A is None", "options.A in {'a': 1, 'b': 2}",
        "'a' in {os.environ['A']: 1}",
    ],
)  # fmt: skip
def test_nothing_is_said_of_its_value(value: str) -> None:
    for way in followed(f"import os, options\nr = {value}\n").ways:
        with pytest.raises(ValueError, match=r"."):
            plain(way.names["r"])


def test_a_key_that_may_be_there_is_not_missing() -> None:
    program = followed("import options\ntable = {'a': 1, 'b': 2}\nr = table[options.KIND]\n")
    assert not program.faults


def test_what_the_program_has_set_in_the_environment_is_known() -> None:
    program = followed("import os\nos.environ['UNITS'] = '8'\nr = int(os.environ['UNITS'])\n")
    assert [plain(way.names["r"]) for way in program.ways] == [8]


def test_classes_and_modules_are_there() -> None:
    program = followed(
        "from blocks import Attention\nimport options\nr = [1 if Attention else 2, 1 if options else 2]\n"
    )
    assert [plain(way.names["r"]) for way in program.ways] == [[1, 1]]
