"""Opinions, off by default."""
