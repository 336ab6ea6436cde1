"""compile, fit, evaluate, predict: which model was used with which data."""

from __future__ import annotations

from ...faults import Moment, Refusal
from ...knowledge import Call, Parameter, bind, method
from ...program import Compile, Use
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import (
    Arguments,
    Array,
    External,
    FunctionValue,
    LayerObject,
    ListValue,
    ModelObject,
    Object,
    Tensor,
    Value,
)
from ..api import call_signature
from ..data.batches import batches_of
from ..older import refuse_newer_keywords
from ..tensors import is_open, leaves, nested_like
from ..weight_files import keep_checkpoints
from .callbacks import note_checkpoints, refuse_classes
from .identifiers import LOSSES, OPTIMIZERS, is_optimizer
from .loss_weights import check_weights, refuse_weights
from .optimizers import refuse_none
from .own_callbacks import follow_callbacks
from .own_losses import follow_losses
from .rates import check_rates
from .results import measured
from .targets import Output
from .traces import check_traces
from .verdict import judge, judge_earlier

METHODS = ("fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch")
MOMENTS = {
    "fit": Moment.FIT,
    "train_on_batch": Moment.FIT,
    "evaluate": Moment.EVALUATE,
    "test_on_batch": Moment.EVALUATE,
}


@method("keras.Model.compile")
def compile_model(call: Call) -> Value:
    """`model.compile(optimizer, loss, metrics)`: optimizers are looked up here, losses and metrics only when data comes."""
    model = call.receiver
    if not isinstance(model, ModelObject):
        return None
    arguments = bind(call, _signature("compile", call.engine.keras_major))
    record = Compile(model, arguments, call.place)
    record.note()
    model.compiled = record
    call.engine.record.compiles.append(record)
    refuse_newer_keywords(call, arguments, call.name, Moment.COMPILE)
    if call.engine.keras_major >= 3:
        _check_compile(call, arguments)
    return None


def _check_compile(call: Call, arguments: Arguments) -> None:
    optimizer = arguments.get("optimizer")
    if isinstance(optimizer, str) and optimizer.lower() not in OPTIMIZERS:
        call.refuse(
            "unknown-identifier", "an optimizer of Keras", repr(str(optimizer)),
            f"Could not interpret optimizer identifier: {optimizer!s}", moment=Moment.COMPILE, blamed=(arguments.place("optimizer"),),
            subject=call.receiver, argument="optimizer", word=optimizer, accepted=sorted(OPTIMIZERS),
            exchanged=optimizer in LOSSES and _is_optimizer(arguments.get("loss")),
        )  # fmt: skip
    what = _no_optimizer(optimizer)
    if what is not None:
        call.refuse(
            "no-optimizer", "an optimizer, or the name of one", what, f"Could not interpret optimizer identifier: {what}", moment=Moment.COMPILE,
            blamed=(arguments.place("optimizer"),), subject=call.receiver, argument="optimizer",
            exchanged=what.endswith("a loss") and _is_optimizer(arguments.get("loss")),
        )  # fmt: skip
    name = optimizer.name if isinstance(optimizer, External) and optimizer.name.startswith("keras.optimizers.") else ""
    short = name.rpartition(".")[2]
    if short.lower() in OPTIMIZERS:
        call.refuse(
            "class-for-instance", "an optimizer", f"the class {short}",
            f"Could not interpret optimizer identifier: <class '{name}'>", moment=Moment.COMPILE,
            blamed=(arguments.place("optimizer"),), subject=call.receiver, argument="optimizer", name=short,
        )  # fmt: skip
    check_weights(call, arguments)
    for argument in ("metrics", "weighted_metrics"):
        given = arguments.get(argument)
        what = _single_metric(given)
        if what:
            call.refuse(
                "metrics-not-a-list", "a list", what,
                f"Expected `{argument}` argument to be a list, tuple, or dict. Received instead: {argument}={what}", moment=Moment.COMPILE,
                blamed=(arguments.place(argument),), subject=call.receiver, argument=argument,
            )  # fmt: skip


_KINDS = {
    "keras.losses.": "a loss", "keras.metrics.": "a metric", "keras.callbacks.": "a callback",
    "keras.optimizers.schedules.": "a schedule of the learning rate",
}  # fmt: skip
"""What Keras's objects are that are no optimizers, by the module that has them."""


def _is_optimizer(given: Value) -> bool:
    if isinstance(given, str):
        return given.lower() in OPTIMIZERS
    return isinstance(given, Object) and is_optimizer(given.type_name)


def _no_optimizer(given: Value) -> str | None:
    """What is given for an optimizer and surely is none, in words."""
    if isinstance(given, LayerObject):
        return "a layer"
    if isinstance(given, (ListValue, tuple, int, float)):
        return "a list" if isinstance(given, ListValue) else "a tuple" if isinstance(given, tuple) else "a number"
    name = given.type_name if isinstance(given, Object) else given.name if isinstance(given, External) else ""
    if isinstance(given, Object) and given.user_class is not None:
        return None
    kind = next((kind for module, kind in _KINDS.items() if name.startswith(module)), None)
    return f"`{name.rpartition('.')[2]}`, {kind}" if kind is not None else None


def _single_metric(given: Value) -> str | None:
    """What is given where a list of metrics is wanted, in words; None for a list or what may be one."""
    if isinstance(given, str):
        return repr(str(given)) if given else None
    if isinstance(given, FunctionValue):
        return f"the function {given.name}"
    if isinstance(given, External) and given.name.startswith(("keras.metrics.", "keras.losses.", "sklearn.metrics.")):
        return given.name
    if isinstance(given, Object) and given.type_name.startswith("keras.metrics."):
        return f"a {given.class_name}"
    return None


def _signature(name: str, major: int) -> tuple[Parameter, ...]:
    """The parameters of a method of models, as the installed Keras has them."""
    found = call_signature(f"keras.Model.{name}", major)
    assert found is not None, name
    return found


@method(*(f"keras.Model.{name}" for name in METHODS))
def use_model(call: Call) -> Value:
    """`fit`, `evaluate`, `predict` and the single-batch ones: recorded with the data that they get, and judged as Keras would."""
    model = call.receiver
    name = call.name.rpartition(".")[2]
    if not isinstance(model, ModelObject):
        return call.unknown("the model is not known")
    arguments = bind(call, _signature(name, call.engine.keras_major))
    use = Use(name, model, arguments, call.place, compile=model.compiled)
    use.x = _given(arguments, "x")
    use.y = _given(arguments, "y")
    use.validation = _given(arguments, "validation_data")
    if not name.endswith("_on_batch"):  # what generators and Sequences give is known from one batch of theirs
        use.x = batches_of(call.engine, use.x, call.place) or use.x
        use.validation = batches_of(call.engine, use.validation, call.place) or use.validation
    moment = MOMENTS.get(name, Moment.PREDICT)
    call.engine.record.uses.append(use)
    if name == "fit":
        note_checkpoints(call, use)
    outputs: list[Output] | None = None
    try:
        if call.engine.keras_major >= 3:
            _refuse_unrecognized(call, use, moment)
            refuse_classes(call, use)
            refuse_weights(call, use, moment)
        outputs = (judge if call.engine.keras_major >= 3 else judge_earlier)(call, use, moment)
        follow_losses(call, use, moment, outputs)
        check_traces(call, use, moment)
        if call.engine.keras_major >= 3 and name in ("fit", "train_on_batch"):
            refuse_none(call, use)
        if name == "fit":
            if call.engine.keras_major >= 3:
                check_rates(call, use)
            follow_callbacks(call, use)
    except Refusal:
        use.verdict = "raises"
        raise
    finally:
        use.layers = tuple(model.layers)
        use.output = model.outputs
        if use.compile is not None and not use.compile.used and name in MOMENTS and use.compile.model is model:
            use.compile.used = True
            use.compile.note()
    if name == "fit":
        keep_checkpoints(call, use)
    return _result(call, name, use, outputs)


def _refuse_unrecognized(call: Call, use: Use, moment: Moment) -> None:
    """`evaluate` takes any keyword, and then looks at them by itself."""
    unknown = [name for name in use.arguments.extra if not name.startswith("_")]
    if unknown and use.compile is not None:
        accepted = sorted(p.name for p in _signature(use.method, call.engine.keras_major) if p.kind != "keywords")
        call.refuse(
            "unknown-argument", "", unknown[0], f"Arguments not recognized: {{'{unknown[0]}': ...}}", moment=moment,
            blamed=(call.kwarg_places.get(unknown[0]),), argument=unknown[0], accepted=accepted, raised="ValueError",
        )  # fmt: skip


def _given(arguments: Arguments, name: str) -> Value:
    return arguments.get(name) if arguments.argument(name) is not None else None


def _result(call: Call, name: str, use: Use, outputs: list[Output] | None) -> Value:
    if name == "fit":
        history = Object("keras.callbacks.History", place=call.place, attributes={"model": use.model, "~use": use})
        use.model.state["last_history"] = history
        return history
    if name in ("predict", "predict_on_batch"):
        return _prediction(call, use, outputs)
    return measured(call, use)


def _prediction(call: Call, use: Use, outputs: list[Output] | None) -> Value:
    """`model.predict(x)`: arrays of the outputs' shapes, nested as the model's outputs are, with as many rows as x has."""
    data = next((leaf for leaf in leaves(use.x) if isinstance(leaf, Array)), None)
    made_of = leaves(use.output) if use.output is not None else []
    found = [leaf.shape if isinstance(leaf, Tensor) else UNKNOWN_SHAPE for leaf in made_of]
    if outputs is not None:
        found = [output.spec.shape for output in outputs]
    several = len(found) > 1 and use.model.kind == "Functional" and len(made_of) == len(found)
    if is_open(use.output):
        return call.unknown("how many outputs the model has is not known")
    unseen = "what the model predicts has a shape that is not known"
    if data is None or not (several or len(found) == 1):
        return call.unknown(unseen)
    rows = data.shape.get(0)
    made = [
        Array(
            Shape((rows, *shape.dims[1:])),
            "float",
            bits=32,
            place=call.place,
            facts={"predicted_by": use.model},
        )
        if shape.dims
        else call.unknown(unseen)
        for shape in found
    ]
    return nested_like(use.output, made) if several else made[0]
