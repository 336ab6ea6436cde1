"""`lstmlint check`: what is wrong in the named files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

from ..config.keys import FORMATS
from . import COMMANDS
from .parser import Parser, add_configuration, complain, configuration, no_such_path, split, write

NOT_BUILT = ("diff", "unsafe_fixes", "statistics", "baseline", "write_baseline", "add_ignore", "watch")
FORMATS_NOT_BUILT = ("sarif", "github", "gitlab", "junit")


def _version() -> str:
    from .. import __version__

    return f"lstmlint {__version__}"


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint",
        usage="lstmlint [check] [OPTIONS] [PATH ...]",
        description=f"Find shape and meaning errors in Keras models, without running them. Other commands: {', '.join(COMMANDS[1:])}.",
        epilog="Exit status: 0 nothing to report, 1 findings, 2 wrong usage or a file that can't be read or parsed.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and folders; '.' when none, '-' for standard input"
    )
    rules = parser.add_argument_group("which rules (codes, prefixes, names or families, comma separated)")
    rules.add_argument(
        "--select", action="append", default=[], metavar="RULES", help="these instead of all errors and warnings"
    )
    rules.add_argument("--extend-select", action="append", default=[], metavar="RULES", help="these as well")
    rules.add_argument("--ignore", action="append", default=[], metavar="RULES", help="not these")
    settings = parser.add_argument_group("settings")
    add_configuration(settings)
    settings.add_argument(
        "--exclude",
        "--extend-exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="leave files out, as .gitignore patterns do",
    )
    output = parser.add_argument_group("output")
    output.add_argument("--output-format", metavar="FORMAT", help=", ".join(FORMATS))
    output.add_argument("--output-file", metavar="FILE", help="write the findings there")
    output.add_argument("--show-gaps", action="store_true", help="name the places where the program can't be followed")
    output.add_argument("--exit-zero", action="store_true", help="end with status 0 even with findings")
    output.add_argument("-q", "--quiet", action="store_true", help="only findings")
    parser.add_argument(
        "--stdin-filename", metavar="NAME", default="<stdin>.py", help="the name of what comes from standard input"
    )
    parser.add_argument("--version", action="version", version=_version())
    accepted = argparse.SUPPRESS
    for name in ("--no-cache", "--no-fix", "--force-exclude", "--fix"):
        parser.add_argument(name, action="store_true", help=accepted)
    for name in ("--cache-dir", "--jobs"):
        parser.add_argument(name, help=accepted)
    for name in ("--diff", "--unsafe-fixes", "--statistics", "--add-ignore", "--watch"):
        parser.add_argument(name, action="store_true", help=accepted)
    for name in ("--baseline", "--write-baseline"):
        parser.add_argument(name, help=accepted)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    if "-" in options.paths and len(options.paths) > 1:
        return complain("'-' (standard input) can't be checked together with other paths")
    for name in NOT_BUILT:
        if getattr(options, name):
            return complain(f"the option --{name.replace('_', '-')} is not built yet")
    from ..config import ConfigError

    try:
        return _check(options, words)
    except ConfigError as error:
        return complain(str(error))
    except FileNotFoundError as missing:
        if len(missing.args) != 1:
            raise
        return no_such_path(missing.args[0], words[:1], COMMANDS)


def _said(options: Any) -> dict[str, Any]:
    """The settings that the command line makes."""
    from ..config import BY_NAME, ConfigError, Setting, likely

    said: dict[str, Any] = {}
    for option, name in (
        ("select",) * 2,
        ("extend_select", "extend-select"),
        ("ignore",) * 2,
        ("exclude", "extend-exclude"),
    ):
        words = split(getattr(options, option))
        if words:
            said[name] = Setting(words, f"--{option.replace('_', '-')}")
    if options.output_format is not None:
        formats = BY_NAME["output-format"].choices
        if options.output_format not in formats:
            raise ConfigError(
                f"unknown output format '{options.output_format}'{likely(options.output_format, formats)}"
            )
        said["output-format"] = Setting(options.output_format, "--output-format")
    return said


def options_for(found: Any) -> Callable[[str], Any]:
    """The runner's options for each file, as the configuration has them."""
    from ..runner import DEFAULT_PACK, Options

    def options(path: str) -> Any:
        settings = found.settings_for(path)
        return Options(
            settings["select"],
            settings["extend-select"],
            settings.ignored_in(path),
            int(found.keras(path).value),
            (DEFAULT_PACK, *settings["packs"]),
            settings["severity"],
            settings.roots,
        )

    return options


def _check(options: Any, words: list[str]) -> int:
    from ..runner import check_bytes, check_paths

    found = configuration(options, _said(options))
    here = found.settings(os.getcwd())
    if here["output-format"] in FORMATS_NOT_BUILT:
        return complain(f"the output format '{here['output-format']}' is not built yet")
    paths = options.paths or ["."]
    trouble: list[str] = []
    for_file = options_for(found)
    if "-" in paths:
        name = options.stdin_filename
        data = sys.stdin.buffer.read()
        left_out = not name.startswith("<") and found.settings_for(name).excluded(name, named=True)
        results = [] if left_out else [check_bytes(data, name, for_file(name))]
    else:
        from ..files import discover

        def excluded(path: str, named: bool) -> bool:
            return bool(found.settings_for(path).excluded(path, named=named))

        results = list(check_paths(discover(paths, excluded, trouble.append), for_file))
        if not results and not options.quiet:
            print("lstmlint: no Python files or notebooks there", file=sys.stderr)
    findings = [f for r in results for f in r.findings]
    try:
        write(_rendered(options, here["output-format"], findings, results), options.output_file)
    except OSError as error:
        if not options.output_file or isinstance(error, BrokenPipeError):
            raise
        return complain(f"{options.output_file}: can't be written: {error.strerror or error}")
    trouble += [line for result in results for line in result.trouble]
    for line in trouble:
        print(f"lstmlint: {line}", file=sys.stderr)
    if options.show_gaps:
        for result in results:
            for gap in result.program.gaps if result.program else ():
                span = gap.place.span
                print(f"{span.path}:{span.row}:{span.column}: gap: {gap.reason}", file=sys.stderr)
    if options.fix:
        print("lstmlint: --fix is not built yet; nothing was changed", file=sys.stderr)
    if trouble:
        return 2
    failing = any(_fails(f, found.settings_for(f.span.path)["fail-on"]) for f in findings)
    return 1 if failing and not options.exit_zero else 0


def _fails(finding: Any, least: str) -> bool:
    order = ("info", "warning", "error")
    return order.index(str(finding.severity)) >= order.index(least)


def _rendered(options: Any, wanted: str, findings: list[Any], results: list[Any]) -> str:
    if wanted in ("json", "json-lines"):
        from ..output import json

        return json.array(findings) if wanted == "json" else json.lines(findings)
    if wanted == "concise":
        from ..output.concise import render as concise

        return concise(findings)
    from ..output.full import render, wants_colour

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
