"""Measures leakgate, and its peers if asked, as whole processes on the same files."""
