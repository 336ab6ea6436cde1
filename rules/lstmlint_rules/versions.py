"""For which Keras a program is meant."""

from __future__ import annotations

from lstmlint.program import Program


def keras3(program: Program) -> bool:
    """Is it Keras 3 that the program runs with? Keras 2 goes on living as the package tf_keras."""
    if program.keras_major < 3:
        return False
    return not any(item.spelled.partition(".")[0] == "tf_keras" for item in program.imports)
