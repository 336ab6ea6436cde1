"""`lstmlint config`: which settings are in force, and where each one comes from."""

from __future__ import annotations

import json
import os
from typing import Any

from . import COMMANDS
from .parser import Parser, add_configuration, complain, configuration, no_such_path, write


def add_arguments(parser: Any) -> None:
    """What the command takes."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH")
    parser.add_argument("--schema", action="store_true", help="print the JSON schema of lstmlint.toml")
    add_configuration(parser)


def make_parser() -> Parser:
    parser = Parser(
        prog="lstmlint config",
        description="The settings that are in force for a file or folder, and where each one comes from.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    return parser


def run(words: list[str]) -> int:
    options = make_parser().parse_args(words)
    from ..config import KEYS, ConfigError
    from ..config.schema import schema

    if options.schema:
        write(json.dumps(schema(), indent=2))
        return 0
    if not os.path.exists(options.path):
        return no_such_path(options.path, (), COMMANDS)
    try:
        found = configuration(options)
        folder = options.path if os.path.isdir(options.path) else os.path.dirname(os.path.abspath(options.path))
        settings = found.settings(folder)
        values = {key.name: settings.values[key.name] for key in KEYS}
        values["keras"] = found.keras(os.path.join(folder, "x.py"))
    except ConfigError as error:
        return complain(str(error))
    rows = [(_line(key.name, key.kind, values[key.name].value), values[key.name].source) for key in KEYS]
    width = min(max(len(row) for row, _ in rows), 60)
    file = f"# {settings.file}" if settings.file else "# no configuration file"
    write("\n".join([file, *(f"{row:{width}}  # {source}" for row, source in rows)]))
    return 0


def _line(name: str, kind: str, value: Any) -> str:
    if value is None:
        return f"# {name} is not set"
    return f"{name} = {{}}" if value == () and " by " in kind else f"{name} = {_toml(value)}"


def _toml(value: Any) -> str:
    if isinstance(value, tuple) and value and all(isinstance(v, tuple) for v in value):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(json.dumps(v, ensure_ascii=False) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)
