"""Models in files of the project: the configuration that Keras has written into a .json, .keras or .h5 file, and the model that is made of it.

The layers are made and called as the program would do it itself, so that shapes and weights are those of any other model. A configuration
with anything that isn't one of Keras's own layers (a user's class, a Lambda, an operation) is not read at all.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from ..knowledge import Call, Engine
from ..libs.bridge import from_python
from ..places import Place
from ..values import BuiltFunction, External, LayerObject, ListValue, ModelObject, Tensor, Value
from .objects import signature_of

_MOST = 1_000_000
"""Bytes of a file in whose beginning the configuration is looked for."""
_HDF5 = b"\x89HDF\r\n\x1a\n"
_BEGINNINGS = (b'{"class_name": "', b'{"module": "')
"""How Keras's JSON of a model begins."""
_MODELS = frozenset(["Sequential", "Functional", "Model"])
_OF_INPUTS = ("batch_shape", "batch_input_shape")
_NOT_READ = frozenset(["Lambda", "TFSMLayer", "TextVectorization", "StringLookup", "IntegerLookup"])
"""Layers whose configuration doesn't say what they do: code, and vocabularies that stand elsewhere in the file."""
_INSIDE = ("layer", "backward_layer", "cell")
"""Arguments of wrappers that are layers."""


class _NotRead(Exception):
    """The configuration holds something that isn't followed."""


def model_in_file(call: Call, path: Value) -> ModelObject | None:
    """The model in a .keras or .h5 file of the project; None where it can't be read."""
    raw = call.engine.files.beginning(path, _MOST)
    if raw is None:
        return None
    text = _in_hdf5(raw) if raw.startswith(_HDF5) else _in_zip(raw)
    return model_of_text(call, text) if text is not None else None


def model_of_text(call: Call, text: str) -> ModelObject | None:
    """The model that `model.to_json()` has described; None where it can't be read. Nothing of making it is recorded."""
    try:
        config, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    engine, record = call.engine, call.engine.record
    before = {name: len(found) for name, found in record.lists().items()}
    made = engine.attempt(BuiltFunction("load", lambda inner: _build(inner, config)), [], place=call.place)
    for name, found in record.lists().items():
        del found[before[name] :]
    if not isinstance(made, ModelObject):
        return None
    made.state["escaped"] = "how it was compiled stands in the file"
    return made


def _in_hdf5(raw: bytes) -> str | None:
    """The text of the attribute `model_config`, which stands in one piece."""
    start = min((at for word in _BEGINNINGS if (at := raw.find(word)) >= 0), default=-1)
    return raw[start:].decode("utf-8", "replace") if start >= 0 else None


def _in_zip(raw: bytes) -> str | None:
    """The text of `config.json`, one of the first entries of a .keras archive (the headers are those of the ZIP format)."""
    at = 0
    while raw[at : at + 4] == b"PK\x03\x04" and len(raw) >= at + 30:
        method, size = int.from_bytes(raw[at + 8 : at + 10], "little"), int.from_bytes(raw[at + 18 : at + 22], "little")
        name, extra = (int.from_bytes(raw[at + n : at + n + 2], "little") for n in (26, 28))
        start = at + 30 + name + extra
        if raw[at + 30 : at + 30 + name] == b"config.json":
            content = raw[start : start + size]
            try:
                return (zlib.decompress(content, -15) if method == 8 else content).decode("utf-8")
            except (zlib.error, UnicodeDecodeError):
                return None
        at = start + size
    return None


def _build(call: Call, written: Any) -> Value:
    try:
        return _Maker(call.engine, call.place).layer(written)
    except (_NotRead, KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        return call.unknown("the configuration in the file is not followed")


class _Maker:
    """Makes layers and models of their configurations."""

    def __init__(self, engine: Engine, place: Place) -> None:
        self.engine, self.place = engine, place

    def layer(self, written: Mapping[str, Any]) -> LayerObject:
        """A layer, or a model, of `{"class_name": ..., "config": ...}`."""
        name, config = written["class_name"], written["config"]
        if written.get("registered_name") not in (None, name):
            raise _NotRead
        if name in _MODELS:
            return self._sequential(config) if name == "Sequential" else self._functional(config)
        full = f"keras.layers.{name}"
        module = written.get("module") or "keras.layers"
        if module != "keras.layers" or name in _NOT_READ:
            raise _NotRead
        return self._made(full, self._arguments(full, config))

    def _made(self, name: str, arguments: dict[str, Value], *positional: Value) -> LayerObject:
        made = self.engine.call(External(name), positional, arguments, place=self.place)
        if not isinstance(made, LayerObject) or made.opaque:
            raise _NotRead
        return made

    def _arguments(self, name: str, config: Mapping[str, Any]) -> dict[str, Value]:
        """What the constructor is given: nothing that this Keras doesn't know, and no objects but layers."""
        signature = signature_of(name, self.engine.keras_major)
        if signature is None:
            raise _NotRead
        found: dict[str, Value] = {}
        for key, value in config.items():
            if key in _OF_INPUTS and value is not None:
                found["batch_shape" if name.endswith("InputLayer") else "input_shape"] = tuple(
                    value if name.endswith("InputLayer") else value[1:]
                )
            elif key in _INSIDE and isinstance(value, dict):
                found[key] = self.layer(value)
            elif key == "cells" or (isinstance(value, dict) and "class_name" in value):
                if key == "cells" or value["class_name"] == "__tensor__":
                    raise _NotRead
            elif key == "axis" and isinstance(value, list) and len(value) == 1:
                found[key] = value[0]  # as Keras 2 writes that of a BatchNormalization
            elif key in ("name", "trainable") or key in signature.names:
                found[key] = _plain(value)
        found.pop("dtype", None)
        return found

    def _sequential(self, config: Any) -> LayerObject:
        written = config if isinstance(config, list) else config["layers"]
        layers = ListValue([self.layer(one) for one in written], place=self.place)
        named: dict[str, Value] = {} if isinstance(config, list) else {"name": config["name"]}
        return self._made("keras.Sequential", named, layers)

    def _functional(self, config: Mapping[str, Any]) -> LayerObject:
        layers: dict[str, LayerObject] = {}
        outputs: dict[tuple[str, int], list[Value]] = {}
        waiting: list[tuple[str, int, Any]] = []
        for written in config["layers"]:
            name = written["name"] if "name" in written else written["config"]["name"]
            if written["class_name"] == "InputLayer":
                outputs[name, 0] = [self._input(written["config"])]
                continue
            layers[name] = self.layer(written)
            nodes = written["inbound_nodes"]
            # a model's own first call has number 0 for Keras 2
            first = int(isinstance(layers[name], ModelObject) and layers[name].built and isinstance(nodes[0], list))
            waiting += [(name, number, node) for number, node in enumerate(nodes, first)]
        while waiting:
            ready = [item for item in waiting if all(key in outputs for key in _sources(item[2]))]
            if not ready:
                raise _NotRead
            for name, number, node in ready:
                args, kwargs = self._inputs(node, outputs)
                outputs[name, number] = _leaves(self.engine.call(layers[name], args, kwargs, place=self.place))
                waiting.remove((name, number, node))
        ends = [self._ends(config[key], outputs) for key in ("input_layers", "output_layers")]
        return self._made("keras.Model", {"name": config["name"]}, *ends)

    def _input(self, config: Mapping[str, Any]) -> Value:
        shape = next(config[key] for key in _OF_INPUTS if config.get(key) is not None)
        arguments: dict[str, Value] = {"shape": tuple(shape[1:]), "name": config["name"]}
        if shape[0] is not None:
            arguments["batch_size"] = shape[0]
        if isinstance(config.get("dtype"), str):
            arguments["dtype"] = config["dtype"]
        return self.engine.call(External("keras.Input"), [], arguments, place=self.place)

    def _inputs(
        self, node: Any, outputs: Mapping[tuple[str, int], list[Value]]
    ) -> tuple[list[Value], dict[str, Value]]:
        """The arguments of one call of a layer."""
        if isinstance(node, dict):  # as Keras 3 writes it
            return [_filled(arg, outputs) for arg in node["args"]], {
                k: _filled(v, outputs) for k, v in node["kwargs"].items()
            }
        tensors = [outputs[name, number][index] for name, number, index, *_ in node]
        kwargs = node[0][3] if len(node[0]) > 3 else {}
        if any(isinstance(value, (list, dict)) for value in kwargs.values()):
            raise _NotRead  # a tensor among them, or an array
        return [tensors[0] if len(tensors) == 1 else ListValue(tensors)], {k: _plain(v) for k, v in kwargs.items()}

    def _ends(self, written: Any, outputs: Mapping[tuple[str, int], list[Value]]) -> Value:
        """The inputs or the outputs of a model: one, a list or a dict of them."""
        if isinstance(written, dict):
            raise _NotRead
        if written and isinstance(written[0], str):
            return outputs[written[0], written[1]][written[2]]
        found = [outputs[name, number][index] for name, number, index in written]
        return ListValue(found)


def _sources(node: Any) -> Iterator[tuple[str, int]]:
    """The calls of layers whose outputs a call takes."""
    if not isinstance(node, dict):
        yield from ((name, number) for name, number, *_ in node)
        return
    pending: list[Any] = [node["args"], node["kwargs"]]
    while pending:
        item = pending.pop()
        if isinstance(item, dict) and item.get("class_name") == "__keras_tensor__":
            name, number, _ = item["config"]["keras_history"]
            yield name, number
        elif isinstance(item, (list, dict)):
            pending += item.values() if isinstance(item, dict) else item


def _filled(value: Any, outputs: Mapping[tuple[str, int], list[Value]]) -> Value:
    """An argument of a call in which tensors stand for how they are written."""
    if isinstance(value, dict):
        if value.get("class_name") != "__keras_tensor__":
            raise _NotRead
        name, number, index = value["config"]["keras_history"]
        return outputs[name, number][index]
    return ListValue([_filled(item, outputs) for item in value]) if isinstance(value, list) else _plain(value)


def _plain(value: Any) -> Value:
    """A value of JSON as the constructor had it: what was a tuple has become a list."""
    return tuple(map(_plain, value)) if isinstance(value, list) else from_python(value)


def _leaves(value: Value) -> list[Value]:
    found = list(value.items) if isinstance(value, ListValue) else list(value) if isinstance(value, tuple) else [value]
    if not all(isinstance(item, Tensor) for item in found):
        raise _NotRead
    return found
