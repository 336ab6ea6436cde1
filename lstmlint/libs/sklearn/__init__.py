"""What scikit-learn gives: splits, transformed tables, generated and bundled data sets."""

from . import datasets, encoders, measures, scalers, splitting

__all__ = ["datasets", "encoders", "measures", "scalers", "splitting"]
