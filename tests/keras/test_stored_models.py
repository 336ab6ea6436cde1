"""Models that stand in files of the project are what Keras loads from them, or unknown."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lstmlint.runner import check_file, follow_bytes
from lstmlint.summary import model_record
from tests.layer_cases import FAMILIES, Random

pytestmark = pytest.mark.keras

NETS = {
    "stack": "keras.Sequential([keras.Input((10, 4)), L.Bidirectional(L.LSTM(8, return_sequences=True), backward_layer=L.GRU(8, return_sequences=True, "
    "go_backwards=True)), L.TimeDistributed(L.Dense(3, kernel_regularizer='l2')), L.Flatten(), L.Dense(2, 'softmax')], name='own')",
    "unnamed": "keras.Sequential([keras.Input((6,), batch_size=2), L.Dense(3, trainable=False), L.BatchNormalization(), L.Reshape((3, 1))])",
    "unbuilt": "keras.Sequential([L.Dense(3), L.Dropout(0.1)])",
    "branches": "(lambda i, j: keras.Model([i, j], [L.Dense(3, name='end')(L.concatenate([L.Flatten()(i), j])), L.Add()([j, L.Dense(5)(j)])]))"
    "(keras.Input((2, 3), name='p'), keras.Input((5,)))",
    "shared": "(lambda i, d: keras.Model(i, L.Concatenate()([d(d(i)), d(i)]), name='twice'))(keras.Input((4,)), L.Dense(4))",
    "nested": "(lambda i, m: keras.Model(i, L.Dense(2)(m(i))))(keras.Input((4,)), keras.Sequential([keras.Input((4,)), L.Dense(6), L.Dense(7)]))",
    "states": "(lambda i, r: keras.Model(i, r(i)))(keras.Input((5, 3)), L.LSTM(4, return_state=True, return_sequences=True))",
    "passed on": "(lambda i, s: keras.Model(i, L.LSTM(4)(i, initial_state=s[1:])))(i := keras.Input((5, 3)), L.LSTM(4, return_state=True)(i))",
    "attention": "(lambda q: keras.Model(q, L.MultiHeadAttention(2, 3)(q, q)))(keras.Input((5, 4)))",
    "pictures": "keras.Sequential([keras.Input((16, 16, 3)), L.Rescaling(1 / 255), L.Conv2D(4, 3, padding='same'), L.MaxPooling2D(), L.SeparableConv2D(5, 2), "
    "L.GlobalAveragePooling2D(), L.Dense(1)])",
    "words": "keras.Sequential([keras.Input((None,), dtype='int32'), L.Embedding(50, 8, mask_zero=True), L.GRU(4), L.Dense(1)])",
    "cells": "keras.Sequential([keras.Input((5, 3)), L.RNN(L.LSTMCell(4), return_sequences=True), L.RNN([L.GRUCell(2), L.GRUCell(3)])])",
    "operators": "(lambda i: keras.Model(i, L.Dense(2)(i * 2.0 + 1.0)))(keras.Input((4,)))",
    "dict": "(lambda i: keras.Model({'a': i}, {'b': L.Dense(2)(i)}))(keras.Input((4,), name='a'))",
    "lambda": "keras.Sequential([keras.Input((4,)), L.Lambda(lambda x: x), L.Dense(2)])",
}  # fmt: skip
NOT_READ = {"cells", "operators", "dict", "lambda"}
"""Those whose configuration has what is not followed."""


def _made(source: str, library: str) -> Any:
    scope: dict[str, Any] = {}
    exec(f"import {library} as keras\nL = keras.layers\nmodel = {source}", scope)
    return scope["model"]


def _written(model: Any, folder: Path) -> list[str]:
    """The files that hold the model, as expressions that load it."""
    loads = []
    for ending in ("keras", "h5"):
        model.save(folder / f"m.{ending}")
        loads.append(
            f"keras.models.load_model('m.{ending}', safe_mode=False)"
            if ending == "keras"
            else "keras.models.load_model('m.h5')"
        )
    (folder / "m.json").write_text(model.to_json())
    loads.append("keras.models.model_from_json(open('m.json').read())")
    return loads


def _said(model: Any, library: str) -> dict[str, Any]:
    """What Keras says of a model, as `summary` does."""

    def shapes(layer: Any) -> list[Any]:
        found = layer.output_shape if library == "tf_keras" else layer.output
        if library == "tf_keras":
            return [list(s) for s in (found if isinstance(found, list) or isinstance(found[0], tuple) else [found])]
        return [list(t.shape) for t in (found if isinstance(found, (list, tuple)) else [found])]

    layers = [[layer.name, type(layer).__name__, shapes(layer), layer.count_params()] for layer in model.layers]
    return {"name": model.name, "layers": layers, "total": model.count_params()}


def _seen(folder: Path, load: str, library: str) -> dict[str, Any] | None:
    """What the engine says of the loaded model, None where it does not know it."""
    program = f"import {library} as keras\nmodel = {load}\n"
    model = follow_bytes(program.encode(), str(folder / "use.py")).ways[-1].names["model"]
    if not hasattr(model, "layers"):
        return None
    from lstmlint.program import ModelSite

    record = model_record(ModelSite(model, model.place, "model"))
    layers = [[x["name"], x["class"], x["output_shapes"], x["params"]] for x in record["layers"]]
    return {"name": record["name"], "layers": layers, "total": record["total_params"]}


@pytest.mark.parametrize("net", NETS)
def test_a_stored_model_is_what_keras_loads(net: str, tmp_path: Path) -> None:
    import keras

    logging.disable(logging.CRITICAL)
    for load in _written(_made(NETS[net], "keras"), tmp_path):
        scope: dict[str, Any] = {"keras": keras, "open": lambda name: (tmp_path / name).open()}
        seen = _seen(tmp_path, load, "keras")
        assert (seen is None) == (net in NOT_READ), load
        try:
            exec(f"model = {load.replace('load_model(', f'load_model({str(tmp_path)!r} + chr(47) + ')}", scope)
        except (TypeError, ValueError):  # Keras does not read all that it writes
            assert seen is None
        if seen is not None and net != "unbuilt":
            assert seen == _said(scope["model"], "keras"), load
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("net", sorted(NETS.keys() - {"lambda", "operators", "unbuilt", "attention"}))
def test_a_stored_model_of_keras_2(net: str, tmp_path: Path) -> None:
    tf_keras = pytest.importorskip("tf_keras")
    logging.disable(logging.CRITICAL)
    model = _made(NETS[net], "tf_keras")
    for load in _written(model, tmp_path)[1:]:
        seen = _seen(tmp_path, load, "tf_keras")
        assert (seen is None) == (net in NOT_READ | {"passed on"}), load
        if seen is not None:
            assert seen == _said(model, "tf_keras"), load
    logging.disable(logging.NOTSET)
    assert tf_keras is not None


@pytest.mark.parametrize("family", FAMILIES)
def test_layers_of_any_configuration(family: str, tmp_path: Path) -> None:
    import keras

    logging.disable(logging.CRITICAL)
    figures: Counter[str] = Counter()
    wrong = []
    for name, draw in FAMILIES[family].items():
        for number in range(2):
            case = draw(Random(f"stored {name} {number}"))
            inputs = [keras.Input(batch_shape=eval(shape), name=f"in{i}") for i, shape in enumerate(case.shapes)]
            scope: dict[str, Any] = {"keras": keras, **{f"x{i}": tensor for i, tensor in enumerate(inputs)}}
            try:
                exec(f"{case.setup}\nlayer = {case.construct}\ny = layer({case.arguments})", scope)
                model = keras.Model(inputs, scope["y"])
                text = model.to_json()
                loaded = keras.models.model_from_json(text)
            except Exception:
                figures["not made"] += 1
                continue
            (tmp_path / "m.json").write_text(text)
            seen = _seen(tmp_path, "keras.models.model_from_json(open('m.json').read())", "keras")
            figures["unknown" if seen is None else "known"] += 1
            if seen is not None and not _agree(seen, _said(loaded, "keras")):
                wrong.append(f"{case}\n{seen}\n{_said(loaded, 'keras')}")
    logging.disable(logging.NOTSET)
    print(family, dict(figures))
    assert not wrong, "\n\n".join(wrong[:5])
    assert figures["known"] or not figures["unknown"], figures


def _agree(seen: dict[str, Any], said: dict[str, Any]) -> bool:
    """Is nothing of what is said of a model wrong? Sizes and counts may be unknown."""
    if len(seen["layers"]) != len(said["layers"]):
        return False
    for (name, kind, shapes, count), (real_name, real_kind, real_shapes, real_count) in zip(
        seen["layers"], said["layers"]
    ):
        sizes = [pair for mine, real in zip(shapes, real_shapes) if mine != "?" for pair in zip(mine, real)]
        real_kind = real_kind.replace(
            "GroupedQuery", "GroupQuery"
        )  # the class has another name than it is exported under
        if (name, kind) != (real_name, real_kind) or count not in (None, real_count):
            return False
        if any(mine != real and not isinstance(mine, str) for mine, real in sizes):
            return False
    return seen["total"] in (None, said["total"])


USES = {
    "import keras, numpy as np\nmodel = keras.models.load_model('m.keras')\nmodel.predict(np.zeros((2, 9, 5)))\n": ["DAT005"],
    "import keras, numpy as np\nmodel = keras.models.load_model('m.keras')\nmodel.predict(np.zeros((2, 10, 4)))\n": [],
    "import keras, numpy as np\nmodel = keras.models.load_model('m.keras')\nmodel.fit(np.zeros((2, 10, 4)), np.zeros((2, 2)))\n": [],
    "import keras\nmodel = keras.models.load_model('m.keras')\nmodel.compile(loss='mse')\nmodel.get_layer('nobody')\n": ["API009"],
    "import keras, numpy as np\nmodel = keras.models.load_model('m.keras')\nmodel.pop()\nmodel.add(keras.layers.Dense(7))\nmodel.summary()\n": [],
    "import keras, numpy as np\ncheck = keras.callbacks.ModelCheckpoint('m.keras')\nnet = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])\n"
    "net.compile(loss='mse')\nnet.fit(np.zeros((2, 3)), np.zeros((2, 1)), callbacks=[check])\n"
    "keras.models.load_model('m.keras').predict(np.zeros((2, 3)))\n": [],
    "import keras, numpy as np\nnet = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])\nnet.save('m.keras')\n"
    "keras.models.load_model('m.keras').predict(np.zeros((2, 3)))\n": [],
    "import keras, numpy as np\nmodel = keras.models.model_from_json(open('m.json').read())\nmodel.load_weights('m.weights.h5')\n"
    "model.predict(np.zeros((2, 10, 3)))\n": ["DAT005"],
}  # fmt: skip


@pytest.mark.parametrize("program", USES)
def test_what_is_done_with_a_stored_model(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logging.disable(logging.CRITICAL)
    monkeypatch.chdir(tmp_path)
    model = _made(NETS["stack"], "keras")
    model.compile(loss="mean_squared_error")
    _written(model, tmp_path)
    model.save_weights("m.weights.h5")
    (tmp_path / "use.py").write_text(program)
    found = check_file("use.py").findings
    try:
        exec(program, {})
        raised = False
    except Exception:
        raised = True
    logging.disable(logging.NOTSET)
    assert [f.code for f in found] == USES[program]
    assert raised == any(f.severity.value == "error" for f in found)


@pytest.mark.parametrize("text", ['{"class_name": "Sequential"}', '{"class_name": "Sequential", "config": {"layers": [{}], "name": "x"}}', "[", "[" * 90_000, "3",
                                  '{"class_name": "Functional", "config": {"name": "f", "layers": [], "input_layers": [["a", 0, 0]], "output_layers": []}}'])  # fmt: skip
def test_what_is_no_model_is_not_known(text: str, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(text)
    (tmp_path / "m.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + text.encode())
    (tmp_path / "m.keras").write_bytes(b"PK\x03\x04" + text.encode())
    for load in ("model_from_json(open('m.json').read())", "load_model('m.h5')", "load_model('m.keras')"):
        assert _seen(tmp_path, f"keras.models.{load}", "keras") is None
