"""A configuration file read: every value checked and kept with the line that it stands on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

from ..frozen import dataclass
from ..patterns import pattern
from .keys import BY_NAME, SEVERITIES, Key

OWN_FILE, PROJECT_FILE = "lstmlint.toml", "pyproject.toml"
_HEADER = pattern(r"\s*\[\s*tool\s*\.\s*\"?lstmlint\"?\s*([.\]#]|$)|\s*tool\.lstmlint\b")


class ConfigError(Exception):
    """A configuration that can't be followed; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it comes from ("default", "pyproject.toml:12", "--select")."""

    value: Any
    source: str


def find(folder: str) -> str | None:
    """The nearest configuration file from a folder upwards: lstmlint.toml, or pyproject.toml with a [tool.lstmlint] table."""
    while True:
        own = os.path.join(folder, OWN_FILE)
        if os.path.isfile(own):
            return own
        project = os.path.join(folder, PROJECT_FILE)
        if os.path.isfile(project) and _concerns_us(project):
            return project
        if os.path.dirname(folder) == folder:
            return None
        folder = os.path.dirname(folder)


def _concerns_us(path: str) -> bool:
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return any(_HEADER.match(line) for line in stream)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from None


def load(path: str) -> dict[str, Setting]:
    """The settings in a file, by name. Raises ConfigError for what is unknown, mistyped or no TOML."""
    text = _text(path)
    try:
        document = _toml(text)
    except ValueError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from None
    table = document if os.path.basename(path) != PROJECT_FILE else document.get("tool", {}).get("lstmlint", {})
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [tool.lstmlint] must be a table")
    if table is document and set(table) == {"tool"}:
        raise ConfigError(f"{path}: settings stand at the top of {OWN_FILE}, not under [tool.lstmlint]")
    found: dict[str, Setting] = {}
    for name, value in table.items():
        row = _row(text, name)
        place = f"{shown(path)}:{row}" if row else shown(path)
        key = BY_NAME.get(name)
        if key is None:
            raise ConfigError(f"{place}: unknown setting '{name}'{likely(name.replace('_', '-'), BY_NAME)}")
        found[name] = Setting(_checked(key, value, place), place)
    return found


def likely(word: str, known: Iterable[Any]) -> str:
    """ " (did you mean 'select'?)", or what there is when nothing is near and the list is short."""
    import difflib

    words = [str(k) for k in known]
    near = difflib.get_close_matches(word, words, 1) or difflib.get_close_matches(word.upper(), words, 1)
    if near:
        return f" (did you mean '{near[0]}'?)"
    return f" (there are {', '.join(words)})" if len(words) < 16 else ""


def check_rules(settings: dict[str, Setting], unknown: Callable[[str], str | None]) -> None:
    """Raise ConfigError for a rule that does not exist; `unknown` gives what is wrong with a selector."""
    for name, setting in settings.items():
        key = BY_NAME[name]
        if key.kind == "rules":
            selectors = list(setting.value)
        elif key.kind == "rules by pattern":
            selectors = [selector for _, several in setting.value for selector in several]
        elif key.kind == "severity by rule":
            selectors = [selector for selector, _ in setting.value]
        else:
            continue
        for selector in selectors:
            wrong = unknown(selector)
            if wrong is not None:
                raise ConfigError(f"{_place_of(setting.source, selector)}: {name}: {wrong}")


def shown(path: str) -> str:
    """The path as people know it: relative where it is below the current folder."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig") as stream:
            return stream.read()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None


def _toml(text: str) -> dict[str, Any]:
    import importlib

    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    document: dict[str, Any] = tomllib.loads(text)
    return document


def _row(text: str, name: str, start: int = 1) -> int | None:
    """The line on which a setting's name stands, as a key or as a table's name."""
    word = re.escape(name)
    pattern = re.compile(
        rf"""(?:^\s*(?:tool\.lstmlint\.|lstmlint\.)?|[{{,]\s*|lstmlint\s*\.\s*)["']?{word}["']?\s*(?:[.=\]])"""
    )
    for row, line in enumerate(text.splitlines(), 1):
        if row >= start and pattern.search(line):
            return row
    return None


def _place_of(source: str, word: str) -> str:
    """The line of a word within the setting that begins at `source` (path:row)."""
    path, _, row = source.rpartition(":")
    if not row.isdigit():
        return source
    for number, line in enumerate(_text(path).splitlines(), 1):
        if number >= int(row) and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", line):
            return f"{path}:{number}"
    return source


def _checked(key: Key, value: Any, place: str) -> Any:
    """The value as settings hold it (tuples for lists and tables), or a ConfigError that says what the setting takes."""
    if key.kind in ("rules", "words") and _is_list(value):
        return tuple(value)
    if key.kind == "word" and isinstance(value, str):
        return value
    if key.kind == "choice":
        choice = int(value) if isinstance(value, str) and value.isdigit() else value
        if choice in key.choices and not isinstance(choice, bool):
            return choice
        raise ConfigError(f"{place}: {key.name}: {value!r} is none of its values{likely(str(value), key.choices)}")
    if key.kind == "rules by pattern" and isinstance(value, dict) and all(_is_list(v) for v in value.values()):
        return tuple((pattern, tuple(rules)) for pattern, rules in value.items())
    if key.kind == "severity by rule" and isinstance(value, dict):
        for rule, severity in value.items():
            if severity not in SEVERITIES:
                where = _place_of(place, rule)
                raise ConfigError(f"{where}: severity: {severity!r} is no severity{likely(str(severity), SEVERITIES)}")
        return tuple(value.items())
    raise ConfigError(f"{place}: {key.name} takes {key.takes}; for example {key.example}")


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)
