"""Functions and classes that the program itself doesn't call: all of a file, or the one that was asked for."""

from __future__ import annotations

import ast
from collections.abc import Hashable
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

from ..frozen import dataclass
from ..libs.bridge import from_python
from ..nodes import walk
from ..places import Place
from ..values import BoundMethod, ClassValue, FunctionValue, LazyIterator, ListValue, Object, Unknown, Value
from .apart import Apart, attributes, unchanged
from .earlier import Earlier, Then, touched_by
from .flow import EnoughYields, Raised
from .functions import unknown_arguments
from .left_to_others import filled, is_placeholder, left_to_others
from .lookup import lookup
from .modules import Deferred, force
from .scopes import MISSING, Scope
from .trial import Maker, keep_what_comes_again, keep_what_holds_for_all

if TYPE_CHECKING:
    from .machine import Machine


class TargetProblem(Exception):
    """What is wrong with a `CALLABLE(ARGS)` that somebody asked for, in words for that person."""


@dataclass(frozen=True, slots=True)
class Target:
    """A function, class or method ("Net.build") to follow, with literal arguments."""

    name: str
    args: tuple[Value, ...] = ()
    kwargs: dict[str, Value] = field(default_factory=dict)


def parse_target(text: str) -> Target:
    """Read `NAME` or `NAME(ARGS)`. TargetProblem when it is neither, or when an argument is no literal."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        raise TargetProblem(f"'{text}' is not a name, nor a call with literal arguments") from None
    call = node if isinstance(node, ast.Call) else None
    name = ast.unparse(call.func if call is not None else node)
    if not all(part.isidentifier() for part in name.split(".")):
        raise TargetProblem(f"'{name}' is not the name of a function or class")
    if call is None:
        return Target(name)
    try:
        args = tuple(from_python(ast.literal_eval(a)) for a in call.args)
        kwargs = {str(k.arg): from_python(ast.literal_eval(k.value)) for k in call.keywords}
    except ValueError:
        raise TargetProblem(f"the arguments of '{text}' are not all literals: numbers, texts, None, tuples") from None
    if any(k.arg is None for k in call.keywords):
        raise TargetProblem(f"'{text}' has a `**`, which can't be given here")
    return Target(name, args, kwargs)


def follow_target(machine: Machine, scope: Scope, target: Target) -> None:
    """Call what was asked for, and forget the models that the file made before."""
    owner, _, short = target.name.partition(".")
    value = scope.find(owner)
    if value is MISSING:
        named = [name for name, v in scope.module.names.items() if isinstance(v, (FunctionValue, ClassValue))]
        own = ", ".join(named[:8]) + (", ..." if len(named) > 8 else "")
        there = f"it has {own}" if named else "it has no function and no class"
        raise TargetProblem(f"there is no '{owner}' in this file: {there}")
    if isinstance(value, Deferred):
        value = force(machine, scope.module.names, owner)
    machine.record.models.clear()
    args, kwargs = list(target.args), dict(target.kwargs)
    if short and isinstance(value, ClassValue):
        method = lookup(value, short)
        if not isinstance(method, FunctionValue):
            raise TargetProblem(f"the class '{owner}' has no method '{short}'")
        value = BoundMethod(method, _instance(machine, value, scope))
    elif short:
        value = machine.get_attribute(value, short, scope.place(getattr(value, "node", None)))
    if isinstance(value, (FunctionValue, BoundMethod)):
        kwargs = {**_missing(value, len(args), scope), **kwargs}
        _try_call(machine, value, kwargs, scope, args)
    elif isinstance(value, ClassValue):
        made = _instance(machine, value, scope, args, kwargs)
        _follow_methods(machine, value, made, scope, Apart(machine, scope))
    else:
        reason = f": {value.reason}" if isinstance(value, Unknown) else ""
        raise TargetProblem(f"'{target.name}' is not a function or class that can be followed{reason}")


def follow_uncalled(machine: Machine, scope: Scope) -> None:
    """Functions and classes of this file that nobody called: followed once, with defaults and named unknowns."""
    machine.speculative = True
    apart, earlier = Apart(machine, scope), Earlier(scope.names)
    for function in list(machine.functions):
        if (
            function.owner is None
            and function.module is scope.module
            and apart.is_start(id(function.node), function.called)
        ):
            apart.follow(id(function.node), partial(_follow_function, machine, function, scope, earlier))
            touched = {name for name in touched_by(function.node) if name in scope.names}
            _leave_grown(earlier, touched)
            earlier.note(touched)
    _leave_open(earlier)
    for cls in list(machine.classes):
        if cls.module is scope.module and apart.is_start(id(cls.node), cls.constructed):
            instance = apart.follow(id(cls.node), partial(_construct, machine, cls, scope))
            _follow_methods(machine, cls, instance, scope, apart)
    apart.finish()


def _leave_open(earlier: Earlier) -> None:
    """Nobody knows which layers a model has that several functions or methods put layers on."""
    for model in earlier.several():
        model.incomplete = model.incomplete or "several functions that nobody calls here put layers on it"
        model.forget()


def _leave_grown(earlier: Earlier, changed: set[str]) -> bool:
    """Nobody knows how often what has `changed` these lists is called: what is in them by then isn't known. Were there any?"""
    there = [value for name in changed if (value := earlier.table.get(name)) is earlier.first.get(name)]
    grown = [value for value in there if isinstance(value, ListValue) and not value.open]
    for value in grown:
        value.loosen()
    return bool(grown)


def _follow_function(machine: Machine, function: FunctionValue, scope: Scope, earlier: Earlier) -> Value:
    """Follow it. What comes about only because a default is empty, or after others were followed, is no fault of its own."""
    before, failed = len(machine.record.faults), machine.failed_assertions
    given = unknown_arguments(function, scope)
    made = _try_call(machine, function, given, scope)
    if len(machine.record.faults) > before:
        otherwise = earlier.otherwise(set(touched_by(function.node)), scope.place(function.node))
        empty = _empty_defaults(function, scope)
        if otherwise or empty or _takes_any(function) or machine.failed_assertions > failed:
            run = partial(_try_call, machine, function, {**given, **empty}, scope)
            with Then(scope.names).again(otherwise):
                keep_what_comes_again(machine, before, run)
    return made


def _construct(machine: Machine, cls: ClassValue, scope: Scope) -> Value:
    """Make an instance. What is refused only because a default is empty is no fault."""
    before, failed = len(machine.record.faults), machine.failed_assertions
    made = _instance(machine, cls, scope)
    initialiser = lookup(cls, "__init__")
    empty = _empty_defaults(initialiser, scope)
    if (empty or _takes_any(initialiser) or machine.failed_assertions > failed) and len(machine.record.faults) > before:
        keep_what_comes_again(machine, before, partial(_instance, machine, cls, scope, None, empty))
    return made


def _empty_defaults(function: Value, scope: Scope) -> dict[str, Value]:
    """The parameters whose defaults are empty, or hold what is: as a caller may give what is missing."""
    found: dict[str, Value] = {}
    place = scope.place(getattr(function, "node", None))
    for name, value in function.defaults.items() if isinstance(function, FunctionValue) else ():
        given = _not_given(name, place) if is_placeholder(value) else filled(name, value, place)
        if given is not value:
            found[name] = given
    return found


def _takes_any(function: Value) -> bool:
    """Has the function a parameter like `**options`?"""
    return isinstance(function, FunctionValue) and function.node.args.kwarg is not None


def _not_given(name: str, place: Place) -> Unknown:
    return Unknown(f"`{name}` is empty unless somebody gives it", place, key=("parameter", name, id(place.node)))


def _open_defaults(cls: ClassValue, scope: Scope) -> dict[str, Value]:
    """The parameters of a constructor whose defaults are empty, and those that its conditions ask for, as unknown values."""
    function = lookup(cls, "__init__")
    if not isinstance(function, FunctionValue):
        return {}
    place = scope.place(function.node)
    tests = [n.test for n in walk(*function.node.body) if isinstance(n, (ast.If, ast.IfExp))]
    asked = {n.id for test in tests for n in walk(test) if isinstance(n, ast.Name)} & function.defaults.keys()
    return {**_empty_defaults(function, scope), **{name: _not_given(name, place) for name in asked}}


def _chosen_by(cls: ClassValue | None, method: FunctionValue) -> set[str]:
    """The constructor's defaults that decide, in the class's conditions, whether a method that nobody has called is called.

    `if self.size == 32: self.build_for_32()` leaves that method to objects that were made with another size.
    """
    function = lookup(cls, "__init__") if cls is not None else None
    if cls is None or not isinstance(function, FunctionValue):
        return set()
    asked: set[str] = set()
    for other in cls.attributes.values():
        for node in walk(other.node) if isinstance(other, FunctionValue) and other is not method else ():
            if isinstance(node, (ast.If, ast.IfExp)) and method.name in _attributes_in(*_sides(node)):
                asked |= _attributes_in(node.test)
    kept = [n for n in walk(function.node) if isinstance(n, ast.Assign)] if asked else []
    made_of = {
        n.id for k in kept if asked & _attributes_in(*k.targets) for n in walk(k.value) if isinstance(n, ast.Name)
    }
    return (made_of | asked) & function.defaults.keys()


def _sides(node: ast.If | ast.IfExp) -> list[ast.AST]:
    return [*node.body, *node.orelse] if isinstance(node, ast.If) else [node.body, node.orelse]


def _attributes_in(*nodes: ast.AST) -> set[str]:
    return {n.attr for n in walk(*nodes) if isinstance(n, ast.Attribute)}


def _missing(value: FunctionValue | BoundMethod, given: int, scope: Scope) -> dict[str, Value]:
    """Unknowns for the parameters that have no default and were not given."""
    if isinstance(value, BoundMethod):
        return unknown_arguments(value.function, scope, skip=1 + given)
    return unknown_arguments(value, scope, skip=given)


def _instance(
    machine: Machine,
    cls: ClassValue,
    scope: Scope,
    args: list[Value] | None = None,
    kwargs: dict[str, Value] | None = None,
) -> Value:
    initialiser = lookup(cls, "__init__")
    given = list(args or ())
    kwargs = dict(kwargs or {})
    if isinstance(initialiser, FunctionValue):
        kwargs = {**unknown_arguments(initialiser, scope, skip=1 + len(given)), **kwargs}
    return _try_call(machine, cls, kwargs, scope, given)


def _follow_methods(machine: Machine, cls: ClassValue, instance: Value, scope: Scope, apart: Apart) -> None:
    """The methods that nobody called. Keras calls those of layers and models itself, when it gets a tensor."""
    here = apart.wants(id(cls.node))
    if here and (not isinstance(instance, Object) or instance.type_name.startswith("keras.")):
        return
    changed: dict[Hashable, set[str]] = {}
    followed: dict[Hashable, FunctionValue] = {}
    before, table = attributes(instance), instance.attributes if isinstance(instance, Object) else {}
    earlier = Earlier(table)
    methods = [m for m in cls.attributes.values() if isinstance(m, FunctionValue) and not m.name.startswith("__")]
    may_be_given = _open_defaults(cls, scope)
    maker = Maker(
        cls, scope, partial(_instance, machine, cls, scope, None), may_be_given, _takes_any(lookup(cls, "__init__"))
    )
    preparation = _preparation(cls) if any(_is_test(method) for method in methods) else None
    for method in methods:
        start = (id(cls.node), id(method.node))
        if method is preparation or not apart.is_start(start, method.called):
            continue
        first = preparation if _is_test(method) else None
        made_anew: set[str] = set()
        then = Then(table)
        work = partial(_follow_method, machine, method, instance, scope, first, before, made_anew, earlier, then, maker)
        apart.follow(start, work)
        after = attributes(instance)
        changed[start] = _differing(before, after) - made_anew
        if _leave_grown(earlier, changed[start]):
            after = attributes(instance)
        if changed[start]:
            maker.prepare.append((method, changed[start]))
        earlier.note(then.changed(changed[start]))
        followed[start], before = method, after
    _leave_open(earlier)
    if here:
        apart.link(cls, changed, followed)


def _is_test(method: FunctionValue) -> bool:
    return method.name.startswith("test")


def _preparation(cls: ClassValue) -> FunctionValue | None:
    """What unittest and pytest call anew before each test of a class."""
    found = [lookup(cls, name) for name in ("setUp", "setup_method")]
    return next((method for method in found if isinstance(method, FunctionValue)), None)


def _differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The attributes that are other ones, or hold other things."""
    return {name for name in after if name not in before or not unchanged(before[name], after[name])}


def _follow_method(
    machine: Machine,
    method: FunctionValue,
    instance: Value,
    scope: Scope,
    preparation: FunctionValue | None,
    before: dict[str, Any],
    made_anew: set[str],
    earlier: Earlier,
    then: Then,
    maker: Maker,
) -> Value:
    """Follow a method, if it is a test after what prepares it: `made_anew` are then the attributes that no other test has a share in.

    `before` is the state of the instance's attributes now, `then` the attributes themselves. What comes about only because an attribute is not
    filled yet or a default is empty, or after other methods were followed, is no fault of its own.
    """
    if preparation is not None:
        _prepare(machine, scope, preparation, instance)
        made_anew |= _differing(before, attributes(instance))
    bound, given = BoundMethod(method, instance), unknown_arguments(method, scope, skip=1)
    if preparation is not None or not isinstance(instance, Object):
        return _try_call(machine, bound, given, scope)
    faults, failed = len(machine.record.faults), machine.failed_assertions
    made = _try_call(machine, bound, given, scope)
    if len(machine.record.faults) > faults:
        own = then.changed(_differing(before, attributes(instance)))
        otherwise = earlier.otherwise(own, scope.place(method.node))
        others = {**left_to_others(instance.user_class, method, then.names, scope), **otherwise}
        empty = _empty_defaults(method, scope)
        given |= empty
        if others or empty or _takes_any(method) or machine.failed_assertions > failed:
            with then.again(others):
                keep_what_comes_again(machine, faults, partial(_try_call, machine, bound, given, scope))
        with then.again({}):
            made_by_others = earlier.on_another(otherwise)
            prepare = partial(_prepare, machine, scope)
            run = partial(_follow_on, machine, method, given, made_by_others, scope)
            place, chosen = scope.place(method.node), _chosen_by(instance.user_class, method)
            other = maker.before(method).given_also({name: _not_given(name, place) for name in chosen})
            keep_what_holds_for_all(machine, faults, other, prepare, run)
    return made


def _prepare(machine: Machine, scope: Scope, method: FunctionValue, instance: Value) -> Value:
    """Call a method that changes an instance before another one is followed."""
    return _try_call(machine, BoundMethod(method, instance), unknown_arguments(method, scope, skip=1), scope)


def _follow_on(
    machine: Machine,
    method: FunctionValue,
    given: dict[str, Value],
    by_others: dict[str, Value],
    scope: Scope,
    instance: Object,
) -> None:
    """Follow a method of another instance, that has what other methods have made for the first one."""
    empty = left_to_others(instance.user_class, method, instance.attributes, scope)
    made = {name: v for name, v in by_others.items() if isinstance(v, Unknown) or name not in instance.attributes}
    instance.attributes.update({**empty, **made})
    _try_call(machine, BoundMethod(method, instance), given, scope)


def _try_call(
    machine: Machine, function: Any, kwargs: dict[str, Value], scope: Scope, args: list[Value] | None = None
) -> Value:
    node = function.function.node if isinstance(function, BoundMethod) else function.node
    place = scope.place(node)
    try:
        made = machine.call(function, args or [], kwargs, place=place)
        if isinstance(made, LazyIterator):
            made.items  # noqa: B018  # nobody else will run the generator
        return made
    except (Raised, EnoughYields):
        return Unknown("raises", place)
