"""What each layer of Keras requires, builds and returns, by family. Importing this registers all of them."""

from __future__ import annotations

from ..spec import alias
from . import (
    adapting,
    attention,
    categories,
    cells,
    convolution,
    convolutional_recurrent,
    dense,
    elementwise,
    images,
    merging,
    normalization,
    pooling,
    recurrent,
    reshaping,
    resizing,
    sound,
    wrapping,
)

for _rank in ("1D", "2D", "3D"):
    alias(f"keras.layers.MaxPool{_rank}", f"keras.layers.MaxPooling{_rank}")
    alias(f"keras.layers.AvgPool{_rank}", f"keras.layers.AveragePooling{_rank}")
    alias(f"keras.layers.GlobalMaxPool{_rank}", f"keras.layers.GlobalMaxPooling{_rank}")
    alias(f"keras.layers.GlobalAvgPool{_rank}", f"keras.layers.GlobalAveragePooling{_rank}")
    alias(f"keras.layers.Convolution{_rank}", f"keras.layers.Conv{_rank}")
    alias(f"keras.layers.Convolution{_rank}Transpose", f"keras.layers.Conv{_rank}Transpose")
for _rank in ("1D", "2D"):
    alias(f"keras.layers.SeparableConvolution{_rank}", f"keras.layers.SeparableConv{_rank}")

__all__ = [
    "adapting", "attention", "categories", "cells", "convolution", "convolutional_recurrent", "dense", "elementwise", "images", "merging",
    "normalization", "pooling", "recurrent", "reshaping", "resizing", "sound", "wrapping",
]  # fmt: skip
