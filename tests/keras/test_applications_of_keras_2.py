"""The applications that Keras 2 builds of the same layers as Keras 3: layers, shapes and parameters are those of tf_keras."""

from __future__ import annotations

import json
import zlib

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.applications.construction import OTHERWISE_IN_KERAS_2
from lstmlint.source import Source
from lstmlint.summary import as_json
from lstmlint.syntax import parse
from tests import oracle

CALLS = [
    "VGG16(weights=None)",
    "VGG16(include_top=False, weights=None, input_shape=(64, 64, 3))",
    "VGG19(weights=None, include_top=False, pooling='avg')",
    "ResNet50(weights=None, include_top=False, input_shape=(64, 96, 3), pooling='max')",
    "ResNet50V2(include_top=False, weights=None, input_shape=(75, 75, 1))",
    "InceptionV3(include_top=False, weights=None)",
    "Xception(include_top=False, weights=None, input_shape=(71, 71, 3))",
    "MobileNet(weights=None, input_shape=(128, 128, 3), alpha=0.25, classes=7)",
    "MobileNetV2(weights=None, include_top=False, input_shape=(96, 96, 3), alpha=1.4)",
    "ResNet101(weights=None)",
    "ResNet101V2(weights=None, classes=7)",
    "InceptionV3(weights=None, classes=7)",
    "Xception(weights=None, classes=7)",
    "MobileNetV2(weights=None, classes=7)",
    "EfficientNetB1(weights=None, classes=7)",
    "EfficientNetV2S(weights=None, classes=7)",
    "InceptionResNetV2(weights=None, classes=7)",
    "NASNetMobile(weights=None, classes=7)",
    "EfficientNetB0(weights=None, include_top=False, input_shape=(64, 64, 3), pooling='avg')",
    "VGG16(weights=None, include_top=False, input_shape=(8, 8, 3))",
    "VGG16(weights=None, input_shape=(64, 64))",
    "VGG16(weights=None, name='eyes')",
    "EfficientNetV2B0(weights=None, include_top=False, input_shape=(64, 64, 3))",
    "InceptionResNetV2(weights=None, include_top=False, input_shape=(96, 96, 3))",
    "NASNetMobile(weights=None, include_top=False, input_shape=(64, 64, 3))",
    "MobileNetV3Small(weights=None)",
    "DenseNet121(weights=None)",
    "ConvNeXtTiny(weights=None)",
]
SAID = """
shapes = lambda value: [list(shape) for shape in (value if isinstance(value, list) else [value])]
rows = [[l.name, type(l).__name__, l.count_params(), shapes(l.output_shape)] for l in model.layers[1:]]
print(len(rows), zlib.crc32(json.dumps(rows).encode()))
"""


@pytest.mark.keras
@pytest.mark.parametrize("call", CALLS)
def test_it_is_built_as_keras_2_builds_it(call: str) -> None:
    pytest.importorskip("tf_keras")
    text = f"import json, zlib\nimport tf_keras as keras\nkeras.backend.clear_session()\nmodel = keras.applications.{call}\n"
    answer = oracle.ask(text + SAID, limit=170)
    program = follow(parse(Source("model.py", text)), keras_major=2)
    assert any(fault.raises for fault in program.faults) <= (answer.raised is not None)
    if answer.raised is not None:
        return
    models = json.loads(as_json([("model.py", program)]))["files"][0]["models"]
    if call.startswith(OTHERWISE_IN_KERAS_2):
        assert models == []
        return
    [mine] = models
    rows = [[layer[key] for key in ("name", "class", "params", "output_shapes")] for layer in mine["layers"][1:]]
    assert mine["complete"]
    assert answer.stdout.split() == [str(len(rows)), str(zlib.crc32(json.dumps(rows).encode()))]


def test_what_versions_of_keras_2_build_otherwise_is_not_claimed() -> None:
    text = "from tensorflow import keras\nmodel = keras.applications.{}()\n"
    for name, known in (("EfficientNetB0", False), ("VGG16", True)):
        program = follow(parse(Source("model.py", text.format(name))), keras_major=2)
        assert len(program.models) == known
        assert program.faults == ()
