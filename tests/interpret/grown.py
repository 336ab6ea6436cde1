"""Grows small Python programs at random, type by type so that most of them run."""

from __future__ import annotations

import random
from collections.abc import Callable


class Grower:
    """Writes one program; every name it binds at the top begins with `v`."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.names: dict[str, str] = {}
        self.functions: list[tuple[str, int]] = []
        self.lines: list[str] = []
        self.count = 0
        self.depth = 0

    # expressions ------------------------------------------------------------------------------------------------------

    def pick(self, *options: str) -> str:
        return self.chance.choice(options)

    def name(self, kind: str) -> str | None:
        found = [n for n, k in self.names.items() if k == kind]
        return self.chance.choice(found) if found else None

    def expression(self, kind: str, deep: int = 2) -> str:
        """An expression of a kind: int, str, bool, list, dict, tuple, set, float."""
        known = self.name(kind)
        if known is not None and self.chance.random() < (0.4 if deep else 0.8):
            return known
        if deep <= 0:
            return self.literal(kind)
        make: dict[str, Callable[[int], str]] = {
            "int": self.number, "str": self.text, "bool": self.truth, "list": self.row, "dict": self.mapping, "tuple": self.pair,
            "set": self.group, "float": self.real,
        }  # fmt: skip
        return make[kind](deep - 1)

    def other(self, kind: str, deep: int) -> str:
        """The second operand of what makes a row longer: in a block, which may be a loop, one that doesn't grow."""
        return self.literal(kind) if self.depth else self.expression(kind, deep)

    def literal(self, kind: str) -> str:
        c = self.chance
        if kind == "int":
            return str(c.randint(-3, 9))
        if kind == "str":
            return repr(c.choice(["", "a", "lstm", "Ab c", "x,y", "%d", "{}"]))
        if kind == "bool":
            return self.pick("True", "False")
        if kind == "float":
            return self.pick("0.5", "2.0", "-1.25", "1e3")
        if kind == "list":
            return f"[{', '.join(str(c.randint(0, 5)) for _ in range(c.randint(0, 4)))}]"
        if kind == "tuple":
            return f"({c.randint(0, 5)}, {c.randint(0, 5)})"
        if kind == "set":
            return f"{{{c.randint(0, 3)}, {c.randint(0, 3)}}}"
        return f"{{'a': {c.randint(0, 5)}, 'b': {c.randint(0, 5)}}}"

    def number(self, deep: int) -> str:
        e = self.expression
        options = [
            lambda: (
                f"({e('int', deep)} {self.pick('+', '-', '*')} {self.literal('int') if self.depth else e('int', deep)})"
            ),
            lambda: f"({e('int', deep)} {self.pick('//', '%')} {self.pick('2', '3', '-4')})",
            lambda: f"len({e(self.pick('list', 'str', 'dict', 'tuple', 'set'), deep)})",
            lambda: f"sum({e('list', deep)})",
            lambda: f"max({e('int', deep)}, {e('int', deep)})",
            lambda: f"min([{e('int', deep)}, *{e('list', deep)}])",
            lambda: f"abs({e('int', deep)})",
            lambda: f"({e('int', deep)} if {e('bool', deep)} else {e('int', deep)})",
            lambda: f"{e('dict', deep)}.get({self.pick(repr('a'), repr('b'), repr('z'))}, {e('int', deep)})",
            lambda: f"{e('tuple', deep)}[{self.pick('0', '1', '-1')}]",
            lambda: f"next(iter({e('list', deep)}), {e('int', deep)})",
            lambda: f"{e('list', deep)}.count({e('int', deep)})",
            lambda: f"{e('str', deep)}.find({e('str', deep)})",
            lambda: f"int({e(self.pick('float', 'bool', 'int'), deep)})",
            lambda: f"(lambda x, y={e('int', deep)}: x - y)({e('int', deep)})",
            lambda: f"sum(x * {e('int', 0)} for x in {e('list', deep)} if x > {e('int', 0)})",
            lambda: f"({e('int', deep)} {self.pick('&', '|', '^')} {e('int', deep)})",
        ]
        if self.functions:
            function, count = self.chance.choice(self.functions)
            options.append(lambda: f"{function}({', '.join(e('int', deep) for _ in range(count))})")
        return self.chance.choice(options)()

    def real(self, deep: int) -> str:
        e = self.expression
        return self.chance.choice([
            lambda: f"({e('float', deep)} {self.pick('+', '-', '*')} {e('int', deep)})",
            lambda: f"({e('int', deep)} / {self.pick('2', '4', '-8')})",
            lambda: f"float({e('int', deep)})",
            lambda: f"round({e('float', deep)}, 1)",
        ])()  # fmt: skip

    def text(self, deep: int) -> str:
        e = self.expression
        return self.chance.choice([
            lambda: f"({e('str', deep)} + {self.other('str', deep)})",
            lambda: f"str({e(self.pick('int', 'bool', 'list', 'tuple', 'dict', 'float'), deep)})",
            lambda: f"f'{{{self.name('int') or '1'}}}-{{{self.name('str') or '2'}!r}}'",
            lambda: f"{e('str', deep)}.{self.pick('upper', 'strip', 'title', 'swapcase')}()",
            lambda: f"{e('str', deep)}[{self.pick('::-1', '1:', ':2', '-3:')}]",
            lambda: f"','.join(str(x) for x in {e(self.pick('list', 'tuple'), deep)})",
            lambda: f"'%s/%s' % ({e('int', deep)}, {self.other('str', deep)})",
            lambda: f"'{{}}:{{k}}'.format({e('int', deep)}, k={self.other('str', deep)})",
            lambda: f"({self.literal('str')} * {self.pick('0', '2')})",
            lambda: f"{e('str', deep)}.replace('a', {self.literal('str')})",
        ])()  # fmt: skip

    def truth(self, deep: int) -> str:
        e = self.expression
        return self.chance.choice([
            lambda: f"({e('int', deep)} {self.pick('<', '<=', '>', '>=', '==', '!=')} {e('int', deep)})",
            lambda: f"({e('int', deep)} {self.pick('in', 'not in')} {e(self.pick('list', 'tuple', 'set'), deep)})",
            lambda: f"({e('bool', deep)} {self.pick('and', 'or')} {e('bool', deep)})",
            lambda: f"(not {e(self.pick('bool', 'list', 'int', 'str', 'dict'), deep)})",
            lambda: f"({e('list', deep)} == {e('list', deep)})",
            lambda: f"isinstance({e(self.pick('int', 'str', 'list', 'bool', 'float'), deep)}, {self.pick('int', 'str', '(list, tuple)', 'bool')})",
            lambda: f"{self.pick('any', 'all')}({e('list', deep)})",
            lambda: f"({self.pick(repr('a'), repr('q'))} in {e('dict', deep)})",
            lambda: f"bool({e(self.pick('int', 'str', 'list'), deep)})",
            lambda: f"({e('tuple', deep)} < {e('tuple', deep)})",
            lambda: f"({e('int', deep)} < {e('int', deep)} <= {e('int', deep)})",
        ])()  # fmt: skip

    def row(self, deep: int) -> str:
        e = self.expression
        return self.chance.choice([
            lambda: f"[x {self.pick('+', '*')} {e('int', 0)} for x in {e('list', deep)}]",
            lambda: f"({e('list', deep)} + {self.other('list', deep)})",
            lambda: f"list(range({e('int', 0)} % 5))",
            lambda: f"sorted({e(self.pick('list', 'set'), deep)}, reverse={e('bool', 0)})",
            lambda: f"{e('list', deep)}[{self.pick('1:', ':2', '::-1', '-2:')}]",
            lambda: f"list(map(lambda x: x % 3, {e('list', deep)}))",
            lambda: f"[a - b for a, b in zip({e('list', deep)}, {e('list', deep)})]",
            lambda: f"[i * x for i, x in enumerate({e('list', deep)})]",
            lambda: f"list({e('dict', deep)}.values())",
            lambda: f"[*{e('tuple', deep)}, {e('int', deep)}]",
            lambda: f"list(filter(lambda x: x > {e('int', 0)}, {e('list', deep)}))",
            lambda: f"({self.other('list', deep)} * {self.pick('0', '1', '2')})",
            lambda: f"list(reversed({e('list', deep)}))",
        ])()  # fmt: skip

    def mapping(self, deep: int) -> str:
        e = self.expression
        return self.chance.choice([
            lambda: f"{{**{e('dict', deep)}, {self.pick(repr('a'), repr('c'))}: {e('int', deep)}}}",
            lambda: f"{{str(x): x for x in {e('list', deep)}}}",
            lambda: f"dict(a={e('int', deep)}, b={e('int', deep)})",
            lambda: f"dict(zip(['a', 'b'], {e('tuple', deep)}))",
            lambda: f"({e('dict', deep)} | {e('dict', deep)})",
        ])()  # fmt: skip

    def pair(self, deep: int) -> str:
        e = self.expression
        return self.chance.choice([
            lambda: f"({e('int', deep)}, {e('int', deep)})",
            lambda: f"divmod({e('int', deep)}, 3)",
            lambda: f"{e('tuple', deep)}[::-1]",
        ])()  # fmt: skip

    def group(self, deep: int) -> str:
        e = self.expression
        return self.chance.choice([
            lambda: f"set({e('list', deep)})",
            lambda: f"({e('set', deep)} {self.pick('|', '&', '-', '^')} {e('set', deep)})",
            lambda: f"{{x % 2 for x in {e('list', deep)}}}",
        ])()  # fmt: skip

    # statements -------------------------------------------------------------------------------------------------------

    KINDS = ("int", "int", "int", "str", "bool", "list", "list", "dict", "tuple", "set", "float")

    def write(self, indent: int, line: str) -> None:
        self.lines.append("    " * indent + line)

    def fresh(self, kind: str) -> str:
        self.count += 1
        name = f"v{self.count}"
        self.names[name] = kind
        return name

    def block(self, indent: int, length: int) -> None:
        """Statements in a block that may not be reached: what they bind first is not used after it."""
        before = dict(self.names)
        self.depth += 1
        for _ in range(length):
            self.statement(indent)
        self.depth -= 1
        self.names = before

    def statement(self, indent: int) -> None:
        c = self.chance
        simple = [self.assign, self.assign, self.change, self.mutate, self.unpack]
        deep = [
            self.branch,
            self.loop,
            self.repeat,
            self.attempt,
            self.choose,
            self.function,
            self.klass,
            self.generator,
        ]
        run = c.choice(simple + deep if self.depth < 2 else simple)
        if run in (self.function, self.klass, self.generator) and indent:
            run = self.assign
        run(indent)

    def assign(self, indent: int) -> None:
        kind = self.chance.choice(self.KINDS)
        value = self.expression(kind, 3)
        old = self.name(kind)
        target = old if old is not None and self.chance.random() < 0.4 else self.fresh(kind)
        self.write(indent, f"{target} = {value}")

    def change(self, indent: int) -> None:
        kind = self.pick("int", "str", "list", "set", "dict")
        target = self.name(kind)
        if target is None:
            return self.assign(indent)
        symbol = {
            "int": self.pick("+", "-", "*", "//"),
            "str": "+",
            "list": "+",
            "set": self.pick("|", "&", "-"),
            "dict": "|",
        }[kind]
        value = self.pick("2", "3") if symbol == "//" else self.other(kind, 1)
        self.write(indent, f"{target} {symbol}= {value}")
        return None

    def mutate(self, indent: int) -> None:
        e = self.expression
        row, mapping = self.name("list"), self.name("dict")
        if row is not None and (mapping is None or self.chance.random() < 0.6):
            self.write(indent, self.chance.choice([
                f"{row}.append({e('int', 1)})",
                f"{row}.extend({self.other(self.pick('list', 'tuple'), 1)})",
                f"{row}.insert({self.pick('0', '1', '-1')}, {e('int', 1)})",
                f"{row}.sort(reverse={e('bool', 0)})",
                f"{row}[:1] = {self.other('list', 1)}",
                f"{self.fresh('list')} = {row}",
                f"{row}.reverse()",
                f"del {row}[1:2]",
            ]))  # fmt: skip
        elif mapping is not None:
            self.write(indent, self.chance.choice([
                f"{mapping}[{self.pick(repr('a'), repr('k'))}] = {e('int', 1)}",
                f"{mapping}.update({e('dict', 1)})",
                f"{mapping}.setdefault('s', {e('int', 1)})",
                f"{mapping}.pop('a', None)",
            ]))  # fmt: skip
        else:
            self.assign(indent)

    def unpack(self, indent: int) -> None:
        value = self.expression("tuple", 2)
        more = self.expression("list", 2)
        first, second = self.fresh("int"), self.fresh("int")
        if self.chance.random() < 0.5:
            self.write(indent, f"{first}, {second} = {value}")
        else:
            self.write(indent, f"{first}, *{self.fresh('list')}, {second} = *{value}, *{more}")

    def branch(self, indent: int) -> None:
        self.write(indent, f"if {self.expression('bool', 2)}:")
        self.block(indent + 1, 2)
        if self.chance.random() < 0.6:
            self.write(indent, "else:")
            self.block(indent + 1, 2)

    def loop(self, indent: int) -> None:
        over = self.pick(
            f"range({self.chance.randint(0, 4)})", f"list({self.expression('list', 1)})", self.expression("tuple", 1)
        )
        self.each(indent, over)
        if self.chance.random() < 0.3:
            self.write(indent, "else:")
            self.block(indent + 1, 1)

    def each(self, indent: int, over: str) -> None:
        """A loop that may end early, or leave out the rest of a turn."""
        name = self.fresh("int")
        self.write(indent, f"{name} = 0")
        self.write(indent, f"for {name} in {over}:")
        self.block(indent + 1, 2)
        if self.chance.random() < 0.4:
            self.write(indent + 1, f"if {self.expression('bool', 1)}:")
            self.write(indent + 2, self.pick("break", "continue"))

    def repeat(self, indent: int) -> None:
        name = self.fresh("int")
        self.names.pop(name)
        self.write(indent, f"{name} = {self.chance.randint(0, 4)}")
        self.write(indent, f"while {name} > 0:")
        self.write(indent + 1, f"{name} -= 1")
        self.block(indent + 1, 2)
        self.names[name] = "int"

    def attempt(self, indent: int) -> None:
        error = self.pick("ValueError", "KeyError", "ZeroDivisionError", "IndexError")
        raising = {
            "ValueError": "int('x')", "KeyError": "{}['no']", "ZeroDivisionError": "1 // 0", "IndexError": "[][1]",
        }[error]  # fmt: skip
        self.write(indent, "try:")
        self.block(indent + 1, 1)
        if self.chance.random() < 0.6:
            self.write(indent + 1, self.pick(raising, f"raise {error}", f"raise {error}('no')"))
        self.write(indent, f"except {self.pick(error, 'Exception', f'(TypeError, {error})')}:")
        self.block(indent + 1, 1)
        if self.chance.random() < 0.4:
            self.write(indent, "finally:")
            self.block(indent + 1, 1)

    def choose(self, indent: int) -> None:
        self.write(indent, f"match {self.expression(self.pick('int', 'tuple', 'list'), 1)}:")
        for pattern in self.chance.sample(["0 | 1", "[]", "[a]", "[a, *b]", "(a, b)", "int()", "2"], 2):
            self.write(indent + 1, f"case {pattern}:")
            self.block(indent + 2, 1)
        self.write(indent + 1, "case _:")
        self.block(indent + 2, 1)

    def function(self, indent: int) -> None:
        self.count += 1
        name, outer = f"f{self.count}", self.names
        count = self.chance.randint(1, 2)
        arguments = [f"p{i}" for i in range(count)]
        self.names = {
            **{n: k for n, k in outer.items() if k in ("int", "str", "list")},
            **dict.fromkeys(arguments, "int"),
        }
        self.write(indent, f"def {name}({', '.join(arguments)}, *rest, k={self.literal('int')}):")
        if self.chance.random() < 0.5:
            self.write(indent + 1, f"if {self.expression('bool', 1)}:")
            self.write(indent + 2, f"return {self.expression('int', 1)}")
        local = f"w{self.count}"
        self.write(indent + 1, f"{local} = {self.expression('int', 2)}")
        self.write(indent + 1, f"return {local} + k + len(rest)")
        self.names = outer
        self.functions.append((name, count))

    def klass(self, indent: int) -> None:
        self.count += 1
        name = f"C{self.count}"
        self.write(indent, f"class {name}:")
        self.write(indent + 1, f"shared = {self.literal('list')}")
        self.write(indent + 1, f"def __init__(self, n={self.literal('int')}):")
        self.write(indent + 2, "self.n = n")
        self.write(indent + 1, "def add(self, x):")
        self.write(indent + 2, "self.n += x")
        self.write(indent + 2, "self.shared.append(x)")
        self.write(indent + 2, "return self")
        self.write(indent + 1, "@property")
        self.write(indent + 1, "def double(self):")
        self.write(indent + 2, "return self.n * 2")
        self.write(indent, f"o{name} = {name}({self.expression('int', 1)}).add({self.expression('int', 1)}).add(1)")
        self.write(indent, f"{self.fresh('int')} = o{name}.double")
        self.write(indent, f"{self.fresh('list')} = {name}.shared")
        self.write(indent, f"{self.fresh('int')} = getattr(o{name}, 'm', 3) + o{name}.n")

    def generator(self, indent: int) -> None:
        self.count += 1
        name = f"g{self.count}"
        self.write(indent, f"def {name}(n):")
        self.write(indent + 1, "for i in range(n):")
        self.write(indent + 2, f"if {self.pick('i % 2', 'i > 1', 'True')}:")
        self.write(indent + 3, "yield i * 2")
        self.write(indent + 1, f"yield from {self.literal('list')}")
        target = self.fresh("list")
        self.write(indent, f"{target} = list({name}({self.chance.randint(0, 4)}))")
        self.write(indent, f"i{name} = {name}(3)")
        self.write(indent, f"{self.fresh('int')} = next(i{name}, -1)")
        self.write(indent, f"{self.fresh('list')} = [x for x in i{name}]")

    def program(self, length: int = 12) -> str:
        """The source."""
        for kind in ("int", "str", "list", "dict", "tuple", "bool"):
            self.write(0, f"{self.fresh(kind)} = {self.literal(kind)}")
        for _ in range(length):
            self.statement(0)
        return "\n".join(self.lines) + "\n"
