"""Give mutants of right and wrong programs to Keras and to lstmlint, and tell where lstmlint claims what Keras doesn't do.

    python -m tests.fuzz.judged --count 1000 --seed 1 [--missed] [SOURCES ...]

SOURCES are folders of small programs that run by themselves, besides the project's own. With --missed it is also told what Keras refuses
and lstmlint doesn't, which is no fault of lstmlint's but may be worth a rule.
"""

from __future__ import annotations

import argparse
import ast
import json
import pathlib
import random
import sys
from collections.abc import Iterator

from lstmlint.runner import Options, check_bytes
from lstmlint.summary import as_json
from tests import oracle

from . import seeds
from .meaning import mutant

LATER = "as soon as data flow"
"""What is told of a model that is made in a way which raises when it is used: a program that doesn't use it runs."""
APART = ("tf_keras", "argparse", "input(", "sys.argv", "load_model", "custom_objects", "load_data", "open(")
"""What asks for more than the program itself: other packages, the command line, files, a network."""


def programs(folders: list[str]) -> list[str]:
    """Programs to begin with: those of the rules, the examples and the folders that run by themselves."""
    found = seeds.own()
    for folder in folders:
        found += [path.read_text("utf-8") for path in sorted(pathlib.Path(folder).rglob("*.py"))]
    return [text for text in found if not any(word in text for word in APART) and _parses(text)]


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def mutants(count: int, seed: int, folders: list[str]) -> Iterator[str]:
    """So many mutants, the same ones for the same seed."""
    chance, start = random.Random(seed), programs(folders)
    while count:
        text = mutant(chance.choice(start), chance)
        if text is not None:
            count -= 1
            yield text


def disagreement(text: str) -> tuple[str, str] | None:
    """("false", ...) for what lstmlint claims and Keras doesn't do, ("missed", ...) for what Keras refuses unnoticed; None where they agree."""
    theirs = oracle.ask(text, limit=20, trace=True)
    if theirs.raised in ("TooSlow", "OracleDied", "OracleError", "MemoryError"):
        return None
    ours = check_bytes(text.encode(), "mutant.py", Options())
    if ours.trouble:
        return "false", ours.trouble[0]
    told = [f for f in ours.findings if f.severity.value == "error"]
    errors = [f for f in told if LATER not in f.message]
    ran = set(theirs.executed)
    passed = [f for f in errors if f.span.row in ran and not _stopped(f.span.row, f.span.end_row, theirs.lines)]
    if theirs.raised is None and passed:
        return "false", f"line {passed[0].span.row} {passed[0].code}: {passed[0].message}"
    if theirs.raised is None:
        return _other_totals(ours.program, theirs)
    if not told:
        return "missed", f"line {theirs.line} {theirs.raised}: {theirs.message[:150]}"
    return None


def _stopped(first: int, last: int, lines: list[int]) -> bool:
    return any(first - 1 <= line <= last + 1 for line in lines)


def _other_totals(program: object, theirs: oracle.Answer) -> tuple[str, str] | None:
    """Models of which only one has its class and number of layers are compared."""
    found = json.loads(as_json([("mutant.py", program)]))["files"][0]["models"] if program is not None else []
    for name, real in theirs.models.items():
        if "error" in real or not real["built"]:
            continue
        like = [m for m in found if (m["class"], len(m["layers"])) == (real["class"], len(real["layers"]))]
        others = [m for m in theirs.models.values() if m.get("class") == real["class"] and m is not real]
        if len(like) == 1 and not others and like[0]["total_params"] not in (None, real["total_params"]):
            return "false", f"{name} has {real['total_params']} parameters, and not {like[0]['total_params']}"
    return None


def main() -> int:
    """The command; status 1 when something false was claimed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.judged", description=__doc__)
    parser.add_argument("sources", nargs="*")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="tell what Keras refuses and lstmlint does not")
    given = parser.parse_args()
    counts = {"false": 0, "missed": 0}
    for number, text in enumerate(mutants(given.count, given.seed, given.sources), 1):
        found = disagreement(text)
        if found is not None:
            counts[found[0]] += 1
            if found[0] == "false" or given.missed:
                print(f"--- {found[0]}: {found[1]}\n{text}", flush=True)
        if number % 100 == 0:
            print(
                f"{number} of {given.count}: {counts['false']} false, {counts['missed']} missed",
                file=sys.stderr,
                flush=True,
            )
    return 1 if counts["false"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
