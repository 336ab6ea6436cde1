"""From configuration to the runner's options: what is in force for a file, as a run needs it."""

from __future__ import annotations

from collections.abc import Callable

from .config import Configuration, Settings
from .runner import DEFAULT_PACK, Options


def options_for(configuration: Configuration, fix: str | None = None) -> Callable[[str], Options]:
    """The runner's options for each file. `fix` as in Options; calling raises ConfigError."""
    made: dict[tuple[Settings, tuple[str, ...]], Options] = {}

    def options(path: str) -> Options:
        settings = configuration.settings_for(path)
        ignored = settings.ignored_in(path)
        known = made.get((settings, ignored))
        if known is None:
            known = made[settings, ignored] = Options(
                settings["select"],
                settings["extend-select"],
                ignored,
                int(configuration.keras(path).value),
                (DEFAULT_PACK, *settings["packs"]),
                settings["severity"],
                settings.roots,
                fix,
            )
        return known

    return options
