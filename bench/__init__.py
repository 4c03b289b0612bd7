"""Measurements of what Liftback promises about speed. `make bench` runs them all; each also runs alone."""
