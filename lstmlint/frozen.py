"""`dataclass` as in the standard library, but that `frozen=True` is a promise kept by the type checker instead of by every single object.

A frozen dataclass guards each of its objects against being changed, and pays for it: making an object takes three times as long, for it has to
go past its own guard, and making the class takes twice as long. There are some hundred such classes to make before the first file is looked at,
and millions of objects while a program is followed. mypy refuses a change to a frozen object wherever it is written, and it checks all of our code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(cls: Any = None, /, *, frozen: bool = False, eq: bool = True, **options: Any) -> Any:
        """A dataclass; with `frozen` and `eq` its objects can be hashed, as in the standard library."""
        return dataclasses.dataclass(cls, eq=eq, unsafe_hash=frozen and eq, **options)


__all__ = ["dataclass"]
