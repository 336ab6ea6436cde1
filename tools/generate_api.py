"""Writes what the installed Keras says of itself (Keras 3, and Keras 2 as tf_keras) to lstmlint/keras/api/.

python tools/generate_api.py            # all tables
python tools/generate_api.py homes      # one of them
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
TARGET = Path(__file__).parents[1] / "lstmlint" / "keras" / "api"
GENERATIONS = {3: "keras", 2: "tf_keras"}
GROUPS = (
    "layers",
    "optimizers",
    "optimizers.schedules",
    "losses",
    "metrics",
    "callbacks",
    "initializers",
    "regularizers",
    "constraints",
)
KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_POSITIONAL: "var",
    inspect.Parameter.VAR_KEYWORD: "kwargs",
}


def plain(value: Any) -> Any:
    """A default as JSON; what JSON can't say becomes its text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return str(value)


def rows(function: Any, skip: int = 0) -> list[list[Any]]:
    """A signature as rows of [name, kind, default, required], without its first `skip` parameters."""
    found = []
    for parameter in list(inspect.signature(function).parameters.values())[skip:]:
        required = parameter.default is inspect.Parameter.empty
        found.append([parameter.name, KINDS[parameter.kind], None if required else plain(parameter.default), required])
    return found


def public_modules(package: str) -> Iterator[ModuleType]:
    """The package and every module that its public API shows, each once."""
    queue, seen = [package], set()
    while queue:
        name = queue.pop(0)
        if name in seen:
            continue
        seen.add(name)
        module = importlib.import_module(name)
        yield module
        for key, value in sorted(vars(module).items()):
            if not key.startswith("_") and inspect.ismodule(value) and value.__name__.startswith(f"{package}."):
                if ".src" not in value.__name__:
                    queue.append(value.__name__)


def constructors(major: int) -> dict[str, list[list[Any]]]:
    """Canonical class name -> its constructor's signature, without self."""
    found: dict[str, list[list[Any]]] = {}
    for group in GROUPS:
        module = importlib.import_module(f"{GENERATIONS[major]}.{group}")
        for name, value in sorted(vars(module).items()):
            if inspect.isclass(value) and not name.startswith("_"):
                found[f"keras.{group}.{name}"] = rows(value.__init__, 1)
    return found


def homes(major: int) -> dict[str, list[str]]:
    """Where the source defines a public class or function -> its public names, the one that lstmlint goes by first."""
    from lstmlint.keras.names import canonical

    package = GENERATIONS[major]
    found: dict[str, list[str]] = {}
    for module in public_modules(package):
        for key, value in sorted(vars(module).items()):
            source = getattr(value, "__module__", None) or ""
            if key.startswith("_") or inspect.ismodule(value) or not callable(value) or not source.startswith(package):
                continue
            if not hasattr(value, "__qualname__"):
                continue
            public = f"{module.__name__}.{key}".removeprefix("tf_")
            names = found.setdefault(f"{source}.{value.__qualname__}".removeprefix("tf_"), [])
            if public not in names:
                names.append(public)
    for source, names in found.items():
        # the name that the rest of lstmlint goes by, then the thing's own name, then the shortest way there
        own = source.rpartition(".")[2]
        names.sort(
            key=lambda n: (canonical(n) != n, ".experimental." in n, n.rpartition(".")[2] != own, n.count("."), n)
        )
    return dict(sorted(found.items()))


TABLES = {"constructors": constructors, "homes": homes}


def file_name(table: str, major: int) -> str:
    """Where a table is written."""
    return f"{table}{major}.json"


def as_text(table: dict[str, Any]) -> str:
    """A table as JSON with one entry per line, so that a difference between two versions of Keras can be read."""
    lines = [f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in table.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    sys.path.insert(0, str(TARGET.parents[2]))
    for wanted in sys.argv[1:] or TABLES:
        for generation in GENERATIONS:
            made = as_text(TABLES[wanted](generation))
            (TARGET / file_name(wanted, generation)).write_text(made, encoding="utf-8")
