"""User's layers that state their output's shape themselves, in `compute_output_shape`.

Keras 3 believes it when such a layer is called on symbolic tensors, and runs `call` only when data come (source: `Layer.compute_output_spec` of
keras/src/layers/layer.py). Within another layer's `call` it is not asked.
"""

from __future__ import annotations

from typing import TypeGuard

from ..values import Array, LayerObject, ListValue, ModelObject, Unknown, Value, to_shape
from .inside import inside_call
from .own_shapes import shapes_for, written
from .spec import Specs, TensorSpec, Use, flat_specs
from .tensors import array_from, concrete, nested_like, tensors_in


def stated_output(layer: LayerObject, use: Use) -> Specs | None:
    """What a user's layer says that it gives for symbolic inputs; None where it says nothing, isn't asked, or the answer isn't known."""
    own = use.engine.find_method(layer, "compute_output_shape")
    if written(own) is None or isinstance(layer, ModelObject):
        return None
    if use.engine.keras_major < 3 or inside_call() or not tensors_in(use.kwargs.get("~values")):
        return None
    return _specs(use.engine.call(own, [], shapes_for(own, layer, use), place=use.place))


def data_like(value: Value, specs: Specs, layer: LayerObject, use: Use) -> Value:
    """Arrays of the sizes that data will have, nested as the symbolic tensors are in whose place they come."""
    arrays: list[Value] = [array_from(concrete(spec), use.place, layer.class_name) for spec in flat_specs(specs)]
    return nested_like(value, arrays)


def _specs(said: Value) -> Specs | None:
    """Shapes as `compute_output_shape` may give them: a tuple or list of sizes, a TensorShape, or a tuple or list of such."""
    if _is_tensor_shape(said):
        return TensorSpec(said.shape)
    if isinstance(said, ListValue):
        said = None if said.open else tuple(said.items)
    if not isinstance(said, tuple) or (said and all(isinstance(part, Unknown) for part in said)):
        return None
    if not any(isinstance(part, (tuple, ListValue)) or _is_tensor_shape(part) for part in said):
        return TensorSpec(to_shape(said))
    parts = [_specs(part) for part in said]
    return None if any(part is None for part in parts) else tuple(part for part in parts if part is not None)


def _is_tensor_shape(said: Value) -> TypeGuard[Array]:
    return isinstance(said, Array) and said.type_name == "tensorflow.TensorShape"


__all__ = ["data_like", "stated_output"]
