"""Checks the text of an open file as its project's configuration wants it."""

from __future__ import annotations

from typing import Any

from ..config import ConfigError, Configuration
from ..runner import Options, Result, check_bytes
from ..running import options_for


def options(path: str, configuration: Configuration | None = None) -> Options:
    """What is in force for a file. Raises ConfigError."""
    return options_for(configuration or Configuration())(path)


def check(text: str, path: str) -> Result:
    """The findings of a text that stands at `path`, whether it was saved or not. Configuration that can't be followed is trouble."""
    configuration = Configuration()
    try:
        settings = configuration.settings_for(path)
        if settings.excluded(path, named=True):
            return Result(path)
        wanted = options(path, configuration)
    except ConfigError as error:
        return Result(path, trouble=[str(error)])
    result = check_bytes(text.encode("utf-8", "surrogatepass"), path, wanted)
    baseline = settings.path("baseline")
    if baseline is not None:
        result.findings = _new(result.findings, baseline, result)
    return result


def _new(findings: list[Any], file: str, result: Result) -> list[Any]:
    from .. import baseline

    try:
        known = baseline.read(file)
    except baseline.BaselineError as error:
        result.trouble.append(str(error))
        return findings
    return [finding for finding in findings if not known.knows(finding)]
