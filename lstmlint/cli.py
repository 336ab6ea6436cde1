"""The command line: `lstmlint [check] PATH ...`, `summary`, `explain`, `rule`."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

COMMANDS = ("check", "summary", "explain", "rule")
NOT_BUILT = ("verify", "server", "config")
FORMATS = ("full", "concise", "json", "json-lines")
FORMATS_NOT_BUILT = ("sarif", "github", "gitlab", "junit")
OPTIONS_NOT_BUILT = (
    "diff",
    "unsafe_fixes",
    "statistics",
    "baseline",
    "write_baseline",
    "add_ignore",
    "watch",
    "config",
)


class Parser(argparse.ArgumentParser):
    """argparse that answers a typo with the likely name."""

    def error(self, message: str) -> NoReturn:
        unknown = message.partition("unrecognized arguments: ")[2].split(" ")[0]
        if unknown.startswith("--"):
            known = [s for a in self._actions for s in a.option_strings]
            near = difflib.get_close_matches(unknown.partition("=")[0], known, 1)
            if near:
                message += f" (did you mean {near[0]}?)"
        self.exit(2, f"lstmlint: {message}\nTry 'lstmlint --help'.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the answer is the exit status: 0 nothing to report, 1 findings, 2 trouble."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _main(words)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # whoever read us has gone; nothing is left to say
        return 0
    except KeyboardInterrupt:
        return 130


def _main(words: list[str]) -> int:
    command = "check"
    if words and words[0] in COMMANDS:
        command = words.pop(0)
    elif words and words[0] in NOT_BUILT and not os.path.exists(words[0]):
        return _complain(f"the command '{words[0]}' is not built yet")
    return {"check": _check, "summary": _summary, "explain": _explain, "rule": _rule}[command](words)


def _complain(message: str) -> int:
    print(f"lstmlint: {message}", file=sys.stderr)
    return 2


def _version() -> str:
    from . import __version__

    return f"lstmlint {__version__}"


def _check_parser() -> Parser:
    parser = Parser(
        prog="lstmlint",
        usage="lstmlint [check] [OPTIONS] [PATH ...]",
        description="Find shape and meaning errors in Keras models, without running them. Other commands: summary, explain, rule.",
        epilog="Exit status: 0 nothing to report, 1 findings, 2 wrong usage or a file that can't be read or parsed.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; '.' when none, '-' for standard input")
    for name in ("--select", "--extend-select", "--ignore"):
        add(
            name,
            action="append",
            default=[],
            metavar="RULES",
            help="codes, prefixes, names or families, comma separated",
        )
    add("--output-format", default="full", metavar="FORMAT", help="full, concise, json or json-lines")
    add("--output-file", metavar="FILE", help="write the findings there")
    add("--exclude", action="append", default=[], metavar="PATTERN", help="leave files out, as .gitignore patterns do")
    add("--stdin-filename", metavar="NAME", default="<stdin>.py", help="the name of what comes from standard input")
    add("--keras", choices=("2", "3"), default="3", help="which Keras the program is for")
    add("--exit-zero", action="store_true", help="end with status 0 even with findings")
    add("--show-gaps", action="store_true", help="name the places where the program can't be followed")
    add("-q", "--quiet", action="store_true", help="only findings")
    add("--version", action="version", version=_version())
    accepted = argparse.SUPPRESS
    for name in ("--isolated", "--no-cache", "--no-fix", "--force-exclude", "--fix"):
        add(name, action="store_true", help=accepted)
    for name in ("--cache-dir", "--jobs"):
        add(name, help=accepted)
    for name in ("--diff", "--unsafe-fixes", "--statistics", "--add-ignore", "--watch"):
        add(name, action="store_true", help=accepted)
    for name in ("--baseline", "--write-baseline", "--config"):
        add(name, help=accepted)
    return parser


def _settings_file(folder: str) -> str | None:
    """The nearest lstmlint.toml, or pyproject.toml with a [tool.lstmlint] table, from the folder upwards."""
    while True:
        own = os.path.join(folder, "lstmlint.toml")
        if os.path.isfile(own):
            return own
        project = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(project):
            with open(project, encoding="utf-8", errors="replace") as stream:
                if any(re.match(r"\s*\[tool\.lstmlint[\].]", line) for line in stream):
                    return project
        if os.path.dirname(folder) == folder:
            return None
        folder = os.path.dirname(folder)


def _words(values: list[str]) -> tuple[str, ...]:
    return tuple(w.strip() for value in values for w in value.split(",") if w.strip())


def _check(words: list[str]) -> int:
    options = _check_parser().parse_args(words)
    if "-" in options.paths and len(options.paths) > 1:
        return _complain("'-' (standard input) can't be checked together with other paths")
    settings = None if options.isolated else _settings_file(os.getcwd())
    if settings is not None:
        return _complain(f"{settings}: configuration files are not read yet; run with --isolated to go without")
    for name in OPTIONS_NOT_BUILT:
        if getattr(options, name):
            return _complain(f"the option --{name.replace('_', '-')} is not built yet")
    if options.output_format in FORMATS_NOT_BUILT:
        return _complain(f"the output format '{options.output_format}' is not built yet")
    if options.output_format not in FORMATS:
        near = difflib.get_close_matches(options.output_format, FORMATS, 1)
        hint = f" (did you mean '{near[0]}'?)" if near else f" (there are {', '.join(FORMATS)})"
        return _complain(f"unknown output format '{options.output_format}'{hint}")
    from .runner import Options

    run = Options(_words(options.select), _words(options.extend_select), _words(options.ignore), int(options.keras))
    unknown = _unknown_selector((*run.select, *run.extend_select, *run.ignore), run)
    if unknown is not None:
        return _complain(unknown)
    try:
        results = _results(options, run)
    except FileNotFoundError as missing:
        word = missing.args[0]
        near = difflib.get_close_matches(word, (*COMMANDS, *NOT_BUILT), 1) if word == words[0] else []
        hint = f" (did you mean the command '{near[0]}'?)" if near else ""
        return _complain(f"{word}: there is no such file or folder{hint}")
    findings = [f for r in results for f in r.findings]
    try:
        _write(_rendered(options, findings, results), options.output_file)
    except OSError as error:
        if not options.output_file or isinstance(error, BrokenPipeError):
            raise
        return _complain(f"{options.output_file}: can't be written: {error.strerror or error}")
    for result in results:
        for line in result.trouble:
            print(f"lstmlint: {line}", file=sys.stderr)
    if options.show_gaps:
        for result in results:
            for gap in result.program.gaps if result.program else ():
                span = gap.place.span
                print(f"{span.path}:{span.row}:{span.column}: gap: {gap.reason}", file=sys.stderr)
    if options.fix:
        print("lstmlint: --fix is not built yet; nothing was changed", file=sys.stderr)
    if any(r.trouble for r in results):
        return 2
    return 1 if findings and not options.exit_zero else 0


def _unknown_selector(selectors: tuple[str, ...], run: Any) -> str | None:
    if not selectors:
        return None
    from .rule import all_rules, load_pack, matches

    for pack in run.packs:
        load_pack(pack)
    for selector in selectors:
        if not any(matches(rule, selector) for rule in all_rules()):
            known = [w for rule in all_rules() for w in (rule.code, rule.name, rule.family)]
            near = difflib.get_close_matches(selector, known, 1) or difflib.get_close_matches(
                selector.upper(), known, 1
            )
            return f"no rule, family or code prefix is called '{selector}'" + (
                f" (did you mean '{near[0]}'?)" if near else ""
            )
    return None


def _results(options: Any, run: Any) -> list[Any]:
    from .files import discover
    from .runner import check_bytes, check_file

    paths = options.paths or ["."]
    if "-" in paths:
        return [check_bytes(sys.stdin.buffer.read(), options.stdin_filename, run)]
    files = list(discover(paths, _words(options.exclude)))
    if not files and not options.quiet:
        print("lstmlint: no Python files or notebooks there", file=sys.stderr)
    return [check_file(path, run) for path in files]


def _rendered(options: Any, findings: list[Any], results: list[Any]) -> str:
    if options.output_format in ("json", "json-lines"):
        from .output import json

        return json.array(findings) if options.output_format == "json" else json.lines(findings)
    if options.output_format == "concise":
        from .output.concise import render as concise

        return concise(findings)
    from .output.full import render, wants_colour

    sources = {r.path: r.program.tree.source for r in results if r.program is not None}
    texts: dict[str, list[str]] = {}

    def line_of(span: Any) -> str:
        source = sources.get(span.path)
        if source is not None:
            return str(source.line(span.row, span.cell))
        if span.path not in texts:
            try:
                with open(span.path, encoding="utf-8", errors="replace") as stream:
                    texts[span.path] = stream.read().splitlines()
            except OSError:
                texts[span.path] = []
        rows = texts[span.path]
        return rows[span.row - 1] if 0 < span.row <= len(rows) else ""

    if not findings and (options.quiet or any(r.trouble for r in results)):
        return ""
    return render(findings, line_of, colour=wants_colour() and not options.output_file)


def _write(text: str, file: str | None) -> None:
    if file:
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(text + "\n" if text else "")
    elif text:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        print(text)


def _program_files(paths: list[str], keras: str) -> tuple[list[tuple[str, Any]], list[str]]:
    """Each file followed; what could not be done is in the second list."""
    from .files import discover
    from .runner import FileProblem, SyntaxProblem, follow_bytes

    programs: list[tuple[str, Any]] = []
    trouble: list[str] = []
    for path in paths:
        file, _, target = path.partition("::")
        for found in discover([file]):
            try:
                with open(found, "rb") as stream:
                    programs.append((found, follow_bytes(stream.read(), found, int(keras), target or None)))
            except SyntaxProblem as problem:
                trouble.append(f"{found}:{problem.span.row}:{problem.span.column}: {problem.message}")
            except (FileProblem, OSError) as problem:
                trouble.append(str(problem))
            except FileNotFoundError:
                raise
            except Exception as error:
                trouble.append(f"{found}: internal error: {type(error).__name__}: {error}. Please report this file.")
    return programs, trouble


def _summary(words: list[str]) -> int:
    parser = Parser(
        prog="lstmlint summary", description="Every model found: layers, output shapes, parameters.", allow_abbrev=False
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH[::CALLABLE]", help="files or folders; what one function or class builds"
    )
    parser.add_argument("--output-format", default="table", choices=("table", "json"), help="table or json")
    parser.add_argument("--keras", choices=("2", "3"), default="3")
    options = parser.parse_args(words)
    from . import summary

    try:
        programs, trouble = _program_files(options.paths, options.keras)
    except FileNotFoundError as missing:
        return _complain(f"{missing.args[0]}: there is no such file or folder")
    for line in trouble:
        print(f"lstmlint: {line}", file=sys.stderr)
    _write(summary.as_json(programs) if options.output_format == "json" else summary.as_table(programs), None)
    return 2 if trouble else 0


def _explain(words: list[str]) -> int:
    parser = Parser(
        prog="lstmlint explain", description="How each layer turns its input into its output.", allow_abbrev=False
    )
    parser.add_argument("path", metavar="PATH[:LINE]")
    parser.add_argument("--keras", choices=("2", "3"), default="3")
    options = parser.parse_args(words)
    from . import explain

    path, _, row = options.path.rpartition(":")
    if not path or not row.isdigit():
        path, row = options.path, ""
    try:
        programs, trouble = _program_files([path], options.keras)
    except FileNotFoundError as missing:
        return _complain(f"{missing.args[0]}: there is no such file or folder")
    for line in trouble:
        print(f"lstmlint: {line}", file=sys.stderr)
    text = "\n\n".join(explain.program(p, int(row) if row else None) for _, p in programs if p is not None)
    if not text.strip():
        return _complain(f"no layer on line {row} of {path}" if row else f"no layers in {path}")
    _write(text, None)
    return 2 if trouble else 0


def _rule(words: list[str]) -> int:
    parser = Parser(
        prog="lstmlint rule", description="A rule's documentation; all rules when none is named.", allow_abbrev=False
    )
    parser.add_argument("word", nargs="?", metavar="CODE | NAME")
    options = parser.parse_args(words)
    from .rule import all_rules, find_rule, load_pack
    from .runner import DEFAULT_PACK

    load_pack(DEFAULT_PACK)
    if options.word is None:
        rows = [f"{r.code}  {r.name:34} {r.severity!s:8} {r.summary}" for r in all_rules()]
        _write("\n".join(rows), None)
        return 0
    rule = find_rule(options.word)
    if rule is None:
        known = [w for r in all_rules() for w in (r.code, r.name)]
        near = difflib.get_close_matches(options.word, known, 1) or difflib.get_close_matches(
            options.word.upper(), known, 1
        )
        return _complain(f"there is no rule '{options.word}'" + (f" (did you mean '{near[0]}'?)" if near else ""))
    _write(f"{rule.code} {rule.name} ({rule.severity}, family {rule.family})\n\n{rule.documentation}", None)
    return 0
