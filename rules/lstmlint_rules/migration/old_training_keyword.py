"""A keyword of older versions in fit, compile, Model or a callback.

What it does: finds arguments of training methods that Keras 3 no longer has.

Why is this bad: Python raises TypeError, "got an unexpected keyword argument"; `evaluate` a ValueError, "Arguments not recognized".

Example:

    model.fit(X, y, nb_epoch=10)

Use instead:

    model.fit(X, y, epochs=10)

Fix safety: safe where the keyword only has a new name, or has no effect any more.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from lstmlint.edits import (
    remove_keyword,
    rename_keyword,
    safe_fix,
)
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    subject_name,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), nb_epoch=1)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), workers=2)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.evaluate(np.zeros((4, 3)), np.zeros((4, 1)), use_multiprocessing=True)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), epochs=1, verbose=0)
""",
]


RENAMED = {"nb_epoch": "epochs", "nb_epochs": "epochs", "input": "inputs", "output": "outputs"}
DROPPED = {
    "workers": "workers belong into the constructor of a keras.utils.PyDataset",
    "use_multiprocessing": "it belongs into the constructor of a keras.utils.PyDataset",
    "max_queue_size": "it belongs into the constructor of a keras.utils.PyDataset",
    "show_accuracy": 'compile with metrics=["accuracy"]',
    "samples_per_epoch": "write `steps_per_epoch=`, counted in batches",
    "nb_val_samples": "write `validation_steps=`, counted in batches",
    "sample_weight_mode": "pass a sample_weight of the target's shape to fit",
    "class_mode": "the loss says it",
    "period": 'write `save_freq=`, "epoch" or a number of batches',
    "lr": "give it to the optimizer: Adam(learning_rate=...)",
}
OWNERS = ("keras.Model", "keras.Sequential", "keras.callbacks.")


@claim("MIG005", "old-training-keyword", Severity.ERROR, kinds=("unknown-argument",), specificity=15)
def old_training_keyword(fault: Fault, program: Program) -> Finding | None:
    word = str(fault.details.get("argument", ""))
    if not isinstance(fault.subject, str) or not fault.subject.startswith(OWNERS) or program.keras_major < 3:
        return None
    if word in RENAMED and not (word in ("input", "output") and fault.subject != "keras.Model"):
        advice = f"Write `{RENAMED[word]}=`."
        edit = rename_keyword(fault.place, word, RENAMED[word])
    elif word in DROPPED:
        advice = f"Leave it out: {DROPPED[word]}."
        edit = (
            remove_keyword(fault.place, word) if word in ("workers", "use_multiprocessing", "max_queue_size") else None
        )
    else:
        return None
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"`{word}=` is an argument of older Keras versions, for which {subject_name(fault)} raises {fault.details.get('raised', 'TypeError')}. {advice}",
        fix=safe_fix(advice.partition(":")[0].rstrip(".") + ".", edit),
        key=fault.place.node,
    )
