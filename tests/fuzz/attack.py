"""Gives one input to everything that a user can point at a file, and says what broke."""

from __future__ import annotations

import json
import pathlib
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

from lstmlint.output import json as records
from lstmlint.runner import Options, check_bytes, examine

EVERYTHING = Options(select=("ALL",))
SLOW = 30.0
"""Seconds of the processor: three times what one file may take."""


@dataclass(frozen=True)
class Broken:
    """What broke: a crash, an internal error, a place that isn't in the file, or no end."""

    what: str
    source: str


def attack(source: str, path: str = "fuzz.py") -> Broken | None:
    """Check, fix, summarise and explain the source of a program or notebook; None when all went well."""
    raw = source.encode("utf-8", "surrogatepass")
    return _guarded(source, lambda: _check(raw, source, path))


def attack_configuration(text: str) -> Broken | None:
    """Read a configuration file and ask for what it sets; the only complaint may be ConfigError."""
    from lstmlint.config import ConfigError, Configuration
    from lstmlint.running import options_for

    def read() -> str | None:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "lstmlint.toml")
            file.write_text(text, "utf-8", "surrogatepass", newline="")
            try:
                configuration = Configuration(file=str(file))
                options_for(configuration)(str(file.with_name("program.py")))
                configuration.settings(folder).excluded(str(file.with_name("program.py")))
            except ConfigError as error:
                if not str(error):
                    return "a ConfigError without a word"
        return None

    return _guarded(text, read)


def _guarded(source: str, work: Callable[[], str | None]) -> Broken | None:
    started = time.process_time()
    try:
        wrong = work()
    except Exception as error:
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        wrong = f"{type(error).__name__}: {error} ({last.filename}:{last.lineno})"
    spent = time.process_time() - started
    if wrong is None and spent > SLOW:
        wrong = f"took {spent:.0f} s"
    return Broken(wrong, source) if wrong is not None else None


def _check(raw: bytes, source: str, path: str) -> str | None:
    from lstmlint import diagrams, explain, summary, tables

    result = check_bytes(raw, path, EVERYTHING)
    internal = [line for line in result.trouble if "internal error" in line]
    if internal:
        return internal[0]
    json.dumps([records.record(finding) for finding in result.findings])
    rows = source.count("\n") + source.count("\r") + source.count("\x0c") + source.count("\\n") + 2
    for finding in result.findings:
        span = finding.span
        if not (1 <= span.row <= span.end_row <= rows and span.column >= 1 and span.end_column >= 1):
            return f"{finding.code} at {span}, but the file has {rows} rows"
    if result.program is not None:
        for gap in result.program.gaps:
            if "please report this" in gap.reason:
                return gap.reason
        json.loads(summary.as_json([(path, result.program)]))
        for render in (tables.render, diagrams.mermaid, diagrams.dot):
            render([(path, result.program)])
        explain.program(result.program, None)
    return _mend(raw, path) if any(finding.fix is not None for finding in result.findings) else None


def _mend(raw: bytes, path: str) -> str | None:
    """A file that is fixed still parses."""
    from lstmlint.fixes import mend

    mended = mend(raw, path, EVERYTHING, unsafe=True)
    after = examine(mended.raw, path, EVERYTHING)
    broken = [line for line in after.trouble if line not in mended.result.trouble]
    fixed = ", ".join(sorted({finding.code for finding in mended.fixed}))
    if broken or any(finding.code == "invalid-syntax" for finding in after.findings):
        return f"does not parse after the fixes of {fixed}"
    return None
