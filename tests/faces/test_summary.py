"""summary: a table that can be read, and drawings that say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lstmlint.cli import main

TWO_INPUTS = """import keras
from keras import layers
def build(n_steps, width=8):
    a = keras.Input((n_steps, 3), name="signal")
    b = keras.Input((5,), name="facts")
    shared = layers.Dense(width, name="shared")
    x = layers.LSTM(width, name="reads")(a)
    y = x * 2.0
    z = layers.Concatenate(name="joined")([y, shared(b)])
    return keras.Model([a, b], layers.Dense(1, name="answer")(z))
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.py").write_text(TWO_INPUTS + "m = build(20)\n")
    return "m.py"


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["summary", *words]) == 0
    return capsys.readouterr().out


def test_the_table_says_shapes_parameters_wiring_and_lines(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "m.py::build(20)")
    (row,) = re.findall(r"reads \(LSTM\) .*", text)
    assert row.split() == ["reads", "(LSTM)", "(None,", "8)", "384", "signal", "7"]
    assert "trained: " in text
    joined = text[text.index("joined") :].splitlines()
    assert joined[1].split() == ["shared"]


def test_symbols_are_named_and_gaps_are_listed_below(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("s.py").write_text(
        "import keras, numpy as np\nX = np.load('x.npy').reshape(-1, 5, 2)\n"
        "m = keras.Sequential([keras.Input((5, 2)), keras.layers.Dense(len(X))])\n"
    )
    text = shown(capsys, "s.py")
    assert "X.shape[0])" in text or "len(X))" in text
    assert "no numbers: " in text
    Path("g.py").write_text("import keras\nm = keras.models.load_model('x.keras')\n")
    assert "Not followed everywhere, g.py:\n  line 2: `load_model()` reads a file" in shown(capsys, "g.py")


def test_the_drawings_have_the_same_arrows(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    mermaid = shown(capsys, "m.py::build(20)", "--output-format", "mermaid")
    boxes = dict(re.findall(r'(m0_\d+)\["(\w+): ', mermaid))
    arrows = {(boxes[a], boxes[b]) for a, b in re.findall(r"(m0_\d+) --> (m0_\d+)", mermaid)}
    assert {("signal", "reads"), ("facts", "shared"), ("shared", "joined"), ("joined", "answer")} <= arrows
    dot = shown(capsys, "m.py::build(20)", "--output-format", "dot")
    assert len(re.findall(r" -> ", dot)) == len(arrows)
    assert dot.count("{") == dot.count("}")


def test_a_sequential_begins_with_its_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s.py").write_text(
        'import keras\nm = keras.Sequential([keras.Input((5, 2)), keras.layers.LSTM(3, name="a\\"b<c>")])\n'
    )
    mermaid = shown(capsys, str(tmp_path / "s.py"), "--output-format", "mermaid")
    assert 'm0_0["input<br/>(None, 5, 2)"]' in mermaid
    assert "a&quot;b&lt;c&gt;" in mermaid


def test_in_a_notebook_models_layers_and_gaps_say_their_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    cells = [
        "import keras\nfrom elsewhere import load\n",
        "x = load()\nm = keras.Sequential([keras.Input((x, 3)),\n keras.layers.LSTM(4)])",
    ]
    notebook = {
        "cells": [{"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None} for text in cells],
        "metadata": {}, "nbformat": 4, "nbformat_minor": 4,
    }  # fmt: skip
    (tmp_path / "m.ipynb").write_text(json.dumps(notebook))
    (told,) = json.loads(shown(capsys, "--output-format", "json", "m.ipynb"))["files"]
    (model,) = told["models"]
    assert (model["cell"], model["layers"][0]["cell"], model["layers"][0]["location"]["row"]) == (2, 2, 3)
    assert told["gaps"]
    assert {gap["cell"] for gap in told["gaps"]} <= {1, 2}


def test_a_gap_in_a_notebook_names_its_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = ["import keras, helpers\n", "model = keras.Sequential([keras.Input((3,)), helpers.layer()])"]
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [], "source": source}
    words = {"cell_type": "markdown", "metadata": {}, "source": ["A model"]}
    file = tmp_path / "model.ipynb"
    file.write_text(json.dumps({"cells": [words, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert "  cell 2, line 2: `helpers.layer()` is not known" in shown(capsys, str(file))


def test_a_layer_that_was_called_on_data_as_well_has_its_symbolic_shapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.py").write_text(
        "import keras, numpy as np\nfrom keras import layers\n"
        "decoder = keras.Sequential([layers.RepeatVector(5), layers.LSTM(3, return_sequences=True)])\n"
        "model = keras.Sequential([keras.Input((2,)), decoder])\nrebuilt = decoder(np.ones((6, 2)))\n"
    )
    text = shown(capsys, "d.py")
    assert "(None, 5, 3)" in text
    assert "(6, 5, 3)" not in text
    assert "[[6, 5, 3]]" not in shown(capsys, "d.py", "--output-format", "json")


def test_a_model_is_the_one_that_the_program_makes_not_that_of_a_function_which_nobody_calls(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "model.py"
    file.write_text(
        "import keras\nfrom keras import layers\n"
        "def built(n):\n    return keras.Sequential([keras.Input((4,))] + [layers.Dense(4) for _ in range(n)])\n"
        "def small():\n    return built(2)\ndef large():\n    return built(3)\nmodel = large()\n"
    )
    assert main(["summary", "--output-format", "json", str(file)]) == 0
    (model,) = json.loads(capsys.readouterr().out)["files"][0]["models"]
    assert model["total_params"] == 60
