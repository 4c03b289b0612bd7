"""Sentences with what stands in them, and how much of it is found: `make bench-words`."""
