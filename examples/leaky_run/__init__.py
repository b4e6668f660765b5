"""Makes a finished test run that leaks: the formats a CI job leaves, with invented secrets and people."""
