"""An exception that nobody has expected is told, although a handler takes it: one that shows whatever comes, and one that ends the program."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

PROGRAM = """
import logging, sys, traceback
import keras

def build():
    x = keras.Input((3,))
    y = keras.layers.LSTM(4)(x)
    return keras.Model(x, y)

def main():
    try:
        model = build()
        model.summary()
    except HANDLER

main()
"""
TOLD = {
    "print": "Exception as e:\n        print('failed:', e)",
    "bare": ":\n        print('failed')",
    "traceback": "Exception:\n        traceback.print_exc()",
    "logging": "Exception as e:\n        logging.exception(e)",
    "return": "Exception as e:\n        print(e)\n        return None",
    "exit": "Exception as e:\n        print(e)\n        sys.exit(1)",
    "another": "ValueError as e:\n        raise RuntimeError('the model can not be built') from e",
    "again": "ValueError as e:\n        print(e)\n        raise",
    "system exit": "Exception:\n        raise SystemExit(1)",
}
SILENT = {
    "passed over": "Exception:\n        pass",
    "something else": "Exception as e:\n        print(e)\n        model = keras.Sequential([keras.Input((3, 1)), keras.layers.LSTM(4)])",
    "expected": "ValueError as e:\n        print('as expected:', e)",
}
SHOWN = {
    "only this": "import keras\ntry:\n    keras.layers.LSTM(4)(keras.Input((3,)))\nexcept Exception as e:\n    print(e)\n",
    "one of many": (
        "import keras\ndef build(size):\n    keras.layers.LSTM(size)(keras.Input((3,)))\n"
        "for size in (1, 2):\n    try:\n        build(size)\n    except Exception as e:\n        print(size, e)\n"
    ),
    "an import": "try:\n    from keras.layers import CuDNNLSTM\n    print(CuDNNLSTM)\nexcept ImportError:\n    raise RuntimeError('Keras 2 is needed')\n",
}


@pytest.mark.parametrize("handler", TOLD.values(), ids=TOLD)
def test_what_nobody_has_expected_is_told(handler: str) -> None:
    program = PROGRAM.replace("except HANDLER", f"except {handler}".replace("except :", "except:"))
    assert [f.code for f in check_source(program) if f.severity != "info"] == ["SHP001"]


@pytest.mark.parametrize("handler", SILENT.values(), ids=SILENT)
def test_what_is_expected_is_not(handler: str) -> None:
    assert check_source(PROGRAM.replace("HANDLER", handler)) == []


@pytest.mark.parametrize("program", SHOWN.values(), ids=SHOWN)
def test_an_exception_may_be_what_is_to_be_shown(program: str) -> None:
    assert check_source(program) == []
