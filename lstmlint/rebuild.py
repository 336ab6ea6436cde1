"""Builds models with the installed Keras from what was extracted, and says what became of them: one JSON object in, one out.

It runs in a process of its own (`python -m lstmlint.rebuild`), so that nothing of TensorFlow gets into the tool, and never sees
the user's program: only names of Keras's classes, numbers, strings and how the layers hang together.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


def find(name: str) -> Any:
    """A public object of Keras by its canonical name ("keras.layers.LSTM")."""
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


class Rebuilding:
    """One model: the objects made so far, by their numbers in the recipe."""

    def __init__(self) -> None:
        self.layers: dict[int, Any] = {}
        self.tensors: dict[int, Any] = {}

    def value(self, written: Any) -> Any:
        """A value of the recipe as Keras takes it."""
        if not isinstance(written, dict):
            return written
        if "tuple" in written:
            return tuple(self.value(v) for v in written["tuple"])
        if "list" in written:
            return [self.value(v) for v in written["list"]]
        if "dict" in written:
            return {k: self.value(v) for k, v in written["dict"].items()}
        if "tensor" in written:
            return self.tensors[written["tensor"]]
        return self.layer(written["layer"])

    def layer(self, recipe: dict[str, Any]) -> Any:
        """The layer of a recipe, made once."""
        if recipe["id"] not in self.layers:
            made = self.model(recipe) if "kind" in recipe else self.plain(recipe)
            self.layers[recipe["id"]] = made
        return self.layers[recipe["id"]]

    def plain(self, recipe: dict[str, Any]) -> Any:
        arguments = {name: self.value(v) for name, v in recipe["arguments"].items()}
        return find(recipe["class"])(*[self.value(v) for v in recipe.get("rest", ())], **arguments)

    def model(self, recipe: dict[str, Any]) -> Any:
        keras = importlib.import_module("keras")
        if recipe["kind"] == "Sequential":
            model = keras.Sequential(name=recipe["name"])
            if recipe["input"] is not None:
                shape, dtype = recipe["input"]
                model.add(keras.Input(batch_shape=tuple(shape), dtype=dtype))
            for layer in recipe["layers"]:
                model.add(self.layer(layer))
            return model
        for step in recipe["steps"]:
            self.step(step)
        return keras.Model(self.value(recipe["inputs"]), self.value(recipe["outputs"]), name=recipe["name"])

    def step(self, step: dict[str, Any]) -> None:
        keras = importlib.import_module("keras")
        if "shape" in step:
            made = keras.Input(batch_shape=tuple(step["shape"]), dtype=step["dtype"], name=step["name"])
        elif "operation" in step:
            made = find(step["operation"])(*[self.value(v) for v in step["values"]])
        else:
            layer = self.layer(step["layer"])
            made = layer(self.value(step["inputs"]), **{k: self.value(v) for k, v in step["keywords"].items()})
        found = flat(made)
        for number, tensor in zip(step["outputs"], found):
            self.tensors[number] = tensor


def flat(value: Any) -> list[Any]:
    """The tensors of nested outputs."""
    if isinstance(value, dict):
        return [leaf for key in sorted(value) for leaf in flat(value[key])]
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in flat(item)]
    return [value]


def freeze(rebuilding: Rebuilding, flags: list[list[Any]]) -> None:
    """Set what is trained, the outer layers before those in them."""
    for number, flag in flags:
        if number in rebuilding.layers:
            rebuilding.layers[number].trainable = flag


def counted(layer: Any) -> list[int]:
    """All parameters, and those that are trained."""
    import math

    return [int(layer.count_params()), sum(math.prod(w.shape) for w in layer.trainable_weights)]


def described(model: Any) -> dict[str, Any]:
    """What Keras says of a model."""
    layers = []
    for layer in model.layers:
        try:
            outputs = [list(t.shape) for t in flat(layer.output)]
        except (AttributeError, ValueError):  # never called, or more than once
            outputs = None
        layers.append({"name": layer.name, "class": type(layer).__name__, "outputs": outputs, "counts": counted(layer)})
    return {"layers": layers, "outputs": [list(t.shape) for t in flat(model.outputs)], "counts": counted(model)}


def rebuilt(recipe: dict[str, Any]) -> dict[str, Any]:
    """The answer for one model: what Keras says of it, or how it refuses it."""
    keras = importlib.import_module("keras")
    keras.utils.clear_session()
    try:
        rebuilding = Rebuilding()
        model = rebuilding.layer(recipe["model"])
        freeze(rebuilding, recipe["trained"])
        return described(model)
    except Exception as error:
        return {
            "refused": f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}"
        }


def main() -> None:
    """Read recipes, one JSON text for all; write as many answers."""
    channel = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        answers = [rebuilt(recipe) for recipe in json.load(sys.stdin)]
    json.dump(answers, channel)


if __name__ == "__main__":
    main()
