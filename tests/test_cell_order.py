"""Cells that were run in another order than they stand in."""

from __future__ import annotations

import json

from lstmlint.cell_order import as_run
from lstmlint.runner import check_bytes

START = "import keras\nfrom keras.layers import LSTM, Input"
MODEL = "model = keras.Sequential([Input((10, 3)), LSTM(8, return_sequences=sequences), LSTM(4)])"


def notebook(*cells: tuple[str, int | None]) -> bytes:
    made = [
        {"cell_type": "code", "source": text, "execution_count": count, "metadata": {}, "outputs": []}
        for text, count in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def test_the_order_of_execution_maps_back_to_the_cells_of_the_file() -> None:
    again = as_run(notebook(("a", 1), ("b", 5), ("# never run", None), ("c", 3)))
    assert again is not None
    assert [cell["source"] for cell in json.loads(again[0])["cells"]] == ["a", "c", "# never run", "b"]
    assert again[1] == {1: 1, 2: 4, 3: 3, 4: 2}


def test_cells_in_order_and_files_that_are_no_notebooks_have_no_other_order() -> None:
    assert as_run(notebook(("a", 1), ("b", None), ("c", 2))) is None
    assert as_run(b"import keras") is None


def test_a_finding_that_the_order_of_execution_does_not_have_says_so() -> None:
    cells = notebook((START, 1), ("sequences = False", 2), (MODEL, 4), ("sequences = True", 3))
    found = check_bytes(cells, "run.ipynb").findings
    assert [(f.code, f.span.cell) for f in found] == [("RNN002", 3)]
    assert "last run" in found[0].related[-1].message


def test_a_finding_of_both_orders_says_nothing_of_them() -> None:
    cells = notebook((START, 1), ("sequences = False", 2), (MODEL, 4), ("print(1)", 3))
    found = check_bytes(cells, "run.ipynb").findings
    assert [f.code for f in found] == ["RNN002"]
    assert not any("last run" in related.message for related in found[0].related)
