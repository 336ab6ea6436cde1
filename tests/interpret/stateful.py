"""Grows programs whose loops change things by way of methods and functions, and ask in conditions what has become of them."""

from __future__ import annotations

from .unknown_inputs import INPUTS, WithInputs

SETUPS = {
    "object": """
class {C}:
    made = 0
    def __init__(self, size):
        self.size, self.n, self.rows, self.table = size, 0, [], {{}}
        self.best, self.done, self.mode = None, False, 'a'
        {C}.made += 1
    def step(self, x):
{step}
    def turn(self, x):
{turn}
    def full(self):
        return len(self.rows) >= self.size
    @property
    def late(self):
        return self.n > self.size
    def __len__(self):
        return len(self.rows)
    def __call__(self, x):
        self.n += 1
        return self.n % 2 == 0
{o} = {C}({size})
""",
    "subclass": """
class {C}Base:
    def __init__(self):
        self.n, self.rows, self.best, self.done, self.table, self.mode = 0, [], None, False, {{}}, 'a'
        self.size = {size}
    def step(self, x):
{step}
class {C}({C}Base):
    def step(self, x):
        super().step(x)
        self.done = self.n > self.size
    def turn(self, x):
{turn}
    def full(self):
        return self.size < len(self.rows)
    late = property(lambda self: self.size <= self.n)
    def __len__(self):
        return self.n
    def __call__(self, x):
        return self.full()
{o} = {C}()
""",
    "dataclass": """
from dataclasses import dataclass, field
@dataclass
class {C}:
    size: int = {size}
    n: int = 0
    best: object = None
    done: bool = False
    mode: str = 'a'
    rows: list = field(default_factory=list)
    table: dict = field(default_factory=dict)
    def step(self, x):
{step}
    def turn(self, x):
{turn}
    def full(self):
        full = len(self.rows) >= self.size
        return full
    @property
    def late(self):
        return self.n >= self.size
    def __len__(self):
        return len(self.table)
    def __call__(self, x):
        self.step(x)
        return self.late
{o} = {C}()
""",
}
"""Classes whose instances change."""

OTHERS = {
    "global": """
{p}n, {p}rows, {p}best = 0, [], None
def {p}do(x):
    global {p}n, {p}best
    {p}n += {k}
    {p}rows.append(x)
    if {p}best is None or x < {p}best:
        {p}best = x
def {p}ask():
    return {p}n > {size}
""",
    "closure": """
def {p}make():
    n, rows, best = 0, [], None
    def do(x):
        nonlocal n, best
        n += {k}
        rows.append(x)
        if x > 2:
            best = n
    def ask():
        return n >= {size}
    def get():
        return n, len(rows), best
    return do, ask, get
{p}do, {p}ask, {p}get = {p}make()
""",
    "dict": """
{p}d = {{'n': 0, 'rows': [], 'best': None}}
def {p}change(d, x):
    d['n'] += {k}
    d['rows'].append(x)
    if d['n'] > {size}:
        d['best'] = x
def {p}do(x):
    {p}change({p}d, x)
def {p}ask():
    return {p}d['best'] is not None
""",
    "generator": """
def {p}count():
    n = 0
    while True:
        n += 1
        yield n % {k}0 == {size}
{p}g = {p}count()
{p}last = []
def {p}do(x):
    {p}last[:] = [next({p}g)]
def {p}ask():
    return next({p}g)
""",
    "class attribute": """
class {p}C:
    n, rows, best = 0, [], None
    @classmethod
    def do(cls, x):
        cls.n += {k}
        cls.rows.append(x)
        if len(cls.rows) > {size}:
            cls.best = x
    @staticmethod
    def ask():
        return {p}C.best is not None or {p}C.n > {size}
{p}do, {p}ask = {p}C.do, {p}C.ask
""",
}
"""State that a function changes and another one asks about."""

SEEN = {
    "global": ["{p}n", "len({p}rows)", "{p}best"],
    "closure": ["{p}get()"],
    "dict": ["{p}d['n']", "len({p}d['rows'])", "{p}d['best']"],
    "generator": ["len({p}last)", "next({p}g)"],
    "class attribute": ["{p}C.n", "len({p}C.rows)", "{p}C.best"],
}
"""What can be seen of it."""


class Stateful(WithInputs):
    """Writes a program that makes a few things that change, changes them in loops over inputs, and looks at them."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        if not {"ulist", "uint"} & set(self.inputs):
            self.inputs.append(self.pick("ulist", "uint"))
            self.names[self.inputs[-1]] = INPUTS[self.inputs[-1]][0]
        self.objects: list[str] = []
        self.others: list[tuple[str, str]] = []

    def program(self, length: int) -> str:
        for _ in range(self.chance.choice([1, 1, 2])):
            self.thing()
        self.flag = self.fresh("bool")
        self.write(0, f"{self.flag} = False")
        for _ in range(self.chance.choice([1, 1, 1, 2])):
            self.work(0)
        self.look()
        return "\n".join(self.lines) + "\n"

    def size(self) -> str:
        return str(self.chance.randint(0, 4))

    def thing(self) -> None:
        """Something that changes: an instance, or what functions keep."""
        self.count += 1
        if self.chance.random() < 0.7:
            name = f"o{self.count}"
            text = SETUPS[self.chance.choice(list(SETUPS))].format(
                C=f"C{self.count}", o=name, size=self.size(), step=self.method(), turn=self.method()
            )
            self.objects.append(name)
            if self.chance.random() < 0.25:
                self.objects = [*self.objects[:-1], self.pick(f"l{name}[0]", f"l{name}[-1]", f"d{name}['k']")]
                text += f"l{name} = [{name}]\nd{name} = {{'k': {name}}}\n"
        else:
            kind, prefix = self.chance.choice(list(OTHERS)), f"s{self.count}"
            text = OTHERS[kind].format(p=prefix, k=self.pick("1", "2"), size=self.size())
            self.others.append((kind, prefix))
        self.lines += text.strip("\n").split("\n")

    def method(self) -> str:
        """The body of a method that changes its instance."""
        lines: list[str] = []
        for _ in range(self.chance.choice([1, 2, 2])):
            change = self.own_change()
            if self.chance.random() < 0.4:
                lines += [f"        if {self.condition('self')}:", *(f"            {part}" for part in change)]
                if self.chance.random() < 0.3:
                    lines += ["        else:", *(f"            {part}" for part in self.own_change())]
            else:
                lines += [f"        {part}" for part in change]
        if self.chance.random() < 0.3:
            lines.append(f"        return {self.condition('self')}")
        return "\n".join(lines)

    def own_change(self) -> list[str]:
        return self.chance.choice([
            ["self.n += 1"], ["self.n += 1"], ["self.n -= 2"], ["self.rows.append(x)"], ["self.rows.append(self.n)"],
            ["rows = self.rows", "rows.append(x)"], ["self.rows = self.rows[-2:]"], ["self.rows = []"], ["self.rows.clear()"],
            ["self.table[x] = self.n"], ["self.table['n'] = self.table.get('n', 0) + 1"], ["self.done = True"],
            ["self.done = not self.done"], ["self.mode = 'b' if self.mode == 'a' else 'a'"], ["self.mode += 'c'"],
            ["if self.best is None or x < self.best:", "    self.best = x"], ["self.best = self.n"], ["self.best = None"],
            ["self.size += 1"], ["for _ in range(2):", "    self.n += 1"], ["setattr(self, 'n', self.n + 1)"],
        ])  # fmt: skip

    def condition(self, of: str) -> str:
        """What may be asked of an instance."""
        return self.chance.choice([
            f"{of}.n > {self.size()}", f"{of}.n % 3 == {self.pick('0', '1', '2')}", f"len({of}.rows) > {self.size()}", f"{of}.full()", f"{of}.late",
            f"{of}.best is None", f"{of}.best is not None", f"not {of}.rows", f"{of}.done", f"{of}.mode == 'a'", f"'n' in {of}.table",
            f"len({of}.table) > {self.size()}", f"len({of}) > {self.size()}", f"{of}.rows and {of}.rows[-1] == 2",
            f"not {of}.done and {of}.n >= {self.size()}",
        ])  # fmt: skip

    def ask(self) -> str:
        """A condition about what changes, or another one."""
        options = [self.condition(name) for name in self.objects]
        options += [f"{name}({self.size()})" for name in self.objects]
        options += [f"{prefix}ask()" for _, prefix in self.others]
        options += [f"{p}n == {self.size()}" for kind, p in self.others if kind == "global"]
        options += [f"len({p}d['rows']) > {self.size()}" for kind, p in self.others if kind == "dict"]
        options += [self.flag if self.chance.random() < 0.5 else f"not {self.flag}", self.expression("bool", 1)]
        return self.chance.choice(options)

    def act(self, indent: int) -> None:
        """Something that changes what the program has made, or a name."""
        x = self.expression("int", 0)
        options = [f"{name}.{self.pick('step', 'turn')}({x})" for name in self.objects]
        options += [f"{prefix}do({x})" for _, prefix in self.others]
        options += [f"{name}.{self.pick('n += 1', 'rows.append(1)', 'done = True')}" for name in self.objects]
        choice = self.chance.random()
        if choice < 0.65:
            self.write(indent, self.chance.choice(options))
        elif choice < 0.8:
            self.write(indent, f"{self.flag} = {self.ask()}")
        elif choice < 0.9:
            self.write(indent, f"{self.flag} = True")
        else:
            self.write(indent, f"{self.flag} = not {self.flag}")

    def work(self, indent: int) -> None:
        """A loop whose turns nobody can count, mostly."""
        over = [text for name, text in (("ulist", "ulist"), ("uint", "range(uint)")) if name in self.inputs]
        kind = self.chance.random()
        if kind < 0.65:
            item = self.fresh("int")
            self.write(indent, f"{item} = 0")
            self.write(indent, f"for {item} in {self.chance.choice(over)}:")
        elif kind < 0.75:
            item = self.fresh("int")
            self.write(indent, f"{item} = 0")
            self.write(indent, f"for {item} in range({self.chance.randint(2, 6)}):")
        else:
            self.count += 1
            source = f"i{self.count}"
            self.write(indent, f"{source} = iter([*{over[0]}])")
            self.write(indent, self.pick("while True:", f"while not {self.flag}:"))
            self.write(indent + 1, f"if next({source}, None) is None:")
            self.write(indent + 2, "break")
        before = dict(self.names)
        for _ in range(self.chance.choice([1, 2, 3])):
            self.act(indent + 1)
        for _ in range(self.chance.choice([1, 1, 2])):
            self.write(indent + 1, f"if {self.ask()}:")
            self.act(indent + 2)
            if self.chance.random() < 0.15:
                self.write(indent + 2, self.pick("break", "continue"))
            elif self.chance.random() < 0.3:
                self.write(indent + 1, "else:")
                self.act(indent + 2)
        if indent == 0 and self.chance.random() < 0.2:
            self.work(indent + 1)
        self.names = before

    def look(self) -> None:
        """What the program says of it in the end."""
        for name in self.objects:
            for part in ("n", "done", "best", "mode", "size"):
                self.write(0, f"{self.fresh('int')} = {name}.{part}")
            self.write(0, f"{self.fresh('int')} = len({name}.rows)")
            self.write(0, f"{self.fresh('int')} = sorted({name}.table, key=str)")
            self.write(0, f"{self.fresh('int')} = {name}.full()")
        for kind, prefix in self.others:
            for text in SEEN[kind]:
                self.write(0, f"{self.fresh('int')} = {text.format(p=prefix)}")
