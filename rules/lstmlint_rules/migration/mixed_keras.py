"""Both `keras` and `tensorflow.keras` in one file.

What it does: finds files that import Keras under two names.

Why is this bad: with TensorFlow 2.16 and later both are the same. With an older TensorFlow, or with tf_keras, they
are two libraries whose layers and models don't go together.

Example:

    from tensorflow.keras.models import Sequential
    from keras.layers import LSTM

Use instead:

    from keras.models import Sequential
    from keras.layers import LSTM

References: https://keras.io/getting_started/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
from tensorflow.keras.models import Sequential
from keras.layers import LSTM
""",
]
GOOD = [
    """
from keras.models import Sequential
from keras.layers import LSTM
""",
]


@check("MIG012", "mixed-keras", Severity.INFO)
def mixed_keras(program: Program) -> Iterator[Finding]:
    roots: dict[str, Any] = {}
    for item in program.imports:
        root = next(
            (
                r
                for r in ("tensorflow.keras", "tf_keras", "keras")
                if item.spelled == r or item.spelled.startswith(r + ".")
            ),
            None,
        )
        if root is not None and not item.guarded:
            roots.setdefault(root, item)
    if len(roots) > 1:
        first, second = list(roots.items())[:2]
        yield Finding(
            second[1].place,
            f"This file imports Keras as {first[0]} and as {second[0]}, which are one library only with TensorFlow 2.16 and later. "
            f"Keep to one of the two.",
            related=((f"{first[0]} is imported here", first[1].place),),
        )
