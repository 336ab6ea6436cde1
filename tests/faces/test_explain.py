"""explain: the founding question answered with the user's own numbers, and every kind of layer in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lstmlint.cli import main
from lstmlint.explain.subject import EXPLAINERS
from lstmlint.keras.spec import find_layer

HEAD = "import keras\nfrom keras import layers\n"


def explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], layer: str, shape: str = "(10, 64)", line: str = ""
) -> str:
    (tmp_path / "m.py").write_text(f"{HEAD}timesteps = 10\nx = keras.Input({shape})\ny = {layer}(x)\n")
    assert main(["explain", f"{tmp_path / 'm.py'}{line}"]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_founding_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(tmp_path, capsys, "layers.LSTM(32)", "(timesteps, 64)", ":5")
    for said in (
        "It reads 10 (`timesteps`) timesteps, one after the other; each step is a row of 64 features.",
        "32 units are the width of its hidden state h, which is what it hands on: not the number of timesteps.",
        "The number of timesteps (10) is in no weight",
        "With return_sequences=True all of them would: (None, 10, 32).",
        "kernel (64, 128) 8192",
        "recurrent_kernel (32, 128) 4096",
        "= 4 * (32 * (64 + 32) + 32) = 12416 parameters",
    ):
        assert said in text


def test_the_steps_change_no_parameter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for steps in (13, 100, None):
        assert "= 640 parameters" in explained(tmp_path, capsys, "layers.LSTM(10)", f"({steps}, 5)")


@pytest.mark.parametrize("units", [1, 7])
@pytest.mark.parametrize(
    "layer", ["LSTM({u})", "GRU({u})", "GRU({u}, reset_after=False)", "SimpleRNN({u})", "Dense({u})", "Conv1D({u}, 3)"]
)
def test_the_formula_gives_what_the_weights_add_up_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], layer: str, units: int
) -> None:
    text = explained(tmp_path, capsys, f"layers.{layer.format(u=units)}", "(6, 4)")
    sums, formula, total = re.search(r"Together ([\d +]+) = ([\d +*()]+) = (\d+) parameters", text).groups()  # type: ignore[union-attr]
    assert eval(sums) == eval(formula) == int(total)


def test_the_drawing_shows_which_states_come_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "h[1]" not in explained(tmp_path, capsys, "layers.LSTM(3)")
    text = explained(tmp_path, capsys, "layers.LSTM(3, return_sequences=True)", "(3, 2)")
    assert "x[1] x[2] x[3]" in text
    assert "h[1] h[2] h[3]" in text
    assert "x[1]" not in explained(tmp_path, capsys, "layers.LSTM(3)", "(0, 2)")


USES = {
    "LSTM(4)": "(5, 3)", "GRU(4, go_backwards=True)": "(5, 3)", "SimpleRNN(4, return_state=True)": "(5, 3)", "Bidirectional(layers.GRU(4))": "(5, 3)",
    "ConvLSTM2D(2, 3)": "(4, 9, 9, 1)", "Dense(3)": "(5, 3)", "Embedding(50, 4, mask_zero=True)": "(7,)", "TimeDistributed(layers.Dense(2))": "(5, 3)",
    "Conv1D(4, 3)": "(9, 2)", "Conv2D(4, (3, 3), strides=2, padding='same')": "(9, 9, 2)", "Conv1DTranspose(4, 3)": "(9, 2)", "DepthwiseConv2D(3)": "(9, 9, 2)",
    "MaxPooling1D(2)": "(9, 2)", "GlobalAveragePooling1D()": "(9, 2)", "UpSampling1D(2)": "(9, 2)", "Flatten()": "(5, 3)", "Reshape((15,))": "(5, 3)",
    "Permute((2, 1))": "(5, 3)", "RepeatVector(4)": "(3,)", "Dropout(0.2)": "(5, 3)", "BatchNormalization()": "(5, 3)", "LayerNormalization()": "(5, 3)",
    "Masking(0.0)": "(5, 3)", "Activation('softmax')": "(3,)", "ReLU()": "(3,)", "GaussianNoise(0.1)": "(3,)",
}  # fmt: skip


@pytest.mark.parametrize("layer", USES)
def test_every_kind_of_layer_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str], layer: str) -> None:
    text = explained(tmp_path, capsys, f"layers.{layer}", USES[layer])
    head, _, said = text.partition(") -> ")
    assert head.startswith("line 5: ")
    assert len(said.split()) > 10
    assert "?" not in said


def test_layers_with_several_inputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.py").write_text(
        HEAD + "a = keras.Input((5, 3))\nb = keras.Input((7, 3))\n"
        "c = layers.Concatenate(axis=1)([a, b])\nd = layers.Add()([a, a])\ne = layers.Attention()([a, b])\n"
        "f = layers.MultiHeadAttention(2, 4)(a, b)\ng = layers.Dot(axes=2)([a, b])\n"
    )
    assert main(["explain", str(tmp_path / "m.py")]) == 0
    text = " ".join(capsys.readouterr().out.split())
    for said in (
        "axis 1: 5 + 7 = 12",
        "sum of 2 inputs",
        "Each of the 5 steps of the query looks at all 7 steps",
        "2 heads",
        "sums over the chosen axes",
    ):
        assert said in text


@pytest.mark.parametrize(
    "layer", ["ConvLSTM1D", "ConvLSTM2D", "LSTM", "Dense", "Conv1D", "MaxPooling1D", "Embedding", "Softmax"]
)
def test_a_layer_of_which_little_is_known_takes_whatever_comes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], layer: str
) -> None:
    (tmp_path / "m.py").write_text(
        HEAD
        + f"import sys, numpy as np\nx = layers.{layer}(*sys.argv)(np.zeros(3))\ny = layers.{layer}(*sys.argv)(np.float32(1))\n"
    )
    assert main(["explain", str(tmp_path / "m.py")]) in (0, 1)
    assert "internal error" not in capsys.readouterr().err


def test_a_layer_that_refuses_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "It refuses (None, 3): it needs (batch, timesteps, features)" in explained(
        tmp_path, capsys, "layers.LSTM(2)", "(3,)"
    )


def test_only_layers_that_exist_are_explained() -> None:
    assert [name for name in EXPLAINERS if find_layer(name) is None] == []
