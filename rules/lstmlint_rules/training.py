"""How the rules about training speak: of arrays and where they come from, of what a model wants, of targets against outputs."""

from __future__ import annotations

import ast
from typing import Any

from lstmlint.diagnostic import Edit, ShapePair
from lstmlint.dims import same
from lstmlint.edits import replace, unsafe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Compile, Program
from lstmlint.rule import Finding
from lstmlint.shapes import Shape
from lstmlint.values import Array, LayerObject, ModelObject

from .evidence import line

AXES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "TimeDistributed"), ("batch", "timesteps", "features")),
    **dict.fromkeys(("Conv1D", "SeparableConv1D", "MaxPooling1D", "AveragePooling1D"), ("batch", "timesteps", "channels")),
    **dict.fromkeys(("Conv2D", "SeparableConv2D", "DepthwiseConv2D", "MaxPooling2D", "Conv2DTranspose"), ("batch", "height", "width", "channels")),
    **dict.fromkeys(("ConvLSTM2D",), ("batch", "timesteps", "height", "width", "channels")),
    **dict.fromkeys(("Conv3D",), ("batch", "depth", "height", "width", "channels")),
    "Embedding": ("batch", "timesteps"),
}  # fmt: skip
"""What the axes of a layer's input mean."""


def named(array: Any, fallback: str) -> str:
    """The user's name of an array in backticks, or what we call it else."""
    name = array.name if isinstance(array, Array) else None
    return f"`{name}`" if name else fallback


def loss_or_metric(fault: Fault) -> str:
    """What of `compile` the fault is about, in a word."""
    return "metric" if "metrics" in str(fault.details["argument"]) else "loss"


def counted(number: Any, what: str) -> str:
    """So many of something: "1 sample", "3 samples"."""
    return f"{number} {what}" if str(number) == "1" else f"{number} {what}s"


def subject(fault: Fault, argument: str, array: Any) -> str:
    """The array's name, or the argument as it is written when it is short, or "the data"."""
    if isinstance(array, Array) and array.name:
        return f"`{array.name}`"
    words = {"x": "The data", "y": "The targets"}
    return words.get(argument, f"`{argument}`")


def origin(array: Any) -> tuple[tuple[str, Place], ...]:
    """Where an array is made, with its shape, as a labelled place; empty where that isn't known."""
    if not isinstance(array, Array):
        return ()
    place = array.made.place if array.made is not None and array.made.place is not None else array.place
    if place is None:
        return ()
    whole = array.facts.get("whole") or array.facts.get("series") or array
    return ((f"{named(array, 'it')} is {whole.shape} here", place),)


def model_input(fault: Fault) -> str:
    """What the model wants, in words: "(batch, timesteps, features) = (None, 5, 4) because of the LSTM on line 7"."""
    expected: Shape = fault.details["expected"]
    layer = fault.details.get("consumer")
    axes = AXES.get(layer.class_name) if isinstance(layer, LayerObject) else None
    if axes is None and expected.rank == 2:
        axes = ("batch", "features")
    words = f"({', '.join(axes)}) = {expected}" if axes is not None and len(axes) == expected.rank else str(expected)
    if isinstance(layer, LayerObject) and layer.place is not None:
        words += f" because of the {layer.class_name} on {line(layer.place)}"
    return words


def with_batch(shape: Shape, batch: str = "batch") -> str:
    """A shape whose first axis is called by name: "(batch, 5, 1)"."""
    if shape.dims is None:
        return "of unknown shape"
    inner = ", ".join([batch, *(str(d) for d in shape.dims[1:])])
    return f"({inner},)" if len(shape.dims) == 1 else f"({inner})"


def target_name(fault: Fault) -> str:
    """The targets under the user's name."""
    return named(fault.details.get("target"), "the targets")


def targets(fault: Fault, one: str, many: str) -> str:
    """The targets under the user's name, with what they do: "`y` is", "the targets are"."""
    return target_words(fault.details.get("target"), one, many)


def target_words(array: Any, one: str, many: str) -> str:
    """The same for the array itself."""
    name = named(array, "the targets")
    return f"{name} {one if name.startswith('`') else many}"


def output_words(fault: Fault) -> str:
    """What the model returns and which layer makes it: "(batch, 5, 1) (the Dense on line 7)"."""
    layer = fault.details.get("layer")
    words = with_batch(fault.details["output_shape"])
    if isinstance(layer, LayerObject) and layer.place is not None:
        words += f" (the {layer.class_name} on {line(layer.place)})"
    return words


def related(fault: Fault) -> tuple[tuple[str, Place], ...]:
    """The places of a target story: where the targets are made, the output layer, the loss."""
    found = [*origin(fault.details.get("target"))]
    layer = fault.details.get("layer")
    if isinstance(layer, LayerObject) and layer.place is not None:
        found.append((f"the output is {with_batch(fault.details['output_shape'])} here", layer.place))
    compiled = fault.details.get("compile")
    place = compiled.arguments.place("loss") if compiled is not None else None
    if place is not None and "loss" in fault.details:
        found.append((f"the loss is {fault.details['loss']} here", place))
    return tuple(found)


def pair(fault: Fault) -> ShapePair:
    """Expected: the output's shape; got: the targets'."""
    return ShapePair(with_batch(fault.details["output_shape"]), str(fault.details["target_shape"]))


def mistake(fault: Fault, program: Program) -> Any:
    """What identifies the mistake behind a fault of fit, evaluate or predict: the first call in which the same model gets the same shapes."""
    mine = _signature(fault)
    first = next((f for f in program.faults if f is fault or (mine is not None and _signature(f) == mine)), fault)
    return first.place.node


def _signature(fault: Fault) -> tuple[Any, ...] | None:
    model, got = fault.details.get("model"), fault.details.get("target_shape")
    if not isinstance(model, ModelObject) or model.place is None or not isinstance(got, Shape) or got.dims is None:
        return None
    return fault.kind, id(model.place.node), tuple(map(str, got.dims[1:])), str(fault.details.get("output_shape"))


def against_output(fault: Fault, program: Program, consequence: str, advice: str) -> Finding:
    """The finding for targets that are not what the model returns: both shapes, what the loss does with them, what to write."""
    return Finding(
        fault.place,
        f"The model returns {output_words(fault)}, but {targets(fault, 'is', 'are')} {fault.details['target_shape']}{consequence} {advice}",
        related=related(fault),
        shapes=pair(fault),
        key=mistake(fault, program),
    )


def labels_against_loss(fault: Fault, program: Program, holds: str, wants: str, advice: str, better: str) -> Finding:
    """The finding for labels in another encoding than the loss's: what the targets hold, what the loss wants, what to write.

    `better` is the loss for the labels as they are, as a function ("categorical_crossentropy").
    """
    name = target_name(fault)
    verb = "holds" if name.startswith("`") else "hold"
    return Finding(
        fault.place,
        f"{name[:1].upper()}{name[1:]} {fault.details['target_shape']} {verb} {holds}, but {fault.details['loss']} {wants}. {advice}",
        related=related(fault),
        shapes=pair(fault),
        fix=unsafe_fix(f"Use {better}.", other_loss(fault.details.get("compile"), better)),
        key=mistake(fault, program),
    )


def other_loss(compiled: Any, better: str) -> Edit | None:
    """The edit that compiles with another loss, where the old one is written as a string or as `losses.Class()`; None else."""
    place = compiled.arguments.place("loss") if isinstance(compiled, Compile) else None
    if place is None:
        return None
    if isinstance(place.node, ast.Constant) and isinstance(place.node.value, str):
        return replace(place, f"{place.text[0]}{better}{place.text[0]}")
    function = (
        place.node.func if isinstance(place.node, ast.Call) and not place.node.args + place.node.keywords else None
    )
    if not isinstance(function, ast.Attribute):
        return None
    whole = Place(place.tree, function)
    return replace(whole, whole.text[: -len(function.attr)] + "".join(word.capitalize() for word in better.split("_")))


def is_sequence_against_samples(fault: Fault) -> bool:
    """One value per timestep comes out, and there is one target per sample."""
    true, predicted = fault.details["true"], fault.details["predicted"]
    if true.rank is None or predicted.rank != 3 or true.rank > 2:
        return False
    steps, last = predicted[1].known, predicted[2].known
    if true.rank == 1:
        return bool(steps != 1)
    columns = true[1].known
    if columns is None:
        return same(true[1], predicted[2]) is True and same(true[1], predicted[1]) is not True
    return bool(columns != steps and (columns == 1 or columns == last))


def sequence_layer(fault: Fault) -> LayerObject | None:
    """The last recurrent layer before the output that returns its whole sequence."""
    model = fault.details.get("model")
    layers = getattr(model, "layers", [])
    for layer in reversed(layers):
        inner = layer.sublayers[0] if layer.class_name == "Bidirectional" and layer.sublayers else layer
        if inner.arguments is not None and inner.class_name in ("LSTM", "GRU", "SimpleRNN"):
            return layer if inner.arguments.get("return_sequences") is True else None
    return None


_OF_STEPS = (
    "Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention", "Conv1D", "SeparableConv1D", "MaxPooling1D",
    "AveragePooling1D",
)  # fmt: skip
"""Layers that read a sequence and return one."""


def one_value_each(fault: Fault, layer: LayerObject) -> str:
    """How a model whose last recurrent layer returns its sequence gives one value for each sample; words that a comma may follow."""
    layers = getattr(fault.details.get("model"), "layers", [])
    at = next((i for i, one in enumerate(layers) if one is layer), len(layers))
    reader = next((one for one in layers[at + 1 :] if one.class_name in _OF_STEPS), None)
    last = fault.details.get("layer")
    if reader is not None and isinstance(last, LayerObject) and last is not reader:
        return f"The {reader.class_name} returns a sequence too: put GlobalAveragePooling1D() in front of the {last.class_name} on {line(last.place)}"
    out = f"Leave return_sequences=True out of the {layer.class_name} on {line(layer.place)}"
    if any(one.class_name == "TimeDistributed" for one in layers[at + 1 :]):
        out += " and use what is in the TimeDistributed without it"
    return out


def samples_in_input(expected: Shape) -> str | None:
    """What to write instead, where the Input names the number of samples as well (`input_shape=X.shape`)."""
    origin = expected[1].origin if expected.rank is not None and expected.rank > 1 else None
    if origin is None or not origin.label.endswith(".shape[0]"):
        return None
    name = origin.label.removesuffix(".shape[0]")
    return f"The input shape begins with {expected[1]}, the number of samples of `{name}`, but Keras adds the batch axis itself. Write {name}.shape[1:]."


def one_label_each(true: Shape, predicted: Shape) -> bool:
    """One number for each sample (and timestep) where the output has a row of classes?"""
    if true.rank is None or predicted.rank is None:
        return False
    rows = true.rank > 1 and same(true[-1], predicted[-1]) is True and same(true[-1], predicted[-2]) is not True
    if rows and true.rank == predicted.rank - 1:  # a row of classes for each sample: it is the output that has more
        return False
    return true.rank == predicted.rank - 1 or (
        true.rank == predicted.rank and true[-1].known == 1 and predicted[-1].known != 1
    )


def bare(fault: Fault) -> str:
    """The targets' name without backticks, "y" when they have none."""
    target = fault.details.get("target")
    return target.name if isinstance(target, Array) and target.name else "y"


def advice(fault: Fault) -> str:
    """What to write so that targets and outputs have the same shape."""
    true, predicted = fault.details["true"], fault.details["predicted"]
    loss = fault.details["loss"]
    if true.rank is None or predicted.rank is None:
        return "Give them the same shape."
    if (
        loss == "binary_crossentropy"
        and predicted.rank == 2
        and predicted[-1].known == 2
        and (true.rank == 1 or true[-1].known == 1)
    ):
        return (
            'For two classes use Dense(1, activation="sigmoid"), or sparse_categorical_crossentropy with the two units.'
        )
    if loss == "binary_crossentropy" and predicted.rank == 2 and true.rank == 1:
        return "For several classes use sparse_categorical_crossentropy with one unit per class."
    if (lacking := _pooling(fault)) is not None:
        return lacking
    if true.rank == predicted.rank + 1 and _alike(true.slice(2), predicted.slice(1)):
        return _whole_sequence(fault)
    if true.rank == predicted.rank == 2 and true[-1].known != predicted[-1].known:
        return f"Give the last layer {true[-1]} units, one for each column of {target_name(fault)}."
    if true.rank == predicted.rank and true.rank > 2:
        return "Both need the same timesteps and the same last axis."
    if true.rank == 1 and predicted.rank == 2:
        return "Give the last layer one unit, or the targets one column for each unit."
    return f"Give {target_name(fault)} the shape of the output, or change the last layers."


def _alike(a: Shape, b: Shape) -> bool:
    return a.rank == b.rank and all(same(x, y) is True for x, y in zip(a, b))


def _pooling(fault: Fault) -> str | None:
    """What makes one vector of each sample where the output keeps the axes of convolutions and the targets are one row for each sample."""
    true, predicted, layer = fault.details["true"], fault.details["predicted"], fault.details.get("layer")
    if (
        true.rank not in (1, 2)
        or predicted.rank not in (3, 4)
        or not isinstance(layer, LayerObject)
        or layer.class_name != "Dense"
    ):
        return None
    if true.rank == 2 and same(true[1], predicted[-1]) is not True and true[1].known != 1:
        return None
    sizes = [d.known for d in predicted.slice(1, -1)]
    each = "each of " + " x ".join(map(str, sizes)) if None not in sizes else "each"
    place = "timestep" if predicted.rank == 3 else "place"
    return (
        f"The Dense on {line(layer.place)} is applied to {each} {place}{'s' if None not in sizes else ''}: put Flatten() or "
        f"GlobalAveragePooling{predicted.rank - 2}D() in front of it."
    )


def _whole_sequence(fault: Fault) -> str:
    """What to write where the targets have one value for each timestep and the output has one for each sample."""
    name = target_name(fault)
    true, layers = fault.details["true"], getattr(fault.details.get("model"), "layers", [])
    ends = next((one for one in reversed(layers) if _returns_last_step(one)), None)
    if ends is None:
        return f"Give {name} the shape of the output, or change the last layers."
    return (
        f"The {ends.class_name} on {line(ends.place)} returns only its last step: for each of the {true[1]} steps of {name} it needs "
        f"return_sequences=True, or give only the last one, {bare(fault)}[:, -1]."
    )


def _returns_last_step(layer: LayerObject) -> bool:
    inner = layer.sublayers[0] if layer.class_name == "Bidirectional" and layer.sublayers else layer
    named_so = (
        inner.class_name in ("LSTM", "GRU", "SimpleRNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
        and inner.user_class is None
    )
    return named_so and inner.arguments is not None and inner.arguments.get("return_sequences") is False


def metric_advice(fault: Fault) -> str:
    """A metric that fits the labels."""
    true, predicted = fault.details["true"], fault.details["predicted"]
    if true.rank is not None and predicted.rank is not None and one_label_each(true, predicted):
        if true.rank == 1 and predicted.rank == 2 and predicted[-1].known == 1:
            return "Give the labels the axis of the output: labels.reshape(-1, 1)."
        return 'For integer labels use "accuracy" or keras.metrics.SparseCategoricalAccuracy(), or make the labels one-hot.'
    return "Choose a metric for this kind of targets, or change their shape."
