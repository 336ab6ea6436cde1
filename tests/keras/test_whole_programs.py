"""Whole programs, right and broken, given as source text to Keras and to lstmlint: the same layers, the same verdict, on the same line."""

from __future__ import annotations

import json
import os
import random

import pytest

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.runner import follow_bytes
from lstmlint.summary import as_json
from tests import oracle
from tests.layer_cases.programs import program

pytestmark = pytest.mark.keras
CASES = int(os.environ.get("LSTMLINT_CASES", "60"))
SEED = os.environ.get("LSTMLINT_SEED", "1")


def disagreement(text: str) -> str | None:
    """What Keras and we say differently of a program."""
    theirs = oracle.ask(text)
    ours = follow_bytes(text.encode(), "model.py")
    refused = [f for f in ours.faults if f.raises]
    if theirs.raised:
        if not refused:
            return f"Keras raises on line {theirs.line} and we do not: {theirs.message[:150]}"
        first = min(refused, key=_line)
        return (
            None
            if _line(first) == theirs.line
            else f"we say line {_line(first)} ({first.message}), Keras line {theirs.line}: {theirs.message[:150]}"
        )
    if refused:
        return f"we refuse line {refused[0].place.span.row}, Keras doesn't: {refused[0].message}"
    wanted = theirs.models["model"]
    models = json.loads(as_json([("model.py", ours)]))["files"][0]["models"]
    found = next((m for m in models if m["name"] == wanted["name"]), None)
    if found is None:
        return f"no model {wanted['name']!r} among {[m['name'] for m in models]}"
    real = [(x["name"], x["class"], x["params"], x["trainable_params"], x["output_shapes"]) for x in wanted["layers"]]
    mine = [
        (x["name"], x["class"], x["params"], x["trainable_params"], x["output_shapes"] if y[-1] is not None else None)
        for x, y in zip(found["layers"], [*real, *[("",)] * len(found["layers"])])
    ]  # of a layer that nobody has called Keras knows no output
    if mine != real:
        return f"{next(((a, b) for a, b in zip(mine, real) if a != b), (len(mine), len(real)))}"
    return None if wanted["total_params"] in (found["total_params"], None) else "the totals differ"


def _line(fault: Fault) -> int:
    """The line that Keras blames. We point to the layer in a list; Keras names the line on which the list is applied."""
    place: Place = fault.details.get("applied", fault.place)
    return place.span.row


def test_whole_programs_are_what_keras_makes_of_them() -> None:
    r = random.Random(f"programs {SEED}")
    wrong = [f"{text}{said}\n" for text in (program(r) for _ in range(CASES)) if (said := disagreement(text))]
    assert not wrong, "\n".join(wrong)
