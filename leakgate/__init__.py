"""leakgate: the CI gate that keeps secrets and personal data from leaving a test run."""

__version__ = "0.1.0"
