"""Times whole processes, in turn so that a machine that slows down slows all alike, and gives medians and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Medians over the runs of one command: wall and processor seconds, and the greatest resident size in MiB."""

    wall: float
    cpu: float
    memory: float


def once(command: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak resident MiB of one run, of the process and those that it waited for."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
    )
    _, _, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = 0  # it has been waited for
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def compare(commands: Mapping[str, Sequence[str]], runs: int, warm: int = 1) -> dict[str, Timing]:
    """Each command's medians; the commands take turns: A B C A B C ..."""
    seen: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for turn in range(warm + runs):
        for name, command in commands.items():
            measured = once(command)
            if turn >= warm:
                seen[name].append(measured)
    return {name: Timing(*(statistics.median(column) for column in zip(*rows))) for name, rows in seen.items()}


def table(title: str, timings: Mapping[str, Timing], base: str) -> str:
    """The timings as text, each with its ratio to the base."""
    lines = [title, f"  {'':44} {'wall s':>8} {'cpu s':>8} {'MiB':>7} {'wall ratio':>11} {'cpu ratio':>10}"]
    foot = timings[base]
    for name, timing in timings.items():
        lines.append(
            f"  {name:44} {timing.wall:8.3f} {timing.cpu:8.3f} {timing.memory:7.0f} {timing.wall / foot.wall:11.2f} {timing.cpu / foot.cpu:10.2f}"
        )
    return "\n".join(lines)
