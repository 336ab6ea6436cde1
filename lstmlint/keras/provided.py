"""Every class that Keras's API lists, made constructible: layers as layers, the rest as plain objects."""

from __future__ import annotations

from ..knowledge import base, find_function, function
from . import api
from .objects import construct_object, initialise_object, register_layers
from .spec import ALIASES, LAYERS

OWN = {"keras.layers.Layer", "keras.layers.InputLayer", "keras.Model", "keras.Sequential", "keras.layers.Input"}
PLAIN = (
    "keras.optimizers.", "keras.losses.", "keras.metrics.", "keras.callbacks.", "keras.initializers.", "keras.regularizers.",
    "keras.constraints.",
)  # fmt: skip


def _register() -> None:
    names = {*LAYERS, *ALIASES, *(n for n in api.names(3) if n.startswith("keras.layers.")), *(
        n for n in api.names(2) if n.startswith("keras.layers."))}  # fmt: skip
    layers = sorted(n for n in names if n not in OWN and n.rpartition(".")[2][:1].isupper())
    for name in layers:
        base(name, "keras.layers.Layer")
    register_layers(layers)
    for name in sorted({*api.names(3), *api.names(2)}):
        if name.startswith(PLAIN) and name.rpartition(".")[2][:1].isupper() and find_function(name) is None:
            base(name, _parent(name))
            function(name)(construct_object)
            function(f"{name}.__init__")(initialise_object)


def _parent(name: str) -> str:
    group = name.split(".")[1]
    parents = {
        "optimizers": "keras.optimizers.Optimizer", "losses": "keras.losses.Loss", "metrics": "keras.metrics.Metric",
        "callbacks": "keras.callbacks.Callback", "initializers": "keras.initializers.Initializer",
        "regularizers": "keras.regularizers.Regularizer", "constraints": "keras.constraints.Constraint",
    }  # fmt: skip
    parent = parents[group]
    return "builtins.object" if name == parent else parent


_register()
