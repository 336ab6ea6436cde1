"""Speed and numerical stability."""
