"""Readers of structured documents: their strings, each with its label, its pointer and its place."""
