"""The one pass over a segment for every pattern of every recognizer and decoder."""
