"""The very values that a pipeline holds: looked for as they are, in every writing, and never kept."""
