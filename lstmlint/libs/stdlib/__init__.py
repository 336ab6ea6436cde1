"""The parts of the standard library that model scripts use."""

from . import (
    arguments,
    chance,
    collections,
    copying,
    functional,
    inspecting,
    iteration,
    logs,
    numbers,
    paths,
    records,
    system,
)

__all__ = [
    "arguments",
    "chance",
    "collections",
    "copying",
    "functional",
    "inspecting",
    "iteration",
    "logs",
    "numbers",
    "paths",
    "records",
    "system",
]
