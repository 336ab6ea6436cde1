"""What each layer of Keras requires, builds and returns, by family. Importing this registers all of them."""

from __future__ import annotations

from . import convolution, core, merging, recurrent

__all__ = ["convolution", "core", "merging", "recurrent"]
