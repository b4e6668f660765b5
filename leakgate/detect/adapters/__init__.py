"""Other people's recognizers behind our protocol; a library is imported only to confirm a candidate."""
