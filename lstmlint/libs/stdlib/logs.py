"""`logging`: who writes what, where, changes nothing in a program."""

from __future__ import annotations

from ...knowledge import Call, base, function, method
from ...values import Object, Value

_MADE = "logging.made"
"""A logger, handler or formatter. (Not `logging.Logger` and its kin, from which programs inherit: what these have is not known.)"""
base(_MADE, "builtins.object")

_LEVELS = ("debug", "info", "warning", "warn", "error", "critical", "exception", "log")


@function(*(f"logging.{name}" for name in ("getLogger", "Logger", "Formatter", "StreamHandler", "FileHandler", "NullHandler")))  # fmt: skip
@function(*(f"logging.handlers.{name}" for name in ("RotatingFileHandler", "TimedRotatingFileHandler")))
def make(call: Call) -> Value:
    """logging.getLogger(name), and where its messages go."""
    return Object(_MADE, place=call.place)


@function(*(f"logging.{name}" for name in (*_LEVELS, "basicConfig", "disable", "captureWarnings", "shutdown")))
@method(*(f"{_MADE}.{name}" for name in (*_LEVELS, "addHandler", "removeHandler", "setFormatter", "setLevel", "addFilter", "close", "flush")))  # fmt: skip
def write(call: Call) -> Value:
    """What writes a message, or says where messages go, gives nothing."""
    return None
