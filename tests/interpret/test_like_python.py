"""Plain Python means to the interpreter what it means to Python, or it says that it does not know."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.notebook import read
from lstmlint.program import Program
from lstmlint.syntax import parse
from lstmlint.values import DictValue, ListValue, SetValue

# name -> source; every name that starts with `r` must come out exactly as in Python
SNIPPETS: dict[str, str] = {
    "arithmetic": "r1 = 7 // -2; r2 = -7 % 3; r3 = 2 ** 10; r4 = 7 / 2; r5 = 1 << 4 | 3; r6 = ~5; r7 = divmod(-7, 2); r8 = True + 1",
    "strings": "a = 'lstm'; r1 = f'{a}_{3:03d}'; r2 = '%s-%d' % (a, 4); r3 = a.upper() + '!' * 3; r4 = '{}/{x}'.format(1, x=2); r5 = a[::-1]; r6 = ','.join(['a', 'b'])",
    "unpacking": "a, (b, *c), d = 1, (2, 3, 4), 5; r1 = [a, b, c, d]; *x, y = range(4); r2 = x; r3 = y; p = q = 9; r4 = p + q",
    "augmented": "r1 = [1]; b = r1; b += [2, 3]; r2 = b; n = 3; n *= 4; n -= 1; r3 = n",
    "slices": "a = list(range(10)); r1 = a[2:8:3]; r2 = a[-3:]; r3 = (1, 2, 3)[:-1]; a[0] = 99; r4 = a[0]; r5 = [1, [2, 3]][1][0]",
    "dicts": "d = {'a': 1, **{'b': 2}}; d['c'] = 3; r1 = d; r2 = list(d.items()); r3 = d.get('z', 5); r4 = d.pop('a'); r5 = 'b' in d; r6 = {**d, 'b': 7}; r7 = sorted(d)",
    "sets": "r1 = {1, 2} | {3}; r2 = len({1, 1, 2}); r3 = 2 in {1, 2}",
    "comparisons": "r1 = 1 < 2 < 3; r2 = 1 < 3 < 2; r3 = 'a' is not None; r4 = not (1 == 2); r5 = 3 not in [1, 2]; r6 = (1, 2) == (1, 2); r7 = [1] == [1]",
    "boolean": "r1 = 0 or 'x'; r2 = 1 and [] ; r3 = None or 0 or 5; r4 = 'a' if 0 else 'b'",
    "walrus": "r1 = (n := 4) + n; r2 = [y for x in range(3) if (y := x * 2)]",
    "comprehensions": "r1 = [x * y for x in range(3) for y in range(x)]; r2 = {x: x * x for x in (1, 2)}; r3 = sum(x for x in range(5) if x % 2); r4 = {c for c in 'aab'}; r5 = [[j for j in range(i)] for i in range(3)]",
    "comprehension scope": "x = 9\n_ = [x for x in range(3)]\nr1 = x",
    "functions": "def f(a, b=2, *c, d, e=5, **g):\n    return [a, b, c, d, e, g]\nr1 = f(1, d=4)\nr2 = f(1, 2, 3, 4, d=0, z=1)\nr3 = f(*[1, 2], **{'d': 3})\n",
    "defaults are made once": "def f(a, seen=[]):\n    seen.append(a)\n    return list(seen)\nr1 = f(1)\nr2 = f(2)\n",
    "positional only": "def f(a, /, b, *, c):\n    return a, b, c\nr1 = f(1, b=2, c=3)\n",
    "closures": "def make(n):\n    def add(x):\n        return x + n\n    return add\nr1 = make(3)(4)\n",
    "late closures": "fs = [lambda: i for i in range(3)]\nr1 = [f() for f in fs]\nr2 = [f() for f in [lambda i=i: i for i in range(3)]]\n",
    "nonlocal": "def count():\n    n = 0\n    def up():\n        nonlocal n\n        n += 1\n        return n\n    up()\n    return up()\nr1 = count()\n",
    "global": "g = 1\ndef f():\n    global g\n    g = 5\nf()\nr1 = g\n",
    "lambdas": "r1 = (lambda a, *b, c=3: (a, b, c))(1, 2); r2 = sorted([3, 1, 2], key=lambda x: -x); r3 = list(map(lambda x: x + 1, [1, 2])); r4 = list(filter(None, [0, 1]))",
    "recursion": "def f(n):\n    return 1 if n < 2 else n * f(n - 1)\nr1 = f(10)\n",
    "decorators": "import functools\ndef twice(f):\n    @functools.wraps(f)\n    def g(*a, **k):\n        return 2 * f(*a, **k)\n    return g\ndef times(n):\n    def deco(f):\n        return lambda *a: n * f(*a)\n    return deco\n@twice\n@times(5)\ndef h(x):\n    return x\nr1 = h(3)\n",
    "partial": "from functools import partial\ndef f(a, b, c=0):\n    return a, b, c\nr1 = partial(f, 1, c=9)(2)\n",
    "generators": "def g(n):\n    for i in range(n):\n        yield i\n    yield from (7, 8)\nr1 = list(g(3)); a, b, *c = g(2); r2 = c; r3 = next(g(1)); r4 = dict(enumerate(g(1)))",
    "for else": "for i in range(5):\n    if i == 3:\n        break\nelse:\n    i = 99\nr1 = i\nfor j in []:\n    pass\nelse:\n    j = 4\nr2 = j\n",
    "while": "n = 0\nwhile True:\n    n += 1\n    if n % 2:\n        continue\n    if n > 6:\n        break\nr1 = n\nwhile n:\n    n -= 1\nelse:\n    r2 = 'done'\n",
    "zip and friends": "r1 = list(zip('ab', [1, 2])); r2 = list(enumerate('xy', 1)); r3 = list(reversed([1, 2])); r4 = max(3, 9, 2); r5 = min([4, 2]); r6 = any([0, 1]); r7 = all([]); r8 = abs(-3); r9 = round(2.6)",
    "conversions": "r1 = int('12'); r2 = float(3); r3 = str(4.5); r4 = tuple([1]); r5 = list('ab'); r6 = bool([]); r7 = int(3.9); r8 = isinstance(3, int); r9 = isinstance('a', (int, str))",
    "try": "try:\n    int('x')\n    r1 = 1\nexcept ValueError:\n    r1 = 2\nelse:\n    r1 = 3\nfinally:\n    r2 = 4\n",
    "try else": "try:\n    a = 1\nexcept Exception:\n    a = 2\nelse:\n    a += 10\nr1 = a\n",
    "raise": "class Mine(ValueError):\n    pass\ndef f():\n    raise Mine('no')\ntry:\n    f()\nexcept KeyError:\n    r1 = 1\nexcept ValueError:\n    r1 = 2\n",
    "reraise": "r1 = []\ntry:\n    try:\n        raise KeyError('a')\n    except KeyError:\n        r1.append(1)\n        raise\nexcept LookupError:\n    r1.append(2)\n",
    "zero division": "try:\n    a = 1 // 0\nexcept ZeroDivisionError:\n    a = 'zero'\nr1 = a\ntry:\n    b = [1][5]\nexcept IndexError:\n    b = 'index'\nr2 = b\ntry:\n    c = {}['k']\nexcept KeyError:\n    c = 'key'\nr3 = c\n",
    "finally wins": "def f():\n    try:\n        return 1\n    finally:\n        return 2\nr1 = f()\n",
    "with": "class C:\n    def __enter__(self):\n        return 5\n    def __exit__(self, *a):\n        global done\n        done = True\ndone = False\nwith C() as r1:\n    pass\nr2 = done\n",
    "match": "def f(x):\n    match x:\n        case 0:\n            return 'zero'\n        case [a, *rest]:\n            return a, rest\n        case {'k': v, **more}:\n            return v, more\n        case str() as s if len(s) > 2:\n            return s\n        case 1 | 2:\n            return 'few'\n        case _:\n            return 'other'\nr1 = [f(v) for v in (0, [1, 2, 3], {'k': 4, 'z': 5}, 'abc', 'a', 2, None)]\n",
    "classes": "class A:\n    k = 3\n    def __init__(self, n):\n        self.n = n\n    def m(self):\n        return self.n + self.k\n    @property\n    def p(self):\n        return self.n * 2\n    @staticmethod\n    def s(x):\n        return x\n    @classmethod\n    def c(cls, n):\n        return cls(n + 1)\na = A(4)\nr1 = a.m(); r2 = a.p; r3 = A.s(1); r4 = A.c(1).n; a.k = 10; r5 = a.m(); r6 = A.k",
    "inheritance": "class A:\n    def __init__(self):\n        self.log = ['A']\n    def f(self):\n        return 'A'\nclass B(A):\n    def __init__(self):\n        super().__init__()\n        self.log.append('B')\nclass C(A):\n    def __init__(self):\n        super().__init__()\n        self.log.append('C')\n    def f(self):\n        return super().f() + 'C'\nclass D(B, C):\n    def __init__(self):\n        super(D, self).__init__()\n        self.log.append('D')\nr1 = D().log; r2 = D().f(); r3 = isinstance(D(), A); r4 = issubclass(C, A)",
    "dunders": "class V:\n    def __init__(self, x):\n        self.x = x\n    def __add__(self, o):\n        return self.x + o.x\n    def __rmul__(self, o):\n        return o * self.x\n    def __getitem__(self, i):\n        return i\n    def __len__(self):\n        return 3\n    def __call__(self, z):\n        return z - self.x\n    def __eq__(self, o):\n        return self.x == o.x\n    def __contains__(self, i):\n        return i == 1\n    def __iter__(self):\n        return iter([7, 8])\nv = V(2)\nr1 = v + V(3); r2 = 5 * v; r3 = v[4]; r4 = len(v); r5 = v(10); r6 = v == V(2); r7 = 1 in v; r8 = list(v)",
    "property setter": "class A:\n    @property\n    def x(self):\n        return self._x\n    @x.setter\n    def x(self, v):\n        self._x = v + 1\na = A(); a.x = 3; r1 = a.x",
    "dataclass": "from dataclasses import dataclass, field\n@dataclass\nclass C:\n    units: int = 3\n    rate: float = 0.5\n    names: list = field(default_factory=list)\nc = C(7); r1 = c.units; r2 = c.rate; r3 = C(rate=1).rate; r4 = c.names",
    "named tuple": "from typing import NamedTuple\nclass P(NamedTuple):\n    a: int\n    b: int = 2\np = P(1); r1 = p.a; r2 = p.b; x, y = p; r3 = y; r4 = p[0]",
    "collections namedtuple": "from collections import namedtuple\nP = namedtuple('P', ['a', 'b'])\np = P(1, b=2); r1 = p.a; r2 = p.b; x, y = p; r3 = x + y",
    "enum": "from enum import Enum\nclass E(Enum):\n    A = 1\n    B = 'b'\nr1 = E.A.value; r2 = E.B.name; r3 = E.A is E.A; r4 = E.A == E.B; r5 = [e.value for e in E]",
    "attributes by name": "class A:\n    pass\na = A(); setattr(a, 'x', 4); r1 = getattr(a, 'x'); r2 = getattr(a, 'y', 5); r3 = hasattr(a, 'x'); r4 = hasattr(a, 'z')",
    "class attributes are shared": "class A:\n    seen = []\n    def add(self, x):\n        self.seen.append(x)\nA().add(1); A().add(2); r1 = A.seen",
    "delete": "a = [1, 2, 3]; del a[1]; r1 = a; d = {1: 2}; del d[1]; r2 = d; b = [0, 1, 2, 3]; del b[1:3]; r3 = b",
    "main": "if __name__ == '__main__':\n    r1 = 1\nelse:\n    r1 = 2",
    "aliasing": "a = [1]; b = [a] * 2; a.append(2); r1 = b; c = a[:]; c.append(3); r2 = a",
    "math": "import math\nr1 = math.ceil(7 / 2); r2 = math.sqrt(16); r3 = math.prod([2, 3]) if hasattr(math, 'prod') else 6; r4 = math.floor(-0.5)",
    "itertools": "import itertools\nr1 = list(itertools.chain([1], [2, 3])); r2 = list(itertools.product([1, 2], 'a')); r3 = list(itertools.islice(range(9), 2))",
    "nested data": "c = {'layers': [{'u': 1}, {'u': 2}]}\nc['layers'][0]['u'] += 5\nr1 = [l['u'] for l in c['layers']]; r2 = c['layers'][-1]",
    "star calls": "def f(*a, **k):\n    return a, k\nr1 = f(*[1], 2, *(3,), **{'x': 1}, y=2)",
    "annotations": "x: int = 3\ny: 'list[int]' = [x]\nr1 = x; r2 = y",
    "chained assignment of loop": "r1 = []\nfor i, (a, b) in enumerate([(1, 2), (3, 4)]):\n    r1.append(i + a * b)",
    "assert": "assert 1 == 1\nr1 = 2",
    "iterator is used up": "it = iter([1, 2, 3]); r1 = next(it); r2 = list(it); r3 = next(it, 'end')",
    "deepcopy": "import copy\na = {'x': [1]}\nb = copy.deepcopy(a); b['x'].append(2); r1 = a; r2 = b",
    "list of tuples": "r1 = dict([(1, 'a')]); r2 = dict(a=1); r3 = [*range(2), *'ab']; r4 = (*[1], 2); r5 = list(zip(*[(1, 2), (3, 4)]))",
}


def plain(value: Any) -> Any:
    """The value as Python has it; a ValueError where it is not known."""
    if isinstance(value, ListValue) and not value.open:
        return [plain(v) for v in value.items]
    if isinstance(value, SetValue) and not value.open:
        return {plain(v) for v in value.items}
    if isinstance(value, DictValue) and not value.open:
        return {plain(k): plain(v) for k, v in value.entries.items()}
    if isinstance(value, tuple):
        return tuple(plain(v) for v in value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (float, str, bytes, complex)):
        return value
    raise ValueError(repr(value))


def followed(source: str, path: str = "snippet.py") -> Program:
    return follow(parse(read(textwrap.dedent(source).encode(), path)))


NOT_FOLLOWED_YET: tuple[str, ...] = ()
"""Left unknown so far, which is allowed; a wrong value would not be."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(n, marks=pytest.mark.xfail(raises=ValueError, strict=True)) if n in NOT_FOLLOWED_YET else n
        for n in SNIPPETS
    ],
)
def test_names_are_what_python_makes_them(name: str) -> None:
    source = SNIPPETS[name]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, name, "exec"), namespace)
    record = followed(source).ways[0]
    for variable, expected in namespace.items():
        if variable.startswith("r") and variable[1:].isdigit():
            assert plain(record.names[variable]) == expected, variable
    assert not record.faults


def test_both_branches_are_followed() -> None:
    names = [r.names["r"] for r in followed("import os\nif os.environ.get('A'):\n    r = 1\nelse:\n    r = 2\n").ways]
    assert sorted(map(int, names)) == [1, 2]


def test_one_unknown_decides_alike_within_a_way() -> None:
    source = "def f(flag):\n    a = 1 if flag else 2\n    b = 1 if flag else 2\n    global r\n    r = [a, b]\n"
    for record in followed(source).ways:
        r = plain(record.names["r"])
        assert r[0] == r[1]


def test_an_endless_loop_ends() -> None:
    followed("n = 0\nwhile True:\n    n += 1\n")


def test_endless_recursion_is_a_gap() -> None:
    assert followed("def f(n):\n    return f(n + 1)\nf(0)\n").ways[0].gaps


def test_huge_numbers_are_left_alone() -> None:
    followed("a = 10 ** 10 ** 10\nb = 'x' * 10 ** 12\nc = [0] * 10 ** 12\nd = 1 << 10 ** 10\n")


def test_an_integer_knows_its_name() -> None:
    value = followed("look_back = 24\nx = look_back\n").ways[0].names["x"]
    assert (value, value.origin.label, value.origin.cause.label) == (24, "x", "look_back")


def test_an_unknown_loop_leaves_nothing_certain() -> None:
    record = followed("import os\nn = 0\nl = []\nfor f in os.listdir('.'):\n    n += 1\n    l.append(f)\n").ways[0]
    with pytest.raises(ValueError):
        plain(record.names["l"])
    assert not (isinstance(record.names["n"], int) and math.isfinite(record.names["n"]))
