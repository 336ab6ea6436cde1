"""Hostile and huge input ends in a gap or a message, within its budget in memory, and nothing of it is ever run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "import keras\nfrom keras.layers import Dense, LSTM\nmodel = keras.Sequential([keras.Input((10, 4)), LSTM(8), LSTM(4)])\n"
"""A file that follows tells this mistake, whatever else is in it."""

HOSTILE: dict[str, str] = {
    "a number too large to write": "n = 10 ** 10 ** 10\nx = Dense(n)\n",
    "a power of a power": "n = 9\nfor i in range(50):\n    n = n ** n\n",
    "a string too long": "s = 'a' * 10 ** 12\nt = s + s\nu = '{:>1000000000000}'.format(1)\n",
    "a string that doubles": "s = 'a'\nfor i in range(200):\n    s = s + s\n",
    "a list that doubles": "s = [1]\nfor i in range(200):\n    s = s + s\n",
    "a list too long": "s = [0] * 10 ** 12\nt = list(range(10 ** 12))\nu = [i for i in range(10 ** 12)]\n",
    "a tuple of tuples": "s = ()\nfor i in range(100000):\n    s = (s, s)\nprint(s == s, str(s))\n",
    "shifts": "n = 1 << 10 ** 10\nm = 2 ** 10 ** 6\nprint(n * m, str(m))\n",
    "a factorial": "import math\nn = math.factorial(10 ** 9)\nm = math.comb(10 ** 9, 10 ** 8)\n",
    "permutations": "import itertools\np = list(itertools.permutations(range(30)))\nq = list(itertools.product(range(100), repeat=50))\nr = list(itertools.count())\n",
    "loops that never end": "i = 0\nwhile True:\n    i += 1\n",
    "a generator that never ends": "def g():\n    while True:\n        yield 1\nx = list(g())\nfor a in g():\n    pass\n",
    "functions that call each other for ever": "def f(n):\n    return g(n) + g(n + 1)\ndef g(n):\n    return f(n) + f(n + 1)\nf(0)\n",
    "a function that calls itself twice": "def f(n):\n    return f(n - 1) + f(n - 1)\nf(10 ** 6)\n",
    "a class that makes itself": "class A:\n    def __init__(self):\n        self.a = A()\n    def __getattr__(self, name):\n        return getattr(self, name + 'x')\nA().b\n",
    "an array of what holds itself twice": "import numpy as np\nx = 1\nfor i in range(60):\n    x = (x, x)\ny = np.array(x)\n",
    "a layer of what holds itself twice": "x = 1\nfor i in range(60):\n    x = [x, {'a': x}]\ny = Dense(x)\n",
    "an array of unknown length in unknown length": "import sys\nimport numpy as np\nx = 1\nfor i in range(60):\n    x = [x for a in sys.argv]\ny = np.asarray(x)\n",
    "labels that hold themselves": "x = []\nx += [x, x]\ny = keras.utils.to_categorical(x)\n",
    "a list that holds itself": "x = []\nx.append(x)\nd = {}\nd['d'] = d\nprint(x == x, x, d, len(x), sorted(x))\nm = keras.Sequential(x)\n",
    "branches without end": "".join(f"if input():\n    x{i} = Dense({i + 1})\nelse:\n    x{i} = LSTM({i + 1})\n" for i in range(60)),
    "a shape of absurd size": "x = keras.Input((10 ** 30,) * 50)\ny = Dense(10 ** 30)(x)\nz = keras.layers.Flatten()(y)\n",
    "an array of absurd size": "import numpy as np\na = np.zeros((10 ** 12,) * 12)\nb = np.tile(a, (10 ** 9, 1)).reshape(-1)\nc = np.array([[0] * 10 ** 9] * 10 ** 9)\n",
    "a thousand dimensions": "x = keras.Input((2,) * 1000)\ny = keras.layers.Flatten()(x)\n",
    "ten thousand layers": "m = keras.Sequential([keras.Input((4,))])\nfor i in range(10 ** 4):\n    m.add(Dense(4))\n",
    "a billion layers": "m = keras.Sequential([keras.Input((4,))])\nfor i in range(10 ** 9):\n    m.add(Dense(4))\n",
    "deep parentheses": "x = " + "(" * 150 + "1" + ")" * 150 + "\n",
    "a deep list": "x = " + "[" * 90 + "]" * 90 + "\n",
    "a long sum": "x = " + " + ".join(["1"] * 5000) + "\n",
    "a long chain of calls": "x = model" + ".a()" * 2000 + "\n",
    "deep blocks": "".join("    " * i + "if input():\n" for i in range(80)) + "    " * 80 + "pass\n",
    "a long line": "x = '" + "a" * 2_000_000 + "'\n",
    "a million elements": "x = [" + "1, " * 1_000_000 + "]\n",
    "many names": "".join(f"x{i} = {i}\n" for i in range(20_000)),
    "format of format": "s = '{0!r:{1}}'.format(1, '>' + '9' * 30)\nt = '%999999999999d' % 1\nu = f'{1:>{10 ** 12}}'\nv = 'a'.ljust(10 ** 12)\nw = 'ab'.join(['c' * 10 ** 6] * 10 ** 6)\n",
    "a missing key that holds much": "class A:\n    def __init__(self, *a):\n        self.a = a\nk = A()\nfor i in range(60):\n    k = A(k, k)\nd = {'a': 1}\ntry:\n    d[k]\nexcept KeyError:\n    pass\n{1}.remove(k)\nm = keras.Sequential([Dense(k)])\nd[k]\n",
    "texts that grow in methods": "s = 'a'.ljust(10 ** 10)\nt = 'ab'.join(['c' * 10 ** 5] * 10 ** 5)\nu = 'a' * 10 ** 6\nu = u.replace('a', 'b' * 10 ** 6)\nv = '{:>{}}'.format(1, 10 ** 10)\nw = format(1, '>10000000000')\nx = 'a\\t'.expandtabs(10 ** 10)\ny = u.translate({97: 'b' * 10 ** 5})\n",
    "bytes too long": "b = bytes(10 ** 12)\nc = bytearray(10 ** 12)\nd = b'a' * 10 ** 12\n",
    "a set of sets": "s = frozenset()\nfor i in range(10 ** 5):\n    s = frozenset([s])\nprint(hash(s), s)\n",
    "a regular expression that never ends": "import re\nre.match('(a+)+$', 'a' * 60 + 'b')\n",
    "models in models": "m = keras.Sequential([keras.Input((4,)), Dense(4)])\nfor i in range(400):\n    m = keras.Sequential([keras.Input((4,)), m, m])\n",
    "a decorator of itself": "def d(f):\n    return d(d)\n@d\ndef f():\n    pass\nf()\n",
    "a condition that doubles": "x = unknown()\nfor i in range(60):\n    x = x + x\nif x == 1:\n    y = 2\ny = x > 2 and x < 3\nif y or not y:\n    z = 3\n",
    "a condition on a long chain": "x = y = z = unknown()\n" + "x = x.a\n" * 3000 + "y = not y\n" * 3000 + "z = z[0]\n" * 3000 + "if x or y or z == 2:\n    a = x\nfor i in range(3000):\n    x = x.a\nif x:\n    b = x\n",
    "exec of a string": "exec('while True: pass')\neval('10 ** 10 ** 10')\n",
}  # fmt: skip

LIMITED = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]) * 2**20,) * 2)
from lstmlint.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""lstmlint in a process that may not have more than so many MiB of memory (thread stacks included)."""
MEMORY = 2_500


def check(path: Path) -> subprocess.CompletedProcess[str]:
    words = ["check", "--isolated", "--no-cache", "--jobs", "1", "--output-format", "json", "--show-gaps", str(path)]
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(MEMORY), *words], capture_output=True, text=True, timeout=120
    )


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by a call of Linux")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_costs_no_more_than_its_budget(name: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile.py"
    file.write_text(HEAD + HOSTILE[name])
    done = check(file)
    assert "internal error" not in done.stderr
    assert done.returncode in (0, 1, 2), done.stderr
    codes = [record["code"] for record in json.loads(done.stdout)]
    assert codes == ["invalid-syntax"] or "RNN002" in codes or "more than lstmlint follows" in done.stderr


def test_modules_that_import_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "hostile.py").write_text("from other import *\nimport other\n" + HEAD)
    (tmp_path / "other.py").write_text("from hostile import *\nfrom third import x\nimport hostile\n")
    (tmp_path / "third.py").write_text("import third, other\nfrom other import y\nx = third.x\n")
    done = check(tmp_path / "hostile.py")
    assert [record["code"] for record in json.loads(done.stdout)] == ["RNN002"]


def test_nothing_of_a_program_is_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    touch = f"open({str(trace)!r}, 'w').write('run')\n"
    (tmp_path / "sitecustomize.py").write_text(touch)
    (tmp_path / "helper.py").write_text(touch + "size = 3\n")
    (tmp_path / "keras.py").write_text(touch)
    (tmp_path / "numpy.py").write_text(touch)
    (tmp_path / "conftest.py").write_text(touch)
    (tmp_path / "program.py").write_text(
        f"import os, subprocess, keras, helper\n{touch}exec({touch!r})\neval({touch.strip()!r})\nos.system('touch {trace}')\n"
        f"subprocess.run(['touch', {str(trace)!r}])\nos.mkdir({str(trace)!r})\n__import__('helper')\n"
        f"class Meta(type):\n    def __new__(cls, *a):\n        {touch}        return type.__new__(cls, *a)\n"
        f"class A(metaclass=Meta):\n    {touch}x = f\"{{open('{trace}', 'w')}}\"\n"
        f"def f(a={touch.strip()}): ...\nm = keras.Sequential([keras.layers.Lambda(lambda x: {touch.strip()})])\n# -*- coding: utf-8 -*-\n"
    )  # fmt: skip
    for words in (["check", "--isolated", "--no-cache", "."], ["summary", "program.py"], ["explain", "program.py"]):
        done = subprocess.run(
            [sys.executable, "-P" if sys.version_info >= (3, 11) else "-E", "-c", "import sys\nfrom lstmlint.cli import main\nmain(sys.argv[1:])", *words],
            capture_output=True, text=True, cwd=tmp_path, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
    assert not trace.exists()
