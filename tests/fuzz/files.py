"""Files that are no plain programs: notebooks of their cells, and configuration files of every setting."""

from __future__ import annotations

import json
import random

from lstmlint.config.keys import KEYS

from . import mutations

_MAGICS = ["%matplotlib inline", "!pip install keras", "%%time", "?print", "files = !ls", "%%bash\nls", "keras?"]
_WORDS = ["[", "]", "=", "{", "}", "''", '"""', "\n", "true", "-1", "1e400", "[tool.lstmlint]", "select", "ALL", "RNN", "99999999999999999999", "*", "**/", "!", "\\", "../..", "2", "é"]  # fmt: skip


def notebook(source: str, chance: random.Random) -> str:
    """The program in the cells of a notebook, with magics here and there; now and then the notebook's own text is spoiled."""
    rows = source.splitlines(keepends=True)
    cells: list[dict[str, object]] = []
    while rows:
        size = chance.randint(1, 12)
        text, rows = "".join(rows[:size]), rows[size:]
        if chance.random() < 0.2:
            text = chance.choice(_MAGICS) + "\n" + text
        kind = "code" if chance.random() < 0.9 else "markdown"
        cell: dict[str, object] = {
            "cell_type": kind,
            "metadata": {},
            "source": text if chance.random() < 0.3 else text.splitlines(keepends=True),
        }
        if kind == "code":
            cell |= {"execution_count": chance.choice([None, 1, 2, 3]), "outputs": []}
        cells.append(cell)
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": chance.choice([2, 5])}
    text = json.dumps(document, indent=chance.choice([None, 1]), ensure_ascii=chance.random() < 0.5)
    return mutations.characters(text, chance) if chance.random() < 0.2 else text


def configuration(chance: random.Random) -> str:
    """Some settings as their examples write them, spoiled by characters, lines or words of TOML."""
    text = "\n".join(key.example for key in chance.sample(KEYS, chance.randint(1, 6))) + "\n"
    for _ in range(chance.randint(0, 3)):
        if chance.random() < 0.4:
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(_WORDS) + text[at + chance.randint(0, 3) :]
        else:
            text = chance.choice([mutations.characters, mutations.lines])(text, chance)
    return text
