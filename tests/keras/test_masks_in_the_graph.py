"""Keras 3 calculates masks by operations, which are nodes of a model's graph: they decide how deep a layer stands, and what can be cut out."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from lstmlint.source import Source
from lstmlint.syntax import parse
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
from keras.layers import *
a, b, tokens = keras.Input((6, 3), name="a"), keras.Input((6, 3), name="b"), keras.Input((6,), name="tokens")
masked, words = Masking(-1.0, name="masking")(b), Embedding(9, 3, mask_zero=True, name="words")(tokens)
beside = Dense(4)(Flatten()(MaxPooling1D(2)(Conv1D(4, 3)(Lambda(lambda t: t * 2)(a)))))
class Own(Layer):
    def call(self, x, mask=None):
        return x[:, 0]
"""
BRANCHES = {
    "LSTM": "LSTM(4)(masked)",
    "LSTM over words": "LSTM(4)(words)",
    "two LSTMs": "Dense(4)(LSTM(4)(LSTM(4, return_sequences=True)(masked)))",
    "LSTM with its states": "LSTM(4)(*LSTM(4, return_sequences=True, return_state=True)(masked)[:1])",
    "Bidirectional": "Dense(4)(Bidirectional(LSTM(4))(masked))",
    "RNN": "Dense(4)(RNN(GRUCell(4))(masked))",
    "TimeDistributed": "LSTM(4)(TimeDistributed(Dense(2))(masked))",
    "BatchNormalization": "LSTM(4)(BatchNormalization()(masked))",
    "GlobalAveragePooling1D": "Dense(4)(GlobalAveragePooling1D()(masked))",
    "Dropout between": "LSTM(4)(Dropout(0.2)(masked))",
    "Dropout after words": "Dense(4)(LSTM(4)(SpatialDropout1D(0.2)(words)))",
    "Dense, which takes none": "GlobalMaxPooling1D()(Dense(4)(masked))",
    "LayerNormalization": "Flatten()(LayerNormalization()(masked))",
    "Attention": "Flatten()(Attention()([masked, masked]))",
    "a mask by hand": "LSTM(4)(b, mask=keras.ops.any(b > 0, axis=-1))",
    "another mask by hand": "LSTM(4)(masked, mask=keras.ops.any(b > 0, axis=-1))",
    "no mask by hand": "LSTM(4)(masked, mask=None)",
    "a flag beside it": "LSTM(4)(masked, training=True)",
    "by name": "LSTM(4)(sequences=masked)",
    "a state beside it": "GRU(3)(masked, initial_state=a[:, 0])",
    "Lambda": "Flatten()(Lambda(lambda t: t + 1)(masked))",
    "Softmax": "Flatten()(Softmax()(Masking(name='again')(masked)))",
    "a Sequential": "keras.Sequential([LSTM(4), Dense(2)])(masked)",
    "a model": "keras.Model(a, LSTM(4)(a))(masked)",
    "a model with a mask of its own": "LSTM(4)(keras.Model(a, LSTM(3, return_sequences=True)(Masking()(a)))(b))",
    "a layer of the user's own": "Own()(masked)",
}
CUTS = {
    "behind words": "keras.Model(words, LSTM(4)(words))",
    "behind Masking": "keras.Model(masked, LSTM(4)(masked))",
    "between two LSTMs": "keras.Model(s := LSTM(4, return_sequences=True)(masked), LSTM(4)(s))",
    "behind the last LSTM": "keras.Model(s := LSTM(4)(masked), Dense(4)(s))",
    "where no mask is taken": "keras.Model(masked, Dense(4)(masked))",
    "in a Sequential": "keras.Model((m := keras.Sequential([Input((6,)), Embedding(9, 3, mask_zero=True), LSTM(4)])).layers[0].output, m.layers[-1].output)",
    "in a Sequential without masks": "keras.Model((m := keras.Sequential([Input((6,)), Embedding(9, 3), LSTM(4)])).layers[0].output, m.layers[-1].output)",
    "before it": "keras.Model(b, LSTM(4)(masked))",
}


@pytest.mark.keras
@pytest.mark.parametrize("branch", BRANCHES)
def test_layers_stand_in_keras_order(branch: str) -> None:
    program = (
        f"{HEAD}x = {BRANCHES[branch]}\nmodel = keras.Model([a, b, tokens], [Concatenate()([beside, x]), tokens, b])\n"
    )
    answer = oracle.ask(program)
    assert answer.raised is None, answer.message
    made = follow(parse(Source("a.py", program))).ways[0].names["model"]
    assert made.incomplete is None
    assert [layer.name for layer in made.layers] == [layer["name"] for layer in answer.models["model"]["layers"]]


@pytest.mark.keras
@pytest.mark.parametrize("cut", CUTS)
def test_what_needs_a_mask_needs_what_the_mask_is_made_of(cut: str) -> None:
    program = f"{HEAD}cut = {CUTS[cut]}\n"
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    assert errors == (["API010"] if oracle.ask(program).raised else [])
