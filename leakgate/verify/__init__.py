"""Asks providers whether a credential still works. Off unless asked for; the values go to nobody else."""
