"""The words in which rules say their edits: each changes what it names and nothing else."""

from __future__ import annotations

import ast

import pytest

from lstmlint import edits
from lstmlint.diagnostic import Edit
from lstmlint.fixes import apply
from lstmlint.notebook import read
from lstmlint.places import Place
from lstmlint.syntax import parse


def call_in(text: str) -> Place:
    tree = parse(read(text.encode(), "a.py"))
    return Place(tree, next(n for n in ast.walk(tree.module) if isinstance(n, ast.Call)))


def after(text: str, edit: Edit | None) -> str | None:
    return None if edit is None else apply(text.encode(), "a.py", [edit]).decode()


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("f()\n", "f(k=1)\n"),
        ("f(a)\n", "f(a, k=1)\n"),
        ("f(a, k=2, b=3)\n", "f(a, k=1, b=3)\n"),
        ("f((a), b=(1, 2),)\n", "f((a), b=(1, 2), k=1,)\n"),
        ("f(\n    a,  # k=2, (\n    *b,\n)\n", "f(\n    a,  # k=2, (\n    *b, k=1,\n)\n"),
        ("f(a, **b)\n", "f(a, **b, k=1)\n"),
        ("g(x)(')', d['k'])\n", "g(x)(')', d['k'], k=1)\n"),
        ("(a\n .f)(é)\n", "(a\n .f)(é, k=1)\n"),
    ],
)
def test_set_keyword(text: str, result: str) -> None:
    assert after(text, edits.set_keyword(call_in(text), "k", "1")) == result


def test_rename_and_remove() -> None:
    text = "f(a, old=1, c=2)\n"
    assert after(text, edits.rename_keyword(call_in(text), "old", "new")) == "f(a, new=1, c=2)\n"
    assert after(text, edits.rename_keyword(call_in(text), "old", "c")) is None
    assert after(text, edits.remove_keyword(call_in(text), "old")) == "f(a, c=2)\n"
    assert after(text, edits.remove_keyword(call_in(text), "c")) == "f(a, old=1)\n"
    assert after(text, edits.remove_argument(call_in(text), 0)) == "f(old=1, c=2)\n"
    assert after("f(a, )\n", edits.remove_argument(call_in("f(a, )\n"), 0)) == "f( )\n"
    assert edits.argument_text(call_in(text), "c") == "2"
    assert edits.argument_text(call_in(text), 0) == "a"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("f(a, k=1, b=2, l=3)\n", "f(a, b=2)\n"),
        ("f(a, k=1, l=3)\n", "f(a)\n"),
        ("f(k=1, l=3, a=2)\n", "f(a=2)\n"),
        ("f(l=3, k=1)\n", "f()\n"),
        ("f(\n    a,\n    k=1,\n    l=3,\n)\n", "f(\n    a,\n)\n"),
        ("f(a)\n", "f(a)\n"),
    ],
)
def test_several_keywords_go_at_once(text: str, result: str) -> None:
    assert apply(text.encode(), "a.py", edits.remove_keywords(call_in(text), {"k", "l"})).decode() == result


def test_a_fix_with_an_impossible_edit_is_no_fix() -> None:
    assert edits.safe_fix("message", edits.rename_keyword(call_in("f(a)\n"), "old", "new")) is None
    assert edits.safe_fix("message") is None
