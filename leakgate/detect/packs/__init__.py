"""Rules of other scanners, read from their own files and run with their own semantics."""
