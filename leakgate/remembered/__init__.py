"""What earlier runs found out, on disk: private, signed, bounded. Knows nothing of what it holds."""
