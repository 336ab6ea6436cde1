"""Checks many files: what the cache knows is not done again, and large work is shared among processes; the order stays."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from .reach import reaches_keras
from .source import has_keras_marker

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from .cache import Cache
    from .runner import Options, Result

BATCH = 30_000
"""Bytes of source in one task: enough that sending it costs little beside doing it."""
WORTHWHILE = 100_000
"""Bytes of source that pay for starting one more process (it has to import the engine): following them takes about a second."""
_MOST_PROCESSES = 32

Job = tuple[str, "Options"]


def processes_for(size: int) -> int:
    """How many processes a work of so many bytes is worth on this machine."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        cores = os.cpu_count() or 1
    return min(cores, _MOST_PROCESSES, 1 + size // WORTHWHILE)


def check_all(
    jobs: Iterable[Job], *, processes: int | None = None, executor: Executor | None = None, cache: Cache | None = None
) -> Iterator[Result]:
    """The result of each job, in the order of the jobs; the results are light.

    Files that neither mention Keras nor reach it through their project's modules, and those that the cache knows, are answered here. The
    others go to the `executor` where one is given (any of `concurrent.futures`' kind, a cluster's as well), else to as many processes as
    asked for or as the work is worth.
    """
    from .runner import Result, check_content, check_file, read

    waiting: list[tuple[int, Job]] = []
    answers: dict[int, Result] = {}
    size = 0
    listed = list(jobs)
    for number, (path, options) in enumerate(listed):
        raw = read(path)
        if isinstance(raw, Result):
            answers[number] = raw
        elif not has_keras_marker(raw) and not reaches_keras(raw, path, options.roots):
            answers[number] = check_content(raw, path, options)
        else:
            known = cache.get(path, raw, options) if cache is not None and options.fix is None else None
            if known is not None:
                answers[number] = Result(path, known[0], gaps=known[1])
            else:
                waiting.append((number, (path, options)))
                size += len(raw)
    wanted = processes if processes is not None else processes_for(size)
    if executor is not None:
        yield from _in_order(len(listed), answers, waiting, executor, cache)
    elif wanted > 1 and len(waiting) > 1:
        with _pool(min(wanted, len(waiting))) as pool:
            yield from _in_order(len(listed), answers, waiting, pool, cache)
    else:
        undone = dict(waiting)
        for number in range(len(listed)):
            yield answers.pop(number) if number in answers else check_file(*undone[number], cache)


def _pool(processes: int) -> Executor:
    """A pool of processes that start as copies of this one, where the system can do that and no thread could be caught in the middle."""
    import multiprocessing
    import threading
    from concurrent.futures import ProcessPoolExecutor

    methods = multiprocessing.get_all_start_methods()
    fork = "fork" in methods and threading.active_count() == 1
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork" if fork else "spawn"))


def _in_order(
    count: int, answers: dict[int, Result], waiting: Sequence[tuple[int, Job]], pool: Executor, cache: Cache | None
) -> Iterator[Result]:
    """Hand the waiting jobs out in batches, and give every answer when its turn comes."""
    folder = cache.folder if cache is not None else None
    futures: dict[int, tuple[Future[list[Result]], int]] = {}
    for batch in _batches(waiting):
        future = pool.submit(work, [job for _, job in batch], folder)
        for place, (number, _) in enumerate(batch):
            futures[number] = (future, place)
    undone = dict(waiting)
    for number in range(count):
        if number in answers:
            yield answers.pop(number)
            continue
        future, place = futures.pop(number)
        try:
            result = future.result()[place]
        except Exception:  # of the executor's own: what goes wrong in a file is in its result
            result = _alone(undone[number], folder)
        yield result


def _alone(job: Job, folder: str | None) -> Result:
    """A process died over some file and took others with it: each is checked again, in a process of its own."""
    from concurrent.futures import BrokenExecutor

    from .runner import Result

    with _pool(1) as pool:
        try:
            return pool.submit(work, [job], folder).result()[0]
        except BrokenExecutor:
            return Result(job[0], trouble=[f"{job[0]}: the process that checked this file died (out of memory?)"])


def _batches(waiting: Sequence[tuple[int, Job]]) -> Iterator[list[tuple[int, Job]]]:
    batch: list[tuple[int, Job]] = []
    size = 0
    for number, job in waiting:
        batch.append((number, job))
        try:
            size += os.path.getsize(job[0])
        except OSError:
            pass
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def work(jobs: Sequence[Job], folder: str | None) -> list[Result]:
    """What a process does: check its files. Sources stay behind, whoever shows a line reads it from the file."""
    from .cache import Cache
    from .runner import check_file

    cache = Cache(folder) if folder is not None else None
    results = [check_file(path, options, cache) for path, options in jobs]
    for result in results:
        result.source = None
    return results
