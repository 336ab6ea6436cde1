"""`lstmlint verify` builds what was extracted with the installed Keras, and says where the two differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstmlint import verify
from lstmlint.cli import main

PROGRAM = """
import keras
from keras import layers

print(open("secret").read())  # the program is never run
model = keras.Sequential([keras.Input((10, 8)), layers.Bidirectional(layers.LSTM(4, return_sequences=True)), layers.GRU(3), layers.Dense(2)])
x = keras.Input((6, 5), name="left")
z = keras.Input((5,), name="right")
h = layers.RNN([layers.LSTMCell(4), layers.GRUCell(7)])(x)
h = layers.Concatenate()([h, layers.Dense(3, activation="relu", trainable=False)(z)])
functional = keras.Model([x, z], [layers.Dense(1)(h), h + 1.0])
nested = keras.Sequential([keras.Input((6, 5)), layers.TimeDistributed(layers.Dense(3)), layers.Flatten(), layers.Dense(2)])
"""

OPEN = """
import sys
import keras
model = keras.Sequential([keras.Input((10, 8)), keras.layers.LSTM(int(sys.argv[1]))])
"""


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "model.py"
    path.write_text(PROGRAM)
    return str(path)


@pytest.mark.keras
def test_models_that_keras_builds_the_same_way_agree(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", program]) == 0
    said = capsys.readouterr().out
    assert said.count("agrees with Keras") == 3
    assert "3 agree, 0 disagree, 0 were not rebuilt." in said


@pytest.mark.keras
def test_a_difference_is_reported_and_ends_with_1(
    program: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = verify._ask

    def differently(recipes: list[dict[str, object]]) -> list[dict[str, object]]:
        sequential = recipes[0]["model"]
        assert isinstance(sequential, dict)
        sequential["layers"][-1]["arguments"]["units"] = 5  # Keras builds another model than the one that was extracted
        return ask(recipes)

    monkeypatch.setattr(verify, "_ask", differently)
    assert main(["verify", program]) == 1
    said = capsys.readouterr().out
    assert "dense (Dense): returns (None, 2), in Keras (None, 5)" in said
    assert "2 agree, 1 disagree" in said


def test_without_keras_it_says_what_to_install(
    program: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify.importlib.util, "find_spec", lambda name: None)
    assert main(["verify", program]) == 2
    assert "pip install 'lstmlint[keras]'" in capsys.readouterr().err


def test_what_is_not_all_known_is_not_rebuilt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "open.py"
    path.write_text(OPEN)
    monkeypatch.setattr(verify, "keras_is_installed", lambda: True)
    monkeypatch.setattr(verify, "_ask", lambda recipes: pytest.fail("nothing is to be rebuilt"))
    assert main(["verify", str(path)]) == 0
    assert "was not rebuilt: " in capsys.readouterr().out
