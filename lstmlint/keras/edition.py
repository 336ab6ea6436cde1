"""Which Keras a program chooses by itself: the package tf_keras, TensorFlow's switch, or nothing but TensorFlow's private old copy mean Keras 2
whatever is configured."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..knowledge import Engine
    from ..syntax import Tree

LEGACY_PACKAGE = "tf_keras"
LEGACY_SWITCH = "TF_USE_LEGACY_KERAS"
"""The environment variable with which TensorFlow 2.16 and later take tf_keras for `tensorflow.keras`."""

_ON = frozenset(["1", "true", "True"])

PRIVATE_COPY = "tensorflow.python.keras"
"""A Keras 2 that TensorFlow has within itself."""


def other_backend(engine: Engine) -> bool:
    """May the program run Keras on another backend than TensorFlow?"""
    chosen = engine.record.settings.get("$KERAS_BACKEND", "tensorflow")
    return chosen != "tensorflow" or any(name.endswith("config.set_backend") for name in engine.record.called())


def edition(tree: Tree, configured: int) -> int:
    """The major version of the Keras that the program runs with: 2 where it chooses so itself, else what is configured."""
    text = tree.source.text
    private = PRIVATE_COPY.rpartition(".")[0] in text  # `from tensorflow.python import keras` is one way to say it
    if LEGACY_PACKAGE not in text and LEGACY_SWITCH not in text and not private:
        return configured  # nearly every program: its tree need not be walked
    if private and _names_only_the_copy(tree):
        return 2
    switched = tensorflow = False
    for node in ast.walk(tree.module):
        names = _imported(node)
        if LEGACY_PACKAGE in names:
            return 2
        tensorflow = tensorflow or "tensorflow" in names
        switched = switched or _switches(node)
    return 2 if switched and tensorflow else configured


def edition_of_project(tree: Tree, configured: int, modules: Iterable[bytes]) -> int:
    """As `edition`, for a program whose Keras one of the project's `modules` that run before it may have chosen: by TensorFlow's switch, or by
    importing tf_keras, where the program takes all of its Keras from them.

    A program that imports Keras 3's own package, `keras`, gets that whatever the switch says.
    """
    chosen = edition(tree, configured)
    texts = list(modules) if chosen >= 3 else []
    if any(_switches(node) for module in _parsed(texts, LEGACY_SWITCH) for node in ast.walk(module)):
        return chosen if "keras" in _packages(tree.module) else 2
    if not any(LEGACY_PACKAGE in _packages(module) for module in _parsed(texts, LEGACY_PACKAGE)):
        return chosen  # nearly every program: neither its own tree nor the other modules need be looked at
    if _packages(tree.module):
        return chosen
    taken = [found for module in _parsed(texts, "keras") if (found := _packages(module))]
    return 2 if all(LEGACY_PACKAGE in found for found in taken) else chosen


def _names_only_the_copy(tree: Tree) -> bool:
    """Does the program say `keras` only where it imports from the private copy?"""
    inside = [
        node
        for node in ast.walk(tree.module)
        if isinstance(node, (ast.Import, ast.ImportFrom)) or (isinstance(node, ast.Attribute) and node.attr == "keras")
    ]
    named = [name for node in inside for name in _modules(node) if "keras" in name.split(".")]
    return bool(named) and all(name.startswith(PRIVATE_COPY) for name in named)


def _modules(node: ast.AST) -> list[str]:
    """The modules that an import statement names, and those that it may take out of a package; `tf.keras` is one too."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return ["keras"]


def _parsed(texts: Iterable[bytes], word: str) -> Iterator[ast.Module]:
    """Those of the modules in which a word stands, parsed; what can't be is left out."""
    for text in texts:
        if word.encode() in text:
            try:
                yield ast.parse(text)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue


def _packages(module: ast.AST) -> set[str]:
    """The packages from which a module takes a Keras that isn't the project's: "keras", "tf_keras", and "tensorflow" where it names its `keras`."""
    found: set[str] = set()
    names: set[str] = set()
    asked: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr == "keras" and isinstance(node.value, ast.Name):
            asked.add(node.value.id)
        elif isinstance(node, ast.Import):
            names.update(a.asname or "tensorflow" for a in node.names if a.name.partition(".")[0] == "tensorflow")
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not node.level):
            for name in _modules(node):
                top, *inner = name.split(".")
                if top in ("keras", LEGACY_PACKAGE) or (top == "tensorflow" and "keras" in inner):
                    found.add(top)
    return found | {"tensorflow"} if asked & names else found


def _imported(node: ast.AST) -> list[str]:
    """The top-level packages that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    return [(node.module or "").partition(".")[0]] if isinstance(node, ast.ImportFrom) and not node.level else []


def _switches(node: ast.AST) -> bool:
    """`os.environ["TF_USE_LEGACY_KERAS"] = "1"`, or `os.environ.setdefault(...)` and `os.putenv(...)` with both words."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        return isinstance(target, ast.Subscript) and _says(target.slice, LEGACY_SWITCH) and _is_on(node.value)
    if isinstance(node, ast.Call) and len(node.args) == 2:
        return _says(node.args[0], LEGACY_SWITCH) and _is_on(node.args[1])
    return False


def _says(node: ast.AST, word: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == word


def _is_on(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in _ON
