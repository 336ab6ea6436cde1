"""Data before it meets the model: windows, scaling, splits."""
