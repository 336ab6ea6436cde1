"""How many parameters a layer or model has, and how many of them are trained."""

from __future__ import annotations

from ..dims import ANY, Dim, total
from ..values import DictValue, LayerObject, ModelObject, Unknown, Value, Weight, is_private
from .spec import ALIASES
from .tensors import children, is_open

BUILT_AT_ONCE = frozenset(
    f"keras.layers.{name}"
    for name in (
        "Activation", "ActivityRegularization", "AlphaDropout", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "Dropout", "ELU",
        "GaussianDropout", "GaussianNoise", "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D", "GlobalMaxPooling1D",
        "GlobalMaxPooling2D", "GlobalMaxPooling3D", "Identity", "LeakyReLU", "Masking", "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "ReLU",
        "Reshape", "Softmax", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "UnitNormalization",
    )
)  # fmt: skip
"""Layers that Keras 3 builds as soon as they are made: they have no weights, whatever they are called with."""


def is_built_at_once(layer: LayerObject) -> bool:
    """Is the layer one that needs no input to be built?"""
    return layer.user_class is None and ALIASES.get(layer.type_name, layer.type_name) in BUILT_AT_ONCE


def sublayers_of(layer: LayerObject) -> list[LayerObject]:
    """The layers inside a layer, in Keras's order, each once: a model's layers, a wrapper's, those in a user's attributes."""
    found: dict[int, LayerObject] = {}

    def take(child: object) -> None:
        if isinstance(child, LayerObject) and child is not layer:
            found.setdefault(id(child), child)

    if isinstance(layer, ModelObject) and layer.kind != "Subclass":
        for inner in layer.layers:
            take(inner)
    for inner in [*layer.sublayers, *layer.state.get(TRACKED, ())]:
        take(inner)
    if layer.user_class is not None:
        for name, value in layer.attributes.items():
            if is_private(name):
                continue
            for leaf in _held(value):
                take(leaf)
    return list(found.values())


def _held(value: Value) -> list[Value]:
    """The leaves of what an attribute holds, in the order in which Keras comes across them: those of a dict as they were put in, not sorted."""
    inner = value.entries.values() if isinstance(value, DictValue) else children(value)
    return [value] if inner is None else [leaf for child in inner for leaf in _held(child)]


TRACKED = "tracked"


def track(layer: LayerObject, name: str, value: Value) -> None:
    """Note that an attribute is set to what holds layers: Keras 3 lists layers in the order in which they came, and never drops one that another
    one takes the place of."""
    new = [leaf for leaf in _held(value) if isinstance(leaf, LayerObject) and leaf is not layer]
    if not new:
        return
    tracked: list[LayerObject] = layer.state.setdefault(TRACKED, [])
    seen = {id(one) for one in tracked}
    others = (v for other, v in layer.attributes.items() if other != name and not is_private(other))
    for leaf in [*(leaf for other in others for leaf in _held(other)), *new]:
        if isinstance(leaf, LayerObject) and leaf is not layer and id(leaf) not in seen:
            seen.add(id(leaf))
            tracked.append(leaf)


LEFT_OUT = "left out"


def leave_out(layer: LayerObject) -> None:
    """A layer that is called has no use for those that others have taken the place of: they never get weights."""
    tracked: list[LayerObject] = layer.state.get(TRACKED, [])
    current = {id(leaf) for name, value in layer.attributes.items() if not is_private(name) for leaf in _held(value)}
    for inner in tracked:
        if id(inner) not in current and not inner.built and not inner.calls:
            inner.state[LEFT_OUT] = True


def open_attribute(layer: LayerObject) -> str | None:
    """Why there may be more layers in a user's layer or model than its attributes show; None when there are not."""
    if layer.user_class is not None:
        for name, value in layer.attributes.items():
            if is_private(name):
                continue
            inside = [*_held(value), getattr(value, "sample", None)]
            if is_open(value) and any(isinstance(leaf, LayerObject) for leaf in inside):
                return f"how many layers `{name}` holds is not known"
            if any(isinstance(leaf, Unknown) and leaf.applied for leaf in inside):
                return f"what `{name}` holds is not known, and it is called as a layer would be"
    return None


def hidden_layers(layer: LayerObject) -> str | None:
    """Why there may be more layers in a layer or model than can be seen; None when there are not."""
    return layer.unlisted or open_attribute(layer)


def unlike_shown(layer: LayerObject) -> str | None:
    """Why a layer or model may not be what is known of it; None when it is."""
    return layer.unlisted or layer.approximate or open_attribute(layer)


def trainable_flag(layer: LayerObject) -> bool | None:
    """Is the layer itself set to be trained? None when that isn't known."""
    value = layer.attributes.get("trainable", layer.trainable)
    if isinstance(value, Unknown) or ("trainable" not in layer.attributes and layer.state.get("trainable_unknown")):
        return None
    return bool(value)


def total_parameters(layer: LayerObject) -> Dim:
    """All parameters, sublayers included, shared ones once; unknown when something of it is not known."""
    return _count(layer, set(), None)


def trainable_parameters(layer: LayerObject) -> Dim:
    """The parameters that training changes: `trainable=False` on a layer or anything around it takes them out."""
    return _count(layer, set(), True)


def weights_in(layer: LayerObject, seen: set[int] | None = None) -> list[Weight]:
    """The weights of a layer and of everything in it, in Keras's order: a layer's own before those of the layers in it, trained ones first."""
    seen = set() if seen is None else seen
    if id(layer) in seen:
        return []
    seen.add(id(layer))
    own = sorted(layer.weights, key=lambda weight: not weight.trainable)
    return own + [weight for inner in sublayers_of(layer) for weight in weights_in(inner, seen)]


def unknown_weights(layer: LayerObject) -> str | None:
    """Why the weights of a layer, or of something in it, are not known; None when they are."""
    return _unknown(layer, set())


def _unknown(layer: LayerObject, seen: set[int]) -> str | None:
    if id(layer) in seen:
        return None
    seen.add(id(layer))
    reason = _own_doubt(layer)
    for inner in sublayers_of(layer):
        reason = reason or _unknown(inner, seen)
    return reason


def _count(layer: LayerObject, seen: set[int], trained: bool | None) -> Dim:
    """The sum over a layer's tree. With `trained`, only what is trained counts.

    The layer that is asked decides for everything in it; further in, every weight goes by the layer that owns it, whatever
    contains that one: setting `trainable` on a model sets it on its layers, and they may be set back one by one.
    """
    if trained:
        flag = trainable_flag(layer)
        if flag is False and not _own_doubt(layer):
            return Dim(0)
        if flag is None:
            return ANY
    return Dim(_sum(layer, seen, trained).size)


def _own_doubt(layer: LayerObject) -> str | None:
    """Why the layer's own weights, or how many layers are in it, are not known."""
    return layer.opaque or (None if is_built_at_once(layer) else layer.weights_unknown) or unlike_shown(layer)


def _sum(layer: LayerObject, seen: set[int], trained: bool | None) -> Dim:
    if id(layer) in seen:
        return Dim(0)
    seen.add(id(layer))
    if _own_doubt(layer):
        return ANY
    counts: list[Dim] = []
    own = [w for w in layer.weights if not trained or w.trainable]
    flag = trainable_flag(layer) if trained and own else True
    if flag is None:
        return ANY
    if flag:
        counts += [weight.count for weight in own]
    counts += [_sum(inner, seen, trained) for inner in sublayers_of(layer)]
    return total(counts)
