"""Plain values and protocols that cross the boundaries between stages; standard library only."""
