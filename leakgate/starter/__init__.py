"""What a repository needs to start with the gate; looks at its files by name and never runs anything."""
