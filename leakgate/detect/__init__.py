"""Detection: segments in, matches and derived segments out."""
