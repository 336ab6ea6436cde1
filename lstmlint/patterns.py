"""Regular expressions that are compiled when they are first used: compiling one takes longer than importing the module that needs it."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Later:
    """Stands for a compiled pattern, and takes over each of its methods that is asked for."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(*self._given), name)  # `re` keeps what it has compiled
        setattr(self, name, method)
        return method


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled at its first use."""
    return cast("re.Pattern[AnyStr]", _Later(text, flags))


__all__ = ["pattern"]
