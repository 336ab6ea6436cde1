"""The oracle tells the truth: it reports what Keras built, where it raised, and starts afresh for each program."""

from __future__ import annotations

import pytest

from tests import oracle

pytestmark = pytest.mark.keras

LSTM = """
    import keras
    model = keras.Sequential([keras.Input((10, 64)), keras.layers.LSTM(32), keras.layers.Dense(2)])
"""


def test_it_reports_layers_shapes_and_parameters() -> None:
    model = oracle.ask(LSTM).models["model"]
    assert [(x["name"], x["class"], x["output_shapes"], x["params"]) for x in model["layers"]] == [
        ("lstm", "LSTM", [[None, 32]], 12416),
        ("dense", "Dense", [[None, 2]], 66),
    ]
    assert model["total_params"] == 12482


def test_names_start_again_for_every_program() -> None:
    assert (
        oracle.ask(LSTM).models["model"]["layers"][0]["name"]
        == oracle.ask(LSTM).models["model"]["layers"][0]["name"]
        == "lstm"
    )


def test_it_names_the_line_that_raised() -> None:
    answer = oracle.ask("import keras\n\nmodel = keras.Sequential([keras.Input((10,)), keras.layers.LSTM(3)])\n")
    assert (answer.raised, answer.line) == ("ValueError", 3)
    assert "expected ndim=3, found ndim=2" in answer.message


def test_a_program_without_end_is_stopped_and_the_next_one_runs() -> None:
    assert oracle.ask("while True: pass", limit=0.5).raised == "TooSlow"
    assert oracle.ask("x = 1").raised is None


def test_a_program_that_takes_the_process_down_does_not_take_the_tests_down() -> None:
    assert oracle.ask("import os; os._exit(3)").raised == "OracleDied"
    assert oracle.ask("x = 1").raised is None


def test_what_a_program_sets_for_all_is_taken_back() -> None:
    oracle.ask("import keras; keras.config.set_floatx('float16'); keras.config.set_image_data_format('channels_first')")
    answer = oracle.ask("import keras; print(keras.config.floatx(), keras.config.image_data_format())")
    assert answer.stdout.split() == ["float32", "channels_last"]


def test_a_program_has_a_process_of_its_own_before_it_is_said_to_have_ended_it() -> None:
    oracle.ask("import os, threading, time; threading.Thread(target=lambda: (time.sleep(0.3), os._exit(3))).start()")
    assert oracle.ask("import time; time.sleep(1); print('here')").stdout == "here\n"
