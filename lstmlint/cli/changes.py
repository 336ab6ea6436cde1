"""What a run does to files: fixes stored or shown, ignore comments written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .parser import complain, write


def store_fixes(results: list[Any], for_file: Callable[[str], Any], *, to_output: bool) -> list[str]:
    """Write every mended file (to standard output what came from standard input); gives what could not be written.

    A file that can't be written keeps its findings.
    """
    from ..fixes import store
    from ..runner import check_file

    trouble = []
    for result in results:
        if to_output:
            sys.stdout.buffer.write(result.after)
            sys.stdout.buffer.flush()
        elif result.fixed:
            wrong = store(result.path, result.before, result.after)
            if wrong is not None:
                trouble.append(wrong)
                as_it_is = check_file(result.path, replace(for_file(result.path), fix=None))
                result.fixed, result.findings, result.source = [], as_it_is.findings, as_it_is.source
    return trouble


def show_diff(results: list[Any], trouble: list[str]) -> int:
    """Print what the fixes would change; status 1 when there is something."""
    from ..fixes import diff

    changed = [r for r in results if r.fixed]
    write("".join(diff(r.path, r.before, r.after) for r in changed).rstrip("\n"))
    trouble = [*trouble, *(line for r in results for line in r.trouble)]
    for line in trouble:
        complain(line)
    count = sum(len(r.fixed) for r in changed)
    if count:
        print(f"Would fix {count} finding{'s' if count > 1 else ''}.", file=sys.stderr)
    return 2 if trouble else 1 if count else 0


def write_ignores(files: list[str], options_for: Callable[[str], Any], trouble: list[str]) -> int:
    """Silence every finding in the files by a comment, and say how many could be."""
    from ..fixes import store
    from ..ignores import add_ignores
    from ..output.concise import where

    silenced = changed = 0
    for path in files:
        try:
            with open(path, "rb") as stream:
                raw = stream.read()
        except OSError as error:
            trouble.append(f"{path}: {error.strerror or error}")
            continue
        done = add_ignores(raw, path, options_for(path))
        trouble += done.trouble
        if done.raw != raw:
            wrong = store(path, raw, done.raw)
            if wrong is not None:
                trouble.append(wrong)
                continue
            changed += 1
            silenced += done.silenced
        trouble += [
            f"{where(f.span)}: no comment can silence this here: {f.code} {f.name}"
            for f in done.left
            if not done.trouble
        ]
    write(f"Silenced {silenced} finding{'' if silenced == 1 else 's'} in {changed} file{'' if changed == 1 else 's'}.")
    for line in trouble:
        complain(line)
    return 2 if trouble else 0
