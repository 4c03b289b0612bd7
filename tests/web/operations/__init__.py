"""Health, metrics, logs, and how it is put into service."""
