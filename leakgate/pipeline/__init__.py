"""The run: units in, outcomes out, whatever happens to one of them."""
