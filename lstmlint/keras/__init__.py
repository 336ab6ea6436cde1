"""What Keras means: its names, its layers, its models and its operations. Importing this registers all of it."""

from __future__ import annotations

import importlib

from ..knowledge import base

base("keras.layers.Layer", "builtins.object")
base("keras.Model", "keras.layers.Layer")
base("keras.Sequential", "keras.Model")
base("keras.layers.InputLayer", "keras.layers.Layer")
base("keras.KerasTensor", "builtins.object")
base("keras.Variable", "tensorflow.Tensor")

for _name in (
    "calling", "inputs", "sequential", "functional", "models", "remembered", "copies", "weight_files", "subclass", "own_mask", "training", "gone", "members", "older", "symbolic", "ops", "creation",
    "activations", "identifiers", "settings", "layers", "provided", "datasets", "data", "applications", "parameters",
):  # fmt: skip
    importlib.import_module(f".{_name}", __name__)
