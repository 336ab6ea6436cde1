"""Hides constants of a program behind what nobody knows who doesn't run it: what is claimed of it then has to hold for the constants that it had."""

from __future__ import annotations

import ast
import random
from typing import Any

_READ = {
    "int": ("int(input())", "int(os_.environ['N'])", "args_.{name}", "json_.load(open('a.json'))['{name}']", "len(open('a').readlines())"),
    "bool": ("bool(int(input()))", "args_.{name}", "os_.path.exists('{name}')"),
    "float": ("float(input())", "args_.{name}"),
    "str": ("input()", "args_.{name}", "os_.environ['N']"),
    "list": ("[int(t) for t in input().split()]", "json_.load(open('a.json'))['{name}']"),
    "row": ("json_.load(open('a.json'))['{name}']", "args_.{name}"),
    "options": ("json_.load(open('a.json'))['{name}']", "args_.{name}"),
}  # fmt: skip
"""How a program may come to a value of each kind; a row and options are arguments behind `*` and `**`."""
_HEAD = "import argparse as argparse_, json as json_, os as os_\nargs_ = argparse_.ArgumentParser().parse_args()\n"


class _Hider(ast.NodeTransformer):
    def __init__(self, chance: random.Random, rate: float) -> None:
        self.chance, self.rate = chance, rate
        self.hidden: list[tuple[str, Any, str]] = []

    def hide(self, value: Any, kind: str) -> ast.Name:
        self.hidden.append((f"hidden{len(self.hidden)}", value, kind))
        return ast.Name(self.hidden[-1][0], ast.Load())

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        for piece in node.values:
            if isinstance(piece, ast.FormattedValue):
                piece.value = self.visit(piece.value)
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_List(self, node: ast.List) -> ast.AST:
        numbers = [e.value for e in node.elts if isinstance(e, ast.Constant) and type(e.value) is int]
        if isinstance(node.ctx, ast.Load) and numbers and len(numbers) == len(node.elts) and self.draw():
            return self.hide(numbers, "list")
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        first = len(node.args)
        while first and _is_constant(node.args[first - 1]):
            first -= 1
        if first < len(node.args) and not any(isinstance(a, ast.Starred) for a in node.args) and self.draw():
            rest = [ast.literal_eval(a) for a in node.args[first:]]
            node.args[first:] = [ast.Starred(self.hide(tuple(rest), "row"), ast.Load())]
        named = {k.arg: ast.literal_eval(k.value) for k in node.keywords if k.arg and _is_constant(k.value)}
        if named and self.draw():
            options = self.hide(named, "options")
            node.keywords = [k for k in node.keywords if k.arg not in named] + [ast.keyword(None, options)]
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        kind = type(node.value).__name__
        return self.hide(node.value, kind) if kind in ("int", "bool", "str", "float") and self.draw() else node

    def draw(self) -> bool:
        return self.chance.random() < self.rate


def _is_constant(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def hidden(source: str, chance: random.Random, rate: float) -> tuple[str, str] | None:
    """The program that reads some of its constants, and the same one that names them; None where none was drawn."""
    hider = _Hider(chance, rate)
    body = ast.unparse(ast.fix_missing_locations(hider.visit(ast.parse(source))))
    if not hider.hidden:
        return None
    reading = ""
    for name, value, kind in hider.hidden:
        ways = (
            _READ[kind][:-1] if kind == "int" and value < 0 else _READ[kind]
        )  # no file has a negative number of lines
        reading += f"{name} = {chance.choice(ways).format(name=name)}\n"
    naming = "".join(f"{name} = {value!r}\n" for name, value, _ in hider.hidden)
    return f"{_HEAD}{reading}{body}", f"{naming}{body}"
