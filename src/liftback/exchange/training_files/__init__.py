"""Training-app exports as they are: one module per format, all read into one `TrainingLog`."""
