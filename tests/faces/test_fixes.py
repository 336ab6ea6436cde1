"""Fixes: offered only if they hold, made without touching anything else, and done when they are done."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest

from lstmlint import interpret, proofs
from lstmlint.diagnostic import Diagnostic, Edit, Severity, Span
from lstmlint.fixes import CannotEdit, apply, mend
from lstmlint.packs import load_pack
from lstmlint.repeats import Shown
from lstmlint.rule import Rule, all_rules
from lstmlint.runner import Options, Result, check_bytes, examine

from .. import oracle

load_pack("lstmlint_rules")
EVERYTHING = Options(select=("ALL",))


def fixes_of(rule: Rule, program: str) -> list[Diagnostic]:
    found = check_bytes(program.encode(), "example.py", EVERYTHING).findings
    return [f for f in found if f.code == rule.code and f.fix is not None]


def mendable() -> list[tuple[Rule, int, str]]:
    """Every BAD example whose own rule offers a fix."""
    return [
        (rule, number, program)
        for rule in all_rules()
        for number, program in enumerate(importlib.import_module(rule.module).BAD)
        if fixes_of(rule, program)
    ]


MENDABLE = mendable()
NAMES = [f"{rule.name}-{number}" for rule, number, _ in MENDABLE]


def mended(program: str) -> str:
    return mend(program.encode(), "example.py", EVERYTHING, unsafe=True).raw.decode()


def test_some_rules_have_fixes() -> None:
    assert {"missing-return-sequences", "batch-axis-in-input-shape", "old-layer-keyword"} <= {
        r.name for r, _, _ in MENDABLE
    }


def test_a_rule_with_a_fix_says_how_safe_it_is() -> None:
    for rule in {rule.code: rule for rule, _, _ in MENDABLE}.values():
        assert "Fix safety:" in rule.documentation, rule.name


@pytest.mark.parametrize("rule, number, program", MENDABLE, ids=NAMES)
def test_the_fixed_example_is_clean_and_fixing_it_again_changes_nothing(rule: Rule, number: int, program: str) -> None:
    after = mended(program)
    assert after != program
    left = check_bytes(after.encode(), "example.py", EVERYTHING).findings
    assert rule.code not in [f.code for f in left]
    assert [f.message for f in left if f.severity is Severity.ERROR] == []
    assert mended(after) == after


@pytest.mark.keras
@pytest.mark.parametrize("rule, number, program", MENDABLE, ids=NAMES)
def test_keras_runs_the_fixed_example(rule: Rule, number: int, program: str) -> None:
    if rule.severity is Severity.ERROR:
        assert oracle.ask(program).raised is not None
    answer = oracle.ask(mended(program))
    assert answer.raised is None, f"{answer.message}\n{mended(program)}"


STACK = "from keras import Sequential\nfrom keras.layers import LSTM, Dense\n"


def test_a_stack_gets_every_flag_that_it_needs_in_one_fix() -> None:
    program = STACK + "m = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4), LSTM(3), Dense(1)])\n"
    (finding,) = check_bytes(program.encode(), "a.py").findings
    assert finding.fix is not None
    assert len(finding.fix.edits) == 2
    assert mended(program).count("return_sequences=True") == 2


def test_a_fix_that_would_bring_another_error_is_not_offered() -> None:
    program = (
        STACK
        + "from keras.layers import Conv2D\nm = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4), Conv2D(2, 3)])\n"
    )
    (finding,) = check_bytes(program.encode(), "a.py").findings
    assert finding.name == "missing-return-sequences"
    assert finding.fix is None
    (finding,) = check_bytes(program.replace(", Conv2D(2, 3)", "").encode(), "a.py").findings
    assert finding.fix is not None


def trials(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The edited programs that are followed to prove fixes, from now on."""
    followed: list[bytes] = []

    def noted(raw: bytes, path: str, options: Options, shown: Shown | None = None) -> Result:
        followed.append(raw)
        return examine(raw, path, options, shown)

    monkeypatch.setattr(proofs, "examine", noted)
    return followed


def test_one_fix_that_does_not_hold_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"a{n} = keras.optimizers.Adam(lr=0.{n + 1})" for n in range(12)]
    data = "def batches():\n    yield 1\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\nmodel.compile('adam', 'mse')"
    lines[6:6] = [data, "model.evaluate_generator(batches(), unheard_of=1)"]
    followed = trials(monkeypatch)
    found = check_bytes("\n".join(["import keras", *lines, ""]).encode(), "example.py").findings
    assert {(f.code, f.fix is not None) for f in found if f.code != "MIG002"} == {("MIG006", True)}
    assert [f.fix for f in found if f.code == "MIG002"] == [None]
    assert len(followed) == 2


def test_fixes_that_lead_to_further_ones_are_proved_together(monkeypatch: pytest.MonkeyPatch) -> None:
    program = """
import keras
import numpy as np

def batches():
    while True:
        yield [np.zeros((4, 3)), np.zeros((4, 2))], np.zeros((4, 1))

a, b = keras.Input((3,)), keras.Input((2,))
model = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.Concatenate()([a, b])))
model.compile(loss="mse")
model.fit_generator(batches(), steps_per_epoch=2)
model.fit_generator(batches(), steps_per_epoch=3, verbose=2)
model.fit_generator(batches(), steps_per_epoch=4)
"""
    followed = trials(monkeypatch)
    found = check_bytes(program.encode(), "example.py").findings
    assert [f.code for f in found] == ["MIG002"] * 3
    assert all(f.fix is not None and len(f.fix.edits) > 1 for f in found)
    assert len(followed) == 2
    after = mend(program.encode(), "example.py", EVERYTHING)
    assert after.result.findings == []
    assert b"yield (np.zeros((4, 3)), np.zeros((4, 2)))," in after.raw


def test_what_turns_of_loops_change_is_not_found_out_again_for_a_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    program = """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile(keras.optimizers.Adam(lr=0.1), "mse")

class Agent:
    def __init__(self):
        self.steps = 0

    def act(self):
        self.steps += 1
        if self.steps > 100:
            print(self.steps)

agent = Agent()
for line in open("moves.txt"):
    agent.act()
"""
    ways: list[bool] = []

    def noted(*given: Any) -> Any:
        record = one_way(*given)
        ways.append(given[5].grew)
        return record

    one_way = interpret._one_way
    monkeypatch.setattr(interpret, "_one_way", noted)
    (finding,) = check_bytes(program.encode(), "example.py").findings
    assert finding.fix is not None
    assert ways.count(True) == 1, "followed again from the start, once"
    assert ways[-1] is False


def test_what_a_fix_leads_to_in_its_own_statement_is_its_doing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["import keras", "x = keras.Input((3,))"]
    for n in range(4):
        lines += [
            f"y{n} = keras.layers.Dense({n + 1})(x)",
            f"m{n} = keras.Model(input=x,",
            f"                 output=y{n})",
        ]
    followed = trials(monkeypatch)
    found = check_bytes("\n".join([*lines, ""]).encode(), "example.py").findings
    assert [f.code for f in found] == ["MIG005"] * 4
    assert all(f.fix is not None and [e.content for e in f.fix.edits] == ["inputs", "outputs"] for f in found)
    assert len(followed) == 2


def test_line_ends_tabs_trailing_blanks_and_comments_stay() -> None:
    program = (
        "# -*- coding: latin-1 -*-\r\n"
        + STACK.replace("\n", "\r\n")
        + "m = Sequential([\tLSTM(8, input_shape=(5, 2)),  # gr\xfc\xdfe \r\n  LSTM(4)])   \r\n\x0c\r\n"
    )
    raw = program.encode("latin-1")
    after = mend(raw, "a.py", EVERYTHING).raw
    assert after.replace(b", return_sequences=True", b"") == raw
    assert after.count(b"return_sequences=True") == 1


def test_a_byte_order_mark_stays() -> None:
    raw = b"\xef\xbb\xbf" + (STACK + "m = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])\n").encode()
    after = mend(raw, "a.py", EVERYTHING).raw
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"return_sequences=True") == 1


def test_in_a_notebook_only_the_touched_cells_source_changes() -> None:
    cells = [
        {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["\u00fc 1.50\n"]}],
         "source": ["%matplotlib inline\n", "from keras import Sequential\n", "from keras.layers import LSTM"]},
        {"cell_type": "markdown", "metadata": {}, "source": "# model"},
        {"cell_type": "code", "execution_count": None, "metadata": {"k": 1.0}, "outputs": [], "source": ["!ls\n", "m = Sequential([LSTM(8, input_shape=(5, 2)),\n", "                LSTM(4)])"]},
    ]  # fmt: skip
    raw = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()
    after = mend(raw, "a.ipynb", EVERYTHING).raw
    assert after.replace(b", return_sequences=True", b"") == raw
    assert after.count(b"return_sequences=True") == 1


def test_edits_that_overlap_are_refused() -> None:
    def edit(start: int, end: int, content: str) -> Edit:
        return Edit(Span("a.py", 1, start, 1, end), content)

    with pytest.raises(CannotEdit):
        apply(b"abcdef = 1\n", "a.py", [edit(1, 4, "x"), edit(3, 6, "y")])
    assert apply(b"abcdef = 1\n", "a.py", [edit(1, 4, "x"), edit(4, 6, "y")]) == b"xyf = 1\n"


METHODS_WITHOUT_A_NAME = ["model.reset_states()", "model.layers[0].add_update([])", "model.predict_proba(x)"]


def test_no_rule_proposes_to_write_what_is_there() -> None:
    model = "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    programs = [program for rule in all_rules() for program in importlib.import_module(rule.module).BAD]
    programs += [f"{model}{call}\n" for call in METHODS_WITHOUT_A_NAME]
    for program in programs:
        result = examine(program.encode(), "example.py", EVERYTHING)
        for fix in (finding.fix for finding in result.findings if finding.fix is not None):
            there = [result.source.text[slice(*result.source.offsets(edit.span))] for edit in fix.edits]
            assert there != [edit.content for edit in fix.edits], program
