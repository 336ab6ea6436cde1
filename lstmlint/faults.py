"""What Keras, NumPy and their kin would refuse, and what they do silently that the author can't have meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Any

from .frozen import dataclass
from .places import Place


class Moment(str, Enum):
    """When it happens."""

    IMPORT = "import"
    CONSTRUCT = "constructor"
    ADD = "add"
    CALL = "call"
    BUILD = "build"
    COMPILE = "compile"
    FIT = "fit"
    EVALUATE = "evaluate"
    PREDICT = "predict"
    RUN = "run"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, eq=False)
class Fault:
    """Something refused (`raises`) or silently done, before any rule has given it a name.

    kind      a short kebab-case word that rules claim by: "rank", "axis-size", "not-an-integer", "unknown-argument", ...
    subject   what refused: a layer object, a model, or the qualified name of a function ("numpy.reshape")
    required  what was needed, in words ("(batch, timesteps, features)", "a positive integer")
    got       what came, in words ("(None, 32)")
    place     the statement or call that raises (that the user must look at first)
    blamed    the arguments or earlier calls that are to blame, nearest first
    message   what Keras would say, as far as we know it
    details   facts for rules, by name (shapes, dims, layer calls); plain values
    """

    kind: str
    moment: Moment
    place: Place
    subject: Any
    required: str = ""
    got: str = ""
    blamed: tuple[Place, ...] = ()
    message: str = ""
    raises: bool = True
    details: Mapping[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """Raised inside the engine where the user's program would raise; carries the fault."""

    def __init__(self, fault: Fault, exception: str = "ValueError") -> None:
        super().__init__(fault.message or f"{fault.kind}: {fault.required} / {fault.got}")
        self.fault = fault
        self.exception = exception
        """The name of the exception class that the program would see ("ValueError", "TypeError", ...)."""
        self.instead: Any = None
        """What the program would go on with if it did not raise, where that is known: what is wrong behind it is told as well."""


class Leaving(Exception):
    """Raised inside the engine by what never returns: `sys.exit`, a test that is skipped. No fault of anybody's."""

    def __init__(self, exception: str) -> None:
        super().__init__(exception)
        self.exception = exception
        """The name of the exception class that the program would see ("SystemExit")."""


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """A place where the tool loses track, and why, as a sentence ("`load_data()` is not in this project")."""

    place: Place
    reason: str
