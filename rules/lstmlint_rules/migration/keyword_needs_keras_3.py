"""A keyword that only Keras 3 knows, in a program for Keras 2.

What it does: recognises keywords that Keras 2 refuses and Keras 3 takes, where the program runs with Keras 2.

Why is this bad: Keras 2 raises "Keyword argument not understood".

Example:

    import tf_keras
    tf_keras.layers.LeakyReLU(negative_slope=0.1)

Use instead:

    import tf_keras
    tf_keras.layers.LeakyReLU(alpha=0.1)

Fix safety: safe where Keras 2 has the same argument under another name.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from lstmlint.edits import rename_keyword, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
import tf_keras
layer = tf_keras.layers.LeakyReLU(negative_slope=0.1)
""",
    """
import tf_keras
layer = tf_keras.layers.LSTM(8, use_cudnn=False)
""",
]
GOOD = [
    """
import tf_keras
layer = tf_keras.layers.LeakyReLU(alpha=0.1)
""",
    """
import keras
layer = keras.layers.LSTM(8, use_cudnn=False)
""",
]

OLDER = {("LeakyReLU", "negative_slope"): "alpha"}
"""The name of the argument in Keras 2."""


@claim("MIG016", "keyword-needs-keras-3", Severity.ERROR, kinds=("unknown-argument",), specificity=20)
def keyword_needs_keras_3(fault: Fault, program: Program) -> Finding | None:
    word = str(fault.details.get("argument", ""))
    if program.keras_major >= 3 or program.came_with_keras_3(str(fault.subject), word) is None:
        return None
    name = subject_name(fault)
    older = OLDER.get((name, word))
    advice = f"Keras 2 calls it `{older}`." if older else "Leave it out, or move the project to Keras 3."
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"{name} takes `{word}=` only since Keras 3, and this program runs with Keras 2, which refuses it. {advice}",
        fix=safe_fix(f"Write `{older}=`.", rename_keyword(fault.place, word, older)) if older else None,
        key=fault.place.node,
    )
