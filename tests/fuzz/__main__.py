"""Fuzz lstmlint until the count is reached; whatever breaks is written to a folder, once per kind of breakage.

    python -m tests.fuzz --count 10000 --seed 1 --folder /tmp/broken [SOURCES ...]

SOURCES are folders of Python files to start from, besides the project's own programs (an installed Keras, say).
"""

from __future__ import annotations

import argparse
import collections
import os
import pathlib
import random
import re
import time
from collections.abc import Iterator

from . import attack, files, grammar, mutations, seeds

GROWN = 0.05
"""The part of the programs that the grammar writes: they cost ten times what a mutated one does."""


def programs(count: int, seed: int, folders: list[str]) -> Iterator[tuple[str, str]]:
    """(kind, source): mutated seeds and grown programs, notebooks and configurations, the same ones for the same seed."""
    chance = random.Random(seed)
    start = seeds.own()
    foreign = seeds.of_folders(folders)
    for _ in range(count):
        kind = "grammar" if chance.random() < GROWN else chance.choice(["notebook", "configuration", *mutations.KINDS])
        if kind == "grammar":
            yield kind, grammar.Writer(chance).program()
        elif kind == "configuration":
            yield kind, files.configuration(chance)
        else:
            source = chance.choice(foreign if foreign and chance.random() < 0.5 else start)
            if kind == "notebook":
                yield kind, files.notebook(source, chance)
                continue
            for _ in range(chance.choice([1, 1, 2])):
                source = mutations.KINDS[kind](source, chance)
            yield kind, source


def run(count: int, seed: int, folders: list[str]) -> tuple[collections.Counter[str], dict[str, attack.Broken]]:
    """How many of each kind were tried, and one example of each way to break."""
    tried: collections.Counter[str] = collections.Counter()
    broken: dict[str, attack.Broken] = {}
    for kind, source in programs(count, seed, folders):
        tried[kind] += 1
        if kind == "configuration":
            found = attack.attack_configuration(source)
        else:
            found = attack.attack(source, "fuzz.ipynb" if kind == "notebook" else "fuzz.py")
        if found is not None:
            broken.setdefault(re.sub(r"\d+", "N", found.what)[:160], found)
    return tried, broken


def main() -> int:
    """The command; status 1 when something broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("sources", nargs="*")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path, help="where to write what breaks")
    given = parser.parse_args()
    os.environ["LSTMLINT_STRICT"] = "1"
    started = time.monotonic()
    tried, broken = run(given.count, given.seed, given.sources)
    for number, (what, example) in enumerate(broken.items(), 1):
        print(f"broken {number}: {what}")
        if given.folder:
            given.folder.mkdir(parents=True, exist_ok=True)
            (given.folder / f"broken_{given.seed}_{number}.txt").write_text(example.source, "utf-8", "surrogatepass")
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(tried.items()))
    print(
        f"{sum(tried.values())} programs ({kinds}) in {time.monotonic() - started:.0f} s: {len(broken)} ways to break"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
