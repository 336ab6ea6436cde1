"""`lstmlint check`: what is wrong in the named files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

from ..config.keys import FORMATS
from . import COMMANDS
from .parser import Parser, add_configuration, complain, configuration, no_such_path, split


def _version() -> str:
    from .. import __version__

    return f"lstmlint {__version__}"


def add_arguments(parser: Any) -> None:
    """The options of `check`."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; '.' when none, '-' for standard input")
    add("--stdin-filename", metavar="NAME", default="<stdin>.py", help="the name of what comes from standard input")
    add("--watch", action="store_true", help="check again whenever a file changes")
    add("--version", action="version", version=_version())

    add = parser.add_argument_group("rules (codes, prefixes, names or families, comma separated)").add_argument
    add("--select", action="append", default=[], metavar="RULES", help="these instead of all errors and warnings")
    add("--extend-select", action="append", default=[], metavar="RULES", help="these as well")
    add("--ignore", action="append", default=[], metavar="RULES", help="not these")

    group = parser.add_argument_group("settings")
    add_configuration(group)
    add = group.add_argument
    add(
        "--exclude",
        "--extend-exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="leave files out, as .gitignore does",
    )
    add("--baseline", metavar="FILE", help="don't report the findings that are known there")
    add("--write-baseline", metavar="FILE", help="write all findings there, as known from now on")

    add = parser.add_argument_group("fixes").add_argument
    add("--fix", action="store_true", help="apply the safe fixes, and report what is left")
    add("--unsafe-fixes", action="store_true", help="apply the others as well (with --fix or --diff)")
    add("--diff", action="store_true", help="show what --fix would change, and change nothing")
    add("--add-ignore", action="store_true", help="write an ignore comment to every line with a finding")

    add = parser.add_argument_group("output").add_argument
    add("--output-format", metavar="FORMAT", help=", ".join(FORMATS))
    add("--output-file", metavar="FILE", help="write the findings there")
    add("--statistics", action="store_true", help="only how often each rule was found")
    add("--show-gaps", action="store_true", help="name the places where the program can't be followed")
    add("--exit-zero", action="store_true", help="end with status 0 even with findings")
    add("-q", "--quiet", action="store_true", help="only findings")
    work = parser.add_argument_group("work")
    work.add_argument(
        "--jobs",
        type=_processes,
        metavar="N",
        help="processes to share the work among (default: what the work is worth)",
    )
    work.add_argument("--no-cache", action="store_true", help="work everything out again, and keep nothing")
    work.add_argument("--cache-dir", metavar="FOLDER", help="where results are kept (default: .lstmlint_cache)")
    for name in ("--no-fix", "--force-exclude"):
        parser.add_argument(name, action="store_true", help=argparse.SUPPRESS)


def _processes(word: str) -> int:
    if not word.isdigit() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"'{word}' is not a number of processes (1, 2, ...)")
    return int(word)


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint",
        usage="lstmlint [check] [OPTIONS] [PATH ...]",
        description="Find shape and meaning errors in Keras models, without running them. "
        f"Other commands: {', '.join(COMMANDS[1:])}.",
        epilog="Exit status: 0 nothing to report, 1 findings, 2 wrong usage or a file that can't be read or parsed.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    wrong = _contradiction(options)
    if wrong is not None:
        return complain(wrong)
    if options.watch:
        from .watch import watch

        return watch(options, lambda: _guarded(options, words))
    return _guarded(options, words)


def _guarded(options: Any, words: list[str]) -> int:
    from ..config import ConfigError

    try:
        return _check(options)
    except ConfigError as error:
        return complain(str(error))
    except FileNotFoundError as missing:
        if len(missing.args) != 1:
            raise
        return no_such_path(missing.args[0], words[:1], COMMANDS)


def _contradiction(options: Any) -> str | None:
    if "-" in options.paths and len(options.paths) > 1:
        return "'-' (standard input) can't be checked together with other paths"
    if "-" in options.paths and (options.watch or options.add_ignore):
        return f"--{'watch' if options.watch else 'add-ignore'} needs files, not standard input"
    if options.add_ignore and (options.fix or options.diff or options.write_baseline):
        return "--add-ignore goes alone, without --fix, --diff and --write-baseline"
    if options.watch and (options.fix or options.add_ignore or options.write_baseline):
        return "--watch only looks: it goes without --fix, --add-ignore and --write-baseline"
    return None


def _said(options: Any) -> dict[str, Any]:
    """The settings that the command line makes."""
    from ..config import BY_NAME, ConfigError, Setting, likely

    said: dict[str, Any] = {}
    named = (
        ("select", "select"),
        ("extend_select", "extend-select"),
        ("ignore", "ignore"),
        ("exclude", "extend-exclude"),
    )
    for option, name in named:
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
    if options.baseline is not None:
        said["baseline"] = Setting(options.baseline, "--baseline")
    return said


def _check(options: Any) -> int:
    from ..running import options_for
    from .outcome import finish

    found = configuration(options, _said(options))
    wanted = found.settings(os.getcwd())["output-format"]
    trouble: list[str] = []
    if options.add_ignore:
        from .changes import write_ignores

        return write_ignores(_files(options, found, trouble), options_for(found), trouble)
    fix = (
        ("unsafe" if options.unsafe_fixes else "safe") if (options.fix or options.diff) and not options.no_fix else None
    )
    for_file = options_for(found, fix)
    results = _results(options, found, for_file, trouble)
    if options.diff and fix is not None:
        from .changes import show_diff

        return show_diff(results, trouble)
    if fix is not None:
        from .changes import store_fixes

        trouble += store_fixes(results, for_file, to_output="-" in options.paths)
    return finish(options, found, wanted, results, for_file, trouble)


def _files(options: Any, found: Any, trouble: list[str]) -> list[str]:
    from ..files import discover

    def excluded(path: str, named: bool) -> bool:
        return bool(found.settings_for(path).excluded(path, named=named))

    files = list(discover(options.paths or ["."], excluded, trouble.append))
    if not files and not options.quiet and not trouble:
        print("lstmlint: no Python files or notebooks there", file=sys.stderr)
    return files


def _results(options: Any, found: Any, for_file: Callable[[str], Any], trouble: list[str]) -> list[Any]:
    from ..runner import check_or_mend, check_paths
    from .progress import Progress

    if "-" in options.paths:
        name, data = options.stdin_filename, sys.stdin.buffer.read()
        left_out = not name.startswith("<") and found.settings_for(name).excluded(name, named=True)
        if left_out:
            if options.fix:
                sys.stdout.buffer.write(data)
            return []
        return [check_or_mend(data, name, for_file(name)).light()]
    files = _files(options, found, trouble)
    progress = Progress(len(files), wanted=not options.quiet)
    results = []
    cache = None if options.no_cache else _cache(options, found)
    for result in check_paths(files, for_file, cache=cache, processes=options.jobs):
        results.append(result)
        progress.step(result.path)
    progress.end()
    return results


def _cache(options: Any, found: Any) -> Any:
    """The cache: where the user says, else beside the configuration file or in the current folder."""
    from ..cache import FOLDER, Cache

    return Cache(options.cache_dir or os.path.join(found.settings(os.getcwd()).base, FOLDER))
