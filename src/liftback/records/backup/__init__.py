"""Backup and restore of everything kept."""
