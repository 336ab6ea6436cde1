"""Asks real Keras: runs small programs in one long-lived subprocess and says what was built or raised.

    with Oracle() as oracle:
        result = oracle.run("import keras\\nm = keras.Sequential([keras.layers.LSTM(32, input_shape=(10, 64))])")
        result["error"]    # None, or {"type", "message", "line"}
        result["models"]   # [{"names", "name", "class", "line", "input_shapes", "output_shapes", "params",
                           #   "trainable_params", "layers": [{"name", "class", "output_shapes", "params", ...}]}]
        result["output"]   # what was printed, warnings included
        oracle.evaluate(["1 + 1"])   # [{"value": "2"}], or {"error": {...}}

Each program has a namespace of its own and Keras's names start afresh. A program that exceeds `limit` seconds
ends in the error type "TimeLimit". One process serves hundreds of programs: the import is paid once.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from typing import Any


class Oracle:
    """A worker process with Keras; JSON lines go in and come out."""

    def __init__(self, limit: float = 30.0) -> None:
        self.limit = limit
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "", "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment, text=True, encoding="utf-8",
        )  # fmt: skip

    def __enter__(self) -> Oracle:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(30)

    def run(self, program: str) -> dict[str, Any]:
        """What Keras makes of one program."""
        return self._ask({"run": program})

    def evaluate(self, snippets: list[str]) -> list[dict[str, Any]]:
        """The repr of each expression's value, each in a namespace of its own."""
        return [self._ask({"evaluate": snippet}) for snippet in snippets]

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({**request, "limit": self.limit}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the Keras process ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


class TimeLimit(Exception):
    pass


def _alarm(*_: object) -> None:
    raise TimeLimit("time limit")


def _shapes(tensors: Any) -> list[list[int | None]] | None:
    import keras

    try:
        return [list(t.shape) for t in keras.tree.flatten(tensors)]
    except Exception:
        return None


def _layer(layer: Any) -> dict[str, Any]:
    try:
        output = layer.output
    except Exception:
        output = None
    return {
        "name": layer.name, "class": type(layer).__name__,
        "output_shapes": None if output is None else _shapes(output),
        "params": _count(layer.weights) if layer.built else None,
        "trainable_params": _count(layer.trainable_weights) if layer.built else None,
    }  # fmt: skip


def _count(weights: Any) -> int:
    return sum(_size(w.shape) for w in weights)


def _size(shape: Any) -> int:
    size = 1
    for d in shape:
        size *= d
    return size


def _model(model: Any, line: int | None, names: list[str]) -> dict[str, Any]:
    described = _layer(model)
    described.update(
        names=names, line=line, input_shapes=None,
        layers=[_layer(layer) for layer in model.layers],
    )  # fmt: skip
    with contextlib.suppress(Exception):
        described["input_shapes"] = _shapes(model.inputs)
        described["output_shapes"] = _shapes(model.outputs)
    return described


def _run(program: str) -> dict[str, Any]:
    import keras

    keras.backend.clear_session()
    made: list[tuple[Any, int | None]] = []
    original = keras.Model.__init__

    def noted(self: Any, *args: Any, **kwargs: Any) -> None:
        frame: Any = sys._getframe(1)
        inner = False  # a Sequential keeps a functional model inside, a new one after every add
        while frame is not None and frame.f_code.co_filename != "<program>":
            in_sequential = frame.f_code.co_filename.endswith("sequential.py")
            inner = inner or (in_sequential and frame.f_locals.get("self") is not self)
            frame = frame.f_back
        if not inner and not any(m is self for m, _ in made):
            made.append((self, frame.f_lineno if frame else None))
        original(self, *args, **kwargs)

    namespace: dict[str, Any] = {"__name__": "__main__"}
    error = None
    keras.Model.__init__ = noted
    try:
        exec(compile(program, "<program>", "exec"), namespace)
    except BaseException as raised:
        error = _error(raised)
    finally:
        keras.Model.__init__ = original
    for value in namespace.values():
        if isinstance(value, keras.Model) and not any(m is value for m, _ in made):
            made.append((value, None))
    models = []
    for model, line in made:
        with contextlib.suppress(Exception):
            models.append(_model(model, line, [n for n, v in namespace.items() if v is model]))
    return {"error": error, "models": models}


def _error(raised: BaseException) -> dict[str, Any]:
    line = None
    trace = raised.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<program>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return {"type": type(raised).__name__, "message": str(raised), "line": line}


def _evaluate(snippet: str) -> dict[str, Any]:
    try:
        return {"value": repr(eval(snippet, {}))}
    except BaseException as raised:
        return {"error": _error(raised)}


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    signal.signal(signal.SIGALRM, _alarm)
    for line in sys.stdin:
        request = json.loads(line)
        printed = io.StringIO()
        signal.setitimer(signal.ITIMER_REAL, request["limit"] + (60 if "keras" not in sys.modules else 0))
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                answer = _run(request["run"]) if "run" in request else _evaluate(request["evaluate"])
            except TimeLimit as raised:
                answer = {"error": _error(raised), "models": []}
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        answer["output"] = printed.getvalue()
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    _serve()
