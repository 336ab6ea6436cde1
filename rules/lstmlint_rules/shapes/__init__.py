"""Shapes that don't fit: rank, axes, element counts."""
