"""A thread for following and judging a program: with a stack that is large enough, and an end to whatever takes longer than the budget allows.

Between two steps the budget itself says when the time is over. Within one step, or one rule, nobody asks it: a value that holds another one
twice, sixty times over, is small in memory and endless for whoever walks through it. Such a step is interrupted from outside.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from .budget import Budget, OutOfBudget

T = TypeVar("T")

_STACK = 512 * 1024 * 1024
_RECURSION = 30_000
_GRACE = 1.5
"""How much longer than its budget a program may take to come to the end of a step."""


class Overdue(OutOfBudget):
    """The time was over, and the step that was being followed did not end."""

    def __init__(self) -> None:
        super().__init__("one step of the program takes longer than all of it may take to follow")


def run_watched(work: Callable[[], T], budget: Budget) -> T:
    """What `work` gives, done in a thread of its own. While `budget.busy`, it is interrupted by Overdue once its time is long over."""
    answer: list[T] = []
    failure: list[BaseException] = []
    clocks: list[Callable[[], float]] = []

    def run() -> None:
        clocks.append(_own_clock())
        try:
            answer.append(work())
        except BaseException as error:
            failure.append(error)

    # the interpreter's frames stand on Python's stack
    limit = sys.getrecursionlimit()
    size = threading.stack_size(_STACK)
    try:
        sys.setrecursionlimit(max(limit, _RECURSION))
        thread = threading.Thread(target=run)
        thread.start()
        _watch(thread, clocks, budget)
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if failure:
        raise failure[0]
    return answer[0]


def _watch(thread: threading.Thread, clocks: list[Callable[[], float]], budget: Budget) -> None:
    allowed = wait = budget.seconds * _GRACE
    while True:
        thread.join(wait)
        if not thread.is_alive():
            return
        used = clocks[0]() if clocks else 0.0
        if used >= allowed and budget.busy:
            import ctypes

            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(Overdue))
            allowed = used + 1  # in case that it is lost on its way, or there is another step like it
        wait = max(allowed - used, 0.05)


def _own_clock() -> Callable[[], float]:
    """What tells other threads the processor's time, in seconds, that this one has used; that of the whole process where the system can't."""
    started = time.process_time()
    ask = getattr(time, "pthread_getcpuclockid", None)
    if ask is None:
        return lambda: time.process_time() - started
    clock = ask(threading.get_ident())  # of a thread that has ended, it must not be asked

    def used() -> float:
        try:
            return time.clock_gettime(clock)
        except OSError:  # it has ended meanwhile
            return 0.0

    return used
