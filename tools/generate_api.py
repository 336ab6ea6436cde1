"""Writes what the installed Keras says of itself (Keras 3, and Keras 2 as tf_keras) to lstmlint/keras/api/.

python tools/generate_api.py            # all tables
python tools/generate_api.py homes      # one of them
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import inspect
import json
import os
import re
import sys
import textwrap
import warnings
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


def extras(major: int) -> dict[str, list[str]]:
    """Layer class -> keywords that its constructor takes through `**kwargs`: those of the classes that it inherits from, and those
    that any of them picks out by name."""
    found: dict[str, list[str]] = {}
    for name, value in sorted(vars(importlib.import_module(f"{GENERATIONS[major]}.layers")).items()):
        if not inspect.isclass(value) or name.startswith("_"):
            continue
        own = inspect.signature(value.__init__).parameters
        names: set[str] = set()
        if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in own.values()):
            for cls in value.__mro__:
                if "__init__" not in vars(cls) or not cls.__module__.startswith(GENERATIONS[major]):
                    continue
                parameters = inspect.signature(cls.__init__).parameters.values()
                names |= {p.name for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)}
                source = inspect.getsource(cls.__init__)
                names |= set(re.findall(r"""kwargs(?:\.pop|\.get)?[(\[]\s*["'](\w+)["']""", source))
                names |= set(re.findall(r"""["'](\w+)["'] (?:not )?in kwargs""", source))
                for block in re.findall(r"allowed_kwargs = \{(.*?)\}", source, re.DOTALL):
                    names |= set(re.findall(r"""["'](\w+)["']""", block))
        found[f"keras.layers.{name}"] = sorted(names - set(own) - {"self", "rank"})
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


IDENTIFIED = ("activations", "initializers", "regularizers", "constraints", "losses", "metrics", "optimizers")


def identifiers(major: int) -> dict[str, list[str]]:
    """Group -> the strings that its `get` takes, found by asking it for every spelling of every name that Keras has.

    "optimizers" are taken in any letters and stand here in small ones.
    """
    packages = {m: {g: importlib.import_module(f"{p}.{g}") for g in IDENTIFIED} for m, p in GENERATIONS.items()}
    found: dict[str, list[str]] = {}
    for group in IDENTIFIED:
        names: set[str] = {
            "mse",
            "mae",
            "mape",
            "msle",
            "bce",
            "cosine_similarity",
            "acc",
            "accuracy",
            "ce",
            "crossentropy",
        }
        for modules in packages.values():
            module = modules[group]
            source = sys.modules[module.get.__module__]
            names.update(
                n
                for n in (*vars(module), *vars(source), *getattr(source, "ALL_OBJECTS_DICT", {}))
                if not n.startswith("_")
            )
        names |= {snake_case(n) for n in names} | {n.lower() for n in names} | {n.upper() for n in names}
        get = packages[major][group].get
        taken = sorted(n for n in names if _takes(get, n))
        found[group] = sorted({n.lower() for n in taken}) if group == "optimizers" else taken
    return found


HELPERS = (
    "get",
    "serialize",
    "deserialize",
    "serialize_keras_object",
    "deserialize_keras_object",
    "keras_export",
    "to_snake_case",
)


def snake_case(name: str) -> str:
    return re.sub("([a-z0-9])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()


def _takes(get: Any, name: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = get(name)
            # Keras 2 looks into its own modules, and finds helpers and imports there as well
            return (callable(found) or hasattr(found, "get_config")) and name not in HELPERS
    except Exception:
        return False


METHODS = {
    "Model": ("compile", "fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch", "summary", "build", "save",
              "save_weights", "load_weights", "get_layer", "add_loss", "add_metric", "count_params", "export", "quantize", "compute_loss"),
    "Sequential": ("add", "pop", "build"),
    "layers.Layer": ("add_weight", "build", "compute_output_shape", "set_weights", "get_weights", "add_loss", "compute_mask"),
}  # fmt: skip
FUNCTION_MODULES = (
    "activations",
    "applications",
    "losses",
    "metrics",
    "utils",
    "ops",
    "backend",
    "models",
    "saving",
    "config",
    "layers",
    "random",
    "tree",
)


def callables(major: int) -> dict[str, list[list[Any]]]:
    """Public functions, methods of models and layers, and what a layer class is called with ("keras.layers.LSTM.call")."""
    package = GENERATIONS[major]
    found: dict[str, list[list[Any]]] = {}
    for module in public_modules(package):
        path = module.__name__.removeprefix("tf_")
        if path != "keras" and path.split(".")[1] not in (*FUNCTION_MODULES, "preprocessing", "datasets"):
            continue
        for name, value in sorted(vars(module).items()):
            ours = (getattr(value, "__module__", None) or "").startswith(package)
            if name.startswith("_") or not callable(value) or inspect.isclass(value) or not ours:
                continue
            with contextlib.suppress(ValueError, TypeError):
                found[f"{path}.{name}"] = rows(value)
    root = importlib.import_module(package)
    for owner, methods in METHODS.items():
        cls = root
        for part in owner.split("."):
            cls = getattr(cls, part)
        for method in methods:
            if hasattr(cls, method):
                found[f"keras.{owner}.{method}"] = rows(getattr(cls, method), 1)
    for name, value in sorted(vars(importlib.import_module(f"{package}.layers")).items()):
        if inspect.isclass(value) and not name.startswith("_") and hasattr(value, "call"):
            found[f"keras.layers.{name}.call"] = rows(value.call, 1)
    return found


def ancestors(major: int) -> dict[str, list[str]]:
    """Public class -> the public classes that it inherits from, nearest first."""
    public = {source: names[0] for source, names in homes(major).items()}
    found: dict[str, list[str]] = {}
    for module in public_modules(GENERATIONS[major]):
        for value in vars(module).values():
            if not inspect.isclass(value):
                continue
            chain = [public.get(f"{c.__module__}.{c.__qualname__}".removeprefix("tf_")) for c in value.__mro__]
            if chain[0] is not None:
                found[chain[0]] = [c for c in chain[1:] if c is not None and c != chain[0]]
    return dict(sorted(found.items()))


def tensors(major: int) -> dict[str, dict[str, list[str]]]:
    """Layer class -> the parameters of its constructor that raise for a symbolic tensor ("one"), for a list or tuple of them
    ("several"), and for a layer ("layer"). Keras 2 isn't asked: it checks less of what it is given, and other things."""
    if major < 3:
        return {}
    keras = importlib.import_module(GENERATIONS[major])
    one = keras.Input((10, 8))
    given = {"one": [one], "several": [[one, one], [one], (one, one, one), [one] * 4]}
    given["layer"] = [keras.layers.LSTM(3), keras.layers.Dense(3), keras.Sequential([keras.layers.LSTM(3)])]
    found: dict[str, dict[str, list[str]]] = {}
    for name, cls in sorted(vars(keras.layers).items()):
        if not inspect.isclass(cls) or not issubclass(cls, keras.layers.Layer) or name in FOREIGN:
            continue
        refused = {
            kind: [
                p.name
                for p in _parameters(cls)
                if not (kind == "layer" and p.name in HOLDS_A_LAYER) and _refused(keras, cls, name, p, values)
            ]
            for kind, values in given.items()
        }
        refused = {kind: names for kind, names in refused.items() if names}
        if refused:
            found[f"keras.layers.{name}"] = refused
    return found


FOREIGN = (
    "FlaxLayer",
    "JaxLayer",
    "TFSMLayer",
    "TorchModuleWrapper",
    "InputLayer",
    "Lambda",
    "Pipeline",
    "MelSpectrogram",
)
"""Classes that wrap what other libraries make, take tensors and functions of any kind, or compare their arguments with each other."""
HOLDS_A_LAYER = ("layer", "backward_layer", "cell", "cells", "layers")
"""Parameters that a layer is meant for: what they refuse of one is not that it is a layer."""
FITTING = {
    "equation": "abc,cd->abd",
    "target_shape": (5, 16),
    "dims": (1, 2),
    "axes": 1,
    "function": len,
    "activation": "relu",
    "output_shape": 4,
}


def _fitting(keras: Any, owner: str, name: str) -> Any:
    """A value for a parameter without a default."""
    if name == "layer":
        return keras.layers.LSTM(3) if owner == "Bidirectional" else keras.layers.Dense(3)
    if name in ("cell", "cells"):
        return keras.layers.LSTMCell(3) if name == "cell" else [keras.layers.LSTMCell(3)]
    return FITTING.get(name, 0.5 if name in ("rate", "factor") or name.endswith("_factor") else 2)


def _parameters(cls: Any) -> list[inspect.Parameter]:
    found = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return [p for p in found if KINDS[p.kind] in ("positional", "keyword")]


def _refused(keras: Any, cls: Any, name: str, parameter: inspect.Parameter, values: list[Any]) -> bool:
    """Does the constructor raise for each of these values, also where a flag is turned, or what may be left out is given as well?"""
    parameters = _parameters(cls)
    fixed = {p.name: _fitting(keras, name, p.name) for p in parameters if p.default is p.empty}
    if isinstance(parameter.default, bool) or any(_made(cls, {**fixed, parameter.name: value}) for value in values):
        return False  # what a flag decides is asked for only where something else is set
    beside: list[tuple[str, Any]] = []
    for other in parameters:
        if other.name != parameter.name and isinstance(other.default, bool):
            beside.append((other.name, not other.default))
        elif other.name != parameter.name and other.default is None:
            beside += [(other.name, values[0]), (other.name, [1, 2, 3])]
    return not any(_made(cls, {**fixed, other: value, parameter.name: values[0]}) for other, value in beside)


def _made(cls: Any, arguments: dict[str, Any]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cls(**arguments)
    except Exception:
        return False
    return True


def tensorflow(major: int) -> dict[str, list[str]]:
    """Module -> what `tensorflow.keras` has in it and plain `keras` hasn't ("more"), and what only plain `keras` has ("less"), as "module more"
    and "module less". In Keras 2 the two are one."""
    if major < 3:
        return {}
    found: dict[str, list[str]] = {}
    for module in public_modules("keras"):
        name = module.__name__
        try:
            other = importlib.import_module(name.replace("keras", "keras._tf_keras.keras", 1))
        except ImportError:
            continue
        here, there = ({key for key in vars(m) if not key.startswith("_")} for m in (module, other))
        if name != "keras" and here != there:
            found |= {f"{name} more": sorted(there - here), f"{name} less": sorted(here - there)}
    return found


def removed(major: int) -> dict[str, str]:
    """What TensorFlow 1 had and TensorFlow 2 hasn't -> where it is now, after what TensorFlow's own conversion of old programs writes."""
    if major < 3:
        return {}
    tensorflow = importlib.import_module("tensorflow")
    old = tensorflow.compat.v1
    renamed = importlib.import_module("tensorflow.tools.compatibility.all_renames_v2").symbol_renames
    names = {*renamed, *(f"tf.{name}" for name in dir(old) if not name.startswith("_"))}
    gone = sorted(
        n for n in names if _has(old, n) and not _has(tensorflow, n) and _has(tensorflow, n.rpartition(".")[0])
    )
    found = {name: renamed.get(name, name.replace("tf.", "tf.compat.v1.", 1)) for name in gone}
    return {name.replace("tf.", "tensorflow.", 1): new.replace("tf.", "tensorflow.", 1) for name, new in found.items()}


def _has(module: Any, name: str) -> bool:
    for part in name.split(".")[1:]:  # the first is TensorFlow itself
        try:
            module = getattr(module, part)
        except (AttributeError, ImportError):
            return False
    return True


def readonly(major: int) -> dict[str, list[str]]:
    """Class that programs derive from -> the public attributes that an instance of a derived class can't be given. "keras.Functional" is a model that
    is made of its inputs and outputs. Keras 2 isn't asked."""
    if major < 3:
        return {}
    keras = importlib.import_module(GENERATIONS[major])
    owners = {
        "keras.layers.Layer": keras.layers.Layer, "keras.Model": keras.Model, "keras.Sequential": keras.Sequential,
        "keras.callbacks.Callback": keras.callbacks.Callback, "keras.metrics.Metric": keras.metrics.Metric,
    }  # fmt: skip
    made = {name: type("Derived", (cls,), {})() for name, cls in owners.items()}
    tensor = keras.Input((3,))
    made["keras.Functional"] = keras.Model(tensor, tensor)
    return {name: [a for a in dir(type(one)) if _cannot_be_set(one, a)] for name, one in made.items()}


def _cannot_be_set(one: Any, name: str) -> bool:
    if name.startswith("_") or not isinstance(getattr(type(one), name, None), property):
        return False
    try:
        setattr(one, name, 3)
    except Exception as error:
        return isinstance(error, AttributeError)
    return False


def members(major: int) -> dict[str, dict[str, Any]]:
    """Class -> the public attributes and methods that its instances may have at some time ("own"), besides those of the nearest class "above" it in
    the table: all that `dir` knows, and whatever Keras's source sets in one of its classes. Under "" is what Keras sets on objects that are not
    `self`, which may be of any class."""
    keras = importlib.import_module(GENERATIONS[major])
    classes: dict[str, Any] = {"keras.Model": keras.Model, "keras.Sequential": keras.Sequential}
    if major >= 3:
        classes |= {"keras.KerasTensor": keras.KerasTensor}
    for group in ("layers", "optimizers", "callbacks", "metrics", "losses"):
        module = importlib.import_module(f"{GENERATIONS[major]}.{group}")
        classes |= {f"keras.{group}.{n}": c for n, c in sorted(vars(module).items()) if inspect.isclass(c)}
    functional = importlib.import_module(f"{GENERATIONS[major]}.src.{'models' if major >= 3 else 'engine'}.functional")
    classes["keras.Functional"] = functional.Functional
    whole = {name: _members(cls) for name, cls in classes.items()}
    legacy = vars(keras.optimizers.legacy) if major < 3 else {}
    for name, cls in legacy.items():
        if inspect.isclass(cls) and f"keras.optimizers.{name}" in whole:
            whole[f"keras.optimizers.{name}"] |= _members(cls)
    found: dict[str, dict[str, Any]] = {"": {"above": None, "own": sorted(_set_elsewhere(Path(keras.__file__).parent))}}
    for name, cls in classes.items():
        above = next((n for c in cls.__mro__[1:] for n, other in classes.items() if other is c), None)
        found[name] = {"above": above, "own": sorted(whole[name] - whole.get(above or "", set()))}
    return found


def _members(cls: Any) -> set[str]:
    names = set(dir(cls))
    for part in cls.__mro__:
        with contextlib.suppress(OSError, TypeError):
            tree = ast.parse(textwrap.dedent(inspect.getsource(part)))
            names |= {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
    return {name for name in names if not name.startswith("_")}


def _set_elsewhere(source: Path) -> set[str]:
    """The attributes that Keras's source sets on something that isn't called `self`, and what it gives to `setattr`."""
    found: set[str] = set()
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if not (isinstance(node.value, ast.Name) and node.value.id == "self"):
                    found.add(node.attr)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")).endswith(
                "setattr"
            ):
                found |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return {name for name in found if not name.startswith("_")}


TABLES = {
    "constructors": constructors,
    "callables": callables,
    "extras": extras,
    "identifiers": identifiers,
    "ancestors": ancestors,
    "homes": homes,
    "tensors": tensors,
    "tensorflow": tensorflow,
    "removed": removed,
    "readonly": readonly,
    "members": members,
}


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
