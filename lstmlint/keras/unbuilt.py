"""Layers that surely have no weights yet, because nothing has built them."""

from __future__ import annotations

from ..knowledge import Engine
from ..program import LibraryCall
from ..values import LayerObject, ModelObject, Unknown, Value, flatten
from .counting import is_built_at_once, sublayers_of
from .spec import ALIASES
from .tensors import is_open

WEIGHTS = {
    **dict.fromkeys(("Dense", "EinsumDense", "Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"), ("kernel", "bias")),
    "Embedding": ("embeddings",),
    **dict.fromkeys(("LayerNormalization", "GroupNormalization"), ("gamma", "beta")),
    **dict.fromkeys(("SeparableConv1D", "SeparableConv2D"), ("depthwise_kernel", "pointwise_kernel", "bias")),
    "BatchNormalization": (),  # has all of them from the start, as None
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN"), ()),  # has none of them, built or not
}  # fmt: skip
"""The weights that a layer shows under these names once it is built, and not before, for layers that are built when they are called."""


def note_made(engine: Engine, layer: LayerObject) -> None:
    """Take note of what had happened in the program when a layer was made."""
    layer.state[_MADE] = engine.unseen, len(engine.record.calls)


_MADE = "made after"


def _seen(engine: Engine, layer: LayerObject) -> bool:
    """Was all that happened since the layer was made such that it can't have come to anyone who isn't seen?

    It may be in a list of which nobody knows what else is in it, so that no call of Keras must have got anything unknown either.
    """
    unseen, calls = layer.state.get(_MADE, (None, 0))
    if unseen != engine.unseen or engine.record.uncalled is not None or engine.in_unknown_loop is not None:
        return False
    since = (call for call in engine.record.calls[calls:] if call.name.startswith("keras."))
    return not any(isinstance(leaf, Unknown) or is_open(leaf) for call in since for leaf in _given(call))


def _given(call: LibraryCall) -> list[Value]:
    found = [call.receiver, *call.args, *call.kwargs.values()]
    return [leaf for value in found for leaf in (value, *flatten(value))]


def surely_unbuilt(engine: Engine, layer: LayerObject) -> bool:
    """Has nothing given the layer its weights: no call, no `build`, no model that it is in?"""
    name = ALIASES.get(layer.type_name, layer.type_name).removeprefix("keras.layers.")
    if name not in WEIGHTS or engine.keras_major < 3 or not _untouched(layer) or layer.user_class is not None:
        return False
    return _seen(engine, layer) and all(
        _untouched(around) and _never_run(engine, around) for around in _around(engine, layer)
    )


def waits_for(engine: Engine, layer: LayerObject, name: str) -> bool:
    """Is this one of the weights that the layer will only have when it is built?"""
    short = ALIASES.get(layer.type_name, layer.type_name).removeprefix("keras.layers.")
    return name in WEIGHTS.get(short, ()) and surely_unbuilt(engine, layer)


def shows(engine: Engine, layer: LayerObject, name: str) -> bool | None:
    """Has a layer of Keras's own an attribute for this weight by now? None when that isn't known."""
    if waits_for(engine, layer, name) or is_built_at_once(layer):
        return False
    shown = name in WEIGHTS.get(ALIASES.get(layer.type_name, layer.type_name).removeprefix("keras.layers."), ())
    return True if shown and any(weight.name == name for weight in layer.weights) else None


def _untouched(layer: LayerObject) -> bool:
    """Was it only made? (`state` has more in it where what became of it can't be seen.)"""
    unseen = layer.weights_unknown or layer.approximate or layer.opaque or layer.state.get("escaped")
    return not (layer.built or layer.weights or layer.calls or unseen or layer.state.get("refused"))


def _around(engine: Engine, layer: LayerObject) -> list[LayerObject]:
    """The layers and models that this one is in."""
    holders = [*engine.record.layers, *engine.record.models]
    return [one for one in holders if one is not layer and _holds(one, layer, 0)]


def _holds(one: LayerObject, layer: LayerObject, depth: int) -> bool:
    inner = sublayers_of(one) if depth < 10 else []
    return any(child is layer or _holds(child, layer, depth + 1) for child in inner)


def _never_run(engine: Engine, around: LayerObject) -> bool:
    """A Sequential of Keras's own that has no input yet and was not trained or called; of all else that holds layers nothing is said."""
    if not isinstance(around, ModelObject) or around.kind != "Sequential" or around.user_class is not None:
        return False
    unused = not any(use.model is around for use in engine.record.uses)
    return unused and around.inputs is None and not around.incomplete and not around.state.get("input_unknown")
