"""The parts of the standard library that model scripts use."""

from . import arguments, chance, collections, copying, functional, inspecting, iteration, logs, numbers, records, system

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
    "records",
    "system",
]
