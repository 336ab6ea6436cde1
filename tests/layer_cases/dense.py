"""Cases of layers on the last axis, activations, dropout, normalisation and merging."""

from __future__ import annotations

from .drawing import Case, Random, Some, call, draws, near, shape, size, units


def plain(r: Random, construct: str, *ranks: int, stray: float = 0.08) -> Case:
    first = shape(r, r.choice(ranks), stray=stray)
    return Case(construct, (first,), again=(near(r, first),) if r.random() < 0.5 else None)


@draws("dense", "Dense")
def draw_dense(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .flags("use_bias")
        .maybe("activation", "relu", "softmax", None, "sotfmax", chance=0.2)
        .maybe("lora_rank", 2, chance=0.05)
    )
    some.maybe("kernel_initializer", "zeros", "he_uniform", "glorot", chance=0.06).maybe(
        "input_shape", (3,), chance=0.03
    )
    return plain(r, call(name, units(r), some=some), 2, 2, 3, 4)


EQUATIONS = (
    ("ab,bc->ac", 2, 1), ("abc,cd->abd", 3, 2), ("...x,xy->...y", 3, 1), ("...x,xy->...y", 2, 1), ("abc,cde->abde", 3, 3), ("abcd,cde->abe", 4, 2),
    ("ab...,bc->ac...", 3, 1), ("abc,abd->acd", 3, 2), ("abc,cd->adb", 3, 2), ("ab,cd->ef", 2, 2), ("abc->abc", 3, 2), ("abc,cd->abe", 3, 2), ("abc,bd->adc", 3, 2),
)  # fmt: skip


@draws("dense", "EinsumDense")
def draw_einsum(r: Random, name: str) -> Case:
    equation, rank, outputs = r.choice(EQUATIONS)
    target = tuple(r.choice((None, 1, 2, 3, 4)) if i < outputs - 1 else size(r) for i in range(outputs))
    letters = equation.partition("->")[2].replace(".", "")
    axes = r.choice((letters[-1:], letters[1:], letters[-2:], "z" if r.random() < 0.3 else letters[-1:]))
    some = Some(r).maybe("bias_axes", axes, chance=0.5).maybe("activation", "relu", chance=0.1)
    given = f"output_shape={target[0] if outputs == 1 and r.random() < 0.5 else target!r}"
    return plain(r, call(name, repr(equation), given, some=some), rank, stray=0.15)


def tokens(r: Random) -> str:
    return shape(r, r.choice((1, 2, 2, 3)))


@draws("dense", "Embedding", "ReversibleEmbedding")
def draw_embedding(r: Random, name: str) -> Case:
    some = Some(r).flags("mask_zero").maybe("input_length", 4, chance=0.05 if name == "Embedding" else 0)
    if name == "ReversibleEmbedding":
        some.flags("tie_weights")
    first = tokens(r)
    given = r.choice(("", "", "x0, reverse=True")) if name == "ReversibleEmbedding" else ""
    if given:
        width = size(r)
        first = repr((*eval(first), width))
        return Case(call(name, units(r), str(width), some=some), (first,), given)
    return Case(
        call(name, units(r), units(r), some=some), (first,), dtypes=("int32",), again=(near(r, first),), maskable=False
    )


@draws("dense", "Masking")
def draw_masking(r: Random, name: str) -> Case:
    return plain(r, call(name, some=Some(r).maybe("mask_value", -1.0, 0)), 2, 3, 3, 4)


@draws("dense", "Identity", "ActivityRegularization", "Rescaling")
def draw_identity(r: Random, name: str) -> Case:
    given = (
        r.choice(("0.5", "1./255, offset=-1"))
        if name == "Rescaling"
        else "0.1"
        if name == "ActivityRegularization" and r.random() < 0.5
        else ""
    )
    return plain(r, call(name, given, some=Some(r)), 1, 2, 3, 4)


LAMBDAS = (
    "lambda t: t * 2", "lambda t: t[:, -1]", "lambda t: t[:, 0]", "lambda t: keras.ops.mean(t, axis=1)", "lambda t: keras.ops.expand_dims(t, -1)",
    "lambda t: t[..., 0]", "lambda t: keras.ops.concatenate([t, t], axis=-1)", "lambda t: t + 1", "lambda t: keras.ops.squeeze(t, axis=1)",
    "lambda t: keras.ops.squeeze(t, axis=-1)", "lambda t: keras.ops.squeeze(t)", "lambda t: keras.ops.sum(t, axis=-1, keepdims=True)",
    "lambda t: keras.ops.reshape(t, (-1, 4))", "lambda t: keras.ops.swapaxes(t, 0, 1)", "lambda t: keras.ops.stack([t, t], axis=1)",
    "lambda t: keras.ops.tile(t, (1,) * len(t.shape))", "lambda t: keras.ops.repeat(t, 2, axis=1)", "lambda t: keras.ops.matmul(t, t)",
    "lambda t: keras.ops.add(t, t[:, :1])", "lambda t: t[:, 2]", "lambda t: t[:, 1:3]", "lambda t: keras.ops.cast(t, 'int32')",
    "lambda t: keras.ops.softmax(t)", "lambda t: keras.ops.argmax(t, axis=-1)", "lambda t: (t, t)",
)  # fmt: skip


@draws("dense", "Lambda")
def draw_lambda(r: Random, name: str) -> Case:
    some = Some(r).maybe("output_shape", (3,), (None, 2), chance=0.15)
    return Case(call(name, r.choice(LAMBDAS), some=some), (shape(r, r.choice((2, 3)), stray=0.0),))


@draws("activation", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "PReLU")
def draw_activation(r: Random, name: str) -> Case:
    some = Some(r)
    given = ""
    if name == "Activation":
        given = repr(r.choice(("relu", "tanh", "softmax", "leaky_relu", "sotfmax", "linear", "gelu", "swish", None)))
    elif name == "Softmax":
        some.maybe("axis", -1, 1, chance=0.3)
    elif name == "PReLU":
        some.maybe("shared_axes", [1], [1, 2], 1, chance=0.5)
    elif name == "LeakyReLU":
        some.maybe("negative_slope", 0.1, -0.1, None, chance=0.3).maybe("alpha", 0.1, chance=0.05)
    elif name == "ReLU":
        some.maybe("max_value", 6, -1, None, chance=0.3).maybe("negative_slope", 0.1, -0.1, chance=0.2).maybe(
            "threshold", 0.5, -0.5, chance=0.1
        )
    return plain(r, call(name, given, some=some), 2, 3, 4)


@draws(
    "activation",
    "Dropout",
    "GaussianDropout",
    "GaussianNoise",
    "AlphaDropout",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
)
def draw_dropout(r: Random, name: str) -> Case:
    rate = r.choice(("0.2", "0.5", "0", "1", "20", "-0.1", "1.5")) if r.random() < 0.5 else "0.3"
    some = Some(r).maybe("seed", 3, chance=0.2)
    if name == "Dropout":
        some.maybe("noise_shape", (None, 1, None), chance=0.1)
    if name in ("SpatialDropout2D", "SpatialDropout3D"):
        some.maybe("data_format", "channels_first", "channels_last", "last", chance=0.2)
    ranks = (int(name[-2]) + 2,) if name[-1] == "D" else (2, 3, 4)
    return plain(r, call(name, rate, some=some), *ranks)


@draws("normalization", "BatchNormalization")
def draw_batch(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .maybe("axis", -1, 1, 2, -2, 5 if r.random() < 0.3 else 1)
        .flags("scale", "center")
        .maybe("momentum", 0.9)
        .maybe("renorm", True, chance=0.06)
    )
    return plain(r, call(name, some=some), 2, 3, 4)


@draws("normalization", "LayerNormalization", "RMSNormalization", "UnitNormalization")
def draw_layer(r: Random, name: str) -> Case:
    some = Some(r).maybe("axis", -1, 1, -2, [1, 2], (2, 1), [-1, -2], 4 if r.random() < 0.3 else -1, chance=0.5)
    if name == "LayerNormalization":
        some.flags("scale", "center")
    return plain(r, call(name, some=some), 3, 3, 4)


@draws("normalization", "GroupNormalization")
def draw_group(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .maybe("groups", 1, 2, 3, -1, 4, 0 if r.random() < 0.2 else 1, chance=0.85)
        .maybe("axis", -1, 1, -2)
        .flags("scale", "center")
    )
    return plain(r, call(name, some=some), 2, 3, 4)


@draws("normalization", "SpectralNormalization")
def draw_spectral(r: Random, name: str) -> Case:
    inner, rank = r.choice((
        (f"keras.layers.Dense({units(r)})", r.choice((2, 3))), ("keras.layers.Conv1D(4, 2)", 3), ("keras.layers.Conv2D(4, 2, padding='same')", 4),
        ("keras.layers.Flatten()", 3), ("keras.layers.LSTM(3)", 3), ("keras.layers.Embedding(5, 3)", 2),
        ("keras.layers.DepthwiseConv2D(2)", 4), ("keras.layers.EinsumDense('ab,bc->ac', output_shape=4)", 2), ("3", 2),
    ))  # fmt: skip
    some = Some(r).maybe("power_iterations", 2, 0 if r.random() < 0.3 else 1, chance=0.3)
    return plain(r, call(name, inner, some=some), rank)


@draws("normalization", "Normalization")
def draw_normalization(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .maybe("axis", -1, None, 1, [1, 2], 5 if r.random() < 0.3 else -1, chance=0.5)
        .flags("invert", chance=0.2)
    )
    if r.random() < 0.25:
        some.parts += ["mean=0.5", *(["variance=2.0"] if r.random() < 0.9 else [])]
    return plain(r, call(name, some=some), 2, 3)


MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")


@draws("merging", *MERGES)
def draw_merge(r: Random, name: str) -> Case:
    rank = r.choice((2, 3, 3, 4))
    first = shape(r, rank, low=1, high=5, stray=0)
    count = 2 if r.random() < 0.6 else r.choice((1, 3, 3, 4)) if r.random() < 0.9 or name != "Subtract" else 2
    others = [first if r.random() < 0.55 else near(r, first) for _ in range(count - 1)]
    given = "" if count > 1 else r.choice(("x0", "[x0]"))
    return Case(call(name, some=Some(r)), (first, *others), given)


@draws("merging", "Concatenate")
def draw_concatenate(r: Random, name: str) -> Case:
    first = shape(r, r.choice((2, 3, 3, 4)), high=5, stray=0)
    others = [first if r.random() < 0.5 else near(r, first) for _ in range(r.choice((1, 1, 2, 3)))]
    some = Some(r).maybe("axis", -1, 1, 2, -2, 0, 4 if r.random() < 0.2 else 1, chance=0.6)
    return Case(call(name, some=some), (first, *others), "x0" if r.random() < 0.02 else "")


@draws("merging", "Dot")
def draw_dot(r: Random, name: str) -> Case:
    first, second = (shape(r, r.choice((2, 3, 3, 4)), high=4, stray=0) for _ in range(2))
    if r.random() < 0.5:
        second = first
    axes = r.choice(
        ("1", "-1", "(1, 1)", "(2, 1)", "(-1, -1)", "2", "[1, 2]", "0", "(1,)", "'1'")
        if r.random() < 0.6
        else ("1", "-1", "(1, 1)")
    )
    return Case(call(name, axes, some=Some(r).maybe("normalize", True)), (first, second), maskable=r.random() < 0.5)
