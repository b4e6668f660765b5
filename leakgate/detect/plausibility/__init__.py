"""Is a value what its name or shape says, or a placeholder, a sample, a word?"""
