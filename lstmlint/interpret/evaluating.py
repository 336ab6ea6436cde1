"""`eval(text)`, where the text is known and says no more than a name, a value, or what operators make of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from ..places import Place
from ..values import Unknown, Value

if TYPE_CHECKING:
    from .machine import Machine

_FOLLOWED = (
    ast.Name, ast.Attribute, ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Subscript, ast.Slice, ast.UnaryOp, ast.BinOp,
    ast.operator, ast.unaryop, ast.expr_context,
)  # fmt: skip
"""Nothing that calls: what is made there would stand in no line of the program."""
_NOT_FOLLOWED = "eval() is not followed"


def evaluated(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    """The value of a text as an expression, among the names that can be seen where `eval` is called."""
    text = args[0] if len(args) == 1 and not kwargs else None
    if not isinstance(text, str) or not machine.active:
        return Unknown(_NOT_FOLLOWED, place)
    try:
        expression = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Unknown(_NOT_FOLLOWED, place)
    for node in ast.walk(expression):
        if not isinstance(node, _FOLLOWED):
            return Unknown(_NOT_FOLLOWED, place)
        _stand(node, place)
    return machine.evaluate(expression, machine.active[-1])


def _stand(node: Any, place: Place) -> None:
    """Let a node stand where `eval` is called, whichever parser has read that."""
    ast.copy_location(node, place.node)
    node.cst = getattr(place.node, "cst", None)
