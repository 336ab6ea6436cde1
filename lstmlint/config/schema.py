"""The JSON schema and the documentation of the settings, made from their table."""

from __future__ import annotations

from typing import Any

from .keys import FORMATS, KEYS, SEVERITIES, SKIPPED, Key

_RULES = {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]*$"}, "uniqueItems": True}


def schema() -> dict[str, Any]:
    """The schema of lstmlint.toml, and of [tool.lstmlint] in pyproject.toml."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "lstmlint",
        "description": "Settings of lstmlint, in lstmlint.toml or under [tool.lstmlint] in pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.help, **_type(key)} for key in KEYS},
    }


def _type(key: Key) -> dict[str, Any]:
    if key.kind == "rules":
        return dict(_RULES)
    if key.kind == "words":
        return {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    if key.kind == "rules by pattern":
        return {"type": "object", "additionalProperties": _RULES}
    if key.kind == "severity by rule":
        return {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}}
    if key.kind == "choice":
        return {"enum": list(key.choices)}
    return {"type": "string"}


def documentation() -> str:
    """The table of settings for docs/configuration.md."""
    lines = ["| setting | takes | default | what it does | example |", "|---|---|---|---|---|"]
    for key in KEYS:
        lines.append(f"| `{key.name}` | {key.takes} | {_default(key)} | {key.help} | `{key.example}` |")
    return "\n".join(lines)


def _default(key: Key) -> str:
    if key.default is SKIPPED:
        return "folders such as " + ", ".join(f"`{name}`" for name in SKIPPED[:4]) + " ..."
    if key.name == "keras":
        return "what is pinned"
    if key.default in ((), None):
        return "nothing"
    return f"`{key.default}`"


__all__ = ["FORMATS", "documentation", "schema"]
