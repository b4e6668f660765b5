"""
Where artifacts come from: directories, files, globs and standard input.

Yields names and ways to bytes; never looks into them, never decides what they are.
"""
