"""From configuration to the runner's options: what is in force for a file, as a run needs it."""

from __future__ import annotations

from collections.abc import Callable

from .config import Configuration
from .runner import DEFAULT_PACK, Options


def options_for(configuration: Configuration, fix: str | None = None) -> Callable[[str], Options]:
    """The runner's options for each file. `fix` as in Options; calling raises ConfigError."""

    def options(path: str) -> Options:
        settings = configuration.settings_for(path)
        return Options(
            settings["select"],
            settings["extend-select"],
            settings.ignored_in(path),
            int(configuration.keras(path).value),
            (DEFAULT_PACK, *settings["packs"]),
            settings["severity"],
            settings.roots,
            fix,
        )

    return options
