"""Recognizers: each owns patterns and says which of their suspects are real."""
