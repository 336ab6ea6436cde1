"""What all commands share: options that answer a typo, complaints on standard error, text on standard output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """argparse that answers a typo with the likely name."""

    def error(self, message: str) -> NoReturn:
        unknown = message.partition("unrecognized arguments: ")[2].split(" ")[0]
        if unknown.startswith("--"):
            known = [s for a in self._actions for s in a.option_strings]
            import difflib

            near = difflib.get_close_matches(unknown.partition("=")[0], known, 1)
            if near:
                message += f" (did you mean {near[0]}?)"
        self.exit(2, f"lstmlint: {message}\nTry '{self.prog} --help'.\n")


def complain(message: str) -> int:
    """Say what is wrong; the answer is the exit status 2."""
    print(f"lstmlint: {message}", file=sys.stderr)
    return 2


def write(text: str, file: str | None = None) -> None:
    """Print, or write to a file. OSError when the file can't be written."""
    if file:
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(text + "\n" if text else "")
    elif text:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        print(text)


def split(values: Iterable[str]) -> tuple[str, ...]:
    """The words of options that take comma-separated lists and may come several times."""
    return tuple(w.strip() for value in values for w in value.split(",") if w.strip())


def add_configuration(parser: Any) -> None:
    """The options that every command with a configuration has."""
    parser.add_argument("--config", metavar="FILE", help="use this configuration file for everything")
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")
    parser.add_argument(
        "--keras", choices=("2", "3"), help="which Keras the program is for (default: what the project pins, else 3)"
    )


def configuration(options: Any, more: dict[str, Any] | None = None) -> Any:
    """The Configuration that the options ask for. Raises ConfigError."""
    import os

    from ..config import ConfigError, Configuration, Setting

    if options.config is not None and not os.path.isfile(options.config):
        raise ConfigError(f"{options.config}: there is no such file")
    said = dict(more or {})
    if options.keras:
        said["keras"] = Setting(int(options.keras), "--keras")
    return Configuration(said, options.config, options.isolated)


def no_such_path(word: str, words: Iterable[str], commands: Iterable[str]) -> int:
    """Complain about a path that isn't there, and ask whether a command was meant."""
    import difflib

    near = difflib.get_close_matches(word, list(commands), 1) if word in words else []
    hint = f" (did you mean the command '{near[0]}'?)" if near else ""
    return complain(f"{word}: there is no such file or folder{hint}")
