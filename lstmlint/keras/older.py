"""What Keras 2 refuses because only Keras 3 has it, where its own functions take any keyword and look at them later."""

from __future__ import annotations

from ..faults import Moment
from ..knowledge import Call, method
from ..values import Arguments, ModelObject, Value
from .api import takes


def refuse_newer_keywords(call: Call, arguments: Arguments, name: str, moment: Moment) -> None:
    """Refuse, under Keras 2, the keywords of a call of `name` that came with Keras 3."""
    if call.engine.keras_major >= 3:
        return
    for word in arguments.extra:
        if takes(name, word) and not takes(name, word, 2):
            call.refuse(
                "unknown-argument", "", word, f"Invalid keyword argument(s) in `{name.rpartition('.')[2]}()`: {word}", moment=moment,
                blamed=(call.kwarg_places.get(word),), subject=name, argument=word, exception="TypeError",
            )  # fmt: skip


@method("keras.Model.quantize")
def quantize(call: Call) -> Value:
    """`model.quantize(...)`, which Keras 2 doesn't have."""
    if call.engine.keras_major < 3 and isinstance(call.receiver, ModelObject) and call.receiver.user_class is None:
        short = call.receiver.class_name
        call.refuse(
            "no-attribute", "", "quantize", f"'{short}' object has no attribute 'quantize'", exception="AttributeError",
            subject=call.receiver, attribute="quantize", came_with=3,
        )  # fmt: skip
    return None
