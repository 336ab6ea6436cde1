"""Convolutions and pooling, in words: what slides over which axes, and how their sizes come out."""

from __future__ import annotations

from typing import Any

from ..dims import Dim
from ..values import ListValue
from .subject import Explanation, Subject, explains, named

_AXES = {1: "timesteps", 2: "rows and columns", 3: "the three spatial axes"}


@explains(
    "Conv1D", "Conv2D", "Conv3D", "SeparableConv1D", "SeparableConv2D", "DepthwiseConv1D", "DepthwiseConv2D",
    "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose",
)  # fmt: skip
def convolution(subject: Subject) -> Explanation:
    shape, name = subject.shape, subject.layer.class_name
    rank = (shape.rank or 0) - 2
    if rank not in _AXES or subject.value("data_format") == "channels_first":
        return Explanation()
    channels, kernel = shape[-1], _sizes(subject.value("kernel_size"), rank)
    if "Depthwise" in name:
        first = f"Each of the {named(channels)} channels has a window of its own, {_by(kernel)} wide, that slides over {_AXES[rank]}."
    else:
        first = (
            f"Each of its {subject.named_size('filters')} filters is a window, {_by(kernel)} wide and {named(channels)} channels deep, that slides over "
            f"{_AXES[rank]} with the same weights everywhere and gives one number at each place."
        )
    lines = [first]
    if "Transpose" in name:
        lines.append("Transposed: each input number is spread over a window, so the axes grow instead of shrinking.")
    else:
        lines += _lengths(subject, kernel, rank)
    weights = {
        "kernel": f"the window ({_by(kernel)}), the {channels} channels it sees, and one such block for each filter",
        "bias": "one number for each filter",
    }
    f = subject.size("filters")
    formula = None
    numbers = [k.known for k in (*kernel, channels, f)] if f is not None else [None]
    if (
        name in ("Conv1D", "Conv2D", "Conv3D")
        and subject.value("groups", 1) == 1
        and subject.value("use_bias", True) is True
    ):
        if all(number is not None for number in numbers):
            total = 1
            for number in numbers:
                total *= number or 1
            last = numbers[-1] or 0
            formula = (f"{' * '.join(str(n) for n in numbers)} + {last}", total + last)
    return Explanation(lines, weights, formula)


def _sizes(value: Any, rank: int) -> list[Dim]:
    from ..values import is_int, to_dim

    if is_int(value):
        return [to_dim(value)] * rank
    items = value.items if isinstance(value, ListValue) else value if isinstance(value, tuple) else ()
    found = [to_dim(item) for item in items if is_int(item)]
    return found if len(found) == rank else [to_dim(None)] * rank


def _by(sizes: list[Dim]) -> str:
    return " by ".join("?" if size.is_none else named(size) for size in sizes)


def _lengths(subject: Subject, kernel: list[Dim], rank: int) -> list[str]:
    before, after = subject.shape[1], subject.result.get(1)
    padding, strides = subject.value("padding", "valid"), _sizes(subject.value("strides", 1), rank)
    if padding == "valid" and strides[0].known == 1 and rank == 1 and subject.value("dilation_rate", 1) in (1, (1,)):
        return [
            f'The window must fit in: {before} steps become {before} - {kernel[0]} + 1 = {after}. padding="same" would keep {before}.'
        ]
    if padding in ("same", "causal"):
        seen = " A causal window looks only backwards." if padding == "causal" else ""
        if all(s.known == 1 for s in strides):
            return [f'padding="{padding}" keeps the length: {before} stays {after}.{seen}']
        return [f'With padding="{padding}" and strides of {_by(strides)}, {before} becomes {after}.{seen}']
    return [f"{subject.shape} becomes {subject.result}: the window must fit in, and moves by {_by(strides)}."]


@explains(
    "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D",
)  # fmt: skip
def pooling(subject: Subject) -> Explanation:
    rank = (subject.shape.rank or 0) - 2
    if rank not in _AXES:
        return Explanation()
    what = "largest" if "Max" in subject.layer.class_name else "mean"
    size = _by(_sizes(subject.value("pool_size", 2), rank))
    return Explanation(
        [
            f"It keeps the {what} of every {size} neighbours along {_AXES[rank]}, for each channel on its own: {subject.shape[1]} becomes {subject.result.get(1)}."
        ]
    )


@explains(
    "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D",
    "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
)  # fmt: skip
def global_pooling(subject: Subject) -> Explanation:
    rank = (subject.shape.rank or 0) - 2
    if rank not in _AXES:
        return Explanation()
    what = "largest number" if "Max" in subject.layer.class_name else "mean"
    return Explanation(
        [f"For each of the {named(subject.shape[-1])} channels it keeps the {what} over {_AXES[rank]}, which go away."]
    )


@explains(
    "UpSampling1D",
    "UpSampling2D",
    "UpSampling3D",
    "ZeroPadding1D",
    "ZeroPadding2D",
    "ZeroPadding3D",
    "Cropping1D",
    "Cropping2D",
    "Cropping3D",
)
def resizing(subject: Subject) -> Explanation:
    name = subject.layer.class_name
    does = (
        "repeats neighbours"
        if name.startswith("Up")
        else "puts zeros around"
        if name.startswith("Zero")
        else "cuts off the ends"
    )
    return Explanation([f"It {does}: {subject.shape} becomes {subject.result}."])
