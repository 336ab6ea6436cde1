"""Shapes that comments state: `# lstmlint: X: (N, 24, 3)` on or above a line tells what can't be seen."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from ..dims import ANY, Dim, same, symbol
from ..faults import Fault, Moment
from ..frozen import dataclass
from ..patterns import pattern
from ..places import Origin, Place
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Array, Tensor, Unknown, Value, is_int
from .scopes import MISSING, Scope

if TYPE_CHECKING:
    from .machine import Machine

_COMMENT = pattern(r"#\s*lstmlint:\s*(?P<rest>[A-Za-z_]\w*\s*:.*)")
_STATED = pattern(r"(?P<name>[A-Za-z_]\w*)\s*:\s*(?P<shape>\([^()]*\))")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a comment says of one name; `sizes` is None where it can't be read as a shape."""

    name: str
    text: str
    sizes: tuple[ast.expr, ...] | None
    row: int


def stated_shapes(tree: Any) -> dict[int, tuple[Stated, ...]]:
    """The shapes that a file's comments state, by the identity of the statement that each belongs to."""
    if "lstmlint:" not in tree.source.text or not _COMMENT.search(tree.source.text):
        return {}
    starts = sorted(
        ((tree.extent(n)[0], -depth, n) for n, depth in _statements(tree.module, 0)), key=lambda found: found[:2]
    )
    found: dict[int, tuple[Stated, ...]] = {}
    for comment in tree.comments:
        match = _COMMENT.match(comment.text)
        if match is None:
            continue
        if comment.alone:
            near = next((n for start, _, n in starts if start > comment.offset), None)
        else:
            near = next((n for start, _, n in reversed(starts) if start <= comment.offset), None)
        if near is not None:
            found[id(near)] = (*found.get(id(near), ()), *_read(match["rest"], comment.row))
    return found


def _statements(node: ast.AST, depth: int) -> list[tuple[ast.stmt, int]]:
    inner = [pair for child in ast.iter_child_nodes(node) for pair in _statements(child, depth + 1)]
    return [(node, depth), *inner] if isinstance(node, ast.stmt) else inner


def _read(text: str, row: int) -> tuple[Stated, ...]:
    found = [Stated(m["name"], m["shape"], _sizes(m["shape"]), row) for m in _STATED.finditer(text)]
    if found:
        return tuple(found)
    name, _, rest = text.partition(":")
    return (Stated(name.strip(), rest.strip(), None, row),)


def _sizes(text: str) -> tuple[ast.expr, ...] | None:
    try:
        node = ast.parse(text.replace("?", "None"), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    parts = tuple(node.elts) if isinstance(node, ast.Tuple) else (node,)
    return parts if all(_readable(p) for p in parts) else None


def _readable(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is None or (isinstance(node.value, int) and not isinstance(node.value, bool))
    if isinstance(node, ast.BinOp):
        return (
            isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv))
            and _readable(node.left)
            and _readable(node.right)
        )
    return isinstance(node, ast.Name)


def _within(node: ast.stmt, name: str) -> bool:
    """Does the name belong to what is inside the statement: a parameter, or the target of a loop?"""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return True
    targets = ast.walk(node.target) if isinstance(node, (ast.For, ast.AsyncFor)) else ()
    return any(isinstance(n, ast.Name) and n.id == name for n in targets)


def assigns(node: ast.stmt, name: str) -> bool:
    """Does the statement itself give this name a value?"""
    if isinstance(node, (ast.For, ast.AsyncFor, ast.ClassDef, ast.While, ast.If, ast.Try)):
        return False
    return any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in ast.walk(node))


def apply(machine: Machine, node: Any, scope: Scope, *, after: bool | None = None) -> None:
    """Let names have the shapes that comments at this statement state: before it runs, or after for those that it assigns."""
    for stated in machine.stated.get(id(node), ()):
        if after is None or (not _within(node, stated.name) and assigns(node, stated.name) == after):
            _apply_one(machine, stated, node, scope)


def _apply_one(machine: Machine, stated: Stated, node: Any, scope: Scope) -> None:
    place = scope.place(node)
    if stated.sizes is None:
        _fault(machine, stated, place, "", None)
        return
    value = scope.find(stated.name)
    if isinstance(value, Unknown) or value is MISSING:
        dims = tuple(_dim(machine, n, stated, scope, None, place)[0] for n in stated.sizes)
        made = Array(Shape(dims), name=stated.name, place=place, facts={"stated": stated.text})
        scope.bind(stated.name, made)
    elif isinstance(value, (Array, Tensor)):
        _meet(machine, stated, value, scope, place)
    elif is_int(value) or isinstance(value, (float, str)):
        _fault(machine, stated, place, "a single value", value)


def _meet(machine: Machine, stated: Stated, value: Array | Tensor, scope: Scope, place: Place) -> None:
    """What the program makes and what the comment says, put together; a contradiction is a fault."""
    assert stated.sizes is not None
    known = value.shape.dims
    if known is not None and len(known) != len(stated.sizes):
        _fault(machine, stated, place, str(value.shape), value)
        return
    dims: list[Dim] = []
    agrees = True
    for i, node in enumerate(stated.sizes):
        dim, certain = _dim(machine, node, stated, scope, known[i] if known is not None else None, place)
        agrees = agrees and certain is not False
        dims.append(dim)
    if not agrees:
        _fault(machine, stated, place, str(value.shape), value)
    elif isinstance(value, Array):
        value.shape = Shape(tuple(dims))


def _dim(
    machine: Machine, node: ast.expr, stated: Stated, scope: Scope, known: Dim | None, place: Place
) -> tuple[Dim, bool | None]:
    """One size that a comment states next to the one that the program has: what is known now, and whether they agree."""
    if isinstance(node, ast.Constant) and node.value is None:
        return known if known is not None else ANY, None
    key = (scope.module.path, node.id) if isinstance(node, ast.Name) else None
    own = scope.find(node.id) if isinstance(node, ast.Name) else None
    if (
        key is not None
        and not is_int(own)
        and key not in machine.stated_sizes
        and known is not None
        and known.exact is not None
    ):
        machine.stated_sizes[key] = known  # the first known size that has this name says what the name stands for
    size = _size(machine, node, scope, place)
    if known is None or known.exact is None:
        return size, None
    verdict = same(size, known)
    return (known if known.known is not None or size.known is None else size), verdict


def _size(machine: Machine, node: ast.expr, scope: Scope, place: Place) -> Dim:
    if isinstance(node, ast.Constant):
        return Dim(node.value) if isinstance(node.value, int) else ANY
    if isinstance(node, ast.BinOp):
        left, right = _size(machine, node.left, scope, place), _size(machine, node.right, scope, place)
        if isinstance(node.op, ast.FloorDiv):
            return left // right if right.known != 0 else ANY
        return (
            left + right
            if isinstance(node.op, ast.Add)
            else left - right
            if isinstance(node.op, ast.Sub)
            else left * right
        )
    assert isinstance(node, ast.Name)
    own = scope.find(node.id)
    if is_int(own):
        return Dim.of(own)
    key = (scope.module.path, node.id)
    if key not in machine.stated_sizes:
        machine.stated_sizes[key] = Dim(symbol(node.id, 0), None, Origin(node.id, place))
    return machine.stated_sizes[key]


def _fault(machine: Machine, stated: Stated, place: Place, got: str, value: Value) -> None:
    source = value.place if isinstance(value, (Array, Tensor)) else None
    message = f"the comment states {stated.name}: {stated.text}"
    details = {
        "name": stated.name,
        "stated": stated.text,
        "row": stated.row,
        "shape": getattr(value, "shape", UNKNOWN_SHAPE),
    }
    blamed = (source,) if source is not None else ()
    machine.fault(
        Fault("stated-shape", Moment.RUN, place, stated.name, stated.text, got, blamed, message, False, details)
    )
