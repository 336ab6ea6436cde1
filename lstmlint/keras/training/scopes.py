"""Names as scopes of TensorFlow's graph: fit, evaluate and predict run in one, where a space in a name is refused that nothing minded before."""

from __future__ import annotations

from collections.abc import Iterator

from ...faults import Moment
from ...knowledge import Call
from ...program import Compile, Use
from ...values import Arguments, LayerObject, ModelObject, Object, flatten
from ..edition import other_backend
from ..inputs import INPUT_LAYER_CLASS
from ..naming import scope_refusal, sure_name
from .own_losses import may_be_eager

_OWN_STEPS = ("__call__", "make_train_function", "make_test_function", "make_predict_function")
"""Methods of a user's model that may run it without opening its scope, or without a graph."""


def refuse_names(call: Call, use: Use, moment: Moment, *, own: bool) -> None:
    """Refuse the name of the model, of a layer in it, of its loss or optimizer with which TensorFlow can open no scope.

    `own`: what becomes of a batch is the program's own. Run eagerly, TensorFlow takes any name.
    """
    model = use.model
    if own or use.arguments.get("epochs", 1) == 0 or other_backend(call.engine):
        return
    if may_be_eager(call, use.compile) or "run_eagerly" in model.attributes:
        return
    if any(call.engine.find_method(model, name) is not None for name in _OWN_STEPS):
        return
    for thing, root in _opened(call, use, moment):
        name = _name(thing)
        refusal = scope_refusal(name, root=root) if name else None
        if refusal is None or model.state.get("told_scope") == name:
            continue
        model.state["told_scope"] = name
        place = thing.arguments.place("name") if thing.arguments is not None else None
        call.refuse(
            "scope-name", refusal[0], repr(name), refusal[1], moment=moment, blamed=(place or thing.place,), subject=model, use=use, name=name,
        )  # fmt: skip


def _opened(call: Call, use: Use, moment: Moment) -> Iterator[tuple[Object, bool]]:
    """What surely opens a scope with its name, and whether outside of all others."""
    model = use.model
    if model.opaque or model.approximate or model.state.get("refused"):
        return
    yield model, True
    for layer in _called(call, model):
        yield layer, False
    if use.compile is not None and moment is not Moment.PREDICT:
        yield from ((one, False) for one in _compiled(use.compile, moment))


def _called(call: Call, model: ModelObject) -> Iterator[LayerObject]:
    """The layers of a model of Keras's own, which are all called when it is, and those within them."""
    if model.kind == "Subclass" or model.user_class is not None or model.incomplete:
        return
    for layer in model.layers:
        own = call.engine.find_method(layer, "__call__") is not None
        if own or layer.approximate or layer.opaque or layer.type_name == INPUT_LAYER_CLASS:
            continue
        yield layer
        yield from _called(call, layer) if isinstance(layer, ModelObject) else _called_by(call, layer)


_CALLING = frozenset(
    f"keras.layers.{name}" for name in ("RNN", "StackedRNNCells", "Bidirectional", "Pipeline", "SpectralNormalization")
)
"""Layers that call those that they were given; TimeDistributed only uses its layer's `call`."""


def _called_by(call: Call, layer: LayerObject) -> Iterator[LayerObject]:
    """The cells of a recurrent layer, and the layers that a wrapper of Keras's own calls."""
    if layer.user_class is not None or layer.type_name not in _CALLING:
        return
    for inner in layer.sublayers:
        if call.engine.find_method(inner, "__call__") is None and not inner.approximate and not inner.opaque:
            yield inner
            yield from _called_by(call, inner)


def _compiled(compiled: Compile, moment: Moment) -> Iterator[Object]:
    """The one loss of a model, and the optimizer that trains it."""
    losses = flatten(compiled.loss)
    given = [*losses[:1]] if len(losses) == 1 else []
    if moment is Moment.FIT:
        given.append(compiled.optimizer)
    for one in given:
        kinds = ("keras.losses.", "keras.optimizers.")
        if isinstance(one, Object) and one.user_class is None and one.type_name.startswith(kinds):
            yield one


def _name(thing: Object) -> str | None:
    """The name of a layer or model, or the one that was given to a loss or optimizer; None where it isn't known."""
    if isinstance(thing, LayerObject):
        return sure_name(thing)
    given = thing.arguments.get("name") if isinstance(thing.arguments, Arguments) else None
    return str(given) if isinstance(given, str) and "name" not in thing.attributes else None
