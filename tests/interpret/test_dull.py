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
NOTHING_DONE = [
    "if verbose:\n    show(model)",
    "if verbose:\n    model.summary()",
    "if verbose:\n    line = 'layers: ' + str(len(model.layers))\n    print(line)",
    "for epoch in range(3):\n    if epoch % int(folder) == 0:\n        show(model)",
    "def own(step):\n    if step % 2 == 0:\n        text = str(step)\n        print(text)\n    return model\nown(int(folder))",
]
TWO_WAYS = [
    "if verbose:\n    model.trainable = False",
    "if verbose:\n    log(model)",
    "if verbose:\n    for name in names:\n        model.add(keras.layers.Dense(3))",
    "if verbose:\n    with tool as opened:\n        opened.run(model)",
    "if verbose:\n    units = 3\nprint(units)",
    "if verbose:\n    model.layers[0].trainable = False",
    "if verbose:\n    kept.append(model)",
    "if verbose:\n    kept.append(3)",
    "if verbose:\n    model.load_weights(archive)",
    "if verbose:\n    mark()",
    "if verbose:\n    unbuilt(keras.ops.zeros((2, 4)))",
    "if verbose:\n    model(keras.ops.zeros((2, 5)))",
    "def own(units):\n    if verbose:\n        units += 1\n    return keras.layers.Dense(units)\nown(3)",
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

def mark():
    global marked
    marked = True

def show(model):
    rows = [layer.name for layer in model.layers]
    if rows:
        print(rows, model.count_params())

folder, archive, verbose, colab = sys.argv[1:5]
names = sys.argv[5:]
kept, marked = [], False
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
unbuilt = keras.Sequential([keras.layers.Dense(2)])
"""


def _ways(program: str) -> int:
    return len(follow_bytes((BEGINNING + program).encode(), "model.py").ways)


@pytest.mark.parametrize("program", ONE_WAY)
def test_what_acts_outside_the_program_leads_to_no_other_way(program: str) -> None:
    assert _ways(program) == 1


@pytest.mark.parametrize("program", NOTHING_DONE)
def test_what_was_seen_to_do_nothing_leads_to_no_other_way(program: str) -> None:
    assert _ways(program) == 1


@pytest.mark.parametrize("program", TWO_WAYS)
def test_what_may_change_something_is_seen_both_ways(program: str) -> None:
    assert _ways(program) == 2


def test_what_did_nothing_is_seen_both_ways_once_something_depends_on_its_condition() -> None:
    assert _ways("if verbose:\n    show(model)\nif verbose:\n    model.add(keras.layers.Dense(3))") == 2


def test_what_is_told_of_a_side_that_does_nothing_happens_on_its_condition() -> None:
    said = check_source(BEGINNING + "if verbose:\n    model(keras.ops.zeros((2, 5)))\n")
    told = [related.message for finding in said for related in finding.related]
    assert told == ["it is (2, 5) here", "it happens when this is true"]


def test_what_stands_in_dull_statements_is_looked_at() -> None:
    said = check_source(BEGINNING + "if verbose:\n    print(keras.layers.LSTM(3)(model.output))\n")
    assert [finding.span.row for finding in said if finding.severity == "error"] == [27]
