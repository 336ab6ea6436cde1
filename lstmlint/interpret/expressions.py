"""Expressions: what an `ast` expression is worth in a scope."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..knowledge import canonical, find_method, has_not, may_be_any_value, type_of
from ..libs.bridge import NotKnownError, has_width, may_be_others, to_python
from ..libs.builtins.one_number import format_fault
from ..libs.choices import each
from ..places import Origin, Place
from ..program import Lacking
from ..values import (
    BoundMethod,
    DictValue,
    External,
    ExternalMethod,
    ListValue,
    Object,
    PathValue,
    SetValue,
    ShapeList,
    ShapeTuple,
    SliceValue,
    Unknown,
    Value,
    ends_of,
    is_known,
    none_for_absent,
    text_of_number,
)
from . import enums, open_sizes, questions, turns
from .arithmetic import condition_key, operate
from .changes import GROWING, loosened, named, reached
from .comprehensions import dict_comprehension, enter, generator, list_comprehension, set_comprehension, unique
from .flow import EnoughYields, Raised
from .modules import Deferred, force
from .operators import NOT_KNOWN, SYMBOLS, PythonError, constant_unary
from .scopes import MISSING, Scope
from .undefined import note_undefined
from .versions import asks_for_version, for_one_version
from .ways import bounded

if TYPE_CHECKING:
    from .machine import Machine

Evaluator = Callable[["Machine", Any, Scope], Value]
_MOST_YIELDS = 200


def evaluate(machine: Machine, node: ast.expr, scope: Scope) -> Value:
    """The value of an expression."""
    return _EVALUATORS[type(node)](machine, node, scope)


def _constant(machine: Machine, node: ast.Constant, scope: Scope) -> Value:
    return node.value


_OF_NOTEBOOKS = frozenset(["get_ipython", "display", "In", "Out", "_", "__", "___", "exit", "quit"])
"""What a notebook has without anybody having made it."""


def _name(machine: Machine, node: ast.Name, scope: Scope) -> Value:
    found = scope.find(node.id)
    if found is not MISSING:
        return force(machine, scope.module.names, node.id) if isinstance(found, Deferred) else found
    builtin = machine.builtin(node.id)
    if builtin is not None:
        return builtin
    stars = scope.module.names.get("~star")
    if machine.guards and not stars and not (node.id in _OF_NOTEBOOKS and scope.module.path.endswith(".ipynb")):
        return machine.python_error(PythonError("NameError", f"name '{node.id}' is not defined"), scope.place(node))
    if stars:
        reason = f"`{node.id}` may come from a star import that can't be seen into"
    else:
        reason = f"`{node.id}` is not defined here"
    return Unknown(reason, scope.place(node), key=("name", node.id), origin=Origin(node.id, scope.place(node)))


def _attribute(machine: Machine, node: ast.Attribute, scope: Scope) -> Value:
    value, place = evaluate(machine, node.value, scope), scope.place(node)
    if isinstance(value, External) and value.spelled:
        name, spelled = f"{value.name}.{node.attr}", f"{value.spelled}.{node.attr}"
        hidden = machine.record.hides(spelled, machine.keras_major)
        if (hidden or has_not(spelled, machine.keras_major)) and canonical(name) not in machine.put:
            if machine.takes("AttributeError"):
                raise Raised("AttributeError")
            machine.record.lacking.append(Lacking(canonical(name), spelled, place, machine.guarded, hidden))
    if machine.reads_sizes:
        refused = open_sizes.refuses_dimension(machine, node, value, scope, place)
        if refused is not None:
            return refused
    return machine.get_attribute(value, node.attr, place)


def _items(machine: Machine, nodes: list[ast.expr], scope: Scope) -> tuple[list[Value], bool]:
    """The values of a display's elements, stars unpacked; the bool: is something in it that can't be seen?"""
    items: list[Value] = []
    is_open = False
    for node in nodes:
        if isinstance(node, ast.Starred):
            inner = machine.iterate(evaluate(machine, node.value, scope), scope.place(node))
            if inner is None:
                is_open = True
            else:
                items.extend(inner)
        else:
            items.append(evaluate(machine, node, scope))
    return items, is_open


def _tuple(machine: Machine, node: ast.Tuple, scope: Scope) -> Value:
    items, is_open = _items(machine, node.elts, scope)
    if is_open:
        return Unknown("a tuple with a starred part that can't be seen into", scope.place(node), "tuple")
    return tuple(items)


def _list(machine: Machine, node: ast.List, scope: Scope) -> Value:
    items, is_open = _items(machine, node.elts, scope)
    return ListValue(items, is_open, place=scope.place(node))


def _set(machine: Machine, node: ast.Set, scope: Scope) -> Value:
    items, is_open = _items(machine, node.elts, scope)
    return unique(items, is_open)


def _dict(machine: Machine, node: ast.Dict, scope: Scope) -> Value:
    result = DictValue()
    for key_node, value_node in zip(node.keys, node.values):
        value = evaluate(machine, value_node, scope)
        if key_node is None:
            if isinstance(value, DictValue):
                result.entries.update(value.entries)
                result.open = result.open or value.open
            else:
                may_be_others(result.entries, scope.place(value_node), "what `**` brings is not known")
                result.open = True
            continue
        enter(machine, result, evaluate(machine, key_node, scope), value, scope.place(node))
    return result


def _slice(machine: Machine, node: ast.Slice, scope: Scope) -> Value:
    parts = (evaluate(machine, n, scope) if n is not None else None for n in (node.lower, node.upper, node.step))
    return SliceValue(*parts)


def _subscript(machine: Machine, node: ast.Subscript, scope: Scope) -> Value:
    value = evaluate(machine, node.value, scope)
    index = evaluate(machine, node.slice, scope)
    item = machine.get_item(value, index, scope.place(node), scope.place(node.slice))
    if machine.reads_sizes or isinstance(value, (ShapeTuple, ShapeList)):
        open_sizes.read(machine, node, value, item)
    return item


def _binary(machine: Machine, node: ast.BinOp, scope: Scope) -> Value:
    symbol = SYMBOLS[type(node.op).__name__]
    left = evaluate(machine, node.left, scope)
    right = evaluate(machine, node.right, scope)
    if (left is None or right is None) and machine.reads_sizes:
        operands = [(node.left, left), (node.right, right)]
        refused = open_sizes.refuses_operator(machine, symbol, operands, scope, scope.place(node))
        if refused is not None:
            return refused
    return operate(machine, symbol, left, right, scope.place(node))


def _unary(machine: Machine, node: ast.UnaryOp, scope: Scope) -> Value:
    symbol = SYMBOLS[type(node.op).__name__]
    value = evaluate(machine, node.operand, scope)
    if symbol == "not":
        truth = machine.truth(value)
        if truth is not None:
            return not truth
        chosen = each(operator.not_, [value], scope.place(node))
        if chosen is not None:
            return chosen
        key = questions.key_of(machine, value)
        return Unknown(
            "the condition is not known",
            scope.place(node),
            "bool",
            key=bounded(("not", key)) if key is not None else None,
        )
    if value is None and machine.reads_sizes:
        refused = open_sizes.refuses_operator(machine, symbol, [(node.operand, value)], scope, scope.place(node))
        if refused is not None:
            return refused
    try:
        result = constant_unary(symbol, value)
    except PythonError as error:
        return machine.python_error(error, scope.place(node))
    if result is not NOT_KNOWN:
        return result
    type_name = type_of(value)
    found = find_method(type_name, "__unary__") if type_name else None
    if found is not None:
        return machine.handle(found[0], found[1], [symbol], {}, scope.place(node), receiver=value)
    reason = value.reason if isinstance(value, Unknown) else f"`{symbol}` of this is not known"
    kind = value.kind if isinstance(value, Unknown) and symbol in ("+", "-") else None
    return Unknown(reason, scope.place(node), kind if kind in ("int", "float") else None)


def _boolean(machine: Machine, node: ast.BoolOp, scope: Scope) -> Value:
    is_and = isinstance(node.op, ast.And)
    undecided: list[Value] = []
    places: list[Place] = []
    for operand in node.values:
        value = evaluate(machine, operand, scope)
        truth = machine.truth(value)
        if truth is None:
            undecided.append(value)
            places.append(scope.place(operand))
            continue
        if truth is not is_and:  # False ends `and`, True ends `or`
            if not undecided:
                return value
            # whatever the undecided ones are, an `and` with a false part is false and an `or` with a true part true
            return truth if isinstance(value, bool) else Unknown("one of several values", scope.place(node))
        last = value
    if not undecided:
        return last
    keys = tuple(v.key if isinstance(v, Unknown) else None for v in undecided)
    key = None if None in keys else keys[0] if len(keys) == 1 else bounded(("and" if is_and else "or", *keys))
    if len(undecided) == 1 and len(node.values) == 1:
        return undecided[0]
    if key is not None and len(keys) > 1:
        machine.parts[key] = tuple(places)
    return Unknown("the condition is not known", scope.place(node), key=key)


def _compare(machine: Machine, node: ast.Compare, scope: Scope) -> Value:
    left, before = evaluate(machine, node.left, scope), node.left
    result: Value = True
    for op, comparator in zip(node.ops, node.comparators):
        right = evaluate(machine, comparator, scope)
        one = None
        if (left is None or right is None) and machine.reads_sizes and type(op).__name__ in SYMBOLS:
            operands = [(before, left), (comparator, right)]
            symbol = SYMBOLS[type(op).__name__]
            one = open_sizes.refuses_operator(machine, symbol, operands, scope, scope.place(node))
        if one is None:
            one = compare(machine, type(op).__name__, left, right, scope.place(node))
        if len(node.ops) == 1:
            return one
        truth = machine.truth(one)
        if truth is False:
            return False
        if truth is None:
            result = one
        left, before = right, comparator
    return result


def compare(machine: Machine, op: str, left: Value, right: Value, place: Place) -> Value:
    """`left op right`, of which `op` is the name of the class in `ast` ("IsNot")."""
    if op in ("Is", "IsNot"):
        same = _identical(left, right)
        if same is None:
            key = condition_key(machine, "is", left, right)
            if op == "IsNot" and key is not None:
                key = bounded(("not", key))
            return Unknown("the identity is not known", place, "bool", key=key)
        return same == (op == "Is")
    if op in ("In", "NotIn"):
        inside = machine.contains(left, right, place)
        if inside is None:
            chosen = each(lambda item, row: (item in row) == (op == "In"), [left, right], place)
            if chosen is not None:
                return chosen
            key = condition_key(machine, "in", left, right)
            return Unknown(
                "the membership is not known",
                place,
                "bool",
                key=bounded(("not", key)) if key is not None and op == "NotIn" else key,
            )
        return inside == (op == "In")
    return operate(machine, SYMBOLS[op], left, right, place)


def _identical(left: Value, right: Value) -> bool | None:
    left, right = none_for_absent(left), none_for_absent(right)
    if any(isinstance(side, External) and may_be_any_value(side.name) for side in (left, right)):
        return True if left == right else None
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        other = right if isinstance(left, Unknown) else left
        unknown = left if isinstance(left, Unknown) else right
        if other is None and isinstance(unknown, Unknown) and unknown.kind is not None:
            return False
        return None
    if left is None or right is None or isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, External) and isinstance(right, External):
        return left.name == right.name
    if is_known(left) and is_known(right):
        return type(left) is type(right) and left == right
    return left is right


def _conditional(machine: Machine, node: ast.IfExp, scope: Scope) -> Value:
    test = evaluate(machine, node.test, scope)
    filled = [named(side, scope) for side in (node.body, node.orelse)] if machine.loops else []
    either = bool(filled) and all(isinstance(value, (ListValue, DictValue, SetValue)) for value in filled)
    truth = machine.decide(test, node, default=True, worthwhile=not either)  # other turns fill the other list
    chosen = node.body if truth else node.orelse
    undecided = machine.truth(test) is None
    if isinstance(chosen, ast.Constant) and chosen.value is None and undecided:
        # `size if "size" in config else None`: whether the None is ever used hangs on the same facts, which later conditions ask in other
        # words (`if config["type"] == "dense"`), so that nothing may be built on it
        return machine.absent("it is None on a condition that can't be decided here", scope.place(node), node)
    if isinstance(chosen, ast.List) and not chosen.elts and undecided:
        return ListValue(open=True, place=scope.place(chosen))  # it stands for "nothing" as None does
    if machine.loops and undecided:
        texts = [s.value for s in (node.body, node.orelse) if isinstance(s, ast.Constant) and isinstance(s.value, str)]
        if len(texts) == 2 and texts[0] != texts[1]:
            why = "which of two texts it is differs from turn to turn"
            return Unknown(why, scope.place(node), kind="str", key=("node", id(node)))
        if either:
            for value in filled:
                loosened(value)
    if asks_for_version(node.test, test):
        return for_one_version(machine, lambda: evaluate(machine, chosen, scope))
    value = evaluate(machine, chosen, scope)
    if (
        undecided
        and machine.loops
        and machine.in_unknown_loop is not None
        and isinstance(value, Object)
        and _differs(machine, node, test, scope)
    ):
        return Unknown("which of two it is differs from turn to turn", scope.place(node))
    return value


def _differs(machine: Machine, node: ast.IfExp, test: Value, scope: Scope) -> bool:
    """May a condition that can't be decided have another answer in another turn of the loop that is being followed?"""
    key = questions.key_of(machine, test) or ("node", id(node))
    return turns.varies(machine.loops[-1].node, node.test, key) or turns.asks_what_it_was_given(node.test, scope)


def _call(machine: Machine, node: ast.Call, scope: Scope) -> Value:
    place = scope.place(node)
    if isinstance(node.func, ast.Name) and node.func.id == "super" and scope.find("super") is MISSING:
        return machine.super_of(scope, node)
    function = evaluate(machine, node.func, scope)
    if isinstance(function, Unknown) and isinstance(node.func, ast.Name):
        note_undefined(machine, node.func, scope)
    if isinstance(function, Unknown) and isinstance(node.func, ast.Attribute) and node.func.attr in GROWING:
        for changed in reached(node.func.value, scope):
            loosened(changed)
    args: list[Value] = []
    arg_places: list[Place] = []
    kwargs: dict[str, Value] = {}
    kwarg_places: dict[str, Place] = {}
    is_open = False
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            inner = machine.iterate(evaluate(machine, argument.value, scope), scope.place(argument))
            if inner is None:
                is_open = True
            elif not is_open:
                args.extend(inner)
                arg_places.extend([scope.place(argument)] * len(inner))
            continue
        if isinstance(argument, ast.GeneratorExp) and len(node.args) == 1:
            value: Value = generator(machine, argument, scope)
        else:
            value = evaluate(machine, argument, scope)
        if not is_open:  # behind a row of unknown length nobody knows which parameter it is for
            args.append(value)
            arg_places.append(scope.place(argument))
    for keyword in node.keywords:
        value = evaluate(machine, keyword.value, scope)
        if keyword.arg is not None:
            kwargs[keyword.arg] = value
            kwarg_places[keyword.arg] = scope.place(keyword.value)
        elif isinstance(value, DictValue):
            for key, inner_value in value.entries.items():
                if isinstance(key, str):
                    kwargs[key] = inner_value
                    kwarg_places[key] = scope.place(keyword.value)
            is_open = is_open or value.open
        else:
            is_open = True
    if isinstance(function, (External, ExternalMethod)) and function.name in open_sizes.CALCULATING and not is_open:
        refused = open_sizes.refuses_call(machine, function, node, args, kwargs, scope, place)
        if refused is not None:
            return refused
    if machine.sizes_read:
        open_sizes.given(machine, node, args, kwargs, scope)
    result = machine.call(
        function,
        args,
        kwargs,
        place=place,
        arg_places=arg_places,
        kwarg_places=kwarg_places,
        open=is_open,
        function_node=node.func,
        scope=scope,
    )
    return machine.nothing(function, place) if result is None and not hasattr(node, "unused_") else result


def _joined(machine: Machine, node: ast.JoinedStr, scope: Scope) -> Value:
    parts: list[Value] = []
    known = True
    for piece in node.values:
        if isinstance(piece, ast.Constant):
            parts.append(str(piece.value))
            continue
        if not isinstance(piece, ast.FormattedValue):
            return Unknown("a string that is not known", scope.place(node), "str")
        value = evaluate(machine, piece.value, scope)
        spec = _joined(machine, piece.format_spec, scope) if isinstance(piece.format_spec, ast.JoinedStr) else ""
        if isinstance(spec, str):
            if piece.conversion == -1 and (fault := format_fault(value, spec, scope.place(piece))) is not None:
                machine.raise_fault(fault, "TypeError")
            shown = _shown(machine, value, piece.conversion, spec, scope.place(piece))
            if isinstance(shown, str):
                parts.append(shown)
                continue
        known = False
        plain = spec == "" or text_of_number(value)  # however wide, a number is written in digits
        parts.append(value if plain and piece.conversion == -1 else None)
    if known:
        return "".join(parts)
    return Unknown("a string with an unknown part", scope.place(node), "str", ends=ends_of(parts))


_CONVERSIONS: dict[int, Callable[[Any], str]] = {115: str, 114: repr, 97: ascii}


def _shown(machine: Machine, value: Value, conversion: int, spec: str, place: Place) -> Value:
    """What a value looks like in an f-string; anything but a text where that is not known."""
    plain: Any = value.text if isinstance(value, PathValue) and conversion in (-1, 115) else enums.plain(value)
    if isinstance(plain, Object):
        names = ("__repr__",) if conversion in (114, 97) else ("__format__", "__str__", "__repr__")
        for name in names:
            method = machine.find_method(plain, name)
            if method is not None and (name == "__format__" or not spec):
                return machine.call(method, [spec] if name == "__format__" else [], place=place)
        return None
    if isinstance(plain, SetValue) or has_width(spec):
        return None
    try:
        plain = to_python(plain)
        return format(_CONVERSIONS[conversion](plain) if conversion in _CONVERSIONS else plain, spec)
    except (NotKnownError, TypeError, ValueError):
        return None


def _lambda(machine: Machine, node: ast.Lambda, scope: Scope) -> Value:
    return machine.make_function("<lambda>", node, scope)


def _named(machine: Machine, node: ast.NamedExpr, scope: Scope) -> Value:
    value = evaluate(machine, node.value, scope)
    target = scope
    while target.kind == "comprehension" and target.parent is not None:
        target = target.parent
    machine.assign_name(target, node.target.id, value, node.target)
    return target.find(node.target.id)


def _starred(machine: Machine, node: ast.Starred, scope: Scope) -> Value:
    return evaluate(machine, node.value, scope)


def _await(machine: Machine, node: ast.Await, scope: Scope) -> Value:
    return evaluate(machine, node.value, scope)


def _yield(machine: Machine, node: ast.Yield | ast.YieldFrom, scope: Scope) -> Value:
    target = scope
    while target.yields is None and target.parent is not None:
        target = target.parent
    value = evaluate(machine, node.value, scope) if node.value is not None else None
    if target.at_yield is not None:
        rows = [value] if isinstance(node, ast.Yield) else machine.iterate(value, scope.place(node))
        for item in rows or ():
            target.at_yield(item)
        return None
    if target.yields is not None:
        if isinstance(node, ast.YieldFrom):
            inner = machine.iterate(value, scope.place(node))
            if inner is None:
                raise EnoughYields
            target.yields.items += inner
        else:
            target.yields.items.append(value)
        if len(target.yields.items) >= _MOST_YIELDS:
            raise EnoughYields
    return Unknown("what is sent into a generator is not known", scope.place(node))


def _formatted(machine: Machine, node: ast.FormattedValue, scope: Scope) -> Value:
    return _joined(machine, ast.JoinedStr([node]), scope)


_EVALUATORS: dict[type[Any], Evaluator] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.Slice: _slice,
    ast.Subscript: _subscript,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Compare: _compare,
    ast.IfExp: _conditional,
    ast.Call: _call,
    ast.JoinedStr: _joined,
    ast.FormattedValue: _formatted,
    ast.Lambda: _lambda,
    ast.NamedExpr: _named,
    ast.Starred: _starred,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.ListComp: list_comprehension,
    ast.GeneratorExp: generator,
    ast.SetComp: set_comprehension,
    ast.DictComp: dict_comprehension,
}

__all__ = ["BoundMethod", "evaluate", "operate"]
