"""Layers and models that the user's classes define: their `__init__`, `build` and `call` are the user's own code."""

from __future__ import annotations

import ast
from typing import Any

from ..dims import Dim
from ..faults import Fault, Moment, Refusal
from ..knowledge import Call, Engine, bind, finishing, method, parse_signature
from ..nodes import returns_nothing, walk
from ..places import Place
from ..shapes import Shape
from ..values import (
    Arguments,
    Array,
    BoundMethod,
    ClassValue,
    External,
    FunctionValue,
    LayerObject,
    Mask,
    ModelObject,
    Nothing,
    Unknown,
    Value,
    Weight,
    is_private,
    to_dim,
    to_shape,
)  # fmt: skip
from .counting import leave_out, sublayers_of
from .inside import depth, inside, inside_call, is_quiet
from .naming import check_name, take_name
from .own_initializers import check_initializer, check_initializers
from .own_shapes import ask_with_shapes, on_symbols, written
from .spec import AGAIN, Outcome, Specs, TensorSpec, Use, flat_specs
from .tensors import (
    UNKNOWN_SPEC,
    children,
    is_open,
    is_plain,
    is_unknown,
    leaves,
    map_specs,
    nested_like,
    tensor_from,
    tensors_in,
    to_specs,
    variable_from,
)


@method("keras.layers.Layer.__new__")
def new_layer(call: Call) -> Value:
    """The object of a user's layer class, before its `__init__`."""
    cls = call.args[0]
    if not isinstance(cls, ClassValue):
        return call.unknown("its class is not known")
    return LayerObject(cls.external_base or "keras.layers.Layer", cls, place=call.place)


@method("keras.Model.__new__")
def new_model(call: Call) -> Value:
    """The object of a user's model class, before its `__init__`."""
    cls = call.args[0]
    if not isinstance(cls, ClassValue):
        return call.unknown("its class is not known")
    base = cls.external_base or "keras.Model"
    return ModelObject(base, cls, place=call.place, kind="Sequential" if base == "keras.Sequential" else "Subclass")


_COMMON = "*, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs"
_COMMON_2 = "trainable=True, name=None, dtype=None, dynamic=False, **kwargs"


def _initialise(call: Call, layer: LayerObject) -> None:
    arguments = bind(call, parse_signature(_COMMON if call.engine.keras_major >= 3 else _COMMON_2))
    hints = (
        "input_shape",
        "input_dim",
        "batch_input_shape",
        "batch_size",
        "weights",
        "autocast",
        "activity_regularizer",
    )
    # where one of Model's two is misspelt, the other is not known either, but it is not the one to be blamed
    for extra in sorted(arguments.extra, key=lambda name: name in ("inputs", "outputs")):
        if extra in hints[:2] or (call.engine.keras_major < 3 and extra in hints):
            layer.state["input_shape_hint"] = (extra, arguments.extra[extra].value, arguments.place(extra))
            continue
        call.refuse(
            "unknown-argument", "", extra, f"Unrecognized keyword arguments passed to {layer.class_name}: {{'{extra}': ...}}",
            moment=Moment.CONSTRUCT, blamed=(call.kwarg_places.get(extra),), argument=extra,
            accepted=["activity_regularizer", "autocast", "dtype", "name", "trainable"],
        )  # fmt: skip
    layer.arguments = layer.arguments or arguments
    take_name(call, layer, arguments, layer.class_name)
    if arguments.get("trainable", True) is False:
        layer.trainable = False


@method("keras.layers.Layer.__init__")
def initialise_layer(call: Call) -> Value:
    """`super().__init__(**kwargs)` of a user's layer."""
    layer = call.receiver
    if isinstance(layer, LayerObject):
        _initialise(call, layer)
        call.engine.record.layers.append(layer)
    return None


@method("keras.Model.__init__")
def initialise_model_method(call: Call) -> Value:
    """`super().__init__(...)` of a user's model: of nothing but keywords, or of inputs and outputs."""
    from .functional import initialise_functional, is_functional

    model = call.receiver
    if isinstance(model, ModelObject):
        if is_functional(call):
            initialise_functional(call, model)
        else:
            initialise_model(call, model)
    return None


def initialise_model(call: Call, model: ModelObject) -> None:
    """A subclassed model (or `keras.Model()` itself) without inputs and outputs."""
    model.kind = "Subclass"
    _initialise(call, model)
    if model not in call.engine.record.models:
        call.engine.record.models.append(model)


@method("keras.layers.Layer.add_weight", "keras.layers.Layer.add_variable")
def add_weight(call: Call) -> Value:
    """`self.add_weight(shape=..., trainable=...)`, or `add_variable`: a variable of the layer."""
    method_name = call.name.rpartition(".")[2]
    signature = (
        "shape=None, initializer=None, dtype=None, trainable=True, autocast=True, regularizer=None, constraint=None, "
        "aggregation='none', overwrite_with_gradient=False, name=None"
    )
    if call.engine.keras_major >= 3 and call.args and isinstance(call.args[0], str):
        word = str(call.args[0])
        message = f"`name` must be passed as a keyword argument. Received: {method_name}({word!r}, ...). Use: {method_name}(shape=..., name={word!r})."
        _refuse_name(call, word, method_name, message, Moment.BUILD)
    if call.engine.keras_major < 3:
        signature = "name=None, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None, constraint=None, use_resource=None, **kwargs"
    arguments = bind(call, parse_signature(signature))
    shape_value = arguments.get("shape")
    shape = Shape(()) if shape_value is None else to_shape(shape_value)
    if isinstance(shape_value, (int, Dim)) and not isinstance(shape_value, bool):
        shape = Shape((to_dim(shape_value),))
    if call.engine.keras_major >= 3:
        _check_weight(call, arguments)
    trainable = arguments.get("trainable", True)
    check_name(call, arguments, Moment.BUILD)
    name = arguments.get("name")
    layer = call.receiver
    if isinstance(layer, LayerObject):
        layer.weights.append(Weight(name if isinstance(name, str) else "variable", shape, trainable is not False))
        if isinstance(trainable, Unknown):
            layer.state["trainable_unknown"] = True
    return variable_from(TensorSpec(shape), call.place, "add_weight", call.engine.keras_major)


@method("keras.metrics.Metric.add_weight", "keras.metrics.Metric.add_variable")
def add_weight_of_metric(call: Call) -> Value:
    """`self.add_weight(name=..., shape=(), initializer=...)` of a user's metric."""
    word = call.args[0] if call.args else None
    if call.engine.keras_major >= 3 and isinstance(word, str):
        message = f"Cannot convert '{word}' to a shape."
        _refuse_name(call, str(word), call.name.rpartition(".")[2], message, Moment.CONSTRUCT)
    return Unknown("a metric's variable", call.place)


def _refuse_name(call: Call, word: str, method_name: str, message: str, moment: Moment) -> None:
    """Keras 2 took a weight's name first, and its shape behind it."""
    call.refuse(
        "name-by-position", "the shape first", repr(word), message,
        moment=moment, blamed=call.arg_places[:1], argument="name", word=word, method=method_name,
    )  # fmt: skip


def _check_weight(call: Call, arguments: Arguments) -> None:
    """A weight's shape is a row of sizes, and its initializer, regularizer and constraint are such."""
    from .inputs import standardize
    from .layers.arguments import is_none_of, unlike_any_of

    if arguments.get("shape") is not None:
        standardize(call, arguments["shape"], arguments.place("shape"), "shape")
    for name in ("initializer", "regularizer", "constraint"):
        value = arguments.get(name)
        if is_none_of(f"{name}s", value, call.engine):
            kind, required, got, message = unlike_any_of(f"{name}s", value)
            call.refuse(
                kind,
                required,
                got,
                message,
                moment=Moment.BUILD,
                blamed=(arguments.place(name),),
                argument=name,
                value=value,
            )
    check_initializer(call, arguments.get("initializer"), arguments.place("initializer"))


def _tensor(spec: TensorSpec, place: Place) -> Value:
    return tensor_from(spec, place, Mask(place) if spec.masked else None)


def user_call_names(engine: Engine, layer: LayerObject) -> tuple[str, ...] | None:
    """The parameters of the user's `call`, without self; None when the class has none of its own."""
    found = engine.find_method(layer, "call")
    return None if written(found) is None else parameters_of(found)


def parameters_of(found: Value) -> tuple[str, ...]:
    """The parameters of a user's method, without self; a `*rest` stands for many."""
    function = written(found)
    if function is None:
        return ()
    spec = function.node.args
    names = [a.arg for a in [*spec.posonlyargs, *spec.args]]
    if spec.vararg is not None:
        names.extend(["~rest"] * 20)
    names.extend(a.arg for a in spec.kwonlyargs)
    return tuple(names[1:])


def run_user_layer(layer: LayerObject, use: Use) -> Outcome | None:
    """Follow the user's `build` and `call`; None when the class inherits `call` from the library."""
    engine = use.engine
    from .own_mask import own_mask
    from .stated_output import data_like, stated_output

    own_call = engine.find_method(layer, "call")
    if own_call is None:
        _refuse_without_call(layer, use)
        return None
    if depth() > 12:
        return Outcome(UNKNOWN_SPEC, weights_unknown="calls are nested too deeply", mask="lose")
    gaps = len(engine.record.gaps)
    if not layer.built:
        own_build = engine.find_method(layer, "build")
        if own_build is not None:
            ask_with_shapes(own_build, layer, use)
        elif layer.type_name not in ("keras.layers.Layer", "keras.Model", "keras.Sequential"):
            _build_as_library(layer, use)
        layer.built = True
    stated = stated_output(layer, use)
    later: list[LayerObject] = []
    if stated is not None and engine.find_method(layer, "build") is not None:
        later = [inner for inner in sublayers_of(layer) if not inner.built]
    values = use.kwargs.get("~values")
    again = use.kwargs.get(AGAIN)
    before: dict[str, Value] = {} if again is None else {"": again.given, **again.kwargs}
    inputs = values if values is not None else _nested_as_before(use.inputs, before.get(""), use)
    if stated is not None:
        inputs = data_like(values, use.inputs, layer, use)
    names = user_call_names(engine, layer) or ()
    kwargs: dict[str, Value] = {}
    rest: list[Value] = []
    for name, value in use.kwargs.items():
        seen = _nested_as_before(value, before.get(name), use) if flat_specs(value) else value
        if stated is not None and flat_specs(value):
            seen = data_like(seen, value, layer, use)
        if name == "~rest":
            rest.append(seen)
        elif not is_private(name):
            kwargs[name] = seen
    if "training" in kwargs and "training" not in names and not _takes_keywords(own_call):
        del kwargs["training"]
    with inside(_is_traced(layer, use), (inputs, tuple(rest), tuple(kwargs.values())), quiet=is_quiet(use)):
        result = engine.call(own_call, [inputs, *rest], kwargs, place=use.place)
    function = written(own_call)
    if result is None and function is not None and returns_nothing(function.node):
        result = Nothing(f"`{layer.class_name}.call` returns nothing", use.place, function=function)
    layer.state["nothing"] = result if isinstance(result, Nothing) else None
    _refuse_other_outputs(layer, use, function, result)
    lost = (is_unknown(result) and not isinstance(result, Nothing)) or len(engine.record.gaps) > gaps
    if lost:
        _doubt(layer, "its `call` can't be followed to the end")
    else:
        leave_out(layer)
    if isinstance(layer, ModelObject) and layer.kind == "Subclass":
        refresh(layer)
    supports = layer.attributes.get("supports_masking")
    mask: Any = "lose" if isinstance(supports, Unknown) else "keep" if supports is True else "destroy"
    if written(engine.find_method(layer, "compute_mask")) is not None:
        mask = own_mask(layer, use)
    if stated is not None:
        for inner in later:
            inner.weights_unknown = inner.weights_unknown or "it is built when data come"
        return Outcome(stated, mask=mask)
    return Outcome(to_specs(result), mask=mask, like=result)


def _nested_as_before(specs: Specs, before: Value, use: Use) -> Value:
    """Tensors of these specs, in the lists and dicts in which the program first gave them."""
    tensors: Value = map_specs(lambda spec, _: _tensor(spec, use.place), specs)
    found = leaves(tensors)
    return nested_like(before, found) if children(before) and len(leaves(before)) == len(found) else tensors


@finishing("build")
def note_built(engine: Engine, done: BoundMethod) -> None:
    """Keras 3 takes a layer for built once its `build` has been run, whoever has called it: not the parent's, which `super().build()` runs."""
    layer = done.receiver
    if isinstance(layer, LayerObject) and engine.keras_major >= 3:
        layer.built = layer.built or written(engine.find_method(layer, "build")) is done.function


def _refuse_other_outputs(layer: LayerObject, use: Use, own_call: FunctionValue | None, result: Value) -> None:
    """What a `call` gives back of symbolic tensors for the graph are tensors, every one of them; only nothing at all is let pass."""
    if result is None or use.engine.keras_major < 3 or is_open(result) or not _is_traced(layer, use):
        return
    other = [leaf for leaf in leaves(result) if is_plain(leaf) and not (leaf is None and _asks_for_sizes(own_call))]
    if other:
        raise Refusal(
            Fault(
                "output-not-tensor", use.moment, use.place, layer, "tensors", repr(other[0]), (),
                f"All operation outputs must be tensors. `{layer.class_name}.call` returned a non-tensor: {other[0]!r}",
                details={"value": other[0]},
            ),
            "ValueError",
        )  # fmt: skip


def _asks_for_sizes(own_call: FunctionValue | None) -> bool:
    """May a None be a size that is open, which is a tensor there (`ops.shape(x)[0]`)?"""
    return own_call is None or any(
        (isinstance(node, ast.Attribute) and "shape" in node.attr)
        or (isinstance(node, ast.Name) and "shape" in node.id)
        for node in walk(own_call.node)
    )


def _refuse_without_call(layer: LayerObject, use: Use) -> None:
    """A layer or model of the user's without a `call`: Keras 3 can't run it. While it builds a Sequential, it takes that for a layer of unknown shape."""
    values = use.kwargs.get("~values")
    if use.engine.keras_major < 3 or is_quiet(use) or values is None or not lacks_call(layer, use.engine):
        return
    cls = layer.user_class
    stated = cls is not None and cls.defines("compute_output_shape", "compute_output_spec")
    if stated and tensors_in(values) and not inside_call():
        return
    raise Refusal(
        Fault(
            "no-call", use.moment, use.place, layer, "a method `call`", "none", (),
            f"{'Model' if isinstance(layer, ModelObject) else 'Layer'} {layer.class_name} does not have a `call` method implemented.",
        ),
        "NotImplementedError",
    )  # fmt: skip


def lacks_call(layer: LayerObject, engine: Engine) -> bool:
    """Has an object of the user's class surely no `call`, neither its own nor one that it inherits?"""
    cls = layer.user_class
    if cls is None or layer.type_name not in _WITHOUT_CALL or layer.approximate or "call" in layer.attributes:
        return False
    if isinstance(layer, ModelObject) and layer.kind != "Subclass":
        return False
    for base in cls.mro():
        if isinstance(base, ClassValue):
            if not base.attributes.keys().isdisjoint(_CALLING):
                return False
        elif not isinstance(base, External) or not (base.name in _WITHOUT_CALL or base.name in _NEUTRAL):
            return False
    return not any(f"{name}.call" in engine.put for name in _WITHOUT_CALL)


_WITHOUT_CALL = ("keras.layers.Layer", "keras.Model")
_NEUTRAL = ("builtins.object", "abc.ABC", "typing.Generic")
_CALLING = ("call", "__call__", "__getattr__", "__getattribute__", "symbolic_call", "stateless_call")
"""What a class may have instead, so that its `call` is not missed."""


def _is_traced(layer: LayerObject, use: Use) -> bool:
    """Does Keras run the user's `call` on symbolic tensors? It doesn't where the class says itself what comes out."""
    own = ("compute_output_shape", "compute_output_spec")
    return on_symbols(use) and all(written(use.engine.find_method(layer, name)) is None for name in own)


def required_by_call(engine: Engine, layer: LayerObject) -> tuple[str, ...]:
    """The parameters of the user's `call` that have no default, without self; none when the class has no `call` of its own."""
    found = engine.find_method(layer, "call")
    function = found.function if isinstance(found, BoundMethod) else None
    if not isinstance(function, FunctionValue) or not isinstance(function.node.args, ast.arguments):
        return ()
    spec = function.node.args
    places = [a.arg for a in [*spec.posonlyargs, *spec.args]]
    places = places[1 : len(places) - len(spec.defaults)]
    return (*places, *(a.arg for a, default in zip(spec.kwonlyargs, spec.kw_defaults) if default is None))


def _takes_keywords(found: Value) -> bool:
    function = written(found)
    return (
        function is not None and isinstance(function.node.args, ast.arguments) and function.node.args.kwarg is not None
    )


def _build_as_library(layer: LayerObject, use: Use) -> None:
    """A subclass of a library layer that has its own `call` but the library's `build`."""
    from .spec import find_layer

    knowledge = find_layer(layer.type_name)
    if knowledge is None or layer.arguments is None:
        layer.weights_unknown = f"`{layer.class_name}` builds its weights in a class that is not known here"
        return
    outcome = knowledge.run(use)
    check_initializers(use, outcome.weights)
    layer.weights.extend(outcome.weights)
    layer.weights_unknown = outcome.weights_unknown
    layer.input_spec = outcome.spec


def _doubt(layer: LayerObject, reason: str) -> None:
    """What the lost part of a `call` may have built is not known."""
    for inner in sublayers_of(layer):
        if not inner.built and inner.weights_unknown is None:
            inner.weights_unknown = reason
        elif inner.built and inner.user_class is not None:
            _doubt(inner, reason)


def refresh(model: ModelObject) -> None:
    """`model.layers` of a subclassed model: the layers in its attributes, in the order in which they were set."""
    model.layers = sublayers_of(model)


_OF_SEQUENCES = frozenset(
    f"keras.layers.{name}"
    for name in ("RNN", "SimpleRNN", "LSTM", "GRU", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
)
"""Layers whose `build` calls its argument `sequences_shape` in Keras 3."""

_SHAPES = ("input_shape", "sequences_shape")
_UNSEEN = "it is built on a shape that can't be seen"


@method("keras.layers.Layer.build")
def build_layer(call: Call) -> Value:
    """`layer.build(input_shape)`: of a library layer, builds its weights; `super().build(...)` of a user's does nothing."""
    layer = call.receiver
    if not isinstance(layer, LayerObject) or isinstance(layer, ModelObject):
        return None
    if "input_shape" in call.kwargs and layer.type_name in _OF_SEQUENCES and call.engine.keras_major >= 3:
        call.refuse(
            "unknown-argument", "", "input_shape", f"{layer.class_name}.build() got an unexpected keyword argument 'input_shape'",
            exception="TypeError", moment=Moment.BUILD, blamed=(call.kwarg_places.get("input_shape"),), argument="input_shape",
            accepted=["sequences_shape", "initial_state_shape"], subject=layer, instead="sequences_shape",
        )  # fmt: skip
    if layer.user_class is not None and layer.type_name == "keras.layers.Layer":
        layer.built = True
        return None
    given = next((v for v in (*call.args, *map(call.kwargs.get, _SHAPES)) if v is not None), None)
    if layer.built or given is None or isinstance(given, Unknown):
        if not layer.built and (given is not None or call.kwargs or call.open):
            layer.weights_unknown = given.reason if isinstance(given, Unknown) else _UNSEEN
        return None
    from .calling import run_layer
    from .spec import find_layer

    shape = to_shape(given)
    if shape.dims is None or find_layer(layer.type_name) is None:
        layer.weights_unknown = layer.weights_unknown or _UNSEEN
        return None
    use = Use(layer, TensorSpec(shape), call.place, call.engine, {}, Moment.BUILD)
    try:
        if layer.user_class is not None:
            _build_as_library(layer, use)
            layer.built = True
        else:
            run_layer(layer, use)
    except Refusal:
        layer.weights_unknown = "it is built on a shape that it can't be called with"
    return None


@method("keras.layers.Layer.call")
def call_library(call: Call) -> Value:
    """`super().call(x)` inside a user's subclass of a library layer, or `layer.call(x)`."""
    layer = call.receiver
    from .spec import find_layer

    if not isinstance(layer, LayerObject) or not call.args:
        return call.unknown("the layer is not known")
    knowledge = find_layer(layer.type_name)
    if knowledge is None or layer.arguments is None or is_unknown(call.args[0]):
        return call.unknown("the library's own `call` is not known here")
    kwargs = {k: to_specs(v) if k not in ("training",) else v for k, v in call.kwargs.items() if v is not None}
    outcome = knowledge.run(Use(layer, to_specs(call.args[0]), call.place, call.engine, kwargs))
    return map_specs(lambda spec, _: _tensor(spec, call.place), outcome.output)


__all__ = ["Array", "inside_call", "run_user_layer", "user_call_names"]


def follow_function(found: Value, use: Use, kwargs: dict[str, Value] | None = None) -> Value:
    """What a Lambda layer's function makes of its input; Unknown where that can't be told."""
    if isinstance(found, Unknown) or found is None or depth() > 12:
        return Unknown("what the function makes is not known", use.place)
    # a Sequential stays unbuilt, without a word, where the function ends in an exception
    call = use.engine.attempt if is_quiet(use) and not inside_call() else use.engine.call
    with inside(on_symbols(use), quiet=is_quiet(use)):
        values = map_specs(lambda spec, _: _tensor(spec, use.place), use.inputs)
        return call(found, [values], kwargs or {}, place=use.place)


def says_nothing_of(cls: ClassValue, *words: str) -> bool:
    """Stands none of these words in a name of a class, or of those of the program that it inherits from? All others are Keras's."""
    if not all(
        isinstance(c, ClassValue) or (isinstance(c, External) and c.name.startswith("keras.")) for c in cls.mro()
    ):
        return False
    own = [c.node for c in cls.mro() if isinstance(c, ClassValue)]
    found = (
        name for node in walk(*own) for name in (getattr(node, part, None) for part in ("id", "attr", "arg", "name"))
    )
    return not any(isinstance(name, str) and any(word in name.lower() for word in words) for name in found)
