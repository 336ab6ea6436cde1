"""The tables of Keras's API agree with the installed Keras, and every public class has one home."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from lstmlint.keras import api
from lstmlint.keras.names import canonical

ROOT = Path(__file__).resolve().parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_api", ROOT / "tools" / "generate_api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.keras
@pytest.mark.parametrize("major", (3, 2))
@pytest.mark.parametrize("table", sorted(generator().TABLES))
def test_a_table_says_what_the_installed_keras_says(table: str, major: int) -> None:
    made = generator()
    stored = json.loads((made.TARGET / made.file_name(table, major)).read_text(encoding="utf-8"))
    assert stored == json.loads(made.as_text(made.TABLES[table](major)))


@pytest.mark.parametrize(
    ("source", "public"),
    [
        ("keras.src.layers.rnn.lstm.LSTM", "keras.layers.LSTM"),
        ("keras.src.layers.convolutional.conv1d.Conv1D", "keras.layers.Conv1D"),
        ("keras.src.layers.layer.Layer", "keras.layers.Layer"),
        ("keras.src.models.model.Model", "keras.Model"),
        ("keras.src.layers.core.input_layer.Input", "keras.Input"),
        ("keras.src.ops.numpy.concatenate", "keras.ops.concatenate"),
        ("keras.src.backend.tensorflow.layer.TFLayer", None),
    ],
)
def test_what_the_source_defines_has_its_public_name(source: str, public: str | None) -> None:
    assert api.home(source) == public


def test_keras_2_keeps_things_elsewhere() -> None:
    assert api.home("keras.src.engine.training.Model", 2) == "keras.Model"
    assert api.home("keras.src.layers.rnn.lstm.LSTM", 2) == "keras.layers.LSTM"


def test_a_second_name_is_among_the_public_names_but_not_the_first() -> None:
    names = api.public_names("keras.src.layers.convolutional.conv1d.Conv1D")
    assert names == ("keras.layers.Conv1D", "keras.layers.Convolution1D")


def test_everything_leads_from_its_source_to_the_same_name_as_from_its_public_names() -> None:
    homes = json.loads((ROOT / "lstmlint" / "keras" / "api" / "homes3.json").read_text("utf-8"))
    for source, public in homes.items():
        assert canonical(source) == canonical(public[0]), source


def test_a_layer_is_called_with_what_its_call_takes() -> None:
    parameters = api.call_signature("keras.layers.LSTM.call")
    assert parameters is not None
    assert [p.name for p in parameters] == ["sequences", "initial_state", "mask", "training"]


def test_the_two_generations_of_fit_differ() -> None:
    new, old = ({p.name for p in api.call_signature("keras.Model.fit", major) or ()} for major in (3, 2))
    assert old - new == {"max_queue_size", "workers", "use_multiprocessing"}


def test_strings_stand_for_objects() -> None:
    assert api.is_identifier("activations", "relu")
    assert not api.is_identifier("activations", "ReLU")
    assert api.is_identifier("optimizers", "Adam")
    assert not api.is_identifier("losses", "mean_square_error")


def test_a_class_knows_what_it_inherits_from() -> None:
    assert api.ancestors("keras.layers.LSTM")[0] == "keras.layers.RNN"
    assert "keras.layers.Layer" in api.ancestors("keras.Sequential")
