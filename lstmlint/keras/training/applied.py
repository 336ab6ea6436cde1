"""`optimizer.apply_gradients` in a training loop of one's own: the first call builds the optimizer for its variables, and it knows no others."""

from __future__ import annotations

from collections.abc import Iterator

from ...knowledge import Call, method
from ...values import ESCAPED, IteratorValue, LayerObject, ModelObject, Object, Value, VariablesOf
from ..counting import sublayers_of

_BUILT = "~built_for"
"""The attribute that keeps for which model an optimizer was built; None where that can't be told."""


@method("keras.optimizers.Optimizer.build")
def build(call: Call) -> Value:
    """`optimizer.build(variables)`: of which models they are is not followed."""
    if isinstance(call.receiver, Object):
        call.receiver.attributes[_BUILT] = None
    return None


@method("keras.optimizers.Optimizer.apply_gradients", "keras.optimizers.Optimizer.apply")
def apply(call: Call) -> Value:
    """`optimizer.apply_gradients(zip(gradients, model.trainable_variables))` and `optimizer.apply(gradients, variables)`."""
    optimizer, owner = call.receiver, _owner(call)
    result = call.unknown("the optimizer's step is not followed")
    if not isinstance(optimizer, Object) or call.engine.keras_major < 3 or optimizer.user_class is not None:
        return result
    if _BUILT not in optimizer.attributes:
        optimizer.attributes[_BUILT] = owner if _known_here(call, optimizer) else None
        return result
    first = optimizer.attributes[_BUILT]
    if isinstance(first, LayerObject) and owner is not None and _known_here(call, optimizer):
        if _all_known(first) and _all_known(owner) and _has_none_of(first, owner) and _another(call, first, owner):
            call.refuse(
                "optimizer-of-another-model", f"an optimizer for the variables of `{owner.name}`", f"one that was built for those of `{first.name}`",
                f"Unknown variable: one of the model '{owner.name}'. This optimizer can only be called for the variables it was originally built with, "
                f"those of '{first.name}'.", subject=optimizer.type_name, blamed=(optimizer.place,),
            )  # fmt: skip
    return result


def _owner(call: Call) -> LayerObject | None:
    """The model whose variables are given; None where they may be several models', or a part of one's."""
    given = [*call.args, *call.kwargs.values()]
    if call.open:
        return None
    if call.name.endswith(".apply_gradients"):
        pairs = given[0] if given else None
        given = list(pairs.zipped) if isinstance(pairs, IteratorValue) else []
    variables = given[1] if len(given) == 2 else None
    if isinstance(variables, VariablesOf):
        return variables.owner if isinstance(variables.owner, LayerObject) else None
    return None


def _known_here(call: Call, optimizer: Object) -> bool:
    """Is everything that has happened to the optimizer seen? Functions that nobody calls may be called in any order."""
    compiled = any(one.optimizer is optimizer for one in call.engine.record.compiles)
    handed_on = optimizer.approximate or ESCAPED in optimizer.attributes
    return call.engine.record.uncalled is None and not handed_on and not compiled


def _another(call: Call, first: LayerObject, owner: LayerObject) -> bool:
    """Are these surely two models? A loop whose turns nobody counts may have a single one, which makes the one that is followed twice."""
    return call.engine.in_unknown_loop is None or first.place is None or first.place != owner.place


def _all_known(model: LayerObject) -> bool:
    return not any(
        layer.opaque or layer.approximate or (isinstance(layer, ModelObject) and layer.incomplete)
        for layer in (model, *_within(model))
    )


def _has_none_of(first: LayerObject, owner: LayerObject) -> bool:
    """Is none of a model's layers, nor itself, within the other one, and has it any?"""
    known = {id(layer) for layer in (first, *_within(first))}
    own = [owner, *_within(owner)]
    return len(own) > 1 and not any(id(layer) in known for layer in own)


def _within(layer: LayerObject) -> Iterator[LayerObject]:
    for inner in sublayers_of(layer):
        yield inner
        yield from _within(inner)
