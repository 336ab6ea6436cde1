"""What a turn of a loop takes over from the turns before it: where nobody counts them, neither a condition nor a list may be read as before the first one."""

from __future__ import annotations

import json

import pytest

from lstmlint.runner import check_source, follow_bytes
from lstmlint.summary import as_json
from tests import oracle

HEAD = """
from collections import deque
import os
import numpy as np
import keras
from keras.layers import Dense, Input, LSTM
rows = np.random.rand(int(os.environ.get("ROWS", "60")), 2)
"""
TAIL = """
model = keras.Sequential([Input(X.shape[1:]), LSTM(3), Dense(1)])
model.compile("adam", "mse")
model.fit(X, np.zeros(len(X)), verbose=0)
"""
LOOPS = {
    "a window that is full at some time": """
window, X = deque(maxlen=10), []
for row in rows:
    window.append(row)
    if len(window) == 10:
        X.append(list(window))
X = np.array(X)
""",
    "a buffer that is emptied at the front": """
buffer, X = [], []
for row in rows:
    if len(buffer) == 10:
        X.append(buffer.copy())
        buffer.pop(0)
    buffer.append(row)
X = np.array(X)
""",
    "the row before": """
X, previous = [], None
for row in rows:
    if previous is not None:
        X.append(np.stack([previous, row]))
    previous = row
X = np.array(X)
""",
    "a flag": """
X, started = [], False
for row in rows:
    if started:
        X.append(np.stack([row, row]))
    started = True
X = np.array(X)
""",
    "an attribute": """
class Windows:
    def __init__(self):
        self.rows, self.made = [], []
    def take(self, rows):
        for row in rows:
            self.rows.append(row)
            if len(self.rows) >= 10:
                self.made.append(np.array(self.rows[-10:]))
windows = Windows()
windows.take(rows)
X = np.array(windows.made)
""",
    "a dict of what was seen": """
seen, X = {}, []
for i, row in enumerate(rows):
    if i % 3 in seen:
        X.append(np.stack([seen[i % 3], row]))
    seen[i % 3] = row
X = np.array(X)
""",
    "segments begun anew": """
segments, current = [], []
for i, row in enumerate(rows):
    if i % 7 == 0:
        segments.append(current)
        current = []
    current.append(row)
X = keras.utils.pad_sequences(segments[1:], maxlen=7, dtype="float32")
""",
    "one of two lists": """
X, others = [], []
for i in range(len(rows) - 10):
    (X if i % 5 else others).append(rows[i:i + 10])
X = np.array(X)
""",
    "one of two lists, by name": """
parts = {"train": [], "test": []}
for i in range(len(rows) - 10):
    parts["train" if i % 5 else "test"].append(rows[i:i + 10])
X = np.array(parts["train"])
""",
    "lists by the remainder": """
parts = {0: [], 1: []}
for i in range(len(rows) - 10):
    parts[i % 2].append(rows[i:i + 10])
X = np.array(parts[1])
""",
    "other things under other keys": """
table = {}
for key in ("size", "rows", os.environ.get("KEY", "more")):
    pass
for key in sorted(os.environ) + ["size", "X"]:
    if key == "size":
        table[key] = 3
    else:
        table[key] = np.stack([rows] * 4)
X = table["X"]
""",
}
KNOWN = ("a window that is full at some time", "one of two lists")


@pytest.mark.parametrize("loop", LOOPS)
def test_nothing_is_said_of_what_later_turns_do(loop: str) -> None:
    assert not [f for f in check_source(HEAD + LOOPS[loop] + TAIL) if f.severity.value == "error"]


@pytest.mark.keras
@pytest.mark.parametrize("loop", LOOPS)
def test_keras_takes_it(loop: str) -> None:
    answer = oracle.ask(HEAD + LOOPS[loop] + TAIL)
    assert answer.raised is None, answer.message
    source = (HEAD + LOOPS[loop] + TAIL).encode()
    (ours,) = json.loads(as_json([("model.py", follow_bytes(source, "model.py"))]))["files"][0]["models"]
    theirs = answer.models["model"]
    assert ours["total_params"] in (None, theirs["total_params"])
    if loop in KNOWN:
        assert ours["total_params"] == theirs["total_params"]


def test_what_later_turns_do_not_change_is_still_refused() -> None:
    program = """
from collections import deque
import numpy as np
import keras
rows = np.load("rows.npy")
window, X = deque(maxlen=10), []
for row in rows.reshape(-1, 2):
    window.append(row)
    if len(window) == 10:
        X.append(list(window))
X = np.array(X)
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(3)])
model.compile("adam", "mse")
model.fit(X, np.zeros((len(X), 3)))
"""
    assert [f.code for f in check_source(program)] == ["DAT005"]


ASKED = {
    "the number": ("n == 0", "range(n)"),
    "less than one": ("n < 1", "range(n)"),
    "its truth": ("not n", "range(n)"),
    "the list": ("not units", "units"),
    "the rest of the list": ("not units", "units[:-1]"),
    "its length": ("len(units) == 0", "range(len(units))"),
    "its length, and the list": ("len(units) == 0", "units"),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_was_found_to_be_nothing_gives_no_turn(case: str) -> None:
    test, turns = ASKED[case]
    program = f"""
import json, keras
from keras.layers import LSTM
settings = json.load(open("settings.json"))
n, units = settings["n"], settings["units"]
model = keras.Sequential([keras.Input((10, 3))])
if {test}:
    model.add(LSTM(4))
else:
    model.add(LSTM(4, return_sequences=True))
for _ in {turns}:
    model.add(LSTM(4, return_sequences=True))
"""
    assert not check_source(program)
    assert [f.code for f in check_source(program.replace(test, "n == 3"))] == ["RNN002"]
