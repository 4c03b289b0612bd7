"""The plan: today, the week, what was done, swaps, flares, clearance."""
