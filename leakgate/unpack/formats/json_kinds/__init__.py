"""Kinds of JSON artifacts that say which test wrote what; one file each."""
