"""The programs that `summary` and `explain` show: each named file followed as its own project wants it."""

from __future__ import annotations

from typing import Any


def followed(paths: list[str], configuration: Any) -> tuple[list[tuple[str, Any]], list[str]]:
    """Each file with its Program (None without Keras), and what could not be done. `PATH::CALLABLE` follows one function or class.

    Raises FileNotFoundError for a path that isn't there, and ConfigError.
    """
    from ..config import ConfigError
    from ..files import discover
    from ..runner import FileProblem, SyntaxProblem, follow_bytes

    programs: list[tuple[str, Any]] = []
    trouble: list[str] = []
    parsed: dict[tuple[str, bytes], Any] = {}
    for path in paths:
        file, _, target = path.partition("::")

        def excluded(found: str, named: bool) -> bool:
            return bool(configuration.settings_for(found).excluded(found, named=named))

        for found in discover([file], excluded, trouble.append):
            settings = configuration.settings_for(found)
            keras = int(configuration.keras(found).value)
            try:
                with open(found, "rb") as stream:
                    raw = stream.read()
                tree = parsed.get((found, raw))  # several functions of one file may be asked for
                program = follow_bytes(raw, found, keras, target or None, settings.roots, tree)
                if program is not None:
                    parsed[found, raw] = program.tree
                programs.append((found, program))
            except SyntaxProblem as problem:
                trouble.append(f"{found}:{problem.span.row}:{problem.span.column}: {problem.message}")
            except FileProblem as problem:
                trouble.append(str(problem))
            except OSError as problem:
                trouble.append(f"{found}: {problem.strerror or problem}")
            except ConfigError:
                raise
            except Exception as error:
                trouble.append(f"{found}: internal error: {type(error).__name__}: {error}. Please report this file.")
    return programs, trouble


def shown(paths: list[str], options: Any) -> tuple[list[tuple[str, Any]] | None, int]:
    """The programs of a command's paths, and the exit status so far: 2 when something could not be done, which is said here.

    No programs at all when the paths or the configuration are wrong.
    """
    from ..config import ConfigError
    from . import COMMANDS
    from .parser import complain, configuration, no_such_path

    try:
        programs, trouble = followed(paths, configuration(options))
    except FileNotFoundError as missing:
        return None, no_such_path(missing.args[0], (), COMMANDS)
    except ConfigError as error:
        return None, complain(str(error))
    for line in trouble:
        complain(line)
    return programs, 2 if trouble else 0
