"""Performing an operation: tensors give tensors that can be computed again on other shapes, arrays give arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...dims import Dim
from ...faults import Moment
from ...knowledge import Call, Handler, bind, parse_signature
from ...values import Array, ListValue, Made, Tensor, Unknown, Value, to_dim
from ..api import taken_by
from ..functional import REPLAY
from ..inside import inside_call
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC, array_from, children, is_open, leaves, spec_of, tensors_in

OPERATION = "operation"
"""The fact of a tensor that names the operation which made it: "add", also where an operator stands."""

Compute = Callable[[Mapping[str, Any]], Any]
"""From bound arguments, tensors among them as TensorSpecs, to the result's TensorSpec (or a tuple of them)."""


class Conflict(Exception):
    """Shapes that can't go together: (required, got)."""

    def __init__(self, kind: str, required: str, got: str) -> None:
        super().__init__(kind)
        self.kind, self.required, self.got = kind, required, got


def _seen(value: Value, known: Mapping[int, TensorSpec]) -> Any:
    inner = children(value)
    if inner is not None and is_open(value):
        return Unknown("not all of the items are known")
    if inner is not None:
        return tuple(_seen(child, known) for child in inner)
    if isinstance(value, Tensor):
        return known.get(value.uid) or spec_of(value)
    return spec_of(value) if isinstance(value, Array) else value


_SIZES = frozenset(["newshape", "num_or_size_splits", "pad_width", "pool_size", "repeats", "shape", "size", "strides"])
"""Arguments of sizes: numbers of tensors that hold data (`tf.shape(x)[1]` of such) are read, not taken for sizes that are left open."""


def _argument(name: str, value: Value, known: Mapping[int, TensorSpec]) -> Any:
    return _seen(_as_sizes(value) if name in _SIZES else value, known)


def _as_sizes(value: Value) -> Value:
    if isinstance(value, Array):
        if value.shape.rank == 0:
            return to_dim(value)
        constant = value.constant
        return constant if isinstance(constant, tuple) and all(isinstance(size, int) for size in constant) else value
    inner = children(value)
    return tuple(_as_sizes(child) for child in inner) if inner is not None and not is_open(value) else value


_LISTS = frozenset(["split", "array_split", "unstack"])
"""Operations that give a list of tensors; others with several give a tuple."""


_TAKING_LISTS = frozenset(
    [
        "where", "size", "is_tensor", "custom_gradient", "allclose", "isclose", "equal", "not_equal", "greater",
        "greater_equal", "less", "less_equal", "logical_and", "logical_or", "logical_xor", "arctan2",
    ]
)  # fmt: skip
"""Functions of keras.ops that don't mind a list of symbolic tensors for their first argument; most others ask it for its shape."""
_JOINING = frozenset(["concatenate", "stack", "hstack", "vstack", "dstack"])
"""Functions of keras.ops that want a list of tensors, and ask each of them."""


def _refuse_list(call: Call, main: Value, title: str) -> None:
    """A list or tuple of symbolic tensors where an operation takes one. (In a `call` they are tensors of TensorFlow, which are stacked.)"""
    if inside_call() or not call.name.startswith("keras.ops."):
        return
    given = (children(main) or ()) if title in _JOINING else () if title in _TAKING_LISTS else (main,)
    lists = [item for item in given if isinstance(item, (ListValue, tuple))]
    if any(isinstance(leaf, Tensor) for item in lists for leaf in leaves(item)):
        kind = "tuple" if isinstance(lists[0], tuple) else "list"
        message = f"'{kind}' object has no attribute 'shape'"
        call.refuse("list-for-tensor", "one tensor", f"a {kind}", message, exception="AttributeError", sequences=tuple(given), what=title)  # fmt: skip


def _is_plain(value: Value) -> bool:
    """Is it a number of Python's, or a row of such, of which an operation makes a tensor?"""
    row = children(value)
    if row is None or is_open(value):
        return isinstance(value, (int, float, Dim))
    return bool(row) and all(isinstance(number, (int, float)) for number in row)


def perform(call: Call, values: dict[str, Value], compute: Compute, title: str) -> Value:
    """Run an operation on the program's values: tensors give tensors, arrays give arrays, the rest is unknown."""
    found = [leaf for value in values.values() for leaf in leaves(value)]
    symbolic = [leaf for leaf in found if isinstance(leaf, Tensor)]
    main = next((v for k, v in values.items() if k in ("x", "xs", "x1")), next(iter(values.values()), None))
    if not symbolic and not any(isinstance(leaf, Array) for leaf in found) and not _is_plain(main):
        return call.unknown(f"the result of `{title}` is not known")
    if any(isinstance(leaf, Unknown) for leaf in leaves(main)) or is_open(main):
        return call.unknown(f"what goes into `{title}` is not known")
    _refuse_list(call, main, title)
    try:
        result = compute({name: _argument(name, value, {}) for name, value in values.items()})
    except Conflict as conflict:
        operator: dict[str, Any] = {"operator": str(call.args[0])} if call.name.endswith("__operator__") else {}
        call.refuse(
            conflict.kind, conflict.required, conflict.got, f"it needs {conflict.required} but gets {conflict.got}", moment=Moment.CALL,
            subject=call.name, shapes=tuple(leaf.shape for leaf in found if isinstance(leaf, (Tensor, Array))), **operator,
        )  # fmt: skip
    except (IndexError, TypeError, AttributeError, ValueError, KeyError):
        result = UNKNOWN_SPEC
    if not symbolic:
        return _nested(_arrays(result, call, title), title)
    call.engine.name_for(title)
    made = Made(call.name, tuple(values.values()), call.place)
    order = tensors_in(tuple(values.values()))

    def tensor(spec: TensorSpec, path: tuple[int, ...]) -> Tensor:
        fresh = Tensor(spec.shape, spec.dtype, place=call.place, made=made)

        def replay(specs: list[TensorSpec]) -> TensorSpec:
            known = {t.uid: s for t, s in zip(order, specs)}
            try:
                again = compute({name: _argument(name, value, known) for name, value in values.items()})
                for step in path:
                    again = again[step]
            except (Conflict, IndexError, TypeError, AttributeError, ValueError, KeyError):
                return UNKNOWN_SPEC
            return again if isinstance(again, TensorSpec) else UNKNOWN_SPEC

        fresh.facts[REPLAY] = replay
        fresh.facts[OPERATION] = title
        return fresh

    return _nested(_built(result, tensor), title)


def _built(node: Any, tensor: Callable[[TensorSpec, tuple[int, ...]], Tensor], path: tuple[int, ...] = ()) -> Value:
    """A result whose specs are tensors, each made with the way to it."""
    if isinstance(node, tuple):
        return tuple(_built(child, tensor, (*path, i)) for i, child in enumerate(node))
    return tensor(node, path)


def _nested(made: Value, title: str) -> Value:
    """Several results as the list or tuple that the operation gives."""
    return ListValue(list(made)) if isinstance(made, tuple) and title.rpartition(".")[2] in _LISTS else made


def _arrays(result: Any, call: Call, title: str) -> Value:
    if isinstance(result, tuple):
        return tuple(_arrays(child, call, title) for child in result)
    return array_from(result, call.place, title)


def operation(name: str, signature: str, compute: Compute) -> Handler:
    """The handler of a function with this signature, whose parameters are named as `compute` knows them.

    A function of Keras's own takes what Keras says, in its order; the signature then only tells what `compute` calls the first ones.
    """

    def handler(call: Call) -> Value:
        known = parse_signature(signature)
        taken = taken_by(call.name, call.engine.keras_major) or known
        arguments = bind(call, taken)
        names = dict(zip(taken.slots, known.slots))
        values = {names.get(key, key): arguments[key] for key in arguments}
        values.update({f"args[{i}]": argument.value for i, argument in enumerate(arguments.var_args)})
        return perform(call, values, compute, name)

    return handler
