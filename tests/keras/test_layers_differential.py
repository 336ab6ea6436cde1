"""Every layer, configured at random, says what the installed Keras says: shape, mask, weights, and whether it raises."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

import lstmlint.keras
from lstmlint.interpret import follow
from lstmlint.keras.spec import LAYERS, find_layer
from lstmlint.keras.tensors import leaves
from lstmlint.program import Record
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import LayerObject, Tensor, Unknown

pytestmark = pytest.mark.keras
CASES = int(os.environ.get("LSTMLINT_CASES", "8"))
Random = random.Random


def _size(r: Random) -> int:
    return r.choice((1, 2, 3, 4, 5, 7))


def _shape(r: Random, rank: int) -> str:
    """A batch shape: mostly of the right rank, sometimes with axes that aren't fixed."""
    if r.random() < 0.1:
        rank = max(1, rank + r.choice((-1, 1)))
    sizes = [r.choice((None, None, 2)), *(None if r.random() < 0.12 else r.randint(1, 9) for _ in range(rank - 1))]
    return repr(tuple(sizes))


def _some(r: Random, **options: Callable[[], Any]) -> str:
    """Some of these keyword arguments, as source text."""
    return ", ".join(f"{name}={make()!r}" for name, make in options.items() if r.random() < 0.4)


def _call(name: str, *arguments: str) -> str:
    return f"keras.layers.{name}({', '.join(a for a in arguments if a)})"


def _recurrent(r: Random, name: str) -> str:
    own: dict[str, Callable[[], Any]] = {"reset_after": lambda: r.random() < 0.5} if name == "GRU" else {}
    if name == "LSTM":
        own["unit_forget_bias"] = lambda: r.random() < 0.5
    flags = ("return_sequences", "return_state", "go_backwards", "use_bias", "stateful", "unroll")
    # unrolling needs fixed steps, being stateful a fixed batch: both are refused otherwise, which is compared as well
    chance = {"stateful": 0.15, "unroll": 0.1}
    options = {flag: (lambda f=flag: r.random() < chance.get(f, 0.5)) for flag in flags}
    return _call(name, str(r.choice((1, 2, 3, 4, 5, 0 if r.random() < 0.1 else 6))), _some(r, **options, **own))


def _cell(r: Random) -> str:
    name = r.choice(("LSTMCell", "GRUCell", "SimpleRNNCell"))
    own = {"reset_after": lambda: r.random() < 0.5} if name == "GRUCell" else {}
    return _call(name, str(_size(r)), _some(r, use_bias=lambda: r.random() < 0.5, **own))


def _windowed(r: Random, rank: int, name: str) -> str:
    def each(low: int = 1, high: int = 3) -> Any:
        return r.randint(low, high) if r.random() < 0.6 else tuple(r.randint(low, high) for _ in range(rank))

    padding = lambda: r.choice(("valid", "same", "SAME"))  # noqa: E731
    strided = {"strides": each} if r.random() < 0.7 else {"dilation_rate": each}
    more = {"padding": padding, "use_bias": lambda: r.random() < 0.5, **strided}
    if "Global" in name:
        return _call(name, _some(r, keepdims=lambda: r.random() < 0.5))
    if "Pooling" in name:
        return _call(name, _some(r, pool_size=each, strides=each, padding=padding))
    if "UpSampling" in name:
        return _call(name, _some(r, size=each))
    if "Padding" in name or "Cropping" in name:
        return _call(name, _some(r, **{"padding" if "Padding" in name else "cropping": lambda: each(0, 2)}))
    if "Depthwise" in name:
        return _call(name, repr(each()), _some(r, depth_multiplier=lambda: _size(r), **more))
    if "LSTM" in name:
        more["return_sequences"] = lambda: r.random() < 0.5
        more["return_state"] = lambda: r.random() < 0.3
    return _call(name, str(_size(r)), repr(each()), _some(r, **more))


def configure(name: str, r: Random) -> tuple[str, list[str]] | None:
    """A constructor call and the batch shapes of its inputs, as source text; None for a layer that isn't configured here."""
    for rank in (1, 2, 3):
        if f"{rank}D" in name and "Adaptive" not in name and "Dropout" not in name:
            return _windowed(r, rank, name), [_shape(r, rank + 2 + ("LSTM" in name))]
    if name in ("LSTM", "GRU", "SimpleRNN"):
        return _recurrent(r, name), [_shape(r, 3)]
    if name == "Bidirectional":
        inner = _recurrent(r, r.choice(("LSTM", "GRU", "SimpleRNN")))
        return _call(name, inner, _some(r, merge_mode=lambda: r.choice(("sum", "mul", "ave", "concat", None)))), [_shape(r, 3)]  # fmt: skip
    if name == "RNN":
        cells = [_cell(r) for _ in range(r.choice((1, 1, 2, 3)))]
        flags = {f: (lambda: r.random() < 0.5) for f in ("return_sequences", "return_state", "go_backwards")}
        inner = cells[0] if len(cells) == 1 else f"[{', '.join(cells)}]"
        return _call(name, inner, _some(r, **flags)), [_shape(r, 3)]
    if name == "TimeDistributed":
        inner = r.choice((_call("Dense", str(_size(r))), _call("Flatten"), _call("Dropout", "0.1"), _call("LSTM", "3")))
        return _call(name, inner), [_shape(r, 4 if "LSTM" in inner else r.choice((3, 4)))]
    if name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"):
        rank = r.choice((2, 3))
        first = _shape(r, rank)
        count = 2 if name == "Subtract" or r.random() < 0.6 else 3
        axis = _some(r, axis=lambda: r.choice((-1, 1, 2))) if name == "Concatenate" else ""
        return _call(name, axis), [first, *(first if r.random() < 0.6 else _shape(r, rank) for _ in range(count - 1))]
    simple: dict[str, Callable[[], tuple[str, int]]] = {
        "Dense": lambda: (f"{r.choice((1, 2, 5, 0 if r.random() < 0.1 else 8))}, " + _some(r, use_bias=lambda: r.random() < 0.5), r.choice((2, 3))),
        "Embedding": lambda: (f"{_size(r)}, {_size(r)}, " + _some(r, mask_zero=lambda: r.random() < 0.5), r.choice((2, 3))),
        "Flatten": lambda: ("", r.choice((2, 3, 4))),
        "Reshape": lambda: (repr(tuple(r.choice((1, 2, 3, 4, 6, -1)) for _ in range(r.choice((1, 2, 2, 3))))), r.choice((2, 3))),
        "Permute": lambda: (r.choice(("(2, 1)", "(1, 2)")), 3),
        "RepeatVector": lambda: (str(_size(r)), 2),
        "PReLU": lambda: (_some(r, shared_axes=lambda: r.choice(([1], [1, 2]))), 3),
        "BatchNormalization": lambda: (_some(r, axis=lambda: r.choice((-1, 1)), scale=lambda: r.random() < 0.5, center=lambda: r.random() < 0.5), r.choice((2, 3, 4))),
        "LayerNormalization": lambda: (_some(r, axis=lambda: r.choice((-1, 1, [1, 2])), scale=lambda: r.random() < 0.5, center=lambda: r.random() < 0.5), r.choice((3, 4))),
        "Activation": lambda: (repr(r.choice(("relu", "tanh", "softmax", "leaky_relu"))), r.choice((2, 3))),
        "Rescaling": lambda: ("0.5", r.choice((2, 3))),
        "SpatialDropout1D": lambda: ("0.2", 3), "SpatialDropout2D": lambda: ("0.2", 4), "SpatialDropout3D": lambda: ("0.2", 5),
        **{n: (lambda: ("0.2", r.choice((2, 3)))) for n in ("Dropout", "GaussianDropout", "GaussianNoise", "AlphaDropout")},
        **{n: (lambda: ("", r.choice((2, 3)))) for n in ("ReLU", "LeakyReLU", "ELU", "Softmax", "Masking", "Identity", "ActivityRegularization", "UnitNormalization")},
    }  # fmt: skip
    if name not in simple:
        return None
    arguments, rank = simple[name]()
    return _call(name, arguments.rstrip(", ")), [_shape(r, rank)]


def program(name: str, r: Random) -> str | None:
    """A program that makes one layer and calls it twice, on inputs that may carry a mask."""
    made = configure(name, r)
    if made is None:
        return None
    construct, shapes = made
    lines = ["import keras"]
    for i, shape in enumerate(shapes):
        dtype = ", dtype='int32'" if name == "Embedding" else ""
        lines.append(f"x{i} = keras.Input(batch_shape={shape}{dtype})")
        # a mask is (batch, time): only for inputs that have both
        if shape.count(",") == 2 and len(eval(shape)) == 3 and r.random() < 0.3 and name != "Embedding":
            lines.append(f"x{i} = keras.layers.Masking()(x{i})")
    inputs = "x0" if len(shapes) == 1 else f"[{', '.join(f'x{i}' for i in range(len(shapes)))}]"
    return "\n".join([*lines, f"layer = {construct}", f"y = layer({inputs})"]) + "\n"


def compare(text: str) -> str | None:
    """What we say wrongly of a program, None if nothing. Not knowing is never wrong; a refusal that we miss is `missed:`."""
    ours = follow(parse(Source("case.py", text))).ways[0]
    names: dict[str, Any] = {}
    try:
        exec(compile(text, "case.py", "exec"), names)
    except Exception as error:
        said = [f for f in ours.faults if f.raises]
        return (
            None
            if said or isinstance(ours.names.get("y"), Unknown)
            else f"missed: {type(error).__name__}: {str(error)[:200]}"
        )
    raising = [f for f in ours.faults if f.raises]
    if raising:
        return f"invented: {raising[0].kind}: {raising[0].message}"
    return _compare_results(ours, names["layer"], names["y"])


def _compare_results(ours: Record, real: Any, outputs: Any) -> str | None:
    import keras

    value, layer = ours.names.get("y"), ours.names.get("layer")
    if isinstance(value, Unknown) or not isinstance(layer, LayerObject):
        return None
    theirs, found = keras.tree.flatten(outputs), [v for v in leaves(value) if isinstance(v, Tensor)]
    unknown = any(t.shape.dims is None for t in found)
    if len(theirs) != len(found):
        return None if unknown else f"{len(found)} outputs, not {len(theirs)}"
    for mine, actual in zip(found, theirs):
        if mine.shape.dims is None:
            continue
        if len(mine.shape.dims) != len(actual.shape) or any(
            not d.is_unknown and d.size != size for d, size in zip(mine.shape.dims, actual.shape)
        ):
            return f"shape {mine.shape}, not {actual.shape}"
        masked = getattr(actual, "_keras_mask", None) is not None
        if not unknown and (mine.mask is not None) != masked:
            return f"mask {mine.mask is not None}, not {masked}"
    parts = [layer, *layer.sublayers]
    if any(p.weights_unknown or p.opaque for p in parts) or any(s.sublayers for s in layer.sublayers):
        return None
    mine_weights = [tuple(d.size for d in w.shape) for p in parts for w in p.weights]
    real_weights = [tuple(w.shape) for w in real.weights if "seed" not in w.path]
    if any(w.shape.dims is None or any(d.is_unknown for d in w.shape) for p in parts for w in p.weights):
        return None
    return None if mine_weights == real_weights else f"weights {mine_weights}, not {real_weights}"


def test_every_layer_that_is_configured_here_is_known() -> None:
    assert lstmlint.keras is not None
    assert len([n for n in LAYERS if configure(n.rpartition(".")[2], Random(0))]) > 50
    assert find_layer("keras.layers.LSTM") is not None


@pytest.mark.parametrize("name", sorted(n.rpartition(".")[2] for n in LAYERS))
def test_a_layer_says_what_keras_says(name: str) -> None:
    wrong: dict[str, str] = {}
    for case in range(CASES):
        text = program(name, Random(f"{name} {case}"))
        if text is None:
            pytest.skip("not configured at random")
        said = compare(text)
        if said is not None and (not said.startswith("missed:") or os.environ.get("LSTMLINT_MISSED")):
            wrong[text] = said
    assert not wrong, "\n".join(f"{said}\n{text}" for text, said in wrong.items())
