"""Compressed streams, archives, pictures and opaque bytes within files that are no container themselves."""
