"""What Keras says of itself, as tools/generate_api.py found it in the installed Keras 3 and Keras 2."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from ...knowledge import Parameter, Signature


@functools.cache
def _table(name: str, major: int) -> dict[str, Any]:
    path = Path(__file__).with_name(f"{name}{3 if major >= 3 else 2}.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def names(major: int = 3) -> list[str]:
    """Every class whose constructor is known, by its canonical name."""
    return list(_table("constructors", major))


def _parameters(table: str, name: str, major: int) -> Signature | None:
    rows = _table(table, major).get(name)
    if rows is None:
        return None
    return Signature(
        Parameter(n, kind, tuple(d) if isinstance(d, list) else d, required) for n, kind, d, required in rows
    )


@functools.cache
def signature(name: str, major: int = 3) -> Signature | None:
    """The constructor's parameters, without self; None for a class that this Keras doesn't have."""
    return _parameters("constructors", name, major)


@functools.cache
def extras(name: str, major: int = 3) -> frozenset[str]:
    """The keywords that a layer's constructor takes through its `**kwargs`."""
    table = _table("extras", major)
    return frozenset(table.get(name) or (_table("extras", 3).get(name, ()) if name not in table else ()))


def refuses_tensor(name: str, parameter: str, kind: str, major: int = 3) -> bool:
    """Does a layer's constructor raise for a symbolic tensor ("one"), a row of them ("several"), or a layer ("layer") as this argument?"""
    return parameter in _table("tensors", major).get(name, {}).get(kind, ())


@functools.cache
def read_only(name: str) -> frozenset[str]:
    """The attributes that can't be set of a layer, model, callback or metric of Keras 3, by the nearest class in the table."""
    return frozenset(_table("readonly", 3).get(name, ()))


@functools.cache
def members(name: str, major: int = 3) -> frozenset[str] | None:
    """The public attributes and methods that instances of a layer, model, optimizer or callback may have at some time; None for other classes. Under ""
    is what Keras sets on objects of any class."""
    row = _table("members", major).get(name)
    if row is None:
        return None
    above = members(row["above"], major) if row["above"] is not None else None
    return frozenset(row["own"]) | (above or frozenset())


@functools.cache
def call_signature(name: str, major: int = 3) -> Signature | None:
    """The parameters of a public function ("keras.utils.to_categorical"), of a method of models and layers without self
    ("keras.Model.fit"), or what a layer is called with ("keras.layers.LSTM.call"); None for what this Keras doesn't have."""
    return _parameters("callables", name, major)


def taken_by(name: str, major: int = 3) -> Signature | None:
    """The parameters of a public function, of this Keras if it shows it: Keras 3 still has the backend of Keras 2, but doesn't show it."""
    return call_signature(name, major) or call_signature(name, 2 if major >= 3 else 3)


def ancestors(name: str, major: int = 3) -> tuple[str, ...]:
    """The public classes that a public class inherits from, nearest first."""
    return tuple(_table("ancestors", major).get(name, ()))


def inherits(name: str, ancestor: str, major: int = 3) -> bool | None:
    """Is one of Keras's classes the other one, or does it inherit from it? None where they aren't both classes that this Keras shows."""
    if not (_is_class(name, major) and _is_class(ancestor, major)):
        return None
    return name == ancestor or ancestor in ancestors(name, major)


def _is_class(name: str, major: int) -> bool:
    return name in exported(major) and name.rpartition(".")[2][:1].isupper()


@functools.cache
def identifiers(group: str, major: int = 3) -> frozenset[str]:
    """The strings that Keras takes in place of an object: of "activations", "initializers", "regularizers", "constraints",
    "losses", "metrics" or "optimizers" (these in any letters; here in small ones)."""
    return frozenset(_table("identifiers", major)[group])


def optimizer_class(word: str, major: int = 3) -> str | None:
    """The class that compile makes an optimizer of by this name ("adam"); None where there is none."""
    classes = (n for n in names(major) if n.startswith("keras.optimizers.") and n.count(".") == 2)
    return next((n for n in classes if n.rpartition(".")[2].lower() == word.lower()), None)


def is_identifier(group: str, text: str, major: int = 3) -> bool:
    """Does Keras take this string for an activation, initializer, ...?"""
    return (text.lower() if group == "optimizers" else text) in identifiers(group, major)


def public_names(source: str, major: int = 3) -> tuple[str, ...]:
    """The public names of what Keras's source defines, the canonical one first; none for what is not public.

    "keras.src.layers.rnn.lstm.LSTM" -> ("keras.layers.LSTM",). Keras 2's source goes by "keras.src." as well.
    """
    return tuple(_table("homes", major).get(source, ()))


@functools.cache
def _sources(major: int) -> dict[str, str]:
    return {name: source for source, names in _table("homes", major).items() for name in names}


def source_of(name: str, major: int = 3) -> str | None:
    """The name by which Keras's source defines a public class or function, as the class shows it itself."""
    return _sources(major).get(name)


@functools.cache
def exported(major: int = 3) -> frozenset[str]:
    """Every public name of every class and function."""
    return frozenset(name for names in _table("homes", major).values() for name in names)


def home(source: str, major: int = 3) -> str | None:
    """The public name of a class or function under the name by which Keras's source defines it; None when it has none."""
    found = public_names(source, major)
    return found[0] if found else None


@functools.cache
def shown_in(module: str) -> str | None:
    """Where Keras 3 shows what a module of its source defines that it doesn't show itself: "keras.utils.numerical_utils" -> "keras.utils". None for
    any other name, and where that is in several places."""
    inner = f"keras.src.{module.removeprefix('keras.')}."
    homes = [names for source, names in _table("homes", 3).items() if source.startswith(inner)]
    places = [{name.rpartition(".")[0] for name in names} for names in homes]
    common = set[str]().union(*places[:1]).intersection(*places[1:])
    if not common or module in packages():
        return None
    return min(common, key=lambda name: (name != module.rpartition(".")[0], name))


@functools.cache
def packages(major: int = 3) -> frozenset[str]:
    """Every package that holds something public ("keras.ops", "keras.layers")."""
    parts = [name.split(".") for name in exported(major)]
    return frozenset(".".join(p[:end]) for p in parts for end in range(1, len(p)))


def lacks(spelled: str, major: int = 3) -> bool:
    """Has Keras 3 no such name in one of its public modules, as the program spells it ("tensorflow.keras.losses.mean_squared_error",
    "keras.losses.mse", "keras.layers.Dens"), or TensorFlow 2 none where TensorFlow 1 had it? Of names that begin with `_`, and of what
    modules hold that are not public, nothing is said."""
    plain = spelled.rpartition(".")[0].removeprefix("tensorflow.")
    return plain not in _LEFT_ALONE and has_not(spelled, major)


def has_not(spelled: str, major: int = 3) -> bool:
    """The same, of modules too whose names are a matter of rules of their own: what `hasattr` says."""
    module, _, short = spelled.rpartition(".")
    if major < 3 or short.startswith("_"):
        return False
    if spelled in _table("removed", 3) or spelled == _CONTRIB:
        return True
    plain = module.removeprefix("tensorflow.")
    if plain != module and plain in SHOWN_BY_TENSORFLOW:
        plain = f"keras.{plain}"
    name = f"{plain}.{short}"
    if plain not in packages() or name in packages() or name in _NOT_PUBLIC:
        return False
    if plain == "keras":
        return name not in exported() and name not in exported(2) and name not in packages(2)
    table = _table("tensorflow", 3)
    more, less = table.get(f"{plain} more", ()), table.get(f"{plain} less", ())
    if plain != module:
        return not (short in more or (name in exported() and short not in less))
    return not (name in exported() or short in less)


def first_lacking(spelled: str, major: int = 3) -> str | None:
    """The beginning of an imported name that is lacking: "keras.model.Sequential" -> "keras.model". None where nothing is known to be."""
    parts = spelled.split(".")
    beginnings = (".".join(parts[:end]) for end in range(2, len(parts) + 1))
    return next((name for name in beginnings if lacks(name, major)), None)


def since_tensorflow_1(spelled: str) -> str | None:
    """Where TensorFlow 2 has what TensorFlow 1 had under this name; None for every other name."""
    found: str | None = _table("removed", 3).get(spelled)
    return found


_CONTRIB = "tensorflow.contrib"
"""What TensorFlow 1 had, and nothing has taken the place of."""

SHOWN_BY_TENSORFLOW = ("initializers", "losses", "metrics", "optimizers")
"""Modules of Keras that TensorFlow 2 shows under its own name as well: `tf.losses` is `tf.keras.losses`."""

UNTIL_IMPORTED = "tensorflow.keras.saving"
"""A module that `tensorflow.keras` doesn't show before something has imported it by this name."""

_LEFT_ALONE = ("keras.backend", "keras.saving")
"""Modules whose names are a matter of their own."""

_NOT_PUBLIC = ("keras.src", "keras.api")
"""Modules of Keras 3, or of some of its versions, that it doesn't show."""

_BEFORE = ("keras.legacy", "keras.wrappers")
"""Modules that early versions of Keras 2 had, whose last one is what is known of Keras 2 here."""


def came_with_keras_3(name: str) -> str | None:
    """The beginning of a dotted name that Keras 3 has and Keras 2 never had: "keras.ops.mean" -> "keras.ops"; None where there is none."""
    parts = name.split(".")
    if ".".join(parts[:2]) in _BEFORE:
        return None
    for end in range(2, len(parts) + 1):
        head = ".".join(parts[:end])
        if head not in exported() and head not in packages(3):
            return None
        if head not in exported(2) and head not in packages(2):
            return head
    return None


def takes(name: str, keyword: str, major: int = 3) -> bool:
    """Does a public class's constructor, function or method have this keyword?"""
    found = signature(name, major) or call_signature(name, major) or ()
    return any(p.name == keyword for p in found) or keyword in extras(name, major)
