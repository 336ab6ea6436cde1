"""A model as plain data, from which the installed Keras can build it again; or the reason why it can't be written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .dims import Dim
from .keras.counting import trainable_flag
from .keras.functional import graph_of
from .keras.graph import INPUT_LAYER
from .keras.ops.performing import OPERATION
from .keras.tensors import children, tensors_in
from .shapes import Shape
from .values import DictValue, External, LayerObject, ListValue, ModelObject, Object, Tensor, Unknown, Value

BESIDE_THE_POINT = ("initializer", "regularizer", "constraint", "seed", "dtype")
"""Arguments that decide neither shapes nor weights: left out, with whatever stands there."""

OPERATIONS = ("add", "subtract", "multiply", "divide", "true_divide", "maximum", "minimum", "matmul", "power")
"""Operations between layers that are written down: two tensors or numbers, in this order."""


class NotWritten(Exception):
    """Why a model can't be written down."""


@dataclass(slots=True)
class Writing:
    """One model's recipe in the making; layers and tensors have numbers."""

    layers: dict[int, int] = field(default_factory=dict)
    flags: list[list[Any]] = field(default_factory=list)

    def number(self, thing: object) -> int:
        return self.layers.setdefault(id(thing), len(self.layers))

    def layer(self, layer: LayerObject) -> dict[str, Any]:
        """A layer, or a model as a layer."""
        known = id(layer) in self.layers
        number = self.number(layer)
        if not known:
            flag = trainable_flag(layer)
            if flag is None:
                raise NotWritten(f"whether `{layer.name}` is trained is not known")
            self.flags.append([number, flag])
        if isinstance(layer, ModelObject):
            return {"id": number, **self.model(layer)}
        if layer.user_class is not None:
            raise NotWritten(f"`{layer.class_name}` is a class of the program's own")
        if not layer.type_name.startswith("keras.layers.") or layer.arguments is None:
            raise NotWritten(f"`{layer.class_name}` is no public layer of Keras")
        arguments = {
            name: self.value(value, layer.arguments.place(name) is not None, name, layer)
            for name, value in layer.arguments.items()
            if layer.arguments.explicit(name)
            and not name.endswith(BESIDE_THE_POINT)
            and name not in ("trainable", "kwargs", "args")
        }
        rest = [self.value(a.value, True, "args", layer) for a in layer.arguments.var_args]
        if not layer.state.get("name_unknown") and layer.name not in ("", "?"):
            arguments["name"] = layer.name
        return {"id": number, "class": layer.type_name, "arguments": arguments, "rest": rest}

    def value(self, value: Value, written: bool, name: str, layer: LayerObject) -> Any:
        """An argument as JSON."""
        if isinstance(value, LayerObject):
            return {"layer": self.layer(value)}
        if isinstance(value, ListValue) and not value.open:
            return {"list": [self.value(v, written, name, layer) for v in value.items]}
        if isinstance(value, tuple):
            return {"tuple": [self.value(v, written, name, layer) for v in value]}
        if isinstance(value, DictValue) and not value.open and all(isinstance(k, str) for k in value.entries):
            return {"dict": {k: self.value(v, written, name, layer) for k, v in value.entries.items()}}
        if value is None or isinstance(value, (bool, int, float, str)):
            return value if not isinstance(value, int) or isinstance(value, bool) else int(value)
        if name in ("activation", "recurrent_activation") and isinstance(value, (External, Object)):
            return None  # whatever it is, it keeps the shape
        if isinstance(value, (Dim, Unknown)):
            raise NotWritten(f"`{name}` of `{layer.name}` is not a known number")
        raise NotWritten(f"`{name}` of `{layer.name}` is nothing that can be written down")

    def shape(self, shape: Shape, what: str) -> list[int | None]:
        if shape.dims is None or any(d.known is None and not d.is_none for d in shape.dims):
            raise NotWritten(f"the shape of {what} is not all numbers")
        return [d.known for d in shape.dims]

    def model(self, model: ModelObject) -> dict[str, Any]:
        if model.unlisted or model.approximate:
            raise NotWritten(str(model.unlisted or model.approximate))
        if model.user_class is not None or model.kind == "Subclass":
            raise NotWritten(f"`{model.class_name}` is a class of the program's own")
        if model.kind == "Sequential":
            source = model.inputs
            given = [self.shape(source.shape, "its input"), source.dtype] if isinstance(source, Tensor) else None
            return {
                "kind": "Sequential",
                "name": model.name,
                "input": given,
                "layers": [self.layer(x) for x in model.layers],
            }
        return self.functional(model)

    def functional(self, model: ModelObject) -> dict[str, Any]:
        graph = graph_of(model)
        if graph is None:
            raise NotWritten("its graph is not known")
        steps: list[dict[str, Any]] = []
        replaced = {t.uid for t in tensors_in(model.inputs)}
        for tensor in tensors_in(model.inputs):
            source = tensor.facts.get(INPUT_LAYER)
            name = source.name if isinstance(source, LayerObject) else None
            steps.append(
                {"shape": self.shape(tensor.shape, "an input"), "dtype": tensor.dtype, "name": name, "outputs": [self.number(tensor)]}
            )  # fmt: skip
        for node in graph.nodes:
            if node.is_input and node.made is None and node.call is None:
                continue
            if all(t.uid in replaced for t in node.outputs):
                continue
            outputs = [self.number(t) for t in node.outputs]
            if node.call is not None:
                outputs = [self.number(t) for t in tensors_in(node.call.outputs)]
                keywords = {k: self.argument(v, k) for k, v in node.call.kwargs.items() if not k.startswith("~")}
                steps.append(
                    {"layer": self.layer(node.call.layer), "inputs": self.argument(node.call.inputs, "inputs"), "keywords": keywords,
                     "outputs": outputs}
                )  # fmt: skip
                continue
            assert node.made is not None
            name = str(node.outputs[0].facts.get(OPERATION, "")) if node.outputs else ""
            if name not in OPERATIONS or len(node.made.inputs) != 2:
                raise NotWritten("it has operations between its layers")
            values = [self.argument(v, name) for v in node.made.inputs]
            steps.append({"operation": f"keras.ops.{name}", "values": values, "outputs": outputs})
        return {
            "kind": "Functional", "name": model.name, "steps": steps, "inputs": self.argument(model.inputs, "inputs"),
            "outputs": self.argument(model.outputs, "outputs"),
        }  # fmt: skip

    def argument(self, value: Value, name: str) -> Any:
        """What a layer is called with: tensors by number, plain values as they are."""
        if isinstance(value, Tensor):
            return {"tensor": self.number(value)}
        if isinstance(value, DictValue):
            return {"dict": {str(k): self.argument(v, name) for k, v in value.entries.items()}}
        inner = children(value)
        if inner is not None:
            return {
                "tuple" if isinstance(value, tuple) and name == "outputs" else "list": [
                    self.argument(v, name) for v in inner
                ]
            }
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        raise NotWritten(f"a layer is called with `{name}` that is not known")


def recipe(model: ModelObject) -> dict[str, Any] | str:
    """The model as data, or why it can't be."""
    writing = Writing()
    try:
        written = writing.layer(model)
    except NotWritten as reason:
        return str(reason)
    return {"model": written, "trained": writing.flags}


__all__ = ["NotWritten", "recipe"]
