"""Checksums and structures: published facts about credential and identifier formats."""
