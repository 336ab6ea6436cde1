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

from lstmlint.edits import (
    replace,
    safe_fix,
)
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..surroundings import parent

BAD = [
    """
from tensorflow.python.keras.layers import Dense
""",
]
GOOD = [
    """
from tensorflow.keras.layers import Dense
""",
]


@check("MIG011", "private-keras", Severity.WARNING)
def private_keras(program: Program) -> Iterator[Finding]:
    for item in program.imports:
        if item.guarded or not item.spelled.startswith("tensorflow.python.keras"):
            continue
        statement = item.place.node if isinstance(item.place.node, ast.ImportFrom) else parent(program, item.place.node)
        public = isinstance(statement, ast.ImportFrom) and re.fullmatch(
            r"tensorflow\.python\.keras(\.(layers|models|callbacks|losses|metrics|utils|optimizers|initializers|regularizers))?",
            statement.module or "",
        )
        whole = Place(item.place.tree, statement)
        edit = replace(whole, whole.text.replace("tensorflow.python.keras", "tensorflow.keras", 1)) if public else None
        yield Finding(
            item.place,
            "tensorflow.python.keras is TensorFlow's private, outdated copy: names are missing in it, and its layers don't fit into a Keras model. "
            "Import from tensorflow.keras, or from keras.",
            fix=safe_fix("Import from tensorflow.keras.", edit),
            key=statement,
        )
