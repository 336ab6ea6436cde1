"""`layer.adapt(data)` and `layer.set_vocabulary(...)`: what preprocessing layers learn before they are used."""

from __future__ import annotations

from ...faults import Moment
from ...knowledge import Call, bind, method, parse_signature
from ...shapes import Shape
from ...values import Array, Dataset, LayerObject, Value
from ..spec import TensorSpec, Use

LEARNING = ("StringLookup", "IntegerLookup", "TextVectorization", "Discretization")


@method(*(f"keras.layers.{name}.adapt" for name in LEARNING))
def adapt(call: Call) -> Value:
    """The vocabulary is then as large as the data make it, which is a number that has a name but no value."""
    if isinstance(call.receiver, LayerObject):
        call.receiver.state["adapted"] = True
    return None


@method("keras.layers.Normalization.adapt")
def adapt_normalization(call: Call) -> Value:
    """Builds the layer on the shape of the data."""
    from ..calling import run_layer

    layer = call.receiver
    data = bind(call, parse_signature("data"))["data"]
    if not isinstance(layer, LayerObject) or layer.built:
        return None
    shape = _shape(data)
    if shape is None or shape.dims is None:
        layer.state["adapted"] = True
        return None
    run_layer(layer, Use(layer, TensorSpec(shape), call.place, call.engine, moment=Moment.BUILD))
    return None


def _shape(data: Value) -> Shape | None:
    if isinstance(data, Dataset):
        first = data.element[0] if isinstance(data.element, tuple) and data.element else data.element
        if not isinstance(first, Array) or data.batched is None:
            return None
        return first.shape.replace(0, None) if data.batched and first.shape.dims else first.shape.insert(0, None)
    return data.shape if isinstance(data, Array) else None


@method(
    "keras.layers.StringLookup.set_vocabulary",
    "keras.layers.IntegerLookup.set_vocabulary",
    "keras.layers.TextVectorization.set_vocabulary",
)
def set_vocabulary(call: Call) -> Value:
    """As if it had been given to the constructor."""
    arguments = bind(call, parse_signature("vocabulary, idf_weights=None"))
    if isinstance(call.receiver, LayerObject):
        call.receiver.state["vocabulary"] = arguments["vocabulary"]
    return None
