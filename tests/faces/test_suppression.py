"""Comments that silence findings: they silence what they name, and what they name must be there."""

from __future__ import annotations

import json

import pytest

from lstmlint.fixes import mend
from lstmlint.runner import Options, check_bytes

HEAD = "from keras import Sequential\nfrom keras.layers import LSTM\n"


def found(program: str, path: str = "a.py") -> list[str]:
    return [f.name for f in check_bytes(program.encode(), path).findings]


def line(comment: str) -> str:
    return f"{HEAD}m = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)]){comment}\n"


@pytest.mark.parametrize(
    "comment",
    [
        "  # lstmlint: ignore[RNN002]",
        "  # lstmlint: ignore[missing-return-sequences]",
        "  # lstmlint: ignore[recurrent]",
        "  # lstmlint: ignore",
        "  # lstmlint: ignore  because it is a lesson",
        "  # type: ignore  # lstmlint: ignore[RNN002]  # another",
        "  # noqa: RNN002",
        "  # noqa: E501,RNN002",
        "  # noqa",
        "\n# lstmlint: ignore-file[RNN002]",
    ],
)
def test_the_comment_silences_the_finding(comment: str) -> None:
    assert found(line("")) == ["missing-return-sequences"]
    assert found(line(comment)) == []


@pytest.mark.parametrize("comment", ["  # noqa: E501", "  # noqa: R", "  # noqa: RNN", "  # lstmlint: X: (N, 5, 2)"])
def test_what_is_not_about_our_rule_silences_nothing(comment: str) -> None:
    assert found(line(comment)) == ["missing-return-sequences"]


def test_off_and_on_enclose_what_they_silence() -> None:
    inside = line("").replace("m =", "# lstmlint: off[RNN]\nm =") + "# lstmlint: on\n"
    assert found(inside) == []
    assert found(inside + "n = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])\n") == ["missing-return-sequences"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # lstmlint: ignore[RNN002]\n", "x = 1\n"),
        ("x = 1  # lstmlint: ignore[RNN002]  # why\n", "x = 1    # why\n"),
        ("x = 1  # type: ignore # lstmlint: ignore\n", "x = 1  # type: ignore\n"),
        ("# lstmlint: off\nx = 1\n", "x = 1\n"),
        ("x = 1  # noqa: E501, RNN002, W291\n", "x = 1  # noqa: E501, W291\n"),
        ("x = 1  # lstmlint: ignore[RNN002, SHP001]\n", "x = 1\n"),
    ],
)
def test_an_unused_comment_is_reported_and_its_fix_takes_it_away(before: str, after: str) -> None:
    assert found(HEAD + before) == ["unused-suppression"]
    assert mend((HEAD + before).encode(), "a.py", Options()).raw.decode() == HEAD + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  # lstmlint: ignore[missing-return-sequence]", "  # lstmlint: ignore[missing-return-sequences]"),
        ("  # lstmlint: ignroe[RNN002]", "  # lstmlint: ignore[RNN002]"),
        ("  # lstmlint: ignore RNN002", "  # lstmlint: ignore [RNN002]"),
    ],
)
def test_a_misspelt_comment_is_reported_and_its_fix_spells_it(before: str, after: str) -> None:
    assert "unknown-suppression" in found(line(before))
    only = Options(select=("unknown-suppression",))
    assert mend(line(before).encode(), "a.py", only).raw.decode() == line(after)


def test_a_comment_for_a_rule_that_is_off_in_this_run_is_in_use() -> None:
    result = check_bytes(line("  # lstmlint: ignore[RNN002]").encode(), "a.py", Options(select=("SHP", "STY")))
    assert result.findings == []


def test_in_a_notebook_a_comment_counts_in_its_own_cell() -> None:
    cells = [
        {"cell_type": "code", "source": HEAD + text, "metadata": {}, "outputs": [], "execution_count": None}
        for text in (
            "m = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])  # lstmlint: ignore[RNN002]",
            "m = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])",
        )
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (finding,) = check_bytes(text.encode(), "a.ipynb").findings
    assert finding.span.cell == 2
