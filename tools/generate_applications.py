"""Writes the architectures of the installed Keras's `keras.applications` to lstmlint/keras/applications/architectures.zip.

One member for each application, JSON:

    signature   rows of [name, kind, default, required]
    sizes       [default, least] image size as the application checks it; null where it has a check of its own
    variants    name -> {"heads": {name: rows}, "body": rows, "tails": {"top" | "none" | "avg" | "max": rows}}

A row is one layer in the order in which Keras applies them: [class, name or null (automatic), configuration, inputs]. `inputs` counts back
from the row itself (1 is the row before, further back is larger); it is left out where it is [1]. A configuration holds only what differs from
the constructor's default and matters to shapes, weights or meaning. "$classes" stands for the argument of that name, {"pad": 3} for the padding
that Keras calculates from the input's size, {"width": [32, [6], "8"]} for a number of channels that depends on `alpha`.
"""

from __future__ import annotations

import gc
import inspect
import io
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
TARGET = Path(__file__).parents[1] / "lstmlint" / "keras" / "applications" / "architectures.zip"
WIDTHS = (0.35, 0.371, 0.5, 0.5565, 0.742, 0.75, 0.9, 1.0, 1.113, 1.3, 1.4, 1.71, 2.0)
"""Values of `alpha` that tell the ways of rounding apart."""
SIZES = ((97, 130), (99, 101))
"""Image sizes that are odd on every level of an architecture, the one or the other, also where the first window has no padding."""
LEFT_OUT = (
    "initializer",
    "regularizer",
    "constraint",
    "epsilon",
    "momentum",
    "dtype",
    "trainable",
    "name",
    "data_format",
)
PLACEHOLDERS = {
    "classes": 977, "classifier_activation": "sigmoid", "dropout": 0.4375, "dropout_rate": 0.4375, "depth_multiplier": 3,
}  # fmt: skip
"""Arguments that appear in the architecture as they are, each with a value that nothing else has."""
KINDS = {
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
}


def names() -> list[str]:
    import keras

    return [n for n, v in sorted(vars(keras.applications).items()) if inspect.isfunction(v) and n[:1].isupper()]


def without_downloads() -> None:
    """Weights are neither fetched nor read: only the architecture counts."""
    from keras.src.models.model import Model
    from keras.src.utils import file_utils

    file_utils.get_file = lambda *args, **kwargs: "/dev/null"
    Model.load_weights = lambda *args, **kwargs: None


def plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return value


def configuration(layer: Any) -> dict[str, Any]:
    defaults = {k: p.default for k, p in inspect.signature(type(layer).__init__).parameters.items()}
    found: dict[str, Any] = {}
    for key, value in layer.get_config().items():
        if key in defaults and not key.endswith(LEFT_OUT) and plain(value) != plain(defaults[key]):
            value = plain(value)
            if (
                isinstance(value, list)
                and len(value) > 1
                and value[1:] == value[:-1]
                and key in ("kernel_size", "strides", "pool_size")
            ):
                value = value[0]
            if key == "activation" and value == "linear" and defaults[key] is None:
                continue
            if key in ("dilation_rate",) and set(value) == {1}:
                continue
            found[key] = value
    return found


def rows_of(model: Any, nodes: list[Any]) -> list[list[Any]]:
    """The model's rows, in the order of `nodes`, its graph's nodes as Keras made them."""
    from keras.src.layers.layer import Layer
    from keras.src.models.sequential import Sequential

    own = {id(operation) for operation in model.operations}
    position: dict[int, int] = {}
    rows: list[list[Any]] = []
    seen: set[int] = set()
    for node in nodes:
        operation = node.operation
        if id(operation) not in own or id(operation) in seen:
            continue
        seen.add(id(operation))
        at = len(rows)
        if type(operation).__name__ == "InputLayer":
            row: list[Any] = ["InputLayer", None, {}]
            inputs: list[int] = []
        else:
            inputs = [at - position[id(t)] for t in node.input_tensors]
            name = operation.name
            if isinstance(operation, Sequential):
                row = [
                    "Sequential",
                    name,
                    {"layers": [[type(x).__name__, x.name, configuration(x)] for x in operation.layers]},
                ]
            elif isinstance(operation, Layer):
                row = [type(operation).__name__, name, configuration(operation)]
            else:
                row = [f"ops.{type(operation).__name__.lower()}", name, {}]
        for tensor in node.output_tensors:
            position[id(tensor)] = at
        rows.append(row if inputs in ([1], []) else [*row, inputs])
    assert len(rows) == len(model.operations)
    return rows


def build(function: Any, *, twice: bool = False, **arguments: Any) -> list[list[Any]]:
    """The rows of one architecture; built `twice`, names that Keras numbers by itself are null."""
    import keras
    from keras.src.backend.common.stateless_scope import StatelessScope
    from keras.src.ops.node import Node

    both = []
    original = Node.__init__
    for round_ in range(2 if twice else 1):
        made: list[Any] = []

        def record(self: Any, *args: Any, made: list[Any] = made, **kwargs: Any) -> None:
            original(self, *args, **kwargs)
            made.append(self)

        if round_ == 0:
            keras.backend.clear_session()
        Node.__init__ = record
        try:
            with StatelessScope(initialize_variables=False):  # no weight gets a value
                model = function(**arguments)
        finally:
            Node.__init__ = original
        both.append(rows_of(model, made))
    last: dict[str, int] = {}
    for one, two in zip(both[0], both[-1]):
        if one[1] != two[1]:
            stem, _, number = one[1].rpartition("_")
            stem, count = (stem, int(number)) if stem and number.isdigit() else (one[1], 0)
            assert last.get(stem, -1) < count, f"{one[1]} is not named in the order of use"
            last[stem] = count
            one[1] = None
    return with_residuals(both[0])


def divisible(value: float) -> int:
    rounded = max(8, int(value + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * value else rounded


def width(base: float, factors: list[float], rounding: str, alpha: float) -> int:
    """The number of channels, as `architecture.width` calculates it."""
    if rounding == "int":
        return int(base * alpha)
    if rounding == "more":
        return divisible(base * alpha) if alpha > 1 else int(base)
    channels = divisible(int(base * alpha) if rounding == "int8" else base * alpha)
    for factor in factors:
        channels = divisible(channels * factor)
    return channels


def formula(sizes: list[int]) -> list[Any]:
    """The width formula that gives these channel counts for WIDTHS."""
    at_one = sizes[WIDTHS.index(1.0)]
    expansions = (6, 72 / 16, 88 / 24, 4, 3, 2.5, 2.3, 1)
    chains = [[], *([e] for e in expansions), *([e, 0.25] for e in expansions)]
    candidates: list[tuple[float, list[float], str]] = [(at_one, [], way) for way in ("8", "int8", "more", "int")]
    candidates += [(base, chain, way) for chain in chains for base in range(8, 1300, 8) for way in ("8", "int8")]
    for base, factors, rounding in candidates:
        if all(width(base, factors, rounding, a) == s for a, s in zip(WIDTHS, sizes)):
            return [base, factors, rounding]
    raise AssertionError(f"no formula gives {sizes}")


def with_residuals(rows: list[list[Any]]) -> list[list[Any]]:
    """MobileNetV2 and V3 add a block's input to its output where both have as many channels: say so of every block that might."""
    if not any(str(row[1]).endswith("project") for row in rows):
        return rows
    found: list[list[Any]] = []
    place: dict[int, int] = {}
    channels, entry, stride = 0, 0, 1
    pending: tuple[int, int] | None = None
    skip = False
    for i, row in enumerate(rows):
        inputs = [place[i - back] for back in (row[3] if len(row) > 3 else [1] if i else [])]
        if row[0] == "Add" and skip:
            place[i] = len(found) - 1
            skip = False
            continue
        skip = False
        at = len(found)
        place[i] = at
        found.append([*row[:3], inputs])
        name = str(row[1])
        if row[0] == "Conv2D" and not channels:
            channels = row[2]["filters"]
        if not entry and row[0] != "InputLayer" and channels and row[0] not in ("Conv2D", "BatchNormalization"):
            following = [r[1] for r in rows[i + 1 : i + 2]]
            if any(str(f).endswith(("expand", "depthwise", "depthwise_pad")) for f in following):
                entry = at
        if row[0] == "DepthwiseConv2D":
            stride = row[2].get("strides", 1)
        if name.endswith("project"):
            pending = (channels, row[2]["filters"])
        elif pending is not None:  # the normalisation after the projection
            if stride == 1:
                found.append(["Add", rows[i - 1][1].replace("project", "add"), {"same": list(pending)}, [entry, at]])
                place[i] = len(found) - 1
                skip = True
            channels, entry, pending = pending[1], len(found) - 1, None
    return [
        row[:3] + ([[i - at for at in row[3]]] if row[3] not in ([], [i - 1]) else []) for i, row in enumerate(found)
    ]


def structure(rows: list[list[Any]]) -> list[Any]:
    """The graph: what the layers are and how they hang together."""
    return [row[:1] + row[3:] for row in rows]


def marked(function: Any, arguments: dict[str, Any], names: set[str], *, size: bool = False) -> list[list[Any]]:
    """The rows for these arguments, with a mark wherever a value depends on one of the arguments `names`, or on the input's size."""
    rows = build(function, twice=True, **arguments)
    marks: dict[tuple[int, str], Any] = {}
    for name in sorted(names & set(PLACEHOLDERS)):
        other = PLACEHOLDERS[name]
        for i, key, new in differences(rows, build(function, **{**arguments, name: other})):
            assert new == other or new == [other], (name, rows[i])
            marks[i, key] = [f"${name}"] if isinstance(new, list) else f"${name}"
    if size:
        for pixels in SIZES:
            for i, key, new in differences(rows, build(function, **{**arguments, "input_shape": (*pixels, 3)})):
                assert (rows[i][0], key) == ("ZeroPadding2D", "padding"), rows[i]
                marks[i, key] = {"pad": max(map(max, new)) * 2 + 1}
    if "alpha" in names:
        others = [build(function, **arguments, alpha=a) for a in WIDTHS]
        for i, key in {(i, key) for other in others for i, key, _ in differences(rows, other)}:
            value = [o[i][2][key] for o in others]
            if key == "same":
                marks[i, key] = [constant_or_width(list(column)) for column in zip(*value)]
            else:
                marks[i, key] = constant_or_width(value)
    for (i, key), mark in marks.items():
        rows[i][2][key] = mark
    if "dropout_rate" in names:
        remaining = {row[0] for row in build(function, **arguments, dropout_rate=0)}
        for row in rows:
            if row[2].get("rate") == "$dropout_rate" and row[0] not in remaining:
                row[2]["only_if"] = "$dropout_rate"
    return rows


def constant_or_width(sizes: list[int]) -> Any:
    return sizes[0] if len(set(sizes)) == 1 else {"width": formula(sizes)}


def differences(rows: list[list[Any]], other: list[list[Any]]) -> list[tuple[int, str, Any]]:
    """Where the configurations differ: row, key, the other's value."""
    assert structure(rows) == structure(other), "the graph is another one"
    found = []
    for i, (row, changed) in enumerate(zip(rows, other)):
        for key in {*row[2], *changed[2]}:
            if row[2].get(key) != changed[2].get(key):
                found.append((i, key, changed[2][key]))
    return found


def common(lists: list[list[Any]]) -> int:
    """How many items at the beginning are the same in all."""
    count = 0
    while all(count < len(items) for items in lists) and all(items[count] == lists[0][count] for items in lists):
        count += 1
    return count


def variant(function: Any, parameters: set[str], fixed: dict[str, Any]) -> dict[str, Any]:
    """One architecture: its heads (what comes first), its body and its tails (what comes last)."""
    base: dict[str, Any] = {"weights": None, **fixed}
    open_ = None in fixed.get("input_shape", ())
    in_body = parameters & {"alpha", "depth_multiplier"}
    ends = {"none": marked(function, {**base, "include_top": False}, in_body, size=not open_)}
    for pooling in ("avg", "max"):
        ends[pooling] = build(function, twice=True, **base, include_top=False, pooling=pooling)
    if not open_:
        ends["top"] = marked(function, base, parameters - {"depth_multiplier"})
    begin = common([[r[:2] + r[3:] for r in rows] for rows in ends.values()])
    rows = ends["none"][:begin]
    others: dict[str, dict[str, Any]] = {}
    if "include_preprocessing" in parameters:
        others["without"] = {"include_preprocessing": False}
        others["channels"] = {"input_shape": (224, 224, 1)}
    if "alpha" not in parameters and not open_:
        others["imagenet"] = {"weights": "imagenet"}
    heads = {}
    shared = len(rows) - 1
    for name, more in others.items():
        whole = build(function, twice=True, **{**base, "include_top": False, **more})
        front = whole[: len(whole) - (len(ends["none"]) - begin)]
        if structure(front) != structure(rows) or any(a[2] != b[2] for a, b in zip(front[:3], rows[:3])):
            heads[name] = front
            shared = min(shared, common([structure(front)[::-1], structure(rows)[::-1]]))
    body = rows[len(rows) - shared :]
    while heads and body[0][0] in ("Rescaling", "Normalization"):
        body = body[1:]
    return {
        "heads": {name: front[: len(front) - len(body)] for name, front in {"": rows, **heads}.items()},
        "body": body,
        "tails": {name: end[begin:] for name, end in ends.items()},
    }


def application(name: str) -> dict[str, Any]:
    import keras
    from keras.src.applications import imagenet_utils

    function = getattr(keras.applications, name)
    signature = inspect.signature(function)
    rows = [
        [p.name, KINDS[p.kind], None if p.default is p.empty else plain(p.default), p.default is p.empty]
        for p in signature.parameters.values()
    ]
    parameters = set(signature.parameters)
    checks: list[Any] = []
    original = imagenet_utils.obtain_input_shape

    def obtain(input_shape: Any, default_size: int, min_size: int, **rest: Any) -> Any:
        checks.append([default_size, min_size])
        return original(input_shape, default_size=default_size, min_size=min_size, **rest)

    imagenet_utils.obtain_input_shape = obtain
    try:
        function(weights=None)
    finally:
        imagenet_utils.obtain_input_shape = original
    nasnet = name.startswith("NASNet")  # a width that is not fixed gives it another graph
    variants = {"": variant(function, parameters, {"input_shape": (224, 224, 3)} if nasnet else {})}
    if "minimalistic" in parameters:
        variants["minimalistic"] = variant(function, parameters, {"minimalistic": True})
    if nasnet:
        variants["open"] = variant(function, parameters, {"input_shape": (None, None, 3)})
    return {"signature": rows, "sizes": checks[0] if checks else None, "variants": variants}


def main() -> None:
    """All applications, or those that are named; what is there of the others stays."""
    without_downloads()
    gc.freeze()  # what the imports made need not be looked through again
    members: dict[str, str] = {}
    if TARGET.exists():
        with zipfile.ZipFile(TARGET) as archive:
            members = {n: archive.read(n).decode() for n in archive.namelist()}
    for name in sys.argv[1:] or names():
        members[f"{name}.json"] = json.dumps(application(name), separators=(",", ":"))
        print(name, len(members[f"{name}.json"]), file=sys.stderr)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for member in sorted(members):
                date = (1980, 1, 1, 0, 0, 0)  # the same file for the same architectures
                archive.writestr(zipfile.ZipInfo(member, date), members[member], zipfile.ZIP_DEFLATED, 9)
        TARGET.write_bytes(buffer.getvalue())


if __name__ == "__main__":
    main()
