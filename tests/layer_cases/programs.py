"""Whole programs drawn at random: models of 2 to 12 layers, most of them right, some broken at one of the moments at which Keras raises."""

from __future__ import annotations

import re

from .drawing import Random

HEAD = "import keras\nimport numpy as np\nfrom keras import ops\nfrom keras.layers import *\n"
Made = tuple[str, int]
"""A layer's constructor call, and the rank of what it gives (0: the rank that comes in)."""


def layer(r: Random, rank: int) -> Made:
    """A layer for an input of this rank, now and then one for another rank."""
    if r.random() < 0.05:
        rank = r.choice((2, 3, 4))
    n = r.choice((1, 2, 3, 4, 8))
    activation = r.choice(("", "", ", activation='relu'", ", activation='tanh'"))
    if rank == 2:
        return r.choice((
            (f"Dense({n}{activation})", 2), (f"Dense({n}, use_bias=False)", 2), ("Dropout(0.2)", 2), ("BatchNormalization()", 2),
            (f"RepeatVector({n})", 3), ("Reshape((-1, 1))", 3), (f"Reshape(({n}, -1))", 3), ("LayerNormalization()", 2), ("Activation('relu')", 2),
            ("GaussianNoise(0.1)", 2), ("UnitNormalization()", 2), ("PReLU()", 2), ("Softmax()", 2), ("ActivityRegularization(0.1)", 2),
            ("Identity()", 2), ("Rescaling(0.5)", 2), ("Flatten()", 2),
        ))  # fmt: skip
    if rank == 3:
        return _sequence(r, n, activation)
    return r.choice((
        (f"Conv2D({n}, 3, padding='same'{activation})", 4), (f"Conv2D({n}, 2, strides=2)", 4), ("MaxPooling2D()", 4), ("Flatten()", 2),
        ("GlobalMaxPooling2D()", 2), ("BatchNormalization()", 4), (f"TimeDistributed(LSTM({n}))", 3), ("UpSampling2D()", 4),
        (f"Conv2DTranspose({n}, 3, strides=2, padding='same')", 4), ("DepthwiseConv2D(2)", 4), (f"SeparableConv2D({n}, 2)", 4),
        ("ZeroPadding2D(1)", 4), ("Cropping2D(1)", 4), ("GlobalAveragePooling2D()", 2), (f"TimeDistributed(Dense({n}))", 4),
        (f"TimeDistributed(Conv1D({n}, 2))", 4), ("TimeDistributed(Flatten())", 3), ("Reshape((-1, 4))", 3), ("SpatialDropout2D(0.1)", 4),
        ("Permute((3, 1, 2))", 4), (f"TimeDistributed(Bidirectional(GRU({n})))", 3), ("AveragePooling2D(3, padding='same')", 4),
        ("GroupNormalization(1)", 4), (f"TimeDistributed(keras.Sequential([Conv1D({n}, 2), GlobalMaxPooling1D()]))", 3), ("RandomFlip()", 4),
    ))  # fmt: skip


def _sequence(r: Random, n: int, activation: str) -> Made:
    cell = r.choice(("LSTM", "GRU", "SimpleRNN"))
    merge = r.choice(("sum", "mul", "ave", "concat"))
    return r.choice((
        (f"{cell}({n})", 2), (f"{cell}({n}, return_sequences=True)", 3), (f"{cell}({n}, return_sequences=True, dropout=0.1)", 3),
        (f"Bidirectional({cell}({n}))", 2), (f"Bidirectional({cell}({n}, return_sequences=True), merge_mode={merge!r})", 3),
        (f"RNN([{cell}Cell({n}), GRUCell(2)])", 2), (f"RNN({cell}Cell({n}), return_sequences=True)", 3), (f"TimeDistributed(Dense({n}))", 3),
        ("Flatten()", 2), (f"Conv1D({n}, {r.choice((1, 2, 3))}{activation})", 3), (f"Conv1D({n}, 2, padding='causal')", 3), ("MaxPooling1D(2)", 3),
        ("AveragePooling1D(2, padding='same')", 3), ("GlobalAveragePooling1D()", 2), ("GlobalMaxPooling1D()", 2), (f"Dense({n}{activation})", 3),
        ("LayerNormalization()", 3), ("Permute((2, 1))", 3), ("Masking()", 3), ("SpatialDropout1D(0.1)", 3), ("UpSampling1D(2)", 3),
        ("ZeroPadding1D(1)", 3), ("Cropping1D(1)", 3), ("Reshape((-1, 2))", 3), ("Reshape((2, -1, 1))", 4), ("BatchNormalization()", 3),
        (f"SeparableConv1D({n}, 2)", 3), (f"Conv1DTranspose({n}, 2)", 3), ("Lambda(lambda t: t[:, -1])", 2), ("Dropout(0.3)", 3),
        (f"EinsumDense('abc,cd->abd', output_shape=(None, {n}), bias_axes='d')", 3), ("TimeDistributed(BatchNormalization())", 3),
        (f"TimeDistributed(keras.Sequential([Dense({n}), Dense(2)]))", 3), (f"SpectralNormalization(Dense({n}))", 3),
    ))  # fmt: skip


BREAKS = (
    (r"Dense\((\d)", "Dense(-\\1"), (r"Dense\((\d)", "Dense(\\1.5"), (r"(LSTM|GRU|SimpleRNN)\((\d)", "\\1(0"), (r"'relu'", "'rleu'"),
    (r"'tanh'", "'tanhh'"), (r"return_sequences=True", "return_sequence=True"), (r"Dropout\(0", "Dropout(3"), (r"padding='same'", "padding='smae'"),
    (r"return_sequences=True", "return_sequences=False"), (r"\(LSTM\(", "(Dense("), (r"merge_mode='\w+'", "merge_mode='add'"), (r"2D\(", "1D("),
    (r", 2\)", ", 20)"), (r"Dense\(\d\)", "Dense()"), (r"return_sequences=True", "return_sequences=True, return_state=True"), (r"\(2, 1\)", "(2, 1, 3)"),
    (r"strides=2", "strides=2, dilation_rate=2"), (r"RepeatVector\(\d\)", "RepeatVector(2.0)"), (r"Reshape\(\(-1, \d\)\)", "Reshape((7, 5))"),
    (r"(LSTM|GRU)\((\d)", "\\1(\\2, batch_input_shape=(None, 4, 2)"), (r"Conv1D\((\d), \d", "Conv1D(\\1"), (r"axis=1", "axis=7"),
)  # fmt: skip
"""Mistakes: a pattern, and what it becomes."""


def broken(r: Random, text: str) -> str:
    """The program with one mistake in it, where one of those that are drawn fits."""
    for pattern, becomes in r.sample(BREAKS, 6):
        found = list(re.finditer(pattern, text))
        if found:
            one = r.choice(found)
            return text[: one.start()] + one.expand(becomes) + text[one.end() :]
    return text


def source(r: Random) -> tuple[tuple[int | None, ...], int]:
    """The shape of one sample, and the rank with the batch axis."""
    rank = r.choice((2, 3, 3, 3, 4))
    shape = {2: (r.choice((4, 6)),), 3: (r.choice((6, 8, 8, None)), r.choice((2, 4))), 4: (8, 8, r.choice((1, 3)))}[
        rank
    ]
    return shape, rank


def stack(r: Random, rank: int, least: int, most: int) -> tuple[list[str], int]:
    """The constructor calls of so many layers, each for what the one before gives, and the last one's rank."""
    calls = []
    for _ in range(r.randint(least, most)):
        made, rank = layer(r, rank)
        calls.append(made)
    return calls, rank


def sequential(r: Random) -> tuple[list[str], tuple[int | None, ...]]:
    """By `add`, as a list, without an input and built later, in a loop, or inside another model."""
    shape, rank = source(r)
    first = f"Input({shape!r})"
    embedding = r.random() < 0.2
    if embedding:
        shape, rank, first = (6,), 3, "Input((6,))"
    calls, _ = stack(r, rank, 2, 10)
    if embedding:
        calls.insert(0, f"Embedding(20, 4, mask_zero={r.random() < 0.5})")
    form = r.random()
    if form < 0.4:
        lines = ["model = keras.Sequential()", f"model.add({first})", *(f"model.add({c})" for c in calls)]
    elif form < 0.6:
        lines = [f"model = keras.Sequential([{', '.join([first, *calls])}])"]
    elif form < 0.7:
        lines = [
            "layers = []",
            *(f"layers.append({c})" for c in calls),
            f"model = keras.Sequential([{first}] + layers)",
        ]
    elif form < 0.8:
        lines = [f"model = keras.Sequential([{', '.join(calls)}])", f"model.build({(None, *shape)!r})"]
    elif form < 0.87:
        lines = ["model = keras.Sequential()", f"model.add({first})", "for units in (4, 3):", f"    model.add({_steady(rank)})", *(f"model.add({c})" for c in calls)]  # fmt: skip
    else:
        inner = ", ".join([first, *calls[:2]])
        lines = [
            f"inner = keras.Sequential([{inner}])",
            "model = keras.Sequential([inner])",
            *(f"model.add({c})" for c in calls[2:]),
        ]
    return lines, shape


def _steady(rank: int) -> str:
    return {2: "Dense(units)", 3: "LSTM(units, return_sequences=True)", 4: "Conv2D(units, 3, padding='same')"}[rank]


MERGES = (
    "Add()",
    "Concatenate()",
    "Multiply()",
    "Concatenate(axis=1)",
    "Average()",
    "Maximum()",
    "Subtract()",
    "Dot(axes=1)",
    "Attention()",
)


def functional(r: Random) -> tuple[list[str], tuple[int | None, ...]]:
    """Chains with branches, merges, operators, states, shared layers and nested models."""
    shape, rank = source(r)
    lines, inputs, ranks = [f"x = Input({shape!r})", "inputs = [x]"], 1, [rank]
    shared: list[str] = []
    for step in range(r.randint(2, 6)):
        way = r.random()
        made, after = layer(r, rank)
        if way < 0.25:
            other, other_rank = layer(r, rank)
            lines += [f"a = {made}(x)", f"b = {other}(x)"]
            if after == other_rank or r.random() < 0.15:
                lines.append(f"x = {r.choice(MERGES)}([a, b])" if r.random() < 0.8 else f"x = a {r.choice('+*-')} b")
            else:
                lines.append("x = a")
        elif way < 0.32:  # a residual connection
            lines += [f"skip = x = {made}(x)", f"x = {layer(r, after)[0]}(x)", "x = Add()([x, skip])"]
        elif way < 0.42 and rank == 3:
            after = _with_states(r, lines)
        elif way < 0.5:
            after = _operation(r, lines, rank)
        elif way < 0.56:
            lines += [f"block{step} = keras.Sequential([{made}, Dropout(0.1)])", f"x = block{step}(x)"]
        elif way < 0.62:
            lines += [f"layer{step} = {made}", f"x = layer{step}(x)"]
            shared.append(f"layer{step}")
        elif way < 0.66 and shared:
            lines.append(f"x = {r.choice(shared)}(x)")
            after = rank
        elif way < 0.72:
            other, _ = source(r)
            lines += [f"y = Input({other!r})", "inputs.append(y)", "x = Concatenate()([Flatten()(x), Flatten()(y)])"]
            inputs, after = inputs + 1, 2
        elif way < 0.76 and rank == 3:
            lines.append(f"x = MultiHeadAttention(2, {r.choice((2, 3))})(x, x)")
            after = 3
        else:
            lines.append(f"x = {made}(x)")
        rank = after or rank
        ranks.append(rank)
    if inputs == 1 and r.random() < 0.5:
        end = "model = keras.Model(inputs[0], x)"
    else:
        end = r.choice(("model = keras.Model(inputs, x)", "model = keras.Model(inputs=inputs, outputs=[x])", "model = keras.Model(inputs, [x, x])"))  # fmt: skip
    if r.random() < 0.03:
        end = f"model = keras.Model(Input({shape!r}), x)"
    return [*lines, end], shape if inputs == 1 else ()


def _with_states(r: Random, lines: list[str]) -> int:
    """An encoder's states begin the decoder."""
    kind, n = r.choice(("LSTM", "GRU")), r.choice((2, 4))
    states, m = "h, c" if kind == "LSTM" else "h", n if r.random() < 0.9 else n + 1
    return_sequences = r.random() < 0.5
    lines += [
        f"_, {states} = {kind}({n}, return_state=True)(x)",
        f"x = {kind}({m}, return_sequences={return_sequences})(x, initial_state=[{states}])",
    ]
    return 3 if return_sequences else 2


def _operation(r: Random, lines: list[str], rank: int) -> int:
    made, after = r.choice((
        ("x * 2.0", rank), ("1.0 - x", rank), ("ops.relu(x)", rank), ("ops.mean(x, axis=1)", rank - 1), ("ops.expand_dims(x, -1)", rank + 1),
        ("x[:, -1]", rank - 1), ("x[:, :2]", rank), ("ops.concatenate([x, x], axis=-1)", rank), ("ops.max(x, axis=-1, keepdims=True)", rank),
        ("x[:, 5]", rank - 1), ("ops.squeeze(x, axis=-1)", rank - 1), ("np.ones(2) * x" if r.random() < 0.2 else "x + 1", rank),
        ("np.mean(x, axis=1)" if r.random() < 0.2 else "ops.abs(x)", rank),
    ))  # fmt: skip
    if not 2 <= after <= 4:
        made, after = "ops.tanh(x)", rank
    lines.append(f"x = {made}")
    return after


COMPILES = (
    "model.compile('adam', 'mse')", "model.compile(optimizer='sgd', loss='mae', metrics=['mse'])", "model.compile(keras.optimizers.Adam(0.01), 'mse')",
    "model.compile('adma', 'mse')", "model.compile('rmsprop', 'categorical_crossentropy', run_eagerly=False)", "model.compile('adam', 'mse', sample_weight_mode='temporal')",
)  # fmt: skip


def program(r: Random) -> str:
    """One program. One in ten is compiled, one in forty is fitted on data of its own shape or another one."""
    lines, shape = sequential(r) if r.random() < 0.5 else functional(r)
    if r.random() < 0.1:
        lines.append(r.choice(COMPILES))
    elif r.random() < 0.025 and shape:
        sizes = [6 if s is None else s if r.random() < 0.85 else s + 1 for s in shape]
        made = f"np.zeros({(4, *sizes)!r})"
        lines += ["model.compile('adam', 'mse')", f"model.predict({made}, verbose=0)"]
    text = "\n".join(lines)
    return f"{HEAD}{broken(r, text) if r.random() < 0.22 else text}\n"
