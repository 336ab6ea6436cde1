"""Versions: of Keras, TensorFlow and Python only those are known that a program may run with, and what holds for each of them holds."""

from __future__ import annotations

import functools
import operator
import re
from typing import Any, NamedTuple

from ..knowledge import Call, attribute, base, constant, function
from ..patterns import pattern
from ..values import OneOf, Value
from .choices import each, joined

TO_COME = 99
"""The minor version of one that is not there yet."""

_MINORS: dict[tuple[str, int], tuple[int, range]] = {
    ("keras", 3): (3, range(16)),
    ("keras", 2): (2, range(22)),
    ("tensorflow", 3): (2, range(16, 22)),
    ("tensorflow", 2): (2, range(22)),
    ("python", 3): (3, range(10, 15)),
    ("python", 2): (3, range(6, 15)),
}
"""Library, and the major version of Keras that is used -> its own major version and the minor ones that there are."""

_BUGFIXES = (0, 1, 4)
"""The last numbers of which each minor version has some."""


def versions(library: str, keras_major: int) -> list[tuple[int, int, int]]:
    """Every version that a program for this Keras may run with."""
    major, minors = _MINORS[library, 3 if keras_major >= 3 else 2]
    return [(major, minor, last) for minor in (*minors, TO_COME) for last in _BUGFIXES]


def _text(call: Call, library: str) -> Value:
    rows = versions(library, call.engine.keras_major)
    return joined([".".join(map(str, row)) for row in rows], library, call.place)


@attribute("keras.__version__")
@function("keras.version")
def of_keras(call: Call) -> Value:
    """keras.__version__, keras.version()"""
    return _text(call, "keras")


@attribute(
    "tensorflow.__version__",
    "tensorflow.version.VERSION",
    "tensorflow.compat.v1.__version__",
    "tensorflow.compat.v1.VERSION",
)
def of_tensorflow(call: Call) -> Value:
    """tf.__version__"""
    return _text(call, "tensorflow")


@function("platform.python_version")
def of_python(call: Call) -> Value:
    """platform.python_version()"""
    return _text(call, "python")


@function("platform.python_version_tuple")
def parts_of_python(call: Call) -> Value:
    """platform.python_version_tuple()"""
    rows = versions("python", call.engine.keras_major)
    return joined([tuple(map(str, row)) for row in rows], "python", call.place)


@function("importlib.metadata.version")
def installed(call: Call) -> Value:
    """importlib.metadata.version("keras")"""
    library = call.args[0] if len(call.args) == 1 else None
    if library in ("keras", "tensorflow"):
        return _text(call, str(library))
    return call.unknown("which version is installed is not known", "str")


# Python ---------------------------------------------------------------------------------------------------------------


class _Fields(NamedTuple):
    major: int
    minor: int
    micro: int
    releaselevel: str = "final"
    serial: int = 0


class PythonVersion(_Fields):
    """`sys.version_info`"""

    kind = "sys.version_info"


base("sys.version_info", "builtins.tuple")
constant("six.PY2", False)
constant("six.PY3", True)


@attribute("sys.version_info")
def version_info(call: Call) -> Value:
    """sys.version_info"""
    rows = versions("python", call.engine.keras_major)
    return joined([PythonVersion(major, minor, last) for major, minor, last in rows], "python", call.place)


@attribute("sys.version")
def version_of_python(call: Call) -> Value:
    """sys.version"""
    rows = versions("python", call.engine.keras_major)
    return joined([f"{'.'.join(map(str, row))} (main) [GCC]" for row in rows], "python", call.place)


# what is read of a text -------------------------------------------------------------------------------------------------

_VERSION = pattern(r"\s*v?(\d+(?:\.\d+)*)[-_.]?((?:a|b|c|rc|alpha|beta|pre|preview|dev)[-_.]?\d*)?", re.I)


@functools.total_ordering
class Release:
    """What `packaging.version.parse("2.16.0rc1")` gives: its numbers, and whether it comes before the release of these numbers."""

    kind = "packaging.version.Version"

    def __init__(self, text: str) -> None:
        found = _VERSION.match(text)
        if found is None:
            raise ValueError(text)
        self.release = tuple(int(part) for part in found[1].split("."))
        self.is_prerelease = found[2] is not None
        self.base_version = found[1]
        self.version = list(self.release)
        self.major, self.minor, self.micro = (*self.release, 0, 0)[:3]

    def _order(self) -> tuple[tuple[int, ...], bool]:
        numbers = list(self.release)
        while numbers and not numbers[-1]:
            del numbers[-1]
        return (tuple(numbers), not self.is_prerelease)

    def __hash__(self) -> int:
        return hash(self._order())

    def __eq__(self, other: object) -> bool:
        return self._order() == _release(other)._order()

    def __lt__(self, other: object) -> bool:
        return self._order() < _release(other)._order()


def _release(value: object) -> Release:
    """The version itself, or what a text says of one, which LooseVersion is compared with."""
    if isinstance(value, Release):
        return value
    if isinstance(value, str):
        return Release(value)
    raise TypeError(value)


base(Release.kind, "builtins.object")


@function(
    "packaging.version.parse", "packaging.version.Version", "pkg_resources.parse_version", "distutils.version.LooseVersion",
    "distutils.version.StrictVersion", "pkg_resources.extern.packaging.version.parse", "pkg_resources.packaging.version.parse",
    "setuptools._distutils.version.LooseVersion", "looseversion.LooseVersion",
)  # fmt: skip
def parse(call: Call) -> Value:
    """version.parse(text), LooseVersion(text)"""
    text = call.args[0] if len(call.args) == 1 else None
    if isinstance(text, str):
        try:
            return joined([Release(text)], "", call.place)
        except ValueError:
            return call.unknown(f"{text!r} is no version")
    made = each(_release, [text], call.place) if isinstance(text, OneOf) else None
    return made if made is not None else call.unknown("which version this is is not known")


@attribute(
    *(f"sys.version_info.{name}" for name in PythonVersion._fields),
    *(
        f"{Release.kind}.{n}"
        for n in ("release", "is_prerelease", "base_version", "version", "major", "minor", "micro")
    ),
)
def part(call: Call) -> Value:
    """`version.major`, `sys.version_info.minor`"""
    short: Any = operator.attrgetter(call.name.rpartition(".")[2])
    made = each(short, [call.receiver], call.place)
    return made if made is not None else call.unknown("which version this is is not known")
