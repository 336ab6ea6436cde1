"""`keras.Model(inputs, outputs)`: a model made of the graph between tensors, and running it again on other shapes."""

from __future__ import annotations

import ast
from collections import Counter
from typing import Any

from ..dims import same
from ..faults import Fault, Moment, Refusal
from ..knowledge import Call, bind, function, parse_signature, type_of
from ..program import LayerCall
from ..shapes import Shape
from ..values import (
    Arguments,
    Array,
    DictValue,
    External,
    FunctionValue,
    LayerObject,
    ListValue,
    Mask,
    ModelObject,
    Nothing,
    Tensor,
    Unknown,
    Value,
)
from .adaption import adapt, adjusted, as_data_fault, has_inputs_within_inputs, input_names, refuse_count
from .graph import INPUT_LAYER, Graph, Node, map_graph
from .inputs import make_input_layer
from .inside import inside_call
from .kernels import check_kernels, multiplies_itself
from .naming import take_name
from .spec import AGAIN, Outcome, Specs, TensorSpec, Use, flat_specs
from .tensors import (
    UNKNOWN_SPEC,
    children,
    concrete,
    holds_arrays,
    is_open,
    leaves,
    spec_of,
    tensors_in,
    to_specs,
)

REPLAY = "replay"
"""The fact of an operation's tensor: a function from its inputs' TensorSpecs to its own TensorSpec."""


def is_functional(call: Call) -> bool:
    """Keras's `functional_init_arguments`. What has one of the two may have the other in a `*` or `**` that can't be seen."""
    first = len(call.args) == 1 or "inputs" in call.kwargs
    return (
        len(call.args) == 2
        or ("outputs" in call.kwargs and (first or call.open))
        or ("inputs" in call.kwargs and call.open)
    )


@function("keras.Model")
def construct_model(call: Call) -> Value:
    """`keras.Model(inputs, outputs, name=None)`."""
    model = ModelObject("keras.Model", place=call.place, kind="Functional")
    if is_functional(call) or call.open:
        initialise_functional(call, model)
    else:
        from .subclass import initialise_model

        model.kind = "Subclass"
        initialise_model(call, model)
    return model


def _of_unknown(call: Call, array: Array) -> bool:
    """Was an array made of what is not known, by layers on the way, too?"""
    made_by = {id(leaf): record for record in call.engine.record.layer_calls for leaf in leaves(record.outputs)}
    waiting: list[Value] = [array]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Array) or id(item) in seen:
            continue
        if item.shape.dims is None:
            return True
        seen.add(id(item))
        if id(item) in made_by:
            waiting += leaves(made_by[id(item)].inputs)
        elif item.made is not None:
            waiting += leaves(item.made.inputs)
    return False


def initialise_functional(call: Call, model: ModelObject) -> None:
    """Fill a model from its inputs and outputs; refuses what Keras refuses."""
    model.kind = "Functional"
    arguments = bind(call, parse_signature("inputs, outputs, name=None, *, trainable=None, **kwargs"))
    refused = arguments.extra if call.engine.keras_major < 3 else ()  # Keras 3 takes any keyword here, and forgets it
    for extra in refused:
        call.refuse(
            "unknown-argument", "", extra, f"Unrecognized keyword arguments passed to Functional: {{'{extra}': ...}}",
            moment=Moment.CONSTRUCT, blamed=(call.kwarg_places.get(extra),), argument=extra,
            accepted=["inputs", "outputs", "name", "trainable"],
        )  # fmt: skip
    model.arguments = arguments
    inputs, outputs = arguments["inputs"], arguments["outputs"]
    for which, value in (("inputs", inputs), ("outputs", outputs)):
        for leaf in leaves(value):
            if isinstance(leaf, Array) and _of_unknown(call, leaf):
                continue  # where that was symbolic, what made it raised
            if isinstance(leaf, Nothing):
                call.refuse(
                    "nothing-returned", "Keras tensors", "None", f"All `{which}` values must be KerasTensors. Received: {which}=None",
                    moment=Moment.CONSTRUCT, blamed=(arguments.place(which),), subject=model, nothing=leaf,
                )  # fmt: skip
            if leaf is None or isinstance(leaf, (Array, LayerObject, External, FunctionValue, str, int, float)):
                got = (
                    leaf.class_name
                    if isinstance(leaf, LayerObject)
                    else (type_of(leaf) or type(leaf).__name__).removeprefix("builtins.")
                )
                call.refuse(
                    "not-a-tensor", "Keras tensors", got, f"All `{which}` values must be KerasTensors. Received invalid value of type {got}",
                    moment=Moment.CONSTRUCT, blamed=(arguments.place(which),), subject=model, argument=which, value=leaf,
                )  # fmt: skip
    given = [*leaves(inputs), *leaves(outputs)]
    unknown = next((leaf.reason for leaf in given if isinstance(leaf, Unknown)), None)
    if unknown is None and any(isinstance(leaf, Array) for leaf in given):
        unknown = "what its inputs or outputs came from can't be followed"
    if unknown is None and (is_open(inputs) or is_open(outputs) or call.open):
        unknown = "its inputs or outputs can't be seen into"
    if unknown is None and call.engine.keras_major >= 3:
        _refuse_empty(call, model, arguments)
    replaced: dict[int, LayerObject] = {}
    sources = tensors_in(inputs)
    if any(not _begins(t) for t in sources):
        for tensor in sources:
            if not _begins(tensor):
                replaced[tensor.uid] = make_input_layer(
                    call.engine, tensor.shape, call.place, "keras_tensor_CLONE", tensor.dtype
                )
    graph = map_graph(sources, tensors_in(outputs), replaced)
    if graph.disconnected is None and graph.incomplete is None and unknown is None:
        graph.disconnected = _foreign_input(graph, sources, replaced)
    if graph.disconnected is not None and unknown is None:
        unknown = next((why for t in sources if (why := _stands_for_unknown(t)) is not None), None)
    if graph.disconnected is not None and unknown is None:
        call.refuse(
            "disconnected", "outputs that come from the inputs", "a tensor that doesn't",
            "Output is not connected to `inputs`: a tensor that it needs can't be computed from them.", moment=Moment.CONSTRUCT,
            blamed=(arguments.place("outputs"), arguments.place("inputs")), subject=model, tensor=graph.disconnected,
        )  # fmt: skip
    names = [
        layer.name
        for layer in graph.layers
        if not layer.state.get("name_unknown") and layer.name not in ("", "?", "keras_tensor_CLONE")
    ]
    double = next((n for n, times in Counter(names).items() if times > 1), None)
    if double is not None and unknown is None and graph.incomplete is None:
        twins = [layer for layer in graph.layers if layer.name == double]
        call.refuse(
            "duplicate-layer-name", "unique layer names", double,
            f'The name "{double}" is used {len(twins)} times in the model. All operation names should be unique.',
            moment=Moment.CONSTRUCT, blamed=tuple(layer.place for layer in twins), subject=model, name=double,
        )  # fmt: skip
    take_name(call, model, arguments, model.class_name if model.user_class else "Functional")
    if arguments.get("trainable") is False:
        model.trainable = False
    model.inputs, model.outputs = inputs, outputs
    model.layers = graph.layers
    model.incomplete = unknown or graph.incomplete
    model.uncounted = graph.uncounted
    if call.engine.keras_major < 3 and len(graph.layers) < len(graph.operations):
        model.incomplete = model.incomplete or "Keras 2 makes layers of the operations in it, which are not listed here"
    model.state["graph"] = graph
    model.state["replaced"] = replaced
    model.built = True
    call.engine.record.models.append(model)


def _refuse_empty(call: Call, model: ModelObject, arguments: Arguments) -> None:
    """A model without any inputs, or any outputs: written so, or the `input` of an InputLayer.

    Of a list that the program fills itself, and that seems to have got nothing, nothing is said: it may be filled by what only Keras knows.
    """
    for which in ("inputs", "outputs"):
        given, place = arguments[which], arguments.place(which)
        if leaves(given):
            continue
        empty = next(
            (layer for layer in call.engine.record.layers if _holds(given, layer.state.get("no_inputs"))), None
        )
        if empty is not None or (
            place is not None and isinstance(place.node, (ast.List, ast.Tuple, ast.Dict, ast.ListComp))
        ):
            call.refuse(
                f"no-{which}", f"{which} for a model", "none", f"`{which}` argument cannot be empty.", moment=Moment.CONSTRUCT,
                blamed=(place,), subject=model, argument=which, layer=empty,
            )  # fmt: skip


def _holds(value: Value, wanted: Value) -> bool:
    return value is wanted or any(_holds(child, wanted) for child in children(value) or ())


def _begins(tensor: Tensor) -> bool:
    return isinstance(tensor.facts.get(INPUT_LAYER), LayerObject)


def _stands_for_unknown(tensor: Tensor) -> str | None:
    """Why nobody knows which tensor an Input was given (`Input(tensor=x)` is x); None for others."""
    layer = tensor.facts.get(INPUT_LAYER)
    return layer.state.get("tensor_unknown") if isinstance(layer, LayerObject) else None


def _foreign_input(graph: Graph, sources: list[Tensor], replaced: dict[int, LayerObject]) -> Tensor | None:
    """An Input that the outputs need and that is not among the model's inputs."""
    given = {id(t.facts.get(INPUT_LAYER)) for t in sources} | {id(layer) for layer in replaced.values()}
    for node in graph.nodes:
        if node.is_input and node.made is None and id(node.operation) not in given:
            if node.call is not None:
                continue
            return node.outputs[0] if node.outputs else None
    return None


def graph_of(model: ModelObject) -> Graph | None:
    """The graph of a built model; a Sequential's is mapped when it is asked for."""
    if model.kind == "Functional":
        found = model.state.get("graph")
        return found if isinstance(found, Graph) else None
    if model.inputs is None or model.outputs is None:
        return None
    return map_graph(tensors_in(model.inputs), tensors_in(model.outputs))


def run_graph(model: ModelObject, use: Use) -> Outcome:
    """Apply a built model to new inputs: its layers again, on the new shapes."""
    graph = graph_of(model)
    sources = tensors_in(model.inputs)
    if graph is None or model.incomplete or any(isinstance(leaf, Unknown) for leaf in leaves(model.outputs)):
        unknown = _unknown_like(model.outputs)
        return Outcome(unknown, mask="lose", weights_unknown=model.incomplete, like=model.outputs)
    values = use.kwargs.get("~values")
    eager, data = is_eager(use), holds_arrays(values) or is_open(values)
    if data:
        found = adapt(model, use, sources)
    else:
        found = _arranged(model, use)
        if len(found) != len(sources):
            refuse_count(model, use, len(sources), len(found))
        if not (eager and use.kwargs.get(PAST_SPEC)):
            _check_shapes(model, use, sources, found)
        if eager or use.engine.keras_major < 3:
            found = adjusted(model, use, sources, found)
    looked_at = eager and runs_otherwise(graph)
    if not looked_at and all(
        _same(spec.shape, source.shape) and not spec.masked for spec, source in zip(found, sources)
    ):
        return _outcome(model, to_specs(model.outputs), eager)
    past = not eager and use.engine.keras_major >= 3 and bool(use.kwargs.get(PAST_SPEC))
    runs: dict[Any, tuple[Any, Specs]] = model.state.setdefault("runs", {})
    key = (eager, past, *(id(node.call) for node in graph.nodes), *(_key(spec) for spec in found))
    if key in runs:
        return _outcome(model, runs[key][1], eager)
    if not eager and not past and use.engine.keras_major >= 3:
        outputs = _run_symbolically(model, graph, use, sources, found)
    else:
        try:
            outputs = _replay(model, graph, use, found, eager, past)
        except Refusal as refusal:
            blamed = as_data_fault(refusal.fault, model, use, sources, found) if data else None
            if blamed is None:
                raise
            raise Refusal(blamed, refusal.exception) from None
    runs[key] = (found, outputs)  # what the key names by its identity stays alive
    return _outcome(model, outputs, eager)


def _outcome(model: ModelObject, outputs: Specs, eager: bool) -> Outcome:
    """What a run of the graph gives back: nested as the program gave the outputs, but one that stands alone in its list comes without it
    when the model is really run."""
    if eager and isinstance(model.outputs, (tuple, ListValue)) and isinstance(outputs, tuple) and len(outputs) == 1:
        return Outcome(outputs[0], mask=_masks(outputs[0]))
    return Outcome(outputs, mask=_masks(outputs), like=model.outputs)


PAST_SPEC = "~past_spec"
"""Given to a model that is asked without its layers' input specs being checked."""


def is_eager(use: Use) -> bool:
    """Do tensors with data flow here, or TensorFlow's own, which take the same way? Else Keras only asks each layer for its output's shape."""
    if "~eager" in use.kwargs:
        return bool(use.kwargs["~eager"])
    if inside_call():
        return True
    return "~values" in use.kwargs and not tensors_in(use.kwargs["~values"])


def _run_symbolically(
    model: ModelObject, graph: Graph, use: Use, sources: list[Tensor], found: list[TensorSpec]
) -> Specs:
    """Keras 3 asks each layer of the graph for its output's shape, past its input spec, with the inputs as they are; only data get the axes
    that the model wants. What data would meet is looked at as well where that differs, since they are refused surely."""
    uneven = any(_other_rank(spec.shape, source.shape) for spec, source in zip(found, sources))
    if not uneven:
        try:
            return _replay(model, graph, use, found, False, False)
        except Refusal:
            if not _comes_otherwise(use):
                raise
    outputs = _replay(model, graph, use, found, False, True)
    if uneven and "~values" in use.kwargs and not _comes_otherwise(use):
        coming = [concrete(spec) for spec in found]
        _replay(model, graph, use, adjusted(model, use, sources, coming), True, False)
    return outputs


def _replay(model: ModelObject, graph: Graph, use: Use, found: list[TensorSpec], eager: bool, past: bool) -> Specs:
    values: dict[int, TensorSpec] = {source.uid: spec for source, spec in zip(tensors_in(model.inputs), found)}
    for node in graph.nodes:
        _run_node(node, values, use, eager, past)
    return _mapped(model.outputs, values)


def _other_rank(a: Shape, b: Shape) -> bool:
    return a.rank is not None and b.rank is not None and a.rank != b.rank


def runs_otherwise(graph: Graph) -> bool:
    """May data meet something in the graph that symbolic tensors of the same shapes don't?"""
    return any(
        node.call is not None and (multiplies_itself(node.call.layer, node.call.kwargs) or _is_uneven(node.call))
        for node in graph.nodes
    )


def _is_uneven(call: LayerCall) -> bool:
    """Is a model called on other axes than it has? Data are given an axis of 1, or refused by a layer, where symbolic tensors go through."""
    layer, given = call.layer, tensors_in(call.inputs)
    less = 0
    if layer.type_name == "keras.layers.TimeDistributed" and layer.sublayers:
        layer, less = layer.sublayers[0], 1
    if not isinstance(layer, ModelObject) or layer.kind == "Subclass" or layer.user_class is not None:
        return False
    for tensor, source in zip(given, tensors_in(layer.inputs)):
        if source.shape.dims is None or tensor.shape.dims is None:
            continue
        if source.shape.rank != len(tensor.shape.dims) - less or same(source.shape[-1], tensor.shape[-1]) is False:
            return True
    inner = graph_of(layer)
    return inner is not None and any(node.call is not None and _is_uneven(node.call) for node in inner.nodes)


def _comes_otherwise(use: Use) -> bool:
    """Have the symbolic tensors that come in other axes than the data that will come in their place?"""
    graph = map_graph([], tensors_in(use.kwargs.get("~values")))
    return any(node.call is not None and _is_uneven(node.call) for node in graph.nodes)


def _key(spec: TensorSpec) -> Any:
    """The same for inputs of which a graph makes the same."""
    dims = spec.shape.dims
    if dims is None:
        return None, spec.dtype, spec.masked, spec.sparse
    sizes = [(d.size if isinstance(d.size, int) else id(d.size), d.role, id(d.origin)) for d in dims]
    return tuple(sizes), spec.dtype, spec.masked, spec.sparse


def _arranged(model: ModelObject, use: Use) -> list[TensorSpec]:
    """Symbolic inputs in the model's order. Further keys of a dict are left out; Keras only warns of them."""
    given, wanted = use.kwargs.get("~values"), model.inputs
    if has_inputs_within_inputs(model):
        return [spec_of(source) for source in tensors_in(wanted)]
    if isinstance(given, DictValue):
        names = input_names(model)
        if all(name in given.entries for name in names):
            return [spec_of(given.entries[name]) for name in names]
    return flat_specs(use.inputs)


def _masks(outputs: Any) -> Any:
    return tuple(spec.masked for spec in flat_specs(outputs))


def _same(a: Shape, b: Shape) -> bool:
    return a.dims is not None and b.dims is not None and [d.size for d in a.dims] == [d.size for d in b.dims]


def _unknown_like(outputs: Value) -> Any:
    found = leaves(outputs)
    if len(found) == 1 and not is_open(outputs):
        return UNKNOWN_SPEC if not isinstance(found[0], Tensor) else TensorSpec(found[0].shape, found[0].dtype)
    return UNKNOWN_SPEC if is_open(outputs) else tuple(UNKNOWN_SPEC for _ in found)


def _check_shapes(model: ModelObject, use: Use, sources: list[Tensor], found: list[TensorSpec]) -> None:
    """A Functional model's input spec: every fixed size but the batch's must be the same (a last axis of 1 may come or go)."""
    for source, spec in zip(sources, found):
        if source.shape.dims is None or spec.shape.dims is None:
            continue
        wanted, got = list(source.shape.dims), list(spec.shape.dims)
        if got and got[-1].size == 1:
            got = got[:-1]
        if wanted and wanted[-1].size == 1:
            wanted = wanted[:-1]
        for axis, (a, b) in enumerate(zip(wanted, got)):
            if axis and same(a, b) is False:
                raise Refusal(
                    Fault(
                        "axis-size", use.moment, use.place, model, str(source.shape), str(spec.shape), (),
                        f'Input 0 of layer "{model.name}" is incompatible with the layer: expected shape={source.shape}, '
                        f"found shape={spec.shape}",
                        True, {"axis": axis, "required_size": a, "size": b, "shape": spec.shape, "layer": model},
                    )
                )  # fmt: skip


def _mapped(value: Value, values: dict[int, TensorSpec]) -> Any:
    inner = children(value)
    if inner is not None:
        return tuple(_mapped(child, values) for child in inner)
    if isinstance(value, Tensor):
        return values.get(value.uid, UNKNOWN_SPEC)
    return spec_of(value)


def _run_node(node: Node, values: dict[int, TensorSpec], use: Use, eager: bool, past: bool) -> None:
    if node.is_input or all(t.uid in values for t in node.outputs):
        return
    if node.call is not None:
        from .calling import _masks as spread
        from .calling import run_layer, run_past_spec

        inputs: Specs = _mapped(node.call.inputs, values)
        kwargs = {k: (_mapped(v, values) if tensors_in(v) else v) for k, v in node.call.kwargs.items()}
        kwargs |= {"~eager": eager, PAST_SPEC: past, AGAIN: node.call}
        one = Use(node.call.layer, inputs, use.place, use.engine, kwargs, use.moment)
        if eager:
            check_kernels(node.call.layer, one)
        try:
            outcome = run_past_spec(node.call.layer, one) if past else run_layer(node.call.layer, one)
        except Refusal as refusal:
            if not past or refusal.fault.kind != "merge":
                raise
            outcome = None  # layers that merge compare their inputs when they are built, and not again
        if outcome is None:
            values.update((tensor.uid, UNKNOWN_SPEC) for tensor in node.outputs)
            return
        coming = [Mask() if spec.masked else None for spec in flat_specs(inputs)]
        masks, _ = spread(outcome, coming, use.place)
        made = flat_specs(outcome.output)
        for i, tensor in enumerate(tensors_in(node.call.outputs)):
            if i < len(made):
                masked = i < len(masks) and masks[i] is not None
                values[tensor.uid] = TensorSpec(made[i].shape, made[i].dtype, masked, made[i].sparse)
        return
    for tensor in node.outputs:
        replay = tensor.facts.get(REPLAY)
        values[tensor.uid] = (
            replay([values.get(t.uid, UNKNOWN_SPEC) for t in node.inputs]) if replay is not None else UNKNOWN_SPEC
        )
