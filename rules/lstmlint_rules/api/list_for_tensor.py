"""A list of tensors is used as if it were a tensor.

What it does: finds arithmetic with a list or tuple of symbolic tensors, attributes and indices that only a tensor has, and functions of
`keras.ops` that take one tensor.

Why is this bad: Python, or Keras, raises. The commonest cause is a model with `outputs=[x]`: called on a tensor, it returns a
tensor in Keras 2 and a list of one in Keras 3.

Example:

    encoder = keras.Model(inputs, [features])
    distance = encoder(left) - encoder(right)

Use instead:

    encoder = keras.Model(inputs, features)
    distance = encoder(left) - encoder(right)

Fix safety: unsafe: without the brackets, everything else that calls the model or predicts with it gets no list any more.

References: https://keras.io/api/models/model/
"""

from __future__ import annotations

import ast

from lstmlint.diagnostic import Fix
from lstmlint.edits import replace, unsafe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import ListValue, ModelObject, Tensor

from ..evidence import before, line

BAD = [
    """
import keras
inputs = keras.Input((8,))
encoder = keras.Model(inputs=[inputs], outputs=[keras.layers.Dense(4)(inputs)])
left, right = keras.Input((8,)), keras.Input((8,))
distance = encoder(left) - encoder(right)
""",
    """
import keras
class Distance(keras.layers.Layer):
    def call(self, left, right):
        return keras.ops.abs(left - right)
inputs = keras.Input((8,))
encoder = keras.Model([inputs], [keras.layers.Dense(4)(inputs)])
left, right = keras.Input((8,)), keras.Input((8,))
distance = Distance()(encoder(left), encoder(right))
""",
    """
import keras
inputs = keras.Input((8,))
encoder = keras.Model(inputs, [keras.layers.Dense(4)(inputs)])
features = encoder(keras.Input((8,)))
print(features.shape)
""",
    """
import keras
inputs = keras.Input((8,))
encoder = keras.Model(inputs, [keras.layers.Dense(4)(inputs)])
features = encoder(keras.Input((8,)))
first = features[:, 0]
""",
    """
import keras
inputs = keras.Input((8,))
encoder = keras.Model(inputs, [keras.layers.Dense(4)(inputs)])
features = keras.ops.sqrt(encoder(keras.Input((8,))))
""",
    """
import keras
from keras.layers import LSTM
state = -LSTM(4, return_state=True)(keras.Input((5, 1)))
""",
    """
import keras
inputs = keras.Input((8, 8, 3))
base = keras.Model(inputs=[inputs], outputs=[keras.layers.GlobalAveragePooling2D()(inputs)])
model = keras.Sequential([base, keras.layers.Dropout(0.2), keras.layers.Dense(1)])
""",
]
GOOD = [
    """
import keras
class Distance(keras.layers.Layer):
    def call(self, both):
        return keras.ops.abs(both[0] - both[1]) + keras.ops.sum(both, axis=0)
inputs = keras.Input((8,))
encoder = keras.Model(inputs, [keras.layers.Dense(4)(inputs)])
left, right = keras.Input((8,)), keras.Input((8,))
both = encoder(left) + encoder(right)
distance = Distance()(both)
joined = keras.ops.concatenate(both)
first = both[0][:, 0]
shape = both.shape if hasattr(both, "shape") else [b.shape for b in both]
twice = both * 2
""",
]


JOINING = (
    "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot", "concatenate", "stack", "hstack",
    "vstack", "dstack",
)  # fmt: skip
"""What takes a list of tensors, but none in it."""
KINDS = ("python-exception", "list-for-tensor", "list-as-operand", "merge-call", "input-count")


@claim("API044", "list-for-tensor", Severity.ERROR, kinds=KINDS, specificity=5)
def list_for_tensor(fault: Fault, program: Program) -> Finding | None:
    sequences = fault.details.get("sequences", ())
    at = next((at for at, value in enumerate(sequences) if _tensors(value)), None)
    if at is None:
        return None
    found, tensors = sequences[at], _tensors(sequences[at])
    model = _model(tensors[0], through="applied" in fault.details) if len(tensors) == 1 else None
    kind = "list" if isinstance(found, ListValue) or model is not None else "tuple"
    operand = None if "applied" in fault.details else _operand(fault.place.node, at)
    text = Place(fault.place.tree, operand).text if operand is not None else ""
    shown = f"`{text}`" if 0 < len(text) < 40 else "What comes here" if "applied" in fault.details else "This"
    count = f"a {kind} of {len(tensors)} tensors" if len(tensors) > 1 else f"a {kind} with one tensor in it"
    if model is not None and model.place is not None:
        cause = f" The Model on {line(model.place)} was made with a list of outputs, so in Keras 3 it returns a list."
        advice = "Leave the brackets out there" + (", or write [0] here." if operand is not None else ".")
        related: tuple[tuple[str, Place], ...] = (("the list of outputs is given here", model.place),)
    else:
        cause, related = "", ()
        advice = f"Take the tensor that you mean: {text if 0 < len(text) < 20 else 'x'}[0]."
    return Finding(
        fault.place,
        f"{shown} is {count}, {_refused(fault.details['what'])}.{cause} {advice}",
        related=related,
        fix=_fix(model),
        key=fault.place.node,
    )


def _tensors(value: object) -> list[Tensor]:
    """The symbolic tensors of a list or tuple that holds nothing else."""
    items = (
        value.items if isinstance(value, ListValue) and not value.open else value if isinstance(value, tuple) else []
    )
    return [item for item in items if isinstance(item, Tensor)] if all(isinstance(i, Tensor) for i in items) else []


def _operand(node: object, at: int) -> ast.AST | None:
    """The expression that gives the list: of an operator's sides, or of what is passed in a list, the one at `at`."""
    if isinstance(node, ast.BinOp):
        return (node.left, node.right)[at]
    if isinstance(node, ast.AugAssign):
        return (node.target, node.value)[at]
    if isinstance(node, ast.UnaryOp):
        return node.operand
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return node.value
    first = node.args[0] if isinstance(node, ast.Call) and node.args else None
    if isinstance(first, (ast.List, ast.Tuple)):
        return first.elts[at] if at < len(first.elts) and not isinstance(first.elts[at], ast.List) else None
    return first


def _refused(what: str) -> str:
    """What can't be done with a list: an operator, an attribute, indices, or what takes one tensor."""
    if what == "[]":
        return "which has no axes that indices could be taken of"
    if what.startswith("."):
        return f"which has no `{what[1:]}`"
    if not what.isidentifier():
        return f"and there is no `{what}` for that"
    if what in JOINING:
        return f"and {what} takes tensors, not lists of them"
    return f"and {f'keras.ops.{what}' if what.islower() else what} takes a tensor"


def _model(tensor: Tensor, *, through: bool) -> ModelObject | None:
    """The model that was called to get a tensor, if it was made of a list of outputs; also `through` layers that stand behind it in a Sequential."""
    call = tensor.call
    while through and call is not None and not isinstance(call.layer, ModelObject):
        call = before(call)
    model = call.layer if call is not None else None
    return model if isinstance(model, ModelObject) and isinstance(model.outputs, (ListValue, tuple)) else None


def _fix(model: ModelObject | None) -> Fix | None:
    """Take the brackets away from the only output."""
    if model is None or model.place is None or not isinstance(model.place.node, ast.Call):
        return None
    call = model.place.node
    named = next((k.value for k in call.keywords if k.arg == "outputs"), None)
    given = named if named is not None else call.args[1] if len(call.args) > 1 else None
    if not isinstance(given, ast.List) or len(given.elts) != 1:
        return None
    inner = Place(model.place.tree, given.elts[0]).text
    return unsafe_fix("Leave the brackets around the output out.", replace(Place(model.place.tree, given), inner))
