"""Which labels the stratified folds of scikit-learn take: one for each sample, also in a column, and no one-hot rows."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

PROGRAM = """
import keras
import numpy as np
import pandas as pd
from sklearn.model_selection import KFold, RepeatedStratifiedKFold, StratifiedKFold, StratifiedGroupKFold, StratifiedShuffleSplit
X, labels = np.zeros((12, 3)), np.arange(12) % 3
rows = np.eye(3)[labels]
for train, test in {splitter}.split(X, {labels}):
    pass
"""
LABELS = {
    "labels": False,
    "rows": True,
    "rows.argmax(1)": False,
    "labels.reshape(-1, 1)": False,
    "pd.DataFrame(rows)": True,
    "pd.DataFrame(labels)": False,
    "rows.tolist()": True,
    "rows[:, :1]": False,
    "y=rows.astype(bool)": True,
    "np.stack([labels, labels], 1)": True,
    "keras.utils.to_categorical(labels, 3)": True,
}


@pytest.mark.keras
@pytest.mark.parametrize("labels", LABELS)
def test_scikit_learn_agrees(labels: str) -> None:
    for splitter in ("StratifiedKFold(3)", "RepeatedStratifiedKFold(n_splits=2, n_repeats=2)"):
        program = PROGRAM.format(splitter=splitter, labels=labels)
        assert bool(oracle.ask(program).raised) is LABELS[labels], program
        assert [f.code for f in check_source(program)] == ["DAT035"] * LABELS[labels], program


@pytest.mark.keras
@pytest.mark.parametrize("splitter", ["KFold(3)", "StratifiedShuffleSplit(3, test_size=6)"])
def test_others_take_rows(splitter: str) -> None:
    program = PROGRAM.format(splitter=splitter, labels="rows")
    assert not oracle.ask(program).raised
    assert not check_source(program)


def test_of_one_hot_rows_whose_number_of_classes_is_not_known_it_is_a_warning() -> None:
    found = check_source(PROGRAM.format(splitter="StratifiedKFold(3)", labels="keras.utils.to_categorical(labels)"))
    assert [(f.code, f.severity.value) for f in found] == [("DAT035", "warning")]
