"""Between the program's values and what layer functions see: Tensors and Arrays on one side, TensorSpecs on the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..dims import UNKNOWN
from ..places import Place
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Array, DictValue, External, IteratorValue, ListValue, Made, Mask, Tensor, Unknown, Value
from .spec import Specs, TensorSpec

UNKNOWN_SPEC = TensorSpec(UNKNOWN_SHAPE, None)


def children(value: Value) -> list[Value] | None:
    """What a container holds, in the order in which Keras flattens it (dicts by sorted keys); None for a leaf."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, ListValue):
        return value.items
    if isinstance(value, DictValue):
        return [value.entries[key] for key in value.sorted_keys()]
    if isinstance(value, IteratorValue):
        return value.items
    return None


def leaves(value: Value) -> list[Value]:
    """The leaves of nested containers, flattened as Keras does it."""
    if isinstance(value, Tensor):
        return [value]
    inner = children(value)
    if inner is None:
        return [value]
    return [leaf for child in inner for leaf in leaves(child)]


def is_open(value: Value) -> bool:
    """Does a container hold more, or other, things than can be seen?"""
    if isinstance(value, (ListValue, DictValue, IteratorValue)) and value.open:
        return True
    return any(is_open(child) for child in children(value) or ())


def is_plain(value: Value) -> bool:
    """Is it something that a `call` gives back along with tensors, and that a layer hands on as it is?"""
    return value is None or isinstance(value, (bool, int, float, str))


def holds_arrays(value: Value) -> bool:
    """Is there an array, anything with data, in a nested value?"""
    return any(isinstance(leaf, Array) for leaf in leaves(value))


def tensors_in(value: Value) -> list[Tensor]:
    """Every symbolic tensor in a nested value, in Keras's order."""
    return [leaf for leaf in leaves(value) if isinstance(leaf, Tensor)]


def spec_of(value: Value) -> TensorSpec:
    """What a layer sees of one value."""
    if isinstance(value, Tensor):
        return TensorSpec(value.shape, value.dtype, value.mask is not None, value.sparse)
    if isinstance(value, Array):
        masked = isinstance(value.facts.get("keras_mask"), Mask)
        return TensorSpec(value.shape, _eager_dtype(value), masked)
    if isinstance(value, (int, float)):
        return TensorSpec(Shape(()), None)
    return UNKNOWN_SPEC


def _eager_dtype(array: Array) -> str | None:
    if array.dtype == "float":
        return f"float{array.bits}" if array.bits else "float32"
    if array.dtype == "int":
        return f"int{array.bits}" if array.bits else "int64"
    return array.dtype


def to_specs(value: Value) -> Specs:
    """Nested values as nested TensorSpecs; what isn't a tensor becomes a spec of unknown shape."""
    inner = children(value)
    if inner is None:
        return spec_of(value)
    if is_open(value):
        return UNKNOWN_SPEC
    return tuple(to_specs(child) for child in inner)


def nested_tensors(value: Value) -> Value:
    """The same nesting as tuples (lists and dicts too)."""
    inner = children(value)
    return value if inner is None else tuple(nested_tensors(child) for child in inner)


def nested_like(pattern: Value, made: list[Any]) -> Value:
    """Leaves, in Keras's order, nested as the leaves of a pattern are."""
    return _nested(pattern, iter(made))


def _nested(pattern: Value, leaves: Iterator[Any]) -> Value:
    inner = children(pattern)
    if inner is None:
        return next(leaves)
    parts = [_nested(child, leaves) for child in inner]
    if isinstance(pattern, DictValue):
        by_key = dict(zip(pattern.sorted_keys(), parts))
        return DictValue({key: by_key[key] for key in pattern.entries})
    return ListValue(parts) if isinstance(pattern, ListValue) else tuple(parts)


def map_specs(function: Callable[[TensorSpec, int], Any], specs: Specs) -> Any:
    """Apply `function(spec, flat index)` to every TensorSpec of a nesting."""
    return _mapped(function, specs, itertools.count())


def _mapped(function: Callable[[TensorSpec, int], Any], specs: Specs, numbers: Iterator[int]) -> Any:
    if isinstance(specs, tuple):
        return tuple(_mapped(function, child, numbers) for child in specs)
    return function(specs, next(numbers))


def tensor_from(spec: TensorSpec, place: Place | None, mask: Mask | None = None, made: Made | None = None) -> Tensor:
    """A symbolic tensor of this spec."""
    return Tensor(spec.shape, spec.dtype, mask=mask, place=place, made=made, sparse=spec.sparse)


def array_from(spec: TensorSpec, place: Place | None, by: str) -> Array:
    """An eager tensor of this spec."""
    dtype = None if spec.dtype is None else spec.dtype.rstrip("0123456789")
    digits = (spec.dtype or "")[len(dtype or "") :]
    return Array(
        spec.shape,
        dtype,
        "tensorflow.Tensor",
        int(digits) if digits.isdigit() else None,
        made=Made(by, (), place),
        place=place,
    )


DTYPES = frozenset(
    [
        "bool",
        "string",
        "bfloat16",
        *(f"float{n}" for n in (16, 32, 64)),
        *(f"{kind}{n}" for kind in ("int", "uint") for n in (8, 16, 32, 64)),
    ]
)
"""The dtypes that TensorFlow, NumPy and Keras all call by these names."""


def dtype_name(value: Value, default: str | None = "float32") -> str | None:
    """The dtype that an argument stands for, the default for None: "int32", `tf.int32`, `np.int32`. None where that can't be told."""
    if isinstance(value, External):
        package, _, name = value.name.rpartition(".")
        return name if package in ("tensorflow", "tensorflow.dtypes", "numpy") and name in DTYPES else None
    return str(value) if isinstance(value, str) else default if value is None else None


VARIABLE = "keras.Variable"


def variable_from(spec: TensorSpec, place: Place | None, by: str, major: int = 3) -> Array:
    """A variable of this spec: Keras 3's own kind, which has less than TensorFlow's, or what Keras 2 has for it."""
    made = array_from(spec, place, by)
    return as_variable(made) if major >= 3 else made


def as_variable(made: Array) -> Array:
    """The array itself, as a variable of Keras 3, which may get other values."""
    made.type_name, made.low, made.high, made.constant, made.one_hot = VARIABLE, None, None, None, None
    made.facts["~variable"] = made.uid
    return made


def is_variable(value: Value) -> bool:
    """Is this a variable of Keras 3 itself, and not only made of one?"""
    return isinstance(value, Array) and value.facts.get("~variable") == value.uid


OF_DATA = "~of_data"
"""The fact of the tensor that Keras makes for a Sequential without an Input when data come: its batch is that of the data, or open. Of other
tensors it says what `of_data` has found."""


def of_data(tensor: Tensor) -> bool:
    """Is a tensor made of one that stands for data, whose batch axis may be of fixed size?"""
    waiting, found = [tensor], False
    seen: dict[int, Tensor] = {}
    while waiting and not found:
        one = waiting.pop()
        if one.uid not in seen and OF_DATA not in one.facts:
            seen[one.uid] = one
            waiting += tensors_in(
                one.call.inputs if one.call is not None else one.made.inputs if one.made is not None else ()
            )
        found = one.facts.get(OF_DATA, False)
    for one in (tensor,) if found else seen.values():  # so that what is made of this one need not be asked again
        one.facts[OF_DATA] = found
    return found


def is_unknown(value: Value) -> bool:
    """Is any leaf something that we don't know?"""
    return is_open(value) or any(isinstance(leaf, Unknown) for leaf in leaves(value))


def concrete(spec: TensorSpec) -> TensorSpec:
    """An array has every size, also one that the dataset which it comes from leaves open: it is only not known here."""
    dims = spec.shape.dims
    if dims is None or not any(dim.is_none for dim in dims):
        return spec
    return spec.with_shape(Shape(tuple(replace(dim, size=UNKNOWN) if dim.is_none else dim for dim in dims)))
