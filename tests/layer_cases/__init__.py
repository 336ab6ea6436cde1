"""Cases of every layer class, drawn at random: importing this registers how each is drawn."""

from __future__ import annotations

from . import attention, dense, preprocessing, recurrent, windows, wrapping
from .drawing import FAMILIES, Case, Draw, Random

__all__ = [
    "FAMILIES",
    "Case",
    "Draw",
    "Random",
    "attention",
    "dense",
    "preprocessing",
    "recurrent",
    "windows",
    "wrapping",
]
