"""Which Keras a project is for: what its lock file, requirements or pyproject.toml pin."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from ..patterns import pattern

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "conda-lock.yml")
_DECLARED = ("pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "environment.yml", "environment.yaml")
_FIRST_KERAS_3 = {"keras": (3,), "tensorflow": (2, 16)}
"""From these versions on the package is, or brings, Keras 3."""
_NAME = r"(?<![\w.-])(keras|tensorflow(?:[-_](?:cpu|gpu|intel|macos))?)(?:\[[\w,\s-]*\])?"
_LOCKED = (
    pattern(rf"""name\s*=\s*["']{_NAME}["']\s*\n\s*version\s*=\s*["']([\d.]+)"""),
    pattern(rf"""["']{_NAME}["']\s*:\s*\{{[^{{}}]*?["']version["']\s*:\s*["']==([\d.]+)"""),
    pattern(rf"""name:\s*{_NAME}\s*\n\s*version:\s*["']?([\d.]+)"""),
)
_REQUIRED = pattern(rf"""{_NAME}["']?\s*(?:=\s*["']|\(|;|,)?\s*((?:[~<>=!^]=?=?\s*[\d.*]+\s*,?\s*)+)""", re.IGNORECASE)
_BARE = pattern(rf"""^\s*["']?{_NAME}["']?\s*=\s*\{{?(?:\s*version\s*=\s*)?["']([\d.]+)["']""", re.MULTILINE)
_TERM = pattern(r"([~<>=!^]=?=?)\s*([\d.*]+)")


def pinned(folder: str) -> tuple[int, str] | None:
    """Keras's major version and the place that says so ("requirements.txt:3"), from the nearest folder upwards that says it.

    Only a pin that leaves no room counts as Keras 2: `keras<3`, `tensorflow==2.15`; `keras>=2.4` is open upwards.
    """
    folder = os.path.abspath(folder)
    while True:
        for path in _files(folder):
            found = _pin_in(path)
            if found is not None:
                return found
        if os.path.exists(os.path.join(folder, ".git")) or os.path.dirname(folder) == folder:
            return None
        folder = os.path.dirname(folder)


def _files(folder: str) -> Iterator[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    wanted = [name for name in LOCKS if name in names]
    wanted += [name for name in names if re.fullmatch(r"(?:.*[-_.])?requirements(?:[-_.].*)?\.(?:txt|in)", name)]
    wanted += [name for name in _DECLARED if name in names]
    for name in wanted:
        yield os.path.join(folder, name)


def _pin_in(path: str) -> tuple[int, str] | None:
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            text = stream.read(4_000_000)
    except OSError:
        return None
    name = os.path.basename(path)
    if "keras" not in text and "tensorflow" not in text:
        return None
    if not name.endswith((".lock", "lock.yml")):
        text = re.sub(r"(^|\s)#[^\n]*", r"\1", text)
    answers: list[tuple[bool, int, str]] = []
    patterns = _LOCKED if name in LOCKS else (_REQUIRED, _BARE)
    for known in patterns:
        for match in known.finditer(text):
            package = "keras" if match[1].lower() == "keras" else "tensorflow"
            terms = match[2] if known is _REQUIRED else f"=={match[2]}"
            major = _major(package, terms)
            if major is not None:
                row = text.count("\n", 0, match.start(1)) + 1
                answers.append((package == "keras", major, f"{name}:{row}"))
    if not answers:
        return None
    _, major, place = max(answers, key=lambda answer: answer[0])  # keras itself has the last word
    return major, place


def _major(package: str, terms: str) -> int | None:
    """2 when the versions allowed all are before Keras 3, 3 when they all are Keras 3, None when both are possible."""
    border = _FIRST_KERAS_3[package]
    least: tuple[int, ...] = (0,)
    most: tuple[int, ...] | None = None  # exclusive
    for operator, written in _TERM.findall(terms):
        version = tuple(int(part) for part in written.split(".") if part.isdigit())
        if not version:
            continue
        if operator in ("==", "===", "="):
            least, most = version, (*version[:-1], version[-1] + 1)
        elif operator in ("~=", "~"):
            most = (*version[:-2], version[-2] + 1) if len(version) > 1 else (version[0] + 1,)
            least = version
        elif operator == "^":
            least, most = version, (version[0] + 1,)
        elif operator == "<":
            most = version
        elif operator == "<=":
            most = (*version[:-1], version[-1] + 1)
        elif operator in (">", ">="):
            least = version
    if most is not None and most <= border:
        return 2
    return 3 if least >= border else None
