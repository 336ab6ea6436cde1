"""lstmlint: a linter that follows Keras programs and knows what every layer receives and returns."""

__version__ = "0.1.0"
