"""Keras's own applications, followed from their source, are what Keras builds: layers, shapes, parameters."""

from __future__ import annotations

import importlib.util
import json
import pathlib
from typing import Any

import pytest

from lstmlint import summary
from lstmlint.runner import follow_bytes
from tests import oracle

pytestmark = pytest.mark.keras

MODELS = {
    "convnext": ["ConvNeXtTiny", "ConvNeXtSmall", "ConvNeXtBase", "ConvNeXtLarge", "ConvNeXtXLarge"],
    "densenet": ["DenseNet121", "DenseNet169", "DenseNet201"],
    "efficientnet": [f"EfficientNetB{i}" for i in range(8)],
    "efficientnet_v2": [f"EfficientNetV2{size}" for size in ("B0", "B1", "B2", "B3", "S", "M", "L")],
    "inception_resnet_v2": ["InceptionResNetV2"],
    "inception_v3": ["InceptionV3"],
    "mobilenet": ["MobileNet"],
    "mobilenet_v2": ["MobileNetV2"],
    "mobilenet_v3": ["MobileNetV3Small", "MobileNetV3Large"],
    "nasnet": ["NASNetMobile", "NASNetLarge"],
    "resnet": ["ResNet50", "ResNet101", "ResNet152"],
    "resnet_v2": ["ResNet50V2", "ResNet101V2", "ResNet152V2"],
    "vgg16": ["VGG16"],
    "vgg19": ["VGG19"],
    "xception": ["Xception"],
}

CALLS = [(file, f"{name}(weights=None)") for file, names in MODELS.items() for name in names] + [
    ("resnet", "ResNet50(weights=None, include_top=False, input_shape=(64, 96, 3), pooling='max')"),
    ("resnet_v2", "ResNet50V2(False, None, None, (75, 75, 1), 'avg')"),
    ("vgg16", "VGG16(weights=None, include_top=False)"),
    (
        "mobilenet",
        "MobileNet(input_shape=(128, 128, 3), alpha=0.25, weights=None, classes=7, classifier_activation=None)",
    ),
    ("mobilenet_v2", "MobileNetV2(weights=None, include_top=False, input_shape=(96, 96, 3), alpha=1.4, name='eyes')"),
    ("mobilenet_v3", "MobileNetV3Small(weights=None, minimalistic=True, include_preprocessing=False, dropout_rate=0)"),
    ("efficientnet", "EfficientNetB0(weights=None, include_top=False, input_shape=(None, None, 3), pooling='avg')"),
    ("xception", "Xception(include_top=False, weights=None, input_shape=(71, 71, 3))"),
    ("densenet", "DenseNet121(weights=None, include_top=False, input_shape=(32, 32, 3), pooling='max')"),
]


def source_of(file: str) -> pathlib.Path:
    """The file in the installed Keras, found without importing it."""
    spec = importlib.util.find_spec("keras")
    assert spec is not None
    assert spec.origin is not None
    return pathlib.Path(spec.origin).parent / "src" / "applications" / f"{file}.py"


def followed(file: str, call: str) -> list[dict[str, Any]]:
    """The models that `lstmlint summary FILE::CALL` finds."""
    path = source_of(file)
    program = follow_bytes(path.read_bytes(), str(path), target=call)
    assert not program.faults
    found: list[dict[str, Any]] = json.loads(summary.as_json([(str(path), program)]))["files"][0]["models"]
    return found


def test_every_application_is_compared() -> None:
    answer = oracle.ask(
        "import inspect\nfrom keras import applications as a\n"
        "print(*sorted(n for n, v in vars(a).items() if inspect.isfunction(v) and n[0].isupper()))"
    )
    assert answer.stdout.split() == sorted(name for names in MODELS.values() for name in names)


@pytest.mark.parametrize(("file", "call"), CALLS, ids=[call for _, call in CALLS])
def test_the_source_builds_what_keras_builds(file: str, call: str) -> None:
    # inside a StatelessScope Keras makes no arrays for the weights: their shapes are all that is compared
    answer = oracle.ask(f"import keras\nwith keras.StatelessScope():\n    model = keras.applications.{call}", limit=170)
    assert answer.raised is None, answer.message
    real = answer.models["model"]
    mine = next(m for m in followed(file, call) if m["name"] == real["name"])
    assert mine["complete"]
    for key in ("class", "input_shapes", "output_shapes", "total_params", "trainable_params"):
        assert mine[key] == real[key], key
    for key in ("name", "class", "output_shapes", "params", "trainable_params"):
        assert [layer[key] for layer in mine["layers"]] == [layer[key] for layer in real["layers"]], key
