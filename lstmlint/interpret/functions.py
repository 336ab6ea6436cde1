"""Functions of the user's: making, decorating, binding arguments, calling."""

from __future__ import annotations

import ast
import builtins
import itertools
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..dims import TracedInt
from ..faults import Fault, Moment
from ..nodes import gives_values, is_generator, own_nodes, returned, walk
from ..places import Origin, Place
from ..values import (
    CACHE,
    Array,
    BoundMethod,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    IteratorValue,
    LazyIterator,
    ListValue,
    Object,
    Partial,
    Unknown,
    Value,
    is_private,
)
from . import enums, open_sizes, records, stated
from .arithmetic import value_key
from .evaluating import evaluated
from .expressions import evaluate
from .flow import NOT_BOUND, EnoughYields, Raised, Return
from .indefinite import any_item, indefinite
from .lookup import PropertyValue, StaticValue
from .scopes import Scope
from .turns import run_by_other_turns

if TYPE_CHECKING:
    from .machine import Machine

_SELF_CALLS = 3
"""A function that calls itself in a loop of unknown length, or on conditions that nobody can know, is followed so deep: each level would follow the
next ones again."""

_OFTEN = 16
"""So often a function may go into itself without an end in sight before it is not followed into itself any more."""

BUILTINS = frozenset(["__import__", *(name for name in dir(builtins) if not name.startswith("_"))])
EXCEPTIONS = frozenset(
    name
    for name in BUILTINS
    if isinstance(getattr(builtins, name), type) and issubclass(getattr(builtins, name), BaseException)
)


def is_instance_method(owner: str, name: str) -> bool:
    """Does Python's own class `owner` have a method of this name that wants an instance?"""
    cls = getattr(builtins, owner.removeprefix("builtins."), None) if owner.startswith("builtins.") else None
    found = vars(cls).get(name) if isinstance(cls, type) else None
    return isinstance(found, (types.MethodDescriptorType, types.WrapperDescriptorType)) and name != "__init__"


def make_function(machine: Machine, name: str, node: Any, scope: Scope) -> FunctionValue:
    """A function or lambda, its defaults evaluated now, as Python does."""
    spec: ast.arguments = node.args
    defaults: dict[str, Value] = {}
    positional = [*spec.posonlyargs, *spec.args]
    for argument, default in zip(positional[len(positional) - len(spec.defaults) :], spec.defaults):
        defaults[argument.arg] = evaluate(machine, default, scope)
    for argument, default_or_none in zip(spec.kwonlyargs, spec.kw_defaults):
        if default_or_none is not None:
            defaults[argument.arg] = evaluate(machine, default_or_none, scope)
    parent = scope if scope.kind != "module" else None
    function = FunctionValue(
        name, node, scope.module.tree, (parent, scope.module, scope), defaults, module=scope.module
    )
    machine.record.enclosing[id(scope)] = scope
    if not isinstance(node, ast.Lambda):
        machine.functions.append(function)
        machine.own_names.add(name)
    return function


def attribute(function: FunctionValue, name: str, place: Place) -> Value:
    """What Python itself sets on a function: `f.__name__`, `f.__doc__`, ..."""
    if name in ("__name__", "__qualname__"):
        return function.name
    if name == "__doc__":
        return docstring(function.node, place)
    return Unknown(f"`{name}` of a function", place)


def docstring(node: Any, place: Place) -> Value:
    """`f.__doc__`: a text or None; its indentation depends on the version of Python, so the text itself is not known."""
    body = getattr(node, "body", None)  # none in a class that a call has made, an expression in a lambda
    first = body[0] if isinstance(body, list) and body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return Unknown("what the docstring says is not followed", place, "str")
    return None


def decorate(machine: Machine, decorator: Value, value: Value, place: Place) -> Value:
    """`@decorator` over a function or class."""
    name = decorator.name if isinstance(decorator, External) else ""
    if name in ("builtins.property", "functools.cached_property", "abc.abstractproperty"):
        if name == "abc.abstractproperty" and isinstance(value, FunctionValue):
            value.attributes["__isabstractmethod__"] = True
        return PropertyValue(value, cached=name == "functools.cached_property")
    if name in ("builtins.staticmethod", "builtins.classmethod"):
        return StaticValue(value, name.endswith("classmethod"))
    if name == "dataclasses.dataclass" and isinstance(value, ClassValue):
        value.attributes["~dataclass"] = {}
        return value
    if isinstance(decorator, Unknown) or (isinstance(decorator, External) and _unknown_name(decorator)):
        why = (
            decorator.reason
            if isinstance(decorator, Unknown)
            else f"`{decorator.spelled or decorator.name}` is not known"
        )
        if isinstance(value, ClassValue):
            return value
        return Unknown(f"decorated: {why}", place)
    return machine.call(decorator, [value], place=place)


def _unknown_name(decorator: External) -> bool:
    from ..knowledge import find_function, watching

    return find_function(decorator.name) is None and watching(decorator.name, []) is None


def call_function(
    machine: Machine, function: FunctionValue, args: list[Value], kwargs: dict[str, Value], place: Place,
    arg_places: list[Place] | None = None, kwarg_places: dict[str, Place] | None = None, open: bool = False,
) -> Value:  # fmt: skip
    """Follow a call of a user's function with its real arguments."""
    function.called = True
    if not isinstance(function, FunctionValue):
        return Unknown("what is called here is not a function that can be followed", place)
    function.times += 1
    cache = function.attributes.get(CACHE)
    kept = cache.entries if isinstance(cache, DictValue) and machine.in_unknown_loop is None else {}
    key = _key(machine, args, kwargs) if cache is not None else None
    if key in kept:
        return kept[key]
    if machine.depth >= machine.budget.depth:
        return machine.gap(f"`{function.name}` is nested more than {machine.budget.depth} calls deep", place)
    if machine.depth:
        followed = _within_itself(machine, function.node)
        if machine.in_unknown_loop is not None and len(followed) >= _SELF_CALLS:
            return machine.gap(f"`{function.name}` calls itself in {machine.in_unknown_loop}", place)
        if followed and _goes_on(machine, followed):
            return machine.gap(f"how deep `{function.name}` goes into itself is not known", place)
    parent, module, _ = function.scope
    receiver = args[0] if args and function.owner is not None else None
    scope = Scope(module, {}, parent, "function", function, receiver, asked=machine.decisions.count)
    problem = bind_parameters(machine, function, args, kwargs, place, scope, open)
    if problem is not None:
        details = {"function": function}
        machine.raise_fault(
            Fault("call", Moment.RUN, place, function.name, "", "", (), problem, details=details), "TypeError"
        )
        return Unknown(NOT_BOUND, place)
    if machine.sizes_read:
        open_sizes.taken(machine, function.node.args, arg_places or [], kwarg_places or {}, scope)
    if machine.loops or machine.in_unknown_loop:
        machine.trail.append(function.node)
    machine.depth += 1
    machine.active.append(scope)
    machine.sites.append((place, machine.decisions.count))
    try:
        found = _run(machine, function, scope)
        if key is not None:
            kept[key] = found
        return found
    except RecursionError:
        return machine.gap(f"`{function.name}` is nested too deeply to be followed", place)
    finally:
        machine.sites.pop()
        machine.active.pop()
        machine.depth -= 1


def _key(machine: Machine, args: list[Value], kwargs: dict[str, Value]) -> Any:
    """What tells the arguments of a call from others; None where nothing does."""
    keys = [
        *(value_key(machine, value) for value in args),
        *((name, value_key(machine, kwargs[name])) for name in sorted(kwargs)),
    ]
    return None if None in keys or any(isinstance(key, tuple) and key[-1] is None for key in keys) else tuple(keys)


def _within_itself(machine: Machine, node: Any) -> list[Scope]:
    """The calls of a function that are being followed now, the outermost first."""
    return [scope for scope in machine.active if scope.function is not None and scope.function.node is node]


def _goes_on(machine: Machine, followed: list[Scope]) -> bool:
    """Has a function called itself so often, and has each of these calls asked something that can't be known before it led to the next one?

    One that is found to do so again and again is not followed into itself any more.
    """
    node = id(followed[0].function.node) if followed[0].function is not None else 0
    if len(followed) < (_SELF_CALLS if machine.endless[node] < _OFTEN else 1):
        return False
    asked = [*(scope.asked for scope in followed), machine.decisions.count]
    if not all(before < after for before, after in itertools.pairwise(asked)):
        return False
    machine.endless[node] += 1
    return True


def _run(machine: Machine, function: FunctionValue, scope: Scope) -> Value:
    node = function.node
    if isinstance(node, ast.Lambda):
        return evaluate(machine, node.body, scope)
    from .statements import execute

    if is_generator(node):
        return LazyIterator(lambda at_yield: _run_generator(machine, node, scope, at_yield))
    if machine.stated:
        stated.apply(machine, node, scope)
    asked, varying = machine.decisions.count, machine.varying
    signal = execute(machine, node.body, scope)
    value = signal.value if isinstance(signal, Return) else None
    if machine.varying != varying and isinstance(signal, Return) and signal.at is not node.body[-1]:
        run_by_other_turns(node, node.body, scope)
        if machine.in_unknown_loop is not None and isinstance(value, (bool, int, float, str)):
            return Unknown(
                f"other turns take another `return` of `{function.name}`", scope.place(node), type(value).__name__
            )
    if (
        machine.varying != varying
        and machine.in_unknown_loop is not None
        and isinstance(value, (Object, FunctionValue))
        and len(returned(node)) > 1
    ):
        return Unknown(f"other turns take another `return` of `{function.name}`", scope.place(node))
    if value is None and machine.speculative and function.attributes.get("__isabstractmethod__") is True:
        why = f"`{function.name}` is abstract: what it gives is for the classes that inherit it to say"
        return Unknown(why, scope.place(node), key=("node", id(node)))
    if machine.decisions.count > asked:
        if machine.in_unknown_loop is not None and len(_within_itself(machine, node)) > 1:
            return Unknown(f"how deep `{function.name}` goes into itself is not known", scope.place(node))
        if value is None and gives_values(node):
            reason = f"`{function.name}()` is None on a condition that can't be decided here"
            return machine.absent(reason, scope.place(node), node)
        if may_return_empty(node):
            return _perhaps_filled(value, function, scope)
        if isinstance(value, int) and value < 0 and looks_for_one(node):
            reason = f"`{function.name}()` finds nothing on a condition that can't be decided here"
            return indefinite(value, f"{function.name}()", scope.place(node), reason)
    return value


def _perhaps_filled(value: Value, function: FunctionValue, scope: Scope) -> Value:
    """What a function returns on a condition that can't be decided: an empty list or array stands for "there is nothing", as None does, and who
    goes on with it may know in other words that there is something."""
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_perhaps_filled(item, function, scope) for item in value)
    if isinstance(value, ListValue) and not value.items:
        value.loosen()
    elif isinstance(value, Array) and any(size.exact == 0 for size in value.shape.dims or ()):
        reason = f"`{function.name}()` is empty on a condition that can't be decided here"
        return Unknown(reason, scope.place(function.node))
    return value


def _run_generator(
    machine: Machine, node: Any, scope: Scope, at_yield: Callable[[Value], None] | None = None
) -> IteratorValue:
    """The body of a generator function, run to its end or until it has yielded often enough."""
    from .loops import never_ends
    from .statements import execute

    if len(_within_itself(machine, node)) >= _SELF_CALLS and any(
        isinstance(n, ast.While) and never_ends(n) for n in own_nodes(node)
    ):
        raise EnoughYields
    scope.yields = found = ListValue(open=machine.in_unknown_loop is not None)
    scope.at_yield = at_yield
    machine.depth += 1
    machine.active.append(scope)
    try:
        if machine.stated:
            stated.apply(machine, node, scope)
        execute(machine, node.body, scope)
    except EnoughYields:
        found.loosen()
    finally:
        machine.active.pop()
        machine.depth -= 1
    sample = found.items[-1] if found.items else None
    if found.open:
        sample = (
            any_item(found.items, "an item", scope.place(node), f"what `{node.name}` yields") if found.items else None
        )
    return IteratorValue(found.items, found.open, sample, length=found.length)


def may_return_empty(node: Any) -> bool:
    """Is there an empty list among the values that the function's own body returns, written as such, and another `return` with a value?"""
    given = returned(node)
    empty = [value for value in given if any(_is_empty_list(part) for part in walk(value))]
    return bool(empty) and len(empty) < len(given)


def looks_for_one(node: Any) -> bool:
    """Does a function return from within the loop at its end, and a negative number behind it: "there is none", as `str.find` says it?"""
    loop, last = [None, *node.body][-2:]
    return (
        isinstance(loop, (ast.For, ast.While))
        and any(isinstance(n, ast.Return) for n in own_nodes(loop))
        and isinstance(last, ast.Return)
        and isinstance(last.value, ast.UnaryOp)
        and isinstance(last.value.op, ast.USub)
    )


def _is_empty_list(node: ast.AST) -> bool:
    return isinstance(node, ast.List) and not node.elts


def bind_parameters(
    machine: Machine,
    function: FunctionValue,
    args: list[Value],
    kwargs: dict[str, Value],
    place: Place,
    scope: Scope,
    open: bool,
) -> str | None:
    """Bind arguments to parameters as Python does; the answer is Python's complaint, if it has one."""
    spec: ast.arguments = function.node.args
    positional = [*spec.posonlyargs, *spec.args]
    keywords = dict(kwargs)
    for i, parameter in enumerate(positional):
        if i < len(args):
            if parameter.arg in keywords and parameter not in spec.posonlyargs:
                return f"{function.name}() got multiple values for argument '{parameter.arg}'"
            _bind(machine, scope, parameter, args[i])
        elif parameter.arg in keywords:
            _bind(machine, scope, parameter, keywords.pop(parameter.arg))
        elif open:
            _bind(
                machine,
                scope,
                parameter,
                Unknown(f"`{parameter.arg}` may come from a `*` or `**` that can't be seen", place),
            )
        elif parameter.arg in function.defaults:
            _bind(machine, scope, parameter, function.defaults[parameter.arg])
        else:
            return f"{function.name}() missing required argument: '{parameter.arg}'"
    rest = args[len(positional) :]
    if spec.vararg is not None:
        nobody = machine.speculative and machine.depth == 0 and not rest  # nobody calls it, so nobody has given nothing
        scope.names[spec.vararg.arg] = Unknown("`*args` can't be seen", place) if open or nobody else tuple(rest)
    elif rest and not open:
        return f"{function.name}() takes {len(positional)} positional arguments but {len(args)} were given"
    for parameter in spec.kwonlyargs:
        if parameter.arg in keywords:
            _bind(machine, scope, parameter, keywords.pop(parameter.arg))
        elif open:
            _bind(
                machine, scope, parameter, Unknown(f"`{parameter.arg}` may come from a `**` that can't be seen", place)
            )
        elif parameter.arg in function.defaults:
            _bind(machine, scope, parameter, function.defaults[parameter.arg])
        else:
            return f"{function.name}() missing required keyword-only argument: '{parameter.arg}'"
    if spec.kwarg is not None:
        scope.names[spec.kwarg.arg] = DictValue(dict(keywords), open or _may_get_more(machine))
    elif keywords and not open:
        return f"{function.name}() got an unexpected keyword argument '{next(iter(keywords))}'"
    return None


def _may_get_more(machine: Machine) -> bool:
    """Is this what is followed on trial itself, and may whoever calls it give more by name?"""
    return machine.trial is not None and machine.depth == 0


def _bind(machine: Machine, scope: Scope, parameter: ast.arg, value: Value) -> None:
    if type(value) is TracedInt or type(value) is int:
        value = machine.trace(value, parameter.arg, scope.place(parameter))
    scope.names[parameter.arg] = value


def unknown_arguments(function: FunctionValue, scope: Scope, skip: int = 0) -> dict[str, Value]:
    """Unknown values named after a function's parameters without defaults."""
    spec: ast.arguments = function.node.args
    names = [a for a in [*spec.posonlyargs, *spec.args][skip:] + spec.kwonlyargs if a.arg not in function.defaults]
    found: dict[str, Value] = {}
    for argument in names:
        place = scope.place(argument)
        key = ("parameter", id(argument))
        found[argument.arg] = Unknown(
            f"`{argument.arg}` is a parameter that nobody gives here",
            place,
            key=key,
            origin=Origin(argument.arg, place),
        )
    return found


def _partial(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    return Partial(args[0], tuple(args[1:]), kwargs) if args else Unknown("partial of nothing", place)


def _property(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    return PropertyValue(args[0] if args else None, args[1] if len(args) > 1 else None)


def _enum(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    if len(args) < 2:
        return machine.gap("the members of this enumeration are not known", place)
    return enums.functional(machine, args, kwargs, External("enum.Enum"), place)


def _locals(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    scope = machine.active[-1]
    if scope.kind != "function":
        return machine.lost("locals() of a module or class is not followed", place, [])
    return DictValue({name: value for name, value in scope.names.items() if not is_private(name)})


NATIVE: dict[str, Callable[..., Value]] = {
    "functools.partial": _partial,
    "builtins.property": _property,
    "builtins.eval": evaluated,
    "builtins.locals": _locals,
    "collections.namedtuple": records.named_tuple_class,
    "typing.NamedTuple": records.named_tuple_class,
    "enum.Enum": _enum,
}
"""What only the interpreter itself can do."""

__all__ = ["BoundMethod", "Raised", "call_function", "decorate", "make_function"]
