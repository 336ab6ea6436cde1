"""How control leaves a statement: return, break, continue, and the exceptions of the user's program."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass
from enum import Enum

from ..faults import Fault
from ..places import Place
from ..values import ClassValue, External, Object, Unknown, Value


class Leave(Enum):
    """Why a block was left before its end."""

    BREAK = "break"
    CONTINUE = "continue"


@dataclass(slots=True)
class Return:
    """`return value`, and the statement where it stands."""

    value: Value
    at: ast.Return | None = None


Signal = Leave | Return | None
"""What a statement hands to its block: None when the next statement follows."""

NOT_BOUND = "the call raises TypeError"
"""Why nothing is known of what comes of a call whose arguments the function doesn't take."""


class Raised(Exception):
    """An exception of the user's program on its way to a handler. `name` is its class ("ValueError"); `fault` what a library refused."""

    def __init__(self, name: str, value: Value = None, fault: Fault | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.value = value
        self.fault = fault

    def type_of_it(self, place: Place) -> Value:
        """The exception's class."""
        if isinstance(self.value, (ClassValue, External)):
            return self.value
        if isinstance(self.value, Object):
            return self.value.user_class or External(self.value.type_name)
        short = self.name.rpartition(".")[2]
        known = isinstance(getattr(builtins, short, None), type)
        return External(f"builtins.{short}") if known else Unknown("which exception it is is not known", place)

    def value_of_it(self, place: Place) -> Value:
        """The exception itself."""
        return self.value if isinstance(self.value, Object) else Unknown("an exception", place)


class PerhapsRaised(Raised):
    """An exception that comes on this way, and not on another: nobody knows whether the file is there that is read."""


class EnoughYields(Exception):
    """A generator without an end has shown enough of its items."""


def catches(handler: str | None, raised: str) -> bool:
    """Would `except handler` catch an exception of class `raised`? Classes that we don't know are taken to match."""
    if handler is None:
        return True
    short, name = handler.rpartition(".")[2], raised.rpartition(".")[2]
    theirs, ours = getattr(builtins, short, None), getattr(builtins, name, None)
    if isinstance(theirs, type) and isinstance(ours, type):
        return issubclass(ours, theirs)
    return short == name or short in ("Exception", "BaseException")


def classes_of(raised: Raised) -> list[str]:
    """The names of a raised exception's class and of the classes that it inherits from, as far as they can be seen."""
    cls = raised.value.user_class if isinstance(raised.value, Object) else raised.value
    if not isinstance(cls, ClassValue):
        return [raised.name]
    return [name for name in (getattr(base, "name", None) for base in cls.mro()) if isinstance(name, str)]
