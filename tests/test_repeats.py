"""Which ways repeat what others show, and that a fix is proved on those that don't."""

from __future__ import annotations

import pytest

from lstmlint import proofs
from lstmlint.repeats import turns_that_show_nothing
from lstmlint.runner import Options, check_bytes, follow_bytes

BEGINNING = """
import sys
import keras
model = keras.Sequential()
model.add(keras.layers.Embedding(100, 8, input_length=10))
"""
SHOWING_NOTHING = [
    "best = 0\nif sys.argv[1]:\n    best = 1\n",
    "rows = []\nif sys.argv[1]:\n    rows.append(2)\nelse:\n    rows.append(3)\n",
]
SHOWING_SOMETHING = [
    "if sys.argv[1]:\n    model.add(keras.layers.LSTM(3))\n",
    "units = 3\nif sys.argv[1]:\n    units = 5\nmodel.add(keras.layers.LSTM(units))\n",
    "loss = 'mse'\nif sys.argv[1]:\n    loss = 'mae'\nmodel.compile(loss=loss)\n",
    "rate = 0.1\nif sys.argv[1]:\n    rate = 0.2\nmodel.compile(keras.optimizers.Adam(rate))\n",
    "if sys.argv[1]:\n    keras.utils.set_random_seed(2)\nelse:\n    keras.utils.set_random_seed(3)\n",
]
WITHIN = "if sys.argv[1]:\n    mode = 1\nelse:\n    mode = 2\n    if sys.argv[2]:\n        mode = 3\n    else:\n        model.add(keras.layers.LSTM(3))\n"


def _turns(program: str) -> int:
    followed = follow_bytes((BEGINNING + program).encode(), "model.py")
    assert len(followed.ways) > 1
    return len(turns_that_show_nothing(followed))


@pytest.mark.parametrize("program", SHOWING_NOTHING)
def test_a_way_with_the_same_models_and_calls_shows_nothing(program: str) -> None:
    assert _turns(program) == 1


@pytest.mark.parametrize("program", SHOWING_SOMETHING)
def test_a_way_with_another_model_call_or_shape_shows_something(program: str) -> None:
    assert _turns(program) == 0


def test_a_way_from_which_another_leaves_that_shows_something_is_needed() -> None:
    assert _turns(WITHIN) == 0


@pytest.mark.parametrize("program", [*SHOWING_NOTHING, *SHOWING_SOMETHING, WITHIN])
def test_a_fix_is_proved_without_the_ways_that_show_nothing(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[int] = []
    examine = proofs.examine

    def counted(*args):  # type: ignore[no-untyped-def]
        result = examine(*args)
        followed.append(len(result.program.ways))
        return result

    monkeypatch.setattr(proofs, "examine", counted)
    result = check_bytes((BEGINNING + program).encode(), "model.py", Options())
    assert [finding.fix is not None for finding in result.findings if finding.code == "MIG010"] == [True]
    assert followed == [len(result.program.ways) - _turns(program)]


def test_a_fix_is_not_blamed_for_what_is_wrong_on_a_way_that_was_not_seen_before() -> None:
    program = "import sys\nfrom keras import Input, Sequential\nfrom keras.layers import LSTM, Dense\n"
    program += "".join(f"if sys.argv[{i}] == 'a':\n    Dense({i + 1})\n" for i in range(14))
    program += "if sys.argv[20] == 'b':\n    Dense(5)\nelse:\n    Dense(-1)\n"
    program += "model = Sequential([Input((5, 3)), LSTM(4), LSTM(2)])\n"
    found = check_bytes(program.encode(), "model.py").findings
    assert [(f.code, f.fix is not None) for f in found] == [("RNN002", True)]
