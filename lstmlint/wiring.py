"""Which layer of a model gets its input from which."""

from __future__ import annotations

from .summary import layers_of
from .values import LayerObject, ModelObject, Tensor, Value, flatten

_DEEP = 50
"""Operations between two layers that are looked through."""


def sources(value: Value, depth: int = 0) -> list[LayerObject]:
    """The layers (Inputs among them) that a layer's input comes from; operations that are no layers are looked through."""
    found: list[LayerObject] = []
    for tensor in flatten(value):
        if not isinstance(tensor, Tensor) or depth > _DEEP:
            continue
        given = tensor.facts.get("input_layer")
        if tensor.call is not None:
            found.append(tensor.call.layer)
        elif isinstance(given, LayerObject):
            found.append(given)
        elif tensor.made is not None:
            found += sources(tensor.made.inputs, depth + 1)
    return found


def connections(model: ModelObject) -> list[tuple[int, int]]:
    """Pairs of positions in the model's list of layers: from the one to the other. Empty where that isn't known."""
    layers = layers_of(model)
    if model.kind == "Sequential":
        return [(at, at + 1) for at in range(len(layers) - 1)]
    position = {id(layer): at for at, layer in enumerate(layers)}
    found: dict[tuple[int, int], None] = {}
    for at, layer in enumerate(layers):
        if layer.state.get("by_way"):
            continue
        for call in layer.calls:
            for source in sources((call.inputs, *call.kwargs.values())):
                if id(source) in position and position[id(source)] != at:
                    found[position[id(source)], at] = None
    return sorted(found)
