"""`keras.applications` as calls: the published architectures, built from a generated table for whatever arguments a program gives."""

from __future__ import annotations

from ...knowledge import Call, function
from ...values import Value
from . import images, layers

NAMES = (
    "ConvNeXtBase", "ConvNeXtLarge", "ConvNeXtSmall", "ConvNeXtTiny", "ConvNeXtXLarge", "DenseNet121", "DenseNet169", "DenseNet201",
    "EfficientNetB0", "EfficientNetB1", "EfficientNetB2", "EfficientNetB3", "EfficientNetB4", "EfficientNetB5", "EfficientNetB6",
    "EfficientNetB7", "EfficientNetV2B0", "EfficientNetV2B1", "EfficientNetV2B2", "EfficientNetV2B3", "EfficientNetV2L",
    "EfficientNetV2M", "EfficientNetV2S", "InceptionResNetV2", "InceptionV3", "MobileNet", "MobileNetV2", "MobileNetV3Large", "MobileNetV3Small",
    "NASNetLarge", "NASNetMobile", "ResNet101", "ResNet101V2", "ResNet152", "ResNet152V2", "ResNet50", "ResNet50V2", "VGG16", "VGG19",
    "Xception",
)  # fmt: skip
"""Those in the table, which are all of them. `tools/generate_applications.py NAME` adds one."""


@function(*(f"keras.applications.{name}" for name in NAMES))
def construct_application(call: Call) -> Value:
    """`keras.applications.VGG16(include_top=False, input_shape=(150, 150, 3))`: a Functional model."""
    from .construction import construct  # the table is read when a program needs it

    return construct(call)


__all__ = ["NAMES", "images", "layers"]
