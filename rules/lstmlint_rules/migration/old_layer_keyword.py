"""A layer keyword of Keras 1 or 2 that Keras 3 refuses.

What it does: recognises the keywords that older versions had and says what replaced them.

Why is this bad: Keras 3 raises "Unrecognized keyword arguments".

Example:

    LSTM(32, batch_input_shape=(1, 10, 3), stateful=True)

Use instead:

    Input(batch_shape=(1, 10, 3)), LSTM(32, stateful=True)

Fix safety: safe where a keyword only has a new name. What became of the others is for a person to write.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from lstmlint.edits import rename_keyword, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
layer = keras.layers.LSTM(32, batch_input_shape=(1, 10, 3), stateful=True)
""",
    """
import keras
layer = keras.layers.Dense(4, init="uniform")
""",
    """
import keras
layer = keras.layers.Dense(output_dim=4, init="uniform")
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input(batch_shape=(1, 10, 3)), keras.layers.LSTM(32, stateful=True)])
""",
]

NOW = {
    "batch_input_shape": "put Input(batch_shape=...) in front of the layer",
    "output_dim": "write `units=` (`output_dim=` is only Embedding's)",
    "init": "write `kernel_initializer=`",
    "inner_init": "write `recurrent_initializer=`",
    "inner_activation": "write `recurrent_activation=`",
    "nb_filter": "write `filters=`",
    "filter_length": "write `kernel_size=`",
    "nb_row": "write `kernel_size=(rows, columns)`",
    "border_mode": "write `padding=`",
    "subsample": "write `strides=`",
    "subsample_length": "write `strides=`",
    "pool_length": "write `pool_size=`",
    "W_regularizer": "write `kernel_regularizer=`",
    "U_regularizer": "write `recurrent_regularizer=`",
    "b_regularizer": "write `bias_regularizer=`",
    "W_constraint": "write `kernel_constraint=`",
    "dropout_W": "write `dropout=`",
    "dropout_U": "write `recurrent_dropout=`",
    "consume_less": "leave it out: Keras chooses the implementation",
    "time_major": "leave it out and transpose the input to (batch, timesteps, features)",
    "p": "write `rate=`",
    "dim_ordering": "write `data_format=`",
    "bias": "write `use_bias=`",
}


_RENAMED = {old: new.partition("`")[2].partition("=`")[0] for old, new in NOW.items() if new.startswith("write `")}
_ONLY_RENAMED = {
    old: new for old, new in _RENAMED.items() if new.isidentifier() and old not in ("dim_ordering", "subsample_length")
}


@claim("MIG001", "old-layer-keyword", Severity.ERROR, kinds=("unknown-argument", "missing-argument"), specificity=10)
def old_layer_keyword(fault: Fault, program: Program) -> Finding | None:
    word, place = str(fault.details.get("argument", "")), fault.blamed[0] if fault.blamed else None
    if fault.kind == "missing-argument":  # under the name that it has now
        given = fault.details.get("given", {})
        word = next((old for old in given if _RENAMED.get(old) == word), "")
        place = given.get(word)
    if word not in NOW or program.keras_major < 3:
        return None
    now = _ONLY_RENAMED.get(word)
    renamed = now is not None and now not in fault.details.get("taken", ())  # or it has got that by position already
    return Finding(
        place or fault.place,
        f"`{word}=` is an argument of older Keras versions that Keras 3 refuses. Instead, {NOW[word]}.",
        fix=safe_fix(f"Write `{now}=`.", rename_keyword(fault.place, word, now))
        if now is not None and renamed
        else None,
        key=fault.place.node,
    )
