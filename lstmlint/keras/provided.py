"""Every class that Keras's API lists, made constructible: layers as layers, the rest as plain objects."""

from __future__ import annotations

from ..knowledge import Call, base, class_method, find_function, function
from ..values import Value
from .calling import call_layer
from .copies import from_config
from .objects import construct_layer, construct_object, initialise_object, register_layers
from .spec import ALIASES, LAYERS

OWN = {"keras.layers.Layer", "keras.layers.InputLayer", "keras.Model", "keras.Sequential", "keras.layers.Input"}
PLAIN = (
    "keras.optimizers.", "keras.losses.", "keras.metrics.", "keras.callbacks.", "keras.initializers.", "keras.regularizers.",
    "keras.constraints.",
)  # fmt: skip


def _listed() -> set[str]:
    """The names that the generated API facts list, for both generations of Keras."""
    try:
        from .api import names
    except ImportError:  # facts not generated yet: only what is known of layers
        return set()
    return {*names(3), *names(2)}


def _register() -> None:
    listed = _listed()
    names = {*LAYERS, *ALIASES, *(n for n in listed if n.startswith("keras.layers."))}
    layers = sorted(n for n in names if n not in OWN and n.rpartition(".")[2][:1].isupper())
    for name in layers:
        base(name, "keras.layers.Layer")
    register_layers(layers)
    for name in layers:
        class_method(f"{name}.from_config")(from_config)
    for name in sorted(listed):
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


def _merge(name: str) -> None:
    """`keras.layers.concatenate([a, b])`: makes the layer and calls it."""
    class_name = "keras.layers." + name.capitalize()

    def handler(call: Call) -> Value:
        kwargs = dict(call.kwargs)
        inputs = call.args[0] if call.args else kwargs.pop("inputs", None)
        positional = call.args[1:]
        if positional and name == "concatenate":
            kwargs["axis"] = positional[0]
        elif positional and name == "dot":
            kwargs.update(zip(("axes", "normalize"), positional))
        if name == "dot" and call.engine.keras_major >= 3 and not call.open:
            kwargs.setdefault("axes", -1)
        places = {k: v for k, v in call.kwarg_places.items() if k in kwargs}
        layer = construct_layer(
            Call(class_name, [], kwargs, call.place, call.engine, kwarg_places=places, open=call.open)
        )
        return call_layer(
            Call("keras.layers.Layer.__call__", [inputs], {}, call.place, call.engine, layer, call.arg_places[:1])
        )

    function(f"keras.layers.{name}")(handler)


for _name in ("add", "subtract", "multiply", "average", "maximum", "minimum", "concatenate", "dot"):
    _merge(_name)
