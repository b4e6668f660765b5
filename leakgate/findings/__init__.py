"""From matches to findings: overlaps resolved, places found, values sealed."""
