"""What comments and assertions say, against what the model does."""
