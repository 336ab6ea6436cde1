"""Functions and classes that nobody calls are followed again only for decisions made in them; nothing that is found depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstmlint.interpret import apart, follow, uncalled
from lstmlint.program import Program
from lstmlint.runner import Options, check_bytes
from lstmlint.source import Source
from lstmlint.summary import model_record
from lstmlint.syntax import parse

HEAD = "import sys\nimport keras\nfrom keras.layers import LSTM, Dense\n"

PROGRAMS = {
    "functions": "".join(
        f"def build_{n}(deep, wide):\n"
        f"    model = keras.Sequential([keras.Input((10, {n + 1}))])\n"
        "    if deep:\n        model.add(LSTM(8))\n"
        "    model.add(LSTM(4, return_sequences=True))\n"
        "    if wide:\n        model.add(Dense(-1))\n"
        "    return model\n"
        for n in range(4)
    ),
    "a name of the module": (
        "model = None\n"
        "def build(deep):\n    global model\n    model = keras.Sequential([keras.Input((10, 3)), LSTM(4)])\n"
        "    if deep:\n        model.add(LSTM(8))\n"
        "def train(x, fast):\n    if fast:\n        model.compile('adam', 'mse')\n    model.fit(x, x)\n    return model.output_shape\n"
    ),
    "an object of the module": (
        "model = keras.Sequential([keras.Input((10, 3))])\nsizes = {}\n"
        "def grow(deep):\n    if deep:\n        model.add(LSTM(4))\n    sizes['units'] = -4\n"
        "def end(wide):\n    if wide:\n        model.add(LSTM(sizes['units']))\n    model.add(LSTM(3))\n"
    ),
    "a class of the module": (
        "class Count:\n    units = 4\n"
        "def first(deep):\n    if deep:\n        Count.units = -4\n    return Dense(3)\n"
        "def second(wide):\n    return Dense(Count.units) if wide else LSTM(Count.units)\n"
    ),
    "a function's attribute": (
        "def first(deep):\n    if deep:\n        first.units = -4\n    return Dense(3)\n"
        "def second(wide):\n    return Dense(first.units) if wide else LSTM(first.units)\n"
    ),
    "methods": (
        "class Net:\n"
        "    def __init__(self, units):\n        self.units = units\n        self.model = None\n"
        "    def build(self, deep):\n        self.model = keras.Sequential([keras.Input((10, 3)), LSTM(self.units)])\n"
        "        if deep:\n            self.model.add(LSTM(4))\n"
        "    def end(self, wide):\n        if wide:\n            self.model.add(LSTM(5))\n        self.model.add(Dense(1))\n"
        "    def other(self, a, b):\n        if a:\n            Dense(-1)\n        if b:\n            return Dense(-2)\n"
    ),
    "one condition in two functions": (
        "def first():\n    return Dense(-1 if len(sys.argv) > 1 else 2)\n"
        "def second():\n    return Dense(3 if len(sys.argv) > 1 else -4)\n"
    ),
    "a function calls another on one side": (
        "def outer(deep):\n    if deep:\n        return inner(4)\n    return Dense(-1)\n"
        "def inner(units):\n    return LSTM(units)(keras.Input((3,)))\n"
        "def last(wide):\n    return Dense(-2) if wide else inner(3)\n"
    ),
    "a class in a function": (
        "def make(deep):\n    class Inner:\n        def run(self, wide):\n            return Dense(-1) if wide else Dense(-2)\n"
        "    return Inner if deep else None\n"
    ),
}  # fmt: skip


def found(text: str) -> tuple[list[tuple[str, int, int, str]], list[object]]:
    result = check_bytes((HEAD + text).encode(), "program.py", Options())
    said = [(f.code, f.span.row, f.span.column, f.message) for f in result.findings]
    return said, [model_record(site) for site in result.program.models]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_same_is_found_as_when_everything_is_followed_again(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = found(PROGRAMS[name])
    monkeypatch.setattr(apart.Apart, "finish", lambda self: None)  # nothing counts as apart
    assert here == found(PROGRAMS[name])


def counted(source: Source, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Program]:
    """How often something that nobody calls was followed, and the program."""
    calls = 0
    try_call = uncalled._try_call

    def one(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        return try_call(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(uncalled, "_try_call", one)
    program = follow(parse(source))
    return calls, program


def followed(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often something that nobody calls was followed."""
    return counted(Source("program.py", HEAD + text), monkeypatch)[0]


def test_each_function_is_followed_once_and_again_for_its_own_conditions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert followed(PROGRAMS["functions"], monkeypatch) == 4 + 8


def test_methods_that_share_no_attribute_are_followed_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    # all of it; the constructor, `build` and `end` for each of their conditions; the constructor and `other`, twice; and what is
    # found in `build`, `end` or `other` once more without the attribute that is None; and `end` after the constructor and the other
    # side of `build`
    assert followed(PROGRAMS["methods"], monkeypatch) == 4 + 3 + 3 + 2 + 2 + 5 + 3


def test_what_a_library_looks_up_when_it_is_used_does_not_join_its_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "nets"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from nets import tools\n")
    (package / "tools.py").write_text(
        "import math\nSIZES = [4, 8]\ndef units(n):\n    return SIZES[n] * int(math.sqrt(4))\n"
    )
    (package / "models.py").write_text(
        "import math\nimport keras\nfrom nets import tools\nfrom nets.tools import units\n"
        "def first(deep):\n    return keras.layers.Dense(units(0) if deep else units(1))\n"
        "def second(wide):\n    return keras.layers.Dense(tools.units(1) if wide else int(math.sqrt(4)))\n"
    )
    path = package / "models.py"
    calls, program = counted(Source(str(path), path.read_text()), monkeypatch)
    assert calls == 2 + 1 + 1
    assert sorted(layer.arguments.get("units") for way in program.ways for layer in way.layers) == [2, 8, 8, 16, 16, 16]
