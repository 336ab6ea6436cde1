"""Classes on top of Python's own containers, numbers and texts: what is in their objects is not followed, and nothing wrong is said of them."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse

PROGRAMS = {
    "list": """
class Own(list):
    def total(self):
        return sum(self) + len(self) + self[0] + self[-1]
a = Own([1, 2, 3])
a.append(4)
a.extend([3])
a += [4]
b, c = a + [1], a * 2
d = [0] + a
a.sort()
a.pop()
x, *y = a
e = a.total()
f = [list(a), tuple(a), max(a), sorted(a), len(a), a[1:2], list(zip(a, a)), list(enumerate(a)), 1 in a, bool(a), iter(a)]
for item in a:
    n = item + 1
g = [item for item in a]
""",
    "tuple": """
class Own(tuple):
    def __new__(cls, a):
        return super().__new__(cls, (a, a))
t = Own(1)
a, b = t
c = [t + (1,), (1,) + t, t * 2, t[0], len(t), hash(t), t == (1, 1), t.index(1), t.count(1), list(t), iter(t)]
for item in t:
    n = item + 1
""",
    "dict": """
class Own(dict):
    def names(self):
        return sorted(self.keys()) + list(self.values()) + [self["a"]]
    def __missing__(self, key):
        return 1
d = Own(a=1)
d["b"] = 2
d.update(c=3)
e = [d.get("a"), d.names(), dict(d), {**d}, len(d), "a" in d, d | d, d.setdefault("e", 1), d["zz"], list(d)]
for key in d:
    n = key + "x"
""",
    "str": """
class Own(str):
    pass
s = Own("a")
t = [s + "b", "b" + s, s * 2, s.upper(), s[0], len(s), f"{s}", s in "abc", "b" in s, s.split(), "x".join(s), s == "a", list(s)]
for letter in s:
    n = letter + "x"
""",
    "int": """
class Own(int):
    pass
i = Own(3)
t = [i + 1, 1 + i, range(i), [0] * i, "a" * i, -i, i == 3, i < 4, float(i), str(i), divmod(i, 2), bool(i), [1, 2, 3, 4][i]]
""",
    "float": """
class Own(float):
    pass
f = Own(3.0)
t = [f / 10, f**2, int(f), round(f), f + 1, 1 + f, -f, f < 4]
""",
    "set": """
class Own(set):
    pass
s = Own([1])
s.add(2)
t = [s | {1}, {1} | s, s & s, 1 in s, len(s), s.union([3]), sorted(s), [q for q in s]]
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_python_does_is_no_fault(name: str) -> None:
    exec(compile(PROGRAMS[name], name, "exec"), {"__name__": name})  # Python itself accepts all of it
    program = follow(parse(Source("own.py", PROGRAMS[name])))
    assert not [fault.message for fault in program.faults]
    assert not [gap.reason for gap in program.gaps if "too deeply" in gap.reason or "raises" in gap.reason]
