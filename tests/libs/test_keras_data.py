"""What Keras's own functions make for models has the shape that real Keras makes."""

from __future__ import annotations

import importlib
import random
import re
from typing import Any

import pytest

from lstmlint.values import Dataset

from .chains import Tally, compare, difference, ours, run
from .test_tfdata import compare as compare_datasets
from .test_tfdata import element_differs

pytestmark = pytest.mark.keras

HEAD = "import numpy as np\nimport keras\nimport tensorflow as tf\n"
ARRAYS = [
    "x = keras.utils.to_categorical([0, 1, 2, 1])",
    "x = keras.utils.to_categorical(np.array([[0], [3], [1]]))",
    "x = keras.utils.to_categorical(np.array([[0, 2], [3, 1]]), num_classes=5)",
    "x = keras.utils.to_categorical(np.random.randint(0, 4, size=(7,)), 4)",
    "x = keras.utils.to_categorical([1, 2, 7], num_classes=5)",
    "x = keras.utils.pad_sequences([[1, 2], [3, 4, 5], [6]])",
    "x = keras.utils.pad_sequences([[1, 2], [3, 4, 5], [6]], maxlen=4, padding='post')",
    "x = keras.utils.pad_sequences([np.zeros((2, 3)), np.zeros((5, 3))], maxlen=4, dtype='float32')",
    "x = keras.utils.pad_sequences([[[1, 2], [3, 4]], [[5, 6]]], dtype='float64')",
    "x = keras.utils.pad_sequences(np.ones((4, 6)), maxlen=3)",
    "x = keras.utils.normalize(np.arange(12.0).reshape(3, 4))",
    "x = keras.utils.img_to_array(np.zeros((8, 9, 3), dtype='uint8'))",
    "x = keras.utils.img_to_array(np.zeros((8, 9)))",
    "x = keras.utils.unpack_x_y_sample_weight((np.zeros((2, 3)), np.ones(2)))[:2]",
]
DATASETS = [
    "x = keras.utils.timeseries_dataset_from_array(np.zeros((50, 3)), np.zeros((50, 2)), sequence_length={n})",
    "x = keras.utils.timeseries_dataset_from_array(np.zeros((50, 3)), None, {n}, batch_size=4)",
    "x = keras.utils.timeseries_dataset_from_array(np.arange(40.0), targets=np.arange(40.0)[{n}:], sequence_length={n}, batch_size=8)",
    "x = keras.utils.timeseries_dataset_from_array(np.zeros((50, 3)), np.zeros(50), {n}, sampling_rate=2, sequence_stride=3)",
    "x = keras.utils.timeseries_dataset_from_array(np.zeros((50, 3)), np.zeros(50), {n}, batch_size=None)",
]
LEGACY = [
    "x = tf_keras.preprocessing.sequence.TimeseriesGenerator(np.zeros((50, 3)), np.zeros((50, 2)), length={n}, batch_size=6)",
    "x = tf_keras.preprocessing.sequence.TimeseriesGenerator(np.zeros((50, 3)), np.zeros(50), {n}, sampling_rate=2, stride=3, batch_size=4)",
    "x = tf_keras.preprocessing.sequence.TimeseriesGenerator(np.zeros((50, 3)), np.zeros(49), {n})",
    "x = tf_keras.preprocessing.sequence.TimeseriesGenerator(np.zeros(({n}, 3)), np.zeros({n}), {n})",
    "x = tf_keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255).flow(np.ones((20, 8, 9, 3)), np.zeros((20, {n})), batch_size=6)",
    "x = tf_keras.preprocessing.image.ImageDataGenerator(horizontal_flip=True).flow(np.ones((20, 8, 9, 1)), batch_size={n})",
    "x = tf_keras.preprocessing.image.ImageDataGenerator().flow(np.ones((20, 8, 9)), batch_size={n})",
]
TEXTS = "t = tf_keras.preprocessing.text.Tokenizer(num_words=6)\nd = ['a b c d', 'b c', 'd e f']\nt.fit_on_texts(d)\n"
WORDS = [
    TEXTS + "x = t.texts_to_matrix(d)",
    TEXTS + "x = tf_keras.preprocessing.sequence.pad_sequences(t.texts_to_sequences(d), maxlen=5)",
    TEXTS + "x = t.sequences_to_matrix(t.texts_to_sequences(d), mode='count')",
]


def test_arrays_have_the_shapes_that_keras_gives() -> None:
    tally = Tally()
    for program in ARRAYS:
        compare(HEAD + program, tally)
    for program in WORDS:
        compare(HEAD + "import tf_keras\n" + program, tally)
    assert not tally.wrong, "\n".join(tally.wrong)
    assert tally.unknown == 0, "\n".join(tally.unknown_programs)
    assert tally.refused == tally.raised == 1


def test_datasets_hold_the_windows_that_keras_makes() -> None:
    tally, choose = Tally(), random.Random(3)
    for program in DATASETS:
        for _ in range(2):
            compare_datasets(HEAD + program.format(n=choose.randint(2, 12)), tally)
    assert not tally.wrong, "\n".join(tally.wrong)


@pytest.mark.parametrize("template", LEGACY)
def test_old_generators_give_the_batches_that_keras_gave(template: str) -> None:
    choose = random.Random(template)
    for _ in range(3):
        program = HEAD + "import tf_keras\n" + template.format(n=choose.randint(2, 9))
        real, error = run(program)
        value, faults = ours(program)
        assert bool(faults) == (error is not None), program
        if error is None:
            assert isinstance(value, Dataset)
            element = tuple(real[0]) if isinstance(real[0], tuple) else real[0]
            assert not element_differs(value.element, element), program
            assert not difference(value.element, element), program
            if value.cardinality is not None:
                assert value.cardinality.known in (None, len(real)), program


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "cifar10", "cifar100"])
def test_data_sets_have_the_shapes_that_their_documentation_states(name: str) -> None:
    text = getattr(importlib.import_module("keras").datasets, name).load_data.__doc__
    stated = {
        tuple(int(n) for n in re.findall(r"\d+", shape)) for shape in re.findall(r"shapes?\s+`?\(([\d, ]+)\)", text)
    }
    value, faults = ours(f"import keras\nx = keras.datasets.{name}.load_data()")
    assert not faults
    assert len(stated) >= 4
    assert {tuple(d.known for d in array.shape) for pair in value for array in pair} == stated


LABELS = """import numpy as np
import keras
(x_train, y), (x_test, y_test) = keras.datasets.{name}.load_data({options})
a = np.amax(y) + 1
b = len(np.unique(y))
c = np.unique(y_test.flatten()).size - int(y_test.min())
d = y.reshape(-1).astype("int32").max() + 1
e = np.max(y[:30]) + 1
f = np.unique(y[y != 3]).shape[0]
y[y == 7] = 1
g = np.max(y) + 1
h = len(np.unique(y))
x = tuple(int(n) for n in (a, b, c, d, e, f, g, h))
"""


@pytest.mark.parametrize(
    ("name", "options", "classes"),
    [("mnist", "", 10), ("fashion_mnist", "", 10), ("cifar10", "", 10), ("cifar100", "", 100), ("cifar100", "'coarse'", 20)],
)  # fmt: skip
def test_each_class_of_a_data_set_is_among_its_labels_and_only_surely_in_all_of_them(
    name: str, options: str, classes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    datasets = importlib.import_module("keras").datasets

    def load_data(label_mode: str = "fine") -> Any:
        """Labels, as many as the documentation says; the images don't matter."""
        column = (-1, 1) if name.startswith("cifar") else (-1,)
        return tuple((None, np.arange(n).astype("int64").reshape(column) % classes) for n in (60_000, 10_000))

    monkeypatch.setattr(getattr(datasets, name), "load_data", load_data)
    text = LABELS.format(name=name, options=options)
    names: dict[str, Any] = {}
    exec(text, names)
    found, faults = ours(text)
    assert not faults
    known = [n if isinstance(n, int) else None for n in found]
    assert known[:4] == list(names["x"][:4]) == [classes] * 4
    assert all(mine in (None, real) for mine, real in zip(known[4:], names["x"][4:]))


FED = """import numpy as np
import keras
X, y = np.random.rand(20, 6, 3), np.random.rand(20, 1)
def generate(size):
    while True:
        i = np.random.randint(0, 20, size=size)
        yield X[i], y[i]
class Batches(keras.utils.PyDataset):
    def __init__(self, size):
        super().__init__()
        self.size = size
    def __len__(self):
        return len(X) // self.size
    def __getitem__(self, i):
        return X[i * self.size : (i + 1) * self.size], y[i * self.size : (i + 1) * self.size]
model = keras.Sequential([keras.Input((6, WIDTH)), keras.layers.LSTM(2), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(FEED, verbose=0)
x = 1
"""


@pytest.mark.parametrize("width", [3, 4])
@pytest.mark.parametrize("source", ["generate(4), steps_per_epoch=1", "Batches(4)"])
def test_what_a_generator_or_sequence_of_the_users_own_gives_is_judged_as_keras_does(source: str, width: int) -> None:
    program = FED.replace("WIDTH", str(width)).replace("FEED", source)
    _, error = run(program)
    _, faults = ours(program)
    assert bool(faults) == (error is not None) == (width == 4)
