"""Whole programs, right and broken, given as source text to Keras and to lstmlint: the same layers, the same verdict, on the same line."""

from __future__ import annotations

import json
import os
import random

import pytest

from lstmlint.runner import follow_bytes
from lstmlint.summary import as_json
from tests import oracle

pytestmark = pytest.mark.keras
CASES = int(os.environ.get("LSTMLINT_CASES", "60"))
SEED = os.environ.get("LSTMLINT_SEED", "1")
Random = random.Random


def _layer(r: Random, rank: int) -> tuple[str, int]:
    """A layer for an input of this rank, now and then for another one, and the rank that comes out."""
    if r.random() < 0.06:
        rank = r.choice((2, 3, 4))
    n = r.choice((1, 2, 3, 4, 8))
    if rank == 2:
        return r.choice((
            (f"Dense({n}, activation='relu')", 2), ("Dropout(0.2)", 2), ("BatchNormalization()", 2), (f"RepeatVector({n})", 3),
            ("Reshape((-1, 1))", 3), ("LayerNormalization()", 2), (f"Dense({n})", 2),
        ))  # fmt: skip
    if rank == 3:
        cell = r.choice(("LSTM", "GRU", "SimpleRNN"))
        return r.choice((
            (f"{cell}({n})", 2), (f"{cell}({n}, return_sequences=True)", 3), (f"Bidirectional({cell}({n}))", 2),
            (f"Bidirectional({cell}({n}, return_sequences=True), merge_mode='sum')", 3), (f"TimeDistributed(Dense({n}))", 3), ("Flatten()", 2),
            (f"Conv1D({n}, {r.choice((1, 2, 3))})", 3), ("MaxPooling1D(2)", 3), ("GlobalAveragePooling1D()", 2), (f"Dense({n})", 3),
            ("LayerNormalization()", 3), ("Permute((2, 1))", 3),
        ))  # fmt: skip
    return r.choice((
        (f"Conv2D({n}, 3, padding='same')", 4), (f"Conv2D({n}, 2, strides=2)", 4), ("MaxPooling2D()", 4), ("Flatten()", 2),
        ("GlobalMaxPooling2D()", 2), ("BatchNormalization()", 4), (f"TimeDistributed(LSTM({n}))", 3), ("UpSampling2D()", 4),
    ))  # fmt: skip


def _input(r: Random) -> tuple[str, int]:
    rank = r.choice((2, 3, 3, 3, 4))
    sizes = {2: (r.choice((4, 6)),), 3: (r.choice((6, 8, None)), r.choice((2, 4))), 4: (8, 8, r.choice((1, 3)))}[rank]
    return f"Input({sizes!r})", rank


def _sequential(r: Random) -> str:
    first, rank = _input(r)
    if r.random() < 0.25:
        first, rank = "Input((6,))", 3
        lines = ["model = keras.Sequential()", f"model.add({first})", "model.add(Embedding(20, 4, mask_zero=True))"]
    else:
        lines = ["model = keras.Sequential()", f"model.add({first})"]
    for _ in range(r.randint(2, 9)):
        made, rank = _layer(r, rank)
        lines.append(f"model.add({made})")
    return "\n".join(lines)


def _functional(r: Random) -> str:
    first, rank = _input(r)
    lines = [f"x = {first}", "inputs = x"]
    for _ in range(r.randint(2, 5)):
        made, after = _layer(r, rank)
        if r.random() < 0.3:
            other, other_rank = _layer(r, rank)
            lines += [f"a = {made}(x)", f"b = {other}(x)"]
            if after == other_rank or r.random() < 0.2:
                lines.append(f"x = {r.choice(('Add()', 'Concatenate()', 'Multiply()', 'Concatenate(axis=1)'))}([a, b])")
            else:
                lines.append("x = a")
        else:
            lines.append(f"x = {made}(x)")
        rank = after
    return "\n".join([*lines, "model = keras.Model(inputs, x)"])


def program(r: Random) -> str:
    body = _sequential(r) if r.random() < 0.5 else _functional(r)
    return f"import keras\nfrom keras.layers import *\n{body}\n"


def disagreement(text: str) -> str | None:
    """What Keras and we say differently of a program."""
    theirs = oracle.ask(text)
    ours = follow_bytes(text.encode(), "model.py")
    refused = [f.place.span.row for f in ours.faults if f.raises]
    if theirs.raised:
        if not refused:
            return f"Keras raises on line {theirs.line} and we do not: {theirs.message[:150]}"
        return None if refused[0] == theirs.line else f"we say line {refused[0]}, Keras line {theirs.line}"
    if refused:
        return f"we refuse line {refused[0]}, Keras doesn't"
    found = json.loads(as_json([("model.py", ours)]))["files"][0]["models"][-1]
    wanted = theirs.models["model"]
    mine = [(x["name"], x["class"], x["params"], x["trainable_params"], x["output_shapes"]) for x in found["layers"]]
    real = [(x["name"], x["class"], x["params"], x["trainable_params"], x["output_shapes"]) for x in wanted["layers"]]
    if mine != real:
        return f"{next(((a, b) for a, b in zip(mine, real) if a != b), (len(mine), len(real)))}"
    return None if found["total_params"] == wanted["total_params"] else "the totals differ"


def test_whole_programs_are_what_keras_makes_of_them() -> None:
    r = Random(f"programs {SEED}")
    wrong = [f"{text}{said}\n" for text in (program(r) for _ in range(CASES)) if (said := disagreement(text))]
    assert not wrong, "\n".join(wrong)
