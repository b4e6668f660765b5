"""Measures each stage of a scan for itself, within one process."""
