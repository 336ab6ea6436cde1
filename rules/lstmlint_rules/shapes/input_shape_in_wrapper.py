"""`input_shape` is given to the layer inside of a wrapper.

What it does: finds `input_shape=` on the layer that Bidirectional or TimeDistributed wraps.

Why is this bad: only the wrapper stands in the model, so nobody reads it. The model is not built, its summary shows
question marks, and every error waits for the first data.

Example:

    model.add(Bidirectional(LSTM(8, input_shape=(10, 3))))

Use instead:

    model.add(Input((10, 3)))
    model.add(Bidirectional(LSTM(8)))

Fix safety: safe: the wrapper takes the same keyword, and the model is built as it was meant.

References: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    argument_text,
    remove_keyword,
    safe_fix,
    set_keyword,
)
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
)

BAD = [
    """
import keras
from keras.layers import Bidirectional, Dense, LSTM
model = keras.Sequential([Bidirectional(LSTM(8, input_shape=(10, 3))), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Bidirectional, Dense, LSTM
model = keras.Sequential([Bidirectional(LSTM(8), input_shape=(10, 3)), Dense(1)])
""",
    """
import keras
from keras.layers import Bidirectional, Dense, LSTM
model = keras.Sequential([keras.Input((10, 3)), Bidirectional(LSTM(8)), Dense(1)])
""",
]


def _built_by_data(call: LayerCall, fed: set[int]) -> bool:
    """Did the model that this call belongs to wait for its first data?"""
    source = call.in_model.state.get("input_layer") if call.in_model is not None else None
    return isinstance(source, LayerObject) and source.place is not None and id(source.place.node) in fed


@check("SHP012", "input-shape-in-wrapper", Severity.WARNING)
def input_shape_in_wrapper(program: Program) -> Iterator[Finding]:
    fed = {id(use.place.node) for way in program.ways for use in way.uses}
    for layer in program.layers:
        if (
            layer.class_name not in ("Bidirectional", "TimeDistributed")
            or layer.arguments is None
            or layer.user_class is not None
        ):
            continue
        wrapped = layer.arguments.get("layer")
        hint = wrapped.state.get("input_shape_hint") if isinstance(wrapped, LayerObject) else None
        if (
            hint is None
            or "input_shape_hint" in layer.state
            or not isinstance(wrapped, LayerObject)
            or wrapped.place is None
        ):
            continue
        if any(not _built_by_data(call, fed) for call in layer.calls):
            continue
        name, _, place = hint
        text = argument_text(wrapped.place, name)
        yield Finding(
            place or wrapped.place,
            f"`{name}` is read from the layer that stands in the model, the {layer.class_name}, and inside of it nobody looks: the model stays "
            f"unbuilt, and errors wait for the data. Give it to the {layer.class_name}, or put an Input in front.",
            fix=safe_fix(
                f"Move `{name}` to the {layer.class_name}.",
                remove_keyword(wrapped.place, name),
                set_keyword(layer.place, name, text) if text is not None else None,
            ),
        )
