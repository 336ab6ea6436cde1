"""From rows to a model: every layer of an architecture made and applied, as if the program had done it itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...dims import Dim, same
from ...faults import Moment
from ...knowledge import Call, bind
from ...shapes import Shape
from ...values import Arguments, BoundArgument, LayerObject, ListValue, Tensor, Unknown, Value, int_value
from ..calling import apply_layer
from ..functional import construct_model
from ..graph import INPUT_LAYER
from ..inputs import make_input_layer
from ..naming import snake_case
from ..objects import construct_layer
from .architecture import Architecture, Row, Variant, architecture, width
from .requirements import Request, understood

OTHERWISE_IN_KERAS_2 = ("ConvNeXt", "DenseNet", "MobileNetV3")
"""Of these families Keras 2 has other layers, or gives them other names."""


class NotKnown(Exception):
    """The architecture depends on something that is not known."""


def construct(call: Call) -> Value:
    """The model that this call makes; unknown, with a reason, where it depends on what is not known."""
    name = call.name.rpartition(".")[2]
    found = architecture(name)
    if call.engine.keras_major < 3 and (name.startswith(OTHERWISE_IN_KERAS_2) or not _taken_by_both(call, found)):
        return call.unknown(f"the architecture of `{name}` with these arguments is known for Keras 3 only")
    arguments = bind(call, found.signature)
    if call.open:
        return call.unknown(f"the arguments of `{name}` come from a `*` or `**` that can't be seen into")
    if call.engine.keras_major < 3 and name.startswith("EfficientNetB") and arguments["weights"] is not None:
        return call.unknown(f"what `{name}` does first to scale its images differs among the versions of Keras 2")
    if call.engine.record.settings.get("image_data_format", "channels_last") != "channels_last":
        return call.unknown(f"the architecture of `{name}` is known for images with their channels last only")
    request = understood(call, name, found, arguments)
    if isinstance(request, str):
        return call.unknown(f"`{name}` can't be built: {request}")
    tensor = arguments.get("input_tensor")
    if isinstance(tensor, Unknown) or (tensor is not None and not isinstance(tensor, Tensor)):
        return call.unknown(f"`{name}` can't be built: its input tensor is not known")
    try:
        build = _Build(call, name, arguments, request)
        variant = found.variants[_variant(call, arguments, found.variants, request, tensor)]
        output = build.run(
            [*_head(call, name, arguments, variant, request), *variant.body, *_tail(arguments, variant, request)],
            tensor,
        )
    except NotKnown as reason:
        return call.unknown(f"`{name}` can't be built: {reason}")
    inputs: Value = build.source if tensor is None else ListValue(list(sources(tensor)))
    if not inputs or (isinstance(inputs, ListValue) and not inputs.items):
        return call.unknown(f"`{name}` can't be built: where its input tensor comes from is not known")
    if isinstance(inputs, ListValue) and name.startswith("ConvNeXt"):
        inputs = inputs.items[0]
    title = _title(name, arguments, request)
    return construct_model(
        Call("keras.Model", [], {"inputs": inputs, "outputs": output, "name": title}, call.place, call.engine)
    )  # fmt: skip


def _taken_by_both(call: Call, found: Architecture) -> bool:
    """Are these arguments some that Keras 2 takes as Keras 3 does? A name for the model is new."""
    known = {parameter.name for parameter in found.signature} - {"name"}
    return len(call.args) <= len(known) and known >= call.kwargs.keys()


def _variant(call: Call, arguments: Arguments, variants: Any, request: Request, tensor: Value) -> str:
    if "minimalistic" in variants:
        minimalistic = call.engine.truth(arguments["minimalistic"])
        if minimalistic is None:
            raise NotKnown("whether it is minimalistic is not known")
        return "minimalistic" if minimalistic else ""
    if "open" in variants:
        size = tensor.shape.get(2) if isinstance(tensor, Tensor) else request.shape.get(1)
        if size.is_unknown:
            raise NotKnown("its graph depends on the width of the images")
        return "open" if size.is_none else ""
    return ""


def _head(call: Call, name: str, arguments: Arguments, variant: Variant, request: Request) -> tuple[Row, ...]:
    if "imagenet" in variant.heads:
        if request.imagenet is None:
            raise NotKnown("it scales its input only for weights of its own")
        return variant.heads["imagenet" if request.imagenet else ""]
    if "without" in variant.heads:
        wanted = call.engine.truth(arguments["include_preprocessing"])
        if wanted is None:
            raise NotKnown("whether it prepares its input is not known")
        if not wanted:
            return variant.heads["without"]
        if "channels" in variant.heads:
            three = same(request.shape.get(-1), Dim(3))
            if three is None:
                raise NotKnown("how it prepares its input depends on the channels")
            return variant.heads["" if three else "channels"]
    return variant.heads[""]


def _tail(arguments: Arguments, variant: Variant, request: Request) -> tuple[Row, ...]:
    if request.include_top:
        if "top" not in variant.tails:
            raise NotKnown("it needs a fixed size")
        return variant.tails["top"]
    pooling = arguments["pooling"]
    if isinstance(pooling, Unknown):
        raise NotKnown("how it pools is not known")
    return variant.tails[pooling if pooling in ("avg", "max") else "none"]  # Keras takes anything else for None


def _title(name: str, arguments: Arguments, request: Request) -> Value:
    title = arguments["name"]
    if title is not None or name not in ("MobileNet", "MobileNetV2"):
        return title
    alpha, rows, columns = arguments["alpha"], request.shape.get(0), request.shape.get(1)
    if not isinstance(alpha, (int, float)) or (rows.known is None and not rows.is_none):
        return Unknown("the model's name depends on what is not known", kind="str")
    sizes = (96, 128, 160, 192, 224) if name == "MobileNetV2" else (128, 160, 192, 224)
    side: Any = None if rows.is_none else rows.known
    if request.imagenet and (side not in sizes or columns.known != side):
        side = 224
    return f"{name.lower()}_{alpha:0.2f}_{side}"


def sources(tensor: Tensor) -> Iterator[Tensor]:
    """Keras's `get_source_inputs`: the Inputs that a tensor is made from."""
    seen: set[int] = set()
    queue = [tensor]
    while queue:
        one = queue.pop(0)
        if one.uid in seen:
            continue
        seen.add(one.uid)
        if isinstance(one.facts.get(INPUT_LAYER), LayerObject):
            yield one
            continue
        from ..tensors import tensors_in

        if one.call is not None:
            queue.extend(tensors_in(one.call.inputs))
        elif one.made is not None:
            queue.extend(t for value in one.made.inputs for t in tensors_in(value))


@dataclass(slots=True)
class _Build:
    """The rows of one model, applied one by one."""

    call: Call
    name: str
    arguments: Arguments
    request: Request
    source: Tensor | None = None
    made: list[Value] = field(default_factory=list)

    def run(self, rows: list[Row], tensor: Tensor | None) -> Value:
        for row in rows:
            self.made.append(tensor if tensor is not None and not self.made else self.apply(row))
        return self.made[-1]

    def apply(self, row: Row) -> Value:
        engine, place = self.call.engine, self.call.place
        if row.kind == "InputLayer":
            layer = make_input_layer(
                engine, self.request.shape.insert(0, None) if self.request.shape.dims else Shape(None), place
            )
            self.source = layer.state["tensor"]
            return self.source
        inputs = [self.made[len(self.made) - back] for back in row.inputs]
        value: Value = inputs[0] if len(inputs) == 1 else ListValue(inputs)
        config = dict(row.config)
        if "same" in config and self.evaluated(config["same"][0], value) != self.evaluated(config["same"][1], value):
            return inputs[-1]
        config.pop("same", None)
        if "only_if" in config and not self.positive(self.evaluated(config.pop("only_if"), value)):
            return inputs[-1]
        if row.kind.startswith("ops."):
            return self.operation(row, inputs)
        return apply_layer(engine, self.layer(row.kind, row.name, config, value), value, place)

    def positive(self, rate: Value) -> bool:
        if not isinstance(rate, (int, float)):
            raise NotKnown("its dropout rate is not known")
        return rate > 0

    def layer(self, kind: str, name: str | None, config: dict[str, Any], value: Value) -> LayerObject:
        engine, place = self.call.engine, self.call.place
        if kind == "Sequential":
            inner = [self.layer(k, n, c, value) for k, n, c in config["layers"]]
            from ..sequential import construct_sequential

            made = construct_sequential(
                Call("keras.Sequential", [], {"layers": ListValue(inner), "name": name}, place, engine)
            )
            engine.record.models.remove(made)
            assert isinstance(made, LayerObject)
            return made
        arguments: dict[str, Value] = {key: self.evaluated(v, value) for key, v in config.items()}
        if isinstance(arguments.get("axis"), tuple) and len(arguments["axis"]) == 1:
            arguments["axis"] = arguments["axis"][0]
        if kind in ("LayerScale", "CustomScaleLayer"):
            own = LayerObject(f"keras.applications.{kind}", place=place)
            own.arguments = Arguments({k: BoundArgument(v) for k, v in arguments.items()})
            own.name = name or engine.name_for(snake_case(kind))
            return own
        if name is not None:
            arguments["name"] = name
        layer = construct_layer(Call(f"keras.layers.{kind}", [], arguments, place, engine))
        assert isinstance(layer, LayerObject)
        return layer

    def evaluated(self, value: Any, inputs: Value) -> Value:
        """A configuration's value, with the marks in it replaced."""
        if isinstance(value, str) and value.startswith("$"):
            return self.arguments[value[1:]]
        if isinstance(value, dict) and "width" in value:
            alpha = self.arguments["alpha"]
            if not isinstance(alpha, (int, float)):
                raise NotKnown("its width `alpha` is not known")
            base, factors, rounding = value["width"]
            return width(base, factors, rounding, alpha)
        if isinstance(value, dict):
            return self.padding(value["pad"], inputs)
        return tuple(self.evaluated(v, inputs) for v in value) if isinstance(value, list) else value

    def padding(self, kernel: int, inputs: Value) -> Value:
        """Keras's `correct_pad`: as much padding as a strided window of this size needs on an image of this size."""
        height, wide = (
            (inputs.shape.get(1), inputs.shape.get(2)) if isinstance(inputs, Tensor) else (Dim(None), Dim(None))
        )
        half = kernel // 2
        if height.is_none:
            return ((half - 1, half), (half - 1, half))
        if wide.is_none and height.known is not None:
            self.call.refuse(
                "undefined-axis", "a height and a width, or neither", str(self.request.shape),
                "unsupported operand type(s) for %: 'NoneType' and 'int'", moment=Moment.CONSTRUCT, exception="TypeError",
                blamed=(self.arguments.place("input_shape"),),
            )  # fmt: skip
        if height.is_unknown or wide.is_unknown or wide.is_none:
            raise NotKnown("its padding depends on the size of the images")
        first = [_less_if_even(half, size) for size in (height, wide)]
        return ((first[0], half), (first[1], half))

    def operation(self, row: Row, inputs: list[Value]) -> Value:
        from ..ops import perform

        pair = {"x1": inputs[0], "x2": inputs[1] if len(inputs) > 1 else 1.0}
        from ..ops import OPERATIONS

        name = row.kind.partition(".")[2]
        return perform(
            Call(f"keras.ops.{name}", [], {}, self.call.place, self.call.engine), pair, OPERATIONS[name][1], name
        )  # fmt: skip


def _less_if_even(half: int, size: Dim) -> Value:
    return half - 1 + size.known % 2 if size.known is not None else int_value(size % 2 + (half - 1))
