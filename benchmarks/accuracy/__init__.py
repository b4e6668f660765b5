"""What leakgate finds in labelled sets, and what it raises without need; `python -m benchmarks.accuracy`."""
