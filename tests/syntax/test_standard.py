"""Python's own parser reads what LibCST reads, and its nodes stand where LibCST's do."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

import lstmlint
from lstmlint.source import Source
from lstmlint.syntax import SyntaxFailure, parse, parse_with_libcst

TEXTS = {
    "tuples": "a = (1, 2)\nb = 1, 2\nc = (1), (2)\nd = ((1), 2,)\ne = ()\nf = (\n    # first (one), two\n    1,  # a ) and a ,\n    (2),  # b\n)\ng = (\n    (1,),\n)\n",
    "slices": "x[1, 2]\nx[(1, 2)]\nx[1, 2,]\nx[:, 1:2]\nx[(1), (2)]\nx[1:2]\n",
    "generators": "f(x for x in y)\nf((x for x in (y)))\nf(\n  # why\n  (x) for x in y if (x)  # )\n)\ng = ( i for i in j )\n",
    "other letters": "é = 'ä€😀'; b = f(é, 'ü', c)\nd = ('😀', é)\n",
    "texts": "a = f'{b} {c:>{d}} {e!r}' 'f'\ng = f'{(h, i)}'\nj = ('k'\n  'l')\n",
    "expressions in texts": "é = f'é{ é(k, ü=\"ö\")[1] }' 'x' f'{f\"{l:{m}}\"}'\nn = f'''\n{\no(p)\n} {q=} {r!s:>{t(u)}}'''\n",
    "line ends": "a = (1,\r\n  2)\r\nb = 3\r\n",
    "form feeds": "a = 1\n\x0cb = (c, d)\n\x0c\nclass E:\n\x0c    f = 1\n",
    "blocks": "@a\n@b(1)\nclass C(D, metaclass=E):\n    @f\n    async def g(self, *h, i: int = 1, **j) -> k:\n        pass;\nif a: b; c;\nelif d:\n    e\nelse:\n    f\n",
    "parentheses": "a = (b)\nc = ((d).e)(f)\ng = (h + i) * j\nk = (lambda: l)\nm = (yield)\nn = (o := p)\n(q)[r] = (s)\n",
    "statements": "with (a) as b, c: pass\ntry:\n    pass\nexcept (A, B) as c:\n    pass\nfor i, j in k: pass\nimport a.b as c\nfrom . import (d as e, f,)\ndel a, (b)\n",
    "comments": "# one\na = '# none' # two\nif a:\n  # three\n  b = '''\n# none'''  # four\n",
}  # fmt: skip


def same_places(text: str) -> int:
    """Holds both trees of a text against LibCST's own positions; gives how many nodes that were."""
    slow, quick = parse_with_libcst(Source("model.py", text)), parse(Source("model.py", text))
    assert quick.concrete is None
    assert slow.concrete is not None
    assert ast.dump(quick.module) == ast.dump(slow.module)
    assert quick.comments == slow.comments
    positions = MetadataWrapper(slow.concrete, unsafe_skip_copy=True).resolve(PositionProvider)
    held = 0
    for ours, theirs in zip(ast.walk(slow.module), ast.walk(quick.module), strict=True):
        concrete = getattr(ours, "cst", None)
        assert slow.span(ours) == quick.span(theirs), slow.text(ours)
        if isinstance(concrete, cst.CSTNode) and not isinstance(concrete, cst.Module) and "\x0c" not in text:
            span, expected = slow.span(ours), positions[concrete]
            assert (span.row, span.column - 1) == (expected.start.line, expected.start.column), slow.text(ours)
            assert (span.end_row, span.end_column - 1) == (expected.end.line, expected.end.column), slow.text(ours)
            held += 1
    return held


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_everything_stands_where_libcst_says(text: str) -> None:
    assert same_places(text) > 5 or "\x0c" in text


@pytest.mark.skipif(sys.version_info < (3, 12), reason="older parsers don't know where expressions in f-strings stand")
def test_expressions_in_texts_are_found_without_libcst() -> None:
    tree = parse(Source("model.py", TEXTS["expressions in texts"]))
    calls = {tree.text(node) for node in ast.walk(tree.module) if isinstance(node, ast.Call)}
    assert calls == {'é(k, ü="ö")', "o(p)", "t(u)"}
    assert "_lowered" not in vars(tree)


def test_our_own_sources_stand_where_libcst_says() -> None:
    paths = sorted(Path(lstmlint.__file__).parent.rglob("*.py"))[::30]
    assert sum(same_places(path.read_text("utf-8")) for path in paths) > 2000


@pytest.mark.parametrize(
    "text",
    ["type A = int\n", "def f[T](x: T): pass\n", "\ufeffa = 1\n", "a = " + "(" * 400 + "1" + ")" * 400],
    ids=["alias", "type parameter", "byte-order mark", "deep"],
)  # fmt: skip
def test_what_is_lowered_to_something_simpler_or_nested_deeply_is_left_to_libcst(text: str) -> None:
    assert parse(Source("model.py", text)).concrete is not None


def test_try_star_is_left_to_libcst() -> None:
    tree = parse(Source("model.py", "try:\n    pass\nexcept* A:\n    pass\n"))
    assert isinstance(tree.module.body[0], ast.Try)


def test_what_libcst_cannot_read_is_read_by_python() -> None:
    text = "(a): int = 3\nb = f'{a}'\n# c\n"
    with pytest.raises(cst.ParserSyntaxError):
        cst.parse_module(text)
    tree = parse(Source("model.py", text))
    assert [tree.text(statement) for statement in tree.module.body] == ["(a): int = 3", "b = f'{a}'"]
    assert [comment.row for comment in tree.comments] == [3]
    in_text = next(node for node in ast.walk(tree.module) if isinstance(node, ast.FormattedValue))
    assert tree.span(in_text).row == 1, "what nobody knows the place of stands at the start"


FLAT = [
    "x = a.b - c.d + e.f\n" * 2000,
    "x = [\n" + "    a.b,\n" * 3000 + "]\n",
    "x = " + " and ".join(["a"] * 3000) + "\n",
]
DEEP = [
    "x = " + "-" * 1500 + "1\n",
    "x = a" + ".b" * 1500 + "\n",
    "if a:\n  pass\n" + "elif b:\n  pass\n" * 1500,
    "x = f'{" + "-" * 1500 + "1}'\n",
]


@pytest.mark.parametrize("text", FLAT)
def test_a_large_file_that_is_not_deep_is_read_by_pythons_own_parser(text: str) -> None:
    assert parse(Source("large.py", text)).concrete is None


@pytest.mark.parametrize("text", DEEP)
def test_what_is_nested_beyond_all_programs_is_refused(text: str) -> None:
    with pytest.raises(SyntaxFailure, match="nested too deeply"):
        parse(Source("deep.py", "x = y\n" * 100 + text))
