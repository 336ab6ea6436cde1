"""Bytes become text as Python reads them, and places in the text can be found both ways."""

from __future__ import annotations

import codecs
import io
import tokenize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstmlint.diagnostic import Span
from lstmlint.source import Cell, Source, SourceFailure, decode, has_keras_marker, read_source

TEXT = "x = 'é🎉'\n\ny = 1"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF8 + b"# -*- coding: utf-8 -*-\nx = 1\n",
        b"# coding: latin-1\nx = '\xe9'\n",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n",
        b"\n\n# coding: latin-1\n",
        b"x = 1\n# coding: latin-1\n",
        b"",
    ],
)
def test_files_are_decoded_as_tokenize_decodes_them(data: bytes) -> None:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    assert decode(data, "a.py").text == data.decode(encoding)


def test_line_ends_stay_as_they_are() -> None:
    source = decode(b"a = 1\r\nb = 2\r\n\x0cc = 3\n", "a.py")
    assert (source.newline, source.line(2), source.line(3), source.line(9)) == ("\r\n", "b = 2", "\x0cc = 3", "")


@pytest.mark.parametrize(
    ("data", "row", "word"),
    [
        (b"x = 1\ny = '\0'\n", 2, "NUL"),
        (b"\xff\xfex\0", 1, "UTF-16"),
        (b"x = 1\n\n'\xe9'\n", 3, "0xe9"),
        (b"#\n# coding: klingon\n", 2, "klingon"),
        (b"# coding: rot13\n", 1, "rot13"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", 1, "byte-order mark"),
    ],
)
def test_what_is_not_python_text_is_refused_with_its_row(data: bytes, row: int, word: str) -> None:
    with pytest.raises(SourceFailure) as caught:
        decode(data, "bad.py")
    assert (caught.value.span.row, caught.value.path) == (row, "bad.py")
    assert word in caught.value.message
    assert str(caught.value).startswith("bad.py: ")


@pytest.mark.parametrize("data", [TEXT.encode(), codecs.BOM_UTF8 + TEXT.encode(), b"# coding: latin-1\nx = '\xe9'\r\n"])
def test_encoding_gives_the_bytes_back(data: bytes) -> None:
    source = decode(data, "a.py")
    assert source.encode(source.text) == data


@given(st.text("ab é🎉\n\r\x0c\u2028", max_size=40), st.data())
def test_offsets_and_positions_are_each_others_opposite(text: str, data: st.DataObject) -> None:
    source = Source("a.py", text)
    offset = data.draw(st.integers(0, len(text)))
    row, column = source.position(offset)
    assert source.offset(row, column) == offset
    assert 1 <= row <= len(source.line_starts)
    end = data.draw(st.integers(offset, len(text)))
    assert source.offsets(source.span(offset, end)) == (offset, end)


def test_rows_count_within_the_cell_of_a_notebook() -> None:
    source = Source("n.ipynb", "a\nb\nc\nd\n", cells=[Cell(2, 1, 2), Cell(5, 3, 2)])
    assert source.span(6, 7) == Span("n.ipynb", 2, 1, 2, 2, 5)
    assert source.offsets(Span("n.ipynb", 2, 1, 2, 2, 5)) == (6, 7)
    assert (source.line(2, 2), source.line(1, 5), source.line(1, 99)) == ("b", "c", "")


@pytest.mark.parametrize(
    ("data", "marked"),
    [
        (b"import keras", True),
        (b"from tensorflow import nn", True),
        (b"import tf_keras", True),
        (b"import torch", False),
    ],
)
def test_only_files_that_name_keras_or_tensorflow_are_marked(data: bytes, marked: bool) -> None:
    assert has_keras_marker(data) is marked


def test_files_are_read_from_disk(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.py").write_bytes(TEXT.encode())
    assert read_source(tmp_path / "a.py").text == TEXT
    with pytest.raises(OSError):
        read_source(tmp_path / "b.py")
