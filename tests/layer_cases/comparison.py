"""Giving the same program to Keras and to lstmlint, and what the two say differently."""

from __future__ import annotations

import traceback
import warnings
from dataclasses import dataclass
from typing import Any

from lstmlint.dims import Dim
from lstmlint.faults import Moment
from lstmlint.interpret import follow
from lstmlint.keras.counting import sublayers_of, total_parameters, trainable_parameters, unknown_weights
from lstmlint.keras.tensors import leaves
from lstmlint.program import Record
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import LayerObject, ModelObject, Tensor, Unknown

from .drawing import Case, Random

FILE = "case.py"


@dataclass(frozen=True)
class Verdict:
    """`kind` is "agree", "unknown" (we don't know, with what in `detail`), or what is wrong.

    "invented": we say that Keras raises and it doesn't; "missed": the other way round; "moment": both raise, at different lines;
    "shape", "mask", "dtype", "weights": the layer runs and we say something else of it.
    """

    kind: str
    detail: str = ""

    @property
    def wrong(self) -> bool:
        return self.kind not in ("agree", "unknown")


def program(case: Case, r: Random) -> str:
    """A program that makes the layer and applies it: by a call, twice, in a Sequential, or built by hand."""
    single = len(case.shapes) == 1 and not case.call and not case.setup
    form = r.choice(("call", "call", "call", "again", "add", "listed", "deferred") if single else ("call",))
    lines = ["import keras"]
    if form in ("add", "listed", "deferred"):
        dtype = f", dtype={case.dtypes[0]!r}" if case.dtypes else ""
        given = f"keras.Input(batch_shape={case.shapes[0]}{dtype})"
        if form == "add":
            lines += [
                "model = keras.Sequential()",
                f"model.add({given})",
                f"layer = {case.construct}",
                "model.add(layer)",
            ]
        elif form == "listed":
            lines += [f"layer = {case.construct}", f"model = keras.Sequential([{given}, layer])"]
        elif form == "deferred":
            lines += [
                f"layer = {case.construct}",
                "model = keras.Sequential([layer])",
                f"model.build({case.shapes[0]})",
            ]
        else:
            lines += [f"layer = {case.construct}", f"layer.build({case.shapes[0]})"]
        return "\n".join(lines) + "\n"
    for i, shape in enumerate(case.shapes):
        dtype = f", dtype={case.dtypes[i]!r}" if i < len(case.dtypes) else ""
        lines.append(f"x{i} = keras.Input(batch_shape={shape}{dtype})")
        # a mask is (batch, time): only for inputs that have both, on which alone Keras means it
        if case.maskable and len(eval(shape)) == 3 and r.random() < 0.3:
            lines.append(f"x{i} = keras.layers.Masking()(x{i})")
    lines.append(f"layer = {case.construct}")
    if case.setup:
        lines.append("layer.adapt(['a', 'b', 'b'])" if "StringLookup" in case.construct else "layer.adapt([3, 5, 5])")
    lines.append(f"y = layer({case.arguments})")
    if form == "again" and case.again is not None:
        dtype = f", dtype={case.dtypes[0]!r}" if case.dtypes else ""
        lines += [f"x = keras.Input(batch_shape={case.again[0]}{dtype})", "y = layer(x)"]
    return "\n".join(lines) + "\n"


def run(text: str) -> tuple[dict[str, Any], Exception | None, int | None]:
    """Keras's side: the names, or what was raised and on which line."""
    names: dict[str, Any] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(text, FILE, "exec"), names)
    except Exception as error:
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == FILE]
        return names, error, lines[0] if lines else None
    return names, None, None


def compare(text: str) -> Verdict:
    """What we say of a program, held against what Keras does."""
    ours = follow(parse(Source(FILE, text))).ways[0]
    names, error, line = run(text)
    raising = next((f for f in ours.faults if f.raises), None)
    if error is not None:
        said = f"{type(error).__name__}: {str(error)[:300]}"
        if raising is None:
            return Verdict("unknown", f"whether it raises: {said}") if _lost(ours) else Verdict("missed", said)
        moment, blamed = _moment(text, line), text.splitlines()[raising.place.span.row - 1]
        if raising.moment is moment and (raising.place.span.row == line or blamed.startswith("layer = ")):
            return Verdict("agree")
        return Verdict(
            "moment", f"{raising.moment} in `{blamed}` ({raising.kind}: {raising.message}), not {moment} ({said})"
        )
    if raising is not None:
        return Verdict("invented", f"{raising.kind}: {raising.message}")
    return _results(ours, names)


MOMENTS = (
    ("layer = ", Moment.CONSTRUCT), ("model.add", Moment.ADD), ("model = keras.Sequential(", Moment.ADD), ("model.build", Moment.BUILD), ("y = ", Moment.CALL),
)  # fmt: skip


def _moment(text: str, line: int | None) -> Moment | None:
    """The moment that a line of a program is."""
    written = text.splitlines()[line - 1] if line else ""
    return next((moment for start, moment in MOMENTS if written.startswith(start)), None)


def _lost(ours: Record) -> bool:
    """Is what the layer gives, or the layer itself, something that we don't know?"""
    layer, value = ours.names.get("layer"), ours.names.get("y", ours.names.get("model"))
    if not isinstance(layer, LayerObject) or layer.opaque is not None:
        return True
    if "y" in ours.names:
        return _any_unknown(value)
    return isinstance(value, ModelObject) and _any_unknown(value.outputs)


def _any_unknown(value: Any) -> bool:
    return any(isinstance(v, Unknown) or (isinstance(v, Tensor) and v.shape.dims is None) for v in leaves(value))


def _results(ours: Record, names: dict[str, Any]) -> Verdict:
    import keras

    layer, real = ours.names.get("layer"), names["layer"]
    if not isinstance(layer, LayerObject):
        return Verdict("unknown", "the layer")
    if "y" in names:
        value, outputs = ours.names.get("y"), names["y"]
    elif "model" in names:
        model = ours.names.get("model")
        value = model.outputs if isinstance(model, ModelObject) else Unknown("?")
        try:
            outputs = names["model"].outputs
        except AttributeError:
            return Verdict("unknown", "Keras gives up building the model, without a word")
    else:
        return _weights(layer, real)
    if isinstance(value, Unknown):
        return Verdict("unknown", f"its output: {value.reason}")
    theirs, found = keras.tree.flatten(outputs), leaves(value)
    if any(not isinstance(t, Tensor) or t.shape.dims is None for t in found):
        return Verdict("unknown", "the shape of an output")
    if len(theirs) != len(found):
        return Verdict("shape", f"{len(found)} outputs, not {len(theirs)}")
    for mine, actual in zip(found, theirs):
        if len(mine.shape.dims) != len(actual.shape) or any(
            _differs(d, s) for d, s in zip(mine.shape.dims, actual.shape)
        ):
            return Verdict("shape", f"{mine.shape}, not {actual.shape}")
        if any(d.is_unknown for d in mine.shape.dims):
            return Verdict("unknown", f"an axis of {mine.shape}, Keras: {actual.shape}")
        masked = getattr(actual, "_keras_mask", None) is not None
        if "y" in names and (mine.mask is not None) != masked:
            return Verdict("mask", f"{mine.mask is not None}, not {masked}")
        if mine.dtype is not None and mine.dtype != actual.dtype:
            return Verdict("dtype", f"{mine.dtype}, not {actual.dtype}")
    return _weights(layer, real)


def _differs(ours: Dim, theirs: int | None) -> bool:
    """Is it another size? A symbol is a number that we can't name (a vocabulary after `adapt`), so any number will do."""
    if ours.is_unknown:
        return False
    return theirs is None if ours.known is None and ours.exact is not None else ours.size != theirs


def _weights(layer: LayerObject, real: Any) -> Verdict:
    reason = unknown_weights(layer)
    if reason is not None:
        return Verdict("unknown", f"its weights: {reason}")
    parts, queue = [layer], [layer]
    while queue:
        inside = [one for one in sublayers_of(queue.pop()) if all(one is not p for p in parts)]
        parts += inside
        queue += inside
    mine = sorted(str(tuple(d.size for d in w.shape)) for p in parts for w in p.weights)
    theirs = sorted(str(tuple(w.shape)) for w in real.weights)
    if any(d.is_unknown for p in parts for w in p.weights for d in w.shape):
        return Verdict("unknown", f"a size of a weight: {mine}, Keras: {theirs}")
    if mine != theirs:
        return Verdict("weights", f"{mine}, not {theirs}")
    counts = total_parameters(layer).known, trainable_parameters(layer).known
    actual = real.count_params() if real.built else 0, sum(int(w.value.numpy().size) for w in real.trainable_weights)
    return Verdict("agree") if counts == actual else Verdict("weights", f"(total, trained) {counts}, not {actual}")
