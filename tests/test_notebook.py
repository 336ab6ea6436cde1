"""Notebooks become one text with a map of their cells, and edits go back into the bytes they came from."""

from __future__ import annotations

import ast
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstmlint.ipython import translate
from lstmlint.notebook import cell_texts, load, read, write_back
from lstmlint.source import SourceFailure
from lstmlint.syntax import parse


def code(text: str | list[str], count: int | None = None) -> dict[str, object]:
    return {"cell_type": "code", "execution_count": count, "metadata": {}, "outputs": [], "source": text}


def notebook(*cells: dict[str, object], **more: object) -> bytes:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, **more}, indent=1).encode()


MARKDOWN: dict[str, object] = {"cell_type": "markdown", "source": ["# A title"]}


def test_cells_are_numbered_among_all_cells_and_rows_count_within_the_cell() -> None:
    source = read(notebook(MARKDOWN, code("a = 1\nb = 2", 7), MARKDOWN, code(["x = 3\n", "yy = 4"])), "n.ipynb")
    tree = parse(source)
    places = [(s.cell, s.row, s.column, s.end_row, s.end_column) for s in map(tree.span, tree.module.body)]
    assert places == [(2, 1, 1, 1, 6), (2, 2, 1, 2, 6), (4, 1, 1, 1, 6), (4, 2, 1, 2, 7)]
    assert [c.execution_count for c in source.cells] == [7, None]


def test_a_version_3_notebook_keeps_its_cells_in_worksheets() -> None:
    cells = [{"cell_type": "code", "input": ["a = 1\n", "b = 2"], "prompt_number": 3}]
    raw = json.dumps({"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "heading"}, *cells]}]}).encode()
    source = read(raw, "old.ipynb")
    assert (source.text, source.cells[0].number, source.cells[0].execution_count) == ("a = 1\nb = 2\n", 2, 3)
    assert cell_texts(write_back(raw, {2: "c = 3\n"}), "old.ipynb") == {2: "c = 3\n"}


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "!pip install keras", "!!ls", "?print", "model.fit?", "model.fit??", "%%time", "pip install x",
     "!ls {path}", "%load_ext tensorboard", "x = !ls", "a, b = %magic", "  %time", "!curl -L 'http://x' | tar", "%cd ..",
     "%env A=(", "!echo \"'"],
)  # fmt: skip
def test_what_only_ipython_reads_becomes_a_call_that_nobody_knows(line: str) -> None:
    translated, reason = translate(f"a = 1\n{line.lstrip()}\nb = 2")
    assert reason is None
    body = ast.parse(translated).body
    assert [n.lineno for n in body] == [1, 2, 3]
    assert "get_ipython()" in ast.unparse(body[1])


@pytest.mark.parametrize(
    "text",
    ["print('a'\n  %(1,))", "x = 'a' \\\n  %(b)", "s = '''\n%magic\n!ls\n'''", "x = [\n  1, # (\n  2]\ny = a % b",
     "print('loss=%f' % x)", "d['a=%s' % b] = 3", "x != y", "s = 'is it?'", "# what is it?", "x = 'it''s' # don't (",
     "s = r'\\'\nt = \"\\\"(\"\ny = (1\n%(2))"],
)  # fmt: skip
def test_python_that_looks_like_ipython_is_left_alone(text: str) -> None:
    assert translate(text) == (text, None)


def test_a_timed_statement_keeps_its_columns() -> None:
    translated, _ = translate("%time model = build()\n%timeit -n 3 f()")
    assert translated.splitlines()[0].index("model") == 6
    assert [type(n).__name__ for n in ast.parse(translated).body] == ["Expr", "Assign", "Expr"]


def test_cell_magics_keep_a_python_body_and_blank_every_other() -> None:
    cells = ["%%time\na = 1", "%%bash\nls -la\n", "%%writefile m.py\nb = 2", "\n%%capture out\nc = 3", "%%html\n<b>"]
    source = read(notebook(*map(code, cells)), "n.ipynb")
    assert [bool(c.blanked) for c in source.cells] == [False, True, True, False, True]
    assert [n.targets[0].id for n in parse(source).module.body] == ["a", "c"]


def test_a_cell_that_is_no_python_is_left_out_with_the_reason() -> None:
    source = read(notebook(code("a = 1"), code("print 'no'\nb ="), code("c = 3")), "n.ipynb")
    assert [c.blanked for c in source.cells][::2] == [None, None]
    assert "print" in (source.cells[1].blanked or "")
    tree = parse(source)
    assert [tree.span(n).cell for n in tree.module.body] == [1, 3]


def test_a_shell_line_that_goes_on_takes_the_next_lines_with_it() -> None:
    translated, _ = translate("!pip install \\\n  keras \\\n  numpy\na = 1")
    assert translated == "get_ipython()\n\n\na = 1"


def test_an_indented_cell_is_followed_where_it_stands() -> None:
    source = read(notebook(code("a = 1"), code("  b = 2\n  c = 3"), code("d = 4")), "n.ipynb")
    tree = parse(source)
    inner = tree.module.body[1].body[1]  # type: ignore[attr-defined]
    span = tree.span(inner)
    assert (span.cell, span.row, span.column, tree.text(inner)) == (2, 2, 3, "c = 3")
    assert tree.span(tree.module.body[2]).cell == 3


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff\xfe", b'{"cells": ', b"[" * 100_000, b"print(1)"])
def test_what_is_no_notebook_is_a_source_failure(raw: bytes) -> None:
    with pytest.raises(SourceFailure):
        read(raw, "n.ipynb")


def test_strange_but_valid_notebooks_are_read() -> None:
    for raw in (b'{"cells": 3}', b'{"cells": [1, null, {"cell_type": "code"}]}', b'{"worksheets": [1]}'):
        parse(read(raw, "n.ipynb"))


def test_half_a_surrogate_pair_blanks_the_cell_and_no_other() -> None:
    source = read(notebook(code("a = '\ud83d'"), code("b = 1")), "n.ipynb")
    assert [bool(c.blanked) for c in source.cells] == [True, False]


def test_python_files_and_notebooks_have_one_entry(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.py").write_bytes(b"a = 1\n")
    (tmp_path / "a.ipynb").write_bytes(notebook(code("a = 1")))
    assert load(tmp_path / "a.py").text == load(tmp_path / "a.ipynb").text == "a = 1\n"


lines = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12), max_size=4)
texts = lines.map("\n".join)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(texts, min_size=1, max_size=4),
    texts,
    st.data(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, 1, "\t"]),
)
def test_only_the_named_cell_changes(old: list[str], new: str, data, listed: bool, escaped: bool, indent) -> None:  # type: ignore[no-untyped-def]
    cells = [code(text.splitlines(keepends=True) if listed else text) for text in old]
    outputs = {"output_type": "display_data", "data": {"x": {"cells": [{"source": "no"}]}}}
    cells[0]["outputs"] = [outputs]
    raw = json.dumps({"metadata": {"cells": [1]}, "cells": cells}, ensure_ascii=escaped, indent=indent).encode()
    number = data.draw(st.integers(1, len(old)))
    assert write_back(raw, {}) == raw
    assert write_back(raw, {number: old[number - 1]}) == raw
    written = write_back(raw, {number: new})
    assert cell_texts(written, "n") == {**dict(enumerate(old, 1)), number: new}


def test_writing_to_a_cell_that_is_not_there_is_refused() -> None:
    for number in (0, 2, 9):
        with pytest.raises(SourceFailure):
            write_back(notebook(code("a = 1"), {"cell_type": "raw"}), {number: "b"})


@settings(max_examples=300, deadline=None)
@given(st.text("ab=!%?'\"#()[]\\ \n,.x1", max_size=40))
def test_translating_keeps_the_number_of_lines(text: str) -> None:
    assert translate(text)[0].count("\n") == text.count("\n")
