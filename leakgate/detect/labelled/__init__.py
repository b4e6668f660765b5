"""Labelled values: `name = value` in every syntax that test output shows, and what the name promises."""
