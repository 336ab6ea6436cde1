"""Every model of a program with its layers, shapes and parameters, as data and as JSON."""

from __future__ import annotations

import json
import os
from typing import Any

from .keras.counting import (
    LEFT_OUT,
    is_built_at_once,
    sublayers_of,
    total_parameters,
    trainable_parameters,
    unlike_shown,
)
from .program import ModelSite, shown_call
from .values import Array, LayerObject, ModelObject, Tensor, flatten


def as_json(programs: list[tuple[str, Any]]) -> str:
    """One object, as the contract has it."""
    files = [_file(path, program) for path, program in programs]
    return _text({"version": 1, "files": files})


_LAYER = 6
"""How deep in the document a layer stands: files, a file, its models, a model, its layers, a layer."""


def _text(value: Any, depth: int = 0) -> str:
    """JSON that a person can read as well, a layer to a line."""
    if depth == _LAYER or not value or not isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    pad = "\n" + " " * (depth + 1)
    if isinstance(value, dict):
        inside = [f"{json.dumps(key)}: {_text(item, depth + 1)}" for key, item in value.items()]
        return f"{{{pad}{f',{pad}'.join(inside)}{pad[:-1]}}}"
    return f"[{pad}{f',{pad}'.join(_text(item, depth + 1) for item in value)}{pad[:-1]}]"


def _file(path: str, program: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"filename": os.path.abspath(path), "models": [], "gaps": []}
    if program is None:
        return found
    own = program.tree.source.path
    for site in program.models:
        if program.target is not None or site.place.tree.source.path == own:
            found["models"].append(model_record(site))
    for gap in program.gaps:
        if gap.place.tree.source.path == own:
            span = gap.place.span
            location = {"row": span.row, "column": span.column}
            found["gaps"].append({"location": location, "cell": span.cell, "reason": gap.reason})
    return found


def model_record(site: ModelSite) -> dict[str, Any]:
    """One model as the contract has it."""
    model, span = site.model, site.place.span
    return {
        "name": model.name,
        "class": model.class_name if model.user_class or model.kind == "Sequential" else "Functional",
        "location": {"row": span.row, "column": span.column},
        "cell": span.cell,
        "complete": doubt(model) is None,
        "input_shapes": _shapes(model.inputs),
        "output_shapes": _shapes(model.outputs),
        "total_params": count(model, total_parameters) if all_built(model) else None,
        "trainable_params": count(model, trainable_parameters) if all_built(model) else None,
        "layers": [_layer(layer) for layer in layers_of(model)],
    }


def layers_of(model: ModelObject) -> list[LayerObject]:
    """What `model.layers` holds: for a subclassed model the layers among its attributes."""
    return sublayers_of(model) if model.kind == "Subclass" else model.layers


def all_built(model: ModelObject) -> bool:
    """Has every layer of the model made its weights?"""
    return all(is_built(layer) for layer in layers_of(model))


def doubt(model: ModelObject) -> str | None:
    """Why the model may have other layers than are known; None when it has just these."""
    why = unlike_shown(model)
    if why is None and model.kind == "Subclass" and not model.calls and not model.built:
        return "it is not called, so it may not be built yet"
    return why


def count(layer: LayerObject, how: Any) -> int | None:
    """A count as a number, None where it isn't one."""
    known: int | None = how(layer).known
    return known


def _shapes(value: Any) -> list[Any]:
    return [t.shape.to_json() for t in flatten(value) if isinstance(t, (Tensor, Array))]


def _layer(layer: LayerObject) -> dict[str, Any]:
    span = layer.place.span if layer.place is not None else None
    call = shown_call(layer)
    if layer.state.get("by_way"):
        call = None
    return {
        "name": layer.name,
        "class": layer.class_name
        if not isinstance(layer, ModelObject) or layer.user_class or layer.kind == "Sequential"
        else "Functional",
        "location": {"row": span.row, "column": span.column} if span is not None else None,
        "cell": span.cell if span is not None else None,
        "input_shapes": [s.to_json() for s in call.input_shapes] if call else _input_shapes(layer, "inputs"),
        "output_shapes": [s.to_json() for s in call.output_shapes] if call else _input_shapes(layer, "outputs"),
        "params": count(layer, total_parameters) if is_built(layer) else None,
        "trainable_params": count(layer, trainable_parameters) if is_built(layer) else None,
    }


def is_built(layer: LayerObject) -> bool:
    """Has the layer made its weights, the same on every way? Otherwise nobody can count them."""
    made = layer.built or bool(layer.calls) or bool(layer.weights) or is_built_at_once(layer) or LEFT_OUT in layer.state
    return made and not layer.state.get("by_way")


def _input_shapes(layer: LayerObject, which: str) -> list[Any]:
    if isinstance(layer, ModelObject):
        return _shapes(getattr(layer, which))
    tensor = layer.state.get("tensor") or layer.state.get("output")
    return _shapes(tensor) if tensor is not None else []
