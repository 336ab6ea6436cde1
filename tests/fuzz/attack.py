"""Gives one input to everything that a user can point at a file, and says what broke."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from lstmlint.output import json as records
from lstmlint.runner import Options, check_bytes

EVERYTHING = Options(select=("ALL",))
SLOW = 30.0
"""Seconds: three times what one file may take."""


@dataclass(frozen=True)
class Broken:
    """What broke: a crash, an internal error, a place that isn't in the file, or no end."""

    what: str
    source: str


def attack(source: str, path: str = "fuzz.py") -> Broken | None:
    """Check, summarise and explain the source; None when all went well."""
    from lstmlint import diagrams, explain, summary, tables

    started = time.monotonic()
    try:
        result = check_bytes(source.encode("utf-8", "surrogatepass"), path, EVERYTHING)
        internal = [line for line in result.trouble if "internal error" in line]
        if internal:
            return Broken(internal[0], source)
        json.dumps([records.record(finding) for finding in result.findings])
        rows = source.count("\n") + source.count("\r") + source.count("\x0c") + 2
        for finding in result.findings:
            span = finding.span
            if not (1 <= span.row <= span.end_row <= rows and span.column >= 1 and span.end_column >= 1):
                return Broken(f"{finding.code} at {span}, but the file has {rows} rows", source)
        if result.program is not None:
            for gap in result.program.gaps:
                if "please report this" in gap.reason:
                    return Broken(gap.reason, source)
            json.loads(summary.as_json([(path, result.program)]))
            for render in (tables.render, diagrams.mermaid, diagrams.dot):
                render([(path, result.program)])
            explain.program(result.program, None)
    except Exception as error:
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        return Broken(f"{type(error).__name__}: {error} ({last.filename}:{last.lineno})", source)
    spent = time.monotonic() - started
    return Broken(f"took {spent:.0f} s", source) if spent > SLOW else None
