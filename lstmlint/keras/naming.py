"""Names as Keras gives them: `LSTM` -> lstm, lstm_1, ..."""

from __future__ import annotations

import functools
import re

from ..knowledge import Engine


@functools.cache
def snake_case(name: str) -> str:
    """The prefix that Keras makes of a class name: "MaxPooling1D" -> "max_pooling1d"."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def automatic_name(engine: Engine, class_name: str) -> str:
    """The next automatic name for an object of this class; operations and layers count together, as in Keras."""
    return engine.name_for(snake_case(class_name))
