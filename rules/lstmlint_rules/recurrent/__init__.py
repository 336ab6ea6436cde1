"""Units, timesteps, sequences and states of recurrent layers."""
