"""The truth of a condition, and where it can't be known, what is assumed on this way through the program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from ..knowledge import find_method, type_of
from ..values import Tensor, Value
from . import questions
from .implied import is_further_choice, is_whole
from .ways import Question

if TYPE_CHECKING:
    from .machine import Machine


def decide(machine: Machine, value: Value, node: Any, *, default: bool, worthwhile: bool, as_yet: bool = False) -> bool:
    """The truth of a condition; where it can't be known, this way's decision about it (see `Decisions.decide`)."""
    truth = machine.truth(value)
    if truth is not None:
        return truth
    symbolic = find_method(type_of(value) or "", "__bool__") if isinstance(value, Tensor) else None
    if symbolic is not None and machine.active:
        machine.handle(symbolic[0], symbolic[1], [], {}, machine.active[-1].place(node), receiver=value)
    key = questions.key_of(machine, value) or ("node", id(node))
    here = machine.active[-1].module if machine.active else None
    if here is not None and here.installed and here is not machine.active[0].module:
        worthwhile = False  # nobody asks what else another module of an installed package might do
    place = machine.active[-1].place(node.test if isinstance(node, (ast.If, ast.IfExp)) else node)
    return _decide(machine, key, node, Question(place), default, worthwhile, as_yet)


def decide_failing(machine: Machine, statement: ast.stmt, question: Question) -> bool:
    """Does a statement fail that reads a file? As nobody knows it, first it does not."""
    here = machine.active[-1].module if machine.active else None
    own = here is not None and here is machine.active[0].module
    return _decide(machine, ("fails", id(statement)), statement, question, False, own, False)


def _decide(
    machine: Machine, key: Any, node: Any, question: Question, default: bool, worthwhile: bool, as_yet: bool
) -> bool:
    """The decision about the condition `key`, which the statement `node` asks."""
    if isinstance(key, tuple) and key[:1] == ("not",):
        return not _decide(machine, key[1], node, question.negated(), not default, worthwhile, as_yet)
    if is_whole(key):
        return _decide_parts(machine, key, node, question, default, worthwhile, as_yet)
    if worthwhile and _has_no_else(node) and is_further_choice(key, machine.decisions.made):
        worthwhile = False  # nobody means that it is none of them
    if machine.importing and key not in machine.decisions.made:
        machine.decisions.imported.add(key)
    if isinstance(node, ast.pattern):
        question = Question(question.place, "this matches", "this does not match")
    return machine.decisions.decide(key, default, worthwhile, question, as_yet=as_yet)


def _decide_parts(
    machine: Machine, key: Any, node: Any, question: Question, default: bool, worthwhile: bool, as_yet: bool
) -> bool:
    """`a and b`, `a or b`: each part is a condition of its own, which others may ask about as well.

    The first one that is open is worth a way. On that way the next ones are answered like it, so that the whole is seen both ways by one more;
    they are worth a way once somebody else asks about them.
    """
    known = machine.decisions.decided(key)
    if known is None and not (worthwhile or as_yet):
        known = default  # which of the parts keeps a program from raising, nobody knows: they are left open
    if known is not None:
        return machine.decisions.note_whole(key, known, question)
    ends = key[0] == "or"
    wordings = [Question(place) for place in machine.parts.get(key, ())] or [question] * (len(key) - 1)
    for part, asking in zip(key[1:], wordings):
        asked = len(machine.decisions.made)
        answer = _decide(machine, part, node, asking, default, worthwhile, as_yet)
        if answer is ends:
            break
        if len(machine.decisions.made) > asked:
            default, worthwhile, as_yet = answer, False, worthwhile or as_yet
    else:
        answer = not ends
    return machine.decisions.note_whole(key, answer, question)


def _has_no_else(node: Any) -> bool:
    """Is this an `if` without an `else`, and without one in the form of what follows a `return`?"""
    leaving = (ast.Return, ast.Raise, ast.Break, ast.Continue)
    return isinstance(node, ast.If) and not node.orelse and not isinstance(node.body[-1], leaving)
