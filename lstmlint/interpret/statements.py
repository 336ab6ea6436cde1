"""Statements: what an `ast` statement does to a scope, and how it leaves its block."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from ..faults import Fault, Gap
from ..knowledge import is_subclass
from ..libs.testcases import EXPECTED
from ..nodes import walk
from ..program import Assertion
from ..values import ClassValue, External, ExternalMethod, LazyIterator, Object, Unknown, Value, is_known
from . import changes, loops, open_sizes, questions, stated, turns
from .arithmetic import change
from .attributes import delete_attribute
from .classes import define_class
from .dull import is_dull, only_fills
from .effects import Effects
from .expressions import compare, evaluate
from .flow import EnoughYields, Leave, PerhapsRaised, Raised, Return, Signal, catches, classes_of
from .imports import import_from, import_names
from .operators import SYMBOLS
from .patterns import match_case
from .protocols import delete_item
from .records import declare
from .scopes import MISSING, Scope
from .versions import asks_for_version, for_one_version, of_tensorflow_2
from .ways import Question, ends_in_raise

if TYPE_CHECKING:
    from .machine import Machine

Executor = Callable[["Machine", Any, Scope], Signal]


def execute(machine: Machine, body: list[ast.stmt], scope: Scope) -> Signal:
    """Run a block; the answer is how it was left, None at its end."""
    for statement in body:
        machine.budget.step()
        if machine.stated:
            stated.apply(machine, statement, scope, after=False)
        signal = _EXECUTORS[type(statement)](machine, statement, scope)
        if machine.stated:
            stated.apply(machine, statement, scope, after=True)
        if signal is not None:
            return signal
    return None


def execute_module(machine: Machine, body: list[ast.stmt], scope: Scope) -> None:
    """Run a module's statements; one that raises does not keep the next ones from being followed."""
    machine.stated.update(stated.stated_shapes(scope.module.tree))
    for statement in body:
        machine.budget.step()
        try:
            if machine.stated:
                stated.apply(machine, statement, scope, after=False)
            _EXECUTORS[type(statement)](machine, statement, scope)
            if machine.stated:
                stated.apply(machine, statement, scope, after=True)
        except Raised as raised:
            if raised.fault is not None:
                machine.fault(raised.fault)
            if raised.name != "SystemExit":  # the end of many a script
                machine.record.gaps.append(Gap(scope.place(statement), f"the program raises {raised.name} here"))
        except EnoughYields:
            continue


def _expression(machine: Machine, node: ast.Expr, scope: Scope) -> Signal:
    if isinstance(node.value, ast.Call):
        node.value.unused_ = True  # type: ignore[attr-defined]
    evaluate(machine, node.value, scope)
    return None


def _assign(machine: Machine, node: ast.Assign, scope: Scope) -> Signal:
    value = evaluate(machine, node.value, scope)
    for target in node.targets:
        machine.assign(target, value, scope)
        if machine.reads_sizes:
            open_sizes.assigned(machine, target, node.value, scope)
    return None


def _annotated(machine: Machine, node: ast.AnnAssign, scope: Scope) -> Signal:
    if node.value is not None:
        machine.assign(node.target, evaluate(machine, node.value, scope), scope)
    if scope.kind == "class":
        declare(scope.names, node)
    return None


def _augmented(machine: Machine, node: ast.AugAssign, scope: Scope) -> Signal:
    """`target += value`: what the target stands in is evaluated once, and a container that can change changes."""
    symbol = SYMBOLS[type(node.op).__name__]
    target, place = node.target, scope.place(node)
    if isinstance(target, ast.Name):
        old = evaluate(machine, target, scope)
        machine.assign_name(scope, target.id, _changed(machine, node, symbol, old, scope), target)
        return None
    receiver = evaluate(machine, target.value, scope)
    if isinstance(target, ast.Attribute):
        old = machine.get_attribute(receiver, target.attr, scope.place(target))
        new = _changed(machine, node, symbol, old, scope)
        label = f"{target.value.id}.{target.attr}" if isinstance(target.value, ast.Name) else target.attr
        machine.set_attribute(receiver, target.attr, machine.trace(new, label, place), place)
        return None
    index = evaluate(machine, target.slice, scope)
    old = machine.get_item(receiver, index, scope.place(target), scope.place(target.slice))
    new = change(machine, symbol, old, evaluate(machine, node.value, scope), place)
    machine.set_item(receiver, index, new, place)
    return None


def _changed(machine: Machine, node: ast.AugAssign, symbol: str, old: Value, scope: Scope) -> Value:
    """What becomes of the old value of a name or an attribute."""
    other, place = evaluate(machine, node.value, scope), scope.place(node)
    if machine.reads_sizes:
        operands = [(node.target, old), (node.value, other)]
        refused = open_sizes.refuses_operator(machine, symbol, operands, scope, place)
        if refused is not None:
            return refused
    return change(machine, symbol, old, other, place)


def _if(machine: Machine, node: ast.If, scope: Scope) -> Signal:
    condition = evaluate(machine, node.test, scope)
    truth, undecided = machine.truth(condition), False
    opened: list[Hashable] = []
    if truth is None:
        truth = of_tensorflow_2(node.test)
    if truth is None:
        body_raises, else_raises = _raises(machine, node.body, scope), _raises(machine, node.orelse, scope)
        dull = is_dull(node.body + node.orelse, scope)
        if body_raises != else_raises:  # a program is written for the case in which it does not stop
            truth = machine.decide(condition, node, default=else_raises, worthwhile=False)
        elif machine.loops:
            return _if_in_loop(machine, node, condition, scope, dull)
        else:
            truth, opened = _decide(machine, node, condition, worthwhile=not dull)
            undecided = not dull
    elif machine.in_unknown_loop is not None and machine.loops and turns.varies(machine.loops[-1].node, node.test):
        machine.varying += 1  # it is known for the turn that is followed
    taken, left = (node.body, node.orelse) if truth else (node.orelse, node.body)
    if asks_for_version(node.test, condition):
        return for_one_version(machine, lambda: execute(machine, taken, scope))
    signal = _side(machine, node, taken, left, opened, scope)
    if undecided:
        changes.leave_absent(machine, changes.assigned(node, left), scope)
        changes.leave_open(node, left, scope)
    return signal


_PLAIN = (ast.Name, ast.Constant, ast.UnaryOp, ast.BoolOp, ast.Compare)
"""What a condition may be made of that is looked at before it is asked."""


def _raises(machine: Machine, body: list[ast.stmt], scope: Scope) -> bool:
    """Does this block surely end by raising, if need be by what a condition at its end comes to that is known already?"""
    last = body[-1] if body else None
    if not isinstance(last, ast.If):
        return ends_in_raise(body)
    sides = _raises(machine, last.body, scope), _raises(machine, last.orelse, scope)
    if sides[0] == sides[1] or len(body) > 1 or not all(isinstance(n, _PLAIN) for n in walk(last.test)):
        return all(sides)
    truth = machine.truth(evaluate(machine, last.test, scope))
    return truth is not None and sides[not truth]


def _if_in_loop(machine: Machine, node: ast.If, condition: Value, scope: Scope, dull: bool) -> Signal:
    """An undecided condition that other turns may decide otherwise: the turn that matters is the one that goes on."""
    opened: list[Hashable] = []
    leaves, goes = loops.ends_turn(node.body), loops.ends_turn(node.orelse)
    loop, key = machine.loops[-1], questions.key_of(machine, condition) or ("node", id(node))
    varies = turns.varies(loop.node, node.test, key) or turns.asks_what_recurs(machine, node.test, scope)
    varies = varies or (key == ("node", id(node)) and turns.asks_what_it_was_given(node.test, scope))
    if leaves != goes:
        dull = is_dull((node.body if leaves else node.orelse)[:-1], scope)
        truth = machine.decide(condition, node, default=goes, worthwhile=not dull, as_yet=dull)
        if truth is goes and loop.before is None:  # or this turn, and the loop, end here
            loop.before = turns.Before(machine, scope)
    else:
        fills = not node.orelse and only_fills(node.body, scope) and (varies or not changes.assigned(node, node.body))
        truth, opened = _decide(machine, node, condition, worthwhile=not (dull or fills))
    taken, left = (node.body, node.orelse) if truth else (node.orelse, node.body)
    if varies and leaves != goes and truth is not goes:
        turns.run_by_other_turns(node, turns.rest_of_turn(loop.node, node), scope, instead_of=taken)
    machine.undecided += 1
    varies = varies and not dull
    machine.varying += varies
    with turns.perhaps(machine, scope, node, taken) if varies else nullcontext():
        signal = _side(machine, node, taken, left, opened, scope)
    changes.loosen(node, node.body, scope)
    changes.loosen(node, node.orelse, scope)
    changes.unset(changes.assigned(node, left), scope)
    if varies:  # each turn may take the other side
        either = changes.assigned(node, node.body) + changes.assigned(node, node.orelse)
        changes.unset(either, scope, (bool, int, float, str))
        turns.run_by_other_turns(node, left, scope, instead_of=taken)
    return signal


def _decide(machine: Machine, node: ast.If, condition: Value, *, worthwhile: bool) -> tuple[bool, list[Hashable]]:
    """This way's decision about a condition, first that it is true, and those that it has opened for other ways."""
    opened = len(machine.decisions.open)
    truth = machine.decide(condition, node, default=True, worthwhile=worthwhile, as_yet=not worthwhile)
    return truth, machine.decisions.open[opened:]


def _side(
    machine: Machine, node: ast.If, taken: list[ast.stmt], left: list[ast.stmt], opened: list[Hashable], scope: Scope
) -> Signal:
    """Follow the side of a condition that was decided upon. If neither side does anything, the decisions that it `opened` are not worth a way."""
    effects = Effects(machine, scope, node) if opened and is_dull(left, scope) else None
    signal = execute(machine, taken, scope)
    if effects is not None and signal is None and effects.none():
        machine.decisions.shelve(opened)
    return signal


def _while(machine: Machine, node: ast.While, scope: Scope) -> Signal:
    return _loop(machine, node, scope, lambda: loops.run_while(machine, node, scope, execute))


def _for(machine: Machine, node: ast.For | ast.AsyncFor, scope: Scope) -> Signal:
    return _loop(machine, node, scope, lambda: loops.run_for(machine, node, scope, execute))


def _loop(machine: Machine, node: Any, scope: Scope, run: Callable[[], Signal]) -> Signal:
    """A loop, and what is left of its later turns where it may have ended before them."""
    loop = turns.Loop(node)
    machine.loops.append(loop)
    try:
        signal = run()
    finally:
        machine.loops.pop()
    if loop.before is not None:
        loop.before.mark("a loop that may end early", node, whole=False)
    return signal


def _function(machine: Machine, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Signal:
    value: Value = machine.make_function(node.name, node, scope)
    for decorator in reversed(node.decorator_list):
        value = machine.decorate(evaluate(machine, decorator, scope), value, scope.place(decorator))
    scope.bind(node.name, value)
    return None


def _class(machine: Machine, node: ast.ClassDef, scope: Scope) -> Signal:
    value: Value = define_class(machine, node, scope, execute)
    for decorator in reversed(node.decorator_list):
        value = machine.decorate(evaluate(machine, decorator, scope), value, scope.place(decorator))
    scope.bind(node.name, value)
    return None


def _return(machine: Machine, node: ast.Return, scope: Scope) -> Signal:
    return Return(evaluate(machine, node.value, scope) if node.value is not None else None, node)


def _raise(machine: Machine, node: ast.Raise, scope: Scope) -> Signal:
    name = "Exception"
    value: Value = None
    if node.exc is None and machine.handling:
        raise machine.handling[-1]
    if node.exc is not None:
        value = evaluate(machine, node.exc, scope)
        if isinstance(value, Object):
            name = value.class_name
        elif isinstance(value, (ClassValue, External)):
            name = value.name
            made = machine.call(value, [], place=scope.place(node.exc))
            value = made if isinstance(made, Object) else value
        elif isinstance(value, Unknown) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
            name = node.exc.func.id
    raise Raised(name, value)


def _try(machine: Machine, node: ast.Try, scope: Scope) -> Signal:
    signal: Signal = None
    try:
        try:
            machine.guards += bool(node.handlers)
            machine.takers.append(lambda raised: _goes_on(_handler(machine, node, raised, scope)))
            try:
                signal = _try_body(machine, node, scope)
            finally:
                machine.takers.pop()
                machine.guards -= bool(node.handlers)
            if signal is None:
                signal = execute(machine, node.orelse, scope)
        except Raised as raised:
            handler = _handler(machine, node, raised, scope)
            if handler is None:
                raise
            if handler.name:
                caught = raised.value if isinstance(raised.value, Object) else None
                scope.bind(
                    handler.name, caught if caught is not None else Unknown("an exception", scope.place(handler))
                )
            fault = _to_be_told(machine, raised)
            if fault is not None and _is_only_shown(machine, node, handler, raised, fault, scope):
                machine.fault(fault)
            machine.handling.append(raised)
            try:
                signal = execute(machine, handler.body, scope)
            except Raised as another:
                another.fault = another.fault or _to_be_told(machine, raised)  # the program ends all the same
                raise
            finally:
                machine.handling.pop()
            if isinstance(raised, PerhapsRaised):
                for block in (node.body, handler.body):
                    changes.leave_absent(machine, changes.assigned(node, block), scope)
                    changes.leave_open(node, block, scope)
    finally:
        last = execute(machine, node.finalbody, scope)
    return last if last is not None else signal


_BROAD = (None, "Exception", "BaseException")


def _is_only_shown(
    machine: Machine, node: ast.Try, handler: ast.ExceptHandler, raised: Raised, fault: Fault, scope: Scope
) -> bool:
    """Does a handler of whatever may come only show it? Then nobody has expected it, unless to show it is all that is tried for: there the call that
    raises is the last thing in the `try`."""
    if machine.loops or isinstance(raised, PerhapsRaised):
        return False
    if (ast.unparse(handler.type) if handler.type is not None else None) not in _BROAD:
        return False
    *shown, last = handler.body
    if not (isinstance(last, ast.Return) and (last.value is None or isinstance(last.value, ast.Constant))):
        shown = handler.body
    calls = any(isinstance(inner, ast.Call) for statement in shown for inner in ast.walk(statement))
    return calls and is_dull(shown, scope) and not any(n is fault.place.node for n in ast.walk(node.body[-1]))


def _to_be_told(machine: Machine, raised: Raised) -> Fault | None:
    """The fault behind an exception, unless something could only not be imported, or the fault is one of what was supposed."""
    fault = raised.fault
    imports = raised.name.rpartition(".")[2] in ("ImportError", "ModuleNotFoundError")
    return None if fault is None or imports or machine.supposed(fault) else fault


READING = frozenset(["keras.models.load_model", "keras.Model.load_weights", "numpy.load"])
"""Functions and methods that read a file, which may not be there."""
_NOT_THERE = ("ValueError", "OSError", "FileNotFoundError", "Exception")
"""What they raise then: Keras a ValueError for a file in its own format and an OSError for one in an older."""


def _try_body(machine: Machine, node: ast.Try, scope: Scope) -> Signal:
    """What is tried. Where it reads a file, and something else is done if that fails, both are seen: whether there is a file nobody knows."""
    for number, statement in enumerate(node.body):
        if not machine.loops and _reads(machine, statement, scope):
            tried = [PerhapsRaised(name) for name in _NOT_THERE]
            raised = next((r for r in tried if _is_worth(_handler(machine, node, r, scope), scope)), None)
            if raised is not None:
                question = Question(scope.place(statement), "this fails", "this does not fail")
                signal = execute(machine, node.body[:number], scope)
                if signal is None and machine.decide_failing(statement, question):
                    raise raised
                return signal if signal is not None else execute(machine, node.body[number:], scope)
            break
    return execute(machine, node.body, scope)


def _reads(machine: Machine, statement: ast.stmt, scope: Scope) -> bool:
    """Is a statement `model = load_model(...)` or something like it, of a file that the program has not written itself?"""
    call = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr, ast.Return)) else None
    if not isinstance(call, ast.Call) or not call.args:
        return False
    function = call.func
    while isinstance(function, ast.Attribute):
        function = function.value
    if not isinstance(function, ast.Name) or scope.find(function.id) is MISSING:
        return False
    found = evaluate(machine, call.func, scope)
    if not isinstance(found, (External, ExternalMethod)) or found.name not in READING:
        return False
    path = call.args[0]
    return not (isinstance(path, ast.Constant) and path.value in machine.record.saved)


def _is_worth(handler: ast.ExceptHandler | None, scope: Scope) -> bool:
    """Does a handler do something else, and go on?"""
    return handler is not None and _goes_on(handler) and not is_dull(handler.body, scope)


def _goes_on(handler: ast.ExceptHandler | None) -> bool:
    """Does the program go on in a handler? One that ends it is for what should not be."""
    return handler is not None and not ends_in_raise(handler.body)


def _handler(machine: Machine, node: ast.Try, raised: Raised, scope: Scope) -> ast.ExceptHandler | None:
    for handler in node.handlers:
        if handler.type is None:
            return handler
        value = evaluate(machine, handler.type, scope)
        options = value if isinstance(value, tuple) else (value,)
        for option in options:
            name = getattr(option, "name", None)
            caught = name if isinstance(name, str) else "Exception"
            if any(catches(caught, cls) for cls in classes_of(raised)):
                return handler
            if raised.fault is not None and caught.startswith("tensorflow.errors."):
                return handler  # which of its own classes TensorFlow raises is not known here
    return None


def _with(machine: Machine, node: ast.With | ast.AsyncWith, scope: Scope) -> Signal:
    return _with_items(machine, node.items, node.body, scope)


def _with_items(machine: Machine, items: list[ast.withitem], body: list[ast.stmt], scope: Scope) -> Signal:
    """The first manager around the others, and all of them around the body."""
    if not items:
        return execute(machine, body, scope)
    item, place = items[0], scope.place(items[0].context_expr)
    manager = evaluate(machine, item.context_expr, scope)
    if isinstance(manager, LazyIterator) and manager.fresh:
        return _with_generator(machine, manager, items, body, scope)
    value = machine.enter(manager, place)
    if item.optional_vars is not None:
        machine.assign(item.optional_vars, value, scope)
    swallows = isinstance(manager, Object) and (
        machine.find_method(manager, "__exit__") is not None or is_subclass(manager.type_name, _SUPPRESS)
    )
    if isinstance(manager, Object) and manager.type_name == EXPECTED:
        machine.record.expected += map(scope.place, body)
    machine.guards += swallows
    machine.takers.append(lambda raised: _suppresses(manager, raised))
    try:
        signal = _with_items(machine, items[1:], body, scope)
    except Raised as raised:
        if _suppresses(manager, raised) or machine.leave(manager, place, raised):
            return None
        raise
    finally:
        machine.takers.pop()
        machine.guards -= swallows
    machine.leave(manager, place, None)
    return signal


_SUPPRESS = "contextlib.suppress"


def _suppresses(manager: Value, raised: Raised) -> bool:
    """`contextlib.suppress(...)` of the exceptions that it names; a test that expects an exception gets whichever Keras has for it."""
    if not isinstance(manager, Object) or not is_subclass(manager.type_name, _SUPPRESS):
        return False
    if manager.type_name != _SUPPRESS and raised.fault is not None:
        return True
    given = manager.attributes.get("~given", ())
    options = [o for option in given for o in (option if isinstance(option, tuple) else (option,))]
    names = [getattr(option, "name", None) for option in options]
    return any(isinstance(n, str) and catches(n, cls) for n in names for cls in classes_of(raised))


def _with_generator(
    machine: Machine, manager: LazyIterator, items: list[ast.withitem], body: list[ast.stmt], scope: Scope
) -> Signal:
    """A manager made by `@contextmanager`: the body runs where its generator yields."""
    signals: list[Signal] = []

    def at_yield(value: Value) -> None:
        if signals:
            return
        signals.append(None)
        machine.active.append(scope)
        try:
            target = items[0].optional_vars
            if target is not None:
                machine.assign(target, value, scope)
            signals[0] = _with_items(machine, items[1:], body, scope)
        finally:
            machine.active.pop()

    manager.drive(at_yield)
    return signals[0] if signals else None


def _assert(machine: Machine, node: ast.Assert, scope: Scope) -> Signal:
    """An assertion that fails is passed over, for what comes after it is of interest too; on trial it ends the way."""
    test = node.test
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left = evaluate(machine, test.left, scope)
        right = evaluate(machine, test.comparators[0], scope)
        symbol = SYMBOLS.get(type(test.ops[0]).__name__, "in")
        machine.record.assertions.append(
            Assertion(left, right, symbol, scope.place(node), scope.place(test.left), scope.place(test.comparators[0]))
        )
        known = is_known(left) and is_known(right)
        held = compare(machine, type(test.ops[0]).__name__, left, right, scope.place(test)) if known else True
    else:
        held = evaluate(machine, test, scope)
    if machine.truth(held) is False:
        machine.failed_assertions += 1
        if machine.trial is not None:
            raise Raised("AssertionError")
    return None


def _delete(machine: Machine, node: ast.Delete, scope: Scope) -> Signal:
    for target in node.targets:
        _delete_one(machine, target, scope)
    return None


def _delete_one(machine: Machine, target: ast.expr, scope: Scope) -> None:
    if isinstance(target, ast.Name):
        scope.delete(target.id)
    elif isinstance(target, ast.Attribute):
        delete_attribute(machine, evaluate(machine, target.value, scope), target.attr, scope.place(target))
    elif isinstance(target, ast.Subscript):
        container = evaluate(machine, target.value, scope)
        delete_item(machine, container, evaluate(machine, target.slice, scope), scope.place(target))
    elif isinstance(target, (ast.Tuple, ast.List)):
        for inner in target.elts:
            _delete_one(machine, inner, scope)


def _scope_names(machine: Machine, node: ast.Global | ast.Nonlocal, scope: Scope) -> Signal:
    if isinstance(node, ast.Global):
        scope.global_names |= frozenset(node.names)
    else:
        scope.outer_names |= frozenset(node.names)
    return None


def _import(machine: Machine, node: ast.Import, scope: Scope) -> Signal:
    import_names(machine, node, scope)
    return None


def _import_from(machine: Machine, node: ast.ImportFrom, scope: Scope) -> Signal:
    import_from(machine, node, scope)
    return None


def _match(machine: Machine, node: ast.Match, scope: Scope) -> Signal:
    subject = evaluate(machine, node.subject, scope)
    for case in node.cases:
        verdict = match_case(machine, case.pattern, subject, scope)
        if verdict is False:
            continue
        if case.guard is not None:
            guard = machine.truth(evaluate(machine, case.guard, scope))
            verdict = None if guard is None else verdict and guard
            if verdict is False:
                continue
        if verdict is None:
            condition = Unknown("which case matches is not known", scope.place(case.pattern), "bool")
            if not machine.decide(condition, case.pattern, default=True, worthwhile=True):
                continue
        return execute(machine, case.body, scope)
    return None


def _nothing(machine: Machine, node: ast.stmt, scope: Scope) -> Signal:
    return None


_EXECUTORS: dict[type[Any], Executor] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Try: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Assert: _assert,
    ast.Delete: _delete,
    ast.Global: _scope_names,
    ast.Nonlocal: _scope_names,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Match: _match,
    ast.Pass: _nothing,
    ast.Break: lambda machine, node, scope: Leave.BREAK,
    ast.Continue: lambda machine, node, scope: Leave.CONTINUE,
}

__all__ = ["execute", "execute_module"]
