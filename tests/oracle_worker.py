"""Runs programs under real Keras, one JSON line in, one JSON line out: the other end of `tests/oracle.py`."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import signal
import sys
import traceback
import types
import warnings
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


class TooSlow(BaseException):
    """The program ran past its time."""


def plain(shape: Any) -> Any:
    """Nested shapes as JSON: a list of sizes, or a list of such."""
    if shape is None or isinstance(shape, int):
        return shape
    if isinstance(shape, dict):
        return {str(key): plain(value) for key, value in shape.items()}
    return [plain(item) for item in shape]


def tensors(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in tensors(item)]
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in tensors(item)]
    return [value]


def output_shapes(layer: Any) -> Any:
    """The shapes of every output of the layer's last call, None where it was never called symbolically."""
    try:
        return [plain(tuple(t.shape)) for t in layer._inbound_nodes[-1].output_tensors]
    except Exception:
        pass
    try:
        return [plain(tuple(t.shape)) for t in tensors(layer.output)]
    except Exception:
        return None


def counts(layer: Any) -> tuple[int | None, int | None]:
    try:
        total = layer.count_params()
        trainable = sum(int(__import__("math").prod(w.shape)) for w in layer.trainable_weights)
    except Exception:
        return None, None
    return int(total), trainable


def describe(model: Any) -> dict[str, Any]:
    total, trainable = counts(model)
    layers = []
    for layer in model.layers:
        params, trained = counts(layer)
        layers.append(
            {
                "name": layer.name,
                "class": type(layer).__name__,
                "output_shapes": output_shapes(layer),
                "params": params,
                "trainable_params": trained,
            }
        )
    try:
        inputs = [plain(tuple(t.shape)) for t in tensors(model.inputs)]
        outputs = [plain(tuple(t.shape)) for t in tensors(model.outputs)]
    except Exception:
        inputs = outputs = None
    return {
        "name": model.name, "class": type(model).__name__, "built": bool(model.built), "input_shapes": inputs, "output_shapes": outputs,
        "total_params": total, "trainable_params": trainable, "layers": layers,
    }  # fmt: skip


def reset() -> None:
    """Take back what a program has set for all that follow, and `clear_session()` does not."""
    import keras
    import tensorflow as tf

    keras.backend.clear_session()
    keras.config.set_floatx("float32")
    keras.config.set_epsilon(1e-7)
    keras.config.set_image_data_format("channels_last")
    tf.config.run_functions_eagerly(False)


def run(source: str, limit: float, trace: bool = False) -> dict[str, Any]:
    import keras

    reset()
    module = types.ModuleType("__main__")
    names = module.__dict__
    answer: dict[str, Any] = {"raised": None, "line": None, "message": "", "models": {}, "warnings": [], "stdout": ""}
    out = io.StringIO()

    def ring(*_: Any) -> None:
        raise TooSlow

    executed: set[int] = set()

    def note(frame: Any, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != "<program>":
            return None
        if event == "line":
            executed.add(frame.f_lineno)
        return note

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit)
    saved = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        with (
            warnings.catch_warnings(record=True) as caught,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("always")
            if trace:
                sys.settrace(note)
            try:
                exec(compile(source, "<program>", "exec"), names)
            except TooSlow:
                answer["raised"], answer["message"] = "TooSlow", f"no end in {limit} s"
            except BaseException as error:
                answer["raised"], answer["message"] = type(error).__name__, str(error)[:2000]
                rows = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == "<program>"]
                answer["line"] = rows[0] if rows else getattr(error, "lineno", None)
                answer["lines"] = rows
        answer["warnings"] = [f"{w.category.__name__}: {w.message}" for w in caught][:50]
    finally:
        sys.settrace(None)
        answer["executed"] = sorted(executed)
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.modules["__main__"] = saved
    answer["stdout"] = out.getvalue()[-4000:]
    for name, value in list(names.items()):
        if isinstance(value, keras.Model):
            try:
                answer["models"][name] = describe(value)
            except Exception as error:
                answer["models"][name] = {"error": f"{type(error).__name__}: {error}"}
    return answer


def main() -> None:
    import keras  # noqa: F401

    gc.freeze()  # `clear_session()` collects garbage each time: without TensorFlow's own objects that takes no time
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints from C must not reach the channel
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = run(request["source"], request.get("limit", 60), request.get("trace", False))
        except Exception as error:
            answer = {
                "raised": "OracleError",
                "message": f"{type(error).__name__}: {error}",
                "line": None,
                "models": {},
                "warnings": [],
                "stdout": "",
            }
        channel.write(json.dumps(answer) + "\n")
        channel.flush()


if __name__ == "__main__":
    main()
