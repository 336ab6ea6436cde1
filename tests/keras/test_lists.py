"""A list where a layer or an operator takes one tensor: what the installed Keras refuses, we refuse, and nothing else."""

from __future__ import annotations

import pytest

from lstmlint.keras.spec import LAYERS, layer
from lstmlint.runner import follow_bytes
from tests import oracle

LAYERS_OF_ONE = (
    "Embedding(9, 4)", "ReversibleEmbedding(9, 4)", "Masking()", "LayerNormalization()", "RMSNormalization()", "Normalization()", "CenterCrop(2, 2)",
    "CategoryEncoding(4)", "Discretization(bin_boundaries=[0.0, 1.0])", "Hashing(3)", "IntegerLookup(vocabulary=[1, 2])", "RNN(GRUCell(2))",
    "AdaptiveMaxPooling1D(2)", "AdaptiveAveragePooling2D(2)", "Reshape((-1,))", "EinsumDense('abc,cd->abd', output_shape=(None, 8))", "LSTM(2)", "Dense(2)",
    "PReLU()", "GroupNormalization(1)", "BatchNormalization()", "Dropout(0.1)", "Flatten()", "TimeDistributed(Dense(2))", "Bidirectional(LSTM(2))", "Softmax()",
    "Rescaling(2.0)", "Permute((2, 1))", "RepeatVector(2)", "ConvLSTM1D(2, 2)", "Conv1D(2, 2)", "MaxPooling1D(2)", "GlobalMaxPooling1D()", "ZeroPadding1D(1)",
    "UpSampling1D(2)", "Cropping1D(1)", "RandomFlip()", "RandomCrop(2, 2)", "SpectralNormalization(Dense(2))", "Attention()", "Activation('relu')",
)  # fmt: skip
LISTS = ("[x]", "[x, Input((6, 4))]", "LSTM(4, return_sequences=True, return_state=True)(x)")
OPERATIONS = (
    "x - [x, x]", "[x, x] - x", "x * (x, x)", "(x, x) + x", "x / [x]", "x - [1, 2, 3, 4]", "[[1.0, 2, 3, 4]] * x", "x - 1", "x @ [x, x]", "x - np.zeros((6, 4))",
    "Average()([x, [x, x]])", "Concatenate()([[x, x]])", "Dot(1)([x, [x, x]])", "Add()([x, x])",
    "[x] - [x]", "[x] * [x]", "[x] ** 2", "(x, x) / 2", "2 / [x]", "[x] % (x,)", "-[x]", "~(x, x)", "[x] * 2", "[x] + [x]", "(x,) + (x,)",
    "[x].shape", "(x, x).dtype", "[x][:, 0]", "(x, x)[..., 0]", "[x][0:1]", "[x][0]", "hasattr([x], 'shape')", "[x] == [x]",
    "[x, x].count(x)", "getattr([x], 'shape', None)",
)  # fmt: skip
HEAD = "import numpy as np\nfrom keras.layers import *\nx = Input((6, 4))\n"


def refused(program: str) -> bool:
    """Do we say that Keras raises?"""
    return any(fault.raises for fault in follow_bytes(program.encode(), "model.py").faults)


@pytest.mark.keras
@pytest.mark.parametrize("given", LISTS)
def test_layers_take_lists_as_keras_does(given: str) -> None:
    programs = [f"{HEAD}y = {made}({given})\n" for made in LAYERS_OF_ONE]
    assert {p: refused(p) for p in programs} == {p: oracle.ask(p).raised is not None for p in programs}


@pytest.mark.keras
@pytest.mark.parametrize("model", ["Sequential([enc, {}])", "Sequential([Input((6, 4)), enc, Dropout(0.1), {}])"])
def test_layers_behind_a_model_with_a_list_of_outputs(model: str) -> None:
    enc = "from keras import Model, Sequential\nenc = Model(x, [Dense(4)(x)])\n"
    programs = [f"{HEAD}{enc}m = {model.format(made)}\n" for made in LAYERS_OF_ONE]
    assert {p: refused(p) for p in programs} == {p: oracle.ask(p).raised is not None for p in programs}


@pytest.mark.keras
def test_operations_take_lists_as_keras_does() -> None:
    """Whatever is refused raises; a few rare operations raise that are not known to."""
    names = oracle.ask("import keras\nprint(*dir(keras.ops))").stdout.split()
    programs = [
        f"{HEAD}import keras\ny = keras.ops.{n}({given})\n"
        for n in names
        if n[0] != "_"
        for given in ("[x]", "(x, x)", "[x, [x]]")
    ]
    ours = [program for program in programs if refused(program)]
    assert len(ours) > 300
    assert [program for program in ours if oracle.ask(program).raised is None] == []


@pytest.mark.keras
@pytest.mark.parametrize(
    "body",
    [
        "keras.ops.abs(both)",
        "keras.ops.sum(both, axis=0)",
        "both - both",
        "both.shape",
        "both[:, 0]",
        "keras.ops.stack(both)",
    ],
)
def test_lists_in_a_call(body: str) -> None:
    """There Keras gives TensorFlow's tensors, of which its operations take lists; Python's lists are what they are."""
    made = f"class Both(keras.layers.Layer):\n    def call(self, both):\n        return {body}\n"
    program = f"{HEAD}import keras\n{made}y = Both()([x, x])\n"
    assert refused(program) is (oracle.ask(program).raised is not None)


@pytest.mark.keras
def test_operators_take_lists_as_keras_does() -> None:
    programs = [f"{HEAD}y = {operation}\n" for operation in OPERATIONS]
    assert {p: refused(p) for p in programs} == {p: oracle.ask(p).raised is not None for p in programs}


def test_keras_2_takes_a_list_of_one() -> None:
    program = b"from keras.layers import Dense, Input\ny = Dense(2)([Input((6, 4))])\n"
    assert any(fault.raises for fault in follow_bytes(program, "model.py").faults)
    assert not follow_bytes(program, "model.py", keras_major=2).faults


def test_a_layer_is_known_once() -> None:
    with pytest.raises(ValueError, match="known twice"):
        layer("keras.layers.Dense")(LAYERS["keras.layers.Dense"].run)
