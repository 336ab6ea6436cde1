"""scikit-learn is to compare classes with what a model predicts, which are no classes.

What it does: finds confusion_matrix, classification_report, accuracy_score and their kin where one side is what `predict`
gave, as it came, or where one side is one-hot rows and the other one numbers.

Why is this bad: a model predicts probabilities. scikit-learn raises "Classification metrics can't handle a mix of binary
and continuous targets", or of "multilabel-indicator and multiclass" for one-hot rows.

Example:

    confusion_matrix(y_test, model.predict(X_test))

Use instead:

    confusion_matrix(y_test, model.predict(X_test).argmax(axis=1))

References: https://scikit-learn.org/stable/modules/model_evaluation.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Array, Value

from ..training import named

_HEAD = """
import keras
import numpy as np
from keras.layers import Dense
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
p = model.predict(np.random.rand(8, 4), verbose=0)
y = keras.utils.to_categorical(np.array([0, 1, 2, 0, 1, 2, 0, 1]), 3)
"""
BAD = [
    _HEAD + "try:\n    print(confusion_matrix(y, p))\nexcept ValueError:\n    pass\n",
    _HEAD + "try:\n    print(classification_report(y, p.argmax(axis=1)))\nexcept ValueError:\n    pass\n",
    _HEAD + "try:\n    print(accuracy_score(y.argmax(axis=1), p[:, 0]))\nexcept ValueError:\n    pass\n",
]
GOOD = [
    _HEAD + "print(confusion_matrix(y.argmax(axis=1), p.argmax(axis=1)))\n",
    _HEAD + "print(accuracy_score(y, (p > 0.5).astype(int)), classification_report(y, np.round(p)))\n",
]

OF_CLASSES = {
    f"sklearn.metrics.{name}"
    for name in (
        "accuracy_score", "balanced_accuracy_score", "classification_report", "cohen_kappa_score", "confusion_matrix", "f1_score",
        "matthews_corrcoef", "precision_score", "recall_score",
    )
}  # fmt: skip
"""What compares classes, and takes no probabilities."""


@check("OUT034", "probabilities-for-classes", Severity.WARNING)
def probabilities_for_classes(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if call.name not in OF_CLASSES:
            continue
        sides = [*call.args[:2], *(call.kwargs[word] for word in ("y_true", "y_pred") if word in call.kwargs)]
        found = [side for side in sides if isinstance(side, Array)]
        raw = next((side for side in found if _as_predicted(side)), None)
        what = call.name.rpartition(".")[2]
        if raw is not None:
            other = next((side for side in found if side is not raw), None)
            yield Finding(
                call.place,
                f"{named(raw, 'What the model predicts')}, {raw.shape}, holds probabilities or other numbers, and {what} compares classes, so that "
                f"scikit-learn raises. {_advice(raw, other)}",
            )
        elif len(found) == 2 and (rows := next((side for side in found if _one_hot(side)), None)) is not None:
            numbers = found[1] if rows is found[0] else found[0]
            if numbers.shape.rank == 1:
                name = named(rows, "y").strip("`")
                yield Finding(
                    call.place,
                    f"{named(rows, 'One side')}, {rows.shape}, is one-hot rows, and the other one, {numbers.shape}, is numbers of classes: scikit-learn "
                    f"raises. Give it numbers for both: {name}.argmax(axis=1).",
                )


_ARRANGED = ("__getitem__", "flatten", "ravel", "reshape", "squeeze")
"""What takes or arranges numbers anew and leaves each as it is."""


def _as_predicted(value: Value) -> bool:
    """Are these the numbers that a model gave, each as it came?"""
    array = value
    for _ in range(10):
        if not isinstance(array, Array) or array.dtype != "float" or array.may_be_written:
            return False
        if "predicted_by" in array.facts:
            return True
        made = array.made
        if made is None or not made.inputs or made.by.rpartition(".")[2] not in _ARRANGED:
            return False
        array = made.inputs[0]
    return False


def _one_hot(array: Array) -> bool:
    return bool(array.one_hot) and array.shape.rank == 2 and same(array.shape[1], 1) is not True


def _advice(raw: Array, other: Array | None) -> str:
    """How the numbers become classes."""
    name = named(raw, "p").strip("`")
    if raw.shape.rank == 1 or raw.shape.get(-1).known == 1:
        return f"Take a side of 0.5 for each: ({name} > 0.5).astype(int)."
    words = f"Take the most probable class: {name}.argmax(axis=-1)"
    return (
        f"{words}, and the same of {named(other, 'the one-hot rows')}."
        if other is not None and _one_hot(other)
        else f"{words}."
    )
