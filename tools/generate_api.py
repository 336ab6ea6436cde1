"""Writes the constructor signatures of the installed Keras (3, and 2 as tf_keras) to lstmlint/keras/api/."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
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


def signatures(package: str) -> dict[str, list[list[Any]]]:
    """Canonical class name -> rows of [name, kind, default, required]."""
    found: dict[str, list[list[Any]]] = {}
    for group in GROUPS:
        module = importlib.import_module(f"{package}.{group}")
        for name, value in sorted(vars(module).items()):
            if not inspect.isclass(value) or name.startswith("_"):
                continue
            rows = []
            for parameter in list(inspect.signature(value.__init__).parameters.values())[1:]:
                required = parameter.default is inspect.Parameter.empty
                rows.append(
                    [parameter.name, KINDS[parameter.kind], None if required else plain(parameter.default), required]
                )
            found[f"keras.{group}.{name}"] = rows
    return found


if __name__ == "__main__":
    target = Path(__file__).parents[1] / "lstmlint" / "keras" / "api"
    for package, name in (("keras", "keras3.json"), ("tf_keras", "keras2.json")):
        lines = [f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in signatures(package).items()]
        (target / name).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    sys.exit(0)
