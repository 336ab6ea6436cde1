"""Ids in the data that an Embedding has no row for, where the values are known."""

from __future__ import annotations

import math
from typing import Any

from ..faults import Fault, Refusal
from ..values import Array, DictValue, LayerObject, ModelObject, Tensor, Value
from .spec import Use
from .tensors import is_open, leaves

_CAST = ("float32", "float64", "int32", "int64", None)
"""Number types of an Input in which ids arrive as they are."""


def numbers_in(constant: Any) -> list[float] | None:
    """All numbers of nested tuples; None where something else is in them."""
    if isinstance(constant, tuple):
        found: list[float] = []
        for item in constant:
            inner = numbers_in(item)
            if inner is None:
                return None
            found += inner
        return found
    if isinstance(constant, (bool, int, float)):
        return [float(constant)]
    return None


def check_ids(layer: LayerObject, use: Use, *, all_rows: bool = True) -> None:
    """Refuse data with an id that is no row of the Embedding that they go to, alone or right behind an Input of a model. `all_rows`: do all rows
    of the data come to it?"""
    values = use.kwargs.get("~values")
    if isinstance(layer, ModelObject):
        _of_model(layer, use, values, all_rows)
    elif layer.type_name == "keras.layers.Embedding" and isinstance(values, Array):
        _check(layer, values, use, all_rows)


def _of_model(model: ModelObject, use: Use, values: Value, all_rows: bool) -> None:
    if model.kind == "Subclass" or model.user_class is not None or model.inputs is None or is_open(values):
        return
    inputs = leaves(model.inputs)
    if isinstance(values, DictValue):
        data = [values.entries.get(getattr(tensor, "name", None)) for tensor in inputs]
    else:
        data = leaves(values)
    if len(data) != len(inputs):
        return
    for tensor, array in zip(inputs, data):
        if not isinstance(tensor, Tensor) or not isinstance(array, Array) or tensor.dtype not in _CAST:
            continue
        for layer in model.layers:
            if layer.type_name == "keras.layers.Embedding" and any(call.inputs is tensor for call in layer.calls):
                _check(layer, array, use, all_rows)


def _check(layer: LayerObject, array: Array, use: Use, all_rows: bool) -> None:
    rows = layer.arguments.get("input_dim") if layer.arguments is not None else None
    if layer.user_class is not None or not isinstance(rows, int) or use.engine.keras_major < 3:
        return
    found = _id_without_row(array, rows, all_rows)
    if found is not None:
        raise Refusal(
            Fault(
                "id-range", use.moment, use.place, layer, f"ids from 0 to {rows - 1}", str(found), (),
                f"Exception encountered when calling Embedding.call(). indices[0,0] = {found} is not in [0, {rows})", True,
                {"array": array, "id": found, "rows": rows, "layer": layer},
            ),
            "ValueError",
        )  # fmt: skip


def _id_without_row(array: Array, rows: int, all_rows: bool) -> int | None:
    """An id that surely occurs and is none of the rows, which are counted from the end as well; None where none is known."""
    if array.may_be_written:
        return None
    numbers = numbers_in(array.constant) if all_rows and array.constant is not None else None
    for number in numbers or ():
        if math.isfinite(number) and not -rows <= int(number) < rows:
            return int(number)
    if array.low is not None and math.isfinite(array.low) and int(array.low) >= rows:
        return int(array.low)
    return None
