"""The arithmetic of sliding windows and of spatial axes, which convolutions, pooling and their kin share."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...values import ListValue, is_int, to_dim
from ..spec import TensorSpec, Use


def sizes(use: Use, name: str, rank: int, default: int = 1) -> list[Dim]:
    """An argument such as `kernel_size`: one number for all axes, or one for each."""
    value = use.value(name)
    if value is None:
        return [Dim(default)] * rank
    if isinstance(value, bool):
        value = int(value)
    if is_int(value):
        return [to_dim(value)] * rank
    row = value.items if isinstance(value, ListValue) else value
    if isinstance(row, (tuple, list)) and len(row) == rank:
        return [to_dim(v) if is_int(v) else ANY for v in row]
    return [ANY] * rank


def axes(use: Use, rank: int) -> tuple[list[int], int] | None:
    """The spatial axes and the channel axis; None when `data_format` is not known."""
    layout = use.layout
    if layout == "channels_last":
        return list(range(1, rank + 1)), rank + 1
    return (list(range(2, rank + 2)), 1) if layout == "channels_first" else None


def lower(value: object) -> object:
    """A string in small letters; anything else as it is."""
    return value.lower() if isinstance(value, str) else value


def window(use: Use, size: Dim, kernel: Dim, stride: Dim, dilation: Dim, padding: object, x: TensorSpec) -> Dim:
    """How often a window fits along one axis: floor((size - dilation * (kernel - 1) - 1) / stride) + 1, or ceil(size / stride) with
    padding."""
    if size.is_none:
        return size
    if padding in ("same", "causal"):
        return size.ceildiv(stride) if size.exact is not None and stride.exact is not None else ANY
    if padding != "valid":
        return ANY
    made = (size - ((kernel - 1) * dilation) - 1) // stride + 1
    if made.known is not None and made.known <= 0:
        use.refuse(
            "window-too-large", f"at least {(kernel - 1) * dilation + 1} steps", str(size),
            f"Computed output size would be zero or negative. Received: inputs.shape={x.shape}, kernel_size={kernel}", shape=x.shape,
        )  # fmt: skip
    return Dim(made.size, size.role)


def undefined(use: Use, x: TensorSpec, what: str, message: str) -> None:
    """Refuse an axis that Keras must know to make the weights. A layer that has them already takes any."""
    if use.layer.built:
        return
    use.refuse("undefined-axis", what, str(x.shape), message, shape=x.shape)
