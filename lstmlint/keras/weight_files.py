"""Files of weights: whose weights a path holds since the program saved them there, and whether another model can load them."""

from __future__ import annotations

from typing import Any

from ..frozen import dataclass
from ..knowledge import Call, method
from ..places import Place
from ..program import Use
from ..shapes import same_shape
from ..values import LayerObject, ModelObject, Object, Value, Weight
from .counting import sublayers_of
from .models import current_layers, is_unbuilt
from .spec import ALIASES
from .tensors import leaves

ENDING = ".weights.h5"
_KEY = "weights of "
"""What stands before the paths of such files among the saved models: `load_model` doesn't read them."""
_SAVED = "saved_weights"
_WRAPPERS = ("keras.layers.Bidirectional", "keras.layers.TimeDistributed")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A layer as a file of weights knows it: its class, those of the layers in it, and its weights."""

    kind: tuple[str, ...]
    weights: tuple[Weight, ...]
    layer: LayerObject


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """The layers of a model whose weights are in a file, and where they were written."""

    parts: tuple[Part, ...]
    place: Place


def parts_of(model: ModelObject) -> tuple[Part, ...] | None:
    """A model's layers with their weights; None where one isn't known, is not built, or is none of Keras's own."""
    layers = current_layers(model)
    if model.user_class is not None or model.kind == "Subclass" or model.unlisted or model.approximate or model.opaque:
        return None
    if not model.built or model.state.get("refused") or model.state.get("escaped"):
        return None
    found = [_part(layer) for layer in layers]
    return tuple(part for part in found if part is not None) if None not in found else None


def _part(layer: LayerObject) -> Part | None:
    if layer.user_class is not None or layer.opaque or layer.approximate or layer.weights_unknown:
        return None
    inner = sublayers_of(layer)
    if inner and (layer.type_name not in _WRAPPERS or isinstance(layer, ModelObject)):
        return None
    parts = [_part(one) for one in inner]
    kinds, weights = [ALIASES.get(layer.type_name, layer.type_name)], list(layer.weights)
    for part in parts:
        if part is None or len(part.kind) > 1:
            return None
        kinds += part.kind
        weights += part.weights
    return Part(tuple(kinds), tuple(weights), layer)


def keep_weights(call: Call, path: Value, model: ModelObject, place: Place) -> None:
    """Take note that a model's weights are written to a path now."""
    saved = call.engine.record.saved
    if not isinstance(path, str):  # any of the files may have become another one
        for key in [key for key in saved if key.startswith(_KEY)]:
            del saved[key]
        return
    # what nobody calls may be called after another one that saves, or never
    certain = call.engine.in_unknown_loop is None and call.engine.record.uncalled is None
    parts = parts_of(model) if certain else None
    if parts is None:
        saved.pop(_KEY + str(path), None)
        return
    saved[_KEY + str(path)] = model
    model.state[_SAVED] = {**model.state.get(_SAVED, {}), str(path): Saved(parts, place)}


def keep_checkpoints(call: Call, use: Use) -> None:
    """A ModelCheckpoint of weights writes the model that is trained, or leaves an older file, if that was better."""
    for callback in leaves(use.arguments.get("callbacks")):
        if not isinstance(callback, Object) or callback.type_name != "keras.callbacks.ModelCheckpoint":
            continue
        arguments = callback.arguments
        if arguments is None or arguments.get("save_weights_only") is False:
            continue
        path = arguments.get("filepath")
        earlier = call.engine.record.saved.get(_KEY + str(path)) if isinstance(path, str) else None
        formatted = isinstance(path, str) and "{" in path
        known = arguments.get("save_weights_only") is True and earlier in (None, use.model) and not formatted
        keep_weights(call, path if known else None, use.model, call.place)


def _refuse_unbuilt(call: Call, path: Value, message: str) -> None:
    """A model that hasn't any weights yet has none to save, and no place for those of a file."""
    model = call.receiver
    if isinstance(model, ModelObject) and isinstance(path, str) and path.endswith(ENDING) and is_unbuilt(call, model):
        call.refuse(
            "unbuilt", "a model that is built (call it on data, or `build` it)", "one that is not built yet", message, subject=model,
            attribute="weights",
        )  # fmt: skip


@method("keras.Model.save_weights")
def save_weights(call: Call) -> Value:
    """`model.save_weights(path)`"""
    path = call.args[0] if call.args else call.kwargs.get("filepath")
    _refuse_unbuilt(call, path, "You are saving a model that has not yet been built.")
    if isinstance(call.receiver, ModelObject):
        plain = len(call.args) + len(call.kwargs) == 1 and not call.open
        keep_weights(call, path if plain else None, call.receiver, call.place)
    return None


@method("keras.Model.load_weights")
def load_weights(call: Call) -> Value:
    """`model.load_weights(path)`: what the same program saved there must fit the model."""
    path = call.args[0] if call.args else call.kwargs.get("filepath")
    others = [value for name, value in call.kwargs.items() if name != "filepath"]
    model = call.receiver
    _refuse_unbuilt(call, path, "You are loading weights into a model that has not yet been built.")
    if call.open or len(call.args) > 1 or any(value is not False for value in others) or call.engine.keras_major < 3:
        return None
    if not isinstance(model, ModelObject) or not isinstance(path, str) or not path.endswith(ENDING):
        return None
    source = call.engine.record.saved.get(_KEY + str(path))
    saved = source.state.get(_SAVED, {}).get(str(path)) if isinstance(source, ModelObject) else None
    parts = parts_of(model)
    if isinstance(saved, Saved) and parts is not None:
        _compare(call, saved, parts)
    return None


def _compare(call: Call, saved: Saved, parts: tuple[Part, ...]) -> None:
    """Keras looks for the first Dense of the model under the first Dense of the file, and so on; what the file has beside them is left."""
    counts: dict[str, int] = {}
    numbered: dict[tuple[str, int], Part] = {}
    for part in saved.parts:
        numbered[part.kind[0], counts.setdefault(part.kind[0], 0)] = part
        counts[part.kind[0]] += 1
    seen: dict[str, int] = {}
    for part in parts:
        index = seen.setdefault(part.kind[0], 0)
        seen[part.kind[0]] += 1
        if not part.weights:
            continue
        other = numbered.get((part.kind[0], index))
        found: Any = None
        if other is None:
            found = (None, None)
        elif other.kind == part.kind:
            found = _difference(part.weights, other.weights)
        if found is not None:
            weight, given = found
            call.refuse(
                "weights-of-another-model", _shown(weight, part), _shown(given, other),
                f"A total of 1 objects could not be loaded. Example error message for object {part.layer.name}", subject=call.receiver,
                layer=part.layer, weight=weight, given=given, number=index, there=other.layer if other is not None else None, place=saved.place,
                wanted=len(part.weights), count=len(other.weights) if other is not None else 0,
            )  # fmt: skip


def _shown(weight: Weight | None, part: Part | None) -> str:
    return str(weight.shape) if weight is not None else f"{len(part.weights) if part is not None else 0} weights"


def _difference(own: tuple[Weight, ...], given: tuple[Weight, ...]) -> tuple[Weight | None, Weight | None] | None:
    """The first weights of another shape; two Nones where there is another number of them; None where nothing surely differs."""
    if len(own) != len(given):
        return None, None
    for one, other in zip(own, given):
        if same_shape(one.shape, other.shape) is False:
            return one, other
    return None


__all__ = ["keep_checkpoints", "keep_weights", "parts_of"]
