"""The table of all settings, from which the reader, the JSON schema and the documentation are made."""

from __future__ import annotations

from typing import Any

from ..frozen import dataclass

FORMATS = ("full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit")
SEVERITIES = ("error", "warning", "info")
SKIPPED = (
    ".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", ".eggs", "node_modules", "__pycache__", "build", "dist", "site-packages",
    ".mypy_cache", ".pytest_cache", ".ruff_cache", ".lstmlint_cache", ".ipynb_checkpoints",
)  # fmt: skip
"""Folders that are not entered."""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting: its name in the file, what kind of value it takes, its default, and a sentence about it.

    kind  "rules" (a list of codes, prefixes, names, families), "words" (a list of strings), "word" (a string), "choice" (one of `choices`),
          "rules by pattern" (a table) or "severity by rule" (a table)
    """

    name: str
    kind: str
    default: Any
    help: str
    example: str
    choices: tuple[Any, ...] = ()

    @property
    def takes(self) -> str:
        """What the setting takes, in words."""
        if self.kind == "choice":
            return "one of " + ", ".join(repr(c) if isinstance(c, str) else str(c) for c in self.choices)
        return {
            "rules": "a list of rules (codes, prefixes, names or families)",
            "words": "a list of strings",
            "word": "a string",
            "rules by pattern": "a table from file patterns to lists of rules",
            "severity by rule": 'a table from rules to "error", "warning" or "info"',
        }[self.kind]


KEYS = (
    Key("select", "rules", (), "The rules that are on, instead of all errors and warnings.", 'select = ["recurrent", "SHP"]'),
    Key("extend-select", "rules", (), "Rules that are on as well, above all infos.", 'extend-select = ["style"]'),
    Key("ignore", "rules", (), "Rules that are off.", 'ignore = ["units-are-timesteps"]'),
    Key(
        "per-file-ignores", "rules by pattern", (), "Rules that are off in files whose path matches a pattern (as in .gitignore).",
        'per-file-ignores = { "notebooks/**" = ["RNN001"] }',
    ),
    Key(
        "severity", "severity by rule", (), "Another severity for a rule, a prefix or a family. An info that becomes a warning is on.",
        'severity = { "units-are-timesteps" = "info" }',
    ),
    Key(
        "exclude", "words", SKIPPED, "Patterns of what is left out, in place of the default. Your own also hold for paths that are named on the "
        "command line.", 'exclude = ["legacy/", "*_old.py"]',
    ),
    Key("extend-exclude", "words", (), "Patterns of what is left out besides.", 'extend-exclude = ["examples/"]'),
    Key(
        "keras", "choice", None, "Which Keras the program is for. By default what the project pins in its lock file, requirements or "
        "pyproject.toml, and 3 if it pins none.", "keras = 2", (2, 3),
    ),
    Key("packs", "words", (), "Rule packs (importable packages) besides the one that comes with lstmlint.", 'packs = ["our_rules"]'),
    Key("src", "words", (), "Folders from which the project's imports start, besides its root and src/.", 'src = ["lib"]'),
    Key("baseline", "word", None, "A file of findings that are known and not reported.", 'baseline = "lstmlint-baseline.json"'),
    Key("fail-on", "choice", "info", "The least severity that makes the exit status 1.", 'fail-on = "error"', SEVERITIES),
    Key("output-format", "choice", "full", "How findings are written.", 'output-format = "concise"', FORMATS),
)  # fmt: skip
BY_NAME = {key.name: key for key in KEYS}
