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
    "classes compared": "class A: pass\nclass B(A): pass\nr1 = type(A()) == A; r2 = type(B()) in (A, int); r3 = B != A; r4 = int == int; r5 = type(3) in [str, float]; r6 = int != A",
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
    "in-place changes are seen by all who hold the thing": "a = [1]; b = a; a += [2]; a *= 2; r1 = b; s = {1}; t = s; s |= {2}; s -= {1}; r2 = t; d = {}; e = d; d |= {'k': 1}; r3 = e; u = (1,); w = u; u += (2,); r4 = w",
    "a target is evaluated once": "seen = []\ndef at(i):\n    seen.append(i)\n    return i\nl = [1, 2]\nl[at(1)] += 5\nr1 = l; r2 = seen\n",
    "diamond": "class A:\n    def f(self):\n        return ['A']\nclass B(A):\n    def f(self):\n        return ['B'] + super().f()\nclass C(A):\n    def f(self):\n        return ['C'] + super().f()\nclass D(B, C):\n    pass\nclass E(C):\n    pass\nclass F(D, E):\n    def f(self):\n        return ['F'] + super().f()\nr1 = F().f(); r2 = [c.__name__ for c in F.__mro__]",
    "init_subclass and set_name": "registry = []\nclass Base:\n    def __init_subclass__(cls, /, tag=None, **k):\n        super().__init_subclass__(**k)\n        registry.append((cls.__name__, tag))\nclass A(Base, tag=3):\n    pass\nclass Field:\n    def __set_name__(self, owner, name):\n        self.name = name\n    def __get__(self, instance, owner):\n        return self.name if instance is None else instance.__dict__.get(self.name, 0)\n    def __set__(self, instance, value):\n        instance.__dict__[self.name] = value * 2\nclass B(Base):\n    x = Field()\nb = B(); b.x = 4; r1 = registry; r2 = b.x; r3 = B.x",
    "new": "class One:\n    made = None\n    def __new__(cls, *a):\n        if cls.made is None:\n            cls.made = super().__new__(cls)\n        return cls.made\n    def __init__(self, n=1):\n        self.n = n\na = One(2); b = One(5); r1 = a is b; r2 = a.n",
    "getattr of one's own": "class A:\n    def __init__(self):\n        self.d = {'x': 1}\n    def __getattr__(self, name):\n        if name in self.d:\n            return self.d[name]\n        raise AttributeError(name)\na = A(); r1 = a.x\ntry:\n    a.y\n    r2 = 1\nexcept AttributeError:\n    r2 = 2\n",
    "constants of string": "import string\nfrom string import punctuation as p\ncharacters = string.digits + string.ascii_letters\nr1 = len(characters) + 1; r2 = [c for c in string.whitespace]; r3 = {c: i for i, c in enumerate(p)}; r4 = (string.hexdigits, string.octdigits, string.printable)",
    "setattr of one's own": "class A:\n    def __setattr__(self, name, value):\n        super().__setattr__(name, value + 1)\na = A(); a.x = 1; r1 = a.x",
    "missing attribute": "class A:\n    pass\ntry:\n    A().nothing\n    r1 = 1\nexcept AttributeError as e:\n    r1 = 2\n",
    "locals": "def f(a, b=2, **k):\n    c = 3\n    return locals()\nr1 = f(1, d=4)\nclass A:\n    def __init__(self, x, y=2):\n        self.__dict__.update(locals())\nr2 = A(1).y\ndef g(n=1, m=2):\n    return n * 10 + m\ndef h(n=3, m=4):\n    return g(**locals())\nr3 = h()",
    "an instance's dict set": "class A:\n    shared = {'n': 3}\n    def __init__(self):\n        self.__dict__ = self.shared\na = A(); a.n = 7; b = A(); r1 = b.n; r2 = A.shared\nclass B:\n    pass\nc = B(); c.x = 1; c.__dict__ = {'y': 2}; r3 = hasattr(c, 'x'); r4 = c.y",
    "setattr of an instance": "class A:\n    def __init__(self, n):\n        self.__setattr__('n', n)\nr1 = A(3).n\nclass B(A):\n    def __setattr__(self, name, value):\n        object.__setattr__(self, name, value + 1)\nr2 = B(3).n",
    "vars and dict": "class A:\n    def __init__(self, **k):\n        self.__dict__.update(k)\na = A(x=1, y=2); r1 = a.x; r2 = vars(a); r3 = sorted(a.__dict__)",
    "cached property": "import functools\ncalls = []\nclass A:\n    @functools.cached_property\n    def x(self):\n        calls.append(1)\n        return 7\na = A(); r1 = a.x + a.x; r2 = calls",
    "class and static methods": "class A:\n    n = 1\n    @classmethod\n    def make(cls, *a):\n        return cls.n, a\n    @staticmethod\n    def s(a, b=2):\n        return a + b\nclass B(A):\n    n = 5\nr1 = B.make(1); r2 = B().make(); r3 = B.s(1); r4 = A.make.__name__",
    "class __name__ and type": "class A:\n    pass\na = A(); r1 = type(a).__name__; r2 = a.__class__ is A; r3 = type(3).__name__; r4 = type(a) is A; r5 = isinstance(a, object)",
    "iterator class": "class Count:\n    def __init__(self, n):\n        self.i, self.n = 0, n\n    def __iter__(self):\n        return self\n    def __next__(self):\n        if self.i >= self.n:\n            raise StopIteration\n        self.i += 1\n        return self.i\nr1 = list(Count(3)); r2 = [x for x in Count(2)]; r3 = sum(Count(4))",
    "bool and len": "class A:\n    def __init__(self, n):\n        self.n = n\n    def __len__(self):\n        return self.n\nclass B:\n    def __bool__(self):\n        return False\nr1 = bool(A(0)); r2 = bool(A(2)); r3 = 1 if B() else 2; r4 = not A(0)",
    "str and repr": "class A:\n    def __repr__(self):\n        return 'A!'\nclass B(A):\n    def __str__(self):\n        return 'B?'\nr1 = str(A()); r2 = f'{A()} {B()} {B()!r}'; r3 = '{}'.format(3); r4 = repr([1, 'a']); r5 = f'{[1, 2]} {(1,)} {dict(a=1)}'; r6 = f'{3.14159:.2f}|{7:>4}|{\"x\":<3}|'",
    "comparison methods": "import functools\n@functools.total_ordering\nclass V:\n    def __init__(self, n):\n        self.n = n\n    def __eq__(self, o):\n        return self.n == o.n\n    def __lt__(self, o):\n        return self.n < o.n\nr1 = V(1) < V(2); r2 = V(1) > V(2); r3 = V(1) != V(2); r4 = V(1) == V(1)",
    "not implemented": "class M:\n    def __add__(self, o):\n        return NotImplemented\nclass N:\n    def __radd__(self, o):\n        return 'N'\nr1 = M() + N(); r2 = 1 + N()",
    "object equality": "class A:\n    pass\na, b = A(), A(); r1 = a == b; r2 = a == a; r3 = a in [b, a]; r4 = {a: 1}[a]; r5 = a == 3; r6 = a != b",
    "dataclass in full": "from dataclasses import dataclass, field, replace, asdict, astuple\n@dataclass\nclass A:\n    x: int\n    y: int = 2\n    z: list = field(default_factory=list)\n    def total(self):\n        return self.x + self.y\n@dataclass(order=True)\nclass B(A):\n    w: int = 5\n    def __post_init__(self):\n        self.w += 1\nb = B(1, w=7); r1 = b.w; r2 = b.total(); r3 = A(1) == A(1); r4 = A(1) == A(2); r5 = asdict(b); r6 = astuple(A(4)); r7 = replace(A(1), y=9).y; r8 = B(1) < B(2); b.z.append(1); r9 = B(0).z",
    "frozen dataclass": "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass A:\n    x: int = 1\na = A()\ntry:\n    a.x = 2\nexcept dataclasses.FrozenInstanceError:\n    pass\nr1 = a.x",
    "dataclass init var": "from dataclasses import dataclass, field, InitVar\nfrom typing import ClassVar\n@dataclass\nclass A:\n    n: InitVar[int]\n    c: ClassVar[int] = 3\n    m: int = field(init=False, default=0)\n    def __post_init__(self, n):\n        self.m = n * 2\na = A(4); r1 = a.m; r2 = A.c",
    "named tuple in full": "from typing import NamedTuple\nclass P(NamedTuple):\n    a: int\n    b: int = 2\n    def s(self):\n        return self.a + self.b\np = P(1); r1 = p._replace(b=5); r2 = p._asdict(); r3 = p == (1, 2); r4 = p.s(); r5 = P._fields; r6 = len(p); r7 = p + (3,); r8 = [x for x in p]",
    "namedtuple forms": "from collections import namedtuple\nP = namedtuple('P', 'a b c', defaults=[9])\np = P(1, 2); r1 = p.c; r2 = tuple(p); r3 = P._make([4, 5, 6]).b\nclass Q(namedtuple('Q', 'x y')):\n    def n(self):\n        return self.x * self.y\nr4 = Q(3, 4).n()",
    "enum in full": "import enum\nclass C(enum.IntEnum):\n    A = 1\n    B = 2\nclass D(enum.Enum):\n    X = enum.auto()\n    Y = enum.auto()\n    Z = X\n    @property\n    def low(self):\n        return self.name.lower()\nr1 = C.A + 1; r2 = C.B > C.A; r3 = D.Y.value; r4 = D.Z is D.X; r5 = D(2).name; r6 = D['X'].low; r7 = len(list(D)); r8 = C.A == 1; r9 = [m.name for m in D]",
    "enum in match and dict": "from enum import Enum\nclass K(Enum):\n    A = 'a'\n    B = 'b'\ndef f(k):\n    match k:\n        case K.A:\n            return 1\n        case K.B:\n            return 2\nr1 = [f(K.B), f(K.A)]; d = {K.A: 5}; r2 = d[K.A]; r3 = K.B in d; r4 = K('a') in (K.A,)",
    "defaultdict": "from collections import defaultdict\nd = defaultdict(list); d['a'].append(1); d['a'].append(2); r1 = d['a']; n = defaultdict(int)\nfor c in 'abca':\n    n[c] += 1\nr2 = dict(n); r3 = len(d); r4 = 'zz' in d; r5 = d.get('q')",
    "counter": "from collections import Counter\nc = Counter('abca'); r1 = c['a']; r2 = c['z']; r3 = c.most_common(1); c.update('zz'); r4 = c['z']; r5 = dict(Counter([1, 1]) + Counter([2])); r6 = sum(c.values()); r7 = sorted(c)",
    "deque": "from collections import deque\nd = deque([1, 2, 3], maxlen=3); d.append(4); r1 = list(d); d.appendleft(0); r2 = list(d); r3 = d.pop(); r4 = d.popleft(); r5 = len(d); r6 = d[0]; d.extend([7, 8, 9]); r7 = list(d); d.rotate(1); r8 = list(d)",
    "ordered dict": "from collections import OrderedDict\nd = OrderedDict([('a', 1), ('b', 2)]); d.move_to_end('a'); r1 = list(d); r2 = d['b']; r3 = list(d.items())",
    "itertools in full": "import itertools as it\nr1 = list(it.accumulate([1, 2, 3])); r2 = list(it.combinations('abc', 2)); r3 = list(it.permutations([1, 2])); r4 = [list(g) for k, g in it.groupby([1, 1, 2])]; r5 = list(it.islice(it.count(5), 3)); r6 = list(it.zip_longest([1], [2, 3], fillvalue=0)); r7 = list(it.repeat(1, 2)); r8 = list(it.starmap(pow, [(2, 3)])); r9 = list(it.takewhile(lambda x: x < 2, [1, 2, 1]))",
    "endless iterators": "import itertools\nc = itertools.count(); r1 = [next(c), next(c)]; z = list(zip('ab', itertools.count(1))); r2 = z; k = itertools.cycle('xy'); r3 = [next(k) for _ in range(3)]",
    "generators are lazy": "log = []\ndef g():\n    log.append('start')\n    yield 1\nx = g(); r1 = list(log); next(x); r2 = list(log)",
    "endless generator": "def g():\n    n = 0\n    while True:\n        yield n\n        n += 1\nx = g(); r1 = [next(x), next(x)]\ndef take(k, s):\n    return [next(s) for _ in range(k)]\nr2 = take(3, g())",
    "generator expression": "r1 = list(x * 2 for x in range(3)); g = (x for x in [1, 2]); r2 = next(g); r3 = list(g); r4 = dict((k, v) for k, v in [('a', 1)]); r5 = ','.join(str(i) for i in range(3))",
    "break in a generator": "def g():\n    for i in range(9):\n        yield i\nx = g()\nfor a in x:\n    if a == 2:\n        break\nr1 = a; r2 = next(x)",
    "sum of rows": "a = [['b', 'a'], ['c']]; r1 = sum(a, []); r2 = a; r3 = sum([(1, 2), (3,)], ()); r4 = len(set(sum(a, ['z']))); r5 = sum([], [1]); r6 = sum(([i] * i for i in range(3)), []); r7 = sum([[[1]], [[2]]], [])\nr8 = sum(a, []); r8.append('d'); r9 = len(a[0])\nfrom collections import namedtuple\nP = namedtuple('P', 'x y'); r10 = sum([P(1, 2), P(3, 4)], ())",
    "argparse": "import argparse\np = argparse.ArgumentParser()\np.add_argument('--units', type=int, default=32)\np.add_argument('--name', default='a')\np.add_argument('-f', '--flag', action='store_true')\np.add_argument('--learning-rate', type=float, default='0.5')\na = p.parse_args(['--units', '7', '-f', '--name=b']); r1 = a.units; r2 = a.name; r3 = a.flag; r4 = a.learning_rate; r5 = p.parse_args([]).units; r6 = vars(p.parse_args([]))",
    "argparse reads a text": "import argparse\ndef yes(v):\n    return v.lower() in ('yes', 'true')\nclass C:\n    def __init__(self, v):\n        self.n = int(v) + 1\np = argparse.ArgumentParser()\np.add_argument('--flat', type=yes, default='False')\np.add_argument('--sizes', type=lambda s: [int(u) for u in s.split(',')], default='8,4')\np.add_argument('--c', type=C, default='3')\np.add_argument('--kept', type=yes, default=7)\np.add_argument('--later', type=yes)\np.add_argument('--many', type=yes, nargs='+', default='true')\np.add_argument('--bad', type=yes, default='no')\np.set_defaults(later='true')\na = p.parse_args([]); r1 = a.flat; r2 = a.sizes; r3 = a.c.n; r4 = a.kept; r5 = a.later; r6 = a.many; r7 = p.parse_args(['--flat', 'yes']).flat\nlog = []\nq = argparse.ArgumentParser(); q.add_argument('--x', type=log.append, default='y'); q.parse_args(['--x', 'z']); r8 = log; r9 = vars(p.parse_args(['--flat=yes', '--c', '1']))['bad']; r10 = list(vars(a))",
    "exceptions": "class E(Exception):\n    def __init__(self, n):\n        super().__init__(n)\n        self.n = n\ntry:\n    raise E(4)\nexcept E as e:\n    r1 = e.n\ntry:\n    raise ValueError('bad', 3)\nexcept (KeyError, ValueError) as e:\n    r2 = e.args\ntry:\n    raise ValueError('bad')\nexcept Exception as e:\n    r3 = str(e)\n",
    "finally in loops": "r1 = []\nfor i in range(3):\n    try:\n        if i == 1:\n            continue\n        r1.append(i)\n    finally:\n        r1.append('f')\nwhile True:\n    try:\n        break\n    finally:\n        r1.append('e')\n",
    "nested functions": "def outer():\n    xs = []\n    def add(x):\n        xs.append(x)\n        return len(xs)\n    def both(a, b):\n        add(a)\n        return add(b)\n    return both(1, 2), xs\nr1 = outer()",
    "decorator classes": "class D:\n    def __init__(self, f):\n        self.f, self.n = f, 0\n    def __call__(self, *a, **k):\n        self.n += 1\n        return self.f(*a, **k) + self.n\n@D\ndef f(x):\n    return x * 10\nr1 = f(1); r2 = f(1); r3 = f.n",
    "functools": "import functools\nr1 = functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]); add = functools.partial(lambda a, b, c: (a, b, c), 1, c=3); r2 = add(2)\n@functools.lru_cache(maxsize=None)\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nr3 = fib(15)",
    "caches": "import functools\ncalls = []\n@functools.lru_cache(maxsize=None)\ndef f(n, k=1):\n    calls.append(n)\n    return [n]\nr1 = f(1) is f(1); r2 = f(2) is f(1); f(1, k=2); f(1, k=2); r3 = list(calls)\n@functools.cache\ndef g():\n    calls.append('g')\n    return {}\ng()['a'] = 1; r4 = g(); r5 = calls.count('g')\n@functools.lru_cache(maxsize=1)\ndef h(n):\n    calls.append('h')\n    return n\nh(1); h(2); h(1); r6 = calls.count('h')\nclass A:\n    @functools.lru_cache\n    def m(self):\n        calls.append('m')\n        return 3\na, b = A(), A(); a.m(); a.m(); b.m(); r7 = calls.count('m')",
    "operator": "import operator\nr1 = operator.add(2, 3); r2 = sorted([(2, 'a'), (1, 'b')], key=operator.itemgetter(0)); r3 = list(map(operator.attrgetter('real'), [1, 2]))",
    "zip of one iterator": "it = iter(range(7)); r1 = list(zip(it, it)); rows = iter('abcdef'); r2 = list(zip(*[rows] * 3)); r3 = [a + b for a, b in zip(*[iter([1, 2, 3, 4])] * 2)]; r4 = list(zip(iter([]), iter([])))",
    "walrus in loops": "data = [1, 2, 3]; i = 0; r1 = []\nwhile (x := data[i]) < 3:\n    r1.append(x)\n    i += 1\nr2 = x; r3 = [last := k for k in range(3)]; r4 = last",
    "match classes": "class P:\n    __match_args__ = ('x', 'y')\n    def __init__(self, x, y):\n        self.x, self.y = x, y\ndef f(v):\n    match v:\n        case P(0, y):\n            return y\n        case P(x=x, y=1):\n            return x\n        case (1, 2) | [3, *_]:\n            return 'row'\n        case {'a': int(n)}:\n            return n\n        case str(s):\n            return s\n        case None:\n            return 'none'\n    return 'no'\nr1 = [f(v) for v in (P(0, 5), P(7, 1), P(2, 2), (1, 2), [3, 4], {'a': 3}, 'q', None, 4)]",
    "global in functions": "n = 0\ndef up(k=2):\n    global n, m\n    n += k\n    m = n * 2\nup(); up(3); r1 = n; r2 = m",
    "deleting": "class A:\n    pass\na = A(); a.x = 1; del a.x; r1 = hasattr(a, 'x'); d = {'a': 1, 'b': 2}; del d['a']; r2 = d; x = 5; del x; r3 = 'x' in globals() if False else 1",
    "list of everything": "l = [3, 1, 2]; l.sort(key=lambda x: -x); r1 = l; r2 = l.index(1); l.remove(3); r3 = l; r4 = l.pop(0); l.clear(); r5 = l; r6 = [0] * 3 + [1]; r7 = [[0] * 2 for _ in range(2)]; r7[0][1] = 5; a, *b = 'xyz'; r8 = b; r9 = sorted(['b', 'A'], key=str.lower)",
    "slices assign": "l = list(range(6)); l[1:3] = ['a']; r1 = list(l); l[::2] = [0] * 3; r2 = list(l); del l[-2:]; r3 = l; s = slice(1, 3); r4 = 'abcd'[s]; r5 = (1, 2, 3)[::-1]",
    "string methods": "s = ' Ab,c '; r1 = s.strip().split(','); r2 = s.partition(','); r3 = 'a-b'.replace('-', '+'); r4 = 'abc'.startswith(('x', 'ab')); r5 = '7'.zfill(3); r6 = 'x'.join(['1', '2']); r7 = 'a\\nb'.splitlines(); r8 = 'abc'.find('c'); r9 = '%05.1f|%-3s|%x' % (2.5, 'a', 255)",
    "dict of everything": "d = {'b': 1, 'a': 2}; r1 = sorted(d.items(), key=lambda kv: kv[1]); r2 = max(d, key=d.get); r3 = {v: k for k, v in d.items()}; r4 = d.setdefault('z', 0); r5 = dict.fromkeys('ab', 1); r6 = list(d); r7 = d.popitem(); r8 = [k for k in d]; d2 = dict(d); d2['b'] = 9; r9 = d['b']",
    "a loop over what it changes": "l = [1, 2, 3]\nfor x in l:\n    if x < 3 and len(l) < 6:\n        l.append(x + 10)\nr1 = l\nd = [3, 2]\nfor x in d:\n    d.remove(x)\nr2 = d",
    "name error": "try:\n    undefined_name\n    r1 = 1\nexcept NameError:\n    r1 = 2\n",
    "type error": "try:\n    len(3)\n    r1 = 1\nexcept TypeError:\n    r1 = 2\ntry:\n    'a' + 1\nexcept TypeError:\n    r2 = 3\ntry:\n    (lambda x: x)()\nexcept TypeError:\n    r3 = 4\ntry:\n    [].nothing\nexcept AttributeError:\n    r4 = 5\n",
    "contextlib": "import contextlib\nlog = []\n@contextlib.contextmanager\ndef cm(x):\n    log.append('in')\n    yield x * 2\n    log.append('out')\nwith cm(3) as v:\n    log.append(v)\nr1 = log; r2 = v\nwith contextlib.suppress(KeyError):\n    {}['x']\nr3 = 1",
    "several managers": "log = []\nclass C:\n    def __init__(self, n):\n        self.n = n\n    def __enter__(self):\n        log.append(self.n)\n        return self\n    def __exit__(self, t, v, b):\n        log.append(-self.n)\n        return t is not None\nwith C(1) as a, C(2) as b:\n    log.append(a.n + b.n)\n    raise KeyError\nr1 = log",
    "copy of objects": "import copy\nclass A:\n    def __init__(self):\n        self.l = [1]\na = A(); b = copy.copy(a); c = copy.deepcopy(a); a.l.append(2); r1 = b.l; r2 = c.l; r3 = isinstance(c, A)",
    "generic classes": "from typing import Generic, TypeVar\nfrom abc import ABC, abstractmethod\nT = TypeVar('T')\nclass Box(Generic[T]):\n    def __init__(self, x):\n        self.x = x\nclass Base(ABC):\n    @abstractmethod\n    def f(self): ...\n    def g(self):\n        return self.f() + 1\nclass Impl(Base):\n    def f(self):\n        return 4\nr1 = Box(3).x; r2 = Impl().g()",
    "dict views": "d = {'a': 1}; ks = d.keys(); r1 = 'a' in ks; r2 = list(zip(d.keys(), d.values())); r3 = len(d.items())",
    "integer methods": "r1 = (5).bit_length(); r2 = int('ff', 16); r3 = bin(5); r4 = hex(255); r5 = round(2.567, 2); r6 = pow(2, 5, 7); r7 = 0.1 + 0.2; r8 = 7 // 2 * 2.0; r9 = -7 // 2",
    "chained methods": "class B:\n    def __init__(self):\n        self.steps = []\n    def add(self, x):\n        self.steps.append(x)\n        return self\nr1 = B().add(1).add(2).steps",
    "unions of classes": "class A:\n    pass\nr1 = isinstance(3, int | str); r2 = isinstance(2.5, int | str | None); r3 = isinstance(None, int | None); r4 = isinstance(A(), A | int); r5 = isinstance([], list | tuple | dict); r6 = 1 | 2; r7 = {'a': 1} | {'b': 2}; r8 = isinstance((int | str,), tuple)\ndef f(x: int | None = None) -> list | tuple:\n    return [x]\nr9 = f()",
    "abstract containers": "from collections import OrderedDict, deque, abc\nimport numbers, typing\nr1 = [isinstance(v, abc.Mapping) for v in ([], {}, (), 'a', 3, None)]; r2 = [isinstance(v, abc.Sequence) for v in ([], {}, (), 'a', 3)]; r3 = isinstance([], OrderedDict); r4 = isinstance(3, numbers.Integral); r5 = isinstance((), deque); r6 = isinstance(2.5, numbers.Number); r7 = isinstance('a', typing.Sequence); r8 = isinstance(OrderedDict(), dict)",
    "the text of a class": "r1 = str(type(3)); r2 = repr(type([])); r3 = str(int); r4 = str(type(None)); r5 = 'Dataset' in str(type({}))",
    "numbers in bytes": "r1 = 97 in b'abc'; r2 = b'b' in b'abc'\ntry:\n    300 in b'abc'\nexcept ValueError:\n    pass\n",
    "what a function takes": "import inspect\nclass A:\n    def __init__(self, a, *b, c=1, **d):\n        pass\n    def m(self, x, /, y):\n        pass\nr1 = list(inspect.signature(A).parameters); r2 = list(inspect.signature(A.__init__).parameters); r3 = list(inspect.signature(A(1).m).parameters.keys()); r4 = {k: v for k, v in {'a': 1, 'z': 2}.items() if k in inspect.signature(A.__init__).parameters}",
    "attributes set past the class": "class A:\n    def __init__(self):\n        self.a = 1\n        self.b = 2\n        self.c = 3\n    def __setattr__(self, name, value):\n        if name == 'b':\n            return object.__setattr__(self, name, value)\n        super().__setattr__(name, value * 10)\n    @property\n    def a(self):\n        return self.x\n    @a.setter\n    def a(self, value):\n        self.x = value + 1\nk = A(); r1 = k.a; r2 = k.b; r3 = k.c; object.__setattr__(k, 'd', 5); r4 = k.d",
    "leaving": "import sys\ndef f(x):\n    if x:\n        sys.exit(3)\n    return 2\ndef g(x):\n    try:\n        return f(x)\n    except SystemExit:\n        return 'left'\nr1 = g(0); r2 = g(1)\ntry:\n    exit()\n    r3 = 1\nexcept BaseException:\n    r3 = 2\ntry:\n    try:\n        f(1)\n    except Exception:\n        r4 = 1\nexcept SystemExit:\n    r4 = 2",
    "callable": "class A:\n    def __call__(self):\n        pass\nr1 = callable(A()); r2 = callable(3); r3 = callable(len); r4 = callable(lambda: 0); r5 = callable(A)",
    "zip strict and star": "a = [(1, 'a'), (2, 'b')]; x, y = zip(*a); r1 = x; r2 = y; r3 = [*zip(range(2), 'ab')]; r4 = dict(zip('ab', [1, 2]))",
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


@pytest.mark.parametrize("name", SNIPPETS)
def test_names_are_what_python_makes_them(name: str) -> None:
    source = SNIPPETS[name]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, name, "exec", dont_inherit=True), namespace)
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
