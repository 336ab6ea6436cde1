"""Rules that hold in this house only."""
