"""Binary operators on any values: Python's own arithmetic, a library's, or what the user's class defines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dims import Dim
from ..knowledge import find_method, is_class, type_of
from ..libs.choices import each
from ..places import Place
from ..values import (
    Array,
    ClassValue,
    DictValue,
    External,
    InstanceDict,
    ListValue,
    Nothing,
    Object,
    SetValue,
    TypeUnion,
    Unknown,
    Value,
    ends_of,
    is_known,
)
from . import enums, records
from .lookup import has_unknown_base
from .operators import BINARY, COMPARISONS, NOT_KNOWN, PythonError, constant_binary
from .scopes import MISSING
from .ways import bounded

if TYPE_CHECKING:
    from .machine import Machine

_DUNDER = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "&": "and", "|": "or", "^": "xor",
    "<<": "lshift", ">>": "rshift", "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""What the right operand of a comparison is asked when the left one has no answer."""


def operate(machine: Machine, symbol: str, left: Value, right: Value, place: Place) -> Value:
    """`left symbol right`: Python's own arithmetic where it is known, what a library or the user's class defines elsewhere."""
    if isinstance(left, Object) or isinstance(right, Object):
        own = _of_users(machine, symbol, left, right, place)
        if own is not MISSING:
            return own
        left, right = enums.plain(left), enums.plain(right)
    if symbol not in ("==", "!=", "|") and (isinstance(left, Nothing) or isinstance(right, Nothing)):
        _refuse_nothing(machine, symbol, left, right, place)
    if symbol == "|":
        classes = (_classes(left), _classes(right))
        if all(classes):
            return TypeUnion(sum(classes, ()))
    try:
        result = constant_binary(symbol, left, right)
    except PythonError as error:
        return machine.python_error(error, place)
    if result is not NOT_KNOWN:
        return result
    chosen = each(BINARY[symbol], [left, right], place) if symbol in BINARY else None
    if chosen is not None:
        return chosen
    for own, other, reflected in ((left, right, False), (right, left, True)):
        type_name = type_of(own)
        if type_name is None:
            continue
        found = find_method(type_name, "__operator__")
        if found is not None and not (isinstance(other, Unknown) and symbol in ("==", "!=") and is_known(own)):
            answer = machine.handle(found[0], found[1], [symbol, other, reflected], {}, place, receiver=own)
            if answer is not NotImplemented:
                return answer
    if symbol in COMPARISONS:
        if symbol in ("==", "!="):
            same = _same_thing(left, right)
            if same is not None:
                return same == (symbol == "==")
        return Unknown(
            "the two sides can't be compared", place, "bool", key=condition_key(machine, symbol, left, right)
        )
    unknown = next((v for v in (left, right) if isinstance(v, Unknown)), None)
    reason = unknown.reason if unknown is not None else f"`{symbol}` of these values is not known"
    kind = "str" if isinstance(left, str) or isinstance(right, str) else _kind_of_number(symbol, left, right)
    made = Unknown(reason, place, kind, key=condition_key(machine, symbol, left, right))
    if symbol == "+" and any(isinstance(value, Unknown) and any(value.ends) for value in (left, right)):
        made.ends = ends_of([left, right])
    return made


def _refuse_nothing(machine: Machine, symbol: str, left: Value, right: Value, place: Place) -> None:
    """Python has no operator for None and a number, text, list, array or tensor, but `"%s" % None`."""
    nothing, other = (left, right) if isinstance(left, Nothing) else (right, left)
    numbers = isinstance(other, (int, float, Dim, str, tuple, ListValue, DictValue)) or (
        isinstance(other, Array) and other.dtype in ("int", "float") and other.type_name == "numpy.ndarray"
    )
    if isinstance(nothing, Nothing) and numbers and not (symbol == "%" and isinstance(left, str)):
        message = f"unsupported operand type(s) for {symbol}: 'NoneType'"
        machine.refuse_nothing(nothing, symbol, "TypeError", message, place)


def _kind_of_number(symbol: str, left: Value, right: Value) -> str | None:
    """Which kind of number Python's arithmetic makes of two numbers; None where that can't be told, or one of them may be none."""
    if isinstance(left, (int, Dim)) and isinstance(right, (int, Dim)):
        return "float" if symbol == "/" else "int"
    kinds = {
        value.kind if isinstance(value, Unknown) else "int" if isinstance(value, (int, Dim)) else type(value).__name__
        for value in (left, right)
    }
    if not kinds <= {"int", "float"} or symbol not in ("+", "-", "*", "/", "//", "%"):
        return None  # a power of floats may be complex
    return "float" if symbol == "/" or "float" in kinds else "int"


def _classes(value: Value) -> tuple[Value, ...]:
    """The classes that an operand of `int | str | None` stands for; none where it is no class."""
    if isinstance(value, TypeUnion):
        return value
    if value is None:
        return (External("builtins.NoneType"),)
    return (value,) if isinstance(value, ClassValue) or (isinstance(value, External) and is_class(value.name)) else ()


def _of_users(machine: Machine, symbol: str, left: Value, right: Value, place: Place) -> Value:
    """What a special method of the user's class answers; MISSING where there is none, or it says NotImplemented."""
    for own, other, reflected in ((left, right, False), (right, left, True)):
        if not isinstance(own, Object) or own.user_class is None or symbol not in _DUNDER:
            continue
        if reflected and symbol in COMPARISONS:
            name = f"__{_DUNDER[_MIRRORED[symbol]]}__"
        else:
            name = f"__{'r' if reflected else ''}{_DUNDER[symbol]}__"
        method = machine.find_method(own, name)
        if method is not None:
            answer = machine.call(method, [other], place=place)
            if not (isinstance(answer, External) and answer.name == "builtins.NotImplemented"):
                return answer
        elif symbol == "!=" and not reflected and machine.find_method(own, "__eq__") is not None:
            return _negated(machine, operate(machine, "==", left, right, place), place)
        if symbol in ("==", "!=") and method is None:
            verdict = records.equal(machine, own, other, place)
            if verdict is None:
                return Unknown(
                    "not all of the fields are known", place, "bool", key=condition_key(machine, symbol, left, right)
                )
            if verdict is not MISSING:
                return verdict == (symbol == "==")
        if symbol in COMPARISONS and symbol not in ("==", "!=") and method is None:
            answer = _ordered(machine, own, other, symbol, reflected, place)
            if answer is not MISSING:
                return answer
    return MISSING


def _ordered(machine: Machine, own: Object, other: Value, symbol: str, reflected: bool, place: Place) -> Value:
    """Orders that Python derives: `@dataclass(order=True)` compares the fields as tuples."""
    cls = own.user_class
    if (
        cls is None
        or reflected
        or not records.is_ordered(cls)
        or not isinstance(other, Object)
        or other.user_class is not cls
    ):
        return MISSING
    rows = [tuple(o.attributes.get(f.name) for f in records.fields_of(cls) if f.compare) for o in (own, other)]
    return operate(machine, symbol, rows[0], rows[1], place)


def _negated(machine: Machine, value: Value, place: Place) -> Value:
    truth = machine.truth(value)
    if truth is not None:
        return not truth
    key = value.key if isinstance(value, Unknown) else None
    return Unknown("the condition is not known", place, "bool", key=bounded(("not", key)) if key is not None else None)


def _same_thing(left: Value, right: Value) -> bool | None:
    """Equality of things that are only equal to themselves."""
    if left is right and not isinstance(left, Unknown):
        return True
    if isinstance(left, External) and isinstance(right, External):
        return True if left.name == right.name else None
    for own, other in ((left, right), (right, left)):
        if isinstance(own, Object) and own.user_class is not None and not has_unknown_base(own.user_class):
            if any(isinstance(c, External) and not c.name.startswith("enum.") for c in own.user_class.mro()):
                return None
            if (isinstance(other, Object) and other.user_class is not None) or is_known(other):
                return False
        if isinstance(own, ClassValue) and (isinstance(other, (ClassValue, External)) or is_known(other)):
            return False
    return None


def change(machine: Machine, symbol: str, old: Value, new: Value, place: Place) -> Value:
    """`old symbol= new`: a list, set or dict is changed where it is, for all who hold it."""
    if isinstance(old, Object) and old.user_class is not None:
        method = machine.find_method(old, f"__i{_DUNDER[symbol]}__")
        if method is not None:
            return machine.call(method, [new], place=place)
    if isinstance(old, ListValue) and symbol == "+":
        extend = find_method(type_of(old) or "", "extend")
        if extend is not None:
            machine.handle(extend[0], extend[1], [new], {}, place, receiver=old)
            return old
    if isinstance(old, DictValue) and symbol == "|" and type(old) in (DictValue, InstanceDict):
        update = find_method("builtins.dict", "update")
        if update is not None:
            machine.handle(update[0], update[1], [new], {}, place, receiver=old)
            return old
    made = operate(machine, symbol, old, new, place)
    if isinstance(old, Array) and old.type_name == "numpy.ndarray" and old.shape.rank != 0:
        old.write()
    if isinstance(old, SetValue) and not old.frozen and isinstance(made, SetValue):
        old.items[:], old.open, old.sample = made.items, made.open, made.sample
        return old
    if type(old) is ListValue and isinstance(made, ListValue) and symbol == "*":
        old.items[:], old.open, old.sample, old.length = made.items, made.open, made.sample, made.length
        return old
    if type(old) is type(made) and isinstance(made, DictValue):
        old.entries.clear()
        old.entries.update(made.entries)
        old.open = made.open
        return old
    return made


def value_key(machine: Machine, value: Value) -> Any:
    """What makes a value the same one in two conditions; None when nothing does."""
    if isinstance(value, Unknown):
        if value.key is not None:
            return value.key
        # what came from one place is one value: each turn of a loop decides alike, as it does for a condition
        return ("made", id(value.place.node)) if value.place is not None else None
    if is_known(value):
        return "constant", repr(value)
    if isinstance(value, Dim):
        return machine.size_key(value)
    if isinstance(value, External):
        return "named", value.name
    return "object", machine.number_of(value)


def condition_key(machine: Machine, symbol: str, left: Value, right: Value) -> Any:
    """What makes two undecidable conditions the same one; None when nothing does."""
    if symbol == "in" and isinstance(right, (ListValue, SetValue)) and not right.open and is_known(tuple(right.items)):
        right = tuple(right.items)  # whether it is one of them, whatever holds them
    keys = value_key(machine, left), value_key(machine, right)
    if None in keys:
        return None
    if symbol == "!=":
        return bounded(("not", ("==", *keys)))
    return bounded((symbol, *keys))
