"""compile, fit, evaluate, predict: which model was used with which data."""

from __future__ import annotations

from ..faults import Moment
from ..knowledge import Call, Parameter, attribute, bind, method, parse_signature
from ..program import Compile, Use
from ..shapes import Shape
from ..values import Arguments, Array, Dataset, DictValue, ListValue, ModelObject, Object, Tensor, Unknown, Value
from .counting import sublayers_of
from .tensors import leaves

COMPILE = (
    "optimizer='rmsprop', loss=None, loss_weights=None, metrics=None, weighted_metrics=None, run_eagerly=False, "
    "steps_per_execution=1, jit_compile='auto', auto_scale_loss=True"
)
COMPILE_2 = (
    "optimizer='rmsprop', loss=None, metrics=None, loss_weights=None, weighted_metrics=None, run_eagerly=None, "
    "steps_per_execution=None, jit_compile=None, pss_evaluation_shards=0, **kwargs"
)
METHODS = {
    "fit": "x=None, y=None, batch_size=None, epochs=1, verbose='auto', callbacks=None, validation_split=0.0, validation_data=None, "
    "shuffle=True, class_weight=None, sample_weight=None, initial_epoch=0, steps_per_epoch=None, validation_steps=None, "
    "validation_batch_size=None, validation_freq=1",
    "evaluate": "x=None, y=None, batch_size=None, verbose='auto', sample_weight=None, steps=None, callbacks=None, return_dict=False, **kwargs",
    "predict": "x, batch_size=None, verbose='auto', steps=None, callbacks=None",
    "train_on_batch": "x, y=None, sample_weight=None, class_weight=None, return_dict=False",
    "test_on_batch": "x, y=None, sample_weight=None, return_dict=False",
    "predict_on_batch": "x",
}
FIT_2 = METHODS["fit"] + ", max_queue_size=10, workers=1, use_multiprocessing=False"
PREDICT_2 = METHODS["predict"] + ", max_queue_size=10, workers=1, use_multiprocessing=False"
MOMENTS = {
    "fit": Moment.FIT,
    "train_on_batch": Moment.FIT,
    "evaluate": Moment.EVALUATE,
    "test_on_batch": Moment.EVALUATE,
}


@method("keras.Model.compile")
def compile_model(call: Call) -> Value:
    """`model.compile(optimizer, loss, metrics)`"""
    model = call.receiver
    if not isinstance(model, ModelObject):
        return None
    arguments = bind(call, parse_signature(COMPILE if call.engine.keras_major >= 3 else COMPILE_2))
    record = Compile(model, arguments, call.place)
    model.compiled = record
    call.engine.record.compiles.append(record)
    return None


def _signature(name: str, major: int) -> tuple[Parameter, ...]:
    if major < 3 and name == "fit":
        return parse_signature(FIT_2)
    if major < 3 and name == "predict":
        return parse_signature(PREDICT_2)
    return parse_signature(METHODS[name])


@method(*(f"keras.Model.{name}" for name in METHODS))
def use_model(call: Call) -> Value:
    """`fit`, `evaluate`, `predict` and the single-batch ones: recorded with the data that they get."""
    model = call.receiver
    name = call.name.rpartition(".")[2]
    if not isinstance(model, ModelObject):
        return call.unknown("the model is not known")
    arguments = bind(call, _signature(name, call.engine.keras_major))
    use = Use(name, model, arguments, call.place, compile=model.compiled)
    use.x = _given(arguments, "x")
    use.y = _given(arguments, "y")
    use.validation = _given(arguments, "validation_data")
    _build_from_data(call, model, use, MOMENTS.get(name, Moment.PREDICT))
    use.layers = tuple(model.layers)
    use.output = model.outputs
    call.engine.record.uses.append(use)
    return _result(call, name, use)


def _given(arguments: Arguments, name: str) -> Value:
    return arguments.get(name) if arguments.argument(name) is not None else None


def _result(call: Call, name: str, use: Use) -> Value:
    if name == "fit":
        return Object("keras.callbacks.History", place=call.place, attributes={"model": use.model})
    if name in ("predict", "predict_on_batch"):
        return _prediction(call, use)
    return call.unknown(f"what `{name}` measures is not known")


def _prediction(call: Call, use: Use) -> Value:
    """`model.predict(x)`: an array of the output's shape, with as many rows as x has."""
    found = leaves(use.output)
    data = next((leaf for leaf in leaves(use.x) if isinstance(leaf, Array)), None)
    if (
        use.output is None
        or len(found) != 1
        or not isinstance(found[0], Tensor)
        or found[0].shape.dims is None
        or data is None
    ):
        return call.unknown("what the model predicts has a shape that is not known")
    rows = data.shape.get(0)
    shape = found[0].shape
    if shape.rank == 0:
        return call.unknown("what the model predicts has a shape that is not known")
    return Array(
        Shape((rows, *(shape.dims or ())[1:])), "float", bits=32, place=call.place, facts={"predicted_by": use.model}
    )


def _batch_shape(value: Value) -> Shape | None:
    """The shape of one batch of x, batch size open."""
    if isinstance(value, Dataset):
        element = value.element
        first = element[0] if isinstance(element, tuple) and element else element
        if isinstance(first, Array) and value.batched and first.shape.dims:
            return Shape((first.shape.replace(0, None)).dims)
        return None
    if isinstance(value, Array) and value.shape.dims:
        shape = value.shape.replace(0, None)
        return shape.extend(1) if shape.rank == 1 else shape
    return None


def _build_from_data(call: Call, model: ModelObject, use: Use, moment: Moment) -> None:
    """A Sequential without an input shape, or a subclassed model never called, is built by its first data."""
    if model.incomplete or model.state.get("refused"):
        return
    sequential = model.kind == "Sequential" and model.inputs is None and bool(model.layers)
    subclass = model.kind == "Subclass" and not model.built
    if not sequential and not subclass:
        return
    shape = _batch_shape(use.x)
    if shape is None or shape.dims is None:
        model.state["input_unknown"] = True
        for layer in model.layers if sequential else sublayers_of(model):
            if not layer.built:
                layer.weights_unknown = layer.weights_unknown or "the model is built by data whose shape is not known"
        return
    if sequential:
        from .sequential import build

        build(call.engine, model, shape, call.place, moment)
        return
    if isinstance(use.x, (tuple, ListValue, DictValue)):
        return
    from .calling import apply_layer
    from .spec import TensorSpec
    from .tensors import tensor_from

    apply_layer(call.engine, model, tensor_from(TensorSpec(shape), call.place), call.place, moment=moment)


@attribute("keras.callbacks.History.history")
def history(call: Call) -> Value:
    """`history.history`: lists of numbers under the metrics' names."""
    return DictValue({}, open=True, sample=Unknown("a measured value", call.place, "list"))
