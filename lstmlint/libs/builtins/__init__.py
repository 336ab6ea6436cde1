"""What Python's built-in functions and types give, as far as their arguments are known."""

from . import dicts, files, iteration, kinds, making, numbers, sequences, sets, text, types

__all__ = ["dicts", "files", "iteration", "kinds", "making", "numbers", "sequences", "sets", "text", "types"]
