"""Questions that a program asks more than once: what only asks (`os.path.exists(path)`) has one answer all through one way, known or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dims import Dim
from ..knowledge import Call
from ..places import Place
from ..values import DictValue, External, ListValue, SetValue, Unknown, Value
from .arithmetic import value_key
from .implied import implied
from .ways import bounded

if TYPE_CHECKING:
    from .machine import Machine

_ASKING = frozenset(
    [
        "os.environ.get", "os.getenv", "os.environ.__getitem__", "builtins.len", "builtins.isinstance", "builtins.hasattr", "builtins.callable",
        "builtins.bool", "builtins.any", "builtins.all", "builtins.int", "builtins.float", "builtins.str", "builtins.abs",
        "tensorflow.config.list_physical_devices", "tensorflow.config.experimental.list_physical_devices",
        "tensorflow.test.is_gpu_available", "platform.system", "platform.machine", "platform.node",
    ]
)  # fmt: skip
"""Functions that change nothing and, for the same arguments, answer the same."""

_ASKING_METHODS = frozenset(
    ["get", "startswith", "endswith", "exists", "is_file", "is_dir", "isdigit", "lower", "upper", "strip"]
)
"""Methods of which that is taken for granted, whatever they belong to, where they are given constants."""


def only_asks(name: str) -> bool:
    """Does this function of a library change nothing, and answer the same for the same arguments?"""
    return name in _ASKING or name.startswith(("os.path.", "builtins.str."))


def same_answer(machine: Machine, call: Call, found: Value) -> Value:
    """What a question came to: where that isn't known, the same unknown value as when it was asked before."""
    if not isinstance(found, (Unknown, Dim, ListValue)) or machine.loops:
        return found
    if isinstance(found, ListValue) and not (found.open and call.name.startswith("tensorflow.")):
        return found
    keys = [value_key(machine, value) for value in (call.receiver, *call.args, *call.kwargs.values())]
    if any(key is None or key[0] == "object" for key in keys):
        return found
    key = bounded(("asked", call.name, *call.kwargs, *keys))
    if key is None:
        return found
    if isinstance(found, Unknown) and found.key is None:
        found.key = key
    return machine.answers.setdefault(key, found)


def is_none_of_it(machine: Machine, value: Value) -> bool:
    """Do the answers of this way say that a number is 0 or less, or a list empty: is it the way on which `n == 0`, `not units`, `len(units) < 1`?"""
    made = machine.decisions.made
    if not made or not isinstance(value, (Unknown, Dim, ListValue)):
        return False
    key = value_key(machine, value)
    lengths = machine.answers.get(bounded(("asked", "builtins.len", value_key(machine, None), key)))
    zero = value_key(machine, 0)
    if key is not None and (implied(key, made) is False or implied(("<=", key, zero), made) is True):
        return True
    return lengths is not None and lengths is not value and is_none_of_it(machine, lengths)


def key_of_call(machine: Machine, function: Unknown, given: list[Value], place: Place) -> Any:
    """What makes the result of a call the same one: the call itself, or for a method that only asks what it is asked."""
    key = function.key
    asks = isinstance(key, tuple) and len(key) == 3 and key[0] == "attribute" and key[2] in _ASKING_METHODS
    keys = [value_key(machine, value) for value in given] if asks else []
    constants = all(isinstance(k, tuple) and k[0] == "constant" for k in keys)
    return ("call", key, *keys) if asks and constants and (keys or key[2] != "get") else ("call", key, id(place.node))


def key_of(machine: Machine, value: Value) -> Any:
    """What makes the truth of a value that is not known the same one in two conditions; None when nothing does."""
    if isinstance(value, External) or (isinstance(value, (Unknown, Dim)) and not machine.loops):
        return value_key(machine, value)
    if isinstance(value, Unknown):
        return value.key  # what is made in a turn may be another one in the next
    return ("object", machine.number_of(value)) if isinstance(value, (ListValue, DictValue, SetValue)) else None
