"""Follows a program without running it: every way through it, every function, and what Keras would say on the way."""

from __future__ import annotations

import sys
import threading
from typing import Any

from ..faults import Gap
from ..places import Place
from ..program import Program, Record
from ..values import BoundMethod, FunctionValue, Object, Unknown
from .budget import Budget, OutOfBudget
from .classes import lookup
from .flow import EnoughYields, Raised
from .functions import unknown_arguments
from .imports import module_name
from .machine import Machine
from .scopes import Module, Scope
from .ways import Decisions, Ways

_STACK = 512 * 1024 * 1024
_RECURSION = 30_000


def follow(tree: Any, *, keras_major: int = 3, budget: Budget | None = None, target: str | None = None) -> Program:
    """Follow a parsed file and everything of the project that it imports.

    `target` names a function or class, with literal arguments if need be ("build(10, units=3)"), to be followed instead of what the
    module does by itself.
    """
    answer: list[Program] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(_follow(tree, keras_major, budget or Budget(), target))
        except BaseException as error:
            failure.append(error)

    # the interpreter's frames stand on Python's stack: a thread of its own has one that is large enough
    limit = sys.getrecursionlimit()
    size = threading.stack_size(_STACK)
    try:
        sys.setrecursionlimit(max(limit, _RECURSION))
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if failure:
        raise failure[0]
    return answer[0]


def _follow(tree: Any, keras_major: int, budget: Budget, target: str | None) -> Program:
    ways = Ways()
    records: list[Record] = []
    trees: dict[str, Any] = {}
    while len(records) < budget.ways and not (records and budget.late):
        decisions = ways.next()
        if decisions is None:
            break
        records.append(_one_way(tree, keras_major, budget, decisions, trees, target))
        ways.finished(decisions)
    return Program(tree, tuple(records), keras_major)


def _one_way(
    tree: Any, keras_major: int, budget: Budget, decisions: Decisions, trees: dict[str, Any], target: str | None
) -> Record:
    from .statements import execute_module

    budget.new_way()
    machine = Machine(budget, decisions, keras_major, trees)
    path = tree.source.path
    module = Module(module_name(path), path, tree, {"__name__": "__main__", "__file__": path})
    scope = Scope(module, module.names)
    machine.active.append(scope)
    try:
        execute_module(machine, tree.module.body, scope)
        if target is not None:
            _follow_target(machine, scope, target)
        else:
            _follow_uncalled(machine, scope)
    except OutOfBudget as out:
        machine.record.gaps.append(Gap(Place(tree, tree.module), out.reason))
    except RecursionError:
        machine.record.gaps.append(Gap(Place(tree, tree.module), "the program is nested too deeply to be followed"))
    machine.record.names.update(module.names)
    return machine.record


def _follow_target(machine: Machine, scope: Scope, target: str) -> None:
    import ast

    name = target.partition("(")[0]
    function = machine.evaluate(ast.parse(name, mode="eval").body, scope)
    place = scope.place(getattr(function, "node", None))
    machine.record.models.clear()
    if "(" in target:
        call = ast.parse(target, mode="eval").body
        assert isinstance(call, ast.Call)
        args = [machine.evaluate(a, scope) for a in call.args]
        kwargs = {k.arg: machine.evaluate(k.value, scope) for k in call.keywords if k.arg}
    else:
        args, kwargs = [], unknown_arguments(function, scope) if isinstance(function, FunctionValue) else {}
    try:
        machine.call(function, args, kwargs, place=place)
    except (Raised, EnoughYields):
        pass


def _follow_uncalled(machine: Machine, scope: Scope) -> None:
    """Functions and classes of this file that nobody called: followed once, with defaults and named unknowns."""
    machine.speculative = True
    for function in list(machine.functions):
        if function.called or function.owner is not None or function.module is not scope.module:
            continue
        _try_call(machine, function, unknown_arguments(function, scope), scope)
    for cls in list(machine.classes):
        if cls.module is not scope.module or cls.constructed:
            continue
        initialiser = lookup(cls, "__init__")
        kwargs = unknown_arguments(initialiser, scope, skip=1) if isinstance(initialiser, FunctionValue) else {}
        instance = _try_call(machine, cls, kwargs, scope)
        if not isinstance(instance, Object) or instance.type_name.startswith("keras."):
            continue
        for method in list(cls.attributes.values()):
            if isinstance(method, FunctionValue) and not method.called and not method.name.startswith("__"):
                _try_call(machine, BoundMethod(method, instance), unknown_arguments(method, scope, skip=1), scope)


def _try_call(machine: Machine, function: Any, kwargs: dict[str, Any], scope: Scope) -> Any:
    node = function.function.node if isinstance(function, BoundMethod) else function.node
    place = scope.place(node)
    try:
        return machine.call(function, [], kwargs, place=place)
    except (Raised, EnoughYields):
        return Unknown("raises", place)


__all__ = ["Budget", "follow"]
