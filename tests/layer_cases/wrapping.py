"""Cases of the base classes of layers, which users rarely construct themselves."""

from __future__ import annotations

from .drawing import Case, Random, Some, call, draws, shape


@draws("dense", "Wrapper")
def draw_wrapper(r: Random, name: str) -> Case:
    inner = r.choice(("keras.layers.Dense(3)", "keras.layers.Dense(2, use_bias=False)", "3"))
    return Case(call(name, inner, some=Some(r)), (shape(r, 2),))
