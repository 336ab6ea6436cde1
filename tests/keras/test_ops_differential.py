"""Operations on tensors, with shapes and arguments at random, give the shapes that Keras and TensorFlow give, or raise where they do."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import lstmlint.keras
from lstmlint.interpret import follow
from lstmlint.keras.tensors import leaves as leaves_of
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Tensor

pytestmark = pytest.mark.keras
CASES = int(os.environ.get("LSTMLINT_CASES", "60"))
"""Cases for each family."""

Random = random.Random
HEAD = """
import keras
import numpy as np
import tensorflow as tf
from keras import ops
from tensorflow.keras import backend as K
x = keras.Input(batch_shape={x})
y = keras.Input(batch_shape={y})
"""


def _sizes(r: Random, rank: int) -> list[int | None]:
    return [
        r.choice((None, None, 2)),
        *(None if r.random() < 0.15 else r.choice((1, 2, 3, 4, 6)) for _ in range(rank - 1)),
    ]


def _shape(r: Random) -> list[int | None]:
    return _sizes(r, r.choice((1, 2, 2, 3, 3, 3, 4)))


def _near(r: Random, shape: list[int | None]) -> list[int | None]:
    """A shape that may go with another one."""
    other = list(shape)
    if r.random() < 0.5:
        other[r.randrange(len(other))] = r.choice((1, 2, 3, None))
    if r.random() < 0.2:
        other = other[1:] or other
    return other


def _axis(r: Random, rank: int) -> int:
    return r.randint(-rank, rank - 1) if r.random() < 0.93 else rank


def _axes(r: Random, rank: int) -> Any:
    return r.choice((None, _axis(r, rank), _axis(r, rank), tuple(r.sample(range(rank), min(rank, 2)))))


def _key(r: Random, rank: int) -> str:
    parts = [
        r.choice((":", ":", "0", "-1", "1:", ":-1", "::2", "None", "-2:", "1:3")) for _ in range(r.randint(1, rank))
    ]
    if r.random() < 0.2:
        parts.insert(r.randint(0, len(parts)), "...")
    return ", ".join(parts)


def _pads(r: Random, rank: int) -> list[list[int]]:
    return [[r.randint(0, 2), r.randint(0, 2)] for _ in range(rank)]


def _target(r: Random, shape: list[int | None]) -> tuple[int, ...]:
    known = [d for d in shape[1:] if d is not None]
    product = 1
    for size in known:
        product *= size
    choices = [(-1,), (-1, product), (-1, *known[::-1]), (product,), (2, -1), (-1, r.choice((2, 3, 4)))]
    return r.choice(choices)


Family = Callable[[Random, list[Any], list[Any]], str]
KERAS: dict[str, Family] = {
    "elementwise": lambda r, a, b: f"ops.{r.choice(('exp', 'log', 'relu', 'softmax', 'abs', 'sqrt', 'tanh', 'sigmoid', 'sign', 'zeros_like', 'ones_like', 'isnan', 'square', 'cumsum', 'gelu'))}(x)",
    "binary": lambda r, a, b: f"ops.{r.choice(('add', 'subtract', 'multiply', 'divide', 'maximum', 'power', 'mod', 'equal', 'greater', 'logical_and'))}(x, y)",
    "operators": lambda r, a, b: r.choice(("x + y", "x * 2", "1 - x", "x / y", "x ** 2", "-x", "x > 0", "x // y", "abs(x)", "x - y", "x != y", "x @ y", "2.0 ** x")),
    "reductions": lambda r, a, b: f"ops.{r.choice(('mean', 'sum', 'max', 'min', 'prod', 'std', 'var', 'any', 'all', 'logsumexp', 'argmax'))}(x, axis={_axis(r, len(a))}, keepdims={r.random() < 0.4})" if r.random() < 0.5 else f"ops.{r.choice(('mean', 'sum', 'max'))}(x, axis={_axes(r, len(a))})",
    "reshape": lambda r, a, b: f"ops.reshape(x, {_target(r, a)})",
    "transpose": lambda r, a, b: f"ops.transpose(x, {tuple(r.sample(range(len(a)), len(a)))})" if r.random() < 0.8 else "ops.transpose(x)",
    "swap": lambda r, a, b: f"ops.{r.choice(('swapaxes', 'moveaxis'))}(x, {r.randrange(len(a))}, {r.randrange(len(a))})",
    "expand": lambda r, a, b: f"ops.expand_dims(x, {r.randint(-len(a) - 1, len(a) + 1)})",
    "squeeze": lambda r, a, b: f"ops.squeeze(x, {_axis(r, len(a))})" if r.random() < 0.8 else "ops.squeeze(x)",
    "concatenate": lambda r, a, b: f"ops.concatenate([x, y], axis={_axis(r, len(a))})",
    "side by side": lambda r, a, b: f"ops.{r.choice(('hstack', 'vstack'))}([x, y])",
    "stack": lambda r, a, b: f"ops.stack([x, y], axis={_axis(r, len(a) + 1)})",
    "split": lambda r, a, b: f"ops.split(x, {r.choice((2, 3, [1, 2], [1]))}, axis={_axis(r, len(a))})",
    "tile": lambda r, a, b: f"ops.tile(x, {r.choice((2, tuple(r.randint(1, 3) for _ in a), (2, 1)))})",
    "repeat": lambda r, a, b: f"ops.repeat(x, {r.randint(1, 3)}, axis={_axis(r, len(a))})",
    "pad": lambda r, a, b: f"ops.pad(x, {_pads(r, len(a))})",
    "take": lambda r, a, b: f"ops.take(x, {r.choice(('[0, 1]', '0', '[[0], [0]]'))}, axis={_axis(r, len(a))})",
    "take along": lambda r, a, b: f"ops.take_along_axis(x, ops.cast(x[{', '.join(r.choice((':', ':1', '1:')) for _ in a)}], 'int32'), axis={_axis(r, len(a))})",
    "one hot": lambda r, a, b: f"ops.one_hot(ops.cast(x, 'int32'), {r.randint(2, 9)})",
    "matmul": lambda r, a, b: "ops.matmul(x, y)",
    "dot": lambda r, a, b: r.choice(("ops.dot(x, y)", f"ops.tensordot(x, y, axes=[[{r.randrange(len(a))}], [{r.randrange(len(b))}]])", "ops.tensordot(x, y, axes=1)", "ops.outer(x, y)")),
    "einsum": lambda r, a, b: f"ops.einsum({r.choice(('bij,bjk->bik', 'bij,bkj->bik', 'bi,bi->b', 'bi,bj->bij', 'bij->bji', 'ij,jk'))!r}, x, y)",
    "index": lambda r, a, b: f"x[{_key(r, len(a))}]",
    "where": lambda r, a, b: r.choice(("ops.where(x > 0, x, y)", "ops.where(x > 0, x, 0.0)")),
    "image": lambda r, a, b: f"ops.image.resize(x, ({r.randint(1, 9)}, {r.randint(1, 9)}))",
    "patches": lambda r, a, b: f"ops.image.extract_patches(x, {r.choice((1, 2, (2, 3)))}, {r.choice(('', 'strides=2, ', 'strides=(1, 2), '))}padding={r.choice(('valid', 'same'))!r})",
    "losses": lambda r, a, b: f"keras.{r.choice(('losses.mean_squared_error', 'losses.binary_crossentropy', 'losses.kl_divergence', 'metrics.categorical_accuracy', 'losses.huber', 'metrics.mean_absolute_error'))}({r.choice(('x, x', 'x, y'))})" if r.random() < 0.7 else "keras.losses.sparse_categorical_crossentropy(x[..., 0], x)",
    "updates": lambda r, a, b: r.choice(("ops.argsort(x)", "ops.argsort(x, axis=0)", f"ops.slice_update(x, {[0] * len(a)}, y)", "ops.layer_normalization(x)", "ops.erfc(x)")),
}  # fmt: skip


def _function(body: str) -> str:
    """A layer that does this to x (and y), where tensors are TensorFlow's own."""
    return f"keras.layers.Lambda(lambda v: (lambda x, y: {body})(v[0], v[1]))([x, y])"


TENSORFLOW: dict[str, Family] = {
    "elementwise": lambda r, a, b: f"tf.{r.choice(('exp', 'nn.relu', 'math.log', 'nn.softmax', 'abs', 'sqrt', 'tanh', 'zeros_like', 'square', 'nn.l2_normalize', 'stop_gradient'))}({'x, -1' if False else 'x'})".replace("nn.l2_normalize(x)", "nn.l2_normalize(x, -1)"),
    "binary": lambda r, a, b: f"tf.{r.choice(('add', 'subtract', 'multiply', 'maximum', 'math.divide', 'equal', 'greater'))}(x, y)",
    "operators": lambda r, a, b: r.choice(("x + y", "x * 2", "1 - x", "x / y", "x ** 2", "-x", "x > 0", "x - y")),
    "reductions": lambda r, a, b: f"tf.reduce_{r.choice(('mean', 'sum', 'max', 'min', 'prod', 'std', 'logsumexp'))}(x, axis={_axes(r, len(a))}, keepdims={r.random() < 0.4})",
    "argmax": lambda r, a, b: f"tf.argmax(x, axis={_axis(r, len(a))})",
    "reshape": lambda r, a, b: f"tf.reshape(x, {_target(r, a)})",
    "reshape by shape": lambda r, a, b: "tf.reshape(x, (tf.shape(x)[0], -1))",
    "reshape by unstacked shape": lambda r, a, b: r.choice(("tf.reshape(x, tf.unstack(tf.shape(x)))", "tf.reshape(x, [tf.unstack(tf.shape(x))[0], -1])", f"tf.reshape(x, tf.unstack(tf.shape(x), {len(a)})[::-1])")),
    "transpose": lambda r, a, b: f"tf.transpose(x, perm={r.sample(range(len(a)), len(a))})",
    "expand": lambda r, a, b: f"tf.expand_dims(x, axis={r.randint(-len(a) - 1, len(a))})",
    "squeeze": lambda r, a, b: f"tf.squeeze(x, axis={_axis(r, len(a))})",
    "concat": lambda r, a, b: f"tf.concat([x, y], axis={_axis(r, len(a))})",
    "stack": lambda r, a, b: f"tf.stack([x, y], axis={_axis(r, len(a) + 1)})",
    "split": lambda r, a, b: f"tf.split(x, {r.choice((2, 3))}, axis={_axis(r, len(a))})",
    "tile": lambda r, a, b: f"tf.tile(x, {[r.randint(1, 3) for _ in a]})",
    "repeat": lambda r, a, b: f"tf.repeat(x, {r.randint(1, 3)}, axis={_axis(r, len(a))})",
    "pad": lambda r, a, b: f"tf.pad(x, {_pads(r, len(a))})",
    "gather": lambda r, a, b: f"tf.gather(x, [0, 0], axis={_axis(r, len(a))})",
    "matmul": lambda r, a, b: f"tf.matmul(x, y, {r.choice(('transpose_b', 'adjoint_b'))}={r.random() < 0.5})",
    "einsum": lambda r, a, b: f"tf.einsum({r.choice(('bij,bjk->bik', 'bij,bkj->bik', 'bi,bi->b'))!r}, x, y)",
    "index": lambda r, a, b: f"x[{_key(r, len(a))}]",
    "one hot": lambda r, a, b: f"tf.one_hot(tf.cast(x, tf.int32), {r.randint(2, 9)})",
    "image": lambda r, a, b: f"tf.image.resize(x, ({r.randint(1, 9)}, {r.randint(1, 9)}))",
    "patches": lambda r, a, b: r.choice((
        f"tf.image.extract_patches(x, [1, {r.randint(1, 3)}, {r.randint(1, 3)}, 1], [1, {r.randint(1, 3)}, {r.randint(1, 3)}, 1], [1, {r.choice((1, 1, 2))}, 1, 1], {r.choice(('VALID', 'SAME'))!r})",
        f"tf.nn.depth_to_space(x, {r.randint(2, 3)})", f"tf.nn.space_to_depth(x, {r.randint(2, 3)})",
    )),
    "matrices": lambda r, a, b: r.choice((
        f"tf.linalg.band_part(x, {r.choice((-1, 0, 1))}, {r.choice((-1, 0, 1))})", "tf.linalg.matrix_transpose(x)", "tf.linalg.adjoint(x)", "tf.linalg.trace(x)",
        "tf.linalg.diag_part(x)", "tf.linalg.diag(x)", "tf.linalg.matvec(x, y)", "tf.linalg.det(x)", "tf.linalg.inv(x)", "tf.linalg.expm(x)", "tf.linalg.cholesky(x)",
    )),
    "rows": lambda r, a, b: r.choice((
        f"tf.gather_nd(x, {r.choice(('[[0]]', '[[0, 0]]', '[0, 0]', '[[[0, 0, 0]]]'))})", f"tf.boolean_mask(x, {r.choice(('x > 0', 'tf.reduce_max(x, -1) > 0', 'y > 0'))})",
        f"tf.scatter_nd([[0], [1]], [1.0, 2.0], [{r.randint(2, 5)}])", "tf.tensor_scatter_nd_update(x, [[0]], tf.zeros_like(x)[:1])",
        f"tf.sequence_mask(tf.cast(x, tf.int32), {r.choice((None, 3, 7))})", f"tf.random.categorical(x, {r.randint(1, 4)})", "tf.random.shuffle(x)",
    )),
    "losses": lambda r, a, b: r.choice((
        "tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=x)", f"tf.nn.softmax_cross_entropy_with_logits(labels=x, logits=x, axis={_axis(r, len(a))})",
        "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.argmax(x, -1), logits=x)", "tf.nn.softmax_cross_entropy_with_logits(x, y)",
    )),
    "further": lambda r, a, b: r.choice((
        "tf.math.ceil(x)", "tf.math.is_nan(x)", "tf.math.logical_not(x > 0)", "tf.math.logical_xor(x > 0, y > 0)", "tf.argsort(x)", f"tf.argsort(x, axis={_axis(r, len(a))}, direction='DESCENDING')",
        "tf.add_n([x, x])", "tf.math.add_n([x, x, x])", "tf.size(x)", f"tf.math.count_nonzero(x, axis={_axes(r, len(a))})", "tf.math.floordiv(x, y)", "tf.math.floormod(x, y)",
        "tf.math.divide_no_nan(x, y)", "tf.truediv(x, y)", f"tf.math.reduce_euclidean_norm(x, {_axis(r, len(a))})", "tf.math.lgamma(x)", "tf.math.xlogy(x, y)",
    )),
    "backend": lambda r, a, b: r.choice((
        f"K.mean(x, axis={_axis(r, len(a))})", f"K.sum(x, axis={_axis(r, len(a))}, keepdims=True)", f"K.expand_dims(x, {r.randint(-len(a) - 1, len(a))})",
        "K.concatenate([x, y])", "K.repeat(x, 3)", "K.batch_flatten(x)", "K.flatten(x)", f"K.permute_dimensions(x, {tuple(r.sample(range(len(a)), len(a)))})",
        f"K.max(x, {_axis(r, len(a))})", "K.l2_normalize(x, -1)", f"K.squeeze(x, {_axis(r, len(a))})", "K.softmax(x)", f"K.argmax(x, {_axis(r, len(a))})",
        f"K.repeat_elements(x, 2, axis={r.randrange(len(a))})", "K.batch_dot(x, y)", "K.dot(x, y)", f"K.stack([x, y], {_axis(r, len(a))})", "K.clip(x, 0, 1)",
    )),
}  # fmt: skip


def shapes_for(name: str, r: Random) -> tuple[list[Any], list[Any]]:
    if name in ("matmul", "dot", "einsum") and r.random() < 0.85:
        a = _sizes(r, 2 if "einsum" in name and r.random() < 0.3 else 3)
        b = [a[0], a[-1], r.choice((2, 5))][-len(a) :] if r.random() < 0.7 else _near(r, a)
        return a, b
    if name in ("image", "patches") or (name == "windows" and r.random() < 0.9):
        return _sizes(r, r.choice((4, 4, 4, 3, 2))), [None, 2]
    a = _shape(r)
    return a, _near(r, a)


def theirs(text: str) -> Any:
    """The shapes that Keras gives, or its exception."""
    names: dict[str, Any] = {}
    try:
        exec(text, names)
    except Exception as error:
        return error
    found = names["z"]
    return [list(t.shape) for t in (found if isinstance(found, (list, tuple)) else [found])]


def ours(text: str) -> Any:
    """Our shapes, "refused", or None where we don't know."""
    program = follow(parse(Source("model.py", text)))
    if any(f.raises for f in program.faults):
        return "refused"
    found = leaves_of(program.ways[0].names.get("z"))
    if not found or not all(isinstance(t, Tensor) for t in found):
        return None
    return [t.shape.to_json() for t in found]


def compare(text: str) -> str:
    """ "same", "unknown", or what differs."""
    real, mine = theirs(text), ours(text)
    if isinstance(real, Exception):
        return "same" if mine == "refused" else f"missed: {type(real).__name__}: {str(real)[:120]}; we say {mine}"
    if mine == "refused":
        return f"wrong: we refuse, Keras gives {real}"
    if mine is None:
        return "unknown"
    if len(mine) != len(real):
        return "unknown" if mine == ["?"] else f"wrong: {mine}, Keras {real}"
    for a, b in zip(mine, real):
        if a == "?":
            return "unknown"
        if len(a) != len(b) or any(m not in (n, "?") and not (isinstance(m, str)) for m, n in zip(a, b)):
            return f"wrong: {mine}, Keras {real}"
    return "unknown" if any("?" in a for a in mine) else "same"


def run(
    families: dict[str, Family], wrap: Callable[[str], str], seed: str
) -> tuple[list[str], dict[str, Counter[str]]]:
    wrong: list[str] = []
    figures: dict[str, Counter[str]] = {}
    for name, make in families.items():
        r = Random(f"{name} {seed}")
        count = figures.setdefault(name, Counter())
        for _ in range(CASES):
            a, b = shapes_for(name, r)
            expression = make(r, a, b)
            text = HEAD.format(x=tuple(a), y=tuple(b)) + f"z = {wrap(expression)}\n"
            verdict = compare(text)
            count[verdict.partition(":")[0]] += 1
            if verdict.startswith("wrong"):
                wrong.append(f"{a} {b} {expression}: {verdict}")
    return wrong, figures


SEED = os.environ.get("LSTMLINT_SEED", "1")


def test_no_operation_of_keras_is_contradicted() -> None:
    wrong, figures = run(KERAS, lambda e: e, SEED)
    assert not wrong, "\n".join(wrong)
    for name, count in figures.items():
        assert count["unknown"] + count["missed"] <= CASES * 0.4, (name, count)


def test_no_function_of_tensorflow_inside_a_layer_is_contradicted() -> None:
    wrong, figures = run(TENSORFLOW, _function, SEED)
    assert not wrong, "\n".join(wrong)
    for name, count in figures.items():
        assert count["unknown"] + count["missed"] <= CASES * 0.5, (name, count)


REFUSED = (
    "tf.reshape(x, (-1, 2))", "tf.concat([x, y], -1)", "tf.reduce_mean(x)", "tf.shape(x)", "tf.nn.relu(x)", "tf.image.resize(x, (2, 2))",
    "tf.cast(x, tf.int32)", "tf.gather(x, 0)", "tf.convert_to_tensor(x)", "tf.squeeze(x)", "tf.linalg.norm(x)", "tf.pad(x, [[0, 0], [1, 1]])",
    "tf.linalg.band_part(x, -1, 0)", "tf.random.categorical(x, 1)", "tf.argsort(x)", "tf.boolean_mask(x, x > 0)", "tf.add_n([x, x])", "tf.math.is_nan(x)",
    "K.mean(x)", "K.expand_dims(x)", "K.concatenate([x, y])", "K.batch_dot(x, y)", "K.shape(x)", "K.softmax(x)",
)  # fmt: skip


@pytest.mark.parametrize("expression", REFUSED)
def test_tensorflow_is_refused_on_symbolic_tensors(expression: str) -> None:
    text = HEAD.format(x=(None, 4), y=(None, 4)) + f"z = {expression}\n"
    assert isinstance(theirs(text), Exception)
    assert ours(text) == "refused"


@pytest.mark.parametrize(
    "expression",
    ("K.int_shape(x)", "K.is_keras_tensor(x)", "tf.is_tensor(x)", "tf.print(x)", "x + tf.ones((4,))", "np.ndim(x)"),
)
def test_what_keras_lets_through_is_not_refused(expression: str) -> None:
    text = HEAD.format(x=(None, 4), y=(None, 4)) + f"z = {expression}\n"
    exec(text, {})
    assert ours(text) != "refused"


assert lstmlint.keras
