"""Programs in which data meets a model, at random: right ones, wrong ones, and ones that broadcast silently."""

from __future__ import annotations

import random
from dataclasses import dataclass

Random = random.Random

LOSSES = (
    "mse", "mean_squared_error", "mae", "MAE", "mape", "msle", "huber", "log_cosh", "cosine_similarity", "kl_divergence", "kld", "poisson",
    "hinge", "squared_hinge", "categorical_hinge", "binary_crossentropy", "bce", "binary_focal_crossentropy", "categorical_crossentropy",
    "categorical_focal_crossentropy", "sparse_categorical_crossentropy", "crossentropy", "dice", "tversky", "ctc", "circle",
)  # fmt: skip
INSTANCES = (
    "MeanSquaredError()", "MeanAbsoluteError()", "Huber(delta=2.0)", "LogCosh()", "BinaryCrossentropy()", "BinaryCrossentropy(from_logits=True)",
    "CategoricalCrossentropy()", "CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)", "SparseCategoricalCrossentropy()",
    "SparseCategoricalCrossentropy(from_logits=True)", "KLDivergence()", "Poisson()", "CosineSimilarity()", "Hinge()", "CategoricalHinge()",
    "CategoricalFocalCrossentropy()", "BinaryFocalCrossentropy()", "Dice()", "Tversky()", "MeanSquaredError(reduction='sum')",
    "MeanAbsolutePercentageError()", "MeanSquaredLogarithmicError()", "SquaredHinge()",
)  # fmt: skip
FUNCTIONS = (
    "mean_squared_error",
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
    "huber",
    "poisson",
)
METRICS = (
    "'accuracy'", "'acc'", "'mae'", "'mse'", "'binary_accuracy'", "'categorical_accuracy'", "'sparse_categorical_accuracy'", "'AUC'", "'Precision'",
    "'Recall'", "'top_k_categorical_accuracy'", "'sparse_top_k_categorical_accuracy'", "'root_mean_squared_error'", "'cosine_similarity'",
    "'binary_crossentropy'", "'categorical_crossentropy'", "'sparse_categorical_crossentropy'", "'r2_score'", "'f1_score'", "'poisson'",
    "'kl_divergence'", "'hinge'", "'Accuracy'", "'mape'", "'log_cosh_error'", "keras.metrics.BinaryAccuracy()", "keras.metrics.MeanAbsoluteError()",
    "keras.losses.mean_squared_error", "keras.metrics.CategoricalAccuracy(name='right')",
)  # fmt: skip
NOISE = ("'mze'", "'Mean_Squared_Error'", "None", "3", "'sparse_crossentropy'")


@dataclass(frozen=True)
class Case:
    """A program, whose last line uses the model, and which part of it was made how."""

    source: str
    part: str


def _array(r: Random, shape: tuple[int, ...], kind: str = "float") -> str:
    sizes = ", ".join(map(str, shape))
    comma = "," if len(shape) == 1 else ""
    if kind == "int":
        return f"np.zeros(({sizes}{comma}), dtype=int)"
    return r.choice(
        (f"np.random.rand({sizes})", f"np.ones(({sizes}{comma}))", f"np.zeros(({sizes}{comma}), dtype='float32')")
    )


def _model(r: Random, steps: int, features: int, outputs: int) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Source lines that make `model`, the shape of one input sample, the shape of one output sample."""
    activation = r.choice(("", "", "activation='softmax'", "activation='sigmoid'"))
    last = f"L.Dense({outputs}{', ' + activation if activation else ''})"
    forms = [
        "vector",
        "vector",
        "vector",
        "conv",
        "conv",
        "pool",
        "pool",
        "steps",
        "steps",
        "steps",
        "steps",
        "recurrent",
        "sequence",
        "distributed",
    ]
    form = r.choice(forms)
    if form == "vector":
        inputs: tuple[int, ...] = (features,)
        layers, result = [last], (outputs,)
    else:
        inputs = (steps, features)
        kind = r.choice(("LSTM", "GRU", "SimpleRNN"))
        if form == "recurrent":
            layers, result = [f"L.{kind}(3)", last], (outputs,)
        elif form == "sequence":
            layers, result = [f"L.{kind}(3, return_sequences=True)", last], (steps, outputs)
        elif form == "conv":
            layers, result = ["L.Conv1D(2, 1)", "L.Flatten()", last], (outputs,)
        elif form == "pool":
            layers, result = ["L.Conv1D(2, 1)", "L.GlobalMaxPooling1D()", last], (outputs,)
        elif form == "steps":
            layers, result = [r.choice(("L.Dense(2)", "L.Conv1D(2, 2, padding='same')")), last], (steps, outputs)
        else:
            layers, result = ["L.Conv1D(2, 1)", f"L.TimeDistributed({last})"], (steps, outputs)
    shape = inputs
    if len(inputs) == 2 and form in ("recurrent", "sequence", "steps", "pool") and r.random() < 0.15:
        shape = (None, features)  # type: ignore[assignment]
    way = r.choice(("sequential", "sequential", "functional", "unbuilt"))
    if way == "functional":
        lines = [
            f"x = inputs = keras.Input({shape!r})",
            *(f"x = {layer}(x)" for layer in layers),
            "model = keras.Model(inputs, x)",
        ]
    elif way == "unbuilt":
        lines = [f"model = keras.Sequential([{', '.join(layers)}])"]
    else:
        lines = [f"model = keras.Sequential([keras.Input({shape!r}), {', '.join(layers)}])"]
    return "\n".join(lines), inputs, result


def _loss(r: Random) -> str:
    kind = r.random()
    if kind < 0.55:
        return repr(r.choice(LOSSES))
    if kind < 0.8:
        return "keras.losses." + r.choice(INSTANCES)
    if kind < 0.9:
        return "keras.losses." + r.choice(FUNCTIONS)
    if kind < 0.94:
        return "[" + repr(r.choice(LOSSES)) + "]"
    if kind < 0.97:
        return "keras.losses." + r.choice(INSTANCES).partition("(")[0]
    return r.choice(NOISE)


def _target(r: Random, count: int, result: tuple[int, ...], steps: int, outputs: int) -> tuple[int, ...]:
    forms = [
        (count, *result), (count, *result), (count, *result), (count,), (count, 1), (count, outputs), (count, steps), (count, steps, 1),
        (count, steps, outputs), (count, *result[:-1]), (count, *result, 1), (count, outputs + 1), (count, *result[:-1], 1),
    ]  # fmt: skip
    return r.choice(forms)


def fitting(r: Random) -> Case:
    """compile and fit (or evaluate, train_on_batch) with one loss, targets, perhaps metrics, weights, validation."""
    steps, features = r.choice((1, 2, 4, 5)), r.choice((1, 1, 3))
    outputs = r.choice((1, 1, 2, 3))
    lines, inputs, result = _model(r, steps, features, outputs)
    count = r.choice((4, 6, 7, 8, 33))
    part = "target"
    x_shape: tuple[int, ...] = (count, *inputs)
    y_shape = _target(r, count, result, steps, outputs)
    if r.random() < 0.12:
        part = "input"
        x_shape = r.choice((
            (count, *inputs[:-1], inputs[-1] + 1), (count, inputs[0] + 1, *inputs[1:]), (count, *inputs, 1), (count, *inputs[:-1]), inputs,
            (count, *inputs, 2), (*inputs, count),
        ))  # fmt: skip
    elif r.random() < 0.05:
        part = "count"
        y_shape = (count - 1, *y_shape[1:])
    kind = r.choice(("float", "float", "int"))
    x, y = _array(r, x_shape), _array(r, y_shape, kind)
    roll = r.random()
    if roll < 0.05 and len(y_shape) == 1:
        y, part = f"pd.Series({y})", "series"
    elif roll < 0.05 and len(y_shape) == 2:
        y, part = f"pd.DataFrame({y})", "frame"
    elif roll < 0.07:
        y, part = f"{y}.tolist()", "list"
    elif roll < 0.09 and len(y_shape) == 1:
        y, part = f"np.array(['a'] * {count})", "text"
    metrics = ""
    if r.random() < 0.3:
        chosen = r.sample(METRICS, r.choice((1, 1, 2)))
        metrics = f", metrics=[{', '.join(chosen)}]"
        part = part if part != "target" else "metric"
    loss = _loss(r)
    options = []
    method = r.choice(("fit", "fit", "fit", "fit", "evaluate", "train_on_batch"))
    if method == "fit":
        options.append("verbose=0")
        if r.random() < 0.3:
            options.append(f"batch_size={r.choice((1, 2, 3, 4, 16))}")
        if r.random() < 0.12:
            options.append(f"validation_split={r.choice((0.01, 0.25, 0.5, 1.0))}")
        elif r.random() < 0.1:
            other = _target(r, count, result, steps, outputs) if r.random() < 0.5 else y_shape
            values = (_array(r, x_shape), _array(r, other))
            options.append(f"validation_data=({values[0]}, {values[1]})")
        if r.random() < 0.05:
            options.append(f"sample_weight=np.ones({r.choice(((count,), (count, 1), (count, steps), (count + 1,)))!r})")
        elif r.random() < 0.05:
            options.append(
                r.choice(("class_weight={0: 1.0, 1: 2.0}", "class_weight=[1.0, 2.0]", "class_weight={0: 0.5}"))
            )
    elif method == "evaluate":
        options.append("verbose=0")
    if part == "target" and "=" in "".join(options).replace("verbose=0", ""):
        part = "options"
    arguments = ", ".join(["X", "y", *options])
    return Case(
        f"import keras\nimport numpy as np\nimport pandas as pd\nfrom keras import layers as L\n{lines}\n"
        f"model.compile('sgd', loss={loss}{metrics}, run_eagerly=True)\nX = {x}\ny = {y}\nmodel.{method}({arguments})\n",
        part,
    )


def several(r: Random) -> Case:
    """A functional model with several inputs or outputs, by order and by name."""
    count = 6
    sizes = r.sample((1, 2, 3, 4), 2)
    units = r.sample((1, 2, 3), 2)
    lines = [
        f"a = keras.Input(({sizes[0]},), name='a')",
        f"b = keras.Input(({sizes[1]},), name='b')",
        "h = L.Concatenate()([a, b])",
        f"p = L.Dense({units[0]}, name='p')(h)",
        f"q = L.Dense({units[1]}, name='q', activation='softmax')(h)",
    ]
    outputs = r.choice(("p", "[p, q]", "[p, q]", "(p, q)", "[p]", "{'p': p, 'q': q}", "{'q': q, 'p': p}"))
    lines.append(f"model = keras.Model([a, b], {outputs})")
    first, second = _array(r, (count, sizes[0])), _array(r, (count, sizes[1]))
    x = r.choice((
        f"[{first}, {second}]", f"[{first}, {second}]", f"({first}, {second})", f"[{second}, {first}]", first,
        f"{{'a': {first}, 'b': {second}}}", f"{{'b': {second}, 'a': {first}}}", f"{{'a': {first}, 'c': {second}}}",
        f"[{first}, {second}, {second}]", f"{{'a': {first}, 'b': {second}, 'c': {second}}}",
    ))  # fmt: skip
    one, two = _array(r, (count, units[0])), _array(r, (count, units[1]))
    labels = _array(r, (count,), "int")
    y = r.choice((
        f"[{one}, {two}]", f"[{one}, {two}]", f"[{one}, {two}]", f"({one}, {two})", one, f"[{one}]", f"[{two}, {one}]", f"[{one}, {labels}]",
        f"{{'p': {one}, 'q': {two}}}", f"{{'q': {two}, 'p': {one}}}", f"[{one}, {two}, {two}]", f"{{'p': {one}, 'q': {labels}}}",
        f"{{'p': {two}, 'q': {one}}}",
    ))  # fmt: skip

    def pick() -> str:
        return r.choice(
            ("mse", "mae", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy")
        )

    loss = r.choice((
        repr(pick()), repr([pick(), pick()]), repr([pick(), pick()]), repr({"p": pick(), "q": pick()}), repr([pick()]),
        repr({"p": pick(), "r": pick()}), repr([pick(), pick(), pick()]), repr({"p": pick()}), "'mse'", "['mse', 'mae']",
    ))  # fmt: skip
    metrics = r.choice(("", "", "", ", metrics=['mae']", ", metrics=[['mae'], ['accuracy']]", ", metrics={'q': ['accuracy']}",
                        ", metrics=['mae', 'accuracy']", ", metrics=['mae', 'mse', 'mape']", ", metrics={'z': 'mae'}"))  # fmt: skip
    return Case(
        "import keras\nimport numpy as np\nfrom keras import layers as L\n"
        + "\n".join(lines)
        + f"\nmodel.compile('sgd', loss={loss}{metrics}, run_eagerly=True)\nX = {x}\ny = {y}\nmodel.fit(X, y, verbose=0)\n",
        "several",
    )


def named(r: Random) -> Case:
    """A functional model whose outputs are in a dict, under their layers' names or others, with targets and losses by key."""
    count, units = 6, r.sample((1, 2, 3), 2)
    keys = r.choice((("p", "q"), ("q", "p"), ("a", "z"), ("z", "a")))
    one, two = keys
    targets = {
        one: _array(r, r.choice(((count, units[0]), (count, units[0]), (count,), (count, units[0] + 1)))),
        two: _array(
            r,
            r.choice(((count, units[1]), (count, units[1]), (count,), (count, units[1] + 1))),
            r.choice(("float", "int")),
        ),
    }
    if r.random() < 0.15:
        targets["p" if "p" not in keys else "a"] = _array(r, (count, 1))
    if r.random() < 0.1:
        del targets[one]

    def pick() -> str:
        return r.choice(
            ("mse", "mae", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy")
        )

    y = "{" + ", ".join(f"{key!r}: {value}" for key, value in targets.items()) + "}"
    y = r.choice((y, y, y, y, f"[{', '.join(targets.values())}]"))
    loss = r.choice((
        repr(pick()), repr({one: pick(), two: pick()}), repr({one: pick(), two: pick()}), repr({two: pick(), one: pick()}), repr({one: pick()}),
        repr({one: pick(), "other": pick()}), repr([pick(), pick()]), repr({one: None, two: pick()}), repr({one: [pick(), pick()], two: pick()}),
    ))  # fmt: skip
    metrics = r.choice((
        "", "", "", f", metrics={{{two!r}: ['accuracy']}}", f", metrics={{{one!r}: ['mae'], {two!r}: 'mse'}}", ", metrics=['mae']",
        ", metrics=['mae', 'mse']", ", metrics=[['mae'], ['accuracy']]", ", metrics={'other': 'mae'}", ", metrics=['mae', 'mse', 'mape']",
    ))  # fmt: skip
    weights = r.choice((
        "", "", "", f", loss_weights={{{one!r}: 1.0, {two!r}: 3.0}}", f", loss_weights={{{one!r}: 1.0}}", ", loss_weights=[1.0, 2.0]",
        f", loss_weights={{{one!r}: 1.0, 'other': 3.0}}", ", loss_weights=0.5", f", loss_weights={{{one!r}: 1.0, {two!r}: 3.0, 'other': 1.0}}",
    ))  # fmt: skip
    outputs = r.choice((f"{{{one!r}: p, {two!r}: q}}", f"{{{one!r}: p, {two!r}: q}}", "[p, q]"))
    if outputs == "[p, q]" and r.random() < 0.5:
        y = f"[{_array(r, (count, units[0]))}, {_array(r, (count, units[1]))}]"
    return Case(
        "import keras\nimport numpy as np\nfrom keras import layers as L\na = keras.Input((4,))\n"
        f"p = L.Dense({units[0]}, name='p')(a)\nq = L.Dense({units[1]}, name='q', activation='softmax')(a)\n"
        f"model = keras.Model(a, {outputs})\nmodel.compile('sgd', loss={loss}{metrics}{weights}, run_eagerly=True)\n"
        f"X = {_array(r, (count, 4))}\ny = {y}\nmodel.{r.choice(('fit', 'evaluate'))}(X, y, verbose=0)\n",
        "named",
    )


def stream(r: Random) -> Case:
    """Datasets and what may not go with them."""
    features, outputs, count = r.choice((1, 3)), r.choice((1, 2)), 8
    lines = f"model = keras.Sequential([keras.Input(({features},)), L.Dense({outputs})])"
    y_shape = r.choice(((count, outputs), (count, outputs), (count,), (count, 1), (count, outputs + 1)))
    x, y = _array(r, (count, features)), _array(r, y_shape)
    pair = r.choice((f"({x}, {y})", f"({x}, {y})", f"({x}, {y})", x))
    batched = r.choice(
        (".batch(4)", ".batch(4)", ".batch(3, drop_remainder=True)", "", ".shuffle(8).batch(4).prefetch(1)")
    )
    option = r.choice(("", "", "", ", validation_split=0.25", f", {y}", ", batch_size=4", ", validation_data=data"))
    loss = r.choice(("mse", "mae", "binary_crossentropy", "huber"))
    return Case(
        "import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import layers as L\n"
        f"{lines}\nmodel.compile('sgd', loss={loss!r}, run_eagerly=True)\n"
        f"data = tf.data.Dataset.from_tensor_slices({pair}){batched}\nmodel.fit(data{option}, verbose=0)\n",
        "dataset",
    )


def predicting(r: Random) -> Case:
    """predict on right data, a single sample, the wrong rank, a list; stateful models in batches."""
    steps, features = r.choice((2, 4, 5)), r.choice((1, 3))
    count = r.choice((1, 3, 4, 8))
    if r.random() < 0.3:
        size = r.choice((1, 2, 4))
        lines = (
            f"model = keras.Sequential([keras.Input(batch_shape=({size}, {steps}, {features})), L.LSTM(2, stateful=True), L.Dense(1)])\n"
            "model.compile('sgd', 'mse', run_eagerly=True)"
        )
        batch = r.choice(("", f", batch_size={size}", f", batch_size={size}", ", batch_size=3"))
        call = f"model.predict({_array(r, (count, steps, features))}, verbose=0{batch})"
        if r.random() < 0.5:
            call = f"model.fit({_array(r, (count, steps, features))}, {_array(r, (count, 1))}, verbose=0{batch})"
        return Case(f"import keras\nimport numpy as np\nfrom keras import layers as L\n{lines}\n{call}\n", "stateful")
    lines, inputs, _ = _model(r, steps, features, 2)
    shape = r.choice((
        (count, *inputs), (count, *inputs), inputs, (count, *inputs, 1), (count, *inputs[:-1]), (count, *inputs[:-1], inputs[-1] + 1),
        (count, inputs[0] + 1, *inputs[1:]),
    ))  # fmt: skip
    x = _array(r, shape)
    if r.random() < 0.1:
        x += ".tolist()"
    method = r.choice(("predict", "predict", "predict_on_batch"))
    verbose = ", verbose=0" if method == "predict" else ""
    return Case(
        f"import keras\nimport numpy as np\nfrom keras import layers as L\n{lines}\nmodel.{method}({x}{verbose})\n",
        "predict",
    )


def case(r: Random) -> Case:
    """One program of any sort."""
    return r.choices((fitting, several, named, stream, predicting), (0.56, 0.12, 0.12, 0.07, 0.13))[0](r)
