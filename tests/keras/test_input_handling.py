"""Models that look at what they are given: by its class, its rank, its class's name. Keras runs all of it, so that nothing may be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstmlint.runner import check_file, check_source
from tests import oracle

pytestmark = pytest.mark.keras

PROGRAMS = {
    "one, many or named inputs": """
import keras, tensorflow as tf
from collections import OrderedDict
from typing import Any
class Base(keras.Model):
    def standard(self, inputs: Any) -> OrderedDict:
        if isinstance(inputs, OrderedDict):
            return inputs
        elif isinstance(inputs, dict):
            return OrderedDict(inputs)
        elif isinstance(inputs, list | tuple):
            return OrderedDict({f"input_{i}": x for i, x in enumerate(inputs)})
        return OrderedDict({"input": inputs})
    def ready(self, inputs):
        named = self.standard(inputs)
        if len(named) > 1 or any(key.startswith("input_") for key in named.keys()):
            return list(named.values())
        return list(named.values())[0]
class Net(Base):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(4)
    def call(self, inputs):
        found = self.ready(inputs)
        x = keras.ops.concatenate(found, axis=-1) if isinstance(found, list) else found
        return self.dense(x)
a = Net()(tf.random.normal((16, 8)))
b = Net()(keras.Input((8,)))
c = Net()([keras.Input((8,)), keras.Input((8,))])
d = Net()({"a": tf.zeros((3, 5))})
""",
    "defaults that stand for what is not given": """
import keras
class Prediction(keras.layers.Layer):
    def __init__(self, words, mode="embedding", width=0, activation="", **kwargs):
        super().__init__(**kwargs)
        self.first = keras.layers.Embedding(words, width) if mode == "embedding" else keras.layers.Flatten()
        self.last = keras.layers.Dense(width, activation=activation)
    def call(self, x):
        return self.last(self.first(x))
class Transducer(keras.Model):
    def __init__(self, words, mode="embedding", width=0, activation="", **kwargs):
        super().__init__(**kwargs)
        self.inner = Prediction(words=words, mode=mode, width=width, activation=activation)
    def call(self, x):
        return self.inner(x)
def built(words, width=0):
    return keras.layers.Embedding(words, width)
""",
    "data sets apart from tensors by the name of their class": """
import keras, tensorflow as tf
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(4)
    def call(self, x):
        return self.dense(x)
    def scores(self, data):
        if hasattr(data, "__iter__") and not isinstance(data, keras.KerasTensor) and "Dataset" in str(type(data)):
            return [self(x) for x in data]
        return self(data)
a = Net().scores(tf.random.normal((16, 8)))
b = Net().scores(tf.data.Dataset.from_tensor_slices(tf.zeros((6, 3))).batch(2))
""",
    "bases that come by a star, by a condition or by getattr": """
from keras.utils import *
from keras.models import *
from keras.layers import *
import keras, numpy as np
Chosen = keras.utils.PyDataset if hasattr(keras.utils, "PyDataset") else object
Asked = getattr(keras.utils, "PyDataset", None) or keras.utils.Sequence
def batch():
    return np.zeros((4, 5, 3)), np.zeros((4, 1))
class A(Sequence):
    def __len__(self): return 3
    def __getitem__(self, i): return batch()
class B(Chosen):
    def __len__(self): return 3
    def __getitem__(self, i): return batch()
class C(Asked):
    def __len__(self): return 3
    def __getitem__(self, i): return batch()
class Twice(Layer):
    def call(self, x): return x * 2
m = Sequential([Input((5, 3)), Twice(), LSTM(4), Dense(1)])
m.compile("adam", "mse")
for batches in (A(), B(), C()):
    m.fit(batches, verbose=0)
""",
    "tensors apart from what is none": """
import keras, numpy as np, tensorflow as tf
others = [["a", "b"], "a", 1, 2.0, (1, 2), {"a": 1}, None, np.zeros(3), keras.ops.convert_to_numpy(keras.ops.zeros(3)), range(3)]
tensors = [tf.zeros(3), keras.ops.zeros(3), tf.Variable([1.0, 2.0]), tf.constant("a"), keras.random.normal((3,)), keras.Variable(np.zeros(3))]
for x in others:
    if tf.is_tensor(x) or keras.ops.is_tensor(x):
        keras.layers.Dense(-1)
for x in tensors:
    if not (tf.is_tensor(x) and keras.ops.is_tensor(x)):
        keras.layers.Dense(-1)
""",
    "a layer for texts that keeps some attributes past Keras": """
import keras
class Reader(keras.layers.Layer):
    def __init__(self, size=3):
        super().__init__()
        self._allow_non_tensor_positional_args = True
        self._convert_input_args = False
        self.size = size
    def __setattr__(self, name, value):
        if name == "size":
            return object.__setattr__(self, name, value)
        return super().__setattr__(name, value)
    @property
    def size(self):
        return self._size
    @size.setter
    def size(self, value):
        self._size = value + 1
    def call(self, x):
        return len(x)
Reader()("abc")
keras.layers.Dense(Reader(0).size)
""",
    "names from a file": """
import json, keras
p = json.loads('{"units": 3, "name": "first"}')
m = keras.Sequential([keras.Input((4,)), keras.layers.Dense(**p), keras.layers.Dense(2), keras.layers.Dense(2, name="dense_1")])
m.get_layer("first")
class Own(keras.layers.Layer):
    def __init__(self, units, **options):
        super().__init__(**options)
    def call(self, x):
        return x
n = keras.Sequential([keras.Input((4,)), Own(**p), Own(2)], name=json.loads('"all"'))
n.get_layer("first")
o = keras.Sequential([keras.Input((4,)), n, m])
o.get_layer("all")
""",
    "inputs in a dict, in any order": """
import keras, numpy as np
a, b = keras.Input((None, 8), name="b"), keras.Input((None, 2), name="a")
for inputs in ({"values": a, "at": b}, {"at": b, "values": a}, [a, b]):
    m = keras.Model(inputs, keras.layers.Dense(3)(a) + keras.layers.Dense(3)(b))
    x, y = np.zeros((2, 5, 8)), np.zeros((2, 5, 2))
    if isinstance(inputs, dict):
        m({"values": a, "at": b}), m({"at": b, "values": a}), m({"values": x, "at": y})
        m.predict({"values": x, "at": y}), m.predict({"at": y, "values": x})
    else:
        m({"b": a, "a": b}), m.predict({"a": y, "b": x})
""",
    "numbers of NumPy apart from arrays": """
import keras, numpy as np
i, f = np.random.RandomState(13).randint(3, size=7), np.zeros((2, 3))
arrays = [
    isinstance(i, (int, np.integer)), isinstance(i, np.number), isinstance(f, np.floating), isinstance(f, np.generic),
    isinstance(f, np.float64), isinstance(f, (np.bool_, np.int32)), isinstance(keras.ops.zeros(3), np.generic), isinstance(i, (float, np.floating)),
]
if any(arrays) or not isinstance(f, np.ndarray):
    keras.layers.Dense(-1)
""",
    "the layout of images that the program has set": """
import keras
keras.backend.set_image_data_format("channels_first")
if keras.config.image_data_format() == "channels_last":
    keras.layers.Dense(-1)
keras.config.set_image_data_format("channels_last")
if keras.backend.image_data_format() != "channels_last":
    keras.layers.Dense(-1)
""",
    "vectors made columns": """
import tensorflow as tf
def columns(x):
    if tf.rank(x) == 1:
        x = tf.reshape(x, (-1, 1))
    if tf.shape(x)[0] == 5:
        return tf.ones((5, 1))
    padding = tf.fill([1, tf.shape(x)[1]], 0.0)
    return tf.concat([padding, x[1:] - x[:-1]], axis=0)
a = columns(tf.constant([1.0, 2.0, 3.0]))
b = columns(tf.constant([1.0, 2.0, 3.0, 4.0, 5.0]))
c = columns(tf.zeros((4, 2)))
""",
    "a model from its configuration": """
import keras
class Net(keras.Model):
    def __init__(self, units, **kwargs):
        self.extra = kwargs.pop("extra", None)
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units)
    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units, "extra": self.extra})
        return config
    @classmethod
    def from_config(cls, config):
        extra = config.pop("extra", None)
        return cls(extra=extra, **config)
net = Net.from_config(Net(3).get_config())
copy = keras.Sequential.from_config(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).get_config())
""",
    "arguments that fit": """
import inspect, keras
class Own(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
def make(cls, **given):
    takes = inspect.signature(cls.__init__).parameters
    return cls(**{k: v for k, v in given.items() if k in takes})
a = make(Own, units=3, window=4)
b = make(keras.layers.Dense, units=3, window=4)
""",
    "wrappers of one's own": """
import keras, numpy as np
from keras import layers
class Own(layers.Wrapper):
    def call(self, inputs, **kwargs):
        return self.layer(inputs, **kwargs)
y = Own(layers.Dense(2))(keras.Input((3,)))
class Masked(layers.Wrapper):
    def __init__(self, units, **kwargs):
        super().__init__(layers.Dense(units, use_bias=False), **kwargs)
        self.supports_masking = True
    def call(self, inputs, training=False, mask=None):
        return self.layer.call(inputs)
z = layers.TimeDistributed(layer=Masked(1))(np.zeros((3, 2, 4), "float32"))
""",
    "layers from their configurations": """
import keras
from keras import layers
class Own(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
class Kept(Own):
    @classmethod
    def from_config(cls, config):
        return super().from_config({**config, "name": "kept"})
a = Own.from_config(Own(3).get_config())
b = Kept.from_config({"units": 4})
for made in (layers.Discretization(num_bins=5), layers.SpatialDropout3D(0.5), layers.Dense(3), layers.LSTM(4), layers.Dropout(0.1)):
    again = type(made).from_config(made.get_config())
c = layers.Discretization.from_config(layers.Discretization(num_bins=5).get_config())
d = layers.SpatialDropout3D.from_config(layers.SpatialDropout3D(0.5).get_config())
""",
    "inputs that are no single tensor": """
import keras, numpy as np, tensorflow as tf
from keras import Input, layers
crossed = layers.HashedCrossing(num_bins=10)((tf.constant("A"), tf.constant(101)))
class Words(layers.Layer):
    def __init__(self):
        super().__init__()
        self._allow_non_tensor_positional_args = True
    def call(self, x):
        return tf.strings.length(tf.convert_to_tensor(x))
a = Words()(["a", "bc"])
i = Input((3,), batch_size=2, name="a")
m = keras.Model({"a": i}, i * 5 + 2)
b = m({"a": np.zeros((2, 3)), "b": np.zeros((2, 1))})
c = m({"a": Input((3,), batch_size=2), "b": Input((1,), batch_size=2)})
i1, i2, i3 = Input((1,)), Input((2,)), Input((3,))
n = keras.Model({"1": i1, "others": {"2": i2, "3": i3}}, {"1": layers.Dense(1)(i1), "others": {"2": layers.Dense(2)(i2), "3": layers.Dense(3)(i3)}})
d = n({"1": np.ones((2, 1)), "others": {"2": np.ones((2, 2)), "3": np.ones((2, 3))}})
images = np.random.random((2, 4, 5, 3))
boxes = {"boxes": np.array([[[1, 2, 3, 4.0]], [[1, 2, 3, 4.0]]]), "labels": np.array([[0], [1]])}
e = layers.CenterCrop(3, 3, bounding_box_format="xyxy")({"images": images, "bounding_boxes": boxes})
f = layers.RandomCrop(3, 3)({"images": images, "labels": np.random.random((2, 7))})
""",
    "exceptions that a test expects": """
import unittest
import keras, pytest
from keras.layers import LSTM, Dense
with pytest.raises((ValueError, TypeError), match="ndim"):
    LSTM(3)(keras.Input((4,)))
with pytest.raises(ValueError) as caught:
    Dense(-1)
assert "units" in str(caught.value)
class TestLayers(unittest.TestCase):
    def test_it(self):
        with self.assertRaises(ValueError):
            Dense(-1)
        with self.assertRaisesRegex(ValueError, "ndim"):
            LSTM(3)(keras.Input((4,)))
        with self.assertRaises(ValueError):
            keras.layers.Dropout(1.5)
        self.assertRaises(ValueError, Dense, -1)
        self.assertRaisesRegex(ValueError, "units", Dense, -1)
        self.assertEqual(Dense(3).units, 3)
TestLayers("test_it").debug()
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_keras_runs_it_and_nothing_is_refused(name: str) -> None:
    answer = oracle.ask(PROGRAMS[name])
    assert answer.raised is None, answer.message
    assert [f.message for f in check_source(PROGRAMS[name])] == []


def test_what_comes_after_an_expected_exception_is_still_looked_at() -> None:
    program = (
        "import keras, pytest\nwith pytest.raises(ValueError):\n    keras.layers.Dense(-1)\nkeras.layers.Dense(-2)\n"
    )
    assert [(f.code, f.span.row) for f in check_source(program)] == [("API004", 4)]


def test_keys_that_a_condition_chooses_are_not_counted_on() -> None:
    start = "import keras, helpers\ngiven = {'units': 3, 'window': 4}\n"
    chosen = "keras.layers.Dense(**{k: v for k, v in given.items() if helpers.takes(k)})\n"
    assert check_source(start + chosen) == []
    assert [f.code for f in check_source(f"{start}keras.layers.Dense(**given)\n")] == ["API001"]


UNKNOWN_SIZES = """
import helpers, keras
from keras import layers, ops
def interleaved(x):
    stacked = ops.stack([ops.sin(x), ops.cos(x)], axis=-1)
    shape = [-1 if size is None else size for size in stacked.shape]
    shape[-2] = shape[-2] * 2
    shape.pop()
    return ops.reshape(stacked, shape)
places = interleaved(helpers.places() * ops.arange(4))
x = layers.Dense(3)(places)
def dilated(x, depths, dilate):
    rate = 1
    for i, depth in enumerate(depths):
        stride = 2 if i > 0 else 1
        if dilate[i] and i > 0:
            rate *= stride
        before = rate // (stride if dilate[i] and i > 0 else 1)
        x = layers.Conv2D(3, 3, dilation_rate=before)(x)
    return x
"""


def test_a_list_of_unknown_length_tells_no_rank_and_one_unknown_item_decides_one_way() -> None:
    assert check_source(UNKNOWN_SIZES) == []


MARKED = """
import keras, pytest
class Words(keras.layers.Layer):
    def __call__(self, text):
        return [len(word) for word in text.split()]
class TestLayers:
    @pytest.mark.slow
    def test_a(self):
        self.units = Words()("a bc")[0]
        with pytest.raises(ValueError):
            keras.layers.Dense(-1)
    @pytest.mark.parametrize("units", [1, 2])
    def test_b(self, units):
        return keras.layers.Dense(units)
"""


def test_a_marked_method_is_still_a_method_and_a_call_of_ones_own_comes_before_keras() -> None:
    assert check_source(MARKED) == []


def test_what_a_star_brings_is_what_the_library_exports() -> None:
    text = """
from keras import *
from keras.layers import *
class Twice(Layer):
    def call(self, x):
        return x * 2
i = Input((5, 3))
x = layers.LSTM(4)(Twice()(i))
x = LSTM(4)(x)
"""
    assert [(f.code, f.span.row) for f in check_source(text)] == [("RNN002", 9)]


DECORATED = """
from keras.layers import RNN, Dense, Input, LSTMCell
from mytools import logged
class Own(RNN):
    @logged
    def __init__(self, units, return_sequences=False, **kwargs):
        super().__init__(LSTMCell(units), return_sequences=return_sequences, **kwargs)
class Head(Dense):
    @logged
    def __init__(self, n_classes, hidden, **kwargs):
        super().__init__(n_classes, **kwargs)
x = Own(8)(Input((5, 3)))
y = Head(n_classes=3, hidden=4)(x)
"""


def test_a_constructor_that_can_not_be_seen_is_not_taken_for_that_of_keras() -> None:
    assert check_source(DECORATED) == []


UNSET = """
from keras.layers import Dense, Input
from keras.models import Model
class Given:
    def __init__(self, units=None):
        self.units = units
    def build_model(self):
        x = Input((8,))
        return Model(x, Dense(self.units)(x))
class Overridden:
    units = None
    def build_model(self):
        x = Input((8,))
        return Model(x, Dense(self.units)(x))
class Mine(Overridden):
    units = 5
"""


def test_what_somebody_may_still_set_is_not_none_in_the_methods_of_a_class_that_nobody_makes_an_object_of() -> None:
    assert check_source(UNSET) == []
    assert [f.code for f in check_source(UNSET.replace("self.units)(x)", "-1)(x)"))] == ["API004", "API004"]
    assert [f.code for f in check_source(UNSET + "Given().build_model()\n")] == ["API004"]


STATEFUL = """
import keras, numpy as np
def train(batch_size):
    model = keras.Sequential([keras.Input(batch_shape=(batch_size, 6, 3)), keras.layers.LSTM(16, stateful=True)])
    model.compile(loss="mse", optimizer="adam")
    model.fit(np.zeros((4, 6, 3)), np.zeros((4, 16)), batch_size=batch_size, shuffle=False)
"""


def test_a_batch_size_that_is_not_known_is_not_an_open_one() -> None:
    assert check_source(STATEFUL) == []
    assert [f.code for f in check_source(STATEFUL + "train(None)\n")] == ["RNN005"]


def test_what_a_module_has_by_a_star_it_passes_on(tmp_path: Path) -> None:
    (tmp_path / "mid.py").write_text("from keras.layers import *\nSIZE = 3\n")
    (tmp_path / "chosen.py").write_text("from keras.layers import *\n__all__ = ['Lambda', 'units']\nunits = 4\n")
    apply = """
from keras.layers import Dense, Input
def apply(x, layer, arguments=None, **kwargs):
    if layer is Lambda:
        kwargs["arguments"] = arguments
    return layer(**kwargs)(x)
y = apply(Input((4,)), Dense, units=-1)
"""
    for imports in (
        "from mid import *",
        "from mid import Lambda",
        "import mid\nLambda = mid.Lambda",
        "from chosen import *",
    ):
        (tmp_path / "main.py").write_text(imports + apply)
        found = check_file(str(tmp_path / "main.py")).findings
        assert [f.code for f in found] == ["API004"], imports


LISTED = """
import keras, numpy as np, tensorflow as tf
def halves(chunk):
    return [chunk[:-1], chunk[-1]]
data = tf.data.Dataset.from_tensor_slices(np.arange(260)).batch(26, drop_remainder=True).map(halves).batch(2)
model = keras.Sequential([keras.Input((25,)), keras.layers.Dense(WIDTH)])
model.compile("adam", "mse")
model.fit(data, verbose=0)
"""


def test_a_list_that_the_function_of_a_dataset_returns_is_a_tuple() -> None:
    text = LISTED.replace("WIDTH", "1")
    assert check_source(text) == []
    assert oracle.ask(text).raised is None
    assert [f.code for f in check_source(LISTED.replace("WIDTH", "2"))] != []


STRANGER = """
import keras, numpy as np
class Batches(BASE):
    def __iter__(self):
        return self
    def __next__(self):
        return np.zeros((4, 5)), np.zeros((4, 1))
model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(Batches(), steps_per_epoch=2)
"""


def test_an_object_that_keras_has_no_adapter_for_is_no_data() -> None:
    text = STRANGER.replace("BASE", "object")
    assert "Unrecognized data type" in oracle.ask(text).message
    (finding,) = check_source(text)
    assert (finding.code, finding.span.row) == ("API009", 10)
    assert "Unrecognized data type" in finding.message
    assert check_source("from mytools import Base\n" + STRANGER.replace("BASE", "Base")) == []
