"""Layers of which nothing can be known, because other frameworks or files say what they do."""

from __future__ import annotations

OPAQUE = {
    "keras.layers.TorchModuleWrapper": "`TorchModuleWrapper` runs a module of PyTorch",
    "keras.layers.JaxLayer": "`JaxLayer` runs a function of JAX",
    "keras.layers.FlaxLayer": "`FlaxLayer` runs a module of Flax",
    "keras.layers.TFSMLayer": "`TFSMLayer` runs a saved model of TensorFlow, which only its files describe",
}
"""Layer class -> why it is opaque."""
