"""Pipelines of tf.data hold what real TensorFlow says that they hold, or what they hold is unknown; never something else."""

from __future__ import annotations

import random
from typing import Any

import pytest

from lstmlint.runner import check_source
from lstmlint.values import Array, Dataset, DictValue, Unknown

from .chains import KINDS, Tally, compare, ours

pytestmark = pytest.mark.keras

SOURCES = [
    "D.from_tensor_slices(np.zeros((12, 6, 2)))",
    "D.from_tensor_slices((np.zeros((12, 6)), np.arange(12)))",
    "D.from_tensor_slices({'a': np.zeros((12, 4)), 'b': np.ones(12, dtype='int32')})",
    "D.from_tensor_slices(({'a': np.zeros((12, 4)), 'b': np.zeros((12, 2, 3))}, np.arange(12)))",
    "D.from_tensors((np.zeros((5, 3)), 1.0))",
    "D.range(10)",
    "D.range(2, 20, 3)",
    "D.from_tensor_slices([1, 2, 3, 4, 5])",
    "D.from_tensor_slices((tf.random.normal((9, 4)), tf.zeros((9, 1), tf.int64)))",
    "D.from_generator(lambda: iter([]), output_signature=tf.TensorSpec((None, 3), tf.float32))",
    "D.from_generator(lambda: iter([]), (tf.float32, tf.int64), ((7, 2), ()))",
    "D.zip((D.range(6), D.from_tensor_slices(np.zeros((8, 3)))))",
    "D.from_tensor_slices(np.arange(30.0)).window(5, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(5))",
    "D.from_tensor_slices(np.zeros((30, 2))).window(4, shift=2, stride=2, drop_remainder=True).flat_map(lambda w: w.batch(4))",
]
STEPS = [
    "x.batch(4)", "x.batch(5, drop_remainder=True)", "x.batch(3)", "x.shuffle(10)", "x.repeat(2)", "x.take(3)", "x.skip(2)", "x.cache()",
    "x.prefetch(tf.data.AUTOTUNE)", "x.unbatch()", "x.map(lambda *e: e[0])", "x.map(lambda *e: (e[0], e[0]))", "x.enumerate()",
    "x.filter(lambda *e: True)", "x.concatenate(x)", "D.zip((x, x))", "D.zip(x, x)", "x.padded_batch(4)", "x.interleave(lambda *e: D.from_tensors(e[0]))",
    "x.map(lambda a: tf.cast(a, tf.float32) / 255.0)", "x.map(lambda a, b: (tf.cast(a, tf.float32), tf.one_hot(tf.cast(b, tf.int32), 5)))",
    "x.map(lambda w: (w[:-1], w[-1]))", "x.map(lambda w: (w[:-1], w[-1:]))", "x.map(lambda a, b: ({'p': a, 'q': b}, b))", "x.shard(2, 0)",
    "x.map(lambda a: tf.expand_dims(a, -1))", "x.map(lambda a: tf.reshape(a, [-1]))", "x.apply(lambda d: d.batch(2))", "x.repeat()", "x.flat_map(lambda *e: D.from_tensor_slices(e[0]))",
    "x.map(lambda a, b: (a, tf.reduce_sum(tf.cast(a, tf.float32), axis=-1)))",
]  # fmt: skip


def spec_differs(value: Any, spec: Any) -> str | None:
    """What the engine says wrongly about an element, against element_spec; None when something is unknown, "" when right."""
    if isinstance(value, Unknown) or value is None:
        return None
    if isinstance(spec, (tuple, list)):
        if not isinstance(value, tuple) or len(value) != len(spec):
            return f"{value} instead of {spec}"
        answers = [spec_differs(v, s) for v, s in zip(value, spec)]
        return next((a for a in answers if a), None if None in answers else "")
    if isinstance(spec, dict):
        if not isinstance(value, DictValue) or set(value.entries) != set(spec):
            return f"{value} instead of {spec}"
        answers = [spec_differs(value.entries[k], s) for k, s in spec.items()]
        return next((a for a in answers if a), None if None in answers else "")
    if not isinstance(value, Array) or not hasattr(spec, "shape"):
        return None if not isinstance(value, Array) else f"{value.shape} instead of {spec}"
    dims, real = value.shape.dims, spec.shape
    if value.dtype is not None and value.dtype != KINDS.get(
        spec.dtype.as_numpy_dtype().dtype.kind if spec.dtype.name != "string" else "S"
    ):
        return f"{value.dtype} instead of {spec.dtype}"
    if dims is None:
        return None
    if real.rank is None:
        return None
    if len(dims) != real.rank:
        return f"{value.shape} instead of {real}"
    for dim, size in zip(dims, real.as_list()):
        if dim.known is not None and size is not None and dim.known != size:
            return f"{value.shape} instead of {real}"
        if dim.is_none and size is not None:
            return f"{value.shape} instead of {real}"
    return None if any(d.is_unknown for d in dims) else ""


def element_differs(value: Any, element: Any) -> str | None:
    """The same against an element that the dataset really gave."""
    if isinstance(element, tuple) and isinstance(value, tuple):
        return next((a for a in (element_differs(v, e) for v, e in zip(value, element)) if a), "")
    if isinstance(element, dict) and isinstance(value, DictValue):
        return next((a for a in (element_differs(value.entries.get(k), e) for k, e in element.items()) if a), "")
    if isinstance(value, Array) and value.shape.dims is not None and hasattr(element, "shape"):
        shape = tuple(element.shape)
        if len(shape) != len(value.shape.dims) or any(
            d.known is not None and d.known != n for d, n in zip(value.shape.dims, shape)
        ):
            return f"{value.shape}, but an element is {shape}"
    return ""


def drawn(dataset: Any) -> list[Any]:
    """The first two elements, none where the pipeline fails when it runs."""
    try:
        return list(dataset.take(2))
    except Exception:
        return []


def pipeline_differs(value: Any, real: Any) -> str | None:
    """What the engine says wrongly about a dataset, "" when all is right, None when it doesn't say what shapes there are."""
    if not isinstance(value, Dataset):
        return None
    said = spec_differs(value.element, real.element_spec)
    if not said:
        for element in drawn(real):
            said = element_differs(value.element, element) or said
    count = int(real.cardinality())
    if (
        value.cardinality is not None
        and value.cardinality.known is not None
        and count >= 0
        and value.cardinality.known != count
    ):
        said = f"{value.cardinality} elements instead of {count}"
    return said


def pipelines(seed: int, count: int) -> Tally:
    choose, tally = random.Random(seed), Tally()
    for _ in range(count):
        lines = [
            "import numpy as np",
            "import tensorflow as tf",
            "D = tf.data.Dataset",
            f"x = {choose.choice(SOURCES)}",
        ]
        lines += [f"x = {choose.choice(STEPS)}" for _ in range(choose.randint(1, 4))]
        compare("\n".join(lines), tally, pipeline_differs)
    return tally


def test_pipelines_hold_what_tensorflow_says() -> None:
    tally = pipelines(7, 90)
    assert not tally.wrong, "\n".join(tally.wrong[:10])
    assert tally.ran > 40
    assert tally.unknown <= 0.1 * tally.ran, "\n\n".join(tally.unknown_programs[:10])


COLUMNS = """
import pandas as pd
import tensorflow as tf
frame = pd.read_csv("x.csv")
columns = {name: column.to_numpy()[:, tf.newaxis] for name, column in frame.items()}
data = tf.data.Dataset.from_tensor_slices((dict(columns), frame.pop("target"))).batch(32)
a, b = tf.keras.Input((1,), name="a"), tf.keras.Input((1,), name="b")
model = tf.keras.Model({"a": a, "b": b}, tf.keras.layers.Dense(1)(tf.keras.layers.concatenate([a, b])))
model.compile("adam", "mse")
model.fit(data)
"""


def test_a_dict_of_unknown_columns_may_hold_every_input() -> None:
    assert check_source(COLUMNS) == []


CLASSES = ("D.from_tensor_slices(np.zeros((4, 2)))", "D.from_tensors(np.zeros(3))", "D.range(4)", *(f"D.range(4).{step}" for step in (
    "batch(2)", "batch(2, num_parallel_calls=2)", "map(lambda x: x)", "map(lambda x: x, num_parallel_calls=2)", "prefetch(1)", "shuffle(2)", "repeat()",
    "take(2)", "skip(1)", "filter(lambda x: True)", "window(2)", "concatenate(D.range(2))", "cache()", "enumerate()", "batch(2).unbatch()",
)), "D.zip((D.range(2), D.range(3)))")  # fmt: skip


def test_the_class_of_a_data_set_is_what_tensorflow_says_or_not_known() -> None:
    known = 0
    for made in CLASSES:
        text = f"""import numpy as np
import tensorflow as tf
D = tf.data.Dataset
d = {made}
x = (type(d).__name__, d.__class__.__name__, hasattr(d, "_input_dataset"), hasattr(d, "_datasets"), isinstance(d, D))
"""
        names: dict[str, Any] = {}
        exec(text, names)
        found, _ = ours(text)
        for mine, real in zip(found, names["x"], strict=True):
            assert isinstance(mine, Unknown) or mine == real, (made, mine, real)
            known += not isinstance(mine, Unknown)
    assert known >= 60
