"""The shapes that a user's `build` and `compute_output_shape` receive.

Keras 3 gives a method of one parameter the shape of the first input, and one of several the shape of each input that the parameter names: `value_shape`
that of the argument `value` of `call` (source: `update_shapes_dict_for_target_fn` of keras/src/layers/layer.py).
"""

from __future__ import annotations

import ast
from typing import Any

from ..faults import Fault, Moment, Refusal
from ..values import (
    BoundMethod,
    DictValue,
    FunctionValue,
    LayerObject,
    ListValue,
    ModelObject,
    ShapeTuple,
    Unknown,
    Value,
    int_value,
)
from .edition import other_backend
from .inside import inside_call, traced
from .spec import Use, flat_specs
from .tensors import is_open, leaves, nested_like, of_data, tensors_in

_SUFFIX = "_shape"


def shapes_for(found: Value, layer: LayerObject, use: Use) -> dict[str, Value]:
    """What the user's method receives, by its parameters. Raises Refusal for a name that is none of `call`'s."""
    function = written(found)
    spec = function.node.args if function is not None else None
    first = input_shape(use)
    if not isinstance(spec, ast.arguments):
        return {"input_shape": first}
    names = [a.arg for a in [*spec.posonlyargs, *spec.args][1:]] + [a.arg for a in spec.kwonlyargs]
    if len(names) == 1 or use.engine.keras_major < 3:
        return {names[0] if names else "input_shape": first}
    own_call = written(use.engine.find_method(layer, "call"))
    if own_call is None or not isinstance(own_call.node.args, ast.arguments):
        return dict.fromkeys(names[:1], first)
    taken = own_call.node.args
    arguments = [a.arg for a in [*taken.posonlyargs, *taken.args][1:]] + [a.arg for a in taken.kwonlyargs]
    rest = [a.arg for a in (taken.vararg, taken.kwarg) if a is not None]
    given: dict[str, Value] = {}
    for name in names:
        whose = name.removesuffix(_SUFFIX)
        if not name.endswith(_SUFFIX) or whose not in arguments:
            if name.endswith(_SUFFIX) and rest:
                return dict.fromkeys(names[:1], first)
            _refuse(layer, use, function, name)
        if arguments[:1] == [whose]:
            given[name] = first
        elif flat_specs(specs := use.kwargs.get(whose)):
            given[name] = shape_value(specs, use)
    return given


def _refuse(layer: LayerObject, use: Use, function: FunctionValue | None, name: str) -> None:
    method = function.name if function is not None else "build"
    message = (
        f"For a `{method}()` method with more than one argument, all arguments should have a `{_SUFFIX}` suffix and match an argument "
        f"from `call()`. Received `{method}()` argument `{name}`"
    )
    raise Refusal(
        Fault(
            "shape-argument", use.moment, use.place, layer, f"arguments that name those of `call`, with `{_SUFFIX}`", f"`{name}`", (), message,
            details={"argument": name, "method": method},
        ),
        "ValueError",
    )  # fmt: skip


def written(found: Value) -> FunctionValue | None:
    """The user's function behind a method; None for a library's."""
    function = found.function if isinstance(found, BoundMethod) else found
    return function if isinstance(function, FunctionValue) else None


def input_shape(use: Use) -> Value:
    """The input's shape as `build` and `compute_output_shape` receive it: a tuple of sizes, or such tuples in lists and dicts like those of the inputs."""
    given, specs = use.kwargs.get("~values"), flat_specs(use.inputs)
    if isinstance(given, (ListValue, DictValue, tuple)) and not is_open(given) and len(leaves(given)) == len(specs):
        return nested_like(given, [shape_value(spec, use) for spec in specs])
    return shape_value(use.inputs, use)


def shape_value(specs: Any, use: Use) -> Value:
    """A shape, or several, as tuples of sizes."""
    if isinstance(specs, tuple):
        return tuple(shape_value(s, use) for s in specs)
    if specs.shape.dims is None:
        return Unknown("the input's shape is not known")
    sizes = tuple(int_value(dim) for dim in specs.shape.dims)
    if use.engine.keras_major < 3:
        return sizes
    symbolic = on_symbols(use) or (traced() and not other_backend(use.engine))
    return ShapeTuple.make(sizes, fixed=not symbolic)


def on_symbols(use: Use) -> bool:
    """Is a layer called on symbolic tensors, by the program itself?"""
    model = isinstance(use.layer, ModelObject)  # its `build` lets pass what its `call` raises
    moments = (Moment.CALL,) if model else (Moment.CALL, Moment.ADD, Moment.BUILD)
    if inside_call() or use.moment not in moments:
        return False
    given = tensors_in(use.kwargs.get("~values"))
    return bool(given) and not any(map(of_data, given))
