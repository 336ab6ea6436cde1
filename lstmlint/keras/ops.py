"""Operations on symbolic tensors: `keras.ops.*`, operators, slicing, and `tf.*` where Keras lets it through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..dims import ANY, Dim, product, same
from ..faults import Moment
from ..knowledge import Call, Handler, attribute, bind, find_function, function, method, parse_signature
from ..shapes import UNKNOWN_SHAPE, Shape, broadcast
from ..values import Array, Made, SliceValue, Tensor, Unknown, Value, is_int, to_dim
from .functional import REPLAY
from .models import shape_tuple
from .spec import TensorSpec
from .subclass import inside_call
from .tensors import UNKNOWN_SPEC, array_from, children, is_open, leaves, spec_of, tensors_in

Compute = Callable[[Mapping[str, Any]], Any]
"""From bound arguments, tensors among them as TensorSpecs, to the result's TensorSpec (or a tuple of them)."""


class Conflict(Exception):
    """Shapes that can't go together: (required, got)."""

    def __init__(self, kind: str, required: str, got: str) -> None:
        super().__init__(kind)
        self.kind, self.required, self.got = kind, required, got


def _seen(value: Value, known: Mapping[int, TensorSpec]) -> Any:
    inner = children(value)
    if inner is not None and not is_open(value):
        return tuple(_seen(child, known) for child in inner)
    if isinstance(value, Tensor):
        return known.get(value.uid) or spec_of(value)
    return spec_of(value) if isinstance(value, Array) else value


def perform(call: Call, values: dict[str, Value], compute: Compute, title: str) -> Value:
    """Run an operation on the program's values: tensors give tensors, arrays give arrays, the rest is unknown."""
    found = [leaf for value in values.values() for leaf in leaves(value)]
    symbolic = [leaf for leaf in found if isinstance(leaf, Tensor)]
    if not symbolic and not any(isinstance(leaf, Array) for leaf in found):
        return call.unknown(f"the result of `{title}` is not known")
    main = next(iter(values.values()), None)
    if any(isinstance(leaf, Unknown) for leaf in leaves(main)) or is_open(main):
        return call.unknown(f"what goes into `{title}` is not known")
    try:
        result = compute({name: _seen(value, {}) for name, value in values.items()})
    except Conflict as conflict:
        call.refuse(
            conflict.kind, conflict.required, conflict.got, f"{title}: {conflict.required}, got {conflict.got}", moment=Moment.CALL,
            subject=call.name,
        )  # fmt: skip
    except (IndexError, TypeError, AttributeError, ValueError, KeyError):
        result = UNKNOWN_SPEC
    if not symbolic:
        return _arrays(result, call, title)
    call.engine.name_for(title)
    made = Made(call.name, tuple(values.values()), call.place)
    order = tensors_in(tuple(values.values()))

    def tensor(spec: TensorSpec, path: tuple[int, ...]) -> Tensor:
        fresh = Tensor(spec.shape, spec.dtype, place=call.place, made=made)

        def replay(specs: list[TensorSpec]) -> TensorSpec:
            known = {t.uid: s for t, s in zip(order, specs)}
            try:
                again = compute({name: _seen(value, known) for name, value in values.items()})
                for step in path:
                    again = again[step]
            except (Conflict, IndexError, TypeError, AttributeError, ValueError, KeyError):
                return UNKNOWN_SPEC
            return again if isinstance(again, TensorSpec) else UNKNOWN_SPEC

        fresh.facts[REPLAY] = replay
        return fresh

    def build(node: Any, path: tuple[int, ...]) -> Value:
        if isinstance(node, tuple):
            return tuple(build(child, (*path, i)) for i, child in enumerate(node))
        return tensor(node, path)

    return build(result, ())


def _arrays(result: Any, call: Call, title: str) -> Value:
    if isinstance(result, tuple):
        return tuple(_arrays(child, call, title) for child in result)
    return array_from(result, call.place, title)


# --- shapes --------------------------------------------------------------------------------------------------------


def _spec(value: Any) -> TensorSpec:
    if isinstance(value, TensorSpec):
        return value
    if isinstance(value, (int, float, Dim)):
        return TensorSpec(Shape(()), None)
    if isinstance(value, tuple) and value and all(isinstance(v, (int, float)) for v in value):
        return TensorSpec(Shape.of(len(value)), None)
    return UNKNOWN_SPEC


def _same_shape(a: Mapping[str, Any]) -> TensorSpec:
    x = _spec(a["x"])
    return TensorSpec(x.shape, x.dtype)


def _binary(a: Mapping[str, Any]) -> TensorSpec:
    x, y = _spec(a["x1"]), _spec(a["x2"])
    found = broadcast(x.shape, y.shape)
    if found.conflict is not None:
        raise Conflict("broadcast", "shapes that can be broadcast together", f"{x.shape} and {y.shape}")
    return TensorSpec(found.shape, x.dtype or y.dtype)


def _comparison(a: Mapping[str, Any]) -> TensorSpec:
    return TensorSpec(_binary(a).shape, "bool")


def _axes(value: Any, rank: int) -> list[int] | None:
    if isinstance(value, bool) or value is None:
        return None
    items = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(i, int) for i in items):
        raise ValueError("the axis is not known")
    return [i % rank if -rank <= i < rank else i for i in items]


def _reduce(a: Mapping[str, Any]) -> TensorSpec:
    x = _spec(a["x"])
    keep = a.get("keepdims", False)
    axis = a.get("axis")
    if isinstance(axis, Unknown) or isinstance(keep, Unknown):
        return UNKNOWN_SPEC
    if x.shape.dims is None:
        return TensorSpec(Shape(()) if axis is None and not keep else UNKNOWN_SHAPE, x.dtype)
    axes = _axes(axis, len(x.shape.dims))
    if axes is None:
        axes = list(range(len(x.shape.dims)))
    dims = [Dim(1) if i in axes else d for i, d in enumerate(x.shape.dims) if keep or i not in axes]
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def _argument(a: Mapping[str, Any]) -> TensorSpec:
    return TensorSpec(_reduce(a).shape, "int32")


def _sizes(value: Any) -> list[Dim]:
    items = value if isinstance(value, tuple) else (value,)
    return [to_dim(v) if v is None or is_int(v) else ANY for v in items]


def _reshape(a: Mapping[str, Any]) -> TensorSpec:
    x, target = _spec(a["x"]), a["newshape"]
    if isinstance(target, (Unknown, TensorSpec)):
        return UNKNOWN_SPEC
    dims = _sizes(target)
    free = [i for i, d in enumerate(dims) if d.known == -1]
    if len(free) == 1:
        i = free[0]
        rest = product(d for d in dims if d.known != -1)
        total = x.shape.size()
        if total.exact is not None and rest.exact is not None and rest.known != 0:
            dims[i] = total // rest
        else:
            none = x.shape.dims is not None and any(d.is_none for d in x.shape.dims) and rest.exact is not None
            dims[i] = Dim(None) if none else ANY
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def _concatenate(a: Mapping[str, Any]) -> TensorSpec:
    parts = [_spec(v) for v in a["xs"]]
    axis = a.get("axis", -1)
    if not isinstance(axis, int) or not parts:
        return UNKNOWN_SPEC
    ranks = {p.shape.rank for p in parts}
    if None in ranks:
        return UNKNOWN_SPEC
    if len(ranks) != 1:
        raise Conflict("rank", "tensors of the same rank", " and ".join(str(p.shape) for p in parts))
    rank = len(parts[0].shape)
    at = axis % rank
    dims: list[Dim] = []
    for i in range(rank):
        column = [p.shape[i] for p in parts]
        if i == at:
            total = column[0]
            for dim in column[1:]:
                total = total + dim
            dims.append(total)
            continue
        for other in column[1:]:
            if same(column[0], other) is False:
                raise Conflict("axis-size", f"the same size in axis {i}", " and ".join(str(p.shape) for p in parts))
        dims.append(next((d for d in column if d.exact is not None), column[0]))
    return TensorSpec(Shape(tuple(dims)), parts[0].dtype)


def _stack(a: Mapping[str, Any]) -> TensorSpec:
    parts = [_spec(v) for v in a["x"]]
    axis = a.get("axis", 0)
    if not isinstance(axis, int):
        return UNKNOWN_SPEC
    return TensorSpec(parts[0].shape.insert(axis, len(parts)), parts[0].dtype)


def _unstack(a: Mapping[str, Any]) -> Any:
    x, axis = _spec(a["x"]), a.get("axis", 0)
    count = x.shape.get(axis).known
    if count is None or count > 200:
        return UNKNOWN_SPEC
    return tuple(TensorSpec(x.shape.remove(axis), x.dtype) for _ in range(count))


def _expand_dims(a: Mapping[str, Any]) -> TensorSpec:
    x, axis = _spec(a["x"]), a["axis"]
    if x.shape.dims is None:
        return x
    rank = len(x.shape.dims)
    axes = axis if isinstance(axis, tuple) else (axis,)
    shape = x.shape
    for one in axes:
        if not -rank - 1 <= one <= rank:
            return UNKNOWN_SPEC
        shape = shape.insert(one, 1)
    return TensorSpec(shape, x.dtype)


def _squeeze(a: Mapping[str, Any]) -> TensorSpec:
    x, axis = _spec(a["x"]), a.get("axis")
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    if axis is None:
        if any(d.known is None and not d.is_none for d in x.shape.dims):
            return UNKNOWN_SPEC
        return TensorSpec(Shape(tuple(d for d in x.shape.dims if d.known != 1)), x.dtype)
    axes = _axes(axis, len(x.shape.dims)) or []
    return TensorSpec(Shape(tuple(d for i, d in enumerate(x.shape.dims) if i not in axes)), x.dtype)


def _transpose(a: Mapping[str, Any]) -> TensorSpec:
    x, axes = _spec(a["x"]), a.get("axes")
    if x.shape.dims is None or isinstance(axes, Unknown):
        return UNKNOWN_SPEC
    order = list(axes) if isinstance(axes, tuple) else list(reversed(range(len(x.shape.dims))))
    return TensorSpec(Shape(tuple(x.shape.dims[i] for i in order)), x.dtype)


def _swapaxes(a: Mapping[str, Any]) -> TensorSpec:
    x = _spec(a["x"])
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    dims = list(x.shape.dims)
    i, j = a["axis1"], a["axis2"]
    dims[i], dims[j] = dims[j], dims[i]
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def _matmul(a: Mapping[str, Any]) -> TensorSpec:
    x, y = _spec(a["x1"]), _spec(a["x2"])
    if x.shape.dims is None or y.shape.dims is None or len(x.shape) < 1 or len(y.shape) < 1:
        return UNKNOWN_SPEC
    left, right = list(x.shape.dims), list(y.shape.dims)
    if a.get("transpose_a"):
        left[-2:] = left[:-3:-1]
    if a.get("transpose_b"):
        right[-2:] = right[:-3:-1]
    inner = right[-2] if len(right) > 1 else right[0]
    if same(left[-1], inner) is False:
        raise Conflict("axis-size", "inner sizes that are the same", f"{x.shape} and {y.shape}")
    if len(left) == 1 or len(right) == 1:
        dims = left[:-1] if len(right) == 1 else [*right[:-2], right[-1]]
        return TensorSpec(Shape(tuple(dims)), x.dtype)
    lead = broadcast(Shape(tuple(left[:-2])), Shape(tuple(right[:-2]))).shape
    return TensorSpec(lead.extend(left[-2], right[-1]), x.dtype)


def _cast(a: Mapping[str, Any]) -> TensorSpec:
    dtype = a.get("dtype")
    return TensorSpec(_spec(a["x"]).shape, dtype if isinstance(dtype, str) else None)


def _repeat(a: Mapping[str, Any]) -> TensorSpec:
    x, repeats, axis = _spec(a["x"]), a["repeats"], a.get("axis")
    if not is_int(repeats) or not isinstance(axis, int):
        return UNKNOWN_SPEC
    return TensorSpec(x.shape.replace(axis, x.shape[axis] * to_dim(repeats)), x.dtype)


def _tile(a: Mapping[str, Any]) -> TensorSpec:
    x, repeats = _spec(a["x"]), a["repeats"]
    if x.shape.dims is None or not isinstance(repeats, tuple) or len(repeats) != len(x.shape.dims):
        return UNKNOWN_SPEC
    return TensorSpec(Shape(tuple(d * r for d, r in zip(x.shape.dims, _sizes(repeats)))), x.dtype)


def _one_hot(a: Mapping[str, Any]) -> TensorSpec:
    x = _spec(a["x"])
    return TensorSpec(x.shape.extend(to_dim(a["num_classes"]) if is_int(a["num_classes"]) else ANY), "float32")


def _split(a: Mapping[str, Any]) -> Any:
    x, sections, axis = _spec(a["x"]), a["indices_or_sections"], a.get("axis", 0)
    if not isinstance(sections, int) or not isinstance(axis, int) or x.shape.dims is None or sections > 200:
        return UNKNOWN_SPEC
    size = x.shape[axis]
    part = size // sections if size.exact is not None else size
    return tuple(TensorSpec(x.shape.replace(axis, part), x.dtype) for _ in range(sections))


def _where(a: Mapping[str, Any]) -> TensorSpec:
    if a.get("x1") is None or a.get("x2") is None:
        return UNKNOWN_SPEC
    both = _binary(a)
    return TensorSpec(broadcast(_spec(a["condition"]).shape, both.shape).shape, both.dtype)


def _index(a: Mapping[str, Any]) -> TensorSpec:
    x, key = _spec(a["x"]), a["key"]
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    keys = list(key) if isinstance(key, tuple) else [key]
    if ... in keys:
        at = keys.index(...)
        gap = len(x.shape.dims) - sum(1 for k in keys if k is not None and k is not ...)
        keys[at : at + 1] = [SliceValue()] * gap
    dims: list[Dim] = []
    rest = list(x.shape.dims)
    for k in keys:
        if k is None:
            dims.append(Dim(1))
            continue
        size = rest.pop(0)
        if is_int(k):
            continue
        if not isinstance(k, SliceValue):
            return UNKNOWN_SPEC
        dims.append(_sliced(size, k))
    return TensorSpec(Shape((*dims, *rest)), x.dtype)


def _sliced(size: Dim, key: SliceValue) -> Dim:
    if key.start is None and key.stop is None and key.step is None:
        return size
    parts = (key.start, key.stop, key.step)
    if not all(p is None or isinstance(p, int) for p in parts):
        return ANY if size.exact is not None or size.is_unknown else Dim(None)
    if size.known is not None:
        start, stop, step = (None if p is None else int(p) for p in parts)
        return Dim(len(range(size.known)[start:stop:step]), size.role)
    return Dim(None) if size.is_none else ANY


# --- names ---------------------------------------------------------------------------------------------------------

ELEMENTWISE = (
    "exp", "log", "log1p", "log2", "log10", "expm1", "sqrt", "rsqrt", "square", "abs", "absolute", "negative", "sign", "sin", "cos", "tan",
    "tanh", "sinh", "cosh", "arctan", "sigmoid", "relu", "relu6", "elu", "selu", "gelu", "silu", "swish", "softplus", "softsign",
    "leaky_relu", "hard_sigmoid", "log_sigmoid", "softmax", "log_softmax", "floor", "ceil", "round", "clip", "reciprocal", "erf",
    "stop_gradient", "flip", "roll", "sort", "cumsum", "cumprod", "zeros_like", "ones_like", "nan_to_num", "logical_not", "copy", "identity",
    "normalize", "convert_to_tensor", "tril", "triu", "hard_silu", "isnan",
)  # fmt: skip
BINARY = ("add", "subtract", "multiply", "divide", "true_divide", "power", "maximum", "minimum", "mod", "floor_divide", "divide_no_nan", "arctan2")  # fmt: skip
COMPARISONS = (
    "equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "logical_and", "logical_or", "logical_xor",
)  # fmt: skip
REDUCTIONS = (
    "mean",
    "sum",
    "max",
    "min",
    "amax",
    "amin",
    "prod",
    "std",
    "var",
    "any",
    "all",
    "median",
    "logsumexp",
    "count_nonzero",
)

OPERATIONS: dict[str, tuple[str, Compute]] = {
    **dict.fromkeys(ELEMENTWISE, ("x, *rest, **options", _same_shape)),
    **dict.fromkeys(BINARY, ("x1, x2, **options", _binary)),
    **dict.fromkeys(COMPARISONS, ("x1, x2, **options", _comparison)),
    **dict.fromkeys(REDUCTIONS, ("x, axis=None, keepdims=False, **options", _reduce)),
    **dict.fromkeys(("argmax", "argmin"), ("x, axis=None, keepdims=False", _argument)),
    "reshape": ("x, newshape", _reshape),
    "concatenate": ("xs, axis=0", _concatenate),
    "stack": ("x, axis=0", _stack),
    "unstack": ("x, num=None, axis=0", _unstack),
    "expand_dims": ("x, axis", _expand_dims),
    "squeeze": ("x, axis=None", _squeeze),
    "transpose": ("x, axes=None", _transpose),
    "swapaxes": ("x, axis1, axis2", _swapaxes),
    "matmul": ("x1, x2", _matmul),
    "cast": ("x, dtype", _cast),
    "repeat": ("x, repeats, axis=None", _repeat),
    "tile": ("x, repeats", _tile),
    "one_hot": ("x, num_classes, axis=-1, dtype=None, **options", _one_hot),
    "split": ("x, indices_or_sections, axis=0", _split),
    "where": ("condition, x1=None, x2=None", _where),
}

TENSORFLOW: dict[str, tuple[str, Compute]] = {
    **{
        f"math.{n}": OPERATIONS[n]
        for n in ("exp", "log", "sqrt", "square", "abs", "tanh", "sigmoid", "sin", "cos", "softplus")
    },
    **{
        n: OPERATIONS[n]
        for n in ("exp", "sqrt", "square", "abs", "tanh", "sigmoid", "sin", "cos", "identity", "stop_gradient", "round")
    },
    **{n: OPERATIONS[n] for n in ("zeros_like", "ones_like", "clip_by_value") if n in OPERATIONS},
    **{
        f"nn.{n}": OPERATIONS[n]
        for n in (
            "relu",
            "relu6",
            "elu",
            "selu",
            "gelu",
            "silu",
            "swish",
            "softmax",
            "log_softmax",
            "sigmoid",
            "tanh",
            "leaky_relu",
            "softplus",
        )
    },
    **{n: OPERATIONS[n] for n in ("add", "subtract", "multiply", "divide", "maximum", "minimum")},
    **{f"math.{n}": OPERATIONS[n] for n in ("add", "subtract", "multiply", "divide", "maximum", "minimum")},
    "pow": OPERATIONS["power"],
    **{
        f"{p}reduce_{n}": OPERATIONS[n]
        for n in ("mean", "sum", "max", "min", "prod", "any", "all", "logsumexp")
        for p in ("", "math.")
    },
    **{f"{p}{n}": ("x, axis=None, **options", _argument) for n in ("argmax", "argmin") for p in ("", "math.")},
    "reshape": ("x, newshape, name=None", _reshape),
    "concat": ("xs, axis, name=None", _concatenate),
    "stack": ("x, axis=0, name=None", _stack),
    "unstack": ("x, num=None, axis=0, name=None", _unstack),
    "expand_dims": ("x, axis, name=None", _expand_dims),
    "squeeze": ("x, axis=None, name=None", _squeeze),
    "transpose": ("x, axes=None, conjugate=False, name=None", _transpose),
    "matmul": ("x1, x2, transpose_a=False, transpose_b=False, **options", _matmul),
    "linalg.matmul": ("x1, x2, transpose_a=False, transpose_b=False, **options", _matmul),
    "cast": ("x, dtype, name=None", _cast),
    "repeat": ("x, repeats, axis=None, name=None", _repeat),
    "tile": ("x, repeats, name=None", _tile),
    "one_hot": ("x, num_classes, **options", _one_hot),
}
_TF_NAMES = {
    "tensor": "x", "input": "x", "values": "xs", "input_tensor": "x", "shape": "newshape", "multiples": "repeats", "a": "x1", "b": "x2",
    "x": "x", "y": "x2", "perm": "axes", "indices": "x", "depth": "num_classes", "features": "x", "logits": "x",
}  # fmt: skip


def _operation(name: str, signature: str, compute: Compute) -> Handler:
    def handler(call: Call) -> Value:
        arguments = bind(call, parse_signature(signature))
        values = {key: arguments[key] for key in arguments}
        return perform(call, values, compute, name)

    return handler


for _name, (_signature, _compute) in OPERATIONS.items():
    function(f"keras.ops.{_name}", f"keras.ops.numpy.{_name}")(_operation(_name, _signature, _compute))

_BACKEND = {
    "concatenate": ("xs, axis=-1", _concatenate), "expand_dims": ("x, axis=-1", _expand_dims), "squeeze": ("x, axis", _squeeze),
    "sum": OPERATIONS["sum"], "mean": OPERATIONS["mean"], "max": OPERATIONS["max"], "min": OPERATIONS["min"], "exp": OPERATIONS["exp"],
    "log": OPERATIONS["log"], "sqrt": OPERATIONS["sqrt"], "square": OPERATIONS["square"], "abs": OPERATIONS["abs"],
    "tanh": OPERATIONS["tanh"], "sigmoid": OPERATIONS["sigmoid"], "softmax": OPERATIONS["softmax"], "relu": OPERATIONS["relu"],
    "dot": OPERATIONS["matmul"], "reshape": ("x, newshape", _reshape), "permute_dimensions": ("x, axes", _transpose),
    "cast": ("x, dtype", _cast), "stack": ("x, axis=0", _stack),
}  # fmt: skip
for _name, (_signature, _compute) in _BACKEND.items():
    function(f"keras.backend.{_name}")(_operation(_name, _signature, _compute))


_wrapped: list[bool] = []


def on_tensorflow() -> None:
    """Let `tf.*` functions know symbolic tensors, once there are any: Keras 3 refuses them outside of a layer's `call`."""
    if _wrapped:
        return
    _wrapped.append(True)
    for name, (signature, compute) in TENSORFLOW.items():
        full = f"tensorflow.{name}"
        function(full)(_tensorflow(full, find_function(full), _operation(name, signature, compute), signature))


def _tensorflow(name: str, before: Handler | None, operation: Handler, signature: str) -> Handler:
    def handler(call: Call) -> Value:
        symbolic = [t for v in [*call.args, *call.kwargs.values()] for t in tensors_in(v)]
        if not symbolic:
            return before(call) if before is not None else call.unknown(f"`{name}` is not known here")
        if inside_call():
            slots = {p.name for p in parse_signature(signature)}
            call.kwargs = {k if k in slots else _TF_NAMES.get(k, k): v for k, v in call.kwargs.items()}
            if "x1" in slots and "x" in call.kwargs:
                call.kwargs["x1"] = call.kwargs.pop("x")
            return operation(call)
        if call.engine.keras_major >= 3:
            call.refuse(
                "tf-on-keras-tensor", "a tensor with data", "a KerasTensor",
                "A KerasTensor cannot be used as input to a TensorFlow function.", moment=Moment.CALL, function=name, shape=symbolic[0].shape,
            )  # fmt: skip
        return call.unknown(f"`{name}` on a Keras tensor is not followed")

    return handler


# --- what a symbolic tensor can do by itself -----------------------------------------------------------------------

_OPERATORS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "**": "power",
    "%": "mod",
    "//": "floor_divide",
    "@": "matmul",
}

_COMPARING = {
    "==": "equal", "!=": "not_equal", "<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal", "&": "logical_and",
    "|": "logical_or", "^": "logical_xor",
}  # fmt: skip


@method("keras.KerasTensor.__operator__")
def operator(call: Call) -> Value:
    """`x + y`, `2 * x`, `x @ w`, `x > 0`, ..."""
    symbol, other, reflected = call.args[0], call.args[1], bool(call.args[2]) if len(call.args) > 2 else False
    if isinstance(other, Unknown):
        return call.unknown("the other operand is not known")
    if symbol == "==" and not inside_call():
        return other is call.receiver  # KerasTensor has no __eq__: Python compares identities
    if not isinstance(other, (Tensor, Array, int, float, Dim)):
        return call.unknown("the other operand is not known")
    left, right = (other, call.receiver) if reflected else (call.receiver, other)
    title = _OPERATORS.get(str(symbol)) or _COMPARING.get(str(symbol))
    if title is None:
        return call.unknown(f"`{symbol}` on tensors is not followed")
    compute = _matmul if symbol == "@" else _binary if symbol in _OPERATORS else _comparison
    return perform(call, {"x1": left, "x2": right}, compute, title)


@method("keras.KerasTensor.__unary__")
def unary(call: Call) -> Value:
    """`-x`"""
    return perform(call, {"x": call.receiver}, _same_shape, "negative")


@method("keras.KerasTensor.__getitem__")
def index(call: Call) -> Value:
    """`x[:, -1]`"""
    return perform(call, {"x": call.receiver, "key": call.args[0]}, _index, "get_item")


@attribute("keras.KerasTensor.shape")
def tensor_shape(call: Call) -> Value:
    """`x.shape`: a tuple of sizes and None."""
    tensor = call.receiver
    return shape_tuple(tensor.shape) if isinstance(tensor, Tensor) else call.unknown("the shape is not known")


@attribute("keras.KerasTensor.dtype")
def tensor_dtype(call: Call) -> Value:
    """`x.dtype`"""
    tensor = call.receiver
    if isinstance(tensor, Tensor) and tensor.dtype is not None:
        return tensor.dtype
    return call.unknown("the dtype is not known", "str")


@attribute("keras.KerasTensor.ndim")
def tensor_ndim(call: Call) -> Value:
    """`x.ndim`"""
    tensor = call.receiver
    if isinstance(tensor, Tensor) and tensor.shape.rank is not None:
        return tensor.shape.rank
    return call.unknown("the rank is not known", "int")


@attribute("keras.KerasTensor.name")
def tensor_name(call: Call) -> Value:
    """`x.name`"""
    tensor = call.receiver
    if isinstance(tensor, Tensor) and tensor.name:
        return tensor.name
    return call.unknown("the tensor's name is not known", "str")


@function("keras.backend.int_shape", "keras.ops.shape")
def int_shape(call: Call) -> Value:
    """The static shape as a tuple."""
    value = call.args[0] if call.args else None
    if isinstance(value, (Tensor, Array)):
        return shape_tuple(value.shape)
    return call.unknown("the shape is not known", "tuple")


@function("keras.backend.ndim", "keras.ops.ndim")
def ndim(call: Call) -> Value:
    """The rank."""
    value = call.args[0] if call.args else None
    if isinstance(value, (Tensor, Array)) and value.shape.rank is not None:
        return value.shape.rank
    return call.unknown("the rank is not known", "int")


@function("keras.backend.is_keras_tensor", "keras.utils.is_keras_tensor")
def is_keras_tensor(call: Call) -> Value:
    """Is it symbolic?"""
    value = call.args[0] if call.args else None
    if isinstance(value, Unknown):
        return call.unknown("whether it is a Keras tensor is not known", "bool")
    return isinstance(value, Tensor)


@function("keras.backend.image_data_format", "keras.config.image_data_format")
def image_data_format(call: Call) -> Value:
    """Keras's default."""
    return "channels_last"


@function("keras.backend.backend", "keras.config.backend")
def backend(call: Call) -> Value:
    """The backend that people with TensorFlow have."""
    return "tensorflow"


@function("keras.backend.floatx", "keras.config.floatx")
def floatx(call: Call) -> Value:
    """Keras's default."""
    return "float32"


@function("keras.backend.epsilon", "keras.config.epsilon")
def epsilon(call: Call) -> Value:
    """Keras's default."""
    return 1e-07


@function("keras.backend.clear_session", "keras.utils.clear_session")
def clear_session(call: Call) -> Value:
    """Automatic names begin again."""
    call.engine.reset_names()
    return None


@function("keras.utils.set_random_seed", "keras.backend.set_session",
          "keras.config.disable_interactive_logging", "keras.utils.plot_model", "keras.config.enable_unsafe_deserialization")  # fmt: skip
def settings(call: Call) -> Value:
    """Changes nothing that is of interest here."""
    return None
