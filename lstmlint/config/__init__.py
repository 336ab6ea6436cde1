"""What is in force for a file: defaults, then the nearest configuration file, then the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from ..frozen import dataclass
from ..runner import DEFAULT_PACK
from .keys import BY_NAME, KEYS, SKIPPED, Key
from .patterns import Patterns
from .reading import ConfigError, Setting, check_rules, find, likely, load, shown

__all__ = [
    "BY_NAME",
    "KEYS",
    "SKIPPED",
    "ConfigError",
    "Configuration",
    "Key",
    "Setting",
    "Settings",
    "likely",
    "shown",
]


@dataclass(frozen=True, eq=False)
class Settings:
    """The settings for the files of one folder. `base` is the folder of the file that they come from: patterns are relative to it."""

    values: Mapping[str, Setting]
    base: str
    file: str | None = None

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    @cached_property
    def _excluded(self) -> tuple[Patterns, Patterns]:
        own = list(self["extend-exclude"])
        if self.values["exclude"].source != "default":
            own += self["exclude"]
        return Patterns(own), Patterns(self["exclude"])

    @cached_property
    def _per_file(self) -> list[tuple[Patterns, tuple[str, ...]]]:
        return [(Patterns([pattern]), rules) for pattern, rules in self["per-file-ignores"]]

    def excluded(self, path: str, *, named: bool = False) -> bool:
        """Is the file or folder left out? A path that is `named` on the command line only by the user's own patterns."""
        own, all_of_them = self._excluded
        spec = own if named else all_of_them
        if not spec and not own:
            return False
        relative = self._relative(path)
        if relative is None:
            return False
        return own.match_file(relative, path) or spec.match_file(relative, path)

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The rules that are off in this file, `ignore` included."""
        found: tuple[str, ...] = self["ignore"]
        for spec, rules in self._per_file:
            relative = self._relative(path)
            if relative is not None and spec.match_file(relative, path):
                found += rules
        return found

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders from which imports start."""
        return tuple(os.path.join(self.base, folder) for folder in self["src"])

    def path(self, name: str) -> str | None:
        """A setting that is a path; one in a configuration file is relative to that file."""
        setting = self.values[name]
        if setting.value is None:
            return None
        return str(setting.value) if setting.source.startswith("--") else os.path.join(self.base, setting.value)

    def _relative(self, path: str) -> str | None:
        """The path with "/" from the base on; None for the base itself and for what is not in it."""
        folder, name = _parted(path)
        if folder not in self._starts:
            self._starts[folder] = self._start(folder)
        start = self._starts[folder]
        return None if start is None else start + name

    @cached_property
    def _starts(self) -> dict[str, str | None]:
        return {}

    def _start(self, folder: str) -> str | None:
        try:
            relative = os.path.relpath(folder or os.curdir, self.base)
        except ValueError:  # another drive
            return None
        if relative == os.curdir:
            return ""
        return None if relative.split(os.sep)[0] == os.pardir else relative.replace(os.sep, "/") + "/"


def _parted(path: str) -> tuple[str, str]:
    """The folder that a path stands in, and its name there."""
    folder, name = os.path.split(path)
    return (folder, name) if name not in ("", os.curdir, os.pardir) else os.path.split(os.path.abspath(path))


def _from_here(pattern: str, base: str) -> str:
    """A pattern of the command line, which is relative to the current folder, as one relative to `base`."""
    here = os.path.relpath(os.getcwd(), base).replace(os.sep, "/")
    anchored = "/" in pattern.rstrip("/")
    return f"{here}/{pattern.removeprefix('/')}" if anchored and here != "." and not here.startswith("..") else pattern


ADDED = ("extend-select", "ignore", "extend-exclude")
"""Settings that the command line adds to."""
DEFAULTS = {key.name: Setting(key.default, "default") for key in KEYS}


@dataclass(eq=False)
class Configuration:
    """Gives the settings for any path; what the command line says wins everywhere.

    `file` is a configuration file that is used for all paths, `isolated` uses none. `ConfigError` comes from `settings`.
    """

    command_line: Mapping[str, Setting] = field(default_factory=dict)
    file: str | None = None
    isolated: bool = False
    _absolute: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, Settings] = field(default_factory=dict)
    _files: dict[str | None, dict[str, Setting]] = field(default_factory=dict)
    _pins: dict[str, Setting] = field(default_factory=dict)

    def settings(self, folder: str) -> Settings:
        """What is in force for the files in a folder."""
        return self._settings(os.path.abspath(folder))

    def _settings(self, folder: str) -> Settings:
        if folder not in self._folders:
            file = None if self.isolated else self.file or find(folder)
            if file not in self._files:
                self._files[file] = self._loaded(file)
            base = os.path.dirname(os.path.abspath(file)) if file is not None else os.getcwd()
            self._folders[folder] = Settings(self._merged(self._files[file], base), base, file)
        return self._folders[folder]

    def _merged(self, from_file: Mapping[str, Setting], base: str) -> dict[str, Setting]:
        """What the command line says replaces what the file says; what it adds is added."""
        values = {**DEFAULTS, **from_file}
        if "select" in self.command_line:  # whoever selects rules there has thought of all rules
            for name in ("extend-select", "ignore"):
                values[name] = DEFAULTS[name]
        for name, setting in self.command_line.items():
            old = values[name]
            if name in ADDED:
                more = [_from_here(p, base) for p in setting.value] if name == "extend-exclude" else setting.value
                sources = [s.source for s in (old, setting) if s.value]
                setting = Setting((*old.value, *more), ", ".join(sources))
            values[name] = setting
        return values

    def settings_for(self, path: str) -> Settings:
        """What is in force for a file."""
        return self._settings(self._folder_of(path))

    def _folder_of(self, path: str) -> str:
        """The folder of a file, absolute."""
        folder, _ = _parted(path)
        if folder not in self._absolute:
            self._absolute[folder] = os.path.abspath(folder)
        return self._absolute[folder]

    def keras(self, path: str) -> Setting:
        """Which Keras a file is for: as set, else as the project pins it, else 3."""
        folder = self._folder_of(path)
        settings = self._settings(folder)
        if settings["keras"] is not None:
            return settings.values["keras"]
        if folder not in self._pins:
            found = None
            if not self.isolated:
                from .pins import pinned

                found = pinned(folder)
            self._pins[folder] = Setting(3, "default") if found is None else Setting(*found)
        return self._pins[folder]

    def _loaded(self, file: str | None) -> dict[str, Setting]:
        found = load(file) if file is not None else {}
        packs = found.get("packs", DEFAULTS["packs"])
        rules_named = any(BY_NAME[name].kind.startswith(("rules", "severity")) for name in (*found, *self.command_line))
        if packs.value or rules_named:
            from ..packs import load_pack
            from ..rule import unknown_selector

            for pack in (DEFAULT_PACK, *packs.value):
                try:
                    load_pack(pack, os.path.dirname(os.path.abspath(file)) if file is not None else None)
                except ImportError as error:
                    raise ConfigError(f"{packs.source}: packs: {pack} can't be imported: {error}") from None
            check_rules(found, unknown_selector)
            for setting in self.command_line.values():
                if setting.source in ("--select", "--extend-select", "--ignore"):
                    for selector in setting.value:
                        wrong = unknown_selector(selector)
                        if wrong is not None:
                            raise ConfigError(f"{setting.source}: {wrong}")
        return found
