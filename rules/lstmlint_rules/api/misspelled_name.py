"""The name of a layer, loss or optimizer is misspelled.

What it does: finds imports and calls of names that no version of Keras has, where it has the same name in other
capitals, with two letters exchanged or with an underscore more or less.

Why is this bad: Python raises ImportError or AttributeError. What is imported inside of `try` is left alone.

Example:

    from keras.layers import Lstm

Use instead:

    from keras.layers import LSTM

Fix safety: safe: the name that is there now raises.

References: https://keras.io/api/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import rename_attribute, safe_fix
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
from keras.layers import Lstm
""",
    """
import tensorflow as tf
x = tf.keras.layers.LTSM(32)
""",
    """
import keras
x = keras.layers.Max_Pooling1D()
""",
]
GOOD = [
    """
from keras.layers import LSTM
""",
    """
try:
    from keras.layers import Lstm
except ImportError:
    from keras.layers import LSTM as Lstm
""",
    """
import keras
x = keras.layers.add([keras.Input((3,)), keras.Input((3,))])
""",
]


@check("API032", "misspelled-name", Severity.ERROR)
def misspelled_name(program: Program) -> Iterator[Finding]:
    said: set[str] = set()
    for item in program.imports:
        right = program.spelled_right(item.name)
        if right is not None:
            said.add(item.name)
            if not item.guarded:
                yield Finding(item.place, _words(item.spelled, right, "ImportError"), key=item.place.node)
    for call in program.calls:
        right = program.spelled_right(call.name) if not call.caught and call.name not in said else None
        if right is not None:
            yield Finding(
                call.place,
                _words(call.spelled, right, "AttributeError"),
                key=call.place.node,
                fix=safe_fix(f"Write `{right}`.", rename_attribute(call.place, call.spelled.rpartition(".")[2], right)),
            )


def _words(spelled: str, right: str, error: str) -> str:
    module, _, name = spelled.rpartition(".")
    return f"`{module}` has no `{name}`, so this raises {error}. Write {right}."
