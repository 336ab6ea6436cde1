"""Cases of layers that slide over, pad, crop, enlarge or pool spatial axes."""

from __future__ import annotations

from .drawing import Case, Random, Some, call, draws, near, one_or_each, shape, units

RANKS = ("1D", "2D", "3D")


def layout(some: Some) -> Some:
    return some.maybe(
        "data_format",
        "channels_first",
        "channels_last",
        "channels_frist" if some.r.random() < 0.15 else "channels_last",
        chance=0.3,
    )


def windowed(r: Random, rank: int, causal: bool = False) -> Some:
    some = layout(Some(r)).flags("use_bias")
    some.maybe(
        "padding",
        "valid",
        "same",
        "SAME",
        "causal" if causal or r.random() < 0.15 else "same",
        "none" if r.random() < 0.1 else "valid",
        chance=0.5,
    )
    some.maybe(r.choice(("strides", "strides", "dilation_rate")), lambda: one_or_each(r, rank), chance=0.5)
    if r.random() < 0.05:
        some.maybe("dilation_rate" if any(p.startswith("strides") for p in some.parts) else "strides", 2, chance=1)
    some.maybe("activation", "relu", None, "reul", chance=0.08).maybe("kernel_size", 3, chance=0.01)
    return some


def case(r: Random, construct: str, rank: int, low: int = 1) -> Case:
    first = shape(r, rank + 2, low=low, high=9 if rank < 3 else 6)
    return Case(construct, (first,), again=(near(r, first),) if r.random() < 0.5 else None)


@draws("convolution", *(f"Conv{n}" for n in RANKS), *(f"Convolution{n}" for n in RANKS))
def draw_convolution(r: Random, name: str) -> Case:
    rank = int(name[-2])
    some = (
        windowed(r, rank, causal=rank == 1)
        .maybe("groups", 1, 2, 3, 0 if r.random() < 0.1 else 1, chance=0.2)
        .maybe("lora_rank", 2, chance=0.03)
    )
    return case(r, call(name, units(r), one_or_each(r, rank), some=some), rank)


@draws("convolution", *(f"Conv{n}Transpose" for n in RANKS), *(f"Convolution{n}Transpose" for n in RANKS))
def draw_transposed(r: Random, name: str) -> Case:
    rank = int(name.removesuffix("Transpose")[-2])
    some = windowed(r, rank).maybe("output_padding", lambda: one_or_each(r, rank, 0, 2), chance=0.3)
    return case(r, call(name, units(r), one_or_each(r, rank), some=some), rank)


@draws("convolution", "DepthwiseConv1D", "DepthwiseConv2D")
def draw_depthwise(r: Random, name: str) -> Case:
    rank = int(name[-2])
    some = windowed(r, rank).maybe("depth_multiplier", 1, 2, 3, 0 if r.random() < 0.2 else 1)
    return case(r, call(name, one_or_each(r, rank), some=some), rank)


@draws("convolution", "SeparableConv1D", "SeparableConv2D", "SeparableConvolution1D", "SeparableConvolution2D")
def draw_separable(r: Random, name: str) -> Case:
    rank = int(name[-2])
    some = windowed(r, rank, causal=rank == 1).maybe("depth_multiplier", 1, 2, 3, 0 if r.random() < 0.2 else 1)
    return case(r, call(name, units(r), one_or_each(r, rank), some=some), rank)


@draws("pooling", *(f"{k}{n}" for k in ("MaxPooling", "AveragePooling", "MaxPool", "AvgPool") for n in RANKS))
def draw_pooling(r: Random, name: str) -> Case:
    rank = int(name[-2])
    some = (
        layout(Some(r))
        .maybe("strides", lambda: one_or_each(r, rank), None)
        .maybe("padding", "valid", "same", "SAME", "causal", chance=0.4)
    )
    pool = one_or_each(r, rank) if name.startswith("A") or r.random() < 0.7 else ""
    return case(r, call(name, pool if r.random() > 0.05 else "", some=some), rank)


@draws("pooling", *(f"Global{k}{n}" for k in ("MaxPooling", "AveragePooling", "MaxPool", "AvgPool") for n in RANKS))
def draw_global(r: Random, name: str) -> Case:
    rank = int(name[-2])
    return case(r, call(name, some=layout(Some(r)).maybe("keepdims", True, False)), rank)


@draws("pooling", *(f"Adaptive{k}Pooling{n}" for k in ("Max", "Average") for n in RANKS))
def draw_adaptive(r: Random, name: str) -> Case:
    rank = int(name[-2])
    return case(r, call(name, one_or_each(r, rank), some=layout(Some(r))), rank)


def pairs(r: Random, rank: int) -> str:
    """Amounts before and after each axis."""
    way = r.random()
    if way < 0.35:
        return str(r.randint(0, 3)) if r.random() > 0.06 else r.choice(("-1", "1.5"))
    if rank == 1 or way < 0.65:
        return repr(tuple(r.randint(0, 3) for _ in range((2 if rank == 1 else rank) + (1 if r.random() < 0.05 else 0))))
    return repr(tuple((r.randint(0, 3), r.randint(0, 3)) for _ in range(rank)))


@draws("reshaping", *(f"ZeroPadding{n}" for n in RANKS), *(f"Cropping{n}" for n in RANKS))
def draw_padding(r: Random, name: str) -> Case:
    rank = int(name[-2])
    some = Some(r) if name == "Cropping1D" else layout(Some(r))
    return case(r, call(name, pairs(r, rank) if r.random() < 0.85 else "", some=some), rank, low=2)


@draws("reshaping", *(f"UpSampling{n}" for n in RANKS))
def draw_upsampling(r: Random, name: str) -> Case:
    rank = int(name[-2])
    some = Some(r) if rank == 1 else layout(Some(r))
    if rank == 2:
        some.maybe("interpolation", "nearest", "bilinear", chance=0.2)
    return case(r, call(name, one_or_each(r, rank) if r.random() < 0.8 else "", some=some), rank)


@draws("reshaping", "Flatten")
def draw_flatten(r: Random, name: str) -> Case:
    return case(r, call(name, some=layout(Some(r))), r.choice((0, 1, 2, 3)))


@draws("reshaping", "Reshape")
def draw_reshape(r: Random, name: str) -> Case:
    first = shape(r, r.choice((2, 3, 4)), open_axes=0.05)
    total = 1
    for one in eval(first)[1:]:
        total *= one or 1
    target: list[int | None] = [r.choice((1, 2, 3, 4, 6, -1)) for _ in range(r.choice((1, 2, 2, 3)))]
    if r.random() < 0.7:
        divisors = [d for d in range(1, total + 1) if total % d == 0]
        one = r.choice(divisors)
        target = [one, total // one] if r.random() < 0.6 else [one, -1]
    if r.random() < 0.05:
        target[0] = r.choice((None, -2, 0))
    text = repr(tuple(target)) if r.random() < 0.85 else repr(target)
    return Case(call(name, text if r.random() > 0.03 else str(total), some=Some(r)), (first,), again=(near(r, first),))


@draws("reshaping", "Permute")
def draw_permute(r: Random, name: str) -> Case:
    rank = r.choice((1, 2, 2, 3))
    order = list(range(1, rank + 1))
    r.shuffle(order)
    if r.random() < 0.08:
        order[0] = r.choice((0, rank + 1, -1))
    return case(r, call(name, repr(tuple(order)), some=Some(r)), rank - 1)


@draws("reshaping", "RepeatVector")
def draw_repeat(r: Random, name: str) -> Case:
    first = shape(r, 2)
    return Case(call(name, units(r), some=Some(r)), (first,), again=(near(r, first),))
