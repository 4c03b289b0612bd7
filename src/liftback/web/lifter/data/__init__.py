"""What a lifter owns: log files, settings, export, deletion."""
