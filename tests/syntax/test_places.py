"""Nodes stand where the user sees them, whatever the text is made of."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from lstmlint.source import Source, decode
from lstmlint.syntax import SyntaxFailure, Tree, parse_with_libcst


def tree(text: str) -> Tree:
    return parse_with_libcst(Source("model.py", text))


@pytest.mark.parametrize(
    "text",
    ["a = 1\n\x0cb = f(2)\n", "\x0ca = 1\nb = 2\n", "\ufeffa = 1\nb = 2\n", "a = 1\r\n\r\nb = 2", "\x0c\n# é\na = 1 # x\n\x0cb\n",
     "if a:\n\x0c    b = 2\n    \x0c\n    c = '\x0c'\nd = 3\n", "a = '''\n\x0cb'''\n\x0cc = 1"],
)  # fmt: skip
def test_every_statement_is_found_where_python_finds_it(text: str) -> None:
    parsed = tree(text)
    text = text.lstrip("\ufeff")
    theirs = [n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.stmt, ast.Constant))]
    ours = [n for n in ast.walk(parsed.module) if isinstance(n, (ast.stmt, ast.Constant))]
    assert [parsed.text(n) for n in ours] == [ast.get_source_segment(text, n) for n in theirs]


def test_arguments_parameters_and_aliases_have_places() -> None:
    parsed = tree("import a.b as c, d\nf(1, *x, key = 2, **y)\ndef g(p: int = 1, *q, **r): pass\n")
    found = [
        parsed.text(n)
        for n in ast.walk(parsed.module)
        if isinstance(n, (ast.alias, ast.keyword, ast.arg, ast.arguments, ast.Starred))
    ]
    assert found == ["a.b as c", "d", "p: int = 1, *q, **r", "*x", "key = 2", "**y", "p", "*q", "**r"]


@pytest.mark.parametrize(
    "text", ["a" + " + a" * 300, "x" + ".a" * 500, "f(" * 250 + ")" * 250], ids=["sum", "dots", "calls"]
)
def test_long_chains_have_places_too(text: str) -> None:
    parsed = tree(f"{text}\nb = 1\n")
    assert [parsed.text(n) for n in parsed.module.body] == [text, "b = 1"]


def test_chains_too_long_for_nested_c_calls_do_no_harm() -> None:
    """Python 3.12 limits these whatever the stack: from some seven hundred terms on nothing has a place there, at times."""
    text = "a" + " + a" * 1200
    parsed = tree(f"{text}\nb = 1\n")
    assert [parsed.text(n) for n in parsed.module.body] in ([text, "b = 1"], ["", ""])
    if sys.version_info[:2] != (3, 12):
        assert parsed.text(parsed.module.body[1]) == "b = 1"


def test_a_comment_alone_on_its_line_says_so() -> None:
    comments = tree("# one\na = 1  # two\nif a:\n    # three\n    pass\n").comments
    assert [(c.text, c.alone, c.row, c.column) for c in comments] == [
        ("# one", True, 1, 1),
        ("# two", False, 2, 8),
        ("# three", True, 4, 5),
    ]


def test_a_failure_points_at_the_place_where_reading_stopped() -> None:
    for text, row, column in [("a = 1\nb = (2\n", 2, 5), ("x = '\ud800'", 1, 6)]:
        with pytest.raises(SyntaxFailure) as caught:
            tree(text)
        assert (caught.value.span.row, caught.value.span.column) == (row, column)


@pytest.mark.keras
def test_keras_itself_lowers_as_python_parses_it_and_stands_where_position_provider_says() -> None:
    spec = importlib.util.find_spec("keras")
    assert spec is not None
    assert spec.origin is not None
    paths = sorted((Path(spec.origin).parent / "src").rglob("*.py"))[::60]
    assert len(paths) > 5
    for path in paths:
        source = decode(path.read_bytes(), str(path))
        parsed = parse_with_libcst(source)
        assert ast.dump(parsed.module) == ast.dump(ast.parse(source.text)), path
        positions = MetadataWrapper(parsed.concrete, unsafe_skip_copy=True).resolve(PositionProvider)
        for node in ast.walk(parsed.module):
            concrete = getattr(node, "cst", None)
            if isinstance(concrete, cst.CSTNode) and not isinstance(concrete, cst.Module):
                span, theirs = parsed.span(node), positions[concrete]
                assert (span.row, span.column - 1) == (theirs.start.line, theirs.start.column)
                assert (span.end_row, span.end_column - 1) == (theirs.end.line, theirs.end.column)
