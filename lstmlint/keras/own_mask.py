"""`compute_mask`: what Keras's layers make of a mask when a program asks them, and a user's own, which Keras 3 asks with symbolic tensors.

Keras calls a layer's `compute_mask(inputs, previous_mask)` after its `call`, with what the layer was given (source: `Layer._set_mask_metadata`
of keras/src/layers/layer.py). On symbolic inputs that is outside of any `call`, so that TensorFlow's functions are refused there.
"""

from __future__ import annotations

from typing import Any

from ..knowledge import Call, method
from ..values import Array, External, LayerObject, Mask, ModelObject, Tensor, Unknown, Value
from .inside import inside_call
from .own_shapes import written
from .spec import Use
from .tensors import leaves, nested_like, tensors_in


def own_mask(layer: LayerObject, use: Use) -> Any:
    """The masks, one for each output, that a user's `compute_mask` gives; "lose" where it isn't asked, or its answer isn't known."""
    own = use.engine.find_method(layer, "compute_mask")
    given = use.kwargs.get("~values")
    asked = use.engine.keras_major >= 3 and not inside_call() and bool(tensors_in(given))
    plain = layer.type_name == "keras.layers.Layer" and not isinstance(layer, ModelObject)
    if not asked or not plain or written(own) is None or layer.attributes.get("supports_masking", True) is not True:
        return "lose"
    coming = [leaf.mask if isinstance(leaf, Tensor) else None for leaf in leaves(given)]
    previous: Value = Unknown("the mask that is given is not known", use.place)
    if use.kwargs.get("mask") is None:
        previous = nested_like(given, [_tensor(mask, use) for mask in coming])
    said = leaves(use.engine.call(own, [given, previous], place=use.place))
    made = tuple(_mask(leaf, coming, use) for leaf in said)
    return made if any(made) else "lose"


def _tensor(mask: Mask | None, use: Use) -> Value:
    """The mask as the tensor that `compute_mask` gets."""
    if mask is None:
        return None
    if mask.tensor is not None:
        return mask.tensor
    return Unknown("the mask is not known", use.place)


def _mask(leaf: Value, coming: list[Mask | None], use: Use) -> Mask | None:
    if isinstance(leaf, Tensor):
        same = next((mask for mask in coming if mask is not None and mask.tensor is leaf), None)
        return same or Mask(leaf.place or use.place, leaf.shape, leaf)
    return Mask(leaf.place or use.place, leaf.shape) if isinstance(leaf, Array) else None


@method("keras.layers.Layer.compute_mask")
def compute_mask(call: Call) -> Value:
    """`layer.compute_mask(inputs, mask)`: an Embedding and a Masking make one, a layer that says nothing passes it on."""
    layer = call.receiver
    values = [*call.args, *call.kwargs.values()]
    kind = layer.type_name if isinstance(layer, LayerObject) else None
    if kind == "keras.layers.Layer" and len(values) == 2:
        return values[1] if call.args else call.kwargs.get("previous_mask", call.unknown("the mask is not known"))
    arguments = layer.arguments if isinstance(layer, LayerObject) else None
    if not values or arguments is None:
        return call.unknown("the mask is not known")
    if kind == "keras.layers.Embedding" and isinstance(arguments.get("mask_zero", False), bool):
        return _different(call, values[0], 0) if arguments.get("mask_zero") else None
    if kind == "keras.layers.Masking":
        kept = _different(call, values[0], arguments.get("mask_value", 0.0))
        return call.engine.call(External("keras.ops.any"), [kept], {"axis": -1}, place=call.place)
    return call.unknown("the mask is not known")


def _different(call: Call, inputs: Value, value: Value) -> Value:
    return call.engine.call(External("keras.ops.not_equal"), [inputs, value], place=call.place)


__all__ = ["compute_mask", "own_mask"]
