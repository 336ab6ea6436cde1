"""`keras.applications`, called with arguments at random, gives what the installed Keras builds: layers, shapes, parameters, or an exception."""

from __future__ import annotations

import inspect
import json
import os
import random
from typing import Any

import pytest

import lstmlint.keras
from lstmlint.interpret import follow
from lstmlint.keras.applications import NAMES
from lstmlint.keras.counting import total_parameters, trainable_parameters
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import ModelObject, flatten

CASES = int(os.environ.get("LSTMLINT_CASES", "0"))
"""Cases for each application; 0 takes SAMPLE, which is quick to build."""

SAMPLE = (
    "VGG16",
    "MobileNet",
    "MobileNetV2",
    "MobileNetV3Small",
    "ResNet50",
    "Xception",
    "EfficientNetB0",
    "ConvNeXtTiny",
)

ROW = "keras.applications.{name}({arguments})"


def arguments(r: random.Random, name: str, parameters: set[str]) -> str:
    """Arguments as source text: most of them fine, some of them refused."""
    size = lambda: r.choice((32, 33, 64, 75, 97, 128, 224, 299, 20))  # noqa: E731
    found: dict[str, Any] = {"weights": r.choice((None, None, None, "imagenet"))}
    if r.random() < 0.6:
        found["include_top"] = r.random() < 0.3
    if r.random() < 0.7:
        side = size()
        found["input_shape"] = r.choice(((side, side, 3), (size(), size(), 3), (side, side, r.choice((1, 3, 4)))))
        if r.random() < 0.15:
            found["input_shape"] = r.choice(((None, None, 3), (None, side, 3), (side, None, 3), (side, side)))
    if r.random() < 0.5:
        found["pooling"] = r.choice(("avg", "max", "other", None))
    if r.random() < 0.4:
        found["classes"] = r.choice((2, 10, 1000))
    if r.random() < 0.3:
        found["classifier_activation"] = r.choice((None, "softmax", "sigmoid"))
    if "alpha" in parameters and r.random() < 0.7:
        found["alpha"] = r.choice((0.1, 0.25, 0.35, 0.5, 0.75, 1.0, 1.3, 1.4, 2.0, round(r.uniform(0.2, 1.8), 2)))
    for flag in ("minimalistic", "include_preprocessing"):
        if flag in parameters and r.random() < 0.3:
            found[flag] = r.random() < 0.5
    for rate in ("dropout", "dropout_rate"):
        if rate in parameters and r.random() < 0.4:
            found[rate] = r.choice((0, 0.5))
    if "depth_multiplier" in parameters and r.random() < 0.2:
        found["depth_multiplier"] = 2
    if r.random() < 0.1 and "V2B" not in name:
        found["name"] = "base"
    written = [f"{key}={value!r}" for key, value in found.items()]
    if r.random() < 0.15:
        shape = found.get("input_shape", (size(), size(), 3))
        if None not in shape and len(shape) == 3:
            written.append(f"input_tensor=keras.layers.Rescaling(0.5)(keras.Input({shape!r}))")
    return ", ".join(written)


def real(text: str) -> Any:
    """What Keras builds, without values for the weights and without downloads; the exception where it raises."""
    import keras
    from keras.src.backend.common.stateless_scope import StatelessScope
    from keras.src.models.model import Model
    from keras.src.utils import file_utils

    saved = file_utils.get_file, Model.load_weights
    file_utils.get_file, Model.load_weights = (lambda *a, **k: "/dev/null"), (lambda *a, **k: None)
    keras.backend.clear_session()
    try:
        with StatelessScope(initialize_variables=False):
            return eval(text, {"keras": keras})
    except Exception as error:
        return error
    finally:
        file_utils.get_file, Model.load_weights = saved


def disagreement(call: str) -> str | None:
    """What Keras and we say differently of one call."""
    theirs = real(call)
    program = follow(parse(Source("model.py", f"import keras\nmodel = {call}\n")))
    ours = program.ways[0].names.get("model")
    refused = [f.message for f in program.faults if f.raises]
    if isinstance(theirs, Exception):
        return None if refused else f"Keras raises {type(theirs).__name__}: {str(theirs)[:200]}; we don't"
    if refused:
        return f"we refuse: {refused[0]}"
    if not isinstance(ours, ModelObject):
        return f"we don't know: {getattr(ours, 'reason', ours)}"
    return _compared(ours, theirs)


def _compared(ours: ModelObject, theirs: Any) -> str | None:
    if ours.name != theirs.name:
        return f"named {ours.name}, in Keras {theirs.name}"
    mine = [(x.name, "Functional" if x.type_name == "keras.Model" else x.class_name) for x in ours.layers]
    wanted = [(x.name, type(x).__name__) for x in theirs.layers]
    if mine != wanted:
        return f"layers: {next((a, b) for a, b in zip([*mine, None], [*wanted, None]) if a != b)}"
    for layer, other in zip(ours.layers, theirs.layers):
        if total_parameters(layer).known != other.count_params():
            return f"{layer.name}: {total_parameters(layer)} parameters, in Keras {other.count_params()}"
        shapes = [s.to_json() for call in layer.calls[-1:] for s in call.output_shapes]
        if shapes and shapes != [list(other.output.shape)]:
            return f"{layer.name}: {shapes}, in Keras {other.output.shape}"
    trained = sum(
        int(w.shape.num_elements()) if hasattr(w.shape, "num_elements") else _product(w.shape)
        for w in theirs.trainable_weights
    )
    if trainable_parameters(ours).known != trained:
        return f"{trainable_parameters(ours)} trained, in Keras {trained}"
    output = [t.shape.to_json() for t in flatten(ours.outputs)]
    real = [list(t.shape) for t in theirs.outputs]  # a Sequential that was never called has no `output`
    return None if output == real else f"output {output}, in Keras {real}"


def _product(shape: Any) -> int:
    result = 1
    for size in shape:
        result *= size
    return result


def cases() -> list[str]:
    """Calls as source text, the same in every run."""
    from lstmlint.keras.applications.architecture import architecture

    found = []
    for name in NAMES if CASES else SAMPLE:
        r = random.Random(f"{name} {os.environ.get('LSTMLINT_SEED', '1')}")
        parameters = {p.name for p in architecture(name).signature}
        found += [ROW.format(name=name, arguments=arguments(r, name, parameters)) for _ in range(CASES or 3)]
    return found


@pytest.mark.keras
def test_an_application_is_what_keras_builds() -> None:
    wrong = [f"{call}: {said}" for call in cases() if (said := disagreement(call))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.keras
def test_the_table_has_every_application_with_its_signature() -> None:
    import keras

    from lstmlint.keras.applications.architecture import architecture

    functions = {n: f for n, f in vars(keras.applications).items() if inspect.isfunction(f)}
    assert set(functions) == set(NAMES)
    for name in NAMES:
        function = functions[name]
        assert [p.name for p in architecture(name).signature] == list(inspect.signature(function).parameters)


@pytest.mark.keras
def test_a_base_is_used_as_people_use_it() -> None:
    text = """
base = keras.applications.MobileNet(weights=None, include_top=False, input_shape=(96, 96, 3))
base.trainable = False
model = keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
base.trainable = True
for layer in base.layers[:-6]:
    layer.trainable = False
x = keras.layers.GlobalAveragePooling2D()(base.layers[-3].output)
tuned = keras.Model(base.input, keras.layers.Dense(4)(x))
part = keras.Model(base.input, base.get_layer("conv_pw_3").output)
"""
    import keras
    from keras.src.backend.common.stateless_scope import StatelessScope

    keras.backend.clear_session()
    names: dict[str, Any] = {"keras": keras}
    with StatelessScope(initialize_variables=False):
        exec(text, names)
    program = follow(parse(Source("model.py", "import keras\n" + text)))
    assert not program.faults
    for name in ("base", "model", "tuned", "part"):
        assert _compared(program.ways[0].names[name], names[name]) is None, name


def test_what_is_not_known_is_not_claimed() -> None:
    source = "import keras, sys\nmodel = keras.applications.VGG16(include_top=bool(sys.argv), weights=None)\n"
    model = follow(parse(Source("model.py", source))).ways[0].names["model"]
    assert not isinstance(model, ModelObject)


def test_the_table_is_small_and_readable() -> None:
    from lstmlint.keras.applications.architecture import TABLE

    assert TABLE.stat().st_size < 200_000
    assert json.loads(__import__("zipfile").ZipFile(TABLE).read("VGG16.json"))["sizes"] == [224, 32]
    assert lstmlint.keras.__doc__
