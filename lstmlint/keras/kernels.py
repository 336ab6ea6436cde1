"""What built layers multiply when there is data: kernels, states and attention, whose sizes no input spec compares."""

from __future__ import annotations

from typing import Any, NoReturn

from ..dims import Dim, same
from ..faults import Fault, Refusal
from ..shapes import broadcast
from ..values import LayerObject, ModelObject
from .spec import Use, flat_specs

RECURRENT = ("keras.layers.LSTM", "keras.layers.GRU", "keras.layers.SimpleRNN")
CELLS = ("keras.layers.LSTMCell", "keras.layers.GRUCell", "keras.layers.SimpleRNNCell")
ATTENTION = ("keras.layers.Attention", "keras.layers.AdditiveAttention")


def multiplies_itself(layer: LayerObject, kwargs: Any) -> bool:
    """Does the layer compare sizes when it runs that it doesn't compare when it is applied to symbolic tensors?"""
    return layer.type_name in ATTENTION or (layer.type_name in RECURRENT and "initial_state" in kwargs)


def check_kernels(layer: LayerObject, use: Use) -> None:
    """Refuse what a built layer can't multiply by its weights, or what Attention can't multiply with one another."""
    if layer.user_class is not None or not layer.built:
        return
    if layer.type_name in ATTENTION:
        _check_attention(layer, use)
    elif layer.type_name == "keras.layers.EinsumDense":
        _check_einsum(layer, use)
    elif layer.type_name == "keras.layers.PReLU":
        _check_slopes(layer, use)
    elif layer.type_name == "keras.layers.TimeDistributed":
        _check_each_step(layer, use)
    else:
        _check_cell(layer, use)


def _check_each_step(layer: LayerObject, use: Use) -> None:
    """TimeDistributed calls its layer past the input spec, so that a Dense only finds out when it multiplies."""
    inner = layer.sublayers[0] if layer.sublayers else None
    while isinstance(inner, ModelObject) and inner.kind == "Sequential" and inner.layers:
        inner = inner.layers[0]
    if inner is None or inner.type_name != "keras.layers.Dense" or inner.user_class is not None or not inner.weights:
        return
    spec, kernel = use.tensor, inner.weights[0].shape
    if spec.shape.dims is not None and kernel.rank == 2 and same(spec.shape[-1], kernel[0]) is False:
        axis = len(spec.shape.dims) - 1
        _refuse(use, layer, axis, kernel[0], f"{kernel[0]} in axis {axis}", layer.class_name, f"the kernel is {kernel}")


def _reader(layer: LayerObject) -> LayerObject:
    """The layer or cell in a recurrent layer that reads the input."""
    while (
        layer.type_name in ("keras.layers.Bidirectional", "keras.layers.RNN", "keras.layers.StackedRNNCells")
        and layer.sublayers
    ):
        layer = layer.sublayers[0]
    return layer


def _check_cell(layer: LayerObject, use: Use) -> None:
    """A recurrent layer checks no features in its input spec, but its cell multiplies them by the kernel that was built for another number."""
    inner = _reader(layer)
    if inner.type_name not in (*RECURRENT, *CELLS) or len(inner.weights) < 2 or inner.user_class is not None:
        return
    spec, kernel, recurrent = use.tensor, inner.weights[0], inner.weights[1]
    if spec.shape.rank == 3 and kernel.shape.rank == 2 and same(spec.shape[-1], kernel.shape[0]) is False:
        _refuse(
            use,
            layer,
            2,
            kernel.shape[0],
            f"{kernel.shape[0]} features",
            inner.class_name,
            f"the kernel is {kernel.shape}",
        )
    if inner is not layer or "initial_state" not in use.kwargs or recurrent.shape.rank != 2:
        return
    for state in flat_specs(use.kwargs["initial_state"]):
        if state.shape.rank == 2 and same(state.shape[-1], recurrent.shape[0]) is False:
            raise Refusal(
                Fault(
                    "initial-state-size", use.moment, use.place, layer, f"an initial state of {recurrent.shape[0]} units", str(state.shape), (),
                    f"Exception encountered when calling {inner.class_name}Cell.call(). Dimensions must be equal, but are {state.shape[-1]} "
                    f"and {recurrent.shape[0]}",
                    True, {"shape": state.shape, "layer": layer},
                )
            )  # fmt: skip


def _check_einsum(layer: LayerObject, use: Use) -> None:
    """An axis that is in the input and in the kernel has one size."""
    assert layer.arguments is not None
    equation, spec = layer.arguments.get("equation"), use.tensor
    if not isinstance(equation, str) or "..." in equation or not layer.weights or spec.shape.dims is None:
        return
    read, _, weight = equation.partition("->")[0].partition(",")
    kernel = layer.weights[0].shape
    if len(read) != len(spec.shape.dims) or len(weight) != kernel.rank:
        return
    for axis, letter in enumerate(read):
        if letter in weight and same(spec.shape[axis], wanted := kernel[weight.index(letter)]) is False:
            _refuse(use, layer, axis, wanted, f"{wanted} in axis {axis}", layer.class_name, f"the kernel is {kernel}")


def _check_slopes(layer: LayerObject, use: Use) -> None:
    """PReLU has a slope for each place, with which the input must go together."""
    spec, slopes = use.tensor, layer.weights[0].shape if layer.weights else None
    if (
        slopes is None
        or slopes.dims is None
        or spec.shape.dims is None
        or broadcast(spec.shape, slopes).conflict is None
    ):
        return
    axis = next(
        i for i in range(1, len(slopes.dims) + 1) if same(spec.shape[-i], slopes[-i]) is False and slopes[-i].known != 1
    )
    _refuse(
        use, layer, len(spec.shape.dims) - axis, slopes[-axis], f"{slopes[-axis]} in axis {len(spec.shape.dims) - axis}", layer.class_name,
        f"the slopes are {slopes}",
    )  # fmt: skip


def _refuse(
    use: Use, layer: LayerObject, axis: int, wanted: Dim, required: str, class_name: str, told: str
) -> NoReturn:
    shape = use.tensor.shape
    cell = "Cell" if f"keras.layers.{class_name}" in RECURRENT else ""
    raise Refusal(
        Fault(
            "axis-size", use.moment, use.place, layer, required, str(shape), (),
            f"Exception encountered when calling {class_name}{cell}.call(). Matrix size-incompatible: {told}",
            True, {"axis": axis, "required_size": wanted, "size": shape[axis], "shape": shape, "layer": layer},
        )
    )  # fmt: skip


def _check_attention(layer: LayerObject, use: Use) -> None:
    """Attention multiplies the queries by the keys and the scores by the values, which Keras sees only when there is data."""
    assert layer.arguments is not None
    additive = layer.type_name == "keras.layers.AdditiveAttention" or layer.arguments.get("score_mode", "dot") != "dot"
    found = [spec.shape for spec in use.tensors]
    if len(found) not in (2, 3) or any(shape.rank != 3 for shape in found):
        return
    query, value, key = found[0], found[1], found[-1]
    one = additive and 1 in (
        query[-1].known,
        key[-1].known,
    )  # they are added, and a single feature goes with any number
    for a, b, what in (
        (query[-1], key[-1], "features of query and key"),
        (value[1], key[1], "timesteps of value and key"),
    ):
        if same(a, b) is False and not (one and "features" in what):
            raise Refusal(
                Fault(
                    "attention-inputs", use.moment, use.place, layer, f"the same number of {what}", f"{a} and {b}", (),
                    f"Exception encountered when calling {layer.class_name}.call(). Dimensions must be equal, but are {a} and {b}",
                    True, {"shapes": (query, value, key)},
                )
            )  # fmt: skip
