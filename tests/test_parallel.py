"""Many processes say what one says, in the same order; any executor will do; a process that dies costs its own file only."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lstmlint import parallel
from lstmlint.cache import Cache
from lstmlint.runner import Options, check_paths

WRONG = """\
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, {n})), LSTM(8), LSTM(4)])
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    found = []
    for n in range(1, 13):
        path = tmp_path / f"model_{n:02}.py"
        path.write_text("import os\n" if n % 4 == 0 else "import keras (\n" if n == 7 else WRONG.replace("{n}", str(n)))
        found.append(str(path))
    return [*found, str(tmp_path / "missing.py")]


def said(results: Any) -> list[tuple[str, list[str], list[str]]]:
    return [(r.path, [f.message for f in r.findings], r.trouble) for r in results]


def options(_: str) -> Options:
    return Options()


def test_two_processes_say_what_one_says(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH", 1)
    alone = said(check_paths(files, options, processes=1))
    assert alone == said(check_paths(files, options, processes=2))
    assert [path for path, _, _ in alone] == files
    assert sum(len(findings) for _, findings, _ in alone) == 9


@pytest.mark.parametrize(
    "make", [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(2)], ids=["threads", "processes"]
)
def test_any_executor_will_do(files: list[str], make: Callable[[], Any]) -> None:
    with make() as executor:
        assert said(check_paths(files, options, executor=executor)) == said(check_paths(files, options, processes=1))


def test_processes_share_a_cache(files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH", 1)
    first = said(check_paths(files, options, processes=2, cache=Cache(str(tmp_path / "cache"))))
    second = said(check_paths(files, options, processes=2, cache=Cache(str(tmp_path / "cache"))))
    assert first == second == said(check_paths(files, options, processes=1))
    assert len(list((tmp_path / "cache").glob("*.json"))) == 8  # of the nine with Keras, one does not parse


class Deadly(Executor):
    """Processes that die over one file, as a pool tells it: every batch that was under way is lost."""

    def submit(self, task: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if any(path.endswith("model_05.py") for path, _ in args[0]):
            future.set_exception(BrokenExecutor("a process died"))
        else:
            future.set_result(task(*args, **kwargs))
        return future


def test_a_process_that_dies_costs_its_own_file_only(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    alone = said(check_paths(files, options))
    monkeypatch.setattr(parallel, "_pool", lambda _: Deadly())
    results = said(check_paths(files, options, processes=2))
    assert [r for r in results if "model_05" not in r[0]] == [r for r in alone if "model_05" not in r[0]]
    ((_, _, trouble),) = [r for r in results if "model_05" in r[0]]
    assert "model_05.py" in trouble[0]


def test_small_work_stays_in_this_process_and_larger_work_takes_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
    assert [parallel.processes_for(size) for size in (0, 1_000, parallel.WORTHWHILE, 10**9)] == [1, 1, 2, 4]
