"""`layer.adapt(data)` and `layer.set_vocabulary(...)`: what preprocessing layers learn before they are used, and `get_vocabulary()` gives back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from ...dims import Dim
from ...faults import Moment
from ...knowledge import Call, Engine, bind, method, parse_signature
from ...libs.tfdata.elements import in_map
from ...shapes import Shape
from ...values import Array, Dataset, LayerObject, ListValue, Value, int_value
from ..inside import inside_call
from ..spec import TensorSpec, Use
from .arguments import items

LOOKUPS = ("StringLookup", "IntegerLookup", "TextVectorization")
LEARNING = (*LOOKUPS, "Discretization")


@method(*(f"keras.layers.{name}.adapt" for name in LEARNING))
def adapt(call: Call) -> Value:
    """The vocabulary is then as large as the data make it, which is a number that has a name but no value."""
    if isinstance(call.receiver, LayerObject):
        call.receiver.state["adapted"] = True
    return None


@method("keras.layers.Normalization.adapt")
def adapt_normalization(call: Call) -> Value:
    """Builds the layer on the shape of the data."""
    from ..calling import run_layer

    layer = call.receiver
    data = bind(call, parse_signature("data"))["data"]
    if not isinstance(layer, LayerObject) or layer.built:
        return None
    shape = _shape(data)
    if shape is None or shape.dims is None:
        layer.state["adapted"] = True
        return None
    run_layer(layer, Use(layer, TensorSpec(shape), call.place, call.engine, moment=Moment.BUILD))
    return None


def _shape(data: Value) -> Shape | None:
    if isinstance(data, Dataset):
        first = data.element[0] if isinstance(data.element, tuple) and data.element else data.element
        if not isinstance(first, Array) or data.batched is None:
            return None
        return first.shape.replace(0, None) if data.batched and first.shape.dims else first.shape.insert(0, None)
    return data.shape if isinstance(data, Array) else None


_LEARNING_OTHERWISE = (
    "load_assets",
    "update_state",
    "finalize_state",
    "load_weights",
    "load_own_variables",
    "build_from_config",
)
"""Methods that may give a layer its vocabulary as well."""


def waits_for_vocabulary(engine: Engine, layer: LayerObject) -> bool:
    """Has nothing given a vocabulary to a layer of Keras's own that looks words up?"""
    short = layer.type_name.removeprefix("keras.layers.")
    if short not in LOOKUPS or engine.keras_major < 3 or layer.user_class is not None or layer.arguments is None:
        return False
    if (
        layer.arguments.open
        or layer.approximate
        or layer.opaque
        or layer.state.keys() & {"adapted", "vocabulary", "escaped", "copied"}
    ):
        return False
    seen = engine.record.uncalled is None and engine.in_unknown_loop is None
    otherwise = any(name.endswith(_LEARNING_OTHERWISE) for name in engine.record.called())
    return seen and not otherwise and layer.arguments.get("vocabulary") is None


def refuse_without_vocabulary(refuse: Callable[..., NoReturn], layer: LayerObject, **details: Any) -> NoReturn:
    """The layer's table knows no words when data come to it."""
    refuse(
        "no-vocabulary", "a vocabulary (`adapt` it to the texts, or give it one with `set_vocabulary`)", "none", "Table not initialized.",
        exception="tensorflow.errors.FailedPreconditionError", blamed=(layer.place,), **details,
    )  # fmt: skip


def looks_up(use: Use) -> None:
    """A layer that is called on data by itself."""
    given = use.kwargs.get("~values")
    if inside_call() or in_map() or use.kwargs.get("~eager") is not None:
        return
    on_data = isinstance(given, Array) and given.type_name in ("numpy.ndarray", "tensorflow.Tensor")
    if on_data and waits_for_vocabulary(use.engine, use.layer):
        refuse_without_vocabulary(use.refuse, use.layer)


@method(*(f"keras.layers.{name}.set_vocabulary" for name in LOOKUPS))
def set_vocabulary(call: Call) -> Value:
    """As if it had been given to the constructor."""
    arguments = bind(call, parse_signature("vocabulary, idf_weights=None"))
    if isinstance(call.receiver, LayerObject):
        call.receiver.state["vocabulary"] = arguments["vocabulary"]
    return None


@method(*(f"keras.layers.{name}.get_vocabulary" for name in LOOKUPS))
def get_vocabulary(call: Call) -> Value:
    """The tokens by their numbers, the special ones first, where the vocabulary was given."""
    special_too = bind(call, parse_signature("include_special_tokens=True"))["include_special_tokens"]
    found, sure = _tokens(call), call.engine.truth(special_too)
    if found is None or sure is None:
        return call.unknown("the vocabulary is not known", "list")
    return ListValue([*(found[0] if sure else ()), *found[1]], place=call.place)


@method(*(f"keras.layers.{name}.vocabulary_size" for name in LOOKUPS))
def vocabulary_size(call: Call) -> Value:
    """How many tokens there are, the special ones included."""
    found = _tokens(call)
    if found is None:
        return call.unknown("the vocabulary is not known", "int")
    return int_value(Dim(len(found[0]) + len(found[1])))


def _tokens(call: Call) -> tuple[list[Value], list[Value]] | None:
    """The special tokens and the others of a vocabulary that was given; None where it was learnt, or isn't known.

    A given vocabulary may begin with the special ones itself.
    """
    layer = call.receiver
    if not isinstance(layer, LayerObject) or layer.arguments is None or layer.approximate:
        return None
    if layer.arguments.open or layer.state.get("adapted"):
        return None
    use = Use(layer, (), call.place, call.engine)
    row = items(layer.state.get("vocabulary", use.value("vocabulary")))
    text = layer.type_name == "keras.layers.TextVectorization"
    mode, mask = use.value("output_mode", "int"), "" if text else use.value("mask_token")
    oov, unseen = (1, "[UNK]") if text else (use.value("num_oov_indices", 1), use.value("oov_token"))
    kind = int if layer.type_name == "keras.layers.IntegerLookup" else str
    if row is None or not isinstance(oov, int) or not isinstance(mode, str):
        return None
    special = [*([mask] if mask is not None and mode == "int" else ()), *[unseen] * oov]
    if not all(isinstance(token, kind) for token in (*special, *row)):
        return None
    return special, list(row[len(special) :] if row[: len(special)] == special else row)
