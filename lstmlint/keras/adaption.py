"""How a model takes data for its inputs: by order or by name, with a last axis of 1 added or dropped, or not at all."""

from __future__ import annotations

from typing import Any, NoReturn

from ..dims import same
from ..faults import Fault, Refusal
from ..shapes import UNKNOWN_SHAPE
from ..values import Array, DictValue, ModelObject, Tensor
from .graph import INPUT_LAYER
from .naming import is_bare, sure_name, unsure_number
from .spec import TensorSpec, Use, flat_specs
from .tensors import holds_arrays, leaves, spec_of, tensors_in


def adapt(model: ModelObject, use: Use, sources: list[Tensor]) -> list[TensorSpec]:
    """The data for each input of a built model, adapted as Keras does it for real data; refuses what Keras refuses.

    A Functional model checks the number of its inputs and every fixed size but the batch's. A Sequential checks neither: it takes the
    first array and lets its layers complain. Both want the right rank, but for a last axis of 1.
    """
    found = _arranged(model, use)
    if not found:  # an empty container is one whose filling wasn't seen
        return [spec_of(source) for source in sources]
    if use.engine.keras_major < 3:
        return _adapt_earlier(model, use, sources, found)
    if model.kind == "Functional":
        if len(found) != len(sources):
            refuse_count(model, use, len(sources), len(found))
        for i, (source, spec) in enumerate(zip(sources, found)):
            _check_sizes(model, use, i, source, spec)
    elif len(found) < len(sources):
        refuse_count(model, use, len(sources), len(found))
    return adjusted(model, use, sources, found)


def adjusted(model: ModelObject, use: Use, sources: list[Tensor], found: list[TensorSpec]) -> list[TensorSpec]:
    """The inputs with the axes that the model wants, as far as a last axis of 1 does it."""
    if use.engine.keras_major < 3:
        return [_conformed(source, spec) for source, spec in zip(sources, found)]
    return [_adjusted(model, use, i, source, spec) for i, (source, spec) in enumerate(zip(sources, found))]


def _adapt_earlier(model: ModelObject, use: Use, sources: list[Tensor], found: list[TensorSpec]) -> list[TensorSpec]:
    """Keras 2: a Sequential with an input shape checks as a Functional model does; the rank is left to the layers."""
    if not model.state.get("from_data"):
        if len(found) != len(sources):
            refuse_count(model, use, len(sources), len(found))
        for i, (source, spec) in enumerate(zip(sources, found)):
            _check_sizes(model, use, i, source, spec)
    return adjusted(model, use, sources, found)


def _conformed(source: Tensor, spec: TensorSpec) -> TensorSpec:
    """`Functional._conform_to_reference_input`: a last axis of 1 comes or goes; any other rank stays."""
    rank, wanted = spec.shape.rank, source.shape.rank
    if wanted is None:
        return _of_any_rank(spec)
    if rank is None or abs(rank - wanted) != 1:
        return spec
    last = spec.shape[-1] if rank > wanted else source.shape[-1]
    one = False if last.is_none else same(last, 1)
    if one is None:
        return spec.with_shape(source.shape)
    if not one:
        return spec
    return spec.with_shape(spec.shape.slice(0, -1) if rank > wanted else spec.shape.extend(1))


def _of_any_rank(spec: TensorSpec) -> TensorSpec:
    """Data for an input whose rank isn't known: they may get a last axis of 1, or lose theirs."""
    return spec.with_shape(UNKNOWN_SHAPE)


def refuse_count(model: ModelObject, use: Use, wanted: int, got: int) -> NoReturn:
    """Another number of inputs than the model has."""
    _refuse(
        model, use, "input-count", f"{wanted} {_inputs(wanted)}", f"{got} {_inputs(got)}",
        f'Layer "{model.name}" expects {wanted} input(s), but it received {got} input tensors.', wanted=wanted, count=got,
    )  # fmt: skip


def _inputs(count: int) -> str:
    return "input" if count == 1 else "inputs"


def has_inputs_within_inputs(model: ModelObject) -> bool:
    """Are the model's inputs nested in a dict? Which is which is not followed then."""
    return isinstance(model.inputs, DictValue) and not all(isinstance(v, Tensor) for v in model.inputs.entries.values())


def input_names(model: ModelObject) -> list[Any]:
    """What a dict calls the model's inputs, in the order of its tensors: Keras flattens a dict by its sorted keys."""
    if isinstance(model.inputs, DictValue):
        return sorted(model.inputs.entries, key=str)
    return [t.name or "" for t in tensors_in(model.inputs)]


def _surely_named(tensor: Any) -> bool:
    """Is it known what an Input is called?"""
    layer = tensor.facts.get(INPUT_LAYER) if isinstance(tensor, Tensor) and tensor.name else None
    return layer is not None and sure_name(layer) is not None and not unsure_number(layer)


def _check_named(model: ModelObject, use: Use, given: DictValue) -> None:
    """What a dict holds is found in Keras 3 by the names that Inputs were given: one without a name finds nothing, under whatever key.

    Its layer has an automatic name, which the check before wants, its tensor another one, by which Keras looks.
    """
    if use.engine.keras_major < 3 or isinstance(model.inputs, DictValue):
        return
    if model.state.get("from_data") or model.state.get("copied"):  # a configuration has a name for each Input
        return
    sources = [t.facts.get(INPUT_LAYER) if isinstance(t, Tensor) else None for t in leaves(model.inputs)]
    bare = next((one for one in sources if one is not None and is_bare(one)), None)
    if bare is not None and not any(str(key).startswith("keras_tensor") for key in given.entries):
        keys = ", ".join(str(key) for key in given.entries)
        _refuse(
            model, use, "input-without-name", "names of the Inputs", keys,
            f"The structure of `inputs` doesn't match the expected structure: the dict has {keys}, but an Input has no name", source=bare,
        )  # fmt: skip


def _arranged(model: ModelObject, use: Use) -> list[TensorSpec]:
    given = use.kwargs.get("~values")
    if has_inputs_within_inputs(model):
        return []
    if isinstance(given, DictValue) and not given.open:
        _check_named(model, use, given)
        wanted = input_names(model)
        if all(name in given.entries for name in wanted):
            specs = flat_specs(use.inputs)  # a batch of them, in the order in which Keras flattens a dict
            if len(specs) == len(given.entries):
                by_name = dict(zip(sorted(given.entries, key=str), specs))
                return [by_name[name] for name in wanted]
            return [spec_of(given.entries[name]) for name in wanted]
        missing = [str(name) for name in wanted if name not in given.entries]
        several = len(wanted) > 1 or use.engine.keras_major >= 3
        if all(wanted) and several and all(_surely_named(t) for t in leaves(model.inputs)):
            keys = [str(key) for key in given.entries]
            _refuse(
                model, use, "input-names", ", ".join(map(str, wanted)), ", ".join(keys),
                f'Missing data for input "{missing[0]}". You passed a data dictionary with keys {keys}. '
                f"Expected the following keys: {[str(w) for w in wanted]}",
                missing=missing, names=keys, wanted=[str(w) for w in wanted],
            )  # fmt: skip
    return flat_specs(use.inputs)


def _refuse(model: ModelObject, use: Use, kind: str, required: str, got: str, message: str, **details: Any) -> NoReturn:
    raise Refusal(Fault(kind, use.moment, use.place, model, required, got, (), message, True, details))


def _facts(model: ModelObject, use: Use, index: int, source: Tensor, spec: TensorSpec) -> dict[str, Any]:
    data = leaves(use.kwargs.get("~values"))
    array = data[index] if index < len(data) and isinstance(data[index], Array) else None
    return {
        "index": index, "input": source, "expected": source.shape, "shape": spec.shape, "array": array, "layer": model,
        "consumer": consumer(model, source),
    }  # fmt: skip


def consumer(model: ModelObject, source: Tensor) -> Any:
    """The first layer that takes an input of the model; None when it can't be told."""
    if model.kind == "Sequential":
        return model.layers[0] if model.layers else None
    for layer in model.layers:
        for call in layer.calls:
            if any(leaf is source for leaf in leaves(call.inputs)):
                return layer
    return None


def _check_sizes(model: ModelObject, use: Use, index: int, source: Tensor, spec: TensorSpec) -> None:
    """A Functional model's input spec: every fixed size but the batch's must be the same; a last axis of 1 may be missing."""
    if source.shape.dims is None or spec.shape.dims is None:
        return
    wanted, got = list(source.shape.dims), list(spec.shape.dims)
    if (
        got
        and got[-1].known is None
        and got[-1].size is not None
        and same(got[-1], 1) is None
        and len(got) != len(wanted)
    ):
        return
    if got and got[-1].size == 1:
        got = got[:-1]
    if wanted and wanted[-1].size == 1:
        wanted = wanted[:-1]
    for axis, (a, b) in enumerate(zip(wanted, got)):
        if axis and same(a, b) is False:
            _refuse(
                model, use, "input-size", str(source.shape), str(spec.shape),
                f'Input {index} of layer "{model.name}" is incompatible with the layer: expected shape={source.shape}, found shape={spec.shape}',
                axis=axis, required_size=a, size=b, **_facts(model, use, index, source, spec),
            )  # fmt: skip


def _adjusted(model: ModelObject, use: Use, index: int, source: Tensor, spec: TensorSpec) -> TensorSpec:
    """`Functional._adjust_input_rank`."""
    rank, wanted = spec.shape.rank, source.shape.rank
    if wanted is None:
        return _of_any_rank(spec)
    if rank is None or rank == wanted:
        return spec
    if rank == wanted + 1:
        one = same(spec.shape[-1], 1)
        if one:
            return spec.with_shape(spec.shape.slice(0, -1))
        if one is None:
            return spec.with_shape(source.shape)
    if rank == wanted - 1:
        last = source.shape[-1]
        one = False if last.is_none else same(last, 1)
        if one:
            return spec.with_shape(spec.shape.extend(1))
        if one is None:
            return spec.with_shape(source.shape)
    data = holds_arrays(use.kwargs.get("~values"))
    _refuse(
        model, use, "input-rank" if data else "rank", str(source.shape), str(spec.shape),
        f"Invalid input shape for input with name '{source.name or ''}'. Expected shape {source.shape}, but input has incompatible shape "
        f"{spec.shape}",
        rank=rank, **_facts(model, use, index, source, spec),
    )  # fmt: skip


def as_data_fault(
    fault: Fault, model: ModelObject, use: Use, sources: list[Tensor], found: list[TensorSpec]
) -> Fault | None:
    """A layer's refusal seen as what it is: the data has another size than the input that the model was built for.

    Gives the fault that blames the data, None where the data agrees with the model's inputs.
    """
    for i, (source, spec) in enumerate(zip(sources, found)):
        if source.shape.dims is None or spec.shape.dims is None or source.shape.rank != spec.shape.rank:
            continue
        for axis in range(len(source.shape.dims) - 1, 0, -1):
            a, b = source.shape[axis], spec.shape[axis]
            if same(a, b) is False:
                return Fault(
                    "input-size", fault.moment, fault.place, model, str(source.shape), str(spec.shape), fault.blamed, fault.message, True,
                    {"axis": axis, "required_size": a, "size": b, "cause": fault, **_facts(model, use, i, source, spec)},
                )  # fmt: skip
    return None
