"""Jobs, e-mails, workers and backups."""
