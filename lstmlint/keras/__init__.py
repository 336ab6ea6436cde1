"""What Keras means: its names, its layers, its models and its operations. Importing this registers all of it."""

from __future__ import annotations

import importlib

from ..knowledge import base

base("keras.layers.Layer", "builtins.object")
base("keras.Model", "keras.layers.Layer")
base("keras.Sequential", "keras.Model")
base("keras.layers.InputLayer", "keras.layers.Layer")
base("keras.KerasTensor", "builtins.object")


def _load() -> None:
    for name in (
        "calling",
        "inputs",
        "sequential",
        "functional",
        "models",
        "copies",
        "subclass",
        "training",
        "gone",
        "older",
        "symbolic",
        "ops",
        "creation",
        "activations",
        "settings",
        "layers",
        "provided",
        "datasets",
        "data",
        "applications",
    ):
        try:
            importlib.import_module(f".{name}", __name__)
        except ModuleNotFoundError as error:  # a piece that is not built yet
            if error.name is None or not error.name.startswith("lstmlint"):
                raise


_load()
