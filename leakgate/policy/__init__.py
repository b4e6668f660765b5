"""From findings and gaps to a verdict, by clauses that somebody wrote; never looks at scanned bytes."""
