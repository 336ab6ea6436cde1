"""The end of a run: the baseline applied, the findings written, the exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from .parser import complain, write

_ORDER = ("info", "warning", "error")


def finish(
    options: Any, found: Any, wanted: str, results: list[Any], for_file: Callable[[str], Any], trouble: list[str]
) -> int:
    """Write what was found in the wanted format, and give the exit status."""
    from ..output import Report, repository

    broken = [r for r in results if any(f.code == "invalid-syntax" for f in r.findings)]
    trouble += [
        line for r in results if r not in broken for line in r.trouble
    ]  # what is no Python is a finding as well
    checked = [r.path for r in results if not r.trouble]
    findings = [f for r in results for f in r.findings]
    if options.write_baseline:
        trouble += [line for r in broken for line in r.trouble]
        return _new_baseline(options.write_baseline, findings, checked, for_file, trouble)
    report = Report(findings, Lines(results), len(results), sum(len(r.fixed) for r in results))
    report.quiet, report.root = options.quiet, repository(os.getcwd())
    _apply_baselines(report, found, checked, for_file)
    for line in trouble:
        complain(line)
    try:
        _write(options, wanted, report, bool(trouble))
    except OSError as error:
        if not options.output_file or isinstance(error, BrokenPipeError):
            raise
        return complain(f"{options.output_file}: can't be written: {error.strerror or error}")
    if options.show_gaps:
        for result in results:
            for span, reason in result.gaps:
                cell = f"cell {span.cell}:" if span.cell is not None else ""
                print(f"{span.path}:{cell}{span.row}:{span.column}: gap: {reason}", file=sys.stderr)
    if trouble or broken:
        return 2
    failing = any(_fails(f, found.settings_for(f.span.path)["fail-on"]) for f in report.findings)
    return 1 if failing and not options.exit_zero else 0


def _fails(finding: Any, least: str) -> bool:
    return _ORDER.index(str(finding.severity)) >= _ORDER.index(least)


def _codes(checked: list[str], for_file: Callable[[str], Any]) -> list[tuple[str, set[str]]]:
    """The files with the codes of the rules that were on in them."""
    from ..judging import selected_rules

    return [(path, {rule.code for rule in selected_rules(for_file(path))}) for path in checked]


def _new_baseline(
    file: str, findings: list[Any], checked: list[str], for_file: Callable[[str], Any], trouble: list[str]
) -> int:
    from .. import baseline

    for line in trouble:
        complain(line)
    known = [f for f in findings if f.fingerprint]
    try:
        count = baseline.write(file, known, _codes(checked, for_file))
    except OSError as error:
        return complain(f"{file}: can't be written: {error.strerror or error}")
    print(f"{count} known finding{'' if count == 1 else 's'} written to {file}.", file=sys.stderr)
    return 2 if trouble else 0


def _apply_baselines(report: Any, found: Any, checked: list[str], for_file: Callable[[str], Any]) -> None:
    """Take the known findings out of the report. Each file has the baseline that its own configuration names."""
    baselines: dict[str, Any] = {}
    members: dict[str, list[str]] = {}
    of_file: dict[str, Any] = {}
    for path in dict.fromkeys([*checked, *(f.span.path for f in report.findings)]):
        name = found.settings_for(path).path("baseline")
        if name is None:
            continue
        if name not in baselines:
            from .. import baseline

            baselines[name] = baseline.read(name)
        of_file[path] = baselines[name]
        members.setdefault(name, []).append(path)
    new = [f for f in report.findings if f.span.path not in of_file or not of_file[f.span.path].knows(f)]
    report.known = len(report.findings) - len(new)
    report.findings = new
    for name, known in baselines.items():
        report.gone += len(known.fixed(_codes([p for p in members[name] if p in checked], for_file)))


class Lines:
    """The source lines of findings and of what belongs to them, also in files that were only imported."""

    def __init__(self, results: list[Any]) -> None:
        self.sources = {r.path: r.source for r in results if r.source is not None}

    def __call__(self, span: Any) -> str:
        if span.path not in self.sources:
            self.sources[span.path] = _source(span.path)
        source = self.sources[span.path]
        return str(source.line(span.row, span.cell)) if source is not None else ""


def _source(path: str) -> Any:
    from ..notebook import load
    from ..source import SourceFailure

    try:
        return load(path)
    except (OSError, SourceFailure):
        return None


def _write(options: Any, wanted: str, report: Any, troubled: bool) -> None:
    from ..output import render

    if options.statistics:
        from ..output import statistics

        machine = wanted not in ("full", "concise")
        write(statistics.render_json(report) if machine else statistics.render(report), options.output_file)
        return
    if wanted == "full" and options.output_file:
        from ..output.full import as_text

        text = as_text(report)
    elif wanted == "full" and troubled and not report.findings:
        text = ""  # nothing was found, but not everything could be looked at
    else:
        text = render(wanted, report)
    to_error = options.fix and "-" in options.paths  # standard output holds the fixed program
    if to_error:
        print(text, file=sys.stderr)
    else:
        write(text, options.output_file)
    if wanted == "concise" and not report.quiet:
        from ..output.full import last_lines

        print("\n".join(last_lines(report)), file=sys.stderr)
    elif wanted not in ("full", "concise") and report.fixed and not report.quiet:
        print(f"lstmlint: fixed {report.fixed} findings", file=sys.stderr)
