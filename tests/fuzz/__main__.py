"""Fuzz lstmlint until the count is reached; whatever breaks is told at once and written to a folder, once per kind of breakage.

    python -m tests.fuzz --count 10000 --seed 1 --jobs 2 --folder /tmp/broken [SOURCES ...]

SOURCES are folders of Python files to start from, besides the project's own programs (an installed Keras, say).
The programs come in batches of a seed each, so that they are the same ones however many processes share them.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import functools
import os
import pathlib
import random
import re
import sys
import time
from collections.abc import Iterator

from . import attack, files, grammar, mutations, seeds

GROWN = 0.05
"""The part of the programs that the grammar writes: they cost ten times what a mutated one does."""
BATCH = 500
"""Programs between two lines of progress."""

Outcome = tuple[collections.Counter[str], dict[str, attack.Broken]]
"""How many of each kind were tried, and one example of each way to break."""


def programs(count: int, seed: int, folders: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(kind, source): mutated seeds and grown programs, notebooks and configurations, the same ones for the same seed."""
    chance = random.Random(seed)
    start, foreign = _sources(folders)
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


@functools.cache
def _sources(folders: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return seeds.own(), seeds.of_folders(folders)


def run(count: int, seed: int, folders: tuple[str, ...] = ()) -> Outcome:
    """Attack with so many programs of one seed."""
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


def batches(count: int, seed: int, folders: tuple[str, ...], jobs: int) -> Iterator[tuple[int, Outcome]]:
    """(seed, outcome) of each batch, as they come; a batch's seed is the run's times a million, and its number."""
    sizes = {seed * 1_000_000 + number: min(BATCH, count - number * BATCH) for number in range(-(-count // BATCH))}
    if jobs == 1:
        for own, size in sizes.items():
            yield own, run(size, own, folders)
        return
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        futures = {pool.submit(run, size, own, folders): own for own, size in sizes.items()}
        for future in concurrent.futures.as_completed(futures):
            yield futures[future], future.result()


def main() -> int:
    """The command; status 1 when something broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("sources", nargs="*")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path, help="where to write what breaks")
    parser.add_argument("--jobs", type=int, default=1, help="processes that share the batches")
    given = parser.parse_args()
    os.environ["LSTMLINT_STRICT"] = "1"
    started = time.monotonic()
    tried: collections.Counter[str] = collections.Counter()
    broken: set[str] = set()
    for seed, (kinds, found) in batches(given.count, given.seed, tuple(given.sources), given.jobs):
        tried += kinds
        for what in sorted(found.keys() - broken):
            broken.add(what)
            print(f"broken {len(broken)} (seed {seed}): {what}", flush=True)
            if given.folder:
                given.folder.mkdir(parents=True, exist_ok=True)
                example = given.folder / f"broken_{given.seed}_{len(broken)}.txt"
                example.write_text(found[what].source, "utf-8", "surrogatepass")
        print(f"{tried.total()} of {given.count} in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    kinds_tried = ", ".join(f"{n} {kind}" for kind, n in sorted(tried.items()))
    print(
        f"{tried.total()} programs ({kinds_tried}) in {time.monotonic() - started:.0f} s: {len(broken)} ways to break"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
