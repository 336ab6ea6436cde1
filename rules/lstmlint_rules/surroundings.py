"""What stands around a node of the syntax tree: the statement, function and class that it belongs to."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from typing import Any

from lstmlint.nodes import children, walk
from lstmlint.program import Program


@functools.lru_cache(maxsize=1)
def _parents(module: Any) -> dict[int, ast.AST]:
    found: dict[int, ast.AST] = {}
    waiting = [module]
    while waiting:
        node = waiting.pop()
        for child in children(node):
            found[id(child)] = node
            waiting.append(child)
    return found


def around(program: Program, node: Any) -> Iterator[ast.AST]:
    """The nodes that a node stands in, nearest first; none for a node of another file."""
    parents = _parents(program.tree.module)
    step = parents.get(id(node))
    while step is not None:
        yield step
        step = parents.get(id(step))


def parent(program: Program, node: Any) -> ast.AST | None:
    """The node that a node stands in directly."""
    return next(around(program, node), None)


def in_a_loop_over(program: Program, node: Any) -> bool:
    """Does the node stand in a loop or comprehension whose item it mentions, so that each turn does it with another one?"""
    names = {n.id for n in walk(node) if isinstance(n, ast.Name)}
    for step in around(program, node):
        targets: list[ast.expr] = []
        if isinstance(step, (ast.For, ast.AsyncFor)):
            targets = [step.target]
        elif isinstance(step, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            targets = [generator.target for generator in step.generators]
        if any(isinstance(n, ast.Name) and n.id in names for n in walk(*targets)):
            return True
    return False


def statements_after(program: Program, statement: ast.AST) -> list[ast.stmt]:
    """The statements that follow in the same block, in order."""
    block = parent(program, statement)
    for name in ("body", "orelse", "finalbody", "handlers"):
        body = getattr(block, name, None)
        if isinstance(body, list):
            for i, other in enumerate(body):
                if other is statement:
                    return list(body[i + 1 :])
    return []


def names_method(program: Program, *names: str) -> bool:
    """Does the file mention one of these methods or attributes anywhere?"""
    return any(isinstance(node, ast.Attribute) and node.attr in names for node in walk(program.tree.module))
