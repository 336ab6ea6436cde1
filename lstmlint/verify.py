"""Compares every complete model that was extracted with what the installed Keras builds from it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import Any

from .frozen import dataclass
from .program import ModelSite
from .recipes import recipe
from .summary import all_built, doubt, model_record

MISSING = "verify needs Keras: pip install 'lstmlint[keras]'"
LIMIT = 900
"""Seconds for all models of a run."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one model: `differences` is None where it was not rebuilt, and `reason` says why."""

    path: str
    row: int
    name: str
    layers: int
    parameters: int | None
    differences: tuple[str, ...] | None = None
    reason: str = ""

    @property
    def agrees(self) -> bool:
        return self.differences == ()

    def __str__(self) -> str:
        where = f"{self.path}:{self.row}: {self.name}"
        if self.differences is None:
            return f"{where} was not rebuilt: {self.reason}"
        if self.differences:
            return f"{where} disagrees with Keras:\n" + "\n".join(f"  {d}" for d in self.differences)
        count = "" if self.parameters is None else f", {self.parameters:,} parameters"
        return f"{where} agrees with Keras: {self.layers} layers{count}"


def keras_is_installed() -> bool:
    """Can the models be rebuilt at all?"""
    return all(importlib.util.find_spec(name) is not None for name in ("keras", "tensorflow"))


def verify(programs: list[tuple[str, Any]]) -> list[Verdict]:
    """A verdict for every model of these followed files. RuntimeError when the process that rebuilds them fails."""
    sites = [(path, site) for path, program in programs if program is not None for site in program.models]
    written = [(path, site, _written(site)) for path, site in sites]
    recipes = [found for _, _, found in written if not isinstance(found, str)]
    answers = iter(_ask(recipes) if recipes else [])
    return [_verdict(path, site, found if isinstance(found, str) else next(answers)) for path, site, found in written]


def _written(site: ModelSite) -> dict[str, Any] | str:
    model = site.model
    why = doubt(model)
    if why is not None:
        return why
    if model.outputs is None or not all_built(model):
        return "it is not built yet"
    return recipe(model)


def _ask(recipes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What Keras says, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "lstmlint.rebuild"], input=json.dumps(recipes), capture_output=True, text=True, timeout=LIMIT
    )  # fmt: skip
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()
        raise RuntimeError(f"Keras could not be started: {last[-1] if last else 'no message'}")
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _verdict(path: str, site: ModelSite, answer: dict[str, Any] | str) -> Verdict:
    mine = model_record(site)
    start = (path, mine["location"]["row"], mine["name"], len(mine["layers"]), mine["total_params"])
    if isinstance(answer, str):
        return Verdict(*start, None, answer)
    if "refused" in answer:
        return Verdict(*start, (f"Keras refuses to build it: {answer['refused']}",))
    return Verdict(*start, tuple(_differences(mine, answer)))


def _differences(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    ours, real = mine["layers"], theirs["layers"]
    if len(ours) != len(real):
        return [f"it has {len(ours)} layers, in Keras {len(real)}"]
    found: list[str] = []
    for layer, other in zip(ours, real):
        named = f"{layer['name']} ({layer['class']})"
        if layer["class"] != other["class"]:
            found.append(f"{named}: in Keras {other['name']} ({other['class']})")
            continue
        for shape, wanted in zip(layer["output_shapes"], other["outputs"] or ()):
            if _unlike(shape, wanted):
                found.append(f"{named}: returns {_shown(shape)}, in Keras {_shown(wanted)}")
        found.extend(_counts(named, [layer["params"], layer["trainable_params"]], other["counts"]))
    for shape, wanted in zip(mine["output_shapes"], theirs["outputs"]):
        if _unlike(shape, wanted):
            found.append(f"its output is {_shown(shape)}, in Keras {_shown(wanted)}")
    return [*found, *_counts("the model", [mine["total_params"], mine["trainable_params"]], theirs["counts"])]


def _counts(named: str, mine: list[int | None], theirs: list[int]) -> list[str]:
    words = ("parameters", "trained parameters")
    return [f"{named}: {a:,} {w}, in Keras {b:,}" for a, b, w in zip(mine, theirs, words) if a is not None and a != b]


def _unlike(mine: Any, theirs: list[int | None]) -> bool:
    """Sizes that are numbers must be the same; what isn't known contradicts nothing."""
    if isinstance(mine, str):
        return False
    return len(mine) != len(theirs) or any(a != b for a, b in zip(mine, theirs) if not isinstance(a, str))


def _shown(shape: Any) -> str:
    return (
        shape
        if isinstance(shape, str)
        else "(" + ", ".join(str(s) for s in shape) + ("," if len(shape) == 1 else "") + ")"
    )
