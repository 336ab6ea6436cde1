"""The model's end: activation, loss, labels, metrics."""
