"""Padding, masks and embeddings."""
