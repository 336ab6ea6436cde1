"""Whether statements are run that change nothing of what is followed makes no difference: nobody has to see both."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source, follow_bytes

ONE_WAY = [
    """
if not os.path.exists(folder):
    os.makedirs(folder)
""",
    """
if os.path.exists(folder):
    shutil.rmtree(folder, ignore_errors=True)
    makedirs(folder)
""",
    """
if not os.path.isfile(archive):
    os.system("wget " + archive)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
""",
    """
if verbose:
    print("no GPU")
    if colab:
        print("choose one")
    else:
        for name in names:
            print(name)
""",
    """
if verbose:
    try:
        with open(archive, "w") as out:
            out.write("done")
    except OSError:
        pass
""",
]
TWO_WAYS = [
    "if verbose:\n    model.trainable = False",
    "if verbose:\n    log(model)",
    "if verbose:\n    for name in names:\n        model.add(keras.layers.Dense(3))",
    "if verbose:\n    with tool as opened:\n        opened.run(model)",
    "if verbose:\n    units = 3",
    "if verbose:\n    helper.prepare(model)",
    "if verbose:\n    print('small')\nunits = 3 if verbose else 5",
    "if not os.path.exists(folder):\n    os.makedirs(folder)\nif os.path.exists(folder):\n    model.add(keras.layers.Dense(3))",
]
BEGINNING = """
import os
import shutil
import sys
import zipfile
from os import makedirs
import keras

def log(model):
    model.add(keras.layers.Dense(3))

folder, archive, verbose, colab = sys.argv[1:5]
names = sys.argv[5:]
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
"""


def _ways(program: str) -> int:
    return len(follow_bytes((BEGINNING + program).encode(), "model.py").ways)


@pytest.mark.parametrize("program", ONE_WAY)
def test_what_acts_outside_the_program_leads_to_no_other_way(program: str) -> None:
    assert _ways(program) == 1


@pytest.mark.parametrize("program", TWO_WAYS)
def test_what_may_change_something_is_seen_both_ways(program: str) -> None:
    assert _ways(program) == 2


def test_what_stands_in_dull_statements_is_looked_at() -> None:
    said = check_source(BEGINNING + "if verbose:\n    print(keras.layers.LSTM(3)(model.output))\n")
    assert [finding.span.row for finding in said if finding.severity == "error"] == [16]
