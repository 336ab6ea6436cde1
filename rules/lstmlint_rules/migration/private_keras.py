"""An import from TensorFlow's private copy of Keras.

What it does: finds imports from `tensorflow.python.keras`, which editors like to suggest.

Why is this bad: it is an old copy that knows nothing of the real Keras: many names are missing from it, and its
layers can't be added to a Keras model.

Example:

    from tensorflow.python.keras.layers import Dense

Use instead:

    from tensorflow.keras.layers import Dense

Fix safety: safe: the public module has the same names.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstmlint.diagnostic import Edit
from lstmlint.edits import replace, safe_fix
from lstmlint.places import Place
from lstmlint.program import Import, Program
from lstmlint.rule import Finding, Severity, check

from ..surroundings import parent

PUBLIC = (
    r"tensorflow\.python\.keras(\.(layers|models|callbacks|losses|metrics|utils|optimizers|initializers|regularizers))?"
)
"""The private modules that have a public one with the same names."""

BAD = [
    """
from tensorflow.python.keras.layers import Dense
""",
    """
from tensorflow.python.keras.layers import Dense
from tensorflow.python.keras.models import Sequential
""",
]
GOOD = [
    """
from tensorflow.keras.layers import Dense
""",
]


@check("MIG011", "private-keras", Severity.WARNING)
def private_keras(program: Program) -> Iterator[Finding]:
    found = [i for i in program.imports if not i.guarded and i.spelled.startswith("tensorflow.python.keras")]
    statements = {id(s): s for s in (_statement(program, item) for item in found) if s is not None}
    if not found:
        return
    places = [Place(found[0].place.tree, statement) for statement in statements.values()]
    edits = [_public(place) for place in places]
    layers = any(re.search(r"\.keras\.(layers|models)\b", item.spelled) for item in found)
    consequence = (
        "its layers don't go into a model of the real Keras, and some are missing"
        if layers
        else "it knows nothing of the real one"
    )
    yield Finding(
        found[0].place,
        f"tensorflow.python.keras is TensorFlow's private, outdated copy of Keras, which nobody maintains: {consequence}. "
        "Import from tensorflow.keras, or from keras.",
        related=tuple(("and here", place) for place in places[1:]),
        fix=safe_fix("Import from tensorflow.keras.", *edits),
        key="tensorflow.python.keras",
    )


def _statement(program: Program, item: Import) -> ast.AST | None:
    """The whole import statement of a name."""
    return item.place.node if isinstance(item.place.node, ast.ImportFrom) else parent(program, item.place.node)


def _public(statement: Place) -> Edit | None:
    """The edit that imports from the public module instead; None where that one may not have the same names."""
    node = statement.node
    if not isinstance(node, ast.ImportFrom) or not re.fullmatch(PUBLIC, node.module or ""):
        return None
    return replace(statement, statement.text.replace("tensorflow.python.keras", "tensorflow.keras", 1))
