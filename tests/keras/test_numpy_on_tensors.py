"""Every function of NumPy, given a symbolic tensor, raises where we say that it does, and answers what we say."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import pytest

import lstmlint.keras
from lstmlint.interpret import follow
from lstmlint.keras.ops.array_functions import NAMESPACES, SILENT
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Tensor

HEAD = "import keras\nimport numpy as np\nx = keras.Input((4, 3))\nb = keras.Input(batch_shape=(2, 1, 3))\n"
ARGUMENTS = ("x", "b", "x, x", "x, 1", "[x, x]", "2, x", "np.ones(3), x", "[x, x], axis=-1", "a=x")
UNSAFE = (
    "save", "savez", "savez_compressed", "savetxt", "seterr", "seterrcall", "set_printoptions", "setbufsize", "test", "seed", "set_state",
    "set_bit_generator", "Generator", "RandomState", "info", "show_config", "show_runtime", "fromfile", "memmap",
)  # fmt: skip
"""Functions that touch files, print, or change settings; Generator ends the process."""


def raises(text: str, names: dict[str, Any]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            eval(text, dict(names))
    except Exception:
        return True
    return False


def functions() -> list[str]:
    import numpy as np

    found = []
    for namespace in NAMESPACES:
        module = eval(namespace.replace("numpy", "np", 1), {"np": np})
        for name in dir(module):
            value = getattr(module, name)
            if inspect.isclass(value) and issubclass(value, BaseException):
                continue
            if callable(value) and not name.startswith("_") and not inspect.ismodule(value) and name not in UNSAFE:
                found.append(f"{namespace}.{name}".replace("numpy", "np", 1))
    return found


def refused(text: str) -> bool:
    return any(f.raises for f in follow(parse(Source("model.py", text))).faults)


@pytest.mark.keras
def test_a_function_of_numpy_raises_on_a_symbolic_tensor_where_we_say_so() -> None:
    names: dict[str, Any] = {}
    exec(HEAD, names)
    invented, missed, count = [], [], 0
    for name in functions():
        calls = [f"{name}({arguments})" for arguments in ARGUMENTS]
        program = follow(parse(Source("model.py", HEAD + "".join(f"y = {call}\n" for call in calls))))
        rows = {f.place.span.row for f in program.faults if f.raises}
        for row, call in enumerate(calls, HEAD.count("\n") + 1):
            count += 1
            theirs = raises(call, names)
            if row in rows and not theirs:
                invented.append(call)
            if theirs and row not in rows and name.removeprefix("np.") not in SILENT:
                missed.append(call)
    assert count > 4000
    assert not invented
    assert not missed


@pytest.mark.keras
@pytest.mark.parametrize(
    "call", ["np.squeeze(b)", "np.squeeze(b, axis=1)", "np.squeeze(b, 2)", "np.squeeze(x, axis=1)", "np.flip(x)", "np.flip(b, axis=1)", "np.shape(x)", "np.ndim(x)"],
)  # fmt: skip
def test_what_numpy_only_asks_the_tensor_for_is_answered(call: str) -> None:
    names: dict[str, Any] = {}
    exec(HEAD, names)
    program = follow(parse(Source("model.py", f"{HEAD}y = {call}\n")))
    if raises(call, names):
        assert program.faults
        return
    assert not program.faults
    theirs, ours = eval(call, names), program.ways[0].names["y"]
    assert ours.shape.to_json() == list(theirs.shape) if isinstance(ours, Tensor) else ours == theirs


@pytest.mark.keras
@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "**", ">", "@"])
@pytest.mark.parametrize("array", ["np.ones((3, 3))", "np.arange(3)", "[1.0, 2.0, 3.0]", "2.0", "np.pi"])
def test_an_array_on_the_left_of_an_operator_is_asked_first(operator: str, array: str) -> None:
    names: dict[str, Any] = {}
    exec(HEAD, names)
    for text in (f"{array} {operator} x", f"x {operator} {array}"):
        if refused(f"{HEAD}y = {text}\n"):
            assert raises(text, names), text
        elif array.startswith("np.ones"):
            assert not raises(text, names), text


def test_a_layer_of_ones_own_may_use_numpy_on_what_it_gets() -> None:
    text = (
        HEAD
        + "class Own(keras.layers.Layer):\n    def call(self, t):\n        return t * np.float32(np.mean(t.shape[1:]))\ny = Own()(x)\n"
    )
    assert not refused(text)
    assert lstmlint.keras is not None
