"""Encodings found by the engine's pass: a suspect becomes a derived segment with the way back."""
