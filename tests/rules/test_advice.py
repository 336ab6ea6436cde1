"""What a rule advises is there and helps: no name that Keras hasn't, nothing that the program does already."""

from __future__ import annotations

import pytest

from lstmlint.diagnostic import Diagnostic
from lstmlint.packs import load_pack
from lstmlint.runner import check_source

from .. import oracle

load_pack("lstmlint_rules")


def only(program: str, code: str) -> Diagnostic:
    """The one finding of a program, which is of this rule."""
    found = check_source(program)
    assert [finding.code for finding in found] == [code]
    return found[0]


@pytest.mark.parametrize(
    "statement, words, fixed",
    [
        ("from keras.layers.recurrent import LSTM", "Use keras.layers.", True),
        ("from keras.layers.recurrent import Recurrent", "not `Recurrent`, which Keras 3 doesn't have", False),
        ("from keras.layers.recurrent import LSTM, Recurrent", "Use keras.layers.", False),
        ("from keras.engine.topology import Layer", "Use keras.layers.", True),
        ("from keras.engine.topology import Container", "not `Container`", False),
        ("from keras.objectives import mse", "Use keras.losses.mean_squared_error.", False),
        ("from tensorflow.keras.objectives import mse", "Use tensorflow.keras.losses.", True),
        ("from keras.layers.rnn.lstm import LSTM", "Use keras.layers.", False),
        ("import keras.layers.recurrent as recurrent", "Use keras.layers.", False),
        ("from keras.utils.layer_utils import print_summary", "Use model.summary().", False),
    ],
)
def test_an_import_moves_only_to_where_its_names_are(statement: str, words: str, fixed: bool) -> None:
    finding = only(f"{statement}\n", "MIG003")
    assert words in finding.message
    assert (finding.fix is not None) is fixed


@pytest.mark.parametrize(
    "output, names",
    [("layer", "`dense`, ..."), ("keras.layers.Dense(1)", "`dense_1`, `dense_2`, `dense_3`, `dense_4`, ...")],
)
def test_of_many_outputs_a_few_are_named(output: str, names: str) -> None:
    program = f"""
import keras, numpy as np
x, layer = keras.Input((4,)), keras.layers.Dense(1)
model = keras.Model(x, [{output}(x) for _ in range(30)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 1))])
"""
    assert f"30 outputs ({names})" in only(program, "OUT019").message


def test_a_whole_number_for_momentum_is_said_to_be_one() -> None:
    finding = only("import keras\nkeras.optimizers.SGD(0.1, momentum=0)\n", "API009")
    assert finding.message.endswith("the integer 0 is none: write 0.0.")


@pytest.mark.parametrize("module", ["backend", "layers"])
def test_of_what_tensorflow_only_shows_it_is_said_where_it_is(module: str) -> None:
    name = {"backend": "clear_session, get_uid", "layers": "Dense"}[module]
    finding = only(f"from tensorflow.compat.v1.keras.{module} import {name}\n", "MIG003")
    assert finding.message.endswith("this import fails. Import it from tensorflow.keras.")


def test_a_layer_that_keras_does_not_have_is_no_class_to_be_called() -> None:
    program = "import keras\nmodel = keras.Sequential()\nmodel.add(keras.layers.{})\n"
    assert "has no layer `Lin`" in only(program.format("Lin"), "API012").message
    assert only(program.format("Dens"), "API012").message.endswith("Use keras.layers.Dense.")
    assert "Make one: LSTM(...)" in only(program.format("LSTM"), "API012").message


def test_a_window_of_one_step_is_not_to_be_turned_but_to_grow() -> None:
    program = (
        "import keras\nlook_back = {}\nmodel = keras.Sequential([keras.Input((1, look_back)), keras.layers.LSTM(4)])\n"
    )
    assert "make `look_back` larger" in only(program.format(1), "RNN004").message
    assert "give it the shape (batch, 3, 1)" in only(program.format(3), "RNN004").message


STATE = """
import numpy as np
from keras import Input, Model
from keras.layers import LSTM
x, s = Input((5, 3)), Input((1, 16))
model = Model([x, s], LSTM(16)(x, initial_state=[s, s]))
"""


@pytest.mark.parametrize(
    "use, severity",
    [
        ("", "warning"),
        ("def one(x, s):\n    return model.predict([x, s])\n", "warning"),
        ("model.predict([np.zeros((4, 5, 3)), np.zeros((4, 1, 16))], verbose=0)\n", "error"),
        ("model.predict([np.zeros((4, 5, 3)), np.zeros((4, 1, 16))], batch_size=1, verbose=0)\n", None),
        ("model.predict([np.zeros((1, 5, 3)), np.zeros((1, 1, 16))], verbose=0)\n", None),
        ("Model([x, s], model([x, s])).predict([np.zeros((1, 5, 3)), np.zeros((1, 1, 16))], verbose=0)\n", None),
    ],
)
@pytest.mark.keras
def test_a_state_with_an_axis_too_many_goes_with_a_batch_of_one(use: str, severity: str | None) -> None:
    found = check_source(STATE + use)
    assert [(f.code, f.severity.value) for f in found] == ([("RNN010", severity)] if severity else [])
    assert (oracle.ask(STATE + use).raised is not None) is (severity == "error")
    assert all("Reshape((16,))" in f.message for f in found)


@pytest.mark.keras
def test_states_of_two_directions_are_passed_on_one_by_one() -> None:
    program = """
import numpy as np
from keras import Input, Model
from keras.layers import LSTM, Bidirectional, Concatenate
x = Input((5, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = Bidirectional(LSTM(8))(x, initial_state=[Concatenate()([fh, bh]), Concatenate()([fc, bc])])
Model(x, y).predict(np.zeros((2, 5, 3)), verbose=0)
"""
    assert "one by one, without Concatenate" in only(program, "RNN011").message
    followed = program.replace("[Concatenate()([fh, bh]), Concatenate()([fc, bc])]", "[fh, fc, bh, bc]")
    assert check_source(followed) == []
    assert oracle.ask(followed).raised is None


HEAD = """
import numpy as np
import keras
from keras.layers import LSTM, Bidirectional, ConvLSTM1D, ConvLSTM2D, Dense, Embedding
"""


@pytest.mark.parametrize(
    "layer, shape, words",
    [
        ("Bidirectional(ConvLSTM2D(4, 3))", (64, 64, 1), "needs 5 axes but gets (None, 64, 64, 1). Each sample is a series of frames, (timesteps, rows, columns, channels)."),
        ("Bidirectional(ConvLSTM1D(4, 3))", (64, 1), "needs 4 axes but gets (None, 64, 1). Each sample is a series of frames, (timesteps, rows, channels)."),
        ("ConvLSTM2D(4, 3)", (64, 64, 1), "needs 5 axes but gets (None, 64, 64, 1). Each sample is a series of frames"),
        ("Bidirectional(LSTM(4))", (5,), "needs (batch, timesteps, features) but gets (None, 5). Each sample needs two axes"),
    ],
)  # fmt: skip
@pytest.mark.keras
def test_a_wrapper_needs_the_axes_of_what_it_wraps(layer: str, shape: tuple[int, ...], words: str) -> None:
    program = f"{HEAD}{layer}(keras.Input({shape}))\n"
    assert words in only(program, "SHP001").message
    assert oracle.ask(program).raised == "ValueError"


ONE_HOT = """
seqs = np.random.randint(0, 30, (40, 12))
X = {}
model = keras.Sequential([Embedding(30, 8), LSTM(16), Dense(1)])
model.compile("adam", "mse")
model.fit(X, np.zeros(40), verbose=0)
"""


@pytest.mark.keras
def test_an_embedding_takes_ids_and_not_their_one_hot_rows() -> None:
    program = HEAD + ONE_HOT.format("keras.utils.to_categorical(seqs, num_classes=30)")
    assert (
        "An Embedding takes ids, (batch, timesteps), and gets one-hot rows, (None, 12, 30)"
        in only(program, "SHP001").message
    )
    followed = HEAD + ONE_HOT.format("seqs")
    assert check_source(followed) == []
    assert oracle.ask(followed).raised is None
    documents = HEAD + ONE_HOT.format("np.random.randint(0, 30, (40, 12, 7))")
    assert "TimeDistributed" in only(documents, "SHP001").message
    declared = "keras.Sequential([keras.Input((12, {})), Embedding(30, 8), LSTM(16)])\n"
    assert "An Embedding takes ids" in only(HEAD + declared.format(30), "SHP001").message
    assert "TimeDistributed" in only(HEAD + declared.format(7), "SHP001").message


TEXTS = """
import numpy as np
import tensorflow as tf
import keras
from sklearn.preprocessing import LabelEncoder
from keras.layers import LSTM, Dense, Embedding, TextVectorization
texts = ["the cat sat", "the dog ate", "a bird"]
labels = ["pet", "pet", "bird"]
vec = TextVectorization(max_tokens=100, output_sequence_length=10)
vec.adapt(texts)
model = keras.Sequential([vec, Embedding(100, 16), LSTM(8), Dense(1)])
model.compile("adam", "mse")
model.fit({}, {}, verbose=0)
"""


@pytest.mark.keras
def test_a_list_of_strings_becomes_what_keras_takes() -> None:
    numbers = "np.array([0, 0, 1])"
    assert (
        "tf.constant(texts) or np.array(texts, dtype=object)" in only(TEXTS.format("texts", numbers), "DAT007").message
    )
    words = "LabelEncoder().fit_transform(labels)"
    assert words in only(TEXTS.format("tf.constant(texts)", "labels"), "DAT007").message
    for x, y in (("tf.constant(texts)", numbers), ("np.array(texts, dtype=object)", words)):
        assert check_source(TEXTS.format(x, y)) == []
        assert oracle.ask(TEXTS.format(x, y)).raised is None
    numeric = TEXTS.replace("[vec, ", "[").format("texts", numbers)
    assert "TextVectorization" in only(numeric, "DAT007").message


TRAINED = """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((1,)), Dense(1)])
model.compile("adam", "mse")
x, y, X, Y = [1.0, 2.0], [1.0, 2.0], np.zeros((2, 1)), np.zeros((2, 1))
model.fit({}, verbose=0)
"""


@pytest.mark.parametrize(
    "given, code, words",
    [
        ("(x, y)", "DAT007", "give both by themselves: np.array(x), np.array(y)."),
        ("[x, y]", "DAT007", "give both by themselves: np.array(x), np.array(y)."),
        ("x, y", "DAT007", "Wrap it: np.array(x)."),
        ("X, Y, validation_data=X", "DAT009", "`validation_data` holds no targets"),
        ("X, Y, validation_data=(Y,)", "DAT009", "Write validation_data=(x, y)"),
        ("X", "DAT009", "`fit` gets no targets"),
    ],
)
@pytest.mark.keras
def test_where_targets_belong(given: str, code: str, words: str) -> None:
    assert words in only(TRAINED.format(given), code).message
    assert oracle.ask(TRAINED.format(given)).raised is not None


SPLIT = """
import keras
import numpy as np
from keras.layers import Dense
from sklearn.model_selection import train_test_split
X, y = np.zeros((40, 3)), np.zeros((40, 1))
{} = train_test_split(X, y)
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.{}
"""


@pytest.mark.parametrize(
    "names, use, words",
    [
        ("X_train, y_train, X_test, y_test", "fit(X_train, y_train)", "Write X_train, X_test, y_train, y_test = train_test_split(X, y)."),
        ("X_train, X_test, y_train, y_test", "fit(X_train, y_test)", "Give the training part of both."),
        ("X_train, X_test, y_train, y_test", "evaluate(X_test, y_train)", "Give the test part of both."),
        ("X_train, X_test, y_train, y_test", "fit(X_train[1:], y_train)", "cut the longer one"),
    ],
)  # fmt: skip
@pytest.mark.keras
def test_parts_of_a_split_that_differ_in_their_rows(names: str, use: str, words: str) -> None:
    program = SPLIT.format(names, use)
    assert words in only(program, "DAT006").message
    assert oracle.ask(program).raised is not None


@pytest.mark.parametrize("rows", ["seqs", "[np.array(s) for s in seqs]", "[np.random.rand(n) for n in (3, 2, 4)]"])
@pytest.mark.keras
def test_rows_of_different_length_are_padded(rows: str) -> None:
    program = """
import numpy as np
import keras
from keras.layers import LSTM, Dense, Masking
seqs = [[0.1, 0.2, 0.3], [0.4, 0.5], [0.6, 0.7, 0.8, 0.9]]
X = {}
model = keras.Sequential([keras.Input((None, 1)), Masking(), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(X, np.array([1.0, 2.0, 3.0]), verbose=0)
"""
    objects = program.format(f"np.array({rows}, dtype=object)")
    assert 'pad_sequences(..., dtype="float32"), and let a Masking layer' in only(objects, "DAT011").message
    followed = program.format(f"keras.utils.pad_sequences({rows}, dtype='float32', padding='post')[..., None]")
    assert check_source(followed) == []
    assert oracle.ask(followed).raised is None
    assert "astype" in only(program.format("np.array([[1, 2], [3, 4], [5, 6]], dtype=object)"), "DAT011").message


@pytest.mark.keras
def test_labels_from_one_are_the_mistake_and_not_the_units_of_the_last_layer() -> None:
    program = """
import numpy as np
import keras
stars = np.array([1, 2, 3, 4, 5, 1, 2, 5])
y = keras.utils.to_categorical({})
model = keras.Sequential([keras.Input((12,)), keras.layers.Dense({}, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((8, 12)), y, verbose=0)
"""
    assert "subtract 1 from them on line 5" in only(program.format("stars", 5), "OUT010").message
    assert "Subtract 1" in only(program.format("stars", 6), "MSK007").message
    assert "line 5, and give the last layer 5 units." in only(program.format("stars", 3), "OUT010").message
    without = program.replace("{})", "stars)[:, 1:]", 1)
    assert "5 units" in only(without.format(6), "OUT010").message
    assert check_source(without.format(5)) == []
    assert oracle.ask(program.format("stars", 5)).raised is not None
    assert check_source(program.format("stars - 1", 5)) == []
    assert oracle.ask(program.format("stars - 1", 5)).raised is None


SEQUENTIAL = """
import numpy as np
import keras
from keras.layers import LSTM
model = keras.Sequential([{}LSTM(8, return_sequences=True), LSTM(4)])
{}
inner = keras.Model({}, model.layers[0].output)
"""


@pytest.mark.parametrize(
    "first, then, words",
    [
        ("keras.Input((10, 3)), ", "", "Use `model.inputs`, a list."),
        ("keras.Input((10, 3)), ", "model.compile('adam', 'mse'); model.fit(np.zeros((2, 10, 3)), np.zeros((2, 4)), verbose=0)", "Use `model.inputs`"),
        ("", "model(np.zeros((2, 10, 3)))", "Use `model.inputs`"),
        ("", "", "Begin the model with an Input, and use `model.inputs`"),
    ],
)  # fmt: skip
@pytest.mark.keras
def test_what_a_sequential_has_is_inputs(first: str, then: str, words: str) -> None:
    asked = SEQUENTIAL.format(first, then, "model.input")
    message = only(asked, "API009").message
    assert words in message
    assert "never been called" not in message
    assert oracle.ask(asked).raised == "AttributeError"
    followed = SEQUENTIAL.format(first or ("" if then else "keras.Input((10, 3)), "), then, "model.inputs")
    assert check_source(followed) == []
    assert oracle.ask(followed).raised is None


@pytest.mark.parametrize(
    "call, words, fixed",
    [
        ("super().__init__(self)", "Write super().__init__().", "super().__init__()"),
        ("super(Net, self).__init__(self)", "Write super(Net, self).__init__().", "super(Net, self).__init__()"),
        ("super().__init__(self, name='net')", "Leave self out.", "super().__init__(name='net')"),
        ("super().__init__(4)", "refuses one argument alone", None),
    ],
)
def test_self_is_passed_on_by_itself(call: str, words: str, fixed: str | None) -> None:
    program = f"import keras\nclass Net(keras.Model):\n    def __init__(self):\n        {call}\nNet()\n"
    finding = only(program, "API009")
    assert words in finding.message
    edits = finding.fix.edits if finding.fix is not None else ()
    assert [(edit.content, edit.span.row) for edit in edits] == ([("", 4)] if fixed else [])
    if fixed:
        assert check_source(program.replace(call, fixed)) == []


def test_what_follows_from_a_refused_call_is_no_second_mistake() -> None:
    program = """
import numpy as np
import tensorflow as tf
import keras
from keras.layers import LSTM, Dense
x = keras.Input((20, 3))
h = {}
model = keras.Model(x, Dense(2)(LSTM(16)(h)))
"""
    assert only(program.format("tf.squeeze(keras.layers.Conv1D(3, 1)(tf.expand_dims(x, -1)), axis=2)"), "API002")
    assert "must be KerasTensors" in only(program.format("np.zeros((4, 20, 3))"), "API009").message


@pytest.mark.keras
def test_ctc_loss_takes_other_lengths_than_ctc_batch_cost() -> None:
    program = """
import numpy as np
import tensorflow as tf
import keras
from keras import backend as K
labels, outputs = np.array([[1, 2, 3], [3, 1, 2]]), keras.ops.softmax(keras.random.normal((2, 9, 5)))
columns, rows = (np.full((2, 1), 9), np.full((2, 1), 3)), (np.full(2, 9), np.full(2, 3))
old = tf.keras.backend.ctc_batch_cost(labels.astype("float32"), outputs, *columns)
logits = keras.ops.log(outputs)
new = keras.ops.ctc_loss(labels.astype("int32"), logits, rows[1], rows[0], mask_index=4)
assert np.allclose(old[:, 0], new, rtol=1e-3)
{}
"""
    assert oracle.ask(program.format("")).raised is None
    message = only(program.format("K.ctc_batch_cost(labels, outputs, *columns)"), "MIG008").message
    assert "ctc_loss(labels, logits, label_length, input_length, mask_index=...)" in message
    assert "lengths of shape (batch,)" in message


@pytest.mark.keras
def test_the_layout_of_keras_1_is_set_all_the_same() -> None:
    program = """
import keras
from keras import backend as K
{}
model = keras.Sequential([keras.Input((3, 64, 64)), keras.layers.Conv2D(32, 3), keras.layers.MaxPooling2D(), keras.layers.Conv2D(32, 3)])
"""
    assert oracle.ask(program.format('K.set_image_data_format("channels_first")')).raised is None
    message = only(program.format('K.set_image_dim_ordering("th")'), "MIG008").message
    assert message.endswith(
        'Use keras.backend.set_image_data_format, with "channels_first" for "th" and "channels_last" for "tf".'
    )


COUNTS = {
    "LSTM": {1: "error", 2: None, 3: "error"},
    "GRU": {1: None, 2: "warning"},
    "SimpleRNN": {1: None, 2: "error"},
    "LSTM, unroll=True": {1: "error", 2: None, 3: "warning"},
    "SimpleRNN, unroll=True": {1: None, 2: "warning"},
    "Bidirectional LSTM": {1: "error", 2: "error", 3: "error", 4: None, 5: "error"},
    "Bidirectional GRU": {1: "error", 2: None, 3: "warning"},
    "Bidirectional SimpleRNN": {1: "error", 2: None, 3: "error"},
}


@pytest.mark.parametrize("layer, count, severity", [(k, n, v) for k, found in COUNTS.items() for n, v in found.items()])
@pytest.mark.keras
def test_a_wrong_number_of_states_raises_or_is_ignored(layer: str, count: int, severity: str | None) -> None:
    name, _, option = layer.removeprefix("Bidirectional ").partition(", ")
    made = f"{name}(8, {option})"
    program = f"""
import numpy as np
from keras import Input, Model
from keras.layers import LSTM, GRU, SimpleRNN, Bidirectional
x, states = Input((5, 3)), [Input((8,)) for _ in range({count})]
y = {f"Bidirectional({made})" if layer.startswith("Bidirectional") else made}(x, initial_state=states)
Model([x, *states], y).predict([np.zeros((2, 5, 3)), *[np.zeros((2, 8))] * {count}], verbose=0)
"""
    assert [(f.code, f.severity.value) for f in check_source(program)] == ([("RNN011", severity)] if severity else [])
    assert (oracle.ask(program).raised is not None) is (severity == "error")


@pytest.mark.keras
def test_a_metric_that_wants_a_column_gets_one() -> None:
    program = (
        "import keras\nimport numpy as np\nmodel = keras.Sequential([keras.Input((5,)), keras.layers.Dense(1, 'sigmoid')])\n"
        "model.compile('adam', 'binary_crossentropy', metrics=['binary_crossentropy'])\n"
        "x, y = np.zeros((25, 5)), np.zeros(25)\nmodel.fit(x, {}, verbose=0)\n"
    )
    assert oracle.ask(program.format("y")).raised == "ValueError"
    assert only(program.format("y"), "OUT017").message.endswith("labels.reshape(-1, 1).")
    assert oracle.ask(program.format("y.reshape(-1, 1)")).raised is None
    assert check_source(program.format("y.reshape(-1, 1)")) == []


@pytest.mark.parametrize(
    ("long", "short", "words"),
    [
        ("LSTM(8, return_sequences=True)(a)", "Dense(8)(b)", "Leave return_sequences=True out of the LSTM on line 4, or repeat the vector by RepeatVector(10)."),
        ("Dense(8)(a)", "Dense(8)(b)", "Take the larger one's axes away, by Flatten or pooling, or repeat the vector by RepeatVector(10)."),
        ("keras.Input((8, 8, 3))", "LSTM(8, return_sequences=True)(a)", "by Flatten or pooling, or give the smaller one the axes that it lacks, by Reshape."),
    ],
)  # fmt: skip
def test_what_differs_in_rank_gets_other_axes_and_no_other_sizes(long: str, short: str, words: str) -> None:
    program = f"""import keras
from keras.layers import Concatenate, Dense, LSTM
a, b = keras.Input((10, 2)), keras.Input((5,))
y = Concatenate()([{long}, {short}])
"""
    assert only(program, "SHP027").message.endswith(words)


def test_a_model_that_begins_with_strings_gets_strings() -> None:
    program = """import tensorflow as tf
import tensorflow_hub as hub
text = tf.keras.layers.Input(shape=(), dtype=tf.string, name="text")
model = tf.keras.Model(inputs=[text], outputs=[hub.KerasLayer("path")(text)])
reviews = ["what a film", "never again"]
model.predict(reviews)
"""
    assert only(program, "DAT007").message.endswith(
        "Give it as tf.constant(reviews) or np.array(reviews, dtype=object)."
    )


def test_a_module_that_is_gone_is_told_once_in_a_call() -> None:
    program = "import keras\nlayer = keras.layers.experimental.preprocessing.TextVectorization(max_tokens=3)\n"
    assert "`keras.layers.experimental" in only(program, "MIG003").message


def test_what_else_an_argument_needs_is_said_without_its_value() -> None:
    (found,) = check_source(
        'import keras\nv = keras.layers.TextVectorization(output_mode="multi_hot", pad_to_max_tokens=True)\n'
    )
    assert found.message.endswith("it needs `max_tokens` as well.")


BOTH_WEIGHTS = """
import os
import keras, numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
of_classes = {0: 1.0, 1: 5.0} if os.environ.get("BALANCED") else None
of_samples = np.ones(8) if os.environ.get("WEIGHTED") else None
"""


@pytest.mark.parametrize(
    "given, severity",
    [
        ("class_weight=of_classes, sample_weight=of_samples", "warning"),
        ("class_weight={0: 1.0, 1: 5.0}, sample_weight=of_samples", "error"),
        ("class_weight=of_classes, sample_weight=np.ones(8)", "error"),
    ],
)
def test_two_kinds_of_weights_that_are_chosen_apart_may_never_meet(given: str, severity: str) -> None:
    found = check_source(BOTH_WEIGHTS + f"model.fit(np.zeros((8, 4)), np.zeros((8, 1)), {given})\n")
    assert [(f.code, f.severity.value) for f in found if f.code == "DAT014"] == [("DAT014", severity)]


FITTED = """
import keras
import numpy as np
from keras.layers import *
model = keras.Sequential([{layers}])
model.compile("adam", "{loss}")
model.fit({arguments})
"""


@pytest.mark.parametrize(
    "layers, loss, arguments, code, words",
    [
        (
            "Input((99, 12)), LSTM(4, return_sequences=True), Dense(1)", "mse", "np.zeros((1, 99, 12)), np.zeros((99, 1))", "DAT006",
            "is a single sample with 99 steps",
        ),
        (
            "Input((29, 1)), Conv1D(4, 3), Dense(1, activation='sigmoid')", "binary_crossentropy", "np.zeros((8, 29, 1)), np.zeros(8)", "OUT010",
            "is applied to each of 27 timesteps: put Flatten() or GlobalAveragePooling1D() in front of it",
        ),
        (
            "Input((5, 8, 8, 3)), ConvLSTM2D(4, 3, padding='same'), Conv2D(3, 1)", "mse", "np.zeros((4, 5, 8, 8, 3)), np.zeros((4, 5, 8, 8, 3))",
            "OUT010", "The ConvLSTM2D on line 5 returns only its last step",
        ),
        (
            "Input((10, 3)), LSTM(4, return_sequences=True), Conv1D(8, 3), Dense(3, activation='softmax')", "categorical_crossentropy",
            "np.zeros((8, 10, 3)), np.zeros((8, 3))", "OUT007", "put GlobalAveragePooling1D() in front of the Dense",
        ),
        (
            "Input((10, 4)), LSTM(4), Dense(1)", "mse", "np.zeros((8, 4)), np.zeros(8)", "DAT004",
            "Each row is one step: cut the rows into windows of 10 steps, (windows, 10, 4).",
        ),
        (
            "Input((10, 4)), LSTM(4), Dense(1)", "mse", "np.zeros((8, 40)), np.zeros(8)", "DAT004",
            "Each row holds the 10 steps of a sample: X.reshape(-1, 10, 4).",
        ),
        (
            "Input((None, 4)), LSTM(4), Dense(1)", "mse", "np.zeros((8, 4)), np.zeros(8)", "DAT004",
            "[:, np.newaxis] makes each sample a sequence of one",
        ),
        (
            "Input((10, 4)), LSTM(4), Dense(1)", "mse", "np.zeros((8, 10, 4)), np.zeros(8), sample_weight=np.ones((8, 10))", "DAT014",
            "one for each sample.",
        ),
        (
            "Input((10, 4)), LSTM(4), Dense(1)", "mse", "np.zeros((8, 10, 4)), np.zeros(8), class_weight=np.ones(2)", "DAT014",
            "Write dict(enumerate(np.ones(2)))",
        ),
        (
            "Embedding(10, 4), LSTM(4), Dense(1)", "mse", "np.array([[1, 2], [3]], dtype=object), np.zeros(2)", "DAT011",
            "let the Embedding skip what was padded: mask_zero=True",
        ),
    ],
)  # fmt: skip
def test_data_that_do_not_fit_are_told_what_they_lack(
    layers: str, loss: str, arguments: str, code: str, words: str
) -> None:
    program = FITTED.format(layers=layers, loss=loss, arguments=arguments)
    assert words in only(program, code).message
    assert oracle.ask(program).raised


def test_two_inputs_go_into_one_list() -> None:
    program = """
import keras
import numpy as np
a, b = keras.Input((4,)), keras.Input((2,))
model = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.concatenate([a, b])))
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 2)), np.zeros(8))
"""
    assert "Give the model's 2 inputs as one list: fit([a, b], y)." in only(program, "API029").message
    assert oracle.ask(program).raised


def test_the_timesteps_stand_in_front_of_what_is_distributed_over_them() -> None:
    program = """
import keras
from keras.layers import Conv2D, Input, TimeDistributed
model = keras.Sequential([Input((16, 16, 3)), TimeDistributed(Conv2D(8, 3))])
"""
    assert "put the number of timesteps in front" in only(program, "SHP020").message
    assert oracle.ask(program).raised


def test_a_batch_shape_is_the_inputs() -> None:
    program = "import keras\nlayer = keras.layers.LSTM(4, batch_shape=(1, 5, 3))\n"
    assert "Put Input(batch_shape=...) in front of the layer." in only(program, "API001").message
    assert oracle.ask(program).raised


def test_a_bare_wrapper_has_no_class_of_the_users() -> None:
    program = "import keras\ny = keras.layers.Wrapper(keras.layers.Dense(3))(keras.Input((4,)))\n"
    assert "does not have a `call` method" in only(program, "API009").message
    assert oracle.ask(program).raised


def test_a_rate_that_is_calculated_is_no_percentage() -> None:
    program = """
import keras
for number in range(6, 7):
    rate = 0.2 * number
    keras.layers.Dropout(rate)
"""
    finding = only(program, "API028")
    assert "and 1.2 is refused. `rate` must not come to more than 1." in finding.message
    assert finding.fix is None
    assert oracle.ask(program).raised


def test_the_number_of_words_has_another_name_now() -> None:
    program = 'import keras\nlookup = keras.layers.StringLookup(vocabulary=["a", "b"])\nprint(lookup.vocab_size())\n'
    assert "Write `vocabulary_size`." in only(program, "API040").message
    assert oracle.ask(program).raised


def test_what_is_one_hot_may_be_given_other_values() -> None:
    program = """
import keras
import tensorflow as tf
marks = tf.one_hot(keras.Input((4,), dtype="int32"), 10, 1.0, 0.0)
"""
    finding = only(program, "API002")
    assert "Use keras.ops.one_hot" in finding.message
    assert finding.fix is None
    assert oracle.ask(program).raised


def test_a_type_spec_is_its_shape_and_its_dtype() -> None:
    program = "import tensorflow as tf\nx = tf.keras.Input(type_spec=tf.TensorSpec([None, 4]))\n"
    assert (
        "Give the shape, without the batch axis, and the dtype: Keras 3 takes plain tensors only."
        in only(program, "API001").message
    )
    assert oracle.ask(program).raised


@pytest.mark.parametrize(
    "program",
    [
        "import keras\nm = keras.Model(keras.Input((3,)))\n",
        """
import keras
class Net(keras.Model):
    def __init__(self, inputs):
        super().__init__(inputs)
    def call(self, x):
        return x
net = Net(keras.Input((3,)))
""",
    ],
)
def test_a_model_has_inputs_only_with_outputs(program: str) -> None:
    assert "Give it both" in only(program, "API009").message
    assert oracle.ask(program).raised
