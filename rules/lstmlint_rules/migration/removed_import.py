"""An import of something that Keras 3 has moved or removed.

What it does: knows the modules and names of older Keras versions that Keras 3 can't import, and where they are now.

Why is this bad: Python raises ImportError or ModuleNotFoundError.

Example:

    from keras.layers.recurrent import LSTM

Use instead:

    from keras.layers import LSTM

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
from keras.layers.recurrent import LSTM
""",
    """
from keras.utils import np_utils
""",
]
GOOD = [
    """
from keras.layers import LSTM
from keras.utils import to_categorical
""",
    """
try:
    from keras.layers.recurrent import LSTM
except ImportError:
    from keras.layers import LSTM
""",
]

NOW = {
    **{f"keras.layers.{inner}": "keras.layers" for inner in (
        "recurrent", "core", "embeddings", "convolutional", "wrappers", "advanced_activations", "merge", "normalization", "pooling",
        "noise", "local",
    )},
    "keras.engine": "keras or keras.layers",
    "keras.objectives": "keras.losses",
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.vis_utils": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.wrappers.scikit_learn": "the scikeras package",
    "keras.preprocessing.text": "keras.layers.TextVectorization",
    "keras.layers.CuDNNLSTM": "keras.layers.LSTM, which uses cuDNN by itself",
    "keras.layers.CuDNNGRU": "keras.layers.GRU, which uses cuDNN by itself",
    "keras.layers.TimeDistributedDense": "keras.layers.Dense, which works on every timestep",
    "keras.layers.MaxoutDense": "a layer of your own",
    "keras.layers.Highway": "a layer of your own",
    "keras.layers.Merge": "keras.layers.Concatenate, Add, ...",
    "keras.layers.LocallyConnected1D": "keras.layers.Conv1D",
    "keras.layers.LocallyConnected2D": "keras.layers.Conv2D",
}  # fmt: skip


@check("MIG003", "removed-import", Severity.ERROR)
def removed_import(program: Program) -> Iterator[Finding]:
    if program.keras_major < 3:
        return
    for item in program.imports:
        # tensorflow.keras and tf_keras keep some of these paths, so that only the plain package is sure
        if item.guarded or not item.spelled.startswith("keras."):
            continue
        old = next((o for o in NOW if item.spelled == o or item.spelled.startswith(o + ".")), None)
        if old is not None:
            yield Finding(item.place, f"`{old}` is gone in Keras 3, so this import fails. Look in {NOW[old]} instead.")
