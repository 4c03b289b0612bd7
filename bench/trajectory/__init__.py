"""Simulated cohorts, peers and marks for the trajectory model: `make bench-trajectory`."""
