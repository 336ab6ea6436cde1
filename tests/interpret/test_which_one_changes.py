"""Where nobody knows which of a few lists or dicts is changed, each of them may be another one afterwards."""

from __future__ import annotations

import pytest

from tests.interpret.test_like_python import followed, plain

CHANGES = {
    "an item of an item": "rows = [[0, 0], [0, 0]]\nrows[n][0] = 5\nfound = rows[0][0]",
    "an item that is longer": "rows = [[0, 0], [0, 0]]\nrow = rows[n]\nrow.append(1)\nfound = len(rows[0])",
    "an item of a tuple": "rows = ([1], [2])\nrows[n].append(4)\nfound = len(rows[0])",
    "an entry of an item": "rows = [{'units': 3}, {'units': 3}]\nrows[n]['units'] = 8\nfound = rows[0]['units']",
    "a key that may be any": "import collections\nrows = collections.defaultdict(list)\nrows['a'].append(1)\nrows[name].append(2)\nfound = len(rows['a'])",
    "a key that may be there": "rows = {name: 1, 'b': 2}\nfound = rows.get('q')",
    "a count that may be none": "import collections\nfound = collections.Counter('abca')[name]",
    "what a set has lost": "rows = {1, 2}\nrows.discard(n)\nfound = 1 in rows",
    "what a dict has lost": "found = {'a': 1}.pop(name, 5)",
    "the shape beside it": "rows = {'shape': (1, 2), 'best': None}\nrows[name] = (3, 4)\nfound = rows['shape']",
    "rows in an order nobody knows": "rows = sorted([3, 1, n])\nfound = rows[0] == rows[2]",
    "the first of a list that is not known": "import json\nfirst, *rows = json.load(open('a'))\nrows[0] = 0\nfound = rows[3]",
    "an option by the beginning of its name": (
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--units', type=int, default=4)\n"
        "found = parser.parse_args(['--unit', '7']).units"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_said_of_what_may_have_changed(name: str) -> None:
    for way in followed(f"n, name = int(input()), input()\n{CHANGES[name]}\n").ways:
        with pytest.raises(ValueError, match=r"."):
            plain(way.names["found"])
