"""`dataclass` as in the standard library, made faster: some hundred such classes are made before the first file is looked at.

- `frozen=True` is a promise kept by the type checker instead of by every single object. A frozen dataclass of the standard library guards each of
  its objects against being changed, and pays for it: making an object takes three times as long, for it has to go past its own guard. mypy
  refuses a change to a frozen object wherever it is written, and it checks all of our code.
- Comparison, hash and representation are functions over the fields. The standard library writes and compiles each of them for each class, which
  takes most of the time that making a class takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from operator import attrgetter
    from reprlib import recursive_repr

    def dataclass(
        cls: Any = None, /, *, frozen: bool = False, eq: bool = True, repr: bool = True, **options: Any
    ) -> Any:
        """A dataclass; with `frozen` and `eq` its objects can be hashed, as in the standard library."""
        if cls is None:
            return lambda given: dataclass(given, frozen=frozen, eq=eq, repr=repr, **options)
        if options.get("order"):
            return dataclasses.dataclass(cls, eq=eq, repr=repr, unsafe_hash=frozen and eq, **options)
        own = {"__eq__", "__hash__", "__repr__"} & vars(cls).keys()
        made = dataclasses.dataclass(cls, eq=False, repr=False, **options)
        if repr and "__repr__" not in own:
            made.__repr__ = _represented
        if eq:
            fields = [field for field in made.__dataclass_fields__.values() if field._field_type is dataclasses._FIELD]
            compared = _values([field.name for field in fields if field.compare])
            if "__eq__" not in own:
                made.__eq__ = _equality(compared)
            if "__hash__" not in own or made.__hash__ is None:
                made.__hash__ = _hash(compared) if frozen else None
        return made

    def _values(names):
        if len(names) > 1:
            return attrgetter(*names)
        return (lambda self, get=attrgetter(names[0]): (get(self),)) if names else lambda self: ()

    def _equality(values):
        def __eq__(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return __eq__

    def _hash(values):
        def __hash__(self):
            return hash(values(self))

        return __hash__

    @recursive_repr()
    def _represented(self):
        shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"


__all__ = ["dataclass"]
