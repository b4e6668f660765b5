"""Vocabularies: which names promise which values. Data files, one per field."""
