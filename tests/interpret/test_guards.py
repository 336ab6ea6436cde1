"""What a program asks for, tries or gives Keras itself before it uses it is nothing that it lacks."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lstmlint.packs import load_pack
from lstmlint.rule import Severity
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

IMPORTS = """
import keras
from keras import Input, Sequential
from keras import backend as K
from keras.layers import LSTM, Dense
"""

RIGHT = {
    "hasattr": "session = K.get_session() if hasattr(K, 'get_session') else None",
    "hasattr_if": "if hasattr(keras.backend, 'set_learning_phase'):\n    keras.backend.set_learning_phase(0)",
    "not_hasattr": "if not hasattr(K, 'mean'):\n    K = keras.ops\nK.mean(K.ones((2, 3)))",
    "hasattr_there": "s = (3, 2) if hasattr(keras, 'ops') and not hasattr(keras.layers, 'CuDNNLSTM') else (3,)\nSequential([Input(s), LSTM(2)])",
    "getattr_default": "f = getattr(K, 'sqrt', keras.ops.sqrt)\nf(keras.ops.ones((2,)))",
    "getattr_none": "f = getattr(K, 'sqrt', None) or keras.ops.sqrt\nf(keras.ops.ones((2,)))",
    "try_attribute": "try:\n    f = K.sqrt\nexcept AttributeError:\n    f = keras.ops.sqrt\nf(keras.ops.ones((2,)))",
    "try_import": "try:\n    from keras.layers import CuDNNLSTM\n    s = (3,)\nexcept ImportError:\n    s = (3, 2)\nSequential([Input(s), LSTM(2)])",
    "try_module": "try:\n    import keras.engine.topology\n    s = (3,)\nexcept ImportError:\n    s = (3, 2)\nSequential([Input(s), LSTM(2)])",
    "try_lr": "try:\n    o = keras.optimizers.Adam(lr=1e-3)\nexcept (TypeError, ValueError):\n    o = keras.optimizers.Adam(learning_rate=1e-3)",
    "try_lr_bare": "def adam(rate):\n    try:\n        return keras.optimizers.Adam(lr=rate)\n    except:\n        return keras.optimizers.Adam(learning_rate=rate)\nadam(1e-3)",
    "put_method": "keras.Model.predict_classes = lambda self, x: self.predict(x, verbose=0).argmax(-1)\nm = Sequential([Input((3,)), Dense(2)])\nm.predict_classes(keras.ops.ones((2, 3)))",
    "put_function": "for n in ('mean', 'square'):\n    if not hasattr(keras.backend, n):\n        setattr(keras.backend, n, getattr(keras.ops, n))\nK.mean(K.square(keras.ops.ones((2, 3))))",
    "own_manager": "class Raises:\n    def __init__(self, kind):\n        self.kind = kind\n    def __enter__(self):\n        return self\n    def __exit__(self, kind, error, trace):\n        return kind is not None and issubclass(kind, self.kind)\nwith Raises(ValueError):\n    Sequential([Input((3,)), LSTM(2)])",
}
"""Programs that Keras runs."""

WRONG = {
    "K.get_session()": "MIG008",
    "if hasattr(keras, 'backend'):\n    K.get_session()": "MIG008",
    "keras.optimizers.Adam(lr=1e-3)": "MIG006",
    "try:\n    keras.optimizers.Adam(lr=1e-3)\nexcept KeyError:\n    pass": "MIG006",
    "try:\n    keras.optimizers.Adam(lr=1e-3)\nexcept ValueError:\n    raise": "MIG006",
    "keras.Model.classes = lambda self: 1\nSequential([Input((3,)), Dense(2)]).predict_classes([[1.0]])": "MIG002",
    "f = getattr(K, 'clear_session', None)\nif f is not None:\n    Sequential([Input((3,)), LSTM(2)])": "SHP001",
    "class Stays:\n    def __enter__(self):\n        return self\n    def __exit__(self, *error):\n        print(error)\nwith Stays():\n    Sequential([Input((3,)), LSTM(2)])": "SHP001",
    "class Keys:\n    def __enter__(self):\n        return self\n    def __exit__(self, kind, *error):\n        return kind is KeyError\nwith Keys():\n    Sequential([Input((3,)), LSTM(2)])": "SHP001",
}


def _told(program: str) -> list[str]:
    return [f.code for f in check_source(IMPORTS + program) if f.severity in (Severity.ERROR, Severity.WARNING)]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_asked_for_tried_or_given_is_not_lacking(name: str) -> None:
    assert _told(RIGHT[name]) == []


@pytest.mark.parametrize("program", WRONG)
def test_anything_else_is_told(program: str) -> None:
    assert _told(program) == [WRONG[program]]


@pytest.mark.keras
@pytest.mark.parametrize("name", RIGHT)
def test_keras_runs_it(name: str) -> None:
    program = [sys.executable, "-c", IMPORTS + RIGHT[name]]
    assert subprocess.run(program, capture_output=True, check=False).returncode == 0
