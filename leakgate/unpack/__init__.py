"""
Bytes of an artifact in, segments out: containers into members, text into slices, binaries into runs.

Never writes to disk; never decides what is a secret; leaves a gap for whatever it could not read.
"""
