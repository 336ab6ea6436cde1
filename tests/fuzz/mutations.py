"""Ways to spoil a program: by its characters, its lines, its tokens and its syntax tree."""

from __future__ import annotations

import ast
import io
import keyword
import random
import tokenize
from collections.abc import Callable

ODD = [
    "\t",
    "é",
    "😀",
    "\0",
    "\r",
    "\x0c",
    "\\",
    "'",
    '"""',
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    "=",
    "@",
    "*",
    "**",
    ",",
    "#",
    "\u2028",
    "\ufeff",
]
NUMBERS = ["0", "-1", "1", "2", "3", "10**10**10", "2**63", "1e400", "1_000_000", "0.5", "None", "True", "''", "[]", "()", "...", "float('nan')"]  # fmt: skip


def characters(text: str, chance: random.Random) -> str:
    """Some characters removed, doubled or replaced by odd ones."""
    out = list(text)
    for _ in range(chance.randint(1, 6)):
        if out:
            at = chance.randrange(len(out))
            out[at] = chance.choice(["", out[at] * 2, chance.choice(ODD)])
    return "".join(out)


def lines(text: str, chance: random.Random) -> str:
    """Lines removed, doubled, exchanged, indented."""
    rows = text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        if not rows:
            break
        a, b = chance.randrange(len(rows)), chance.randrange(len(rows))
        kind = chance.randrange(5)
        if kind == 0:
            del rows[a]
        elif kind == 1:
            rows.insert(b, rows[a])
        elif kind == 2:
            rows[a], rows[b] = rows[b], rows[a]
        elif kind == 3:
            rows[a] = chance.choice(["    ", "\t", " "]) + rows[a]
        else:
            rows[a] = rows[a].lstrip()
    return "".join(rows)


def tokens(text: str, chance: random.Random) -> str:
    """Tokens removed, doubled or exchanged for others of the same kind in the program."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return lines(text, chance)
    rows = text.splitlines(keepends=True)
    kinds = chance.choice([{tokenize.NAME}, {tokenize.NUMBER, tokenize.STRING}, {tokenize.OP}])
    plain = [
        t
        for t in found
        if t.type in kinds and t.start[0] == t.end[0] and t.start[0] <= len(rows) and not keyword.iskeyword(t.string)
    ]
    if not plain:
        return text
    chosen = sorted(
        chance.sample(plain, min(len(plain), chance.randint(1, 4))), key=lambda token: token.start, reverse=True
    )
    for token in chosen:
        row, (start, end) = token.start[0] - 1, (token.start[1], token.end[1])
        others = [t.string for t in plain if t.type == token.type]
        new = chance.choice(others)
        if chance.random() < 0.15:
            new = chance.choice(["", token.string + " " + token.string, chance.choice(NUMBERS)])
        rows[row] = rows[row][:start] + new + rows[row][end:]
    return "".join(rows)


class _Exchange(ast.NodeTransformer):
    """Puts other subtrees of the same sort in the place of some."""

    def __init__(self, tree: ast.AST, chance: random.Random, rate: float) -> None:
        self.expressions = [n for n in ast.walk(tree) if isinstance(n, ast.expr) and _free(n)]
        self.chance = chance
        self.rate = rate

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.expr) and _free(node) and self.chance.random() < self.rate:
            kind = self.chance.randrange(4)
            if kind == 0:
                return ast.parse(self.chance.choice(NUMBERS), mode="eval").body
            other = self.chance.choice(self.expressions)
            if kind == 1:
                return ast.List([node, other], ast.Load())
            if kind == 2:
                return ast.Call(node, [other], [])
            return other
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.If, ast.For)) and self.chance.random() < self.rate:
            self.chance.shuffle(node.body)
        return node


def _free(node: ast.expr) -> bool:
    """May anything stand here? (Not where something is assigned.)"""
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not isinstance(
        node, (ast.Starred, ast.JoinedStr, ast.FormattedValue)
    )


def trees(text: str, chance: random.Random) -> str:
    """Subtrees exchanged; still a program that Python parses."""
    try:
        tree = ast.parse(text)
        changed = _Exchange(tree, chance, chance.choice([0.01, 0.03, 0.1])).visit(tree)
        result = ast.unparse(ast.fix_missing_locations(changed))
        ast.parse(result)
    except (SyntaxError, ValueError, RecursionError, AttributeError, TypeError, MemoryError):
        return tokens(text, chance)
    return result


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "characters": characters,
    "lines": lines,
    "tokens": tokens,
    "trees": trees,
}
