"""For which Keras a program is meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.nodes import walk
from lstmlint.program import Program

ROOTS = ("tf_keras", "tensorflow.keras", "keras")
"""The packages under which Keras can be had."""


def keras3(program: Program) -> bool:
    """Is it Keras 3 that the program runs with? Keras 2 goes on living as the package tf_keras."""
    return program.keras_major >= 3


def root_of(spelled: str) -> str | None:
    """The package from which a name of Keras's is taken: "tensorflow.keras.layers" -> "tensorflow.keras"."""
    return next((root for root in ROOTS if spelled == root or spelled.startswith(root + ".")), None)


def surely_keras2(program: Program) -> bool:
    """Is all of the Keras that the program uses Keras 2? With several packages of Keras in one program, one may be Keras 3.

    A package may be imported where the program doesn't come to: which one it is to be, it asks first.
    """
    if keras3(program):
        return False
    spelled = [*(item.spelled for item in program.imports), *(call.spelled for call in program.calls)]
    return len({root_of(name) for name in [*spelled, *_imported(program)]} - {None}) == 1


def _imported(program: Program) -> Iterator[str]:
    """The modules that the file imports anywhere, reached or not, and what it takes out of them."""
    for node in walk(program.tree.module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
