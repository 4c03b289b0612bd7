"""The clinic's own terms: hours, promise, states, team, directory, modules, texts."""
