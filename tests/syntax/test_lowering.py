"""The lowered tree is the one that Python's own parser builds, and positions are PositionProvider's."""

from __future__ import annotations

import ast
import io
import sysconfig
import tokenize
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from lstmlint.source import Source, decode
from lstmlint.syntax import SyntaxFailure, parse_with_libcst

STDLIB = Path(sysconfig.get_paths()["stdlib"])
SAMPLES = ["ast.py", "dataclasses.py", "json/decoder.py", "asyncio/tasks.py", "inspect.py", "enum.py", "argparse.py"]
ROOT = Path(__file__).resolve().parents[2]


def tree(text: str):
    return parse_with_libcst(Source("model.py", text))


def sample_sources() -> list[Source]:
    paths = [STDLIB / name for name in SAMPLES] + sorted((ROOT / "lstmlint").rglob("*.py"))
    return [decode(p.read_bytes(), str(p)) for p in paths]


@pytest.mark.parametrize(
    "text",
    [
        "x = 'a' 'b' \"c\\n\\x41\\u00e9\\N{BULLET}\\101\"\n",
        "x = b'a\\x00' b'b'\ny = u'k' 'l'\nz = rb'\\d'[0]\n",
        "x = f'{a}b{{c}}{d!r:>{w}}' 'tail' f'{e=}'\n",
        "a or b or c and d and (e and f) or (g or h)\n",
        "not a < b <= c != d is not e not in f\n",
        "x[1:2, ::3, ...][1,][a:b][(1, 2)]\n",
        "f(a, *b, c=1, *d, **e)(x for x in y if z if w for u in v)\n",
        "{**a, 'b': 1}; {1, *c}; [*d, e]; (*f,)\n",
        "def f(a, b=1, /, c: int = 2, *args: int, d, e=3, **kw) -> int:\n    return lambda *, x=1: x\n",
        "async def f():\n    async with a as b, c: pass\n    async for i in x: await y\n    return [i async for i in z]\n",
        "@d.e(1)\nclass A(B, *C, metaclass=D, **E):\n    x: int = 1\n    z.w: str\n",
        "try:\n    pass\nexcept (A, B) as e:\n    raise X from e\nelse:\n    pass\nfinally:\n    del a, b[0], (c, d)\n",
        "if a: pass\nelif b: pass\nelif c: pass\nelse: pass\nwhile x: break\nelse: continue\n",
        "from . import a as b, c\nfrom ..d.e import *\nimport f.g as h, i.j\n",
        "match p:\n    case [1, *rest] if rest: pass\n    case {'k': v, **kw}: pass\n    case C(a, b=1) | None: pass\n    case (x, _) as y: pass\n    case -1 | 'a' | m.n: pass\n    case _: pass\n",
        "x = y = (z := 5)\na, *b = c\nx += yield\nx @= -1 ** +2 if ~a else b // c\nyield from w\n",
        "x = 0x_ff + 0o17 + 0b1 + 1_000 + 1e3 + 2.5j + 10j\nglobal g\nnonlocal_ = ...\nassert x, 'm'\n",
        "\ufeff"[1:] + "x = '''a\r\nb'''\r\ny = 1\r\n",
        "",
        "# only a comment",
    ],
)  # fmt: skip
def test_lowered_source_is_what_python_parses(text: str) -> None:
    assert ast.dump(tree(text).module) == ast.dump(as_lowered(ast.parse(text)))


def as_lowered(module: ast.Module) -> ast.Module:
    """Python's tree without 3.12's type parameters, which lowering leaves out, and without the empty end of 3.12.1's format specs."""
    for node in ast.walk(module):
        if getattr(node, "type_params", None):
            node.type_params = []  # type: ignore[attr-defined]
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            parts = node.format_spec.values
            if len(parts) > 1 and isinstance(parts[-1], ast.Constant) and parts[-1].value == "":
                parts.pop()
    return module


def test_whole_modules_lower_as_python_parses_them() -> None:
    for source in sample_sources():
        theirs = as_lowered(ast.parse(source.text))
        assert ast.dump(parse_with_libcst(source).module) == ast.dump(theirs), source.path


def test_spans_are_those_of_position_provider() -> None:
    checked = 0
    for source in sample_sources()[:6]:
        parsed = parse_with_libcst(source)
        wrapper = MetadataWrapper(parsed.concrete, unsafe_skip_copy=True)
        positions = wrapper.resolve(PositionProvider)
        for node in ast.walk(parsed.module):
            concrete = getattr(node, "cst", None)
            if isinstance(concrete, cst.CSTNode) and not isinstance(concrete, cst.Module):
                span, range_ = parsed.span(node), positions[concrete]
                assert (span.row, span.column - 1) == (range_.start.line, range_.start.column)
                assert (span.end_row, span.end_column - 1) == (range_.end.line, range_.end.column)
                checked += 1
    assert checked > 10_000


def test_comments_are_those_that_tokenize_finds() -> None:
    for source in sample_sources():
        found = [
            (t.start[0], t.start[1] + 1, t.string)
            for t in tokenize.generate_tokens(io.StringIO(source.text).readline)
            if t.type == tokenize.COMMENT
        ]
        assert [(c.row, c.column, c.text) for c in parse_with_libcst(source).comments] == found, source.path


def test_columns_count_code_points_not_bytes() -> None:
    parsed = tree("x = '🎉é'; y = 1\n")
    span = parsed.span(parsed.module.body[1])
    assert (span.row, span.column, span.end_column) == (1, 11, 16)
    assert parsed.text(parsed.module.body[1]) == "y = 1"


def test_newer_syntax_is_lowered_to_what_python_310_knows() -> None:
    body = tree("try:\n    pass\nexcept* E:\n    pass\ntype X = int\ndef f[T](a: T): pass\n").module.body
    assert [type(n).__name__ for n in body] == ["Try", "Assign", "FunctionDef"]


@pytest.mark.parametrize("text", ["x = (", "def f(:\n", "print 'a'\n", "x = '\\x1'\n", "if x:\npass\n"])
def test_a_syntax_error_is_our_own_failure_with_a_place(text: str) -> None:
    with pytest.raises(SyntaxFailure) as caught:
        tree(text)
    assert caught.value.message
    assert caught.value.span.path == "model.py"


@pytest.mark.parametrize(
    "text",
    ["(" * 5000 + ")" * 5000, "[" * 5000, "-" * 20000 + "1", "a" + "+a" * 20000, "x" + ".a" * 20000,
     "not " * 20000 + "1", "a" + " and a" * 20000, "f(" * 4000 + ")" * 4000,
     "if 1: pass\n" + "elif 2: pass\n" * 20000],
    ids=["parentheses", "open", "minus", "plus", "attributes", "not", "and", "calls", "elif"],
)  # fmt: skip
def test_absurd_nesting_is_refused_and_never_ends_the_process(text: str) -> None:
    try:
        tree(text)
    except SyntaxFailure:
        pass
