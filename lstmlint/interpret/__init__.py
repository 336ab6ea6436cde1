"""Follows a program without running it: every way through it, every function, and what Keras would say on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..faults import Gap
from ..places import Place
from ..program import Program, Record, Turn
from .budget import Budget, OutOfBudget
from .disk import Disk
from .holding import Way, holding
from .machine import Machine
from .modules import Deferred, is_installed, module_name
from .recurring import Recurring
from .scopes import Module, Scope
from .uncalled import Target, TargetProblem, follow_target, follow_uncalled, parse_target
from .watch import run_watched
from .ways import Decisions, Ways

if TYPE_CHECKING:
    from ..repeats import Shown

_AGAIN = 3
"""How often a program is followed from its start again because of what the turns of its loops were seen to change."""


def follow(
    tree: Any,
    *,
    keras_major: int = 3,
    budget: Budget | None = None,
    target: str | None = None,
    roots: tuple[str, ...] = (),
    shown: Shown | None = None,
) -> Program:
    """Follow a parsed file and everything of the project that it imports.

    `target` names a function or class, with literal arguments if need be ("build(10, units=3)"), to be followed instead of what the
    module does by itself. `roots` are folders where imports may start, besides those that are found. `shown` is what is known of the program
    from before a small edit. Raises TargetProblem when there is no such thing in the file.
    """
    given = budget or Budget()
    return run_watched(lambda: _follow(tree, keras_major, given, target, roots, shown), given)


def _follow(
    tree: Any, keras_major: int, budget: Budget, target: str | None, roots: tuple[str, ...], shown: Shown | None
) -> Program:
    budget.start()
    skipped, recurring = frozenset[Turn](), Recurring()
    if shown is not None:
        skipped, recurring = shown.skipped, shown.before.recurring.handed_on(shown.before.tree.module, tree.module)
    most = shown.most_ways if shown is not None and shown.most_ways is not None else budget.ways
    ways, again = Ways(skipped=skipped), _AGAIN
    followed: list[Way] = []
    disk = Disk()
    disk.keep(tree.source.path, tree)
    wanted = parse_target(target) if target is not None else None
    while len(followed) < most and not (followed and budget.spent):
        decisions = ways.next()
        if decisions is None:
            break
        record = _one_way(tree, keras_major, budget, decisions, disk, recurring, wanted, roots)
        if recurring.grew and again and not budget.hurried:
            for seen in (record, *(earlier for earlier, _ in followed)):
                seen.take_apart()
            ways, followed, again = Ways(skipped=skipped), [], again - 1
            recurring.grew = recurring.later = False
            budget.anew()
            continue
        followed.append((record, decisions))
        recurring.later = True
        ways.finished(decisions)
    records = [record for record, _ in followed]
    conditions = holding(followed, tree.module) if len(followed) > 1 else {}
    turns = tuple(_turns([decisions for _, decisions in followed]))
    for _, decisions in followed:
        decisions.findings.clear()  # they were for further ways
    if ways.left:
        reason = f"the program branches more often than is followed: {len(records)} ways through it were seen"
        records[-1].gaps.append(Gap(Place(tree, tree.module), reason))
    return Program(
        tree, tuple(records), keras_major, target, disk.seen, not budget.late, conditions, turns, recurring, ways.left
    )


def _turns(followed: list[Decisions]) -> Iterator[tuple[int, Turn] | None]:
    """Which way each one leaves (by its number), and at which turn."""
    numbers = {id(decisions): number for number, decisions in enumerate(followed)}
    for way in followed:
        yield None if way.earlier is None else (numbers[id(way.earlier)], way.earlier.turn_at(way.turned_at))


def _one_way(
    tree: Any,
    keras_major: int,
    budget: Budget,
    decisions: Decisions,
    disk: Disk,
    recurring: Recurring,
    target: Target | None,
    roots: tuple[str, ...],
) -> Record:
    from .statements import execute_module

    budget.new_way()
    path = tree.source.path
    machine = Machine(path, budget, decisions, keras_major, disk, recurring)
    machine.roots = roots
    names: dict[str, Any] = {"__name__": "__main__", "__file__": os.path.abspath(path)}
    module = Module(module_name(path, disk), path, tree, names)
    module.installed = is_installed(module, disk)
    scope = Scope(module, module.names)
    machine.active.append(scope)
    try:
        with budget.at_work():
            execute_module(machine, tree.module.body, scope)
            if target is not None:
                follow_target(machine, scope, target)
            else:
                machine.record.uncalled = len(machine.record.models)
                follow_uncalled(machine, scope)
    except OutOfBudget as out:
        machine.record.gaps.append(Gap(Place(tree, tree.module), out.reason))
    except RecursionError:
        machine.record.gaps.append(Gap(Place(tree, tree.module), "the program is nested too deeply to be followed"))
    except MemoryError:
        machine.record.gaps.append(Gap(Place(tree, tree.module), "following the program needs too much memory"))
    decisions.imports_many = machine.imports_many
    machine.record.names.update((k, v) for k, v in module.names.items() if not isinstance(v, Deferred))
    return machine.record


__all__ = ["Budget", "TargetProblem", "follow"]
