"""Every way of importing Keras leads to one name."""

from __future__ import annotations

import pytest

from lstmlint.keras.names import canonical, similar


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("tensorflow.keras.layers.LSTM", "keras.layers.LSTM"),
        ("tf_keras.layers.LSTM", "keras.layers.LSTM"),
        ("keras._tf_keras.keras.layers.LSTM", "keras.layers.LSTM"),
        ("tensorflow.python.keras.models.Sequential", "keras.Sequential"),
        ("keras.src.layers.rnn.lstm.LSTM", "keras.layers.LSTM"),
        ("keras.src.utils.sequence_utils.pad_sequences", "keras.utils.pad_sequences"),
        ("keras.src.models.model.Model.fit", "keras.Model.fit"),
        ("tf_keras.src.engine.training.Model", "keras.Model"),
        ("keras.layers.core.Dense", "keras.layers.Dense"),
        ("keras.layers.merge.concatenate", "keras.layers.concatenate"),
        ("keras.engine.topology.Layer", "keras.layers.Layer"),
        ("keras.engine.training.Model", "keras.Model"),
        ("keras.models.Model", "keras.Model"),
        ("keras.layers.Input", "keras.Input"),
        ("keras.layers.Convolution1D", "keras.layers.Conv1D"),
        ("tensorflow.keras", "keras"),
        ("numpy.reshape", "numpy.reshape"),
        ("tensorflow.concat", "tensorflow.concat"),
    ],
)
def test_a_spelling_has_one_canonical_name(spelled: str, name: str) -> None:
    assert canonical(spelled) == name


@pytest.mark.keras
@pytest.mark.parametrize("group", ["layers", "regularizers", "constraints", "initializers"])
def test_second_names_are_those_of_the_installed_keras(group: str) -> None:
    import keras

    classes = {n: v for n, v in vars(getattr(keras, group)).items() if isinstance(v, type)}
    home = {cls: name for name, cls in classes.items() if name == cls.__name__}
    for name, cls in classes.items():
        if cls in home and not name.startswith("_"):
            assert canonical(f"tensorflow.keras.{group}.{name}") == canonical(f"keras.{group}.{home[cls]}"), name


@pytest.mark.parametrize(
    "name, right",
    [
        ("keras.layers.Lstm", "LSTM"), ("keras.layers.LTSM", "LSTM"), ("keras.layers.Max_Pooling1D", "MaxPooling1D"), ("keras.optimizers.ADAM", "Adam"),
        ("keras.layers.LSTM", None), ("keras.layers.BrandNewLayer", None), ("keras.layers.lstm", None), ("keras.optimizers.AdamX", None),
    ],
)  # fmt: skip
def test_a_class_is_similar_to_what_has_its_letters(name: str, right: str | None) -> None:
    assert similar(name) == right
