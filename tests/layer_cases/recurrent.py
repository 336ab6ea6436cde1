"""Cases of recurrent layers, their cells and the wrappers around them."""

from __future__ import annotations

from .drawing import Case, Random, Some, call, draws, near, one_or_each, shape, units

ACTIVATIONS = ("tanh", "relu", "sigmoid", None, "tahn")


def recurrent(r: Random, name: str, nested: bool = False) -> str:
    some = Some(r)
    if name == "GRU":
        some.maybe("reset_after", True, False)
    if name == "LSTM":
        some.maybe("unit_forget_bias", True, False)
    some.flags("return_sequences", "return_state", "use_bias")
    some.maybe("go_backwards", True, False, chance=0.15 if nested else 0.35)
    some.maybe("stateful", True, chance=0.1).maybe("unroll", True, chance=0.07).maybe(
        "zero_output_for_mask", True, False, chance=0.1
    )
    some.maybe("dropout", 0.2, 0, chance=0.1).maybe("recurrent_dropout", 0.1, chance=0.08)
    some.maybe("activation", *ACTIVATIONS, chance=0.1).maybe(
        "kernel_initializer", "he_normal", "zeros", "no_such", chance=0.06
    )
    some.maybe("kernel_regularizer", "l2", "l3", chance=0.05).maybe("time_major", False, chance=0.01)
    return call(name, units(r), some=some)


def states(r: Random, count: int, width: int) -> tuple[list[str], str]:
    """Shapes of initial states, and the call that gives them."""
    if r.random() < 0.12:
        width += 1
    shapes = [f"(None, {width})"] * count
    given = f"[{', '.join(f'x{i + 1}' for i in range(count))}]" if count > 1 or r.random() < 0.5 else "x1"
    return shapes, f"x0, initial_state={given}"


@draws("recurrent", "LSTM", "GRU", "SimpleRNN")
def draw_recurrent(r: Random, name: str) -> Case:
    first = shape(r, 3)
    construct = recurrent(r, name)
    if r.random() < 0.15 and eval(first)[0] is None and "stateful" not in construct:
        width = construct.partition("(")[2].partition(",")[0].rstrip(")")
        if width.isdigit() and int(width) > 0:
            more, given = states(r, 2 if name == "LSTM" else 1, int(width))
            return Case(construct, (first, *more), given, maskable=False)
    return Case(construct, (first,), again=(near(r, first),))


def cell(r: Random, name: str | None = None) -> str:
    name = name or r.choice(("LSTMCell", "GRUCell", "SimpleRNNCell"))
    some = Some(r).flags("use_bias")
    if name == "GRUCell":
        some.maybe("reset_after", True, False)
    return call(name, units(r), some=some)


def cells(r: Random) -> str:
    count = r.choice((1, 1, 2, 3))
    if count == 1 and r.random() < 0.85:
        return cell(r)
    listed = f"[{', '.join(cell(r) for _ in range(count))}]"
    return listed if r.random() < 0.7 else call("StackedRNNCells", listed, some=Some(r))


@draws("recurrent", "RNN")
def draw_rnn(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .flags("return_sequences", "return_state", "go_backwards")
        .maybe("stateful", True, chance=0.07)
        .maybe("unroll", True, chance=0.05)
    )
    first = shape(r, 3)
    return Case(call(name, cells(r), some=some), (first,), again=(near(r, first),))


@draws("recurrent", "LSTMCell", "GRUCell", "SimpleRNNCell")
def draw_cell(r: Random, name: str) -> Case:
    construct = cell(r, name)
    width = construct.partition("(")[2].partition(",")[0].rstrip(")")
    width = width if width.isdigit() and int(width) > 0 else "3"
    count = 2 if name == "LSTMCell" else 1
    given = f"[{', '.join(f'x{i + 1}' for i in range(count))}]"
    return Case(
        construct,
        (shape(r, 2), *[f"(None, {width})"] * count),
        f"x0, {given}" if r.random() < 0.8 else f"x0, states={given}",
        maskable=False,
    )


@draws("recurrent", "StackedRNNCells")
def draw_stack(r: Random, name: str) -> Case:
    return Case(f"keras.layers.RNN({call(name, f'[{cell(r)}, {cell(r)}]', some=Some(r))})", (shape(r, 3),))


@draws("recurrent", "Bidirectional")
def draw_bidirectional(r: Random, name: str) -> Case:
    kind = r.choice(("LSTM", "GRU", "SimpleRNN"))
    some = (
        Some(r)
        .maybe("merge_mode", "sum", "mul", "ave", "concat", None, chance=0.7)
        .maybe("merge_mode", "avg", chance=0.0)
    )
    if r.random() < 0.04:
        some.parts = ["merge_mode='average'"]
    inner = recurrent(r, kind, nested=True)
    if r.random() < 0.1:
        inner = call("RNN", cells(r), some=Some(r).flags("return_sequences"))
    if r.random() < 0.12:
        same = r.random() < 0.7
        backward = inner.replace("go_backwards=False", "go_backwards=True") if same else recurrent(r, kind)
        if "go_backwards" not in backward and r.random() < 0.9:
            backward = backward[:-1] + ", go_backwards=True)"
        some.parts.append(f"backward_layer={backward}")
    if r.random() < 0.03:
        inner = r.choice(("keras.layers.Dense(3)", "keras.layers.LSTM", "3"))
    first = shape(r, 3)
    return Case(call(name, inner, some=some), (first,), again=(near(r, first),))


@draws("recurrent", "TimeDistributed")
def draw_distributed(r: Random, name: str) -> Case:
    inner, rank = r.choice((
        (f"keras.layers.Dense({units(r)})", r.choice((3, 3, 4))), ("keras.layers.Flatten()", r.choice((3, 4, 5))),
        ("keras.layers.Dropout(0.1)", 3), (recurrent(r, r.choice(("LSTM", "GRU"))), 4), ("keras.layers.Conv2D(4, 2)", 5),
        ("keras.layers.MaxPooling1D(2)", 4), ("keras.layers.Embedding(5, 3)", 3), ("keras.layers.LSTM", 4),
        ("keras.layers.BatchNormalization()", r.choice((3, 4))), ("keras.layers.Activation('relu')", 3),
        ("keras.Sequential([keras.layers.Dense(3), keras.layers.Dense(2)])", r.choice((3, 4))),
        ("keras.layers.GlobalAveragePooling1D()", 4), ("keras.layers.Bidirectional(keras.layers.GRU(2))", 4),
        ("keras.layers.LayerNormalization()", 3), ("keras.layers.Reshape((2, 2))", 3),
    ))  # fmt: skip
    first = shape(r, rank, low=2)
    return Case(call(name, inner, some=Some(r)), (first,), again=(near(r, first),) if r.random() < 0.5 else None)


@draws("recurrent", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
def draw_convolutional(r: Random, name: str) -> Case:
    rank = int(name[-2])
    some = Some(r).flags("return_sequences", "return_state", "use_bias", "go_backwards", "unit_forget_bias")
    some.maybe("padding", "valid", "same", "SAME", "full" if r.random() < 0.2 else "valid").maybe(
        "data_format", "channels_first", "channels_last", chance=0.2
    )
    some.maybe(r.choice(("strides", "dilation_rate")), lambda: one_or_each(r, rank)).maybe(
        "stateful", True, chance=0.05
    )
    first = shape(r, rank + 3, low=2, high=6)
    return Case(call(name, units(r), one_or_each(r, rank), some=some), (first,), maskable=False)
