"""Functions of several libraries that take no None where they need a number or a shape: what a size that Keras leaves open is no good for."""

from __future__ import annotations

_MANY = 2
"""Items of which a maximum or a product compares or multiplies any."""
NUMBERS = {
    **dict.fromkeys(
        ("builtins.int", "builtins.float", "builtins.range", "builtins.abs", "builtins.round", "math.ceil", "math.floor", "math.sqrt", "math.log",
         "numpy.arange", "numpy.linspace", "numpy.eye", "numpy.sqrt", "numpy.random.rand", "numpy.random.randn", "keras.ops.eye"), "TypeError"
    ),
    **dict.fromkeys(("tensorflow.range", "keras.ops.zeros", "keras.ops.ones"), "ValueError"),
}  # fmt: skip
"""Functions whose first argument is a number, and no None, and what they raise."""
EVERY = {"builtins.range": 3, "numpy.random.rand": 9, "numpy.random.randn": 9, "numpy.linspace": 3}
"""Those for which further arguments are such, too, and up to which. `arange(0, None)` is `arange(0)`."""
NUMBERS_IN_CALL = {"keras.ops.arange": "ValueError"}
"""Those that take none in a `call`, where they are TensorFlow's, too."""
ROWS = {
    **dict.fromkeys(("numpy.zeros", "numpy.ones", "numpy.empty", "numpy.full"), (0, "shape", "TypeError")),
    **dict.fromkeys(("numpy.random.normal", "numpy.random.uniform"), (2, "size", "TypeError")),
    **dict.fromkeys(
        ("tensorflow.zeros", "tensorflow.ones", "tensorflow.random.normal", "tensorflow.random.uniform", "keras.ops.zeros",
         "keras.ops.ones", "keras.ops.full", "keras.random.normal", "keras.random.uniform"), (0, "shape", "ValueError")
    ),
    "keras.layers.Layer.add_weight": (0, "shape", "ValueError"),
}  # fmt: skip
"""Functions that take no None in a shape: its position and name, and what they raise."""
ROWS_IN_CALL = {
    "keras.ops.reshape": (1, "newshape", "TypeError"),
    "tensorflow.reshape": (1, "shape", "TypeError"),
    "keras.ops.tile": (1, "repeats", "TypeError"),
    "tensorflow.tile": (1, "multiples", "TypeError"),
    "keras.ops.broadcast_to": (1, "shape", "TypeError"),
    "tensorflow.broadcast_to": (1, "shape", "TypeError"),
}
"""Those that take none in a `call`; on symbolic tensors themselves Keras's only reckon with shapes."""
WHOLE = {"builtins.sum": 1, "math.prod": 1, "numpy.prod": _MANY, "builtins.max": _MANY, "builtins.min": _MANY}
"""Functions that calculate with all sizes of a shape, and how many there must be so that a None among them is calculated with."""
CALCULATING = frozenset([*NUMBERS, *NUMBERS_IN_CALL, *ROWS, *ROWS_IN_CALL, *WHOLE])
"""All of these functions."""


def in_graph() -> bool:
    """Is a layer's `call` followed that Keras runs on symbolic tensors, to see what comes out?"""
    from ..keras.inside import traced

    return traced()
